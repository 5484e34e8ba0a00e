import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fatalUtf8, hasDuplicateMembers, jsonFault } from '../../src/signing/json.ts'

/** A JSON text that may name members twice, and whether it does. */
const written = fc.letrec((tie) => ({
  leaf: fc
    .jsonValue({ maxDepth: 0 })
    .map((value) => ({ text: JSON.stringify(value), twice: false })),
  list: fc.array(tie('any'), { maxLength: 3 }).map((items) => {
    const parts = items as Written[]
    return { text: `[${parts.map(({ text }) => text)}]`, twice: parts.some(({ twice }) => twice) }
  }),
  object: fc
    .array(fc.tuple(fc.constantFrom('a', 'b', '"', '\\', '{"a":', 'ä'), tie('any')), {
      maxLength: 4,
    })
    .map((members) => {
      const pairs = members as [string, Written][]
      const names = new Set(pairs.map(([name]) => name))
      return {
        text: `{${pairs.map(([name, { text }]) => `${JSON.stringify(name)} : ${text}`)}}`,
        twice: names.size < pairs.length || pairs.some(([, { twice }]) => twice),
      }
    }),
  any: fc.oneof({ maxDepth: 4 }, tie('leaf'), tie('list'), tie('object')),
}))
interface Written {
  text: string
  twice: boolean
}

test('a member that stands twice in any object is found, and nothing else is', () => {
  fc.assert(
    fc.property(written.any as fc.Arbitrary<Written>, ({ text, twice }) => {
      expect(hasDuplicateMembers(text)).toBe(twice)
    }),
    { numRuns: 500 },
  )
})

test('a string of 250 KB is no burden', () => {
  const text = JSON.stringify({ a: 'x\\"'.repeat(80_000), b: 1 })

  expect(hasDuplicateMembers(text)).toBe(false)
  expect(hasDuplicateMembers(text.replace('"b"', '"a"'))).toBe(true)
})

test('any JSON value of well-formed strings and safe integers has no fault', () => {
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 5 },
      fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
      fc.maxSafeInteger(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('any'), { maxLength: 3 }),
      fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), tie('any'), { maxKeys: 3 }),
    ),
  })).any

  fc.assert(fc.property(value, (any) => jsonFault(any, true) === undefined))
})

test('fractions are at home in contents, but not in tokens', () => {
  expect(jsonFault({ a: 0.5 }, false)).toBeUndefined()
  expect(jsonFault({ a: 0.5 }, true)).toBe('number-unsafe')
})

test.each([
  ['an overlong form', [0xc0, 0x80]],
  ['a surrogate', [0xed, 0xbf, 0xbf]],
  ['beyond U+10FFFF', [0xf4, 0x90, 0x80, 0x80]],
  ['half a letter', [0xc3]],
])('bytes with %s are not UTF-8', (_, bytes) => {
  expect(fatalUtf8(Buffer.from(bytes))).toBeUndefined()
})

test('a byte order mark stays where it is', () => {
  expect(fatalUtf8(Buffer.from('\ufeffa'))).toBe('\ufeffa')
})
