import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalBytes, limits, passGate, passStatementGate } from '../../src/signing/gate.ts'
import { base64url, payloadOf, tokenOf, withPart } from '../support/token.ts'

const typ = 'transfernetz-entry+jwt'
const header = `{"alg":"ES256","kid":"k","typ":"${typ}"}`
const good = tokenOf(header, '{"seq":1}')

const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`

describe('the gate for our own types', () => {
  test('a token in its one form passes, with header and payload', () => {
    const passed = passGate(good, typ)

    expect(passed).toEqual({
      ok: true,
      header: { alg: 'ES256', kid: 'k', typ },
      payload: { seq: 1 },
    })
  })

  test('the order of header members is free', () => {
    const passed = passGate(tokenOf(`{"typ":"${typ}","kid":"k","alg":"ES256"}`, '{}'), typ)

    expect(passed.ok).toBe(true)
  })

  const spareBits = withPart(good, 2, 'AB')
  test.each([
    ['one byte too large', tokenOf(header, `{"a":"${'x'.repeat(limits.token)}"}`), 'token-size'],
    ['two parts', 'e30.e30', 'token-parts'],
    ['four parts', `${good}.e30`, 'token-parts'],
    ['five parts, as an encrypted letter has', 'a.b.c.d.e', 'token-parts'],
    ['an empty signature, as with alg none', good.replace(/[^.]*$/, ''), 'token-parts'],
    ['an empty payload', withPart(good, 1, ''), 'token-parts'],
    ['nothing at all', '', 'token-parts'],
    ['spare bits that are not zero', spareBits, 'token-base64url'],
    ['padding', withPart(good, 2, 'AA=='), 'token-base64url'],
    ['white space', withPart(good, 2, 'AAAA AAAA'), 'token-base64url'],
    ['a line break at its end', `${good}\n`, 'token-base64url'],
    ['the letters of base64', withPart(good, 2, 'AA+/'), 'token-base64url'],
    ['one letter too many', withPart(good, 2, 'AAAAA'), 'token-base64url'],
    ['letters beyond ASCII', withPart(good, 2, 'ÄÄÄÄ'), 'token-base64url'],
    ['a payload that is not UTF-8', withPart(good, 1, base64url([0x7b, 0xff, 0x7d])), 'token-utf8'],
    ['UTF-8 of a lone surrogate', withPart(good, 1, base64url([0xed, 0xa0, 0x80])), 'token-utf8'],
    ['a byte order mark', tokenOf(header, '\ufeff{}'), 'token-json'],
    ['a payload that is not JSON', tokenOf(header, '{'), 'token-json'],
    ['an array', tokenOf(header, '[]'), 'token-json'],
    ['null', tokenOf(header, 'null'), 'token-json'],
    ['a text', tokenOf(header, '"text"'), 'token-json'],
    ['a member twice', tokenOf(header, '{"seq":1,"seq":2}'), 'token-canonical'],
    ['an escape that is not needed', tokenOf(header, '{"a":"\\u0041"}'), 'token-canonical'],
    ['an escaped slash', tokenOf(header, '{"a":"\\/"}'), 'token-canonical'],
    ['white space in the JSON', tokenOf(header, '{"a": 1}'), 'token-canonical'],
    ['1.0', tokenOf(header, '{"a":1.0}'), 'token-canonical'],
    ['1e3', tokenOf(header, '{"a":1e3}'), 'token-canonical'],
    ['-0', tokenOf(header, '{"a":-0}'), 'token-canonical'],
    ['2^53', tokenOf(header, '{"a":9007199254740992}'), 'number-unsafe'],
    ['-2^53', tokenOf(header, '{"a":-9007199254740992}'), 'number-unsafe'],
    [
      '2^53 + 1 among other numbers',
      tokenOf(header, '{"a":[1,9007199254740993]}'),
      'number-unsafe',
    ],
    ['a fraction', tokenOf(header, '{"a":0.5}'), 'number-unsafe'],
    ['a number without end', tokenOf(header, '{"a":1e999}'), 'number-unsafe'],
    ['a lone surrogate', tokenOf(header, '{"a":"\\ud800"}'), 'string-malformed'],
    ['a lone surrogate in a name', tokenOf(header, '{"\\udc00":1}'), 'string-malformed'],
    [
      'surrogates in the wrong order',
      tokenOf(header, '{"a":["\\udc00\\ud800"]}'),
      'string-malformed',
    ],
    ['U+0000', tokenOf(header, '{"a":{"b":"\\u0000"}}'), 'string-nul'],
    ['U+0000 in a name', tokenOf(header, '{"\\u0000":1}'), 'string-nul'],
    ['a name like an integer', tokenOf(header, '{"10":1}'), 'name-integer'],
    ['the name 0, deep inside', tokenOf(header, '{"a":[{"0":1}]}'), 'name-integer'],
    ['a name beyond every index', tokenOf(header, '{"99999999999":1}'), 'name-integer'],
    ['the name __proto__', tokenOf(header, '{"__proto__":1}'), 'name-proto'],
    ['33 levels', tokenOf(header, nested(33)), 'too-deep'],
    ['3,000 levels', tokenOf(header, `{"a":${'['.repeat(3_000)}${']'.repeat(3_000)}}`), 'too-deep'],
    ['no kid', tokenOf(`{"alg":"ES256","typ":"${typ}"}`, '{}'), 'header-members'],
    [
      'one more header member',
      tokenOf(header.replace('}', ',"cty":"json"}'), '{}'),
      'header-members',
    ],
    ['crit', tokenOf(header.replace('}', ',"crit":[]}'), '{}'), 'header-members'],
    ['a key of its own', tokenOf(header.replace('}', ',"jwk":{}}'), '{}'), 'header-members'],
    ['a kid that is no string', tokenOf(header.replace('"k"', '1'), '{}'), 'header-members'],
    ['one member named like all three', tokenOf('{"alg,kid,typ":1}', '{}'), 'header-members'],
    ['the typ of another token', tokenOf(header.replace('entry', 'head'), '{}'), 'header-typ'],
    ['a typ in capitals', tokenOf(header.replace('entry', 'ENTRY'), '{}'), 'header-typ'],
    ['alg none', tokenOf(header.replace('ES256', 'none'), '{}'), 'header-alg'],
    ['HS256', tokenOf(header.replace('ES256', 'HS256'), '{}'), 'header-alg'],
    ['ES384', tokenOf(header.replace('ES256', 'ES384'), '{}'), 'header-alg'],
    ['a list of algorithms', tokenOf(header.replace('"ES256"', '["ES256"]'), '{}'), 'header-alg'],
    ['a header in another form', tokenOf(header.replace('}', ' }'), '{}'), 'token-canonical'],
    ['alg twice', tokenOf(header.replace('{', '{"alg":"none",'), '{}'), 'token-canonical'],
  ])('a token with %s is refused', (_, token, reason) => {
    const answer = passGate(token, typ)

    expect(answer).toEqual({ ok: false, reason })
  })

  test('a token of exactly the largest size and depth passes', () => {
    const token = tokenOf(header, nested(32))

    expect(passGate(token, typ, token.length).ok).toBe(true)
    expect(passGate(token, typ, token.length - 1)).toEqual({ ok: false, reason: 'token-size' })
  })

  test('whatever passes encodes to itself again: there is no second form of the same token', () => {
    const anyText = fc.oneof(
      fc.json(),
      fc.json().map((text) => text.replace(/\d/, '1.0')),
      fc
        .dictionary(fc.string({ unit: 'binary' }), fc.jsonValue())
        .map((value) => JSON.stringify(value)),
      fc.string(),
    )
    let passedOnce = 0

    fc.assert(
      fc.property(anyText, fc.uint8Array({ minLength: 1 }), (text, signature) => {
        const token = [header, text, signature].map(base64url).join('.')
        const answer = passGate(token, typ)
        if (!answer.ok) return
        passedOnce++
        expect(
          [JSON.stringify(answer.header), JSON.stringify(answer.payload), signature]
            .map(base64url)
            .join('.'),
        ).toBe(token)
      }),
      { numRuns: 500 },
    )
    expect(passedOnce).toBeGreaterThan(20)
  })

  test('a letter changed anywhere in a token is refused or changes what it says', () => {
    const letters = [...'ABCDwxyz0189-_=. \n']
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.constantFrom(...letters), (at, letter) => {
        const changed = good.slice(0, at) + letter + good.slice(at + 1)
        if (changed === good) return
        const answer = passGate(changed, typ)
        const end = good.lastIndexOf('.')
        if (answer.ok && at < end) expect(answer).not.toEqual(passGate(good, typ))
      }),
      { numRuns: 500 },
    )
  })
})

describe('the gate for statements of the federation', () => {
  const statementTyp = 'entity-statement+jwt'
  const statementHeader = `{"alg":"ES256","kid":"k","typ":"${statementTyp}"}`
  const plus = (member: string) => statementHeader.replace('}', `,${member}}`)

  test('foreign header members and other forms of JSON are nothing to us', () => {
    const token = tokenOf(plus('"foo":"bar"'), '{ "a": 1.50, "b": "\\u0041" }')

    const passed = passStatementGate(token)

    expect(passed).toMatchObject({ ok: true, payload: { a: 1.5, b: 'A' } })
  })

  test.each(['crit', 'jwk', 'jku', 'x5u', 'x5c', 'x5t', 'x5t#S256', 'trust_chain'])(
    'a header with %s is refused, even where it is null',
    (name) => {
      const answer = passStatementGate(tokenOf(plus(`"${name}":null`), '{}'))

      expect(answer).toEqual({ ok: false, reason: 'header-refused-member' })
    },
  )

  const double = 'token-duplicate-member'
  test.each([
    ['a member twice', '{"sub":"a","sub":"b"}', double],
    ['a member twice, once escaped', '{"sub":"a","s\\u0075b":"b"}', double],
    ['a member twice, deep inside', '{"a":[{"b":{"c":1,"c":1}}]}', double],
    ['a member twice, with a list between', '{"a":[1,{"a":2},"a:"],"a":3}', double],
    ['a lone surrogate', '{"a":"\\ud800"}', 'string-malformed'],
    ['U+0000', '{"a":"\\u0000"}', 'string-nul'],
    ['a list', '[]', 'token-json'],
    ['33 levels', nested(33), 'too-deep'],
  ])('a payload with %s is refused', (_, payload, reason) => {
    const answer = passStatementGate(tokenOf(statementHeader, payload))

    expect(answer).toEqual({ ok: false, reason })
  })

  test('the same name in different objects is no duplicate, nor is one that only looks so', () => {
    const payload = '{"a":{"b":1},"b":[{"a":1},{"a":2}],"c":"\\",\\"a\\":1,\\"a\\":"}'

    const passed = passStatementGate(tokenOf(statementHeader, payload))

    expect(passed.ok).toBe(true)
  })

  test.each([
    ['a duplicate in the header', tokenOf(plus('"kid":"other"'), '{}'), double],
    ['another typ', tokenOf(statementHeader.replace('entity-', ''), '{}'), 'header-typ'],
    ['alg none', tokenOf(statementHeader.replace('ES256', 'none'), '{}'), 'header-alg'],
    ['HS256', tokenOf(statementHeader.replace('ES256', 'HS256'), '{}'), 'header-alg'],
    ['no kid', tokenOf(statementHeader.replace('"kid":"k",', ''), '{}'), 'header-members'],
    ['spare bits', withPart(tokenOf(statementHeader, '{}'), 2, 'AB'), 'token-base64url'],
    ['invalid UTF-8', withPart(tokenOf(statementHeader, '{}'), 1, base64url([0xff])), 'token-utf8'],
    ['257 KiB', tokenOf(statementHeader, `{"a":"${'x'.repeat(limits.statement)}"}`), 'token-size'],
  ])('a statement with %s is refused', (_, token, reason) => {
    expect(passStatementGate(token)).toEqual({ ok: false, reason })
  })
})

test('any bytes have exactly one canonical base64url text', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const text = base64url(bytes)

      expect(canonicalBytes(text)).toEqual(Buffer.from(bytes))
      expect(canonicalBytes(`${text}=`)).toBeUndefined()
      expect(canonicalBytes(`${text}\n`)).toBeUndefined()
    }),
  )
})

test('the payload that a test reads is the payload that was written', () => {
  expect(payloadOf(good)).toEqual({ seq: 1 })
})
