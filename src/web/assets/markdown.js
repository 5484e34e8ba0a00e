// Eases writing Markdown: a small toolbar, a preview, and pasting from Word without debris. Without this file one
// types the marks oneself.

/** What each button does to the text that is chosen. */
const tools = [
  { label: 'Fett', sign: 'F', key: 'b', around: '**' },
  { label: 'Kursiv', sign: 'K', key: 'i', around: '_' },
  { label: 'Überschrift', sign: 'Ü', before: () => '## ' },
  { label: 'Liste', sign: '•', before: () => '- ' },
  { label: '1. Nummerierte Liste', sign: '1.', before: (n) => `${n + 1}. ` },
  { label: 'Zitat', sign: '„', before: () => '> ' },
  { label: 'Link', sign: 'Link', link: true },
]

/** As if it were typed, so that it can be undone. */
const type = (area, text) => {
  area.focus()
  if (!document.execCommand('insertText', false, text)) {
    area.setRangeText(text, area.selectionStart, area.selectionEnd, 'end')
    area.dispatchEvent(new InputEvent('input', { bubbles: true }))
  }
}

const chosenIn = ({ value, selectionStart, selectionEnd }) =>
  value.slice(selectionStart, selectionEnd)

const wrap = (area, mark) => {
  const { selectionStart: start } = area
  const chosen = chosenIn(area)
  type(area, mark + chosen + mark)
  area.setSelectionRange(start + mark.length, start + mark.length + chosen.length)
}

const link = (area) => {
  const { selectionStart: start } = area
  const text = chosenIn(area) || 'Text'
  type(area, `[${text}](https://)`)
  // Behind `https://`, where the address goes on.
  const end = start + text.length + 11
  area.setSelectionRange(end, end)
}

/** Every line that is touched begins with the mark. */
const begin = (area, markOf) => {
  const start = area.value.lastIndexOf('\n', area.selectionStart - 1) + 1
  const behind = area.value.indexOf('\n', area.selectionEnd)
  area.setSelectionRange(start, behind < 0 ? area.value.length : behind)
  const lines = chosenIn(area).split('\n')
  type(area, lines.map((line, n) => markOf(n) + line).join('\n'))
}

const use = (area, tool) => {
  if (tool.around) wrap(area, tool.around)
  else if (tool.link) link(area)
  else begin(area, tool.before)
}

// -- toolbar and preview ----------------------------------------------------

const buttonOf = (sign, label, act) => {
  const button = document.createElement('button')
  Object.assign(button, { type: 'button', textContent: sign, tabIndex: -1, title: label })
  button.setAttribute('aria-label', label)
  button.addEventListener('click', act)
  return button
}

/** One stop of the tab key; the arrow keys go from button to button (WAI-ARIA, toolbar). */
const toolbarFor = (area) => {
  const bar = document.createElement('div')
  bar.className = 'tn-toolbar'
  bar.setAttribute('role', 'toolbar')
  bar.setAttribute('aria-controls', area.id)
  const label = area.labels[0]?.firstChild?.textContent ?? ''
  bar.setAttribute('aria-label', `Formatierung: ${label}`)
  for (const tool of tools) bar.append(buttonOf(tool.sign, tool.label, () => use(area, tool)))
  bar.append(previewFor(area, label))
  bar.firstChild.tabIndex = 0
  bar.addEventListener('keydown', walk)
  area.before(bar)
}

const walk = (event) => {
  const buttons = [...event.currentTarget.children]
  const at = buttons.indexOf(document.activeElement)
  const to = {
    ArrowRight: (at + 1) % buttons.length,
    ArrowLeft: (at - 1 + buttons.length) % buttons.length,
    Home: 0,
    End: buttons.length - 1,
  }[event.key]
  if (to === undefined || at < 0) return
  event.preventDefault()
  buttons[at].tabIndex = -1
  buttons[to].tabIndex = 0
  buttons[to].focus()
}

const previewFor = (area, label) => {
  const view = document.createElement('div')
  view.className = 'tn-preview'
  view.hidden = true
  view.setAttribute('role', 'region')
  view.setAttribute('aria-label', `Vorschau: ${label}`)
  view.setAttribute('aria-live', 'polite')
  area.after(view)
  const button = buttonOf('Vorschau', 'Vorschau', async () => {
    const shown = view.hidden
    view.hidden = !shown
    button.setAttribute('aria-pressed', String(shown))
    if (shown) view.innerHTML = await rendered(area.value)
  })
  button.setAttribute('aria-pressed', 'false')
  area.addEventListener('input', () => {
    if (!view.hidden) rendered(area.value).then((html) => (view.innerHTML = html))
  })
  return button
}

/** The node makes HTML of it, as it does for readers: nothing of the text is trusted here. */
const rendered = async (text) => {
  try {
    const body = new URLSearchParams({ text })
    const answer = await fetch('/entwuerfe/vorschau', { method: 'POST', body })
    return answer.ok ? await answer.text() : 'Die Vorschau ist gerade nicht möglich.'
  } catch {
    return 'Keine Verbindung: Die Vorschau ist gerade nicht möglich.'
  }
}

// -- pasting -----------------------------------------------------------------

/** What Word puts on the clipboard beside the text. */
const debris = 'style, script, meta, link, title, xml, o\\:p, img, [data-style*="mso-hide"]'

/** Word writes a list as paragraphs with the sign in front; here they are a list again. */
const listsIn = (root) => {
  for (const item of [...root.querySelectorAll('p[data-style*="mso-list"]')]) {
    const depth = Number(/level(\d)/.exec(item.dataset.style)?.[1] ?? 1)
    const sign = item.querySelector(
      '[data-style*="mso-list:Ignore"], [data-style*="mso-list: Ignore"]',
    )
    const ordered = /^\s*\(?[\da-z]+[.)]/i.test(sign?.textContent ?? '')
    sign?.remove()
    const entry = document.createElement('li')
    entry.append(...item.childNodes)
    const list = listBefore(item, depth, ordered ? 'OL' : 'UL')
    list.append(entry)
    item.remove()
  }
}

const listBefore = (item, depth, name) => {
  let list = item.previousElementSibling
  if (!isList(list)) {
    list = document.createElement(name)
    item.before(list)
  }
  for (let level = 1; level < depth; level++) {
    const last = list.lastElementChild ?? list.appendChild(document.createElement('li'))
    let inner = last.lastElementChild
    if (!isList(inner)) {
      inner = document.createElement(name)
      last.append(inner)
    }
    list = inner
  }
  return list
}

const isList = (element) => element?.tagName === 'UL' || element?.tagName === 'OL'

/** What the policy of this page does not let stand, before anything is made of it. */
const withoutStyles = (html) =>
  html
    .replaceAll(/<style[\s>][\s\S]*?<\/style>/gi, '')
    .replaceAll(/<[a-z][^>]*>/gi, (tag) => tag.replaceAll(/\sstyle=/gi, ' data-style='))

/** HTML as it was copied, as Markdown. Never a page of this document: nothing of it is loaded or run. */
const markdownOf = (html) => {
  const { body } = new DOMParser().parseFromString(withoutStyles(html), 'text/html')
  for (const element of body.querySelectorAll(debris)) element.remove()
  listsIn(body)
  // From drafts/from-html.ts, as for documents that are read in.
  return tidied(markdownService(TurndownService).turndown(body))
    .replaceAll(/[ \t]+$/gm, '')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
}

const paste = (event) => {
  const html = event.clipboardData?.getData('text/html')
  if (!html) return
  event.preventDefault()
  type(event.target, markdownOf(html))
}

for (const area of document.querySelectorAll('textarea[data-markdown]')) {
  toolbarFor(area)
  area.addEventListener('paste', paste)
  area.addEventListener('keydown', (event) => {
    const tool = tools.find(({ key }) => key && key === event.key)
    if (!tool || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    use(area, tool)
  })
}
