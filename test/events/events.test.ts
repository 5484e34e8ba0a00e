import ICAL from 'ical.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asCalendar } from '../../src/events/calendar.ts'
import { isOpen, type ListedEvent } from '../../src/events/event.ts'
import { weeksOf } from '../../src/events/month.ts'
import { instantOf, isShown } from '../../src/publications/local-time.ts'
import { publish } from '../../src/publications/publish.ts'
import { readRecord } from '../../src/publications/record.ts'
import { withdraw } from '../../src/publications/take-back.ts'
import { invite } from '../../src/staff/invite.ts'
import { inputOf, type Loose } from '../publications/fixtures.ts'
import { openBrowser } from '../support/browser.ts'
import { openFederation, type TestFederation } from '../support/hub.ts'

const event: ListedEvent = {
  ...{
    iss: 'https://berlin.example/centres/berlin',
    slug: 'berlin',
    centre: 'Zukunftszentrum Berlin',
  },
  ...{ rid: '0195a0c0-0000-7000-8000-000000000001', ver: 1, changed: 1_790_000_000 },
  ...{
    title: 'Tagung; mit Komma, und Umbruch',
    summary: 'Zwei Zeilen\nText',
    topics: ['ai-adoption'],
  },
  ...{ type: 'conference', state: 'planned', mode: 'on-site', place: 'Altmarkt 9, Cottbus' },
  start: { day: '2026-12-03', time: '09:00' },
  end: { day: '2026-12-03', time: '12:30' },
  zone: 'Europe/Berlin',
  registration: 'https://berlin.example/anmeldung',
  closingDate: '2026-12-01',
}

/** What a foreign parser makes of it. */
const parsed = (text: string) =>
  new ICAL.Component(ICAL.parse(text))
    .getAllSubcomponents('vevent')
    .map((component) => new ICAL.Event(component))

const calendarOf = (...changes: Partial<ListedEvent>[]) =>
  parsed(
    asCalendar(
      changes.map((change) => ({ ...event, ...change })),
      { name: 'Veranstaltungen', origin: 'https://node.example' },
    ),
  )

const timesOf = (change: Partial<ListedEvent>) =>
  calendarOf(change).map(({ startDate, endDate }) => [startDate.toString(), endDate.toString()])[0]

describe('a calendar file, as a foreign parser reads it', () => {
  test('says what, when, where, and where to read on', () => {
    const [entry] = calendarOf({})

    expect(entry).toMatchObject({
      summary: event.title,
      location: event.place,
      uid: '0195a0c0-0000-7000-8000-000000000001.berlin@berlin.example',
      sequence: 1,
    })
    expect(entry?.description).toContain('Zwei Zeilen\nText\nAnmeldung: https://berlin.example')
    expect(entry?.component.getFirstPropertyValue('url')).toBe(
      `https://node.example/veranstaltungen/berlin/${event.rid}`,
    )
  })

  test('knows summer and winter time, also where clocks change meanwhile and where a zone is another', () => {
    const at = (day: string, time: string) => ({ day, time })

    expect(timesOf({})).toEqual(['2026-12-03T08:00:00Z', '2026-12-03T11:30:00Z'])
    expect(timesOf({ start: at('2026-07-03', '09:00'), end: at('2026-07-03', '10:00') })).toEqual([
      '2026-07-03T07:00:00Z',
      '2026-07-03T08:00:00Z',
    ])
    expect(timesOf({ start: at('2027-03-27', '22:00'), end: at('2027-03-28', '10:00') })).toEqual([
      '2027-03-27T21:00:00Z',
      '2027-03-28T08:00:00Z',
    ])
    expect(timesOf({ zone: 'Europe/London' })?.[0]).toBe('2026-12-03T09:00:00Z')
  })

  test('a whole day is a day everywhere, and its end the day after', () => {
    const [entry] = calendarOf({ start: { day: '2027-03-27' }, end: { day: '2027-03-28' } })

    expect(entry?.startDate.isDate).toBe(true)
    expect([entry?.startDate.toString(), entry?.endDate.toString()]).toEqual([
      '2027-03-27',
      '2027-03-29',
    ])
  })

  test('what is moved or cancelled keeps its id, counts up and says so', () => {
    const [first, moved, off] = calendarOf(
      {},
      { ver: 2, state: 'postponed', start: { day: '2027-01-07', time: '09:00' } },
      { ver: 3, state: 'cancelled' },
    )

    expect([moved?.uid, off?.uid]).toEqual([first?.uid, first?.uid])
    expect([moved?.sequence, off?.sequence]).toEqual([2, 3])
    expect(moved?.summary).toMatch(/^Verschoben: /)
    expect(off?.component.getFirstPropertyValue('status')).toBe('CANCELLED')
    expect(off?.description).not.toContain('Anmeldung')
    expect(first?.component.getFirstPropertyValue('status')).toBe('CONFIRMED')
  })
})

test('one registers until the end of the closing date, and never for what is off or has begun', () => {
  const at = (text: string) => Date.parse(text)

  expect(isOpen(event, at('2026-12-01T22:59:00Z'))).toBe(true)
  expect(isOpen(event, at('2026-12-01T23:00:00Z'))).toBe(false)
  expect(isOpen({ ...event, closingDate: null }, at('2026-12-03T07:59:00Z'))).toBe(true)
  expect(isOpen({ ...event, closingDate: null }, at('2026-12-03T08:01:00Z'))).toBe(false)
  expect(isOpen({ ...event, state: 'cancelled' }, at('2026-11-01T00:00:00Z'))).toBe(false)
})

test('a time that the clocks leave out is none; one that they show twice is the first', () => {
  expect(isShown({ day: '2027-03-28', time: '02:30' }, 'Europe/Berlin')).toBe(false)
  expect(isShown({ day: '2027-03-28', time: '03:00' }, 'Europe/Berlin')).toBe(true)
  expect(isShown({ day: '2027-03-28', time: '02:30' }, 'UTC')).toBe(true)
  const twice = instantOf({ day: '2026-10-25', time: '02:30' }, 'Europe/Berlin')
  expect(['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z']).toContain(
    new Date(twice).toISOString(),
  )
})

test.each([
  ['2026-11', 6, '2026-11-01', 6],
  ['2027-02', 4, '2027-02-01', 0],
  ['2028-02', 5, '2028-02-29', 1],
])('%s has %i weeks, and its days stand under their weekdays', (month, weeks, day, column) => {
  const sheet = weeksOf(month)

  expect(sheet).toHaveLength(weeks)
  expect(sheet.findLast((week) => week.includes(day))?.indexOf(day)).toBe(column)
})

describe('a submission', () => {
  const faultsWhen = (change: (input: Loose) => unknown) => {
    const input = inputOf('berlin-veranstaltung-leitlinie.json')
    change(input)
    const reading = readRecord(input)
    return reading.ok ? [] : reading.faults.map(({ path, message }) => `${path}: ${message}`)
  }

  test.each<[string, (input: Loose) => unknown, string]>([
    ['ends before it begins', (r) => (r.end.time = '08:00'), 'end: Das Ende liegt vor dem Beginn.'],
    [
      'has half a time',
      (r) => delete r.end.time,
      'end.time: Beginn und Ende brauchen beide eine Uhrzeit, oder keines von beiden.',
    ],
    [
      'begins while the clocks are put forward',
      (r) =>
        Object.assign(r, {
          start: { day: '2027-03-28', time: '02:30' },
          end: { day: '2027-03-28', time: '09:00' },
        }),
      'start.time: Um 02:30 Uhr werden an diesem Tag die Uhren vorgestellt: Diese Uhrzeit gibt es nicht.',
    ],
    [
      'closes after it began',
      (r) => (r.closingDate = '2026-12-04'),
      'closingDate: Der Anmeldeschluss (2026-12-04) liegt nach dem Beginn (2026-12-03).',
    ],
    [
      'is nowhere',
      (r) => delete r.place,
      'place: Das Feld „Ort“ fehlt. Findet sie nur online statt, gilt „Online“.',
    ],
    [
      'begins at no time',
      (r) => (r.start.time = '9 Uhr'),
      'start.time: Das Feld „Uhrzeit“ (Beginn) enthält „9 Uhr“. Das ist keine Uhrzeit in der Form HH:MM.',
    ],
  ])('that %s is told so', (_, change, fault) => {
    expect(faultsWhen(change)).toEqual([fault])
  })
})

describe('the calendar of a node', () => {
  let net: TestFederation
  let cancelled: string

  beforeAll(async () => {
    net = await openFederation()
    net.clock.now = Date.parse('2026-11-26T09:00:00Z')
    const publishAt = async (file: string, more: object = {}) => {
      const input = { ...inputOf(file), ...more }
      const answer = await publish(net.berlin, { iss: net.berlin.iss, input })
      if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
      return answer.published.rid
    }
    for (const name of ['leitlinie', 'reflexionstreffen', 'runder-tisch-kleinbetriebe']) {
      await publishAt(`berlin-veranstaltung-${name}.json`)
    }
    cancelled = await publishAt('brandenburg-veranstaltung-tourenplanung.json')
    const gone = await publishAt('kiww-veranstaltung-jahrestagung.json')
    await withdraw(net.berlin, { iss: net.berlin.iss, rid: gone, reason: 'outdated' })
  })
  afterAll(() => net.close())

  const page = async (path: string) => (await openBrowser(net.berlin).get(path)).html
  const titlesOn = (html: string) =>
    [...html.matchAll(/<h[34]><a href="\/veranst[^>]*><bdi>([^<]*)</g)].map(([, title]) => title)

  test('shows what comes in order, what was the latest first, and a month by itself', async () => {
    const coming = await page('/veranstaltungen')
    const past = await page('/veranstaltungen?vergangen=1')
    const march = await page('/veranstaltungen?monat=2026-03')

    expect(titlesOn(coming)).toEqual([
      'Workshop: In drei Stunden zum ersten Entwurf einer KI-Leitlinie',
      'Workshop: Tourenplanung zum Anfassen',
    ])
    expect(coming).toContain('aria-label="3. Dezember 2026: 1\u00a0Veranstaltung"')
    expect(coming).not.toContain('aria-label="10. Dezember 2026')
    expect(coming.match(/>Anmelden</g)).toHaveLength(1)
    expect(titlesOn(past)).toEqual(['Auftakt der Reihe „Wandel im Kleinbetrieb“'])
    expect(titlesOn(march)).toEqual(titlesOn(past))
  })

  test('is narrowed by topic, centre and Land; what was misspelt is said', async () => {
    const narrowed = await page('/veranstaltungen?topic=co-determination')
    expect(titlesOn(narrowed)).toHaveLength(1)
    expect(narrowed).toContain(
      'value="https://berlin.example/veranstaltungen.ics?topic=co-determination"',
    )
    expect(titlesOn(await page('/veranstaltungen?centre=kiww'))).toEqual([])
    for (const query of ['monat=2026-13', 'topic=x', 'vergangen=2']) {
      expect((await openBrowser(net.berlin).get(`/veranstaltungen?${query}`)).status).toBe(400)
    }
  })

  test('is subscribed to: all of it, by centre or topic, or one; what is the centres’ own stays with them', async () => {
    const browser = openBrowser(net.berlin)
    const staff = openBrowser(net.berlin)
    await staff.join(
      await invite(net.berlin, { centre: 'berlin', roles: ['editor'], by: 'operator' }),
    )

    const all = await browser.get('/veranstaltungen.ics')
    const some = await browser.get('/veranstaltungen.ics?topic=co-determination&centre=berlin')
    const one = await browser.get(`/veranstaltungen/berlin/${cancelled}/kalender.ics`)

    expect(all.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
    // The latest first: were there ever too many for one file, it would be the oldest that are missing.
    expect(parsed(all.html).map(({ startDate }) => startDate.toString().slice(0, 7))).toEqual([
      ...['2026-12', '2026-12', '2026-03'],
    ])
    expect(all.html).not.toContain('Reflexionstreffen: Drei')
    expect(parsed(some.html).map(({ summary }) => summary)).toEqual(
      expect.arrayContaining(['Abgesagt: Workshop: Tourenplanung zum Anfassen']),
    )
    expect(parsed(one.html)).toHaveLength(1)
    expect(await page('/veranstaltungen?vergangen=1')).not.toContain('Reflexionstreffen: Drei')
    expect((await staff.get('/veranstaltungen?vergangen=1')).html).toContain(
      'Reflexionstreffen: Drei',
    )
    expect((await browser.get('/veranstaltungen.ics?color=red')).status).toBe(400)
    expect((await browser.get('/veranstaltungen/berlin/nothing/kalender.ics')).status).toBe(404)
  })
})
