/** Vectors of assertions (schemas/EXCHANGE.md, section 10). */
import { withPart } from '../support/token.ts'
import { signed } from './sign.ts'
import type { Vector, Vectors } from './vector.ts'
import { berlin, cutAt, keys, kiww, nonsense, now, sig, stated } from './world.ts'

const typ = 'transfernetz-assertion+jwt'
const origin = 'https://kiww.example'
const claims = {
  ...{ iss: berlin, sub: berlin, aud: origin, iat: now, exp: now + 60 },
  jti: '019cadf0-5c80-7a3e-9b51-2f4d8c6e7aff',
}
const token = (members: object = {}, key = keys.first, type = typ) =>
  signed(type, { ...claims, ...members }, key)

const assertion = (about: string, header: string, expect: object, change: object = {}): Vector => ({
  ...{ about, kind: 'assertion' },
  given: { origin, now, stated: [stated()], used: [], ...change, authorization: header },
  expect: { ...expect },
})
const caller = { caller: berlin, contents: true }
const cut = (n: object[]) => ({ stated: [stated({ jwks: { keys: [sig(keys.first, 1, n)] } })] })

export const validAssertions = async (): Promise<Vectors> => ({
  assertion: assertion('Berlin asks KIWW’s node.', `Bearer ${await token()}`, caller),
  'assertion-scheme': assertion('The scheme in lower case.', `bearer ${await token()}`, caller),
  'assertion-slow-clock': assertion(
    'Ended 300 s ago.',
    `Bearer ${await token({ iat: now - 360, exp: now - 300 })}`,
    caller,
  ),
  'assertion-fast-clock': assertion(
    'Begins in 300 s.',
    `Bearer ${await token({ iat: now + 300, exp: now + 360 })}`,
    caller,
  ),
  'assertion-suspended': assertion(
    'A suspended centre may ask, but gets no contents.',
    `Bearer ${await token()}`,
    { caller: berlin, contents: false },
    { stated: [stated({ status: 'suspended', valid_through: [] })] },
  ),
})

export const invalidAssertions = async (): Promise<Vectors> => {
  const not = async (about: string, reason: string, members: object, change?: object) =>
    assertion(about, `Bearer ${await token({ ...members })}`, { reason }, change)
  return {
    'assertion-header': assertion('Another scheme.', `Basic ${await token()}`, { reason: 'form' }),
    'assertion-header-none': assertion('No token.', 'Bearer', { reason: 'form' }),
    'assertion-gate': assertion(
      'A token of another type.',
      `Bearer ${await token({}, keys.first, 'transfernetz-head+jwt')}`,
      { reason: 'header-typ' },
    ),
    'assertion-form': await not('No end.', 'form', { exp: undefined }),
    'assertion-form-more': await not('A claim too many.', 'form', { scope: 'all' }),
    'assertion-form-jti': await not('A jti that can be guessed.', 'form', { jti: '1' }),
    'assertion-form-aud': await not('Two audiences.', 'form', {
      aud: [origin, 'https://x.example'],
    }),
    'assertion-sub': await not('In the name of another.', 'sub', { sub: kiww }),
    'assertion-aud': await not('For another node.', 'aud', { aud: 'https://berlin.example' }),
    'assertion-aud-path': await not('A path behind the origin.', 'aud', { aud: `${origin}/` }),
    'assertion-exp': await not('A life of 61 s.', 'exp', { exp: now + 61 }),
    'assertion-exp-order': await not('No life.', 'exp', { exp: now }),
    'assertion-time-early': await not('Begins in 301 s.', 'time', {
      iat: now + 301,
      exp: now + 302,
    }),
    'assertion-time-late': await not('Ended 301 s ago.', 'time', {
      iat: now - 302,
      exp: now - 301,
    }),
    'assertion-iss': await not('A centre that nobody states.', 'iss', { iss: kiww, sub: kiww }),
    'assertion-key-unknown': assertion(
      'A key that nobody states.',
      `Bearer ${await token({}, keys.stranger)}`,
      { reason: 'key-unknown' },
    ),
    'assertion-key-cut': await not(
      'A key with a cut of its own.',
      'key-unknown',
      {},
      cut([cutAt(99, nonsense.digest)]),
    ),
    'assertion-signature': assertion(
      'A signature of nobody.',
      `Bearer ${withPart(await token(), 2, nonsense.signature)}`,
      { reason: 'signature' },
    ),
    'assertion-jti': await not('Used before.', 'jti', {}, { used: [claims.jti] }),
  }
}
