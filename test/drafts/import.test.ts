/** Templates that somebody fills in elsewhere: each sample file with exactly what comes of it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { strToU8, unzipSync, zipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { formFields } from '../../src/drafts/form.ts'
import { readTemplate } from '../../src/drafts/read-template.ts'
import { readWord } from '../../src/drafts/read-word.ts'
import { markdownTemplate } from '../../src/drafts/template.ts'
import { wordTemplate } from '../../src/drafts/word-template.ts'
import { kindOf, kinds } from '../../src/publications/kinds.ts'
import { invite } from '../../src/staff/invite.ts'
import { type Browser, openBrowser } from '../support/browser.ts'
import { openTestHub, type TestHub } from '../support/hub.ts'

const samples = join(import.meta.dirname, 'samples')
const sample = (name: string) => readFileSync(join(samples, name))
const expected = (name: string) => JSON.parse(sample(`${name}.json`).toString())

const caseExample = kindOf('case-example')

let hub: TestHub
let maria: Browser
beforeAll(async () => {
  hub = await openTestHub('berlin')
  maria = openBrowser(hub)
  const link = { centre: 'berlin', roles: ['editor' as const], by: 'operator' }
  await maria.join(await invite(hub, link))
})
afterAll(() => hub.close())

const main = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const packaged = 'http://schemas.openxmlformats.org/package/2006/relationships'
const related = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const run = (text: string) => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`
const paragraph = (...runs: string[]) => `<w:p>${runs.join('')}</w:p>`

/** A document of these blocks, with a footnote. */
const word = (...blocks: string[]) => {
  const relations = (kind: string, target: string) =>
    strToU8(
      `<Relationships xmlns="${packaged}"><Relationship Id="r1" Type="${related}/${kind}" Target="${target}"/></Relationships>`,
    )
  return Buffer.from(
    zipSync({
      ...unzipSync(wordTemplate(caseExample), { filter: ({ name }) => name.startsWith('[') }),
      '_rels/.rels': relations('officeDocument', 'word/document.xml'),
      'word/_rels/document.xml.rels': relations('footnotes', 'footnotes.xml'),
      'word/footnotes.xml': strToU8(
        `<w:footnotes ${main}><w:footnote w:id="2">${paragraph(run('Quelle: *Betrieb*'))}</w:footnote></w:footnotes>`,
      ),
      'word/document.xml': strToU8(
        `<w:document ${main}><w:body>${blocks.join('')}</w:body></w:document>`,
      ),
    }),
  )
}

test('a template in Markdown, filled in as people do, is read to the letter', () => {
  const text = sample('fallbeispiel.md').toString()

  expect(readTemplate(caseExample, text)).toEqual(expected('fallbeispiel.md'))
  expect(readTemplate(caseExample, text.replaceAll('\n', '\r\n'))).toEqual(
    expected('fallbeispiel.md'),
  )
})

test('the same in Word, as a German Word saves it', async () => {
  const text = await readWord(sample('fallbeispiel.docx'))

  expect(readTemplate(caseExample, text ?? '')).toEqual(expected('fallbeispiel.docx'))
})

test.each(kinds.map(({ id }) => id))(
  'an empty template of %s holds nothing, in either form',
  async (id) => {
    const kind = kindOf(id)
    const word = await readWord(wordTemplate(kind))

    expect(readTemplate(kind, markdownTemplate(kind))).toEqual({})
    expect(readTemplate(kind, word ?? 'unreadable')).toEqual({})
  },
)

test('a template asks for every field of its kind, in words', () => {
  const text = markdownTemplate(caseExample)

  for (const { field } of formFields(caseExample)) expect(text).toContain(`## ${field.label}\n`)
})

test.each([
  ['nothing', Buffer.alloc(0)],
  ['no archive', Buffer.from('PK\x03\x04 word/document.xml')],
  ['an archive without a document', Buffer.from(zipSync({ 'a.txt': strToU8('a') }))],
  ['a document that is no XML', Buffer.from(zipSync({ 'word/document.xml': strToU8('<w:p>') }))],
])('%s is not read as Word', async (_, bytes) => {
  expect(await readWord(bytes)).toBeUndefined()
})

test('of what Word adds to a text comes what it says, where it says it', async () => {
  const inserted = `<w:ins w:id="1" w:author="A"><w:r><w:t>beigefügt</w:t></w:r></w:ins>`
  const deleted = `<w:del w:id="2" w:author="A"><w:r><w:delText>gestrichen</w:delText></w:r></w:del>`
  const note = `<w:r><w:footnoteReference w:id="2"/></w:r>`
  const row = (...cells: string[]) =>
    `<w:tr>${cells.map((text) => `<w:tc>${paragraph(run(text))}</w:tc>`).join('')}</w:tr>`
  const box = `<w:sdt><w:sdtContent>${paragraph(run('Aus einem Kasten'))}</w:sdtContent></w:sdt>`

  const text = await readWord(
    word(
      paragraph(run('Vorher '), inserted, deleted, note, run(' nachher')),
      `<w:tbl>${row('Was', 'Wann')}${row('Umfrage', 'Mai 2025')}</w:tbl>`,
      box,
    ),
  )

  expect(text).toBe(
    'Vorher beigefügt (Quelle: \\*Betrieb\\*) nachher\n\n- Was | Wann\n- Umfrage | Mai 2025\n\nAus einem Kasten',
  )
})

test('a table in Word is read as one that is pasted: row by row, and a box as what it holds', async () => {
  const cell = (...blocks: string[]) => `<w:tc>${blocks.join('')}</w:tc>`
  const row = (more: string, ...cells: string[]) =>
    `<w:tr>${more}${cells.map((text) => cell(paragraph(run(text)))).join('')}</w:tr>`
  const head = '<w:trPr><w:tblHeader/></w:trPr>'
  const box = cell(paragraph(run('Merke:')), paragraph(run('Erst reden.')))

  const text = await readWord(
    word(
      `<w:tbl>${row(head, 'Nr.', 'Was', 'Wann')}${row('', '1.', '', 'Mai 2025')}</w:tbl>`,
      `<w:tbl><w:tr>${box}</w:tr></w:tbl>`,
    ),
  )

  expect(text).toBe('- Nr. | Was | Wann\n- 1\\. | – | Mai 2025\n\nMerke:\n\nErst reden.')
})

test('a document of very many parts is not unpacked beyond what it may hold', async () => {
  const parts = unzipSync(new Uint8Array(sample('fallbeispiel.docx')))
  const filling = strToU8(' '.repeat(1024 * 1024))
  const many = Object.fromEntries([...'abcdefgh'].map((name) => [`word/${name}.xml`, filling]))

  expect(await readWord(Buffer.from(zipSync({ ...many, ...parts })))).toBeUndefined()
  expect(await readWord(Buffer.from(zipSync({ ...parts, ...many })))).toContain('Fallbeispiel')
})

test('a document that would unpack to more than anybody wrote is not unpacked', async () => {
  const parts = unzipSync(new Uint8Array(sample('fallbeispiel.docx')))
  const large = strToU8(' '.repeat(9 * 1024 * 1024))

  expect(
    await readWord(Buffer.from(zipSync({ ...parts, 'word/document.xml': large }))),
  ).toBeUndefined()
})

const bring = async (name: string, bytes: Buffer, art = 'case-example') => {
  const body = new FormData()
  body.append('zentrum', 'berlin')
  body.append('art', art)
  body.append('datei', new File([new Uint8Array(bytes)], name))
  const cookie = [...maria.cookies].map(([key, value]) => `${key}=${value}`).join('; ')
  const headers = { accept: 'text/html', origin: hub.config.origin, cookie }
  return app.request('/entwuerfe/einlesen', { method: 'POST', headers, body }, hub)
}

test('what was read in is a draft, and the templates are there to download', async () => {
  const answer = await bring('fallbeispiel.docx', sample('fallbeispiel.docx'))
  const { html } = await maria.get(answer.headers.get('location') ?? '')
  const word = await maria.get('/entwuerfe/vorlagen/case-example.docx')
  const markdown = await maria.get('/entwuerfe/vorlagen/round-table.md')

  expect(answer.status).toBe(303)
  expect(html).toContain('Tischlerei: Aufträge')
  expect(word.headers.get('content-disposition')).toContain('attachment')
  expect(markdown.html).toContain('## Leitfrage')
  expect((await maria.get('/entwuerfe/vorlagen/nothing.md')).status).toBe(404)
})

test.each([
  ['a picture', 'bild.png', Buffer.from([0x89, 0x50, 0x4e, 0x47])],
  ['what only ends like Word', 'x.docx', Buffer.from('PK nichts')],
  ['what is no text', 'x.md', Buffer.from([0xff, 0xfe, 0x00])],
])('%s is refused in words', async (_, name, bytes) => {
  const answer = await bring(name, bytes)

  expect(answer.status).toBe(400)
  expect(await answer.text()).toContain('lässt sich nicht einlesen')
})

test('a file of a strange kind, and one that is too large, are refused', async () => {
  expect((await bring('x.md', Buffer.from('# x'), 'nothing')).status).toBe(404)
  expect((await bring('x.md', Buffer.alloc(11 * 1024 * 1024))).status).toBe(413)
})
