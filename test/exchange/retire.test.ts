import { afterAll, beforeAll, expect, test } from 'vitest'
import { retireReplacedKeys } from '../../src/exchange/retire.ts'
import { refreshStatements } from '../../src/federation/anchor.ts'
import { signingKey } from '../../src/federation/keys.ts'
import { rotateKey } from '../../src/federation/rotate.ts'
import { vouch } from '../../src/federation/vouch.ts'
import { openFederation, type TestFederation, type TestHub } from '../support/hub.ts'
import { centreAt, hear, read, say } from '../support/said.ts'

const minute = 60_000
const hour = 60 * minute

let net: TestFederation
let berlin: TestHub
beforeAll(async () => {
  net = await openFederation()
  berlin = net.berlin
  await say(berlin)
  await readAll()
})
afterAll(() => net.close())

const readAll = async () => {
  await read(net.kiww, berlin)
  await read(net.kiww, berlin, 'members')
}
const hearAll = () => hear(net.kiww, berlin, net.brandenburg)
const signer = async () => (await signingKey(berlin, await centreAt(berlin, berlin.iss)))?.kid
const sayInBoth = async () => {
  await say(berlin)
  await say(berlin, 'members')
  await readAll()
}
/** The keys that the anchor states, and up to which entries of the public feed each counts. */
const ends = async () => {
  await retireReplacedKeys(net.kiww)
  await hearAll()
  const { jwks } = await centreAt(net.brandenburg, berlin.iss)
  return jwks.keys
    .filter(({ use }) => use === 'sig')
    .map(({ valid_through }) => valid_through?.map(({ feed, seq }) => `${feed} ${seq}`))
}

test('a key that was replaced ends with its last entry, once every feed has long gone on under the new one', async () => {
  const old = await signer()
  await rotateKey(berlin, berlin.iss, 'sig')
  await vouch(net.kiww, { entityId: berlin.iss })
  await hearAll()
  const stated = await ends()

  // Another entry of the old key, which nobody had forbidden.
  await say(berlin)
  net.clock.now += 16 * minute
  await sayInBoth()
  const tooSoon = await ends()
  net.clock.now += hour
  await say(berlin)
  await readAll()
  // The head of the other feed is an hour old and still good.
  const oneFeed = await ends()
  await sayInBoth()
  const both = await ends()

  expect([stated, tooSoon, oneFeed]).toEqual(Array(3).fill([undefined, undefined]))
  expect(both).toEqual([['public 2', 'members 0'], undefined])
  expect(await signer()).not.toBe(old)
})

test('what it signed before is good for whoever comes later, and the centre goes on', async () => {
  await say(berlin)

  expect(await read(net.brandenburg, berlin)).toEqual({ received: 6 })
})

test('a key that is the only one is left alone', async () => {
  net.clock.now += 48 * hour
  await refreshStatements(net.kiww)
  await hearAll()
  await sayInBoth()

  expect((await ends())[1]).toBeUndefined()
})
