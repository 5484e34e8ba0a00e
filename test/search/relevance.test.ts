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
import { judgedQueries } from './relevance/queries.ts'
import { askAll, type ClassFigures, figuresOf } from './relevance/suite.ts'

const records = new Map<string, JudgedRecord>()
let hub: TestHub
let baseline: Map<string, ClassFigures>
let own: Map<string, ClassFigures>
/** Of queries that were judged before anybody had seen what they find. */
let second: { baseline: ClassFigures[]; own: ClassFigures[] }

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
  const unseen = judgedQueries('queries-second')
  second = {
    baseline: figuresOf(await askAll(plain, records, unseen)),
    own: figuresOf(await askAll(searchOn(hub), records, unseen)),
  }
})
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

test('queries judged before anybody saw what they find are answered far better, too', () => {
  const average = (figures: ClassFigures[]) =>
    mean(figures.map(({ ndcg10 }) => ndcg10).filter((value) => !Number.isNaN(value)))

  expect(average(second.own) - average(second.baseline)).toBeGreaterThanOrEqual(0.3)
})

const aboutOf = async (q: string) =>
  (await searchOn(hub)(q)).map((rid) => [...(records.get(rid)?.about ?? [])].join(' '))

test('a word that records have only at the end of others is found there', async () => {
  const found = await aboutOf('Scanner')

  expect(new Set(found.map((about) => /wording=(\w+)/.exec(about)?.[1]))).toEqual(
    new Set(['lager', 'roboter', 'ablage']),
  )
})

test('the same concern in another trade stands before another concern in the same', async () => {
  const found = await aboutOf('Theater Photovoltaik')
  const same = found.findIndex((about) => about.includes('business=theater'))

  expect(found.slice(0, same).join()).toContain('wording=photovoltaik')
  expect(found.slice(same).join()).not.toContain('wording=photovoltaik')
})

test('of a sentence a compound is looked for by those of its parts that stand in records', async () => {
  const found = await aboutOf('Was ist mit unseren Patientendaten im Datenschutz?')

  expect(found[0]).toMatch(/theme=privacy|table=datenschutz/)
  expect(await aboutOf('Patientendaten')).toEqual([])
})

test('of a compound that nobody wrote, a long part is enough if its words stand together', async () => {
  const found = await aboutOf('Stromkostensenkung')

  expect(found.slice(0, 3).every((about) => about.includes('theme=energy'))).toBe(true)
  expect(await aboutOf('Wechselkursschwankung')).toEqual([])
})

test('a verb and its thing are also what the field calls them in one word', async () => {
  const found = await aboutOf('Wie können unsere Kunden Termine vereinbaren?')

  expect(found.slice(0, 3).every((about) => about.includes('wording=terminbuchung'))).toBe(true)
})

test('a sentence of whose things no record speaks finds nothing, though its verbs stand in many', async () => {
  expect(await aboutOf('Wie beantrage ich einen Reisepass für mein Baby?')).toEqual([])
  expect(await aboutOf('Wann wird die gesperrte Autobahnbrücke wieder geöffnet?')).toEqual([])
})

test('people of a trade that no record knows are helped by what was done for others', async () => {
  const found = await aboutOf('Schauspieler Dienstplan')

  expect(found.slice(0, 5).every((about) => about.includes('theme=roster'))).toBe(true)
  expect(await aboutOf('Band Schlagzeuger')).toEqual([])
})
