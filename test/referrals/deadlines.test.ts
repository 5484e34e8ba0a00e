import fc from 'fast-check'
import { expect, test } from 'vitest'
import { landIds } from '../../src/places/lands.ts'
import {
  afterWorkingDays,
  dayOf,
  deadlinesFrom,
  isWorkingDay,
} from '../../src/referrals/deadlines.ts'

test('deadlines are days of the recipient’s Land', () => {
  const now = Date.parse('2026-10-29T09:00:00Z')

  // Friday and Saturday: Reformation Day is the 31st, a Saturday that year; All Saints’ is a Sunday.
  expect(deadlinesFrom(now, ['DE-BB'])).toEqual({
    ...{ tell: '2026-11-02', delivery: '2026-11-05', answer: '2026-11-12' },
    outcome: '2027-01-27',
  })
})

test.each([
  ['2026-03-08', ['DE-BE'], false, 'a Sunday'],
  ['2027-03-08', ['DE-BE'], false, 'Women’s Day, in Berlin'],
  ['2027-03-08', ['DE-BB'], true, 'Women’s Day, elsewhere'],
  ['2026-06-04', ['DE-BY'], false, 'Corpus Christi, in Bavaria'],
  ['2026-06-04', ['DE-BB'], true, 'Corpus Christi, elsewhere'],
  ['2026-06-04', ['DE-BB', 'DE-BY'], false, 'a holiday in one of two'],
  ['2026-06-04', [], true, 'a holiday of some, for who serves none'],
  ['2026-12-25', [], false, 'Christmas'],
] as const)('%s in %j: working %s (%s)', (day, lands, working, _why) => {
  expect(isWorkingDay(day, [...lands])).toBe(working)
})

test('a day is one in Germany, also late in the evening', () => {
  expect(dayOf(Date.parse('2026-07-01T22:30:00Z'))).toBe('2026-07-02')
})

test('a deadline is a working day, later than what it is counted from, and one more is later still', () => {
  const days = fc
    .date({ min: new Date('2025-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10))
  const some = fc.uniqueArray(fc.constantFrom(...landIds), { maxLength: 3 })

  fc.assert(
    fc.property(days, fc.integer({ min: 1, max: 12 }), some, (day, count, lands) => {
      const due = afterWorkingDays(day, count, lands)
      expect(isWorkingDay(due, lands)).toBe(true)
      expect(due > day).toBe(true)
      expect(afterWorkingDays(day, count + 1, lands) > due).toBe(true)
    }),
    { numRuns: 20 },
  )
})
