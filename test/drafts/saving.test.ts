/** Saving never judges, never overwrites silently, and never loses what somebody typed. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { readValue } from '../../src/drafts/form-value.ts'
import { arrangeRows } from '../../src/drafts/rows.ts'
import { submissionOf, writtenOf } from '../../src/drafts/submission.ts'
import { kindOf } from '../../src/publications/kinds.ts'
import { readRecord } from '../../src/publications/record.ts'
import { invite } from '../../src/staff/invite.ts'
import { files, inputOf } from '../publications/fixtures.ts'
import { type Browser, type Fields, openBrowser } from '../support/browser.ts'
import { openTestHub, type TestHub } from '../support/hub.ts'
import { dangersOf } from '../support/page.ts'
import { formOf } from './support.ts'

let hub: TestHub
let maria: Browser
let jonas: Browser

const member = async (name: string) => {
  const browser = openBrowser(hub)
  const link = { centre: 'berlin', roles: ['editor' as const], by: 'operator' }
  await browser.join(await invite(hub, link), name)
  return browser
}

beforeAll(async () => {
  hub = await openTestHub('berlin')
  maria = await member('Maria Öztürk')
  jonas = await member('Jonas Weiß')
})
afterAll(() => hub.close())
beforeEach(() => hub.sql`truncate attempts`)

const start = async (kind = 'case-example') =>
  (await maria.post('/entwuerfe/neu', { zentrum: 'berlin', art: kind })).location ?? ''

const hidden = (html: string, name: string) =>
  html.match(new RegExp(`name="${name}" value="([^"]*)"`))?.[1] ?? ''

/** A page with a step of the form, as it was when somebody opened it. */
const open = async (by: Browser, path: string, step: string) => {
  const { html } = await by.get(`${path}?schritt=${step}`)
  const shown = {
    ...{ zentrum: 'berlin', schritt: step },
    ...{ fassung: hidden(html, 'fassung'), seite: hidden(html, 'seite') },
  }
  return {
    html,
    save: (fields: Fields) => by.post(path, { ...shown, ...fields }),
    saveByItself: async (fields: Fields) => {
      const answer = await by.post(path, { ...shown, ...fields }, { 'x-part': 'saved' })
      return JSON.parse(answer.html)
    },
  }
}

const written = async (path: string) => {
  const [row] = await hub.sql`select written from drafts where id = ${path.split('/')[2] ?? ''}`
  return row?.written as Record<string, unknown>
}

test('two tabs: what only one of them changed is kept from both, what both changed stands side by side, one click takes either', async () => {
  const path = await start()
  const [one, other] = [await open(maria, path, 'worum'), await open(jonas, path, 'worum')]

  await one.save({ title: 'Von Maria', summary: '' })
  const late = await other.saveByItself({ title: 'Von Jonas', summary: 'Eine Zusammenfassung' })
  const { html } = await maria.get(`${path}/versionen`)

  expect(late).toEqual({ outcome: 'saved', revision: 2, state: 'draft', rivals: ['title'] })
  expect(await written(path)).toMatchObject({ title: 'Von Maria', summary: 'Eine Zusammenfassung' })
  expect(html).toContain('Von Maria')
  expect(html).toContain('Von Jonas')
  expect(html).toContain('Daneben, von <bdi>Jonas Weiß</bdi>')

  const seite = hidden(html, 'seite')
  await maria.post(`${path}/versionen`, {
    ...{ zentrum: 'berlin', feld: 'title', seite, wahl: 'daneben' },
  })
  expect(await written(path)).toMatchObject({ title: 'Von Jonas' })
  expect((await maria.get(`${path}/versionen`)).html).toContain('Alles ist entschieden')
})

test('a page that goes on writing a field of which there are two versions never overwrites the other', async () => {
  const path = await start()
  const [one, other] = [await open(maria, path, 'worum'), await open(maria, path, 'worum')]
  await one.save({ title: 'Erster Tab' })
  await other.saveByItself({ title: 'Zweiter T' })

  await other.saveByItself({ title: 'Zweiter Tab', fassung: '1', beiseite: 'title' })

  expect(await written(path)).toMatchObject({ title: 'Erster Tab' })
  const rows =
    await hub.sql`select value from draft_rivals where draft = ${path.split('/')[2] ?? ''}`
  expect(rows.map(({ value }) => value)).toEqual(['Zweiter Tab'])
})

test('whoever answers a conflict later finds what she gave up among the revisions', async () => {
  const path = await start()
  const [one, other] = [await open(maria, path, 'worum'), await open(maria, path, 'worum')]
  await one.save({ title: 'Bleibt nicht' })
  await other.save({ title: 'Bleibt' })
  const { html } = await maria.get(`${path}/versionen`)

  const choice = { zentrum: 'berlin', feld: 'title', seite: hidden(html, 'seite') }
  await maria.post(`${path}/versionen`, { ...choice, wahl: 'daneben' })

  const rows = await hub.sql`
    select before from draft_revisions where draft = ${path.split('/')[2] ?? ''} order by revision
  `
  expect(rows.map(({ before }) => before)).toEqual([{ title: null }, { title: 'Bleibt nicht' }])
})

/** One of each kind: the rest of the way is the same, and the last test here goes through all. */
const samples = files.filter((file, n) => {
  const kinds = files.map((each) => inputOf(each).kind)
  return kinds.indexOf(inputOf(file).kind) === n
})

test.each(samples)('%s typed into its form is the same record', async (file) => {
  const { local, ...record } = inputOf(file)
  const kind = kindOf(record.kind)
  const path = await start(record.kind)
  for (const [step, fields] of formOf(record.kind, { local, ...record })) {
    await (await open(maria, path, step)).save(fields)
  }

  const attachments = (record.attachments ?? []).map(
    ({ file: name, alt }: { file: string; alt: string }) => ({ name, alt }),
  )
  const typed = submissionOf(kind, (await written(path)) as never, attachments)

  expect(readRecord(typed)).toEqual(readRecord({ ...record, ...(local && { local }) }))
})

test('what fits no field is kept as it was typed, and shown again', async () => {
  const path = await start()
  const form = await open(maria, path, 'inhalt-4')

  const { status } = await form.save({ 'evidence[0].after': 'ungefähr zwölf', maturity: 'gut' })

  expect(status).toBe(303)
  const { html } = await maria.get(`${path}?schritt=inhalt-4`)
  expect(html).toContain('value="ungefähr zwölf"')
  expect(html).toContain('gut (gibt es hier nicht)')
  expect((await maria.get(`${path}/pruefen`)).html).toContain('muss eine Zahl sein')
})

test('rows are added, moved up and taken away without a script, and nothing typed meanwhile is lost', async () => {
  const path = await start()
  const rows = { 'steps[0].title': 'Eins', 'steps[1].title': 'Zwei', solution: 'Getippt' }

  const more = await (await open(maria, path, 'inhalt-2')).save({ ...rows, do: 'mehr:steps' })
  await (await open(maria, path, 'inhalt-2')).save({ ...rows, do: 'hoch:steps[1]' })
  const up = await written(path)
  await (await open(maria, path, 'inhalt-2')).save({ ...rows, do: 'weg:steps[0]' })

  expect(more.location).toBe(`${path}?schritt=inhalt-2&zeile=steps%5B2%5D`)
  expect(up).toMatchObject({ steps: [{ title: 'Zwei' }, { title: 'Eins' }], solution: 'Getippt' })
  expect(await written(path)).toMatchObject({ steps: [{ title: 'Zwei' }] })
  const unknown = arrangeRows(kindOf('case-example'), rows, 'weg:nothing[0]')
  expect(unknown).toEqual({ sent: rows })
})

const nasty = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '\u202egnirts desrever',
  'zero\u200bwidth\ufeff',
  'javascript:alert(1)',
  '[x](javascript:alert(1)) ![y](https://example.org/pixel.png)',
  "'; drop table drafts; --",
  '\n</textarea><script>alert(1)</script>',
  '😀'.repeat(400),
]

/** Every place of a form where one can type, filled with the same. */
const filledWith = (html: string, text: string) => {
  const names = [...html.matchAll(/<(?:textarea|input|select)[^>]* name="([^"]+)"/g)].map(
    ([, name = '']) => name,
  )
  const own = ['zentrum', 'schritt', 'fassung', 'seite', 'do', 'zu']
  const places = names.filter((name) => !own.includes(name))
  return Object.fromEntries(places.map((name) => [name, text]))
}

/** All of it in every field of every step: one draft is as good as nine. */
test('in every field of every step what somebody writes stays text', async () => {
  const path = await start()
  const { html: first } = await maria.get(path)
  const steps = [...first.matchAll(/name="zu" value="([^"]+)"/g)].map(([, step = '']) => step)

  for (const step of steps.filter((each) => each !== 'pruefen')) {
    const form = await open(maria, path, step)
    expect((await form.save(filledWith(form.html, nasty.join('\n')))).status).toBe(303)
  }

  const pages = [...steps.map((step) => `${path}?schritt=${step}`), `${path}/pruefen`, '/entwuerfe']
  for (const page of pages) {
    const { status, html } = await maria.get(page)
    expect(status).toBe(200)
    expect(dangersOf(html)).toEqual([])
  }
  expect(await written(path)).toMatchObject({ summary: nasty.join('\n') })
})

test.each(['x', ' \n', '0 ', '[', 'https://'])(
  'whoever brings a megabyte of %j gets it back, and is told that it is too long',
  async (text) => {
    const path = await start()
    const long = text.repeat(280_000 / text.length)
    const { status } = await (await open(maria, path, 'inhalt-2')).save({ solution: long })

    const { html } = await maria.get(`${path}/pruefen`)

    expect(status).toBe(303)
    expect(html).toContain('Muss')
  },
)

test.each([
  ['U+0000', 'title=a%00b', 400],
  ['half a surrogate pair', 'title=%ED%A0%80', 400],
  ['what is no UTF-8', 'title=%ff', 400],
  ['a name of its own kind', '__proto__=x', 400],
  ['a megabyte and more', `title=${'x'.repeat(1024 * 1024)}`, 413],
])('a page that holds %s is not saved at all', async (_, body, status) => {
  const path = await start()
  const cookie = [...maria.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const headers = {
    ...{ origin: hub.config.origin, cookie },
    'content-type': 'application/x-www-form-urlencoded',
  }
  const fields = `zentrum=berlin&schritt=worum&fassung=0&seite=12345678&${body}`

  const answer = await app.request(path, { method: 'POST', headers, body: fields }, hub)

  expect(answer.status).toBe(status)
  expect(await written(path)).not.toHaveProperty('title')
})

test('numbers are read as Germans write them', () => {
  const kind = kindOf('case-example')
  const after = (text: string) => {
    const { evidence } = submissionOf(kind, { evidence: [{ after: text }] }, []) as never
    return (evidence as { after: unknown }[])[0]?.after
  }

  expect(['7', '-3', '−3', '1.234', '1.234,5', '1234,5', '0.5', '12 %', ''].map(after)).toEqual([
    7,
    -3,
    -3,
    1234,
    1234.5,
    1234.5,
    0.5,
    '12 %',
    '',
  ])
})

test('lines stand in one box, and empty ones do not count', () => {
  const { look } = kindOf('case-example').fields.lessons ?? { look: { as: 'line' as const } }

  expect(readValue(look, { lessons: 'Eins\r\n\r\n  \r\nZwei' }, 'lessons')).toEqual([
    'Eins',
    'Zwei',
  ])
  expect(readValue(look, { lessons: ' \r\n' }, 'lessons')).toBeUndefined()
})

test('a record goes into the form and out again as it was', () => {
  for (const file of files) {
    const { attachments: _, local = {}, ...record } = inputOf(file)
    const kind = kindOf(record.kind)
    const again = submissionOf(kind, writtenOf(kind, record, local), [])
    expect(again).toEqual({ ...record, ...(Object.keys(local).length > 0 && { local }) })
  }
})
