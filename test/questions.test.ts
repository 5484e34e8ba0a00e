import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lengthOf } from '../src/learning/building-blocks.ts'
import { landsOf, openingOf } from '../src/learning/spaces.ts'
import { publish } from '../src/publications/publish.ts'
import { readOne } from '../src/publications/reading.ts'
import { withdraw } from '../src/publications/take-back.ts'
import { invite } from '../src/staff/invite.ts'
import type { Role } from '../src/staff/roles.ts'
import { inputOf } from './publications/fixtures.ts'
import { type Browser, openBrowser } from './support/browser.ts'
import { copy, forgetCopies, listedIn, pagesOf } from './support/copies.ts'
import { hear, openFederation, settle, type TestFederation, type TestHub } from './support/hub.ts'

let net: TestFederation
/** Records by their files, as they were published here. */
const records = new Map<string, { iss: string; rid: string }>()

const publishAt = async (hub: TestHub, name: string, more: object = {}) => {
  const input = { ...inputOf(`${name}.json`), related: undefined, ...more }
  const answer = await publish(hub, { iss: hub.iss, input })
  if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
  const { iss, rid } = answer.published
  records.set(name, { iss, rid })
  return { iss, rid }
}

beforeAll(async () => {
  net = await openFederation()
  net.clock.now = Date.parse('2026-11-26T09:00:00Z')
  const { berlin, brandenburg } = net
  const about = await publishAt(berlin, 'berlin-frage-schichtleitung-lernzeit', {
    askedOf: ['brandenburg'],
  })
  await publishAt(berlin, 'brandenburg-frage-absatz-wetter', { due: '2026-11-20' })
  const block = await publishAt(berlin, 'berlin-baustein-ki-leitlinie')
  await publishAt(berlin, 'kiww-baustein-lernfilme')
  const what = { ...block, ver: 1 }
  await publishAt(brandenburg, 'brandenburg-uebernahme-leitlinie', { what })
  await publishAt(berlin, 'berlin-tischlerei-angebote', {
    usedBuildingBlocks: [{ title: 'KI-Leitlinie', record: block }],
  })
  await publishAt(brandenburg, 'brandenburg-antwort-schichtleitung-lernzeit', { about })
  for (const name of ['berlin-raum-sprachwerkstatt', 'brandenburg-raum-ki-mobil']) {
    await publishAt(berlin, name)
  }
  await publishAt(berlin, 'brandenburg-raum-absatzprognose')
  await settle(net)
})
afterAll(() => net.close())

const of = (name: string) => records.get(name) ?? { iss: '', rid: '' }
const stranger = (path: string) => openBrowser(net.berlin).get(path)

const signedIn = async (hub: TestHub, centre: string, roles: Role[]): Promise<Browser> => {
  const staff = openBrowser(hub)
  await staff.join(await invite(hub, { centre, roles, by: 'operator' }))
  return staff
}

const textsIn = (html: string, section: string) => {
  const [, part = ''] = html.split(`id="${section}"`)
  return part.slice(0, part.indexOf('</section>'))
}

describe('a question among the centres', () => {
  const title = 'Welche Vereinbarungen über Lernzeit haben im Schichtbetrieb gehalten?'
  const path = () => `/fachfragen/berlin/${of('berlin-frage-schichtleitung-lernzeit').rid}`

  test('is seen by whom it is meant for, and waits for the centre that is asked', async () => {
    const there = await signedIn(net.brandenburg, 'brandenburg', ['adviser'])

    const list = (await there.get('/fachfragen')).html
    const work = (await there.get('/arbeit')).html

    // Brandenburg has answered the first already; the other is asked of all.
    expect(textsIn(list, 'an-uns')).toContain('Wetterdaten')
    expect(textsIn(list, 'an-uns')).toContain('tn-badge--warning')
    expect(textsIn(list, 'offen')).toContain(title)
    expect(list).toContain('name="titel-question"')
    expect(work).not.toContain('Fachfrage:')
    expect((await stranger('/fachfragen')).html).not.toContain(title)
    expect((await stranger(`${path()}/antworten`)).status).toBe(303)
  })

  test('is answered, accepted by the centre that asked, and then published for everybody', async () => {
    const reviewer = await signedIn(net.berlin, 'berlin', ['editor', 'reviewer'])
    const editor = await signedIn(net.berlin, 'berlin', ['editor'])
    const auditor = await signedIn(net.berlin, 'berlin', ['auditor'])
    const foreigner = await signedIn(net.brandenburg, 'brandenburg', ['reviewer'])
    const antwort = of('brandenburg-antwort-schichtleitung-lernzeit').rid
    const accept = `${path()}/antworten/annehmen`
    const open = `${path()}/antworten/veroeffentlichen`

    expect((await editor.get(`${path()}/antworten`)).html).toContain('Als Antwort annehmen')
    expect((await foreigner.get(`${path()}/antworten`)).html).not.toContain('Als Antwort annehmen')
    const early = await reviewer.post(open, { zentrum: 'berlin' })
    const refused = await auditor.post(accept, { zentrum: 'berlin', antwort })
    const elsewhere = await foreigner.post(accept, { zentrum: 'brandenburg', antwort })
    const wrong = await editor.post(accept, { zentrum: 'berlin', antwort: crypto.randomUUID() })
    expect([early, refused, elsewhere, wrong].map(({ status }) => status)).toEqual([
      409, 403, 404, 404,
    ])

    const accepted = await editor.post(accept, { zentrum: 'berlin', antwort })
    expect([accepted.status, accepted.location]).toEqual([303, `${path()}/antworten?said=accepted`])
    expect((await editor.get(`${path()}/antworten`)).html).toContain('Angenommen')
    expect((await stranger(path())).status).toBe(404)
    expect((await editor.post(open, { zentrum: 'berlin' })).status).toBe(403)
    expect((await reviewer.post(open, { zentrum: 'berlin' })).status).toBe(303)

    const { html } = await stranger(path())
    expect(html).toContain('Ruhige Wochen gab es nicht')
    expect(html).toContain('Zukunftszentrum Brandenburg')
    expect((await stranger('/fachfragen')).html).toContain(title)
    const { rid } = of('berlin-frage-schichtleitung-lernzeit')
    const one = await readOne(net.berlin, 'public', 'berlin', rid)
    expect([one.found.ver, one.found.feed]).toEqual([3, 'public'])
  })
})

test('an answer, an adoption or an insight begins at the record that it is about', async () => {
  const editor = await signedIn(net.brandenburg, 'brandenburg', ['editor'])
  const question = of('brandenburg-frage-absatz-wetter')
  const block = of('berlin-baustein-ki-leitlinie')
  const reading = async (path: string) => (await editor.get(path)).html
  const begin = async (art: string, { iss, rid }: { iss: string; rid: string }) => {
    const fields = { zentrum: 'brandenburg', art, bezug: `${iss} ${rid} 1` }
    const { location } = await editor.post('/entwuerfe/neu', fields)
    const [row] = await net.brandenburg.sql<{ written: object }[]>`
      select written from drafts where id = ${location?.split('/').at(-1) ?? ''}
    `
    return row?.written
  }

  expect(await reading(`/fachfragen/berlin/${question.rid}`)).toContain('Antwort schreiben')
  expect(await reading(`/bausteine/berlin/${block.rid}`)).toContain('Übernahme eintragen')
  expect((await stranger(`/bausteine/berlin/${block.rid}`)).html).not.toContain(
    'Übernahme eintragen',
  )
  expect(await begin('answer', question)).toMatchObject({ about: question })
  expect(await begin('adoption', block)).toMatchObject({ what: { ...block, ver: '1' } })
  expect(await begin('insight', block)).toMatchObject({ derivedFrom: [{ ...block, ver: '1' }] })
})

test('in a form another record is chosen by its title; one that is not offered keeps its ids', async () => {
  const editor = await signedIn(net.brandenburg, 'brandenburg', ['editor'])
  const question = of('brandenburg-frage-absatz-wetter')
  const fields = { zentrum: 'brandenburg', art: 'answer' }
  const { location } = await editor.post('/entwuerfe/neu', fields)
  const step = `${location}?schritt=inhalt-1`
  const chosen = `${question.iss} ${question.rid}`
  const save = async (more: Record<string, string>) => {
    const { html } = await editor.get(step)
    const [, seite = ''] = html.match(/name="seite" value="([^"]*)"/) ?? []
    const [, fassung = ''] = html.match(/name="fassung" value="([^"]*)"/) ?? []
    const shown = { zentrum: 'brandenburg', schritt: 'inhalt-1', seite, fassung }
    await editor.post(location ?? '', { ...shown, ...more })
    return (await editor.get(step)).html
  }

  const html = (await editor.get(step)).html
  expect(html).toMatch(new RegExp(`<option value="${chosen}">[^<]*Wetter`))

  expect(await save({ about: chosen })).toMatch(new RegExp(`<option value="${chosen}" selected`))
  const elsewhere = { 'about.iss': question.iss, 'about.rid': crypto.randomUUID() }
  const kept = await save({ about: '', ...elsewhere })
  expect(kept).toContain(`value="${elsewhere['about.rid']}"`)
  expect(kept).toContain('<details class="tn-details" open')
  expect(await save({ about: '' })).not.toContain(elsewhere['about.rid'])
})

test('centres are ticked by their names, and one that is not known here is kept', async () => {
  const editor = await signedIn(net.brandenburg, 'brandenburg', ['editor'])
  const fields = { zentrum: 'brandenburg', art: 'question' }
  const { location } = await editor.post('/entwuerfe/neu', fields)
  const step = `${location}?schritt=inhalt-1`
  const { html } = await editor.get(step)
  const [, seite = ''] = html.match(/name="seite" value="([^"]*)"/) ?? []
  expect(html).toMatch(/name="askedOf" value="kiww"\/?>.*?KIWW/s)

  const shown = { zentrum: 'brandenburg', schritt: 'inhalt-1', seite, fassung: '0' }
  await editor.post(location ?? '', { ...shown, askedOf: ['berlin', 'nirgends'] })

  const again = (await editor.get(step)).html
  expect(again).toMatch(/value="berlin" checked/)
  expect(again).toMatch(/value="nirgends" checked.*?nirgends \(hier nicht bekannt\)/s)
  expect(again).not.toMatch(/value="kiww" checked/)
})

test('a long list of questions is read page by page: none twice, none missing, the urgent ones first', async () => {
  const { brandenburg } = net
  const [open, settled] = [
    of('brandenburg-frage-absatz-wetter'),
    of('berlin-frage-schichtleitung-lernzeit'),
  ]
  await copy(brandenburg, open, 60, 'Wetterdaten')
  await copy(brandenburg, settled, 70, 'Schichtbetrieb')
  await brandenburg.sql`
    update records set teaser = jsonb_set(teaser, '{own,answeredBy}', '"Berlin"')
    where teaser::text like '%Schichtbetrieb Nr.%'
  `
  // What others are asked is more urgent, and still stands behind.
  await brandenburg.sql`
    update records set teaser = jsonb_set(teaser, '{own}', teaser -> 'own' || '{"askedOf": ["kiww"], "due": "2026-11-01"}')
    where teaser::text ~ 'Wetterdaten Nr. [3456].'
  `
  const adviser = await signedIn(brandenburg, 'brandenburg', ['adviser'])

  const pages = await pagesOf(adviser, '/fachfragen')
  const narrowed = await pagesOf(adviser, '/fachfragen?centre=berlin')
  const wrong = await adviser.get('/fachfragen?after=ZWluLCJ6d2VpIg')
  await forgetCopies(brandenburg)
  const short = await adviser.get('/fachfragen')

  const listed = pages.flatMap(listedIn)
  expect(listed).toHaveLength(132)
  expect(new Set(listed).size).toBe(132)
  expect(narrowed.flatMap(listedIn)).toEqual(listed)
  expect(textsIn(pages[0] ?? '', 'an-uns')).toContain('Wetterdaten Nr. 29')
  expect(textsIn(pages[1] ?? '', 'offen')).toContain('Wetterdaten Nr. 60')
  expect(pages.map((html) => html.includes('id="beantwortet"'))).toEqual([false, true, true])
  expect(wrong.status).toBe(400)
  expect(short.html).toContain('Zurzeit keine.')
})

describe('a building block', () => {
  test('shows where it was tried, who took it over and which cases used it; the most used comes first', async () => {
    const adviser = await signedIn(net.brandenburg, 'brandenburg', ['adviser'])

    const { html } = await stranger('/bausteine')
    const own = (await adviser.get('/bausteine')).html

    expect(html.indexOf('KI-Leitlinie in drei')).toBeLessThan(html.indexOf('Lernfilme mit'))
    expect(html).toContain('2-mal erprobt')
    expect(html).toContain('übernommen von Zukunftszentrum Brandenburg')
    expect(html).toMatch(/eingesetzt in 1.Fallbeispiel</)
    expect(html).not.toContain('Bei uns übernommen')
    expect(own).toContain('Bei uns übernommen')
  })

  test('is found by topic, format and duration', async () => {
    const found = async (query: string) =>
      (await stranger(`/bausteine?${query}`)).html.match(/<h3>/g)?.length ?? 0

    expect(await found('topic=privacy-and-ai')).toBe(1)
    expect(await found('format=blended')).toBe(1)
    expect(await found('dauer=short')).toBe(0)
    expect(await found('dauer=longer')).toBe(2)
    expect((await stranger('/bausteine?dauer=ewig')).status).toBe(400)
  })

  test('stands in a catalogue of any length, page by page, however it is narrowed', async () => {
    await copy(net.berlin, of('kiww-baustein-lernfilme'), 520, 'Lernfilme')
    const reader = openBrowser(net.berlin)

    const pages = await pagesOf(reader, '/bausteine')
    const narrowed = await pagesOf(reader, '/bausteine?dauer=longer')
    const beyond = await reader.get('/bausteine?after=9000')
    const wrong = await reader.get('/bausteine?after=-1')
    await forgetCopies(net.berlin)

    const listed = pages.flatMap(listedIn)
    expect(pages[0]).toMatch(/522.Bausteine/)
    expect(pages[0]).toContain('Auf dieser Seite: 1 bis 50.')
    expect(listed).toHaveLength(522)
    expect(new Set(listed).size).toBe(522)
    // The most used first, as on one page.
    expect(listed[0]).toContain(of('berlin-baustein-ki-leitlinie').rid)
    expect(new Set(narrowed.flatMap(listedIn)).size).toBe(522)
    expect(beyond.html).toContain('So weit reicht die Liste nicht.')
    expect(wrong.status).toBe(400)
  })

  test.each([
    ['PT3H30M', 'short'],
    ['PT4H', 'short'],
    ['P1D', 'day'],
    ['PT9H', 'longer'],
    ['P1W', 'longer'],
    ['P1DT1H', 'longer'],
  ])('that takes %s is %s', (duration, length) => {
    expect(lengthOf(duration)).toBe(length)
  })

  test('says on its page who took it over, and a case says which it used', async () => {
    const block = await stranger(`/bausteine/berlin/${of('berlin-baustein-ki-leitlinie').rid}`)
    const story = await stranger(`/fallbeispiele/berlin/${of('berlin-tischlerei-angebote').rid}`)

    expect(block.html).toContain('Übernommen von anderen')
    expect(block.html).toContain('Übernommen: KI-Leitlinie, im Handwerk an einem Nachmittag')
    expect(block.html).toContain('Eingesetzt in')
    expect(story.html).toContain(`/bausteine/berlin/${of('berlin-baustein-ki-leitlinie').rid}`)
  })
})

describe('an experiment space', () => {
  test('is found by Land, by whether own data are allowed, and open now', async () => {
    const names = async (query: string) =>
      [
        ...(await stranger(`/experimentierraeume?${query}`)).html.matchAll(
          /<h3><a[^>]*><bdi>([^<:]*)/g,
        ),
      ].map(([, name]) => name)

    expect((await names('')).at(-1)).toBe('Backstube der Zahlen')
    expect(await names('region=DE-BE')).toEqual(['Sprachwerkstatt'])
    expect(await names('daten=allowed')).toEqual(['KI-Mobil'])
    expect(await names('offen=1&region=DE-BB')).toEqual(['KI-Mobil'])
    expect((await stranger('/experimentierraeume?daten=x')).status).toBe(400)
    const { html } = await stranger('/experimentierraeume')
    expect(html).toContain('aria-label="Karte: Brandenburg, Berlin"')
    expect(html).toContain('Geschlossen seit 30. September 2026')
  })

  test('is one of a list that may be long', async () => {
    await copy(net.berlin, of('berlin-raum-sprachwerkstatt'), 120, 'Sprachwerkstatt')

    const pages = await pagesOf(openBrowser(net.berlin), '/experimentierraeume?offen=1')
    await forgetCopies(net.berlin)

    expect(pages).toHaveLength(3)
    expect(new Set(pages.flatMap(listedIn)).size).toBe(122)
  })

  test('opens on its first day and is open on its last', () => {
    const open = { from: '2026-03-02', to: '2026-03-04' }

    expect(
      ['2026-03-01', '2026-03-02', '2026-03-04', '2026-03-05'].map((day) =>
        openingOf({ open }, day),
      ),
    ).toEqual(['later', 'open', 'open', 'over'])
    expect(openingOf({}, '2026-03-01')).toBe('open')
    const place = { address: 'Altmarkt', land: 'DE-BB' as const }
    expect(landsOf({ place, area: [{ land: 'DE-BE' }] })).toEqual(['DE-BB', 'DE-BE'])
  })
})

test('an insight says what it rests on, and says so when some of that was taken back or has changed', async () => {
  const { berlin } = net
  const first = await publishAt(berlin, 'berlin-hotel-dienstplan')
  const second = await publishAt(berlin, 'berlin-getraenkegrosshandel-belege', {
    usedBuildingBlocks: undefined,
  })
  const derivedFrom = [first, second].map((each) => ({ ...each, ver: 1 }))
  const insight = await publishAt(berlin, 'berlin-erkenntnis-zwei-seiten', { derivedFrom })
  const path = `/erkenntnisse/berlin/${insight.rid}`
  const before = (await stranger(path)).html
  const story = (await stranger(`/fallbeispiele/berlin/${first.rid}`)).html

  await withdraw(berlin, { iss: berlin.iss, rid: first.rid, reason: 'outdated' })
  const input = inputOf('berlin-getraenkegrosshandel-belege.json')
  await publish(berlin, {
    iss: berlin.iss,
    rid: second.rid,
    input: { ...input, usedBuildingBlocks: undefined },
  })
  const after = (await stranger(path)).html

  expect(before).toContain('Hotel mit 38 Beschäftigten')
  expect(before).not.toContain('zurückgenommen')
  expect(story).toContain('Daraus gefolgert')
  expect(after).toContain(
    'Ein Beitrag, auf den sich dieser stützt, wurde inzwischen zurückgenommen.',
  )
  expect(after).toContain('inzwischen zurückgezogen')
  expect(after).toContain('inzwischen in neuer Fassung')
  expect(after).not.toContain('Hotel mit 38 Beschäftigten')
})

test('who is asked hears of it once, and that the day comes; who asked hears of the answer', async () => {
  const there = await signedIn(net.berlin, 'berlin', ['adviser'])
  const here = await signedIn(net.brandenburg, 'brandenburg', ['editor'])
  const others = await signedIn(net.berlin, 'berlin', ['auditor'])
  const told = async (browser: Browser, subject: string) =>
    (await browser.get('/arbeit/nachrichten')).html.split(subject).length - 1
  const inDays = (days: number) =>
    new Date(net.clock.now + days * 24 * 3_600_000).toISOString().slice(0, 10)
  const ask = (name: string, centre: string, days: number) =>
    publishAt(net.brandenburg, name, { askedOf: [centre], due: inDays(days) })
  const about = await ask('kiww-frage-einwilligung-lernfilme', 'berlin', 10)
  await ask('kiww-frage-einwilligung-lernfilme', 'berlin', 2)
  await ask('kiww-frage-misserfolge', 'kiww', 2)

  await hear(net.berlin)
  await hear(net.berlin)
  expect(await told(there, 'Fachfrage an Ihr Zentrum')).toBe(2)
  expect(await told(there, 'Eine Fachfrage wartet auf Antwort')).toBe(1)
  expect(await told(others, 'Fachfrage')).toBe(0)
  expect((await there.get('/arbeit/nachrichten')).html).not.toContain('Einwilligung')

  await publishAt(net.berlin, 'berlin-antwort-misserfolge', { about, evidence: undefined })
  await hear(net.brandenburg)
  await hear(net.brandenburg)
  expect(await told(here, 'Antwort auf Ihre Fachfrage')).toBe(1)
})
