import { readdir, readFile } from 'node:fs/promises'
import readXlsxFile from 'read-excel-file/universal'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { type Cut, figuresOf, gapsIn } from '../../src/insight/figures.ts'
import { followLog } from '../../src/insight/follow.ts'
import { referredPairs } from '../../src/insight/pairs.ts'
import { countEach, recountFigures } from '../../src/insight/store.ts'
import { endorse } from '../../src/publications/endorse.ts'
import { publish } from '../../src/publications/publish.ts'
import { visibleTo } from '../../src/publications/store.ts'
import { withdraw } from '../../src/publications/take-back.ts'
import { takeCounts } from '../../src/referrals/figures-store.ts'
import { invite } from '../../src/staff/invite.ts'
import { inputOf } from '../publications/fixtures.ts'
import { openBrowser } from '../support/browser.ts'
import { hear, openFederation, settle, type TestFederation, type TestHub } from '../support/hub.ts'
import { dangersOf, headingsOf, leapsOf } from '../support/page.ts'

const fixtures = new URL('../../fixtures/records/', import.meta.url)

interface Fixture {
  kind: string
  title: string
  topics: string[]
  visibility: 'public' | 'members'
  regions?: { land: string }[]
  sectors?: { scheme: string; code: string }[]
  outcome?: string
  attachments?: unknown
  usedBuildingBlocks?: unknown
  related?: unknown
}

let net: TestFederation
/** What is published: without files and references, which figures do not know. */
let records: Fixture[]
let withdrawn: string

beforeAll(async () => {
  net = await openFederation()
  const names = (await readdir(fixtures)).filter((name) => /^berlin-.*json$/.test(name)).sort()
  const all = await Promise.all(
    names.map(
      async (name) => JSON.parse(await readFile(new URL(name, fixtures), 'utf8')) as Fixture,
    ),
  )
  records = all
    .filter(({ kind }) => kind === 'case-example' || kind === 'round-table')
    .map(({ attachments: _, usedBuildingBlocks: __, related: ___, ...record }) => record)
  for (const record of records) await published(net.berlin, record)
  const extra = { ...records[0], title: 'Wird zurückgezogen' }
  withdrawn = await published(net.berlin, extra)
  await withdraw(net.berlin, { iss: net.berlin.iss, rid: withdrawn, reason: 'other' })
  await settle(net)
})
afterAll(() => net.close())

const published = async (hub: TestHub, input: object) => {
  const answer = await publish(hub, { iss: hub.iss, input })
  if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
  return answer.published.rid
}

const seenBy = (audience: 'public' | 'members') =>
  records.filter(({ visibility }) => audience === 'members' || visibility === 'public')

const tally = (values: string[]) => {
  const counts: Record<string, number> = {}
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1
  return counts
}

const counted = (figures: { value: string; count: number }[]) =>
  Object.fromEntries(
    figures.filter(({ count }) => count > 0).map(({ value, count }) => [value, count]),
  )

test.each(['public', 'members'] as const)(
  'at a mirror, figures for %s are those of the records',
  async (audience) => {
    const figures = await figuresOf(net.kiww, audience, {})
    const seen = seenBy(audience)

    expect(figures.total).toBe(seen.length)
    expect(counted(figures.by.kind)).toEqual(tally(seen.map(({ kind }) => kind)))
    expect(counted(figures.by.topic)).toEqual(tally(seen.flatMap(({ topics }) => topics)))
    expect(counted(figures.by.land)).toEqual(
      tally(seen.flatMap(({ regions = [] }) => [...new Set(regions.map(({ land }) => land))])),
    )
    expect(counted(figures.by.outcome)).toEqual(
      tally(seen.flatMap(({ outcome }) => (outcome ? [outcome] : []))),
    )
    expect(figures.by.centre).toEqual([
      { value: 'berlin', label: 'Zukunftszentrum Berlin', count: seen.length },
    ])
    expect(figures.by.month).toEqual([{ value: '2026-03', label: 'März 2026', count: seen.length }])
  },
)

test('figures may be narrowed, alone and together', async () => {
  const both = records.filter(
    ({ kind, topics }) => kind === 'case-example' && topics.includes('ai-adoption'),
  )

  const narrowed = await figuresOf(net.kiww, 'members', {
    kind: 'case-example',
    topic: 'ai-adoption',
  })

  expect(both.length).toBeGreaterThan(1)
  expect(narrowed.total).toBe(both.length)
  expect((await figuresOf(net.kiww, 'members', { centre: 'brandenburg' })).total).toBe(0)
  expect((await figuresOf(net.kiww, 'members', { land: 'DE-BY' })).total).toBe(
    records.filter(({ regions = [] }) => regions.some(({ land }) => land === 'DE-BY')).length,
  )
})

/** The same, counted from the records themselves, as anybody would. */
const plainly = (hub: TestHub, audience: 'public' | 'members', cut: Cut) => hub.sql<
  { dimension: string; value: string }[]
>`
  select d.dimension, d.value, count(*)::int as count
  from records r join centres c on c.entity_id = r.iss,
    lateral (
      select 'all' as dimension, '' as value
      union all select 'kind', r.kind
      union all select 'centre', c.slug
      union all select 'overdue', c.slug where r.teaser ->> 'reviewBy' < '2026-06-01'
      union all select 'topic', jsonb_array_elements_text(r.teaser -> 'topics')
      union all select 'sector', jsonb_array_elements_text(r.teaser -> 'sectors')
      union all select 'size', jsonb_array_elements_text(r.teaser -> 'companySizes')
      union all select 'land', jsonb_array_elements_text(r.teaser -> 'regions')
      union all select 'land ' || t.dimension, l || ' ' || t.value
        from jsonb_array_elements_text(r.teaser -> 'regions') l, (
          select 'topic' as dimension, jsonb_array_elements_text(r.teaser -> 'topics') as value
          union all select 'sector', jsonb_array_elements_text(r.teaser -> 'sectors')
        ) t
        where r.kind = ${cut.kind ?? 'case-example'}
      union all select 'outcome', r.teaser -> 'own' ->> 'outcome' where r.teaser -> 'own' ? 'outcome'
      union all select 'maturity', r.teaser -> 'own' ->> 'maturity' where r.teaser -> 'own' ? 'maturity'
      union all select 'month', to_char(to_timestamp(r.first_published) at time zone 'Europe/Berlin', 'YYYY-MM')
    ) d
  where r.teaser is not null and not r.hidden and ${visibleTo(hub.sql, audience)}
    and (${cut.kind ?? null}::text is null or r.kind = ${cut.kind ?? null})
    and (${cut.centre ?? null}::text is null or c.slug = ${cut.centre ?? null})
    and (${cut.land ?? null}::text is null or r.teaser -> 'regions' ? ${cut.land ?? ''})
    and (${cut.topic ?? null}::text is null or r.teaser -> 'topics' ? ${cut.topic ?? ''})
  group by d.dimension, d.value
  order by d.dimension collate "C", d.value collate "C"
`

const inOrder = (rows: Iterable<{ dimension: string; value: string }>) =>
  [...rows].toSorted((a, b) => (`${a.dimension} ${a.value}` < `${b.dimension} ${b.value}` ? -1 : 1))

test('figures are those of a plain count, whatever they are narrowed to, also when all is counted anew', async () => {
  const cuts: Cut[] = [
    {},
    { kind: 'round-table' },
    { land: 'DE-BE', topic: 'ai-adoption' },
    { centre: 'berlin', kind: 'case-example', topic: 'leadership' },
  ]
  const counts = (cut: Cut, audience: 'public' | 'members') =>
    countEach(net.kiww.sql, audience, cut, '2026-06-01').then(inOrder)

  for (const audience of ['public', 'members'] as const) {
    for (const cut of cuts) {
      expect(await counts(cut, audience)).toEqual(inOrder(await plainly(net.kiww, audience, cut)))
    }
  }
  const before = await counts({}, 'members')
  expect(before.length).toBeGreaterThan(30)
  await recountFigures(net.kiww.sql)
  expect(await counts({}, 'members')).toEqual(before)
})

test('a day begins and ends at midnight in Germany', async () => {
  const { total } = await figuresOf(net.berlin, 'public', {})
  const [first] = await net.berlin.sql<
    { at: number }[]
  >`select min(first_published)::float8 as at from records`
  const day = new Date((first?.at ?? 0) * 1000).toISOString().slice(0, 10)
  const before = new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)

  expect((await figuresOf(net.berlin, 'public', { von: day, bis: day })).total).toBe(total)
  expect((await figuresOf(net.berlin, 'public', { bis: before })).total).toBe(0)
})

test('topics and sectors of which a Land has no case are named, and nothing else', async () => {
  const figures = await figuresOf(net.kiww, 'public', {})
  const gaps = gapsIn(figures)

  const berlin = gaps.find(({ land }) => land === 'Berlin')?.missing ?? []
  const covered = seenBy('public').filter(
    ({ kind, regions = [] }) =>
      kind === 'case-example' && regions.some(({ land }) => land === 'DE-BE'),
  )
  expect(covered.length).toBeGreaterThan(0)
  expect(berlin.length).toBe(13 - new Set(covered.flatMap(({ topics }) => topics)).size)
  const sectors = gapsIn(figures, 'sector').find(({ land }) => land === 'Berlin')?.missing ?? []
  const known = covered.flatMap(({ sectors = [] }) =>
    sectors.flatMap(({ scheme, code }) => (scheme === 'wz2008' ? [code] : [])),
  )
  expect(sectors.length).toBe(21 - new Set(known).size)
})

const overdueAtBerlin = async () => {
  await followLog(net.berlin)
  const { overdue } = await figuresOf(net.berlin, 'public', {})
  return overdue.find(({ value }) => value === 'berlin')?.count ?? 0
}

test('records past their day of review are counted until they are renewed', async () => {
  const before = await overdueAtBerlin()
  const overdue = { ...records[0], title: 'Überfällig', reviewBy: '2026-03-01' }
  const rid = await published(net.berlin, overdue)

  expect(await overdueAtBerlin()).toBe(before + 1)

  await publish(net.berlin, {
    iss: net.berlin.iss,
    rid,
    input: { ...overdue, reviewBy: '2027-03-01' },
  })
  expect(await overdueAtBerlin()).toBe(before)
  await withdraw(net.berlin, { iss: net.berlin.iss, rid, reason: 'other' })
  await settle(net)
})

const ask = (path: string) => app.request(path, { headers: { accept: 'text/html' } }, net.kiww)

test('the page shows every figure as text, in order of headings', async () => {
  const answer = await ask('/zahlen')
  const html = await answer.text()

  expect(answer.status).toBe(200)
  expect(html).toContain(`${seenBy('public').length}\u00a0Beiträge`)
  expect(html).toContain('Weiße Flecken')
  expect(leapsOf(headingsOf(html))).toEqual([])
  expect(dangersOf(html)).toEqual([])
})

test.each([
  '?kind=unsinn',
  '?land=Berlin',
  '?von=gestern',
  '?bis=2026-02-30',
  '?fremd=1',
  '?topic=%00',
])('an address that nobody could mean is refused: %s', async (query) => {
  expect((await ask(`/zahlen${query}`)).status).toBe(400)
  expect((await ask(`/zahlen.csv${query}`)).status).toBe(400)
})

test('the same figures come as CSV and as a spreadsheet', async () => {
  const csv = await (await ask('/zahlen.csv?kind=case-example')).text()
  const xlsx = await ask('/zahlen.xlsx?kind=case-example')
  const [sheet] = await readXlsxFile(await xlsx.blob())

  const rows = csv
    .replace('\ufeff', '')
    .trimEnd()
    .split('\r\n')
    .map((line) =>
      [...line.matchAll(/(?:^|;)(?:"((?:[^"]|"")*)"|([^;]*))/g)].map(
        ([, quoted, plain]) => quoted ?? plain,
      ),
    )
  const count = seenBy('public').filter(({ kind }) => kind === 'case-example').length
  expect(rows.slice(0, 2)).toEqual([
    ['Merkmal', 'Wert', 'Bezeichnung', 'Anzahl'],
    ['Alle', '', 'Alle Beiträge', String(count)],
  ])
  // White spots are figures too.
  const spots = rows.filter(([what]) => what === 'Fallbeispiele: Land und Thema')
  expect(spots).toHaveLength(16 * 13)
  expect(spots.filter(([, , , number]) => number === '0').length).toBe(
    gapsIn(await figuresOf(net.kiww, 'public', {})).flatMap(({ missing }) => missing).length,
  )
  const same = sheet?.data.map((row) => row.map((cell) => String(cell ?? '')))
  expect(same).toEqual(rows)
})

test('the report says what each centre did in a period, also nothing', async () => {
  await endorse(net.kiww, 'endorse', {
    iss: net.kiww.iss,
    of: 'berlin',
    rid: await firstRid(),
    role: 'shelf',
  })
  await followLog(net.kiww)

  const html = await (await ask('/zahlen/bericht?von=2026-03-01&bis=2026-03-31')).text()
  const row = (centre: string) =>
    html
      .split('<tr')
      .find((part) => part.includes(`<bdi>${centre}</bdi>`))
      ?.match(/<td[^>]*>([^<]*)<\/td>/g)
      ?.map((cell) => cell.replace(/<[^>]*>/g, ''))

  const cases = seenBy('public').filter(({ kind }) => kind === 'case-example').length
  const tables = seenBy('public').length - cases
  // One more of each was published and withdrawn again.
  expect(row('Zukunftszentrum Berlin')?.map(Number)).toEqual([
    cases + tables + 2,
    1,
    cases + 2,
    tables,
    0,
    1,
    2,
  ])
  expect(row('Zukunftszentrum Brandenburg')?.map(Number)).toEqual([0, 0, 0, 0, 0, 0, 0])
  expect(await (await ask('/zahlen/bericht?von=2026-04-01&bis=2026-04-30')).text()).not.toContain(
    '>10<',
  )
})

test('the report comes as CSV and as a spreadsheet too', async () => {
  const query = '?von=2026-03-01&bis=2026-03-31&zeigt=zurueckgenommen'
  const csv = await (await ask(`/zahlen/bericht.csv${query}`)).text()
  const [sheet] = await readXlsxFile(await (await ask(`/zahlen/bericht.xlsx${query}`)).blob())

  const lines = csv.replace('\ufeff', '').trimEnd().split('\r\n')
  expect(lines).toEqual([
    'Zentrum;Zurückgenommen',
    'KIWW;0',
    'Zukunftszentrum Berlin;2',
    'Zukunftszentrum Brandenburg;0',
  ])
  expect(sheet?.data.map((row) => row.join(';'))).toEqual(lines)
  expect((await ask('/zahlen/bericht.csv?von=gestern')).status).toBe(400)
})

const firstRid = async () => {
  const [row] = await net.kiww.sql<{ rid: string }[]>`
    select rid from records where kind = 'case-example' and teaser is not null and feed = 'public' limit 1`
  return row?.rid ?? ''
}

test('only the indicators that were asked for are reported', async () => {
  const html = await (await ask('/zahlen/bericht?zeigt=neu&zeigt=regal')).text()
  const heads = [...html.matchAll(/<th scope="col"[^>]*>([^<]*)</g)].map(([, text]) => text)

  expect(heads).toEqual(['Zentrum', 'Neue Beiträge', 'Im bundesweiten Regal'])
  expect(html).toContain('zeigt=neu&amp;zeigt=regal">CSV')
  expect((await ask('/zahlen/bericht?zeigt=neu&zeigt=unsinn')).status).toBe(400)
})

test('what other centres took over is counted, and not what a centre took over from itself', async () => {
  const block = await published(net.berlin, alone('berlin-baustein-ki-leitlinie.json'))
  const what = { iss: net.berlin.iss, rid: block, ver: 1 }
  const adoption = alone('brandenburg-uebernahme-leitlinie.json')
  await published(net.berlin, { ...adoption, what })
  await hear(net.brandenburg)
  await published(net.brandenburg, { ...adoption, what })
  await hear(net.kiww)

  const { adopted } = await figuresOf(net.kiww, 'public', {})

  expect(adopted).toEqual([
    { value: `/bausteine/berlin/${block}`, label: expect.stringContaining('Berlin'), count: 1 },
  ])
  expect(await (await ask('/zahlen?centre=brandenburg')).text()).toContain(
    `href="/bausteine/berlin/${block}"`,
  )
  expect((await figuresOf(net.kiww, 'public', { centre: 'berlin' })).adopted).toEqual([])
  expect((await figuresOf(net.kiww, 'public', { kind: 'insight' })).adopted).toEqual([])
})

/** A record that names no other. */
const alone = (file: string) => {
  const { related: _, usedBuildingBlocks: __, ...record } = inputOf(file)
  return record
}

test('the umbrella’s staff see referrals from Land to Land by whole months; nobody else does', async () => {
  const sent = (iss: string, month: string, rows: [string, number][]) =>
    takeCounts(net.kiww.sql, {
      ...{ iss, month, jws: '', dig: `${iss} ${month}`, now: new Date(net.clock.now) },
      figures: { total: 40, rows: rows.map(([key, n]) => ({ table: 'pair', key, n })) },
    })
  await sent(net.berlin.iss, '2026-01', [['DE-BE DE-BB', 12]])
  await sent(net.berlin.iss, '2026-02', [
    ['DE-BE DE-BB', 7],
    ['DE-BE DE-SN', 5],
  ])
  await sent(net.brandenburg.iss, '2026-02', [['DE-BB DE-BE', 9]])
  const pairs = async (cut: Cut) =>
    (await referredPairs(net.kiww, cut)).map(({ pair, count }) => `${pair} ${count}`)

  expect(await pairs({})).toEqual(['DE-BE DE-BB 19', 'DE-BB DE-BE 9', 'DE-BE DE-SN 5'])
  expect(await pairs({ land: 'DE-SN' })).toEqual(['DE-BE DE-SN 5'])
  expect(await pairs({ centre: 'brandenburg' })).toEqual(['DE-BB DE-BE 9'])
  expect(await pairs({ von: '2026-01-01', bis: '2026-01-31' })).toEqual(['DE-BE DE-BB 12'])
  // Half a month cannot be told apart.
  expect(await pairs({ von: '2026-01-02', bis: '2026-02-27' })).toEqual([])

  const editor = openBrowser(net.kiww)
  await editor.join(await invite(net.kiww, { centre: 'kiww', roles: ['editor'], by: 'operator' }))
  expect((await editor.get('/zahlen')).html).toMatch(/Berlin – Brandenburg.*?19/s)
  expect((await editor.get('/zahlen.csv')).html).toContain(
    'Verweise;DE-BE DE-BB;Berlin – Brandenburg;19',
  )
  expect(await (await ask('/zahlen')).text()).not.toContain('Von – nach')
  expect(await (await ask('/zahlen.csv')).text()).not.toContain('Verweise;')
})
