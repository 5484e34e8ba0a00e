import { expect, test } from 'vitest'
import { planOf } from '../../src/search/plan.ts'
import { wayOf } from '../../src/search/way.ts'

const term = (typed: string, documents: number) => ({
  typed,
  ways: [wayOf('phrase', [typed])],
  documents,
})

const planFor = (documents: number, ...terms: ReturnType<typeof term>[]) =>
  planOf({
    terms,
    unwanted: [],
    unknown: [],
    pieces: [],
    isSentence: false,
    documents,
    averageLength: 100,
  })

const [bakery, oven, work] = [term('baeckerei', 900), term('ofen', 1_500), term('arbeit', 30_000)]

test('with most of the words: each that tells something, alone', () => {
  const plan = planFor(300, term('baeckerei', 9), term('ofen', 15))

  expect(plan?.most?.match).toEqual({ any: [{ lexeme: 'baeckerei' }, { lexeme: 'ofen' }] })
})

test('a word that stands in very many records is not enough where rarer ones were asked for', () => {
  const plan = planFor(100_000, bakery, work, oven)

  expect(plan?.most?.match).toEqual({ any: [{ lexeme: 'baeckerei' }, { lexeme: 'ofen' }] })
  expect(plan?.most?.expected).toBe(2_400)
})

test('where all are frequent, one is enough', () => {
  const plan = planFor(100_000, work, term('betrieb', 40_000))

  expect(plan?.most?.match).toEqual({ any: [{ lexeme: 'arbeit' }, { lexeme: 'betrieb' }] })
})

test('all of the words stand in no more records than the rarest', () => {
  expect(planFor(100_000, bakery, work)?.every.expected).toBe(900)
})

test('of many words, as in a sentence, not every one is meant', () => {
  const plan = planFor(300, ...['wie', 'ofen', 'heizen', 'brot'].map((word) => term(word, 9)))

  expect(plan?.every.match).toHaveProperty('any')
  expect(plan?.most).toBeUndefined()
})

test('of a long question the rarest word alone is enough, or nothing would be found for it', () => {
  const words = Array.from({ length: 14 }, (_, n) => term(`wort${n}`, 9 + n))
  const match = planFor(300, ...words)?.every.match
  const choices = match && 'any' in match ? match.any : []

  expect(choices[0]).toEqual({ lexeme: 'wort0' })
  expect(choices).toContainEqual({ all: [{ lexeme: 'wort4' }, { lexeme: 'wort5' }] })
  expect(JSON.stringify(choices)).not.toContain('wort6')
})

test('where too much is unknown nothing is looked for: less is needed of a sentence than of words', () => {
  const known = term('ofen', 60)
  const asked = { terms: [known], unwanted: [], pieces: [], documents: 300, averageLength: 100 }
  const plans = (unknown: string, isSentence: boolean) =>
    planOf({ ...asked, unknown: [unknown], isSentence }) !== undefined

  expect(plans('Quaste', false)).toBe(false)
  expect(plans('Quaste', true)).toBe(true)
  expect(plans('Orgelbau', false)).toBe(true)
})

test('what a sentence says of its things finds nothing without one of them', () => {
  const said = { ...term('fuehrt', 5), ways: [wayOf('said', ['fuehrt'])] }

  expect(planFor(300, said, term('erp', 9))?.most?.match).toEqual({
    any: [{ all: [{ lexeme: 'fuehrt' }, { lexeme: 'erp' }] }, { lexeme: 'erp' }],
  })
  expect(planFor(300, said)?.every.match).toEqual({ lexeme: 'fuehrt' })
})
