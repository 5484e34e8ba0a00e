import { afterAll, beforeAll, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { append } from '../../src/exchange/append.ts'
import { pullFeed } from '../../src/exchange/pull.ts'
import { centreConfiguration } from '../../src/federation/configuration.ts'
import { learnTrust } from '../../src/federation/learn.ts'
import { centreById } from '../../src/federation/store.ts'
import { vouch } from '../../src/federation/vouch.ts'
import type { Hub } from '../../src/hub.ts'
import { newRecordId } from '../../src/publications/record-id.ts'
import { openFederation, openTestHub, type TestFederation } from '../support/hub.ts'

const origin = 'https://neu.example'

let net: TestFederation
/** Berlin's node with its database and keys, at another address. */
let moved: Hub
beforeAll(async () => {
  net = await openFederation()
})
afterAll(() => net.close())

const say = (hub: Hub) =>
  append(hub, {
    iss: net.berlin.iss,
    feed: 'members',
    operation: { op: 'erase', rid: newRecordId(net.clock.now), ver: 0, reason: 'other' },
  })
const pull = async () => {
  const centre = await centreById(net.brandenburg.sql, net.berlin.iss)
  if (!centre) throw new Error('Berlin is not known')
  return pullFeed(net.brandenburg, centre, 'members')
}

test('a centre whose node moved hands over its new address and goes on under its old id', async () => {
  await say(net.berlin)
  const [centre] = net.berlin.config.centres
  if (!centre) throw new Error('Berlin has no centre')
  const config = { ...net.berlin.config, origin, centres: [{ ...centre, id: net.berlin.iss }] }
  moved = { ...net.berlin, config }
  net.network.delete(net.berlin.config.origin)
  net.network.set(origin, moved)
  const gone = await pull()

  const entityId = net.berlin.iss
  const configuration = await centreConfiguration(moved, 'berlin')
  const fetched = await vouch(net.kiww, { entityId })
  const handed = await vouch(net.kiww, { entityId, configuration })
  await learnTrust(net.brandenburg)
  await say(moved)
  const found = await pull()

  expect(gone).toEqual({ received: 0, reason: 'unreachable' })
  expect(fetched).toEqual({ ok: false, reason: 'unreachable' })
  expect(handed).toMatchObject({ ok: true })
  expect(found).toEqual({ received: 2 })
})

test('it asks others as before', async () => {
  await learnTrust(moved)
  const brandenburg = await centreById(moved.sql, net.brandenburg.iss)
  if (!brandenburg) throw new Error('Brandenburg is not known')

  expect(await pullFeed(moved, brandenburg, 'members')).toEqual({ received: 0 })
})

test('it says at its new address who it is', async () => {
  const path = '/centres/berlin/.well-known/openid-federation'

  const answer = await app.request(path, {}, moved)

  expect(answer.status).toBe(200)
})

test('whoever gets the old address is not taken for it', async () => {
  const stranger = await openTestHub('berlin', { network: net.network, clock: net.clock })

  const answer = await vouch(net.kiww, { entityId: net.berlin.iss })

  expect(answer).toEqual({ ok: false, reason: 'unproven' })
  await stranger.close()
})
