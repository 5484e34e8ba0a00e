import { CompactEncrypt, compactDecrypt, importJWK } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { append } from '../../src/exchange/append.ts'
import { pullFeed } from '../../src/exchange/pull.ts'
import { issue, ownStatement } from '../../src/federation/anchor.ts'
import {
  configurationKey,
  federationKey,
  openingKey,
  signingKey,
  usableKeys,
} from '../../src/federation/keys.ts'
import { rotateKey } from '../../src/federation/rotate.ts'
import type { KnowledgeExchange } from '../../src/federation/statement.ts'
import { centreById } from '../../src/federation/store.ts'
import { vouch } from '../../src/federation/vouch.ts'
import { Problem } from '../../src/problem.ts'
import { newRecordId } from '../../src/publications/record-id.ts'
import { openFederation, type TestFederation, type TestHub } from '../support/hub.ts'
import { hear } from '../support/said.ts'

const minute = 60_000
const day = 86_400_000

let net: TestFederation
let berlin: TestHub
beforeAll(async () => {
  net = await openFederation()
  berlin = net.berlin
})
afterAll(() => net.close())

const confirm = async () => {
  expect(await vouch(net.kiww, { entityId: berlin.iss })).toMatchObject({ ok: true })
}
const stated = async (): Promise<KnowledgeExchange> => {
  const centre = await centreById(net.brandenburg.sql, berlin.iss)
  if (!centre) throw new Error('Berlin is not known')
  return centre
}
const signer = async () => signingKey(berlin, await centreById(berlin.sql, berlin.iss))
const say = () =>
  append(berlin, {
    iss: berlin.iss,
    feed: 'public',
    operation: { op: 'erase', rid: newRecordId(net.clock.now), ver: 0, reason: 'other' },
  })
const pull = async () => {
  const centre = await centreById(net.brandenburg.sql, berlin.iss)
  if (!centre) throw new Error('Berlin is not known')
  return pullFeed(net.brandenburg, centre, 'public')
}
const kidsOf = async (use: 'fed' | 'sig' | 'enc') =>
  (await usableKeys(berlin, berlin.iss, use)).map(({ kid }) => kid)
/** Sealed private keys that this database still holds. */
const kept = async () =>
  (await berlin.sql<{ kid: string }[]>`select kid from keys where sealed is not null`).map(
    ({ kid }) => kid,
  )

test('a new signing key is used once everybody has had the time to hear of it, and nobody stumbles', async () => {
  await hear(berlin)
  const first = await signer()
  await say()

  const kid = await rotateKey(berlin, berlin.iss, 'sig')
  await hear(berlin)
  const asked = await signer()
  await confirm()
  await hear(berlin)
  const confirmed = await signer()
  await say()
  // Brandenburg has not asked the anchor since.
  const before = await pull()
  net.clock.now += 14 * minute
  const soon = await signer()
  net.clock.now += 2 * minute
  const then = await signer()
  await say()
  await hear(net.brandenburg)
  const after = await pull()

  expect([asked, confirmed, soon].map((key) => key?.kid)).toEqual(Array(3).fill(first?.kid))
  expect(then).toMatchObject({ kid, n: 2 })
  expect([before, after]).toEqual([{ received: 2 }, { received: 1 }])
})

test('a key that waits for the anchor is not followed by another', async () => {
  const kid = await rotateKey(berlin, berlin.iss, 'sig')

  await expect(rotateKey(berlin, berlin.iss, 'sig')).rejects.toThrow(Problem)
  expect(await kidsOf('sig')).toHaveLength(3)
  await confirm()
  await hear(berlin)
  expect((await kidsOf('sig'))[0]).toBe(kid)
})

test('a signing key that is cut is thrown away; one that is left signs at once', async () => {
  const [third, second, first] = await kidsOf('sig')
  await issue(net.kiww, berlin.iss, (last) => {
    const { jwks, metadata } = ownStatement(last?.jws ?? '')
    const { knowledge_exchange: exchange } = metadata
    const keys = exchange.jwks.keys.map((jwk) =>
      jwk.kid === second || jwk.kid === first ? { ...jwk, valid_through: [] } : jwk,
    )
    return { jwks, metadata: { knowledge_exchange: { ...exchange, jwks: { keys } } } }
  })

  await hear(berlin)

  expect(await signer()).toMatchObject({ kid: third, n: 3 })
  expect(await kidsOf('sig')).toEqual([third])
  const left = await kept()
  expect(left).toContain(third)
  expect([first, second].filter((kid) => left.includes(kid ?? ''))).toEqual([])
})

test('letters go to the new encryption key; the old one opens what is under way, and then nothing', async () => {
  const [old = ''] = await kidsOf('enc')
  const letterTo = async (kid: string) => {
    const jwk = (await stated()).jwks.keys.find((each) => each.kid === kid)
    if (!jwk) throw new Error('the anchor does not state this key')
    const header = { alg: 'ECDH-ES+A256KW', enc: 'A256GCM', kid }
    const { kty, crv, x, y } = jwk
    const key = await importJWK({ kty, crv, x, y }, header.alg)
    return new CompactEncrypt(Buffer.from('ein Brief')).setProtectedHeader(header).encrypt(key)
  }
  const letter = await letterTo(old)
  const read = async (kid: string, sent: string) => {
    const key = await openingKey(berlin, berlin.iss, kid)
    return key && Buffer.from((await compactDecrypt(sent, key)).plaintext).toString()
  }

  const kid = await rotateKey(berlin, berlin.iss, 'enc')
  await hear(berlin)
  const unconfirmed = (await stated()).jwks.keys.filter(({ use }) => use === 'enc')
  await confirm()
  await hear(net.brandenburg)
  await hear(berlin)
  const confirmed = (await stated()).jwks.keys.filter(({ use }) => use === 'enc')

  expect(unconfirmed.map((jwk) => jwk.kid)).toEqual([old])
  expect(confirmed.map((jwk) => jwk.kid)).toEqual([kid])
  expect(await read(kid, await letterTo(kid))).toBe('ein Brief')
  net.clock.now += 8 * day - 1
  await hear(berlin)
  expect(await read(old, letter)).toBe('ein Brief')
  net.clock.now += 1
  expect(await read(old, letter)).toBeUndefined()
  await hear(berlin)
  expect(await kept()).not.toContain(old)
})

test('a new federation key is vouched for by the old one, which then goes', async () => {
  const [old] = await kidsOf('fed')

  const kid = await rotateKey(berlin, berlin.iss, 'fed')
  const asking = await configurationKey(berlin, berlin.iss)
  const compared = await federationKey(berlin, berlin.iss)
  await confirm()
  await hear(berlin)

  expect([asking.kid, compared.kid]).toEqual([old, kid])
  expect(await kidsOf('fed')).toEqual([kid])
  expect(await configurationKey(berlin, berlin.iss)).toMatchObject({ kid })
  await confirm()
})
