import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import {
  type Centre,
  currentEpoch,
  isLive,
  type VerifyKey,
  verifyKeysOf,
  withinCuts,
} from '../../src/federation/centre.ts'
import type { Cut, StatedKey } from '../../src/federation/statement.ts'
import { makeKey } from '../../src/signing/keys.ts'

const dig = 'A'.repeat(43)
const other = 'B'.repeat(43)
const cut = (change: Partial<Cut> = {}): Cut => ({
  feed: 'public',
  epoch: 2,
  seq: 5,
  dig,
  ...change,
})

let keys: StatedKey[]
beforeAll(async () => {
  const made = await Promise.all([makeKey('sig'), makeKey('sig'), makeKey('enc')])
  keys = made.map(({ publicJwk }, i) => ({
    ...publicJwk,
    use: publicJwk.use ?? 'sig',
    ...(publicJwk.use === 'sig' && { n: i + 1 }),
  }))
})

const epochs = [1, 2].map((epoch) => ({ epoch, base: { epoch: 0, seq: 0, dig: '' } }))
const centre = (change: Partial<Centre> = {}): Centre => ({
  id: 'https://berlin.example/centres/berlin',
  iat: 0,
  exp: 0,
  organization_name: 'Berlin',
  'organization_name#de': 'Berlin',
  slug: 'berlin',
  operator: 'https://berlin.example/centres/berlin',
  regions: [],
  entries_endpoint: 'https://berlin.example/exchange/v1/entries',
  head_endpoint: 'https://berlin.example/exchange/v1/head',
  holdings_endpoint: 'https://berlin.example/exchange/v1/holdings',
  evidence_endpoint: 'https://berlin.example/exchange/v1/evidence',
  blobs_endpoint: 'https://berlin.example/exchange/v1/blobs',
  nudge_endpoint: 'https://berlin.example/exchange/v1/nudges',
  suites: ['tn1'],
  jwks: { keys },
  umbrella: false,
  status: 'active',
  feeds: { public: epochs, members: epochs },
  ...change,
})

const keyOf = async (change: Partial<Centre>, at = 0) => {
  const found = (await verifyKeysOf(centre(change))).get(keys[at]?.kid ?? '')
  if (!found) throw new Error('no such key')
  return found
}
const within = (
  key: VerifyKey,
  epoch: number,
  seq: number,
  digest = dig,
  feed: Cut['feed'] = 'public',
) => withinCuts(key, feed, { epoch, seq }, digest)

test('entries are verified with signing keys only, by number', async () => {
  const found = await verifyKeysOf(centre())

  expect([...found].map(([kid, { n }]) => [kid, n])).toEqual([
    [keys[0]?.kid, 1],
    [keys[1]?.kid, 2],
  ])
})

test('a key goes by its thumbprint, whatever the statement calls it', async () => {
  const [first] = keys as [StatedKey]

  const found = await verifyKeysOf(centre({ jwks: { keys: [{ ...first, kid: 'key of Berlin' }] } }))

  expect([...found.keys()]).toEqual([first.kid])
})

test('a key without cuts counts everywhere and for everything', async () => {
  const key = await keyOf({})

  expect(isLive(key)).toBe(true)
  expect(within(key, 9, 999, other, 'members')).toBe(true)
})

test('a retired key counts up to its cut, and its other keys go on', async () => {
  const [first, second] = keys as [StatedKey, StatedKey]
  const retired = { jwks: { keys: [{ ...first, valid_through: [cut()] }, second] } }

  const key = await keyOf(retired)

  expect(key).toMatchObject({ retired: true })
  expect(isLive(key)).toBe(false)
  expect(isLive(await keyOf(retired, 1))).toBe(true)
  const places = [within(key, 1, 999, other), within(key, 2, 4, other), within(key, 2, 5)]
  expect(places).toEqual([true, true, true])
  const beyond = [within(key, 2, 5, other), within(key, 2, 6), within(key, 3, 1)]
  expect(beyond).toEqual([false, false, false])
})

test('a feed that the cuts do not list is cut at 0', async () => {
  const [first] = keys as [StatedKey]

  const key = await keyOf({ jwks: { keys: [{ ...first, valid_through: [cut()] }] } })

  expect(within(key, 1, 1, dig, 'members')).toBe(false)
})

test.each(['suspended', 'ended'] as const)(
  'the keys of a centre that is %s are cut with it',
  async (status) => {
    const key = await keyOf({ status, valid_through: [cut()] })

    expect(key.retired).toBe(false)
    expect(isLive(key)).toBe(false)
    expect([within(key, 2, 5), within(key, 2, 6)]).toEqual([true, false])
  },
)

test('a centre that is suspended without a cut has no entry that counts', async () => {
  const key = await keyOf({ status: 'suspended' })

  expect(within(key, 1, 1)).toBe(false)
})

test('where key and centre are cut, the nearer cut counts', async () => {
  const [first] = keys as [StatedKey]
  const both = (ofKey: number, ofCentre: number) =>
    keyOf({
      status: 'ended',
      valid_through: [cut({ seq: ofCentre })],
      jwks: { keys: [{ ...first, valid_through: [cut({ seq: ofKey })] }] },
    })

  for (const key of [await both(3, 5), await both(5, 3)]) {
    expect([within(key, 2, 3), within(key, 2, 4)]).toEqual([true, false])
  }
})

test('what is within a cut: everything before it, itself, and nothing after', async () => {
  const key: VerifyKey = { ...(await keyOf({})), cuts: [[cut()]] }
  const place = fc.record({
    epoch: fc.integer({ min: 1, max: 4 }),
    seq: fc.integer({ min: 1, max: 9 }),
  })

  fc.assert(
    fc.property(place, ({ epoch, seq }) => {
      const position = epoch * 100 + seq
      expect(within(key, epoch, seq)).toBe(position <= 205)
      expect(within(key, epoch, seq, other)).toBe(position < 205)
    }),
  )
})

test('the current epoch is the highest, in whatever order they are stated', () => {
  const shuffled = centre({ feeds: { public: [...epochs].reverse(), members: epochs } })

  expect(currentEpoch(shuffled, 'public').epoch).toBe(2)
  expect(currentEpoch(shuffled, 'members').epoch).toBe(2)
})
