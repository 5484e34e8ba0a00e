/** A draft from its first word to the published record, and what others may do with it. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { forgetCutOff, takeUpCutOff } from '../../src/drafts/cut-off.ts'
import { publishDue } from '../../src/drafts/publish-draft.ts'
import { beginDraft, type NewDraft } from '../../src/drafts/store.ts'
import { alignFeeds } from '../../src/exchange/align.ts'
import { startNewEpoch } from '../../src/exchange/new-epoch.ts'
import { learnTrust } from '../../src/federation/learn.ts'
import { publish } from '../../src/publications/publish.ts'
import { erase } from '../../src/publications/take-back.ts'
import { invite } from '../../src/staff/invite.ts'
import type { Role } from '../../src/staff/roles.ts'
import { caseFile, inputOf } from '../publications/fixtures.ts'
import { type Browser, type Fields, openBrowser } from '../support/browser.ts'
import { pdf } from '../support/files.ts'
import { openFederation, settle, type TestFederation, type TestHub } from '../support/hub.ts'
import { formOf } from './support.ts'

let net: TestFederation
let hub: TestHub
/** An editor, a second one, a reviewer, somebody at another centre, and one who has other business. */
let maria: Browser
let jonas: Browser
let ines: Browser
let stranger: Browser
let adviser: Browser

const member = async (roles: Role[], name: string, at = hub) => {
  const browser = openBrowser(at)
  const [{ slug = '' } = {}] = at.config.centres
  await browser.join(await invite(at, { centre: slug, roles, by: 'operator' }), name)
  return browser
}

beforeAll(async () => {
  net = await openFederation()
  hub = net.berlin
  maria = await member(['editor'], 'Maria Öztürk')
  jonas = await member(['editor', 'reviewer'], 'Jonas Weiß')
  ines = await member(['reviewer'], 'Ines Prüfer')
  stranger = await member(['editor', 'reviewer'], 'Frieda Fremd', net.brandenburg)
  adviser = await member(['adviser'], 'Ada Rat')
})
afterAll(() => net.close())
beforeEach(() => hub.sql`truncate attempts`)

const start = async (by = maria, kind = 'case-example') => {
  const { location } = await by.post('/entwuerfe/neu', { zentrum: 'berlin', art: kind })
  return location ?? ''
}

const hidden = (html: string, name: string) =>
  html.match(new RegExp(`name="${name}" value="([^"]*)"`))?.[1] ?? ''

/** Opens a step, types into it, and saves. */
const write = async (by: Browser, path: string, step: string, fields: Fields) => {
  const { html } = await by.get(`${path}?schritt=${step}`)
  return by.post(path, {
    ...{ zentrum: 'berlin', schritt: step },
    ...{ fassung: hidden(html, 'fassung'), seite: hidden(html, 'seite') },
    ...fields,
  })
}

/** A draft that holds a whole record. */
const complete = async (title: string, by = maria, visibility = 'public') => {
  const path = await start(by)
  const record = { ...inputOf(caseFile), title, visibility }
  for (const [step, fields] of formOf('case-example', record)) {
    await write(by, path, step, fields)
  }
  return path
}

/** As on a page that is up to date. */
const act = async (by: Browser, path: string, name: string, fields: Fields = {}) => {
  const [row] = await hub.sql`select revision from drafts where id = ${path.split('/')[2] ?? ''}`
  const fassung = String(row?.revision ?? '')
  return by.post(`${path}/${name}`, { zentrum: 'berlin', fassung, ...fields })
}

const stateOf = async (path: string) => {
  const [row] = await hub.sql`select state, rid from drafts where id = ${path.split('/')[2] ?? ''}`
  return row as { state: string; rid: string }
}

test('two people write and review a draft, it is published, and arrives at KIWW', async () => {
  const path = await complete('Lieferscheine ohne Papier')

  const handedIn = await act(maria, path, 'abgeben')
  const approved = await act(ines, path, 'freigeben')
  const published = await act(ines, path, 'veroeffentlichen')
  await settle(net)

  expect([handedIn, approved].map(({ location }) => location)).toEqual([
    `${path}/pruefen?said=submit`,
    `${path}/pruefen?said=approve`,
  ])
  const { state, rid } = await stateOf(path)
  expect(published.location).toBe(`/entwuerfe/beitraege/${rid}?said=published`)
  expect(state).toBe('published')
  const seen = await openBrowser(net.kiww).get(`/fallbeispiele/berlin/${rid}`)
  expect(seen.html).toContain('Lieferscheine ohne Papier')
})

test('who writes or reviews finds in the search what the own centre has not published yet, and nobody else does', async () => {
  const path = await start()
  await write(maria, path, 'worum', {
    title: 'Gießkannen mit Sensor',
    summary: 'Wie die Gärtnerei Setzlinge gießt.',
  })
  const found = async (by: Browser, q: string, more = '') =>
    (await by.get(`/suche?q=${encodeURIComponent(q)}${more}`)).html.includes(`href="${path}"`)
  const all = (by: Browser) => found(by, 'Setzling Sensor')

  expect(await Promise.all([maria, jonas, ines, stranger, adviser].map(all))).toEqual([
    ...[true, true],
    ...[false, false, false],
  ])
  const ways = ['kanne setzlinge', '"die Gärtnerei" giesst', 'wie sensoren', 'Setzling -Sensor']
  expect(await Promise.all(ways.map((q) => found(maria, q)))).toEqual([true, true, true, false])
  expect(await found(maria, 'Setzling Sensor Traktor')).toBe(false)
  expect(await found(maria, 'Setzling', '&kind=case-example')).toBe(true)
  expect(await found(maria, 'Setzling', '&kind=round-table')).toBe(false)
  expect(await found(maria, 'Setzling', '&land=DE-BE')).toBe(false)
  const programs = await Promise.all(
    ['json', 'csv', 'atom'].map((form) => maria.get(`/suche.${form}?q=Setzling`)),
  )
  expect(programs.map(({ html }) => html).join()).not.toContain('Gießkannen')
})

test('nobody approves what she wrote a part of, and what was handed in is not changed behind the reviewer’s back', async () => {
  const path = await complete('Eigenes')
  await write(jonas, path, 'worum', { title: 'Eigenes, von zweien', summary: 'Zu zweit.' })
  await act(maria, path, 'abgeben')

  const own = await act(jonas, path, 'freigeben')
  const late = await write(maria, path, 'worum', { title: 'Zu spät' })

  expect(own.location).toBe(`${path}/pruefen?said=own`)
  expect(late.location).toBe(`${path}/versionen`)
  expect((await stateOf(path)).state).toBe('in-review')
  expect((await maria.get(`${path}/pruefen`)).html).toContain('Eigenes, von zweien')
  expect((await maria.get(`${path}/versionen`)).html).toContain('Zu spät')
})

test('a reviewer asks for changes at a field, and approves only the text that she has read', async () => {
  const path = await complete('Mit Anmerkung')
  await act(maria, path, 'abgeben')
  const { html } = await ines.get(`${path}/pruefen`)

  await act(ines, path, 'anmerkungen', { feld: 'title', 'anmerkung-title': 'Bitte kürzer <b>' })
  await act(ines, path, 'aenderungen', {
    anmerkung: 'Siehe oben',
    fassung: hidden(html, 'fassung'),
  })
  const { html: form } = await maria.get(`${path}?schritt=worum`)
  await write(maria, path, 'worum', { title: 'Kürzer', summary: 'Zwei Sätze.' })
  await act(maria, path, 'abgeben')
  const stale = await act(ines, path, 'freigeben', { fassung: hidden(html, 'fassung') })

  expect(form).toContain('Bitte kürzer &lt;b&gt;')
  expect(stale.location).toBe(`${path}/pruefen?said=moved`)
})

test('what somebody decides about she has read: without saying which text, nothing is handed in, approved or sent back', async () => {
  const path = await complete('Ungelesen')
  const without = (by: Browser, name: string, fields: Fields = {}) =>
    by.post(`${path}/${name}`, { zentrum: 'berlin', ...fields })

  const handedIn = await without(maria, 'abgeben')
  await act(maria, path, 'abgeben')
  const approved = await without(ines, 'freigeben')
  const empty = await without(ines, 'freigeben', { fassung: '' })
  const broken = await without(ines, 'freigeben', { fassung: 'neu' })
  const asked = await without(ines, 'aenderungen', { anmerkung: 'Bitte <kürzer>' })

  for (const { location } of [handedIn, approved, empty]) {
    expect(location).toBe(`${path}/pruefen?said=unread`)
  }
  expect(broken.status).toBe(400)
  expect(asked.status).toBe(409)
  expect(asked.html).toContain('war nicht zu erkennen')
  expect(asked.html).toContain('>Bitte &lt;kürzer&gt;</textarea>')
  expect((await stateOf(path)).state).toBe('in-review')
})

test('what somebody asks to change too late is shown to her again', async () => {
  const path = await complete('Zu spät gebeten')
  await act(maria, path, 'abgeben')
  await act(ines, path, 'freigeben')

  const late = await act(ines, path, 'aenderungen', { anmerkung: 'Doch noch kürzer' })

  expect(late.status).toBe(409)
  expect(late.html).toContain('Doch noch kürzer')
  expect((await stateOf(path)).state).toBe('approved')
})

test('whoever reviews reads every text as it will be set, also in rows and groups', async () => {
  const path = await start()
  const row = { 'steps[0].title': 'Zuerst **hier**', 'steps[0].text': 'Zwei **Wochen** <b>' }
  await write(maria, path, 'inhalt-2', row)
  await write(maria, path, 'inhalt-3', { 'legal.privacy': '- gefragt\n- geantwortet' })

  const { html } = await maria.get(`${path}/pruefen`)

  expect(html).toContain('Zwei <strong>Wochen</strong> &lt;b&gt;')
  expect(html).toContain('Zuerst **hier**')
  expect(html).toContain('<li>gefragt</li>')
})

test('a draft that lacks what is needed is not handed in, and every failure leads to its field', async () => {
  const path = await start()
  await write(maria, path, 'worum', { title: 'Nur ein Titel' })

  const answer = await act(maria, path, 'abgeben')
  const { html } = await maria.get(answer.location ?? '')

  expect(answer.location).toBe(`${path}/pruefen?said=failures`)
  expect(html).toContain('Das Feld „Ausgangslage“ fehlt.')
  expect(html).toContain(`href="${path}?schritt=inhalt-1#feld-initialSituation"`)
  expect((await stateOf(path)).state).toBe('draft')
})

test('drafts of another centre are not there, and who neither writes nor reviews has no way in', async () => {
  const path = await complete('Nur für uns')

  for (const page of ['', '/pruefen', '/versionen']) {
    expect((await stranger.get(path + page)).status).toBe(404)
    expect((await adviser.get(path + page)).status).toBe(403)
    expect((await openBrowser(hub).get(path + page)).status).toBe(303)
  }
  for (const name of [
    '',
    '/abgeben',
    '/freigeben',
    '/veroeffentlichen',
    '/verwerfen',
    '/aenderungen',
  ]) {
    const fields = { zentrum: 'brandenburg', schritt: 'worum', fassung: '0', seite: '12345678' }
    expect((await stranger.post(path + name, fields)).status).toBe(404)
    expect((await adviser.post(path + name, { ...fields, zentrum: 'berlin' })).status).toBe(403)
  }
  expect((await stranger.get('/entwuerfe')).html).not.toContain('Nur für uns')
})

test('a reviewer sees nothing before it is handed in, and writes nothing', async () => {
  const path = await complete('Noch nicht abgegeben')

  expect((await ines.get(`${path}/pruefen`)).status).toBe(404)
  expect((await ines.get('/entwuerfe')).html).not.toContain('Noch nicht abgegeben')
  expect((await ines.get('/entwuerfe/neu')).status).toBe(403)
  await act(maria, path, 'abgeben')
  expect((await ines.get(`${path}/pruefen`)).html).toContain('Noch nicht abgegeben')
  expect((await ines.get(path)).status).toBe(403)
})

const minute = 60_000

test('a draft goes nowhere before it is approved, and what is published by its time is due then and not before', async () => {
  const path = await complete('Zu seiner Zeit')
  const early = await act(maria, path, 'veroeffentlichen')
  await act(maria, path, 'abgeben')
  await act(ines, path, 'freigeben')
  const past = await act(maria, path, 'vormerken', { zeitpunkt: '2020-01-01T00:00' })
  // In winter German clocks are an hour ahead: in ten minutes.
  const soon = new Date(hub.now() + 70 * minute).toISOString().slice(0, 16)
  await act(maria, path, 'vormerken', { zeitpunkt: soon })

  await publishDue(hub)
  const before = (await stateOf(path)).state
  hub.clock.now += 11 * minute
  await publishDue(hub)

  expect(early.status).toBe(409)
  expect(past.location).toBe(`${path}/pruefen?said=time`)
  expect([before, (await stateOf(path)).state]).toEqual(['scheduled', 'published'])
})

const published = async (title: string) => {
  const path = await complete(title)
  await act(maria, path, 'abgeben')
  await act(ines, path, 'freigeben')
  await act(ines, path, 'veroeffentlichen')
  return (await stateOf(path)).rid
}

const newVersion = async (rid: string, by = maria) => {
  const fields = { zentrum: 'berlin', art: 'case-example', zu: rid }
  return (await by.post('/entwuerfe/neu', fields)).location ?? ''
}

test('a new version is written beside the live one, says what it changes, and replaces it', async () => {
  const rid = await published('Die erste Fassung')
  const page = `/fallbeispiele/berlin/${rid}`

  const path = await newVersion(rid)
  const same = await newVersion(rid, jonas)
  await write(maria, path, 'worum', { title: 'Die zweite Fassung', summary: 'Neu gefasst.' })
  const review = (await maria.get(`${path}/pruefen`)).html
  await act(maria, path, 'abgeben')
  await act(ines, path, 'freigeben')
  const live = (await openBrowser(hub).get(page)).html
  await act(ines, path, 'veroeffentlichen')

  expect(same).toBe(path)
  expect(review).toMatch(/Die <del>.*erste.*<\/del><ins>.*zweite.*<\/ins> Fassung/)
  expect(live).toContain('Die erste Fassung')
  const after = (await openBrowser(hub).get(page)).html
  expect(after).toContain('Die zweite Fassung')
  expect(after).toContain('Fassung 2')
})

test('once published nothing of a draft is kept twice, and an erasure takes what somebody was writing on it', async () => {
  const canary = 'Zwitscherkanarienvogel'
  const first = await complete(canary)
  const file = crypto.randomUUID()
  await hub.sql`
    insert into draft_files (id, draft, name, type, len, bytes, at)
    values (
      ${file}, ${first.split('/')[2] ?? ''}, ${`${canary}.pdf`}, 'application/pdf', ${pdf.length}, ${pdf}, now()
    )
  `
  await write(maria, first, 'anlagen', { [`anlage.${file}`]: canary })
  await write(maria, first, 'worum', { title: `${canary} singt`, summary: 'Kurz.' })
  await act(maria, first, 'abgeben')
  await write(maria, first, 'worum', { title: `${canary} zu spät`, summary: 'Kurz.' })
  await act(ines, first, 'anmerkungen', { feld: 'title', 'anmerkung-title': `${canary}?` })
  await act(ines, first, 'freigeben')
  await act(ines, first, 'veroeffentlichen')
  const { rid } = await stateOf(first)
  const nothing = async () => {
    const tables = ['drafts', 'draft_revisions', 'draft_rivals', 'draft_comments', 'draft_files']
    for (const table of tables) {
      const rows = await hub.sql`select * from ${hub.sql(table)}`
      if (JSON.stringify(rows).includes(canary)) return table
    }
    return undefined
  }

  const once = await nothing()
  const path = await newVersion(rid)
  const again = await nothing()
  await erase(hub, { iss: hub.iss, rid, reason: 'consent-revoked' })

  expect([once, again]).toEqual([undefined, 'drafts'])
  expect(await nothing()).toBeUndefined()
  expect((await maria.get(path)).status).toBe(404)
})

test('what is taken back shows first what that does at whom, and needs an editor of the centre', async () => {
  const rid = await published('Zum Zurücknehmen')
  await settle(net)
  const place = `/entwuerfe/beitraege/${rid}`

  const arrived = (await maria.get(place)).html
  const preview = (await maria.get(`${place}/zuruecknehmen?wie=loeschen&grund=legal`)).html
  const kept = (await maria.get(`${place}/zuruecknehmen?wie=zurueckziehen&grund=legal`)).html
  const wanted = { zentrum: 'berlin', wie: 'loeschen', grund: 'legal' }
  const others = [
    await stranger.get(place),
    await stranger.post(`${place}/zuruecknehmen`, { ...wanted, zentrum: 'brandenburg' }),
    await ines.post(`${place}/zuruecknehmen`, wanted),
  ]
  const done = await maria.post(`${place}/zuruecknehmen`, wanted)
  await settle(net)

  expect(arrived.match(/angekommen<\/span>/g)).toHaveLength(2)
  expect(preview).toContain('KIWW</bdi>: muss Inhalt und Anlagen löschen')
  expect(kept).toContain('Aus diesem Grund bleibt nichts aufbewahrt')
  expect(others.map(({ status }) => status)).toEqual([404, 404, 403])
  expect(done.location).toBe(`${place}?said=loeschen`)
  expect((await openBrowser(net.kiww).get(`/fallbeispiele/berlin/${rid}`)).status).toBe(410)
  expect((await maria.get(place)).html).toContain('Überall')
})

test('who was writing on a record that is erased is told so; who only read it just before does not begin it anew', async () => {
  const rid = await published('Wird gelöscht')
  await newVersion(rid, jonas)
  const [drafted] = await hub.sql<NewDraft[]>`
    select *, 'public' as feed, '[]'::jsonb as files, author as by from drafts where rid = ${rid} and base_ver = 1
  `
  const wanted = { zentrum: 'berlin', wie: 'loeschen', grund: 'consent-revoked' }

  await maria.post(`/entwuerfe/beitraege/${rid}/zuruecknehmen`, wanted)
  const late = await beginDraft(hub.sql, { ...(drafted as NewDraft), now: new Date(hub.now()) })

  const { html } = await jonas.get('/arbeit/nachrichten')
  expect(html).toContain('Ihr Entwurf ist gelöscht')
  expect(await followed(jonas, html, 'Ihr Entwurf ist gelöscht')).toMatchObject({ status: 410 })
  expect(html).not.toContain('Wird gelöscht')
  expect(late).toEqual([{ id: null }])
  expect(await hub.sql`select from drafts where rid = ${rid}`).toEqual([])
})

test('what is done with drafts is on record, without a word of what they say', async () => {
  const path = await complete('Geheimtitel')
  await act(maria, path, 'abgeben')
  await act(ines, path, 'freigeben')
  await act(ines, path, 'veroeffentlichen')

  const rows = await hub.sql`
    select event, details from audit where subject = ${path.split('/')[2] ?? ''} order by seq
  `

  expect(rows.map(({ event }) => event)).toEqual([
    'draft.begun',
    'draft.submit',
    'draft.approve',
    'draft.publish',
  ])
  const all = await hub.sql`select * from audit`
  expect(JSON.stringify(all)).not.toContain('Geheimtitel')
})

test('each step waits for whom it concerns, and she hears of it, without a word of the text', async () => {
  const of = async (by: Browser) => {
    const [work, news] = [await by.get('/arbeit'), await by.get('/arbeit/nachrichten')]
    return work.html + news.html
  }
  await hub.sql`truncate messages`
  const path = await complete('Was wartet')
  await act(maria, path, 'abgeben')
  const asked = await of(ines)
  const [{ id = '' } = {}] = await hub.sql`select id from people where name = 'Jonas Weiß'`
  await act(ines, path, 'weitergeben', { pruefung: String(id) })
  const routed = await of(ines)
  await act(jonas, path, 'aenderungen', { anmerkung: 'Kürzer, bitte' })
  const back = await of(maria)
  await act(maria, path, 'abgeben', { pruefung: String(id) })
  await act(jonas, path, 'freigeben')
  await act(jonas, path, 'veroeffentlichen')

  expect(asked).toContain('„Was wartet“ prüfen')
  expect(asked).toContain('Ein Beitrag wartet auf Ihre Prüfung')
  expect(routed).not.toContain('„Was wartet“ prüfen')
  expect(back).toContain('„Was wartet“ ändern')
  const messages =
    await hub.sql`select p.name, m.subject, m.text from messages m join people p on p.id = m.person`
  expect(JSON.stringify(messages)).not.toContain('Was wartet')
  expect(
    messages.filter(({ name }) => name === 'Maria Öztürk').map(({ subject }) => subject),
  ).toEqual([
    'Zu einem Beitrag gibt es Anmerkungen',
    'Ein Beitrag ist freigegeben',
    'Ihr Beitrag ist veröffentlicht',
  ])
})

/** Where a message leads, from the list of messages on. */
const followed = async (by: Browser, list: string, subject: string) => {
  const [, link = ''] = list.match(new RegExp(`href="([^"]*)">${subject}<`)) ?? []
  let page = await by.get(link)
  for (let step = 0; page.location && step < 3; step++) page = await by.get(page.location)
  return page
}

test.each([
  ['public', '>Am Runden Tisch</h1>'],
  ['members', 'Mit Passkey anmelden'],
])(
  'who wrote and is a moderator now gets to what was published (%s), from the message and from an e-mail',
  async (visibility, atFirst) => {
    await hub.sql`truncate messages`
    const name = `Mona ${visibility}`
    const mona = await member(['editor'], name)
    const path = await complete('Am Runden Tisch', mona, visibility)
    await act(mona, path, 'abgeben')
    await hub.sql`
    update grants set role = 'moderator' where person = (select id from people where name = ${name})
  `
    await act(ines, path, 'freigeben')
    await act(ines, path, 'veroeffentlichen')
    const [told] = await hub.sql`select path from messages where subject like 'Ihr Beitrag ist%'`

    const list = (await mona.get('/arbeit/nachrichten')).html
    const page = await followed(mona, list, 'Ihr Beitrag ist veröffentlicht')
    const stranger = await openBrowser(hub).get(told?.path)

    expect(page.status).toBe(200)
    expect(page.html).toContain('>Am Runden Tisch</h1>')
    expect(stranger.status).toBe(200)
    expect(stranger.html).toContain(atFirst)
  },
)

test('what its author cannot go on with, who does not write or has left, waits for all who write', async () => {
  const lea = await member(['editor'], 'Lea Wechselt')
  const path = await complete('Verwaist', lea)
  await act(lea, path, 'abgeben')
  await hub.sql`
    update grants set role = 'moderator' where person = (select id from people where name = 'Lea Wechselt')
  `
  await hub.sql`truncate messages`

  await act(ines, path, 'aenderungen', { anmerkung: 'Kürzer, bitte' })
  const [told] = await hub.sql`
    select jsonb_agg(p.name order by p.name) as names
    from messages m join people p on p.id = m.person where m.subject like 'Zu einem Beitrag%'
  `
  const asked = (await maria.get('/arbeit')).html
  await act(maria, path, 'abgeben')
  await act(ines, path, 'freigeben')
  const approved = (await maria.get('/arbeit')).html
  await act(maria, path, 'verwerfen')

  expect(told?.names).toEqual(['Jonas Weiß', 'Maria Öztürk'])
  expect(asked).toContain('„Verwaist“ ändern')
  expect(approved).toContain('„Verwaist“ veröffentlichen')
})

test('several drafts are handed in at once, each by itself', async () => {
  const ready = await complete('Fertig')
  const unready = await start()
  const ids = [ready, unready].map((path) => path.split('/')[2] ?? '')

  const answer = await maria.post('/entwuerfe', { zentrum: 'berlin', do: 'submit', draft: ids })

  expect((await maria.get(answer.location ?? '')).html).toContain('Zur Prüfung abgegeben: 1 von 2.')
  expect([(await stateOf(ready)).state, (await stateOf(unready)).state]).toEqual([
    'in-review',
    'draft',
  ])
})

test('several drafts are thrown away only after one has seen which', async () => {
  const paths = [await complete('Weg damit'), await complete('Und damit'), await complete('Bleibt')]
  const [one, other] = paths.map((path) => path.split('/')[2] ?? '')
  const wanted = { zentrum: 'berlin', do: 'discard', draft: [one ?? '', other ?? ''] }

  const asked = await maria.post('/entwuerfe', wanted)
  const others = [
    await ines.post('/entwuerfe', wanted),
    await ines.post('/entwuerfe', { ...wanted, sicher: 'ja' }),
    await stranger.post('/entwuerfe', { ...wanted, zentrum: 'brandenburg' }),
  ]
  const still = (await maria.get('/entwuerfe')).html
  const done = await maria.post('/entwuerfe', { ...wanted, sicher: 'ja' })

  expect(asked.status).toBe(200)
  expect(asked.html).toContain('Weg damit')
  expect(asked.html).not.toContain('Bleibt')
  expect(others.map(({ status }) => status)).toEqual([403, 403, 404])
  expect(still).toContain('Weg damit')
  const { html } = await maria.get(done.location ?? '')
  expect(html).toContain('Verworfen: 2 von 2.')
  expect(html).not.toContain('Weg damit')
  expect(html).toContain('Bleibt')
})

// Last: Berlin’s feed begins anew.
test('what is cut off a feed is a draft again where it was written, with its file; what is erased is not', async () => {
  const say = async (title: string, rid?: string) => {
    const attachments = [{ file: 'liste.pdf', alt: 'Eine Liste' }]
    const input = { ...inputOf(caseFile), title, attachments }
    const answer = await publish(hub, { iss: hub.iss, input, rid, fileOf: async () => pdf })
    if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
    return answer.published
  }
  const draftsOf = (rid: string) => hub.sql`
    select d.base_ver, d.written ->> 'title' as title, f.bytes
    from drafts d join draft_files f on f.draft = d.id where d.rid = ${rid}
  `
  const changed = await say('Erste Fassung')
  const erased = await say('Wird gelöscht')
  const ends = { public: erased.seq }
  await say('Zweite Fassung', changed.rid)
  await say('Wird auch gelöscht', erased.rid)
  const late = await say('Zu spät')
  await settle(net)

  await startNewEpoch(net.kiww, {
    ...{ entityId: hub.iss, feeds: ['public'], ends, rejoins: false },
  })
  for (const each of [net.kiww, hub, net.brandenburg]) {
    await learnTrust(each)
    await alignFeeds(each)
  }
  await erase(hub, { iss: hub.iss, rid: erased.rid, reason: 'legal' })
  await takeUpCutOff(hub)
  await takeUpCutOff(hub)

  expect(await draftsOf(changed.rid)).toEqual([
    { base_ver: 1, title: 'Zweite Fassung', bytes: pdf },
  ])
  expect(await draftsOf(late.rid)).toEqual([{ base_ver: 0, title: 'Zu spät', bytes: pdf }])
  expect(await draftsOf(erased.rid)).toEqual([])
  expect(await forgetCutOff(hub, hub.iss, changed.rid)).toBe(false)
  expect(await forgetCutOff(hub, hub.iss, late.rid)).toBe(true)
  expect(await draftsOf(late.rid)).toEqual([])
  for (const { sql } of [hub, net.brandenburg]) {
    expect(await sql`select from cut_off`).toEqual([])
    expect(await sql`select from cut_off_files`).toEqual([])
  }
  expect((await maria.get('/arbeit/nachrichten')).html).toContain('liegt wieder als Entwurf vor')
})
