/** Vectors of the gate (schemas/EXCHANGE.md, section 3). */
import { limits } from '../../src/signing/gate.ts'
import { signed } from './sign.ts'
import type { Vector, Vectors } from './vector.ts'
import { base64url, berlin, entryType, keys, nonsense } from './world.ts'

const statementType = 'entity-statement+jwt'
const { first } = keys

const token = (about: string, token: string, expect: object, typ = entryType): Vector => ({
  ...{ about, kind: 'token', given: { typ, token }, expect: { ...expect } },
})

const header = (members: object = {}) =>
  JSON.stringify({ alg: 'ES256', kid: first.kid, typ: entryType, ...members })
const signedText = (payload: string, head: object | string = header()) =>
  signed(entryType, payload, first, head)
const statement = (payload: string, members: object = {}) =>
  signed(statementType, payload, first, header({ typ: statementType, ...members }))

/** Nobody signed these: the gate comes first. */
const unsigned = (...parts: string[]) => parts.join('.')
const [head, body, rest] = [base64url(header()), base64url('{"seq":1}'), nonsense.signature]

/** A token of exactly so many bytes. Not every length is one of base64url, so the header gives way. */
const ofSize = async (bytes: number) => {
  for (let extra = 0; extra < 4; extra++) {
    const head = header({ kid: first.kid + 'x'.repeat(extra) })
    const left = bytes - base64url(head).length - nonsense.signature.length - 2
    const text = JSON.stringify({ text: 'x'.repeat(Math.floor((left * 3) / 4) - 11) })
    const made = await signedText(text, head)
    if (made.length === bytes) return made
  }
  throw new Error(`no token has ${bytes} bytes`)
}

/** Objects in objects, the outermost included. */
const nested = (depth: number) => `${'{"a":'.repeat(depth - 1)}{}${'}'.repeat(depth - 1)}`

const good = async (about: string, payload: string) =>
  token(about, await signedText(payload), { payload: JSON.parse(payload), kid: first.kid })

export const validTokens = async (): Promise<Vectors> => ({
  'token-smallest': await good('The smallest payload there is.', '{}'),
  'token-numbers': await good(
    'The largest and the smallest number, and zero.',
    '{"a":9007199254740991,"b":-9007199254740991,"c":0}',
  ),
  'token-escapes': await good(
    'Escapes that have to be, and signs that stand for themselves.',
    '{"a":"\\"\\\\\\b\\t\\n\\f\\r\\u0001\\u001f/\u007f\u2028ä€😀"}',
  ),
  'token-not-normalized': await good(
    'ä as one sign and as two: both stay what they are.',
    '{"a":"\u00e4","b":"a\u0308"}',
  ),
  'token-names': await good(
    'Member names that only look like integers, or like others.',
    '{"01":1,"-1":2,"1.0":3,"":4,"A":5,"a":6,"proto":7}',
  ),
  'token-deepest': await good('Nested 32 deep.', nested(32)),
  'token-header-order': token(
    'The members of the header in another order.',
    await signedText('{"seq":1}', `{"typ":"${entryType}","kid":"${first.kid}","alg":"ES256"}`),
    { payload: { seq: 1 }, kid: first.kid },
  ),
  'token-largest': await largest(),
  'statement-foreign': token(
    'A statement of other software: white space, a fraction, another escape, a header member more.',
    await statement(`{ "iss": "${berlin}", "x": 1.50, "y": "\\u00e4" }`, { cty: 'x' }),
    { payload: { iss: berlin, x: 1.5, y: 'ä' }, kid: first.kid },
    statementType,
  ),
})

const largest = async () => {
  const made = await ofSize(limits.token)
  const [{ kid }, payload] = made
    .split('.', 2)
    .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()))
  return token('As large as allowed: 8192 bytes.', made, { payload, kid })
}

const refused = (about: string, made: string, reason: string, typ?: string) =>
  token(about, made, { reason }, typ)

const badParts = async (): Promise<Vectors> => ({
  'token-size': refused('One byte too large.', await ofSize(limits.token + 1), 'token-size'),
  'token-parts-two': refused('Two parts.', unsigned(head, body), 'token-parts'),
  'token-parts-four': refused('Four parts.', unsigned(head, body, rest, rest), 'token-parts'),
  'token-parts-empty': refused('An empty part.', unsigned(head, body, ''), 'token-parts'),
  'token-base64url-padding': refused('Padding.', unsigned(head, 'e30=', rest), 'token-base64url'),
  'token-base64url-spare-bits': refused(
    'Spare bits that are not zero: a lenient decoder reads {}.',
    unsigned(head, 'e31', rest),
    'token-base64url',
  ),
  'token-base64url-alphabet': refused(
    'A sign of the other alphabet, in the signature.',
    unsigned(head, body, `+${rest.slice(1)}`),
    'token-base64url',
  ),
  'token-base64url-line-break': refused(
    'A line break.',
    unsigned(head, 'e3\n0', rest),
    'token-base64url',
  ),
  'token-utf8': refused(
    'A byte that no UTF-8 has.',
    unsigned(head, base64url([0x7b, 0xff, 0x7d]), rest),
    'token-utf8',
  ),
  'token-utf8-overlong': refused(
    'An overlong form of a slash.',
    unsigned(head, base64url([...Buffer.from('{"a":"'), 0xc0, 0xaf, ...Buffer.from('"}')]), rest),
    'token-utf8',
  ),
  'token-utf8-surrogate': refused(
    'A surrogate written as UTF-8.',
    unsigned(
      head,
      base64url([...Buffer.from('{"a":"'), 0xed, 0xa0, 0x80, ...Buffer.from('"}')]),
      rest,
    ),
    'token-utf8',
  ),
})

/** Payloads that are refused, truly signed: by reason, what about, text. */
const badTexts: [name: string, about: string, text: string][] = [
  ['token-json-list', 'Not an object.', '["seq",1]'],
  ['token-json-leading-zero', 'A leading zero.', '{"seq":01}'],
  ['token-json-bom', 'A byte order mark.', '\ufeff{"seq":1}'],
  ['token-json-nan', 'A number that JSON does not have.', '{"seq":NaN}'],
  ['token-json-behind', 'Something behind the object.', '{"seq":1}}'],
  ['too-deep', 'Nested 33 deep.', nested(33)],
  ['too-deep-list', 'Lists count too.', `{"a":${'['.repeat(32)}${']'.repeat(32)}}`],
  ['name-integer', 'A name that ECMAScript would reorder.', '{"1":true}'],
  ['name-integer-zero', 'Zero is an integer.', '{"a":[{"0":true}]}'],
  ['name-proto', 'A name that ECMAScript swallows.', '{"__proto__":true}'],
  ['string-malformed', 'A lone surrogate.', '{"kind":"\\ud800"}'],
  ['string-malformed-name', 'A lone surrogate in a name.', '{"\\udfff":1}'],
  ['string-malformed-order', 'Surrogates in the wrong order.', '{"a":["\\udc00\\ud800"]}'],
  ['string-nul', 'U+0000.', '{"kind":"\\u0000"}'],
  ['string-nul-name', 'U+0000 in a name.', '{"a\\u0000":1}'],
  ['number-unsafe', '2^53.', '{"seq":9007199254740992}'],
  ['number-unsafe-negative', '−2^53.', '{"seq":-9007199254740992}'],
  ['number-unsafe-fraction', 'A fraction.', '{"seq":1.5}'],
  ['number-unsafe-huge', 'Beyond what a float holds.', '{"seq":1e400}'],
  ['token-canonical-space', 'White space.', '{"seq": 1}'],
  ['token-canonical-line-break', 'A line break behind it.', '{"seq":1}\n'],
  ['token-canonical-twice', 'A member twice.', '{"seq":1,"seq":1}'],
  ['token-canonical-point', '1 has one form.', '{"seq":1.0}'],
  ['token-canonical-exponent', 'So has 1000.', '{"seq":1e3}'],
  ['token-canonical-minus-zero', 'And 0.', '{"seq":-0}'],
  ['token-canonical-escape', 'ä stands for itself.', '{"kind":"\\u00e4"}'],
  ['token-canonical-slash', 'So does the slash.', '{"kind":"\\/"}'],
  ['token-canonical-delete', 'And U+007F.', '{"kind":"\\u007f"}'],
  ['token-canonical-short', 'A line feed is written \\n.', '{"kind":"\\u000a"}'],
  ['token-canonical-upper-case', 'Hexadecimal digits are in lower case.', '{"kind":"\\u001F"}'],
  ['token-canonical-pair', 'A pair of surrogates stands for itself.', '{"a":"\\ud83d\\ude00"}'],
]
const reasons = ['token-json', 'token-canonical', 'too-deep', 'name-integer', 'name-proto'].concat([
  'string-malformed',
  'string-nul',
  'number-unsafe',
])
const reasonIn = (name: string) => reasons.find((reason) => name.startsWith(reason)) ?? name

const badHeaders: [name: string, about: string, header: string, reason?: string][] = [
  ['header-members-missing', 'No typ.', `{"alg":"ES256","kid":"${first.kid}"}`],
  ['header-members-more', 'One member too many.', header({ crit: [] })],
  ['header-members-kid', 'A kid that is a number.', header({ kid: 1 })],
  ['header-typ', 'A typ that is right elsewhere.', header({ typ: 'transfernetz-head+jwt' })],
  ['header-typ-case', 'Another spelling of the typ.', header({ typ: entryType.toUpperCase() })],
  ['header-typ-long', 'The typ as a media type.', header({ typ: `application/${entryType}` })],
  ['header-alg-none', 'No signature.', header({ alg: 'none' })],
  ['header-alg-hmac', 'A symmetric algorithm.', header({ alg: 'HS256' })],
  ['header-alg-other', 'Another curve.', header({ alg: 'ES384' })],
  ['header-canonical', 'White space.', `${header().slice(0, -1)} }`, 'token-canonical'],
]
const headerReasons = ['header-members', 'header-typ', 'header-alg']
const headerReasonIn = (name: string) => headerReasons.find((reason) => name.startsWith(reason))

const dangerous = ['crit', 'jwk', 'jku', 'x5u', 'x5c', 'x5t', 'x5t#S256', 'trust_chain']

export const invalidTokens = async (): Promise<Vectors> => {
  const made = await badParts()
  for (const [name, about, text] of badTexts) {
    made[name] = refused(about, await signedText(text), reasonIn(name))
  }
  for (const [name, about, text, reason = headerReasonIn(name) ?? ''] of badHeaders) {
    made[name] = refused(`${about} (In the header.)`, await signedText('{"seq":1}', text), reason)
  }
  made['statement-duplicate-member'] = refused(
    'A statement may be written freely, but no member twice, also where one is escaped.',
    await statement('{"sub":"a","x":[{"a":1,"\\u0061":2}]}'),
    'token-duplicate-member',
    statementType,
  )
  for (const name of dangerous) {
    made[`statement-header-${name.replace('#', '-').toLowerCase()}`] = refused(
      `A statement whose header has ${name}.`,
      await statement('{}', { [name]: [] }),
      'header-refused-member',
      statementType,
    )
  }
  return made
}
