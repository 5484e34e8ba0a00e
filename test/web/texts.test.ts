import { expect, test } from 'vitest'
import {
  calendarDateOf,
  countOf,
  dateOf,
  isoDateOf,
  minuteOf,
  momentOf,
  numberOf,
  sizeOf,
  withoutDirections,
} from '../../src/web/texts.ts'

// Half past eleven at night in London, the next day in Berlin.
const late = Date.parse('2026-03-02T23:30:05Z') / 1000

test('moments are told in German time', () => {
  expect(dateOf(late)).toBe('3. März 2026')
  expect(isoDateOf(late)).toBe('2026-03-03')
  expect(momentOf(late)).toBe('3. März 2026, 00:30:05 Uhr')
  expect(minuteOf(late)).toBe('03.03.2026, 00:30\u00a0Uhr')
})

test('calendar dates are the same everywhere', () => {
  expect(calendarDateOf('2026-03-03')).toBe('3. März 2026')
  expect(calendarDateOf('demnächst')).toBe('demnächst')
  expect(calendarDateOf('2026-13-45')).toBe('2026-13-45')
})

test('numbers keep their unit on the same line', () => {
  expect(numberOf(1250.5)).toBe('1.250,5')
  expect(numberOf(6.5, 'Tage')).toBe('6,5\u00a0Tage')
  expect(countOf(1, 'Beitrag', 'Beiträge')).toBe('1\u00a0Beitrag')
  expect(countOf(0, 'Beitrag', 'Beiträge')).toBe('0\u00a0Beiträge')
})

test('sizes are told in the unit that fits', () => {
  const sizes = [640, 999, 1_000, 12_345, 999_499, 999_500, 1_340_000, 10_485_760]

  expect(sizes.map((size) => sizeOf(size).replace('\u00a0', ' '))).toEqual([
    ...['640 Byte', '999 Byte', '1 KB', '12 KB', '999 KB', '1 MB', '1,3 MB', '10,5 MB'],
  ])
})

test('a title cannot turn the direction of what follows', () => {
  expect(withoutDirections('a\u202eb\u2066c\u200f')).toBe('abc')
})
