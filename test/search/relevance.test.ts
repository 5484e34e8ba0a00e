import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Hub } from '../../src/hub.ts'
import { readRecord } from '../../src/publications/record.ts'
import { find } from '../../src/search/find.ts'
import { followLog } from '../../src/search/follow.ts'
import { openTestHub, type TestHub } from '../support/hub.ts'
import { openBaseline } from './relevance/baseline.ts'
import { type JudgedRecord, judgedRecords } from './relevance/corpus.ts'
import { asRecord, fillFeed, numbered } from './relevance/fill.ts'
import { mean } from './relevance/measures.ts'
import { judgedQueries, laterSets } from './relevance/queries.ts'
import { askAll, type ClassFigures, figuresOf } from './relevance/suite.ts'

const records = new Map<string, JudgedRecord>()
let hub: TestHub
let baseline: Map<string, ClassFigures>
let own: Map<string, ClassFigures>
/** Of queries that were judged before anybody had seen what they find, set by set. */
const later: { baseline: ClassFigures[]; own: ClassFigures[] }[] = []

const byClass = (figures: ClassFigures[]) => new Map(figures.map((one) => [one.class, one]))

const searchOn = (on: Hub) => async (q: string) => {
  const { hits } = await find(on, 'public', { q, filters: {}, sort: 'relevance', after: 0 })
  return hits.map(({ rid }) => rid)
}

beforeAll(async () => {
  hub = await openTestHub('kiww')
  for (const [n, record] of judgedRecords().entries()) records.set(numbered(n), record)
  const filled = [...records].map(([rid, { input }]) => ({ rid, record: asRecord(input) }))
  await fillFeed(hub.sql, filled)
  await followLog(hub)
  const plain = await openBaseline(hub.sql, records)
  baseline = byClass(figuresOf(await askAll(plain, records)))
  own = byClass(figuresOf(await askAll(searchOn(hub), records)))
  for (const set of laterSets) {
    const queries = judgedQueries(set)
    later.push({
      baseline: figuresOf(await askAll(plain, records, queries)),
      own: figuresOf(await askAll(searchOn(hub), records, queries)),
    })
  }
}, 120_000)
afterAll(() => hub.close())

test('the suite is 300 records or more, all fit to be published, and ten classes of twenty queries', () => {
  const faulty = [...records.values()].filter(({ input }) => !readRecord(input).ok)
  const classes = Map.groupBy(judgedQueries(), (query) => query.class)

  expect(records.size).toBeGreaterThanOrEqual(300)
  expect(faulty).toEqual([])
  expect([...classes.values()].map(({ length }) => length)).toEqual(Array(10).fill(20))
})

test('every query has something to find, but those that must find nothing', () => {
  const barren = judgedQueries().filter(({ gradeOf }) => {
    const grades = [...records.values()].map(gradeOf)
    return !grades.some((grade) => grade >= 2)
  })

  expect([...new Set(barren.map((query) => query.class))]).toEqual(['deliberately empty'])
  expect(barren).toHaveLength(20)
})

const classes = [...new Set(judgedQueries().map((query) => query.class))]
const fruitful = classes.filter((name) => name !== 'deliberately empty')

const gainOf = (name: string) =>
  (own.get(name)?.ndcg10 ?? 0) - (baseline.get(name)?.ndcg10 ?? Number.POSITIVE_INFINITY)

test.each(fruitful)('„%s“: no worse than any of the words by ts_rank', (name) => {
  expect(gainOf(name)).toBeGreaterThanOrEqual(0)
})

test.each(['typo', 'part of a compound', 'compound for several words', 'abbreviation or synonym'])(
  '„%s“: better than any of the words by at least 0.10 nDCG@10',
  (name) => {
    expect(gainOf(name)).toBeGreaterThanOrEqual(0.1)
  },
)

test('where nothing is to be found, nothing is', () => {
  expect(own.get('deliberately empty')?.falseAlarms).toBe(0)
})

const average = (figures: ClassFigures[]) =>
  mean(figures.map(({ ndcg10 }) => ndcg10).filter((value) => !Number.isNaN(value)))

test('queries judged before anybody saw what they find are answered far better, too', () => {
  for (const set of later) {
    expect(average(set.own) - average(set.baseline)).toBeGreaterThanOrEqual(0.3)
  }
})

test.each(fruitful)('„%s“: in no later set worse than any of the words by ts_rank', (name) => {
  for (const set of later) {
    const [ours, plain] = [set.own, set.baseline].map((figures) => byClass(figures).get(name))
    expect(ours?.ndcg10).toBeGreaterThanOrEqual(plain?.ndcg10 ?? Number.POSITIVE_INFINITY)
  }
})

test('of later queries about what no record knows, at most one in thirty finds something', () => {
  const alarms = later.flatMap((set) => set.own.map(({ falseAlarms }) => falseAlarms))

  expect(alarms.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(2)
})

const aboutOf = async (q: string) =>
  (await searchOn(hub)(q)).map((rid) => [...(records.get(rid)?.about ?? [])].join(' '))

test('a word that records have only at the end of others is found there', async () => {
  const found = await aboutOf('Scanner')

  expect([...new Set(found.map((about) => /wording=(\w+)/.exec(about)?.[1]))]).toEqual(
    expect.arrayContaining(['lager', 'roboter', 'ablage']),
  )
})

const hitsFor = async (q: string) =>
  (await find(hub, 'public', { q, filters: {}, sort: 'relevance', after: 0 })).hits

test('a word of our lists that no record has is not taken apart: a watchmaker makes no time', async () => {
  expect(await aboutOf('Uhrmacher')).toEqual([])
  expect((await aboutOf('Uhr machen')).length).toBeGreaterThan(0)
})

test.each([
  ['Email', 'E-Mail'],
  ['zukunftsfest', 'Digitaler Wandel'],
])('where %s is said in several words, all of them are told: %s', async (q, written) => {
  const reasons = (await hitsFor(q)).flatMap(({ why }) => why)

  expect(reasons.join()).toContain(`„${q}“ als „${written}`)
  expect(reasons.filter((reason) => !reason.includes(' in '))).toEqual([])
})

test('a word that a record writes with a hyphen is marked in its passages', async () => {
  const pieces = (await hitsFor('Email')).flatMap(({ passages }) =>
    passages.flatMap((passage) => passage.pieces),
  )

  expect(pieces).toContainEqual({ text: 'Mail', hit: true })
})

test('the same concern in another trade stands before another concern in the same', async () => {
  const found = await aboutOf('Theater Photovoltaik')
  const same = found.findIndex((about) => about.includes('business=theater'))

  expect(found.slice(0, same).join()).toContain('wording=photovoltaik')
  expect(found.slice(same).join()).not.toContain('wording=photovoltaik')
})

test('of a sentence a compound is looked for by those of its parts that stand in records', async () => {
  const found = await aboutOf('Was ist mit unseren Mitgliederdaten im Datenschutz?')

  expect(found[0]).toMatch(/theme=privacy|table=datenschutz/)
  expect(await aboutOf('Mitgliederdaten')).toEqual([])
})

test('of a compound that nobody wrote, a long part is enough if its words stand together', async () => {
  const found = await aboutOf('Stromkostensenkung')

  expect(found.slice(0, 3).every((about) => about.includes('theme=energy'))).toBe(true)
  expect(await aboutOf('Wechselkursschwankung')).toEqual([])
})

test('a verb and its thing are also what the field calls them in one word', async () => {
  const found = await aboutOf('Wie vereinbaren wir Termine?')

  expect(found.slice(0, 3).every((about) => about.includes('wording=terminbuchung'))).toBe(true)
})

test('a sentence of whose things no record speaks finds nothing, though its verbs stand in many', async () => {
  expect(await aboutOf('Wie beantrage ich einen Reisepass für mein Baby?')).toEqual([])
  expect(await aboutOf('Wann wird die gesperrte Autobahnbrücke wieder geöffnet?')).toEqual([])
})

test('people of a trade that no record knows are helped by what was done for others', async () => {
  const found = await aboutOf('Puppenspieler Dienstplan')

  expect(found.slice(0, 5).every((about) => about.includes('theme=roster'))).toBe(true)
  expect(await aboutOf('Band Schlagzeuger')).toEqual([])
})
