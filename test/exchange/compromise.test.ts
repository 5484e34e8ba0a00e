import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { attestHoldings } from '../../src/exchange/attest.ts'
import { compromise, planCompromise } from '../../src/exchange/compromise.ts'
import { openHead } from '../../src/exchange/head.ts'
import { openHoldings } from '../../src/exchange/holdings.ts'
import { headOf } from '../../src/exchange/page.ts'
import { repeatTakenBack } from '../../src/exchange/repeat.ts'
import { callerOf } from '../../src/exchange/speaker.ts'
import { feedOf } from '../../src/exchange/store.ts'
import { verifyKeysOf } from '../../src/federation/centre.ts'
import { signingKey } from '../../src/federation/keys.ts'
import { rotateKey } from '../../src/federation/rotate.ts'
import { allCentres } from '../../src/federation/store.ts'
import { vouch } from '../../src/federation/vouch.ts'
import { Problem } from '../../src/problem.ts'
import { newRecordId } from '../../src/publications/record-id.ts'
import { type SigningKey, seal } from '../../src/signing/seal.ts'
import { openFederation, type TestFederation, type TestHub } from '../support/hub.ts'
import { openScribe } from '../support/rogue.ts'
import { centreAt, hear, read, say } from '../support/said.ts'

const minute = 60_000

let net: TestFederation
let berlin: TestHub
let brandenburg: TestHub
/** Berlin's first key, as the thief has it too. */
let stolen: SigningKey
beforeAll(async () => {
  net = await openFederation()
  berlin = net.berlin
  brandenburg = net.brandenburg
  const key = await signingKey(berlin, await centreAt(berlin, berlin.iss))
  if (!key) throw new Error('Berlin has no key')
  stolen = key
})
afterAll(() => net.close())

const hearAll = () => hear(net.kiww, berlin, brandenburg)
const plan = (ends = {}) =>
  planCompromise(net.kiww, { entityId: berlin.iss, kid: stolen.kid, ends })

describe('a signing key that fell into wrong hands', () => {
  let digs: string[]
  beforeAll(async () => {
    digs = [(await say(berlin)).dig, (await say(berlin)).dig, (await say(berlin)).dig]
    await read(net.kiww, berlin)
    await read(brandenburg, berlin)
    expect(await readForged(1, 4, digs[2])).toEqual({ received: 1 })
  })

  test('counts up to the last entry that is known, unless the operator chooses an earlier one', async () => {
    const nothing = { feed: 'members', epoch: 1, seq: 0, dig: '' }
    const end = (seq: number) => ({ feed: 'public', epoch: 1, seq, dig: digs[seq - 1] })

    expect(await plan()).toMatchObject({ cuts: [end(3), nothing], anew: ['public', 'members'] })
    expect(await plan({ public: 2 })).toMatchObject({ cuts: [end(2), nothing] })
    await expect(plan({ public: 4 })).rejects.toThrow('nur 3 Einträge geprüft')
  })

  test('is one of the centre that is stated', async () => {
    const of = (entityId: string, kid: string) =>
      planCompromise(net.kiww, { entityId, kid, ends: {} })

    await expect(of(brandenburg.iss, stolen.kid)).rejects.toThrow(Problem)
    await expect(of(berlin.iss, 'A'.repeat(43))).rejects.toThrow(Problem)
    await expect(of('https://hessen.example/centres/hessen', stolen.kid)).rejects.toThrow(Problem)
  })

  test('proves nothing any more at any node, though it did a moment ago', async () => {
    const before = await provings()
    net.clock.now += minute
    await compromise(net.kiww, { entityId: berlin.iss, kid: stolen.kid, ends: { public: 2 } })
    await hear(net.kiww, brandenburg)

    expect(before).toEqual({ assertion: 200, head: true, holdings: true })
    // Berlin has not heard of it yet and goes on.
    expect(await provings()).toEqual({
      assertion: 401,
      head: 'key-retired',
      holdings: 'key-retired',
    })
  })

  const provings = async () => {
    const { iss } = berlin
    const caller = await callerOf(berlin)
    const [feed] = await feedOf(berlin.sql, iss, 'public', 1)
    if (!caller || !feed) throw new Error('Berlin says nothing')
    const now = Math.floor(net.clock.now / 1000)
    const known = await centreAt(brandenburg, iss)
    const head = await openHead(
      (await headOf(berlin, feed)) ?? '',
      { iss, feed: 'public', epoch: 1 },
      await verifyKeysOf(known),
      now,
    )
    const holdings = await openHoldings(
      await attestHoldings(berlin, undefined),
      await allCentres(brandenburg.sql),
      now,
    )
    const claims = { iss, sub: iss, aud: brandenburg.config.origin, iat: now, exp: now + 60 }
    const token = await seal(
      'transfernetz-assertion+jwt',
      { ...claims, jti: crypto.randomUUID() },
      caller.key,
    )
    const path = `/exchange/v1/head?iss=${encodeURIComponent(iss)}&feed=public`
    const headers = { authorization: `Bearer ${token}` }
    const { status } = await app.request(path, { headers }, brandenburg)
    return {
      assertion: status,
      head: head.ok || head.reason,
      holdings: holdings.ok || holdings.reason,
    }
  }

  test('opens an epoch after its cut, in which the thief cannot go on', async () => {
    const { feeds, jwks } = await centreAt(brandenburg, berlin.iss)

    expect(feeds.public.at(-1)).toEqual({ epoch: 2, base: { epoch: 1, seq: 2, dig: digs[1] } })
    expect(jwks.keys.find(({ kid }) => kid === stolen.kid)?.valid_through).toHaveLength(2)
    expect(await readForged(2, 1, digs[1])).toMatchObject({ received: 0, reason: 'key-cut' })
  })

  /** Brandenburg is led to believe that the thief's entry comes next. */
  const readForged = async (epoch: number, seq: number, prev: string | undefined) => {
    const { iss } = berlin
    const thief = openScribe({ iss, feed: 'public', key: stolen, now: berlin.now })
    const operation = { op: 'erase', rid: newRecordId(net.clock.now), ver: 0, reason: 'legal' }
    const entries = [await thief.say({ epoch, seq, prev, ...operation })]
    const page = { iss, feed: 'public', epoch, entries, head: null, next_after: seq, more: false }
    const honest = brandenburg.fetch
    brandenburg.fetch = async () => Response.json(page)
    const heard = await read(brandenburg, berlin)
    brandenburg.fetch = honest
    return heard
  }

  test('is replaced by another, with which the centre goes on at once', async () => {
    await hearAll()
    await expect(say(berlin)).rejects.toThrow(Problem)

    const kid = await rotateKey(berlin, berlin.iss, 'sig')
    expect(await vouch(net.kiww, { entityId: berlin.iss })).toMatchObject({ ok: true })
    await hearAll()

    // The third entry took something back, and no longer counts: it has to be said again first.
    await expect(say(berlin)).rejects.toThrow('beginnt gerade neu')
    await repeatTakenBack(berlin)
    expect(await say(berlin)).toMatchObject({ epoch: 2, seq: 2 })
    expect(await read(brandenburg, berlin)).toMatchObject({ received: 2 })
    const [entry] = await brandenburg.sql`
      select e.kid from entries e join feeds f on f.id = e.feed_id
      where f.epoch = 2 and f.iss = ${berlin.iss}
    `
    expect(entry?.kid).toBe(kid)
  })

  test('leaves every node with the same entries, whatever each had been told', async () => {
    await read(net.kiww, berlin)

    const held = (hub: TestHub) => hub.sql`
      select f.epoch, e.seq, e.dig from entries e join feeds f on f.id = e.feed_id
      where f.iss = ${berlin.iss} order by f.epoch, e.seq
    `
    expect(await held(brandenburg)).toEqual(await held(berlin))
    expect(await held(net.kiww)).toEqual(await held(berlin))
    expect(await held(berlin)).toHaveLength(4)
  })

  test('is not cut a second time: what was valid up to its cut stays valid for ever', async () => {
    await expect(plan()).rejects.toThrow('gilt schon jetzt nur für ältere Einträge')
  })
})

test('a key that was replaced long ago needs no new epoch where a newer one has gone on', async () => {
  const old = await signingKey(berlin, await centreAt(berlin, berlin.iss))
  await say(berlin, 'members')
  await rotateKey(berlin, berlin.iss, 'sig')
  await vouch(net.kiww, { entityId: berlin.iss })
  await hearAll()
  net.clock.now += 16 * minute
  await say(berlin)
  await read(net.kiww, berlin)
  await read(net.kiww, berlin, 'members')

  const { cuts, anew } = await planCompromise(net.kiww, {
    entityId: berlin.iss,
    kid: old?.kid ?? '',
    ends: {},
  })

  expect(cuts).toMatchObject([
    { feed: 'public', epoch: 2, seq: 2 },
    { feed: 'members', epoch: 2, seq: 1 },
  ])
  expect(anew).toEqual(['members'])
})
