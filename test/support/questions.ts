/** Made-up questions to two verifiers that should give one answer. */
import fc from 'fast-check'
import { caseFile, type Loose, recordOf, tableFile } from '../publications/fixtures.ts'

import type { Vector } from '../vectors/vector.ts'
import { entryType, now, openFeed, record, rid, start, stated } from '../vectors/world.ts'
import { base64url, tokenOf } from './token.ts'

/** What somebody may write into a JSON text, rightly or not. */
const snippets = fc.constantFrom(
  ...[' ', '"', '\\', ',', ':', '[', ']', '{', '}', '\n', '\t', '0', '-', 'e1', '1.0', '-0', '1e3'],
  ...['1e400', '0.5', '9007199254740992', '9007199254740993.0', '-9007199254740991', 'NaN', 'null'],
  ...['"\\u0000"', '"\\ud800"', '"\\ud83d\\ude00"', '"\\u00e4"', '"\\/"', '"\\u001f"', '"\\u001F"'],
  ...['{"1":2}', '{"01":2}', '{"a":1,"a":2}', '{"__proto__":1}', '\u007f', '\u2028', '\ufeff', 'ä'],
  ...['{}', '[]', '""', '"a":1,', `${'['.repeat(33)}${']'.repeat(33)}`],
)

const value = fc.jsonValue({ maxDepth: 3 })

/** A text that may be JSON; a snippet stands for a value, or anywhere. */
const text = fc
  .tuple(
    fc.dictionary(fc.string({ maxLength: 3 }), value, { maxKeys: 4 }),
    snippets,
    fc.nat(),
    fc.boolean(),
  )
  .map(([object, snippet, at, replaces]) => {
    if (replaces) return JSON.stringify({ ...object, x: 'HERE' }).replace('"HERE"', () => snippet)
    const whole = JSON.stringify(object)
    const place = at % (whole.length + 1)
    return whole.slice(0, place) + snippet + whole.slice(place)
  })

const ask = (kind: Vector['kind'], given: object): Vector => ({
  ...{ about: '', kind, given: { ...given }, expect: {} },
})

const header = JSON.stringify({ alg: 'ES256', kid: 'K', typ: entryType })
const statementHeader = JSON.stringify({ alg: 'ES256', kid: 'K', typ: 'entity-statement+jwt' })

const tokenQuestion = fc.oneof(
  text.map((payload) => ask('token', { typ: entryType, token: tokenOf(header, payload) })),
  // Numbers beyond what a float holds have no form in an outcome.
  text
    .filter((payload) => !/e\+?\d{3}/.test(payload))
    .map((payload) => {
      const token = tokenOf(statementHeader, payload)
      return ask('token', { typ: 'entity-statement+jwt', token })
    }),
)

/** What may stand where a record has something else. */
const oddValues = fc.oneof(
  value,
  fc.constantFrom(
    ...['', ' ', ' a ', 'a\r\nb', 'a\rb', 'a\tb', 'a\u0085b', 'a\u2028b', 'U\u0308', '\ufeffx'],
    ...[
      '2026-02-30',
      '2026-12-31',
      'DE-BE',
      'DE-XX',
      'public',
      'members',
      'ai-adoption',
      'https://a.b',
    ],
    ...['ä'.repeat(160), 'ä'.repeat(161), '😀'.repeat(160), 'x'.repeat(4_001), 0, 1, -1, 0.5, 1e10],
  ),
  fc.constantFrom([], {}, ['ai-adoption', 'ai-adoption'], [{ scheme: 'wz2008', code: 'V' }], null),
  fc.constantFrom([{ scheme: 'wz2025', code: 'V' }], [{ land: 'DE-BE', ags: '11000' }], ['a', 'a']),
)

/** Every place in a record, the objects themselves among them. */
const placesIn = (of: unknown, path: string[] = []): string[][] =>
  typeof of === 'object' && of !== null
    ? Object.entries(of).flatMap(([name, part]) => [
        [...path, name],
        ...placesIn(part, [...path, name]),
      ])
    : []

const bent = (of: Loose, path: string[], odd: unknown) => {
  const copy = structuredClone(of)
  const parent = path.slice(0, -1).reduce((part, name) => part[name], copy)
  const name = path.at(-1) ?? ''
  if (odd === undefined) delete parent[name]
  else parent[name] = odd
  return copy
}

const contentQuestion = fc
  .tuple(
    fc.constantFrom(recordOf(caseFile), recordOf(tableFile)),
    fc.nat(),
    fc.option(oddValues, { nil: undefined }),
    fc.constantFrom('extra', ''),
  )
  .map(([of, at, odd, extra]) => {
    const places = [...placesIn(of), ...(extra ? [[extra]] : [])]
    const content = bent(of, places[at % places.length] ?? [], odd)
    const about = { kind: of.kind, feed: 'public' }
    return ask('content', { ...about, content: base64url(JSON.stringify(content)) })
  })

const ver = fc.integer({ min: 1, max: 3 })
const taken = { rid: fc.constantFrom(rid(1), rid(1), rid(2)), ver }
const reason = fc.constantFrom('outdated', 'incorrect')
const about = { ...taken, of: fc.constant(stated().id), role: fc.constantFrom('party', 'shelf') }
const operation = fc.oneof(
  fc.record({ op: fc.constant('publish'), ...taken, kind: fc.constant('round-table') }),
  fc.record({ op: fc.constant('withdraw'), ...taken, reason }),
  fc.record({ op: fc.constant('erase'), ...taken, ver: fc.nat(3), reason }),
  fc.record({ op: fc.constantFrom('endorse', 'decline', 'retract'), ...about }),
)
/** What may be added to an operation, or be otherwise in it. */
const oddMember = fc.oneof(
  fc.record({ op: fc.constantFrom('rate', 1, undefined) }),
  fc.record({ rid: fc.constantFrom('r1', rid(1).toUpperCase()) }),
  fc.record({ ver: fc.constantFrom(0, 2 ** 31, 2 ** 31 - 1, -1, '1') }),
  fc.record({ reason: fc.constantFrom('legal', 'mood') }),
  fc.record({ continued: fc.boolean() }),
  fc.record({
    replaced_by: fc.constantFrom({ iss: stated().id, rid: rid(3) }, { iss: 'x' }, null),
  }),
  fc.record({ of: fc.constantFrom(stated().id, 'x'), role: fc.constantFrom('party', 'x') }),
  fc.record({ kind: fc.constantFrom('recipe', 'X', 'a-') }),
  fc.record({ len: fc.constantFrom(2, 1, 262_144, 262_145) }),
  fc.record({ mood: fc.constant('good') }),
)
const members = fc
  .tuple(operation, fc.option(oddMember, { nil: {} }))
  .map(([regular, odd]) => ({ ...regular, ...odd }))
/** Mostly in its place. */
const place = fc.oneof(
  { arbitrary: fc.constant({}), weight: 9 },
  fc.record({ seq: fc.constantFrom(2, '1', 0), iat: fc.constantFrom(now, -1, now + 301) }),
)
const before = fc.option(
  fc.record({
    rid: fc.constant(rid(1)),
    ver: fc.integer({ min: 1, max: 3 }),
    state: fc.constantFrom('published', 'withdrawn', 'erased'),
    closed: fc.boolean(),
  }),
)

const entryQuestion = fc
  .tuple(members, place, fc.boolean(), before, fc.constantFrom('present', 'withheld'))
  .map(([doing, where, withContent, held, status]) => async () => {
    const said = { ...doing, ...where }
    const feed = openFeed()
    const item = withContent ? await feed.draft(said, record()) : await feed.sign(said)
    const given = {
      stated: stated(),
      feed: 'public',
      now,
      after: start,
      records: held ? [held] : [],
    }
    return ask('entries', { ...given, entries: [{ ...item, status }] })
  })

/** So many questions of each sort, the same for the same seed. */
export const questions = async (numRuns: number, seed: number): Promise<Vector[]> => {
  const options = { numRuns, seed }
  const entries = fc.sample(entryQuestion, options).map((make) => make())
  return [
    ...fc.sample(tokenQuestion, options),
    ...fc.sample(contentQuestion, options),
    ...(await Promise.all(entries)),
  ]
}
