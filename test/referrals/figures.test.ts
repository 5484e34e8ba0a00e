import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runChores } from '../../src/chores.ts'
import { type Counts, countEnded, receiveCounts, sendCounts } from '../../src/referrals/counts.ts'
import { keyOf } from '../../src/referrals/event.ts'
import { type Ended, figuresOf, tables } from '../../src/referrals/figures.ts'
import { seal } from '../../src/signing/seal.ts'
import { invite } from '../../src/staff/invite.ts'
import { openBrowser } from '../support/browser.ts'
import { openFederation, type TestFederation } from '../support/hub.ts'
import { centreAt } from '../support/said.ts'

let net: TestFederation
beforeAll(async () => {
  net = await openFederation()
})
afterAll(() => net.close())

const ended: fc.Arbitrary<Ended> = fc.record({
  from: fc.constant('DE-BE'),
  to: fc.constantFrom('DE-BB', 'DE-SN', 'DE-HH', 'DE-NI'),
  topics: fc.uniqueArray(fc.constantFrom('leadership', 'agile-work', 'ai-adoption'), {
    minLength: 1,
  }),
  state: fc.constantFrom('declined', 'completed', 'withdrawn', 'expired'),
  reason: fc.constantFrom('no-capacity', 'not-responsible', 'other'),
  outcome: fc.constantFrom('advised', 'trained'),
  days: fc.option(fc.nat({ max: 20 })),
})

test('no cell below five is told, and none can be computed from the others', () => {
  fc.assert(
    fc.property(fc.array(ended, { maxLength: 60 }), (list) => {
      const { total, rows } = figuresOf(list)
      const told = (table: string) => rows.filter((row) => row.table === table)
      const sumOf = (table: string) => told(table).reduce((sum, { n }) => sum + n, 0)

      expect(rows.filter(({ n }) => n < 5)).toEqual([])
      expect(total).toBe(list.length < 5 ? null : list.length)
      const declined = told('outcome').find(({ key }) => key === 'declined')?.n ?? 0
      const missing = [
        ...['pair', 'outcome', 'answer'].map((table) => (total ?? 0) - sumOf(table)),
        declined - sumOf('reason'),
      ]
      expect(missing.filter((sum) => sum !== 0 && sum < 5)).toEqual([])
    }),
    { numRuns: 500 },
  )
})

test('of a topic that nearly all have it is not told how few have none of it', () => {
  fc.assert(
    fc.property(fc.array(ended, { minLength: 5, maxLength: 40 }), (list) => {
      const topics = figuresOf(list).rows.filter(({ table }) => table === 'topic')
      const lacking = topics.map(({ n }) => list.length - n)

      expect(lacking.filter((few) => few > 0 && few < 5)).toEqual([])
    }),
  )
})

/** Every way to spread so many over so many. */
const spreads = (count: number, over: number): number[][] =>
  over === 1
    ? [[count]]
    : Array.from({ length: count + 1 }, (_, n) =>
        spreads(count - n, over - 1).map((rest) => [n, ...rest]),
      ).flat()

const lands = ['DE-BB', 'DE-SN', 'DE-HH']
const topics = ['a', 'b', 'c']
/** What a referral may be about: every choice of the three. */
const choices = Array.from({ length: 7 }, (_, n) => topics.filter((_, bit) => (n + 1) & (1 << bit)))

const one = { from: 'DE-BE', to: 'DE-BB', topics: ['a'], state: 'completed' as const }
const referral = { ...one, reason: null, outcome: 'advised', days: 1 }
const kindsOf = {
  pair: lands.map((to) => ({ ...referral, to })),
  topic: choices.map((chosen) => ({ ...referral, topics: chosen })),
}

const keysIn = { pair: ({ to }: Ended) => [`DE-BE ${to}`], topic: ({ topics }: Ended) => topics }

test.each([
  ['pair', 12],
  ['pair', 13],
  ['pair', 24],
  ['topic', 10],
  ['topic', 13],
] as const)(
  'whoever knows how figures are made cannot tell from a table what is missing in it: %s, of %i',
  (table, count) => {
    const possible = new Map<string, Map<string, Set<number>>>()
    for (const spread of spreads(count, kindsOf[table].length)) {
      const list = spread.flatMap((n, kind) =>
        Array<Ended>(n).fill(kindsOf[table][kind] ?? referral),
      )
      // In which order referrals come decides between cells that are alike.
      for (const ordered of [list, list.toReversed()]) {
        const told = figuresOf(ordered).rows.filter((row) => row.table === table)
        const seen = told.map(({ key, n }) => `${key}: ${n}`).join()
        const values = possible.get(seen) ?? new Map<string, Set<number>>()
        possible.set(seen, values)
        for (const key of new Set(kindsOf[table].flatMap(keysIn[table]))) {
          const n = list.filter((each) => keysIn[table](each).includes(key)).length
          const missing = told.every((row) => row.key !== key)
          if (missing) values.set(key, (values.get(key) ?? new Set()).add(n))
        }
      }
    }
    const derived = [...possible].flatMap(([seen, values]) =>
      [...values]
        .filter(([, ns]) => ns.size === 1 && !ns.has(0))
        .map(([key]) => `${key} from ${seen}`),
    )

    expect(derived).toEqual([])
  },
)

test('where one small cell would be missing, the next smallest is missing too', () => {
  const of = (to: string, count: number) =>
    Array.from({ length: count }, () => ({
      ...{ from: 'DE-BE', to, topics: ['leadership'], state: 'completed' as const },
      ...{ reason: null, outcome: 'advised', days: 1 },
    }))

  const { total, rows } = figuresOf([...of('DE-BB', 9), ...of('DE-SN', 6), ...of('DE-HH', 2)])

  expect(total).toBe(17)
  expect(rows.filter(({ table }) => table === 'pair')).toEqual([
    { table: 'pair', key: 'DE-BE DE-BB', n: 9 },
  ])
})

const endedAs = (state: Ended['state'], count: number, days: number | null) =>
  Array.from({ length: count }, () => ({
    ...{ from: 'DE-BE', to: 'DE-BB', topics: ['leadership'], state, days },
    ...{ reason: null, outcome: state === 'completed' ? 'advised' : null },
  }))

const toldOf = (...groups: Ended[][]) =>
  figuresOf(groups.flat()).rows.map(({ table, key, n }) => `${table} ${key} ${n}`)

test('who was never answered is not told where that would tell who expired', () => {
  const keys = toldOf(
    endedAs('completed', 20, 1),
    endedAs('withdrawn', 9, null),
    endedAs('declined', 7, 4),
    endedAs('expired', 2, null),
  )

  expect(keys).toContain('outcome withdrawn 9')
  expect(keys.filter((key) => /^outcome (expired|declined)|none|within-5/.test(key))).toEqual([])
})

test.each([
  [1, 8],
  [8, 1],
])(
  'nor where it would tell that %i were withdrawn after an answer, and %i before one',
  (after, before) => {
    const keys = toldOf(
      endedAs('completed', 20, 1),
      endedAs('withdrawn', after, 4),
      endedAs('withdrawn', before, null),
      endedAs('expired', 6, null),
    )

    expect(keys).toContain('outcome withdrawn 9')
    expect(keys).toContain('outcome expired 6')
    expect(keys.filter((key) => key.includes('none'))).toEqual([])
  },
)

/** Referrals of Berlin’s that ended in February. */
const fill = (count: number) => net.berlin.sql`
  insert into referrals (
    centre, id, side, other, state, land, topics, outcome, made_at, changed_at, sent_at, answered_at, ended_at
  )
  select ${net.berlin.iss}, gen_random_uuid(), 'sender', ${net.brandenburg.iss}, 'completed', 'DE-BB',
    '["leadership"]', 'advised', t, t, t, t + interval '3 days', t + interval '20 days'
  from generate_series(1, ${count}), (values (timestamptz '2026-02-02')) as v (t)
`

test('when a month is over the umbrella gets its counts, signed and once', async () => {
  await fill(7)
  await runChores(net.berlin)
  await sendCounts(net.berlin)
  const kept = await net.kiww.sql`select iss, month, figures from referral_counts`
  await fill(9)
  await sendCounts(net.berlin)

  expect(kept).toEqual([
    {
      iss: net.berlin.iss,
      month: '2026-02',
      figures: {
        total: 7,
        rows: [
          { table: 'pair', key: 'DE-BE DE-BB', n: 7 },
          { table: 'topic', key: 'leadership', n: 7 },
          { table: 'outcome', key: 'completed advised', n: 7 },
          { table: 'answer', key: 'within-5', n: 7 },
        ],
      },
    },
  ])
  expect(await net.kiww.sql`select iss, month, figures from referral_counts`).toEqual(kept)
})

test('counts of somebody else, of a month that is not over, or to nobody here are refused', async () => {
  const good: Counts = {
    ...{ iss: net.berlin.iss, aud: net.kiww.iss, iat: 1, month: '2026-01', total: null, rows: [] },
  }
  const bring = async (changes: Partial<Counts>, at = net.kiww, by = net.berlin) => {
    const jws = await seal(
      'transfernetz-counts+jwt',
      { ...good, ...changes },
      await keyOf(by, by.iss),
    )
    return receiveCounts(at, jws).catch(({ code, extra }) => extra.reason ?? code)
  }

  expect(await bring({})).toEqual({ month: '2026-01' })
  expect(await bring({})).toEqual({ month: '2026-01' })
  expect(await bring({ total: 5 })).toBe('conflict')
  expect(await bring({ iss: net.brandenburg.iss })).toBe('key-unknown')
  expect(await bring({ month: '2026-03' })).toBe('month')
  expect(await bring({ total: 4 })).toBe('form')
  expect(await bring({ aud: net.brandenburg.iss }, net.brandenburg)).toBe('not-found')
})

test('an adviser sees the figures of her centre, the umbrella’s also what all have sent', async () => {
  const open = async (hub: typeof net.berlin) => {
    const browser = openBrowser(hub)
    const [{ slug = '' } = {}] = hub.config.centres
    await browser.join(await invite(hub, { centre: slug, roles: ['adviser'], by: 'operator' }))
    return browser
  }
  const berlin = await open(net.berlin)

  const all = (await berlin.get('/verweise/zahlen')).html
  const none = (await berlin.get('/verweise/zahlen?monat=2025-01')).html
  const wrong = await berlin.get('/verweise/zahlen?monat=neulich')
  const umbrella = (await (await open(net.kiww)).get('/verweise/zahlen')).html

  expect(all).toContain('Berlin – Brandenburg')
  expect(all).toContain('3 bis 5')
  expect(none).toContain('Weniger als fünf')
  expect(wrong.status).toBe(400)
  expect(umbrella).toContain('Zukunftszentrum Berlin')
  expect(umbrella).toContain('mindestens 7')
  const centre = await centreAt(net.berlin, net.berlin.iss)
  expect((await countEnded(net.berlin, centre)).rows.map(({ table }) => table)).toEqual(
    tables.filter((table) => table !== 'reason'),
  )
})
