/**
 * HTML as the Markdown that our texts are written in: of Word documents that are read in, and of what is pasted. The
 * build puts this file in front of markdown.js, so it stands by itself.
 */
import type TurndownService from 'turndown'

export const markdownService = (Service: typeof TurndownService) => {
  const service = new Service({
    headingStyle: 'atx',
    bulletListMarker: '-',
    emDelimiter: '_',
    hr: '---',
  })
  service.escape = (text) => Service.prototype.escape(text.replaceAll(cellEnd, ''))
  service.addRule('links', {
    filter: (node) => node.nodeName === 'A' && !/^https:/.test(node.getAttribute('href') ?? ''),
    replacement: (text) => text,
  })
  for (const [name, rule] of Object.entries(tableRules())) service.addRule(name, rule)
  return service
}

/** What Turndown leaves that nobody would have typed. */
export const tidied = (markdown: string) =>
  markdown.replaceAll('\u00a0', ' ').replaceAll(/^( *)(-|\d+\.) {2,}/gm, '$1$2 ')

/** Between the cells of a row, until it is whole. In texts it says nothing and is left out. */
const cellEnd = '\u001f'

/** There are no tables in our Markdown: each row is an item of a list, its cells side by side. */
const tableRules = (): { [name: string]: TurndownService.Rule } => {
  const frames = new WeakMap<Element, boolean>()
  const isFramed = (node: Node) => {
    const table = (node as Element).closest('table')
    if (!table) return true
    const known = frames.get(table) ?? isFrame(table)
    frames.set(table, known)
    return known
  }
  return {
    cells: {
      filter: ['td', 'th'],
      replacement: (text, node) => (isFramed(node) ? block(text) : flat(text) + cellEnd),
    },
    rows: {
      filter: 'tr',
      replacement: (text, node) => (isFramed(node) ? block(text) : itemOf(text.split(cellEnd))),
    },
    'groups of rows': { filter: ['thead', 'tbody', 'tfoot'], replacement: (text) => text },
    captions: { filter: 'caption', replacement: block },
  }
}

const block = (text: string) => `\n\n${text}\n\n`

/** What only frames something, as a box in Word does or a page laid out by tables, is no table. */
const isFrame = (table: Element) =>
  table.getElementsByTagName('table').length > 0 || table.querySelectorAll('td, th').length === 1

/** In one line: items of a list in a cell stand one after the other, and no mark of a block is left. */
const flat = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && line !== '---')
    .map(
      (line, n) =>
        (n === 0 ? '' : /^(-|\d+\.)\s/.test(line) ? '; ' : ' ') + line.replace(marks, ''),
    )
    .join('')

/** Of quotations, list items and headings. */
const marks = /^(?:>\s*|(?:-|\d+\.|#+)\s+(?=\S))+/

/** An empty cell keeps its place, but not at the end. */
const itemOf = (cells: string[]) => {
  const last = cells.findLastIndex((cell) => cell.trim() !== '')
  if (last < 0) return ''
  const shown = cells.slice(0, last + 1).map((cell) => cell.trim() || '–')
  return `- ${withoutBlocks(shown.join(' | '))}\n`
}

/** A cell such as `1.` or `#` would begin a list or a heading of its own: it is marked as what it is. */
const withoutBlocks = (line: string) =>
  line.replace(
    /^(\d*)(>|~~~|[#*+.)-]+(?=\s|$))/,
    (_, number: string, sign: string) => `${number}\\${sign}`,
  )
