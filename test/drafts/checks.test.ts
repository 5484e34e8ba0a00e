/** What is looked at before a review, and the files of a draft. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { checkDraft } from '../../src/drafts/checks.ts'
import { fileDifferences } from '../../src/drafts/difference.ts'
import type { Draft, Written } from '../../src/drafts/draft.ts'
import { unchangedFiles } from '../../src/drafts/files-store.ts'
import { germanTime } from '../../src/drafts/german-time.ts'
import { personalDataIn } from '../../src/drafts/personal-data.ts'
import { writtenOf } from '../../src/drafts/submission.ts'
import { textsOf } from '../../src/drafts/texts.ts'
import type { Hub } from '../../src/hub.ts'
import { kindOf } from '../../src/publications/kinds.ts'
import { publish } from '../../src/publications/publish.ts'
import { saltedDigest } from '../../src/signing/digest.ts'
import { invite } from '../../src/staff/invite.ts'
import type { Role } from '../../src/staff/roles.ts'
import { caseFile, inputOf } from '../publications/fixtures.ts'
import { type Browser, openBrowser } from '../support/browser.ts'
import { pdf, photo } from '../support/files.ts'
import { openFederation, type TestFederation, type TestHub } from '../support/hub.ts'

let net: TestFederation
let hub: TestHub
let maria: Browser
let stranger: Browser

const member = async (roles: Role[], at: TestHub) => {
  const browser = openBrowser(at)
  const [{ slug = '' } = {}] = at.config.centres
  await browser.join(await invite(at, { centre: slug, roles, by: 'operator' }))
  return browser
}

beforeAll(async () => {
  net = await openFederation()
  hub = net.berlin
  maria = await member(['editor'], hub)
  stranger = await member(['editor'], net.brandenburg)
})
afterAll(() => net.close())
beforeEach(() => hub.sql`truncate attempts`)

const kind = kindOf('case-example')
const complete = (): Written => {
  const { local, ...record } = inputOf(caseFile)
  return writtenOf(kind, record, local ?? {})
}

/** A draft as somebody has written it, which nobody has stored. */
const draft = (written: Written): Draft => ({
  ...{ id: crypto.randomUUID(), centre: 'berlin', iss: hub.iss, kind: 'case-example' },
  ...{ rid: '01a2067a-90cf-7a9c-a62a-c9868d9839a9', base_ver: 0, state: 'draft', revision: 0 },
  ...{ author: '', author_name: '', reviewer: null, reviewer_name: null, own: true },
  ...{ made_at: new Date(0), changed_at: new Date(0), publish_at: null, publish_by: null },
  written,
})

const check = async (changes: Written, at: Hub = hub) =>
  (await checkDraft(at, draft({ ...complete(), ...changes }))).map(
    ({ level, path, message }) => [level, path, message] as const,
  )

test('a complete draft has no failure, and a hint where nothing is in Leichter Sprache', async () => {
  const found = await check({})

  expect(found.map(([level, path]) => [level, path])).toEqual([['hint', 'easyLanguage']])
  expect(await check({ easyLanguage: 'Kurz gesagt.' })).toEqual([])
})

test.each<[string, Written, string]>([
  [
    'a company that is named without its consent',
    { company: { anonymous: 'nein', name: 'Muster GmbH' } },
    'local.consent',
  ],
  [
    'evidence without method and unit',
    { evidence: [{ indicator: 'Zeit', after: '7' }] },
    'evidence[0].unit',
  ],
  ['a licence that is none of Creative Commons', { licence: 'https://example.org/' }, 'licence'],
  ['a sector without its edition', { sectors: ['C'] }, 'sectors[0]'],
  ['a title of blanks', { title: '  ' }, 'title'],
  ['too long a summary', { summary: 'x'.repeat(301) }, 'summary'],
])('%s keeps a draft from being handed in, and names its field', async (_, changes, path) => {
  const written: Written = { ...complete(), ...changes }
  if (path === 'local.consent') delete written[path]

  const found = await checkDraft(hub, draft(written))

  expect(found.filter(({ level }) => level === 'failure').map((each) => each.path)).toContain(path)
})

test.each([
  ['Rufen Sie an: 030 / 901 82 33-4', '030 / 901 82 33-4'],
  ['Mobil +49 (0)171 1234567', '+49 (0)171 1234567'],
  ['Mail an anna.meier@web.de, bitte', 'anna.meier@web.de'],
  ['Konto DE89 3704 0044 0532 0130 00', 'DE89 3704 0044 0532 0130 00'],
  ['Laut Frau Dr. Müller-Lüdenscheidt ging es schnell', 'Frau Dr. Müller-Lüdenscheidt'],
  ['Herr Özdemir war dagegen', 'Herr Özdemir'],
])('what looks like somebody’s own data is pointed out: %s', (text, found) => {
  const texts = textsOf(draft({ solution: text }))

  const messages = personalDataIn(texts).map(({ path, message }) => [path, message])

  expect(messages).toEqual([['solution', expect.stringContaining(`„${found}“`)]])
})

test.each([
  'Vom 01.02.2024 bis 03.04.2025 waren es 1.200 Stück, 0,5 Prozent',
  'Seit 2019 mit 38 Beschäftigten, WZ 2008 Abschnitt C',
  'DE12 3456 7890 1234 5678 90 ist keine gültige Kontonummer',
  'Frauen und Herren aus dem Betriebsrat',
  '0 von 12 Maschinen, 00:30 Uhr',
])('what does not is left alone: %s', (text) => {
  expect(personalDataIn(textsOf(draft({ solution: text })))).toEqual([])
})

test('what stays at the centre may name people: it is for colleagues', () => {
  expect(textsOf(draft({ 'local.notes': 'Frau Müller, 030 9018233' }))).toEqual([])
})

test('a record of nearly the same title is pointed out, by whichever centre', async () => {
  const input = { ...inputOf(caseFile), title: 'Lieferscheine im Lager auslesen' }
  const said = await publish(hub, { iss: hub.iss, input })
  if (!said.ok) throw new Error('not published')

  const found = await check({ title: 'Lieferscheine im Lager ausgelesen' })
  const other = await check({ title: 'Ein Dienstplan für die Küche' })

  expect(found.map(([level, path]) => [level, path])).toContainEqual(['warning', 'title'])
  expect(other.map(([, path]) => path)).not.toContain('title')
})

test('links are asked as a stranger would, and those that lead nowhere are pointed out', async () => {
  const asked: string[] = []
  const web: typeof fetch = async (input) => {
    const { href } = new URL(String(input))
    asked.push(href)
    if (href.includes('away')) throw new TypeError('fetch failed')
    return new Response(null, { status: href.includes('gone') ? 404 : 200 })
  }
  const text =
    'Siehe [hier](https://gone.example/a), https://away.example/b. Und https://good.example/c'

  const found = await check(
    { solution: text, sources: [{ title: 'x', link: 'https://gone.example/d' }] },
    { ...hub, fetch: web },
  )

  expect(asked.toSorted()).toEqual([
    'https://away.example/b',
    'https://gone.example/a',
    'https://gone.example/d',
    'https://good.example/c',
  ])
  expect(
    found
      .filter(([, , message]) => message.includes('Link'))
      .map(([, path, message]) => [path, message.match(/https:\S+ .*\./)?.[0]]),
  ).toEqual([
    ['solution', 'https://gone.example/a (die Seite gibt es nicht).'],
    ['solution', 'https://away.example/b (nicht erreichbar).'],
    ['sources[0].link', 'https://gone.example/d (die Seite gibt es nicht).'],
  ])
})

test('a time is that of a clock in Germany, in winter and in summer', () => {
  const at = (text: string) => germanTime(text)?.toISOString()

  expect(at('2026-01-15T09:30')).toBe('2026-01-15T08:30:00.000Z')
  expect(at('2026-07-15T09:30')).toBe('2026-07-15T07:30:00.000Z')
  expect(at('2026-03-29T03:00')).toBe('2026-03-29T01:00:00.000Z')
  expect(at('2026-10-25T12:00')).toBe('2026-10-25T11:00:00.000Z')
  expect([at(''), at('morgen'), at('2026-13-45T99:00')]).toEqual([undefined, undefined, undefined])
})

// -- files -----------------------------------------------------------------------

const start = async () =>
  (await maria.post('/entwuerfe/neu', { zentrum: 'berlin', art: 'case-example' })).location ?? ''

const upload = async (
  by: Browser,
  path: string,
  name: string,
  bytes: Buffer,
  alt = 'Ein Bild',
  more: Record<string, string> = {},
  act = '',
) => {
  const zentrum = by === stranger ? 'brandenburg' : 'berlin'
  const form = { zentrum, schritt: 'anlagen', fassung: '0', seite: crypto.randomUUID() }
  const body = new FormData()
  for (const [field, value] of Object.entries({ ...form, do: 'hochladen', alt, ...more })) {
    body.append(field, value)
  }
  body.append('datei', new File([new Uint8Array(bytes)], name))
  const at = by === stranger ? net.brandenburg : hub
  const cookie = [...by.cookies].map(([key, value]) => `${key}=${value}`).join('; ')
  const headers = { accept: 'text/html', origin: at.config.origin, cookie }
  return app.request(`${path}/anlagen${act}`, { method: 'POST', headers, body }, at)
}

const filesOf = (path: string) => hub.sql`
  select f.id, f.name, f.type, f.len, d.written ->> ('anlage.' || f.id) as alt
  from draft_files f join drafts d on d.id = f.draft where f.draft = ${path.split('/')[2] ?? ''}
`

/** The step for files as a page of it shows it, and how that page is saved. */
const openFiles = async (by: Browser, path: string) => {
  const { html } = await by.get(`${path}?schritt=anlagen`)
  const of = (name: string) => html.match(new RegExp(`name="${name}" value="([^"]*)"`))?.[1] ?? ''
  const shown = {
    zentrum: 'berlin',
    schritt: 'anlagen',
    fassung: of('fassung'),
    seite: of('seite'),
  }
  return (fields: Record<string, string>) => by.post(path, { ...shown, ...fields })
}

const remove = async (by: Browser, path: string, file: string, more: Record<string, string> = {}) =>
  upload(by, path, '', Buffer.alloc(0), '', more, `/${file}/entfernen`)

test('a file is kept with the draft by what is in it, comes back as a download, and goes with the draft', async () => {
  const path = await start()

  const sent = await upload(maria, path, 'C:\\Bilder\\Leitfaden.pdf', pdf)
  const [file] = await filesOf(path)
  const back = await maria.get(`${path}/anlagen/${file?.id}`)
  const strange = await stranger.get(`${path}/anlagen/${file?.id}`)
  await maria.post(`${path}/verwerfen`, { zentrum: 'berlin' })

  expect(sent.status).toBe(303)
  expect(file).toMatchObject({ name: 'Leitfaden.pdf', type: 'application/pdf', len: pdf.length })
  expect(back.html).toBe(pdf.toString())
  expect(back.headers.get('content-disposition')).toContain('attachment')
  expect(back.headers.get('content-security-policy')).toContain('sandbox')
  expect(strange.status).toBe(404)
  expect(await filesOf(path)).toEqual([])
})

test('a photo is kept without the place where it was taken, and the page says so', async () => {
  const path = await start()

  await upload(maria, path, 'Halle.jpg', photo)
  const [file] = await filesOf(path)
  const back = await maria.get(`${path}/anlagen/${file?.id}`)
  const { html } = await maria.get(`${path}?schritt=anlagen`)

  expect(photo.includes('Kamerawerk')).toBe(true)
  expect(back.html).not.toContain('Kamerawerk')
  expect(Number(back.headers.get('content-length'))).toBe(file?.len)
  expect(html).toContain('Aus Bildern entfernen wir Ort, Zeit und Kamera der Aufnahme')
})

test.each([
  ['Übersicht "neu"?.pdf', 'Übersicht -neu--.pdf'],
  ['..\u202efdp.exe.pdf', 'fdp.exe.pdf'],
  [`${'lang'.repeat(80)}.pdf`, `${'lang'.repeat(29)}.pdf`],
])('a file called %s is kept as what every system can call it', async (name, kept) => {
  const path = await start()

  await upload(maria, path, name, pdf)
  await upload(maria, path, 'b.pdf', pdf)

  expect((await filesOf(path)).map((file) => file.name)).toEqual([kept, 'b.pdf'])
  expect((await maria.get(`${path}/pruefen`)).html).not.toContain('schritt=anlagen#')
})

test.each([
  ['is called what it is not', 'bild.png', pdf, 'Ihr Name muss auf .pdf enden'],
  ['is of no such type', 'seite.html', Buffer.from('<script>'), 'hat keinen Typ'],
  ['is empty', 'leer.pdf', Buffer.alloc(0), 'ist leer'],
  ['is half a picture', 'halb.jpg', photo.subarray(0, -1), 'ist beschädigt'],
])('a file that %s is refused in words, on the page', async (_, name, bytes, words) => {
  const path = await start()

  const answer = await upload(maria, path, name, bytes)

  expect(answer.status).toBe(400)
  expect(await answer.text()).toContain(words)
  expect(await filesOf(path)).toEqual([])
})

test('a file too large, twice of the same name, by a stranger or without a page of this node is refused', async () => {
  const path = await start()
  await upload(maria, path, 'a.pdf', pdf)

  const large = await upload(
    maria,
    path,
    'b.pdf',
    Buffer.concat([pdf, Buffer.alloc(10 * 1024 * 1024)]),
  )
  const huge = await upload(maria, path, 'c.pdf', Buffer.alloc(11 * 1024 * 1024))
  const twice = await upload(maria, path, 'a.pdf', pdf)
  const strange = await upload(stranger, path, 'd.pdf', pdf)
  const described = await upload(maria, path, 'e.pdf', pdf, 'a\0b')
  const foreign = await app.request(
    `${path}/anlagen`,
    { method: 'POST', body: new FormData() },
    hub,
  )

  expect([large, huge, twice, strange, described, foreign].map(({ status }) => status)).toEqual([
    400, 413, 400, 404, 400, 403,
  ])
  expect(await filesOf(path)).toHaveLength(1)
})

test('a file without an alternative text is a failure that leads to it; described it is published as a blob', async () => {
  const path = await start()
  await upload(maria, path, 'a.pdf', pdf, '')
  const [file] = await filesOf(path)
  const before = (await maria.get(`${path}/pruefen`)).html

  await (await openFiles(maria, path))({ [`anlage.${file?.id}`]: 'Der Leitfaden' })

  expect(before).toContain('#feld-attachments-0-alt')
  expect(await filesOf(path)).toMatchObject([{ alt: 'Der Leitfaden' }])
  expect((await maria.get(`${path}/pruefen`)).html).not.toContain('#feld-attachments-0-alt')
})

test('two tabs on the text of a file: nothing is overwritten, either is taken with a click, and with the file all goes', async () => {
  const path = await start()
  await upload(maria, path, 'a.pdf', pdf, 'Beim Hochladen')
  const [file] = await filesOf(path)
  const alt = `anlage.${file?.id}`
  const [one, other] = [await openFiles(maria, path), await openFiles(maria, path)]

  await one({ [alt]: 'Aus dem ersten Fenster' })
  const late = await other({ [alt]: 'Aus dem zweiten Fenster' })
  const stands = await filesOf(path)
  const { html } = await maria.get(late.location ?? '')
  const seite = html.match(/name="seite" value="([^"]*)"/)?.[1] ?? ''
  const choice = { zentrum: 'berlin', feld: alt, seite, wahl: 'daneben' }
  await maria.post(`${path}/versionen`, choice)

  expect(late.location).toBe(`${path}/versionen`)
  expect(stands).toMatchObject([{ alt: 'Aus dem ersten Fenster' }])
  expect(html).toContain('Alternativtext zu „a.pdf“')
  expect(html).toContain('Aus dem zweiten Fenster')
  expect(await filesOf(path)).toMatchObject([{ alt: 'Aus dem zweiten Fenster' }])

  await (await openFiles(maria, path))({ [alt]: 'Zuletzt' })
  await other({ [alt]: 'Und noch einmal daneben' })
  await remove(maria, path, file?.id)
  await other({ [alt]: 'Zu spät' })

  expect(await filesOf(path)).toEqual([])
  const [left] = await hub.sql`
    select written ? ${alt} as written, exists (select from draft_rivals where draft = d.id) as beside
    from drafts d where id = ${path.split('/')[2] ?? ''}
  `
  expect(left).toEqual({ written: false, beside: false })
})

test('whichever button is pressed in the step for files, what was written there is saved, also without a script', async () => {
  const path = await start()
  await upload(maria, path, 'a.pdf', pdf, '')
  await upload(maria, path, 'b.pdf', pdf, '')
  const [a, b] = await filesOf(path)
  const alts = (first: string) => ({ [`anlage.${a?.id}`]: first, fassung: '2' })

  await upload(maria, path, 'c.pdf', pdf, 'Der dritte', { ...alts('Beim Hochladen'), do: 'weiter' })
  const added = await filesOf(path)
  const refused = await upload(maria, path, 'c.pdf', pdf, 'Noch einer', {
    ...alts('Obwohl abgewiesen'),
    fassung: '4',
  })
  const described = await filesOf(path)
  const none = await upload(maria, path, '', Buffer.alloc(0), '')
  await remove(maria, path, b?.id, { ...alts('Beim Entfernen'), fassung: '5' })

  expect(added.map(({ alt }) => alt)).toEqual(['Beim Hochladen', null, 'Der dritte'])
  expect(refused.status).toBe(400)
  expect(await refused.text()).toContain('value="Noch einer"')
  expect(described.map(({ alt }) => alt)).toEqual(['Obwohl abgewiesen', null, 'Der dritte'])
  expect(await none.text()).toContain('Wählen Sie bitte eine Datei.')
  expect((await filesOf(path)).map(({ alt }) => alt)).toEqual(['Beim Entfernen', 'Der dritte'])
})

test('which files are those of the published version is seen by their bytes', async () => {
  const path = await start()
  for (const name of ['a.pdf', 'b.pdf']) await upload(maria, path, name, pdf)
  const salt = Buffer.alloc(16, 7)
  const other = Buffer.from(pdf.toString().replace('%PDF', '%PDG'))
  const published = [
    { name: 'a.pdf', salt: salt.toString('base64url'), dig: saltedDigest(salt, pdf) },
    { name: 'b.pdf', salt: salt.toString('base64url'), dig: saltedDigest(salt, other) },
  ]

  const same = await unchangedFiles(hub.sql, path.split('/')[2] ?? '', published)

  expect(same).toEqual([{ name: 'a.pdf' }])
})

test('a new version says which files come, go or are described anew', () => {
  const file = (name: string, alt: string) => ({ name, alt, len: 1_200 })
  const before = [file('a.pdf', 'Der Leitfaden'), file('b.png', 'Ein Bild')]
  const same = new Set(['a.pdf', 'b.png'])

  const [difference] = fileDifferences(
    before,
    [file('a.pdf', 'Der neue'), file('c.png', 'Karte')],
    same,
  )

  expect(difference?.label).toBe('Anlagen')
  const text = (wanted: string) =>
    difference?.parts.flatMap(({ change, text }) => (change === wanted ? text : [])).join('')
  expect(text('removed')).toBe('a.pdf (1 KB): Der Leitfaden\nb.png (1 KB): Ein Bild\n')
  expect(text('added')).toBe('a.pdf (1 KB): Der neue\nc.png (1 KB): Karte\n')
  expect(fileDifferences(before, [...before].reverse(), same)).toEqual([])
  const [replaced] = fileDifferences(before, before, new Set(['a.pdf']))
  expect(replaced?.parts).toContainEqual({
    text: 'b.png (1 KB, neuer Inhalt): Ein Bild\n',
    change: 'added',
  })
})
