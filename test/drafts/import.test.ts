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
