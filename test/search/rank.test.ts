import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { quoted } from '../../src/search/analyse.ts'
import { type Place, placeAt, readVector } from '../../src/search/place.ts'
import { type Candidate, rank } from '../../src/search/rank.ts'
import { type Term, wayOf } from '../../src/search/way.ts'
import { openTestDatabase } from '../support/database.ts'

let database: Awaited<ReturnType<typeof openTestDatabase>>
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

test('what PostgreSQL says of a record is read as it was written, whatever signs are in the words', async () => {
  const lexemes = fc.dictionary(
    fc.string({
      unit: fc.constantFrom('a', 'ü', "'", '\\', ' ', ':', '+', '1A', ','),
      minLength: 1,
    }),
    fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { maxLength: 4 }),
    { maxKeys: 5, noNullPrototype: true },
  )
  const weights = ['A', 'B', 'C', 'D']
  const weightOf = (at: number) => weights[at % 4] as string
  const placesOf = (list: number[]): Place[] =>
    list.toSorted((a, b) => a - b).map((at) => placeAt(at, weightOf(at)))

  await fc.assert(
    fc.asyncProperty(lexemes, async (words) => {
      const places = Object.entries(words).map(([word, list]) => [word, placesOf(list)] as const)
      const text = Object.entries(words)
        .map(([word, list]) =>
          [quoted(word), list.map((at) => at + weightOf(at)).join(',')].filter(Boolean).join(':'),
        )
        .join(' ')
      const [row] = await database.sql<{ vector: string }[]>`select ${text}::tsvector as vector`

      expect(readVector(row?.vector ?? '')).toEqual(new Map(places.toSorted(byName)))
    }),
    { numRuns: 50 },
  )
})

const byName = (a: readonly [string, unknown], b: readonly [string, unknown]) =>
  a[0] < b[0] ? -1 : 1

const termOf = (stem: string): Term => ({
  typed: stem,
  ways: [wayOf('word', [stem])],
  documents: 500,
})

const record = (rid: string, found: { [lexeme: string]: number[] }): Candidate => ({
  iss: 'https://berlin.example',
  rid,
  feed: 'public',
  changed: 0,
  length: 100,
  found: new Map(
    Object.entries(found).map(([lexeme, list]) => [lexeme, list.map((at) => placeAt(at, 'C'))]),
  ),
})

const orderOf = (candidates: Candidate[], ...stems: string[]) =>
  rank(candidates, stems.map(termOf), { documents: 1_000, averageLength: 100 }, 0).map(
    ({ rid }) => rid,
  )

const apart = ['a', 'b', 'c', 'd'].map((rid) => record(rid, { alt: [3], beschaftigt: [60] }))

test('of records that have the same words those come first in which they stand together', () => {
  const together = record('together', { alt: [30], beschaftigt: [31] })
  const nearby = record('nearby', { alt: [30], beschaftigt: [34] })

  expect(orderOf([...apart, nearby, together], 'alt', 'beschaftigt').slice(0, 3)).toEqual([
    'together',
    'nearby',
    'a',
  ])
})

test('parts of one compound stand as close together as two words can', () => {
  const compound = record('compound', { '+strom': [40], '+spar': [40], strom: [3], spar: [60] })
  const words = ['v', 'w', 'x', 'y'].map((rid) => record(rid, { strom: [3, 20], spar: [60, 80] }))

  expect(orderOf([...words, compound], 'strom', 'spar')[0]).toBe('compound')
})

test('what stands together in nearly every record tells nothing', () => {
  const every = ['a', 'b', 'c', 'd'].map((rid) => record(rid, { alt: [3], beschaftigt: [4] }))
  const often = record('often', { alt: [3, 40], beschaftigt: [60] })

  expect(orderOf([...every, often], 'alt', 'beschaftigt')[0]).toBe('often')
})
