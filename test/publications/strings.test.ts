import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  date,
  distinct,
  lengthOf,
  line,
  link,
  mailbox,
  text,
} from '../../src/publications/strings.ts'

const short = line(20)
const long = text(200)
const accepts = (schema: z.ZodType, value: unknown) => schema.safeParse(value).success

/** Text of letters, umlauts, quotes and emoji, as people write it. */
const words = fc
  .string({ unit: fc.constantFrom(...'aZäöüßé –„“·😀𝒳中'), minLength: 1, maxLength: 20 })
  .filter((value) => value.trim() !== '')
const forbidden = fc.constantFrom(
  '\u0000',
  '\u0007',
  '\u001b',
  '\u007f',
  '\u0085',
  '\ud83d',
  '\ude00',
  '\r',
)
const inside = (value: string, piece: string, at: number) => {
  const letters = [...value]
  letters.splice(at % (letters.length + 1), 0, piece)
  return `x${letters.join('')}x`
}

describe('a line', () => {
  test('of people’s text is accepted and comes out trimmed', () => {
    fc.assert(
      fc.property(words, (value) => short.parse(`  ${value} `) === value.trim().normalize()),
    )
  })

  test('is refused with a control character, a line break or half a character', () => {
    const unwanted = fc.oneof(forbidden, fc.constantFrom('\n', '\t', '\u2028', '\u2029'))
    fc.assert(
      fc.property(
        words,
        unwanted,
        fc.nat(),
        (value, piece, at) => !accepts(line(100), inside(value, piece, at)),
      ),
    )
  })

  test('is measured in characters, however they are encoded', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 20 }), (value, max) => {
        const wanted = lengthOf(value.trim()) <= max
        return (
          accepts(line(max), value) === wanted &&
          accepts(line(max), value.normalize('NFD')) === wanted
        )
      }),
    )
  })

  test('means the same in either normal form', () => {
    fc.assert(
      fc.property(words, (value) => short.parse(value.normalize('NFD')) === short.parse(value)),
    )
  })

  test.each(['', ' ', '\u00a0 \u2003', 7, null])('%j is none', (value) => {
    expect(accepts(short, value)).toBe(false)
  })
})

describe('a text', () => {
  test('may have line breaks and tabs; Windows’ are read as ours', () => {
    expect(long.parse('Zeile eins\r\n\tZeile zwei\n')).toBe('Zeile eins\n\tZeile zwei')
  })

  test('is refused with any other control character or half a character', () => {
    fc.assert(
      fc.property(
        words,
        forbidden,
        fc.nat(),
        (value, piece, at) => !accepts(long, inside(value, piece, at)),
      ),
    )
  })

  test('read twice is read the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const once = long.safeParse(value)
        return !once.success || long.parse(once.data) === once.data
      }),
    )
  })
})

describe('a date', () => {
  const day = fc.date({
    min: new Date('1900-01-01T00:00:00Z'),
    max: new Date('2999-12-31T00:00:00Z'),
    noInvalidDate: true,
  })

  test('that exists is accepted', () => {
    fc.assert(fc.property(day, (value) => accepts(date, value.toISOString().slice(0, 10))))
  })

  test('is refused beyond the end of its month', () => {
    const number = (min: number, max: number) => fc.integer({ min, max })
    fc.assert(
      fc.property(number(1900, 2999), number(1, 12), number(1, 40), (year, month, n) => {
        const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
        const value = `${year}-${String(month).padStart(2, '0')}-${String(n).padStart(2, '0')}`
        return accepts(date, value) === n <= last
      }),
    )
  })

  test.each(['2025-02-29', '2025-4-1', '01.04.2025', '2025-04-01T00:00:00Z', '0000-00-00', ''])(
    '%s is none',
    (value) => expect(accepts(date, value)).toBe(false),
  )
})

describe('a link', () => {
  test.each(['https://www.bmas.de/', 'https://münchen.example/pfad?x=1#y'])(
    '%s is one',
    (value) => {
      expect(accepts(link, value)).toBe(true)
    },
  )

  test.each([
    'http://www.bmas.de/',
    'HTTPS:/www.bmas.de',
    'javascript:alert(1)',
    'https://',
    'https://user:secret@example.org/',
    'https://example.org/\u0000',
    `https://example.org/${'x'.repeat(2000)}`,
    'www.bmas.de',
  ])('%s is none', (value) => expect(accepts(link, value)).toBe(false))
})

test.each([
  ['transfer@zukunftszentrum-berlin.example', true],
  ['transfer@localhost', false],
  ['a b@c.example', false],
  ['x@y.example\nBcc: z@y.example', false],
])('the mailbox %j: %s', (value, valid) => expect(accepts(mailbox, value)).toBe(valid))

test('no term is named twice', () => {
  const terms = z.array(z.string()).check(distinct)

  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', 'b', 'c', 'd')),
      (values) => accepts(terms, values) === (new Set(values).size === values.length),
    ),
  )
})
