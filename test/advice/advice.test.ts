import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readWhere } from '../../src/advice/compass.ts'
import { publish } from '../../src/publications/publish.ts'
import { readOne } from '../../src/publications/reading.ts'
import { invite } from '../../src/staff/invite.ts'
import type { Role } from '../../src/staff/roles.ts'
import { inputOf, type Loose } from '../publications/fixtures.ts'
import { openBrowser } from '../support/browser.ts'
import { openFederation, type TestFederation, type TestHub } from '../support/hub.ts'

let net: TestFederation
beforeAll(async () => {
  net = await openFederation()
  net.clock.now = Date.parse('2026-11-26T09:00:00Z')
})
afterAll(() => net.close())

const publishAt = async (hub: TestHub, input: Loose) => {
  const answer = await publish(hub, { iss: hub.iss, input })
  if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
  return answer.published.rid
}

const base = inputOf('berlin-angebot-ki-erstberatung.json')
const offer = (title: string, more: object) =>
  publishAt(net.berlin, { ...base, title, regions: undefined, reviewBy: '2027-06-30', ...more })

const signedIn = async (roles: Role[]) => {
  const staff = openBrowser(net.berlin)
  await staff.join(await invite(net.berlin, { centre: 'berlin', roles, by: 'operator' }))
  return staff
}

const page = async (path: string) => (await openBrowser(net.berlin).get(path)).html
const titlesOn = (html: string) =>
  [...html.matchAll(/<h3><a href="\/beratungsangebote[^>]*><bdi>([^<]*)</g)].map(
    ([, title]) => title,
  )

const all = [
  'DE-BB',
  'DE-BE',
  'DE-BW',
  'DE-BY',
  'DE-HB',
  'DE-HE',
  'DE-HH',
  'DE-MV',
  'DE-NI',
  'DE-NW',
]
  .concat(['DE-RP', 'DE-SH', 'DE-SL', 'DE-SN', 'DE-ST', 'DE-TH'])
  .map((land) => ({ land }))

describe('the Beratungskompass', () => {
  let overdue: string

  beforeAll(async () => {
    const local = [{ land: 'DE-BB', ags: '12052', name: 'Cottbus' }]
    const part = [{ land: 'DE-BB', ags: '12070', name: 'Landkreis Prignitz' }]
    await offer('Überall', { area: all })
    await offer('Nur Prignitz', { area: part })
    await offer('Land', { area: [{ land: 'DE-BB' }], topics: ['ai-adoption'] })
    await offer('Land, anderes Thema', { area: [{ land: 'DE-BB' }], topics: ['agile-work'] })
    await offer('Land, voll', {
      area: [{ land: 'DE-BB' }],
      topics: ['ai-adoption'],
      capacity: 'full',
    })
    await offer('Vor Ort', { area: local, topics: ['ai-adoption'] })
    await offer('Sachsen', { area: [{ land: 'DE-SN' }] })
    await offer('Intern', { area: [{ land: 'DE-BB' }], visibility: 'members' })
    overdue = await offer('Überfällig', { area: local, reviewBy: '2026-10-01' })
  })

  test('ranks by area, topic and capacity, and lets what is past its day of review sink', async () => {
    const html = await page('/kompass?wo=Cottbus&topic=ai-adoption')

    expect(titlesOn(html)).toEqual([
      'Vor Ort',
      'Land',
      'Überall',
      'Land, voll',
      'Land, anderes Thema',
      'Nur Prignitz',
      'Überfällig',
    ])
    expect(html).toMatch(/7.Angebote für Betriebe in Cottbus/)
  })

  test('says why: area, topic, what to ask about, and how sure it is', async () => {
    const html = await page('/kompass?wo=Cottbus&topic=ai-adoption&size=small')

    for (const reason of [
      'Für Betriebe in Ihrer Gegend: Cottbus',
      'Für Betriebe in allen Ländern',
      'Nur für Teile von Brandenburg: Landkreis Prignitz. Fragen Sie, ob Cottbus dazugehört.',
      'Berät zum Thema KI-Einführung',
      'KI-Einführung ist hier kein Schwerpunkt',
      'Passt zur Größe: Kleines Unternehmen',
      'Zurzeit ausgelastet',
      'Das sollte bis zum 1. Oktober 2026 wieder geschehen',
      'href="mailto:beratung@zukunftszentrum-berlin.example"',
    ]) {
      expect(html).toContain(reason)
    }
  })

  test('lets advisers refer to a Zukunftszentrum, with the seat filled in', async () => {
    const adviser = await signedIn(['adviser'])
    const editor = await signedIn(['editor'])
    const link = '/verweise/neu?plz=03046&amp;ort=Cottbus'

    expect((await adviser.get('/kompass?wo=03046+Cottbus')).html).toContain(link)
    expect((await editor.get('/kompass?wo=03046+Cottbus')).html).not.toContain('/verweise/neu')
  })

  test('asks back where a place is not unique, and proposes nothing before', async () => {
    const html = await page('/kompass?wo=Neustadt&topic=ai-adoption')
    const [, link = ''] = html.match(/href="([^"]*)"><bdi>Neustadt \(Dosse\)/) ?? []
    const then = await page(link.replaceAll('&amp;', '&'))

    expect(titlesOn(html)).toEqual([])
    expect(html).toContain('Welcher Ort ist gemeint?')
    expect(titlesOn(then)[0]).toBe('Land')
    expect(then).toContain('für Betriebe in Neustadt')
  })

  test('knows a postal code, a place, or both', () => {
    expect(readWhere('03046 Cottbus')).toEqual({ plz: '03046', ort: 'Cottbus' })
    expect(readWhere(' D-03046')).toEqual({ plz: 'D-03046' })
    expect(readWhere('Frankfurt (Oder)')).toEqual({ ort: 'Frankfurt (Oder)' })
    expect(readWhere('03046, Cottbus/Chóśebuz')).toEqual({ plz: '03046', ort: 'Cottbus/Chóśebuz' })
  })

  test.each([
    ['topic=astrology', 'Dieses Thema gibt es nicht.'],
    ['size=giant', 'Diese Betriebsgröße gibt es nicht.'],
    [`wo=${'x'.repeat(141)}`, 'Die Ortsangabe ist zu lang'],
  ])('refuses %s', async (query, message) => {
    const { status, html } = await openBrowser(net.berlin).get(`/kompass?${query}`)

    expect(status).toBe(400)
    expect(html).toContain(message)
  })

  test('a provider confirms by a link that works once, and the offer rises', async () => {
    const editor = await signedIn(['editor'])
    const work = await editor.get('/arbeit')
    const made = await editor.post(`/angebote/pruefen/${overdue}/link`, { zentrum: 'berlin' })
    const [, path = ''] =
      made.html.match(/value="https:\/\/berlin\.example([^"]*bestaetigen[^"]*)"/) ?? []
    const provider = openBrowser(net.berlin)

    // Past midnight in Germany.
    net.clock.now = Date.parse('2026-11-26T23:30:00Z')
    const asked = await provider.get(path)
    const confirmed = await provider.post(path)
    const again = await provider.post(path)

    expect(work.html).toContain('Ein Beratungsangebot ist zu bestätigen')
    expect(asked.html).toContain('Stimmt Ihr Angebot noch?')
    expect([confirmed.status, confirmed.location]).toEqual([303, '/kompass/bestaetigt'])
    expect(again.status).toBe(410)
    expect(again.html).toContain('Dieser Link gilt nicht mehr')
    const one = await readOne(net.berlin, 'public', 'berlin', overdue)
    expect(one.found.ver).toBe(2)
    expect(one.state === 'published' && JSON.parse(one.content)).toMatchObject({
      title: 'Überfällig',
      ...{ checkedOn: '2026-11-27', checkedBy: 'Zukunftszentrum Berlin', basis: 'confirmed' },
      reviewBy: '2027-11-27',
    })
    expect(titlesOn(await page('/kompass?wo=Cottbus'))[0]).toBe('Überfällig')
  })

  test('a link is the editors’ to make, of their own offers, and its time ends', async () => {
    const adviser = await signedIn(['adviser'])
    const editor = await signedIn(['editor'])
    const foreign = await publishAt(net.brandenburg, inputOf('brandenburg-angebot-handwerk.json'))
    const fields = { zentrum: 'berlin' }
    const made = await editor.post(`/angebote/pruefen/${overdue}/link`, fields)
    const [, path = ''] =
      made.html.match(/value="https:\/\/berlin\.example([^"]*bestaetigen[^"]*)"/) ?? []

    const refused = await adviser.post(`/angebote/pruefen/${overdue}/link`, fields)
    const missing = await editor.post(`/angebote/pruefen/${foreign}/link`, fields)
    net.clock.now += 31 * 24 * 3_600_000
    const late = await openBrowser(net.berlin).get(path)

    expect([refused.status, missing.status, late.status]).toEqual([403, 404, 410])
    expect((await openBrowser(net.berlin).get('/kompass/bestaetigen/nothing')).status).toBe(410)
  })
})
