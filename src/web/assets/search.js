// Results while one types. Without this file the form does the same with its button.
const form = document.querySelector('form.tn-search')
const field = form?.querySelector('input[type="search"]')
const results = document.querySelector('#ergebnis')

/** Milliseconds after the last key. */
const patience = 180

let timer
let latest

const show = async () => {
  latest?.abort()
  const mine = new AbortController()
  latest = mine
  const address = `${form.action}?${new URLSearchParams(new FormData(form))}`
  results.setAttribute('aria-busy', 'true')
  try {
    const answer = await fetch(address, { headers: { 'x-part': 'results' }, signal: mine.signal })
    if (!answer.ok || mine !== latest) return
    results.innerHTML = await answer.text()
    history.replaceState(null, '', address)
  } catch {
    // Another key was quicker, or the node cannot be reached: the button still works.
  } finally {
    if (mine === latest) results.removeAttribute('aria-busy')
  }
}

field?.addEventListener('input', () => {
  clearTimeout(timer)
  timer = setTimeout(show, patience)
})
