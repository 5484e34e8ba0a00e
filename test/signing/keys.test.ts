import { expect, test } from 'vitest'
import { digest, saltedDigest, tokenDigest } from '../../src/signing/digest.ts'
import { Keyring } from '../../src/signing/keyring.ts'
import { makeKey, PublicJwk, thumbprint } from '../../src/signing/keys.ts'
import { seal } from '../../src/signing/seal.ts'
import { base64url } from '../support/token.ts'

const ring = (byte: number) => new Keyring(base64url(Buffer.alloc(32, byte)))

test('a key is named by the thumbprint of RFC 7638, whatever it calls itself', async () => {
  const { kid, publicJwk } = await makeKey('sig')
  const { kty, crv, x, y } = publicJwk

  const byHand = digest(JSON.stringify({ crv, kty, x, y }))

  expect(kid).toBe(byHand)
  expect(await thumbprint({ ...publicJwk, kid: 'Berlin' } as PublicJwk)).toBe(byHand)
})

test('a public key says its use and holds nothing private', async () => {
  const uses = await Promise.all((['fed', 'sig', 'enc'] as const).map(makeKey))

  expect(uses.map(({ publicJwk }) => publicJwk.use)).toEqual(['sig', 'sig', 'enc'])
  for (const { publicJwk } of uses) expect(publicJwk).not.toHaveProperty('d')
})

test('a coordinate with spare bits would be a second name of the same key, and is refused', async () => {
  const { publicJwk } = await makeKey('sig')
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const last = letters.indexOf(publicJwk.x.at(-1) ?? '')
  const x = publicJwk.x.slice(0, -1) + letters[last + 1]

  expect(Buffer.from(x, 'base64url')).toEqual(Buffer.from(publicJwk.x, 'base64url'))
  expect(PublicJwk.safeParse(publicJwk).success).toBe(true)
  expect(PublicJwk.safeParse({ ...publicJwk, x }).success).toBe(false)
})

test.each([
  ['another curve', { crv: 'P-384' }],
  ['another kind', { kty: 'RSA' }],
  ['a short coordinate', { y: 'AAAA' }],
  ['another use', { use: 'any' }],
])('a key of %s is none of ours', async (_, change) => {
  const { publicJwk } = await makeKey('sig')

  expect(PublicJwk.safeParse({ ...publicJwk, ...change }).success).toBe(false)
})

test('a sealed key opens under its secret, and cannot be taken out again', async () => {
  const { kid, privateJwk } = await makeKey('sig')
  const sealed = await ring(1).seal(privateJwk)

  const key = await ring(1).open(kid, sealed)

  expect(key.extractable).toBe(false)
  expect(await seal('transfernetz-head+jwt', {}, { kid, key })).toMatch(/^ey/)
})

test('a sealed key shows nothing of the key and stays shut under another secret', async () => {
  const { kid, privateJwk } = await makeKey('sig')
  const sealed = await ring(1).seal(privateJwk)

  expect(Buffer.from(sealed, 'base64url').includes(privateJwk.d)).toBe(false)
  await expect(ring(2).open(kid, sealed)).rejects.toThrow()
  await expect(ring(1).open(kid, `${sealed.slice(0, -2)}AA`)).rejects.toThrow()
})

test.each(['', 'kurz', base64url(Buffer.alloc(31)), base64url(Buffer.alloc(33))])(
  'a secret of other than 32 bytes is refused: „%s“',
  (secret) => {
    expect(() => new Keyring(secret)).toThrow('32 bytes')
  },
)

test('digests are SHA-256 in base64url: of a text, of a salted content, of what a token signs', () => {
  // FIPS 180-2, appendix B.1
  const abc = 'ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0'

  expect(digest('abc')).toBe(abc)
  expect(saltedDigest(Buffer.from('a'), Buffer.from('bc'))).toBe(abc)
  expect(tokenDigest('abc.signature')).toBe(abc)
})
