import { afterAll, beforeAll, expect, test } from 'vitest'
import { readRecord } from '../../src/publications/record.ts'
import { openTestDatabase } from '../support/database.ts'
import { openBaseline } from './relevance/baseline.ts'
import { type JudgedRecord, judgedRecords } from './relevance/corpus.ts'
import { judgedQueries } from './relevance/queries.ts'
import { askAll, type ClassFigures, figuresOf } from './relevance/suite.ts'

const records = new Map<string, JudgedRecord>()
let database: Awaited<ReturnType<typeof openTestDatabase>>
let baseline: ClassFigures[]

beforeAll(async () => {
  database = await openTestDatabase()
  for (const [n, record] of judgedRecords().entries()) {
    records.set(`00000000-0000-7000-8000-${String(n).padStart(12, '0')}`, record)
  }
  baseline = figuresOf(await askAll(await openBaseline(database.sql, records), records))
})
afterAll(() => database.close())

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

test('the baseline is what it was when ranking began', () => {
  const rounded = baseline.map(({ class: name, ndcg10 }) => [name, Number(ndcg10.toFixed(3))])

  expect(Object.fromEntries(rounded)).toMatchInlineSnapshot(`
    {
      "abbreviation or synonym": 0.243,
      "compound for several words": 0.009,
      "deliberately empty": NaN,
      "natural question": 0.589,
      "part of a compound": 0.365,
      "prefix": 0.104,
      "single word": 0.901,
      "spelling variant": 0.538,
      "two words": 0.68,
      "typo": 0,
    }
  `)
})
