import { afterAll, beforeAll, expect, test } from 'vitest'
import { append } from '../../src/exchange/append.ts'
import { pullFeed } from '../../src/exchange/pull.ts'
import { issue, ownStatement } from '../../src/federation/anchor.ts'
import { federationKey, signingKey } from '../../src/federation/keys.ts'
import { learnTrust } from '../../src/federation/learn.ts'
import type { KnowledgeExchange } from '../../src/federation/statement.ts'
import { centreById } from '../../src/federation/store.ts'
import { vouch } from '../../src/federation/vouch.ts'
import { newRecordId } from '../../src/publications/record-id.ts'
import { makeKey } from '../../src/signing/keys.ts'
import { openFederation, type TestFederation } from '../support/hub.ts'

let net: TestFederation

beforeAll(async () => {
  net = await openFederation()
})
afterAll(() => net.close())

const say = () =>
  append(net.berlin, {
    iss: net.berlin.iss,
    feed: 'public',
    operation: { op: 'erase', rid: newRecordId(net.clock.now), ver: 0, reason: 'other' },
  })

const pull = async () => {
  const centre = await centreById(net.brandenburg.sql, net.berlin.iss)
  if (!centre) throw new Error('Berlin is not known')
  return pullFeed(net.brandenburg, centre, 'public')
}

const keyOfBerlin = async () => {
  const key = await signingKey(net.berlin, await centreById(net.berlin.sql, net.berlin.iss))
  if (!key) throw new Error('Berlin has no key')
  return key
}

/** The anchor states Berlin anew, with something changed; Brandenburg learns it. */
const state = async (change: (stated: KnowledgeExchange) => Partial<KnowledgeExchange>) => {
  await issue(net.kiww, net.berlin.iss, (before) => {
    const { jwks, metadata } = ownStatement(before?.jws ?? '')
    const stated = metadata.knowledge_exchange
    return { jwks, metadata: { knowledge_exchange: { ...stated, ...change(stated) } } }
  })
  await learnTrust(net.brandenburg)
}

test('a centre goes on with a second key; what the first one signed up to its cut stays good', async () => {
  const { iss, sql } = net.berlin
  const { dig } = await say()
  const first = await keyOfBerlin()
  const { kid, publicJwk, privateJwk } = await makeKey('sig')
  await sql`
    insert into keys (kid, owner, use, generation, public, sealed, made_at)
    values (${kid}, ${iss}, 'sig', 2, ${sql.json({ ...publicJwk })}, ${await net.berlin.keys.seal(privateJwk)}, now())
  `
  const { kid: fingerprint } = await federationKey(net.berlin, iss)
  expect(await vouch(net.kiww, { entityId: iss, fingerprint })).toMatchObject({ ok: true })
  await state(({ jwks }) => ({
    jwks: {
      keys: jwks.keys.map((jwk) =>
        jwk.n === 1 ? { ...jwk, valid_through: [{ feed: 'public', epoch: 1, seq: 1, dig }] } : jwk,
      ),
    },
  }))
  await learnTrust(net.berlin)

  await say()
  const second = await keyOfBerlin()
  const mirrored = await pull()

  expect([first.n, second.n]).toEqual([1, 2])
  expect(mirrored).toEqual({ received: 2 })
  const entries = await net.brandenburg.sql`select kid, fault from entries order by seq`
  expect(entries.map((row) => row.kid)).toEqual([first.kid, second.kid])
})

test('a head under a key that no longer counts proves nothing new, but stops nothing either', async () => {
  const { dig } = await say()
  await pull()
  const cut = [{ feed: 'public' as const, epoch: 1, seq: 3, dig }]
  await state(() => ({ status: 'suspended', valid_through: cut }))
  const held = () => net.brandenburg.sql`select head from feeds where iss = ${net.berlin.iss}`
  const before = await held()
  // Berlin has not heard of it yet and signs a new one.
  net.clock.now += 20 * 3_600_000

  const answer = await pull()

  expect(answer).toEqual({ received: 0 })
  expect(await held()).toEqual(before)
})
