// Results while one types. Without this file the form does the same with its button.
const form = document.querySelector('form.tn-search')
const field = form?.querySelector('input[type="search"]')
const results = document.querySelector('#ergebnis')
const said = document.querySelector('#ansage')

/** Milliseconds after the last key. */
const patience = 180

let timer
let latest

const show = async () => {
  latest?.abort()
  const mine = new AbortController()
  latest = mine
  const address = addressOf(form)
  results.setAttribute('aria-busy', 'true')
  try {
    const answer = await fetch(address, { signal: mine.signal })
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    if (answer.ok && mine === latest) put(page, address)
  } catch {
    // Another key was quicker, or the node cannot be reached: the button still works.
  } finally {
    if (mine === latest) results.removeAttribute('aria-busy')
  }
}

/** As the form itself would go there, but for fields that are empty. */
const addressOf = (from) => {
  const filled = [...new FormData(from)].filter(([, value]) => value !== '')
  return filled.length > 0 ? `${from.action}?${new URLSearchParams(filled)}` : from.action
}

/** The results take their place and the focus stays in its own; how many there are is read out. */
const put = (page, address) => {
  results.replaceChildren(...page.querySelector('#ergebnis').childNodes)
  document.title = page.title
  history.replaceState(null, '', address)
  said.textContent = results.querySelector('#treffer')?.textContent ?? ''
}

field?.addEventListener('input', () => {
  clearTimeout(timer)
  timer = setTimeout(show, patience)
})
