import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type NewEpoch, planNewEpoch, startNewEpoch } from '../../src/exchange/new-epoch.ts'
import { federationKey } from '../../src/federation/keys.ts'
import { feedNames } from '../../src/federation/statement.ts'
import { vouch } from '../../src/federation/vouch.ts'
import { openFederation, openTestHub, type TestFederation, type TestHub } from '../support/hub.ts'
import { centreAt, hear, read, say } from '../support/said.ts'

let net: TestFederation
let berlin: TestHub
let brandenburg: TestHub
beforeAll(async () => {
  net = await openFederation()
  berlin = net.berlin
  brandenburg = net.brandenburg
})
afterAll(() => net.close())

const wanted = (hub: TestHub, more: Partial<NewEpoch> = {}): NewEpoch => ({
  ...{ entityId: hub.iss, feeds: [...feedNames], ends: {}, rejoins: false },
  ...more,
})

describe('a new epoch', () => {
  let digs: string[]
  beforeAll(async () => {
    digs = [(await say(brandenburg)).dig, (await say(brandenburg)).dig]
    await read(net.kiww, brandenburg)
  })

  test('follows on the last entry that was verified, or an earlier one that the operator chooses', async () => {
    const bases = async (more: Partial<NewEpoch>) => {
      const planned = await planNewEpoch(net.kiww, wanted(brandenburg, more))
      return planned.ok ? planned.plan.bases : planned.reason
    }

    expect(await bases({})).toEqual([
      { feed: 'public', epoch: 1, seq: 2, dig: digs[1] },
      { feed: 'members', epoch: 1, seq: 0, dig: '' },
    ])
    expect(await bases({ feeds: ['public'], ends: { public: 1 } })).toEqual([
      { feed: 'public', epoch: 1, seq: 1, dig: digs[0] },
    ])
    await expect(bases({ ends: { public: 3 } })).rejects.toThrow('nur 2 Einträge geprüft')
  })

  test('is stated of this feed alone, and the writer goes on in it with the key it has', async () => {
    await startNewEpoch(net.kiww, wanted(brandenburg, { feeds: ['public'] }))
    await hear(net.kiww, berlin, brandenburg)

    const { feeds, jwks } = await centreAt(berlin, brandenburg.iss)
    expect(feeds.public.at(-1)).toEqual({ epoch: 2, base: { epoch: 1, seq: 2, dig: digs[1] } })
    expect(feeds.members).toHaveLength(1)
    expect(jwks.keys.some(({ valid_through }) => valid_through)).toBe(false)
    expect(await say(brandenburg)).toMatchObject({ epoch: 2, seq: 1 })
  })
})

describe('a centre that lost everything', () => {
  let anew: TestHub
  let fingerprint: string
  let last: string
  beforeAll(async () => {
    last = (await say(berlin)).dig
    await read(net.kiww, berlin)
    await read(brandenburg, berlin)
    const { pins } = berlin.config.anchor
    anew = await openTestHub('berlin', { network: net.network, pins, clock: net.clock })
    fingerprint = (await federationKey(anew, anew.iss)).kid
    await hear(anew)
  })
  afterAll(() => anew.close())

  test('is not simply vouched for again: nobody knows what it signed', async () => {
    const answer = await vouch(net.kiww, { entityId: anew.iss, fingerprint })

    expect(answer).toEqual({ ok: false, reason: 'keys-missing' })
  })

  test('has to be compared again', async () => {
    const rejoin = (more: Partial<NewEpoch>) =>
      startNewEpoch(net.kiww, wanted(anew, { rejoins: true, ...more }))

    expect(await rejoin({})).toEqual({ ok: false, reason: 'unproven' })
    expect(await rejoin({ fingerprint: 'A'.repeat(43) })).toEqual({
      ok: false,
      reason: 'fingerprint',
    })
  })

  test('comes back under its id with new keys, in new epochs of both feeds; the lost key ends at their base', async () => {
    const planned = await startNewEpoch(
      net.kiww,
      wanted(anew, { feeds: ['public'], rejoins: true, fingerprint }),
    )
    await hear(net.kiww, anew, brandenburg)

    expect(planned).toMatchObject({ ok: true, plan: { lost: [{ n: 1 }] } })
    const { feeds, jwks } = await centreAt(brandenburg, anew.iss)
    const base = { epoch: 1, seq: 1, dig: last }
    expect(feeds.public.at(-1)).toEqual({ epoch: 2, base })
    expect(feeds.members.at(-1)?.epoch).toBe(2)
    const [first, second] = jwks.keys
    expect(first?.valid_through).toContainEqual({ feed: 'public', ...base })
    expect(second).toMatchObject({ n: 2 })
    expect(second).not.toHaveProperty('valid_through')
  })

  test('has its own records again before it signs anything, and goes on after them', async () => {
    const next = await say(anew)

    expect(next).toMatchObject({ epoch: 2, seq: 1 })
    expect(await read(brandenburg, anew)).toMatchObject({ received: 1 })
    const held = await anew.sql`
      select epoch, size from feeds where iss = ${anew.iss} and feed = 'public' order by epoch
    `
    expect(held.map(({ epoch, size }) => [epoch, size])).toEqual([
      [1, 1],
      [2, 1],
    ])
  })
})
