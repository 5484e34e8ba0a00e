import fc from 'fast-check'
import { expect, test } from 'vitest'
import { amountIn, durationFrom, type Unit } from '../../src/drafts/duration.ts'
import { readValue } from '../../src/drafts/form-value.ts'
import { submissionOf } from '../../src/drafts/submission.ts'
import { kindOf } from '../../src/publications/kinds.ts'
import * as is from '../../src/publications/strings.ts'

const lookOf = (kind: string, field: string) => {
  const look = kindOf(kind).own[field]?.look
  if (!look) throw new Error(field)
  return look
}

test.each<[string, Unit, string]>([
  ['3,5', 'H', 'PT3H30M'],
  ['3.25', 'H', 'PT3H15M'],
  ['2', 'H', 'PT2H'],
  ['0,5', 'H', 'PT30M'],
  ['90', 'M', 'PT90M'],
  ['2', 'D', 'P2D'],
  ['3', 'W', 'P3W'],
])('%s %s are %s', (count, unit, duration) => {
  const sent = { 'dauer.zahl': count, 'dauer.einheit': unit }

  expect(readValue({ as: 'duration' }, sent, 'dauer')).toBe(duration)
})

test('any amount is shown again as the same length of time', () => {
  const amount = fc.record({
    count: fc.oneof(
      fc.nat({ max: 999 }).map(String),
      fc.nat({ max: 99 }).map((n) => `${n},5`),
    ),
    unit: fc.constantFrom<Unit>('M', 'H', 'D', 'W'),
  })
  fc.assert(
    fc.property(amount, (typed) => {
      const duration = durationFrom(typed)
      const shown = amountIn(duration)
      if (!shown) throw new Error(duration)

      expect(durationFrom(shown)).toBe(duration)
    }),
  )
})

test('what one number does not say is written as a whole, and nothing that was typed is lost', () => {
  const read = (sent: Record<string, string>) => readValue({ as: 'duration' }, sent, 'dauer')

  expect(amountIn('P1DT2H')).toBeUndefined()
  expect(amountIn('P5M')).toBeUndefined()
  expect(read({ dauer: 'P1DT2H' })).toBe('P1DT2H')
  expect(read({ 'dauer.zahl': 'zwei', 'dauer.einheit': 'H' })).toBe('zwei Stunden')
  expect(amountIn('zwei Stunden')).toEqual({ count: 'zwei', unit: 'H' })
  expect(read({ 'dauer.zahl': ' ', 'dauer.einheit': 'H' })).toBeUndefined()
})

test('a template may say a length of time in words', () => {
  const duration = (text: string) =>
    (submissionOf(kindOf('building-block'), { duration: text }, []) as { duration?: string })
      .duration

  expect(['1 Stunde', '3,5 Stunden', '2 Tage', 'PT3H30M'].map(duration)).toEqual([
    'PT1H',
    'PT3H30M',
    'P2D',
    'PT3H30M',
  ])
  expect(is.duration.safeParse(duration('lange')).success).toBe(false)
})

const rid = '019b8d2b-8c00-7ff4-a507-a5174ad8668a'
const iss = 'https://berlin.example/centres/berlin'

test('another record is the one that was chosen, or that of which the ids are given', () => {
  const look = lookOf('insight', 'derivedFrom')
  const ids = { 'derivedFrom[1].iss': iss, 'derivedFrom[1].rid': rid, 'derivedFrom[1].ver': '2' }

  expect(
    readValue(
      look,
      { 'derivedFrom[0]': `${iss} ${rid} 1`, 'derivedFrom[1]': '', ...ids },
      'derivedFrom',
    ),
  ).toEqual([
    { iss, rid, ver: '1' },
    { iss, rid, ver: '2' },
  ])
  expect(readValue(lookOf('answer', 'about'), { about: `${iss} ${rid}` }, 'about')).toEqual({
    iss,
    rid,
  })
  expect(readValue(lookOf('answer', 'about'), { about: '' }, 'about')).toBeUndefined()
})
