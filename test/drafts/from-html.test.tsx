import fc from 'fast-check'
import TurndownService from 'turndown'
import { expect, test } from 'vitest'
import { markdownService, tidied } from '../../src/drafts/from-html.ts'
import { Markdown } from '../../src/web/markdown.tsx'
import { render } from '../support/page.ts'

const markdownOf = (html: string) => tidied(markdownService(TurndownService).turndown(html))

const cell = (content: string) => `<td>${content}</td>`
const row = (...contents: string[]) => `<tr>${contents.map(cell).join('')}</tr>`

test('each row of a table is an item of a list, and an empty cell keeps its place', () => {
  const head = '<thead><tr><th>Was</th><th>Wer</th><th>Wann</th></tr></thead>'
  const body = [
    row('Umfrage', '', 'Mai 2025'),
    row('<p>Werk<b>statt</b></p>', '<p>Team</p><p>und Rat</p>', ''),
    row('', ' ', '&nbsp;'),
  ].join('')
  const html = `<p>Vorher</p><table><caption>Der Plan</caption>${head}<tbody>${body}</tbody></table><p>Nachher</p>`

  expect(markdownOf(html)).toBe(
    [
      'Vorher\n\nDer Plan\n',
      '- Was | Wer | Wann',
      '- Umfrage | – | Mai 2025',
      '- Werk**statt** | Team und Rat\n',
      'Nachher',
    ].join('\n'),
  )
})

test('a column is a list, and one cell alone what it holds', () => {
  expect(markdownOf(`<table>${row('Pflege')}${row('Handwerk')}</table>`)).toBe(
    '- Pflege\n- Handwerk',
  )
  expect(markdownOf(`<table>${row('Nur das')}</table>`)).toBe('Nur das')
})

test('a box around a text, and a page laid out by a table, are no tables', () => {
  const box = row('<h2>Merke</h2><p>Erst reden.</p><ul><li>mit allen</li></ul>')
  const inner = `<table>${row('Was', 'Wann')}${row('Umfrage', 'Mai')}</table>`

  expect(markdownOf(`<table>${box}</table>`)).toBe('## Merke\n\nErst reden.\n\n- mit allen')
  expect(markdownOf(`<table>${row('Links', `Rechts ${inner}`)}</table>`)).toBe(
    'Links\n\nRechts\n\n- Was | Wann\n- Umfrage | Mai',
  )
})

test('lists, headings, quotations and lines in a cell stand in its line', () => {
  const list = '<ul><li>eins</li><li>zwei</li></ul>'
  const html = `<table>${row(list, '<h1>Kopf</h1><hr>', '<blockquote>Wort</blockquote>a<br>b')}</table>`

  expect(markdownOf(html)).toBe('- eins; zwei | Kopf | Wort a b')
})

const nasty = fc.constantFrom(
  ...['# ', '#', '- ', '-', '+', '1. ', '1.', '2)', '> ', '>', '---', '***', '===', '`', '~~~'],
  ...['|', '\n', '\u001f', '[a](b)', '[a]: b', '&', '*', 'Wort', ' ', '<br>'],
)
const wrapping = fc.constantFrom('', 'p', 'ul><li', 'h3', 'blockquote', 'pre', 'b')
const content = fc
  .record({ parts: fc.array(nasty, { maxLength: 4 }), wrap: wrapping })
  .map(({ parts, wrap }) => (wrap ? `<${wrap}>${parts.join('')}` : parts.join('')))

test('whatever stands in its cells, a table is read as one flat list with an item for each row', async () => {
  const rows = fc.array(fc.tuple(content, content), { minLength: 2, maxLength: 4 })

  await fc.assert(
    fc.asyncProperty(rows, async (contents) => {
      const table = contents.map((cells) => row(...cells, 'y')).join('')
      const text = markdownOf(`<p>Vorher</p><table>${table}</table><p>Nachher</p>`)
      const html = await render(<Markdown text={text} level={2} />)

      expect(html.match(/<(ul|ol|h\d|hr|blockquote|pre|p)\b/g)).toEqual(['<p', '<ul', '<p'])
      expect(html.match(/<li>/g)).toHaveLength(contents.length)
    }),
    { numRuns: 300 },
  )
})
