// What is known already, while a question is being typed. Without this file there is the search.
const field = document.querySelector('[data-ask]')
const known = document.querySelector('[data-known]')

/** Milliseconds after the last key; letters before it is worth looking; so many are proposed. */
const patience = 300
const fewest = 8
const most = 5

/** What may hold an answer. */
const answering = ['question', 'answer', 'case-example', 'insight', 'round-table', 'synthesis']

let timer
let latest

const itemOf = ({ title, page, centre }) => {
  const item = document.createElement('li')
  const link = document.createElement('a')
  link.href = page
  link.textContent = title
  item.append(link, ` (${centre})`)
  return item
}

const show = (hits) => {
  known.replaceChildren()
  if (hits.length === 0) return
  const told = document.createElement('p')
  told.textContent = 'Vielleicht ist das schon beantwortet:'
  const list = document.createElement('ul')
  list.className = 'tn-list'
  list.append(...hits.slice(0, most).map(itemOf))
  known.append(told, list)
}

const look = async () => {
  latest?.abort()
  const mine = new AbortController()
  latest = mine
  if (field.value.trim().length < fewest) return show([])
  try {
    const query = new URLSearchParams({ q: field.value, kinds: answering.join() })
    const answer = await fetch(`/suche/titel.json?${query}`, { signal: mine.signal })
    if (answer.ok && mine === latest) show((await answer.json()).hits)
  } catch {
    // Another key was quicker, or the node cannot be reached: one may ask all the same.
  }
}

field?.addEventListener('input', () => {
  clearTimeout(timer)
  timer = setTimeout(look, patience)
})
