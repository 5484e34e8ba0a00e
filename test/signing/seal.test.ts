import { CompactSign, importJWK } from 'jose'
import { beforeAll, expect, test } from 'vitest'
import { tokenDigest } from '../../src/signing/digest.ts'
import { Keyring } from '../../src/signing/keyring.ts'
import { importVerifyKey, makeKey, type NewKey } from '../../src/signing/keys.ts'
import { open, openStatement, type SigningKey, seal } from '../../src/signing/seal.ts'
import { base64url, otherSignature, tokenOf, withPart } from '../support/token.ts'

const typ = 'transfernetz-entry+jwt'
const payload = { seq: 1, text: 'Grüße' }

let key: NewKey
let signer: SigningKey

beforeAll(async () => {
  key = await makeKey('sig')
  const keys = new Keyring(base64url(Buffer.alloc(32, 7)))
  signer = { kid: key.kid, key: await keys.open(key.kid, await keys.seal(key.privateJwk)) }
})

const find = (kid: string) => (kid === key.kid ? importVerifyKey(key.publicJwk) : undefined)

test('what is sealed opens again under its key', async () => {
  const token = await seal(typ, payload, signer)

  expect(await open(token, typ, find)).toEqual({
    ok: true,
    header: { alg: 'ES256', kid: key.kid, typ },
    payload,
  })
})

test('a token of one type never stands for another', async () => {
  const token = await seal('transfernetz-head+jwt', payload, signer)

  expect(await open(token, typ, find)).toEqual({ ok: false, reason: 'header-typ' })
})

test('a token whose key nobody knows is told from one whose signature is wrong', async () => {
  const token = await seal(typ, payload, signer)
  const stranger = await makeKey('sig')

  const unknown = await open(token, typ, () => undefined)
  const wrong = await open(token, typ, () => importVerifyKey(stranger.publicJwk))

  expect(unknown).toEqual({ ok: false, reason: 'key-unknown' })
  expect(wrong).toEqual({ ok: false, reason: 'signature' })
})

test('every changed part breaks the signature', async () => {
  const token = await seal(typ, payload, signer)
  const changed = [
    withPart(token, 1, base64url('{"seq":2}')),
    withPart(token, 2, base64url(Buffer.alloc(64, 1))),
    withPart(token, 2, base64url(Buffer.alloc(64))),
    withPart(token, 2, base64url(Buffer.alloc(65, 1))),
  ]

  for (const each of changed) {
    expect(await open(each, typ, find)).toEqual({ ok: false, reason: 'signature' })
  }
})

test('a signature in DER form is none of ours', async () => {
  const token = await seal(typ, payload, signer)
  const raw = Buffer.from(token.split('.')[2] ?? '', 'base64url')
  const integer = (bytes: Buffer) => [0x02, 33, 0, ...bytes]
  const body = [...integer(raw.subarray(0, 32)), ...integer(raw.subarray(32))]

  const der = withPart(token, 2, base64url(Uint8Array.from([0x30, body.length, ...body])))

  expect(await open(der, typ, find)).toEqual({ ok: false, reason: 'signature' })
})

test('the same entry under its other valid signature has the same digest', async () => {
  const token = await seal(typ, payload, signer)

  const other = otherSignature(token)

  expect(other).not.toBe(token)
  expect((await open(other, typ, find)).ok).toBe(true)
  expect(tokenDigest(other)).toBe(tokenDigest(token))
})

test('a public key never serves as a secret for HS256', async () => {
  const secret = Buffer.from(JSON.stringify(key.publicJwk))
  const forged = await new CompactSign(Buffer.from('{}'))
    .setProtectedHeader({ alg: 'HS256', kid: key.kid, typ })
    .sign(secret)

  expect(await open(forged, typ, find)).toEqual({ ok: false, reason: 'header-alg' })
})

test('the gate comes before any search for a key', async () => {
  const never = () => {
    throw new Error('nobody should look for a key')
  }

  expect(await open(tokenOf('{}', '{}'), typ, never)).toEqual({
    ok: false,
    reason: 'header-members',
  })
})

test('a statement opens with header members that are foreign to us', async () => {
  const { privateJwk } = key
  const token = await new CompactSign(Buffer.from('{"iss":"a"}'))
    .setProtectedHeader({ alg: 'ES256', kid: key.kid, typ: 'entity-statement+jwt', foo: 'bar' })
    .sign(await importJWK(privateJwk, 'ES256'))

  expect(await openStatement(token, find)).toMatchObject({ ok: true, payload: { iss: 'a' } })
})
