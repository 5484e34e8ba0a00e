import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { runChores } from '../../src/chores.ts'
import { append } from '../../src/exchange/append.ts'
import { pullFeed } from '../../src/exchange/pull.ts'
import { feedStatus } from '../../src/exchange/status.ts'
import { refreshStatements } from '../../src/federation/anchor.ts'
import { learnTrust } from '../../src/federation/learn.ts'
import { centreById } from '../../src/federation/store.ts'
import { publish } from '../../src/publications/publish.ts'
import { newRecordId } from '../../src/publications/record-id.ts'
import { erase } from '../../src/publications/take-back.ts'
import { caseFile, inputOf } from '../publications/fixtures.ts'
import { beginAnew, held, type Shelf, scribeOf, shelve, stateAnew } from '../support/chain.ts'
import { openFederation, settle, type TestFederation, type TestHub } from '../support/hub.ts'
import type { Scribe } from '../support/rogue.ts'

const day = 86_400_000

let net: TestFederation
beforeAll(async () => {
  net = await openFederation()
})
afterAll(() => net.close())

const publishAt = async (hub: TestHub) => {
  const answer = await publish(hub, { iss: hub.iss, input: inputOf(caseFile) })
  if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
  return answer.published.rid
}
const page = async (hub: TestHub, rid: string) =>
  (await app.request(`/api/records/berlin/${rid}`, {}, hub)).status
/** Days pass: the anchor, if it is there, states anew in time, and in the end these nodes hear of it. */
const pass = async (days: number, running: TestHub[]) => {
  for (let left = days; left > 0; left -= 5) {
    net.clock.now += Math.min(left, 5) * day
    if (running.includes(net.kiww)) await refreshStatements(net.kiww)
  }
  for (const hub of running) await learnTrust(hub)
}
/** A node does its chores for some minutes. */
const live = async (hub: TestHub, rounds = 3) => {
  for (let i = 0; i < rounds; i++) {
    net.clock.now += 6 * 60_000
    await runChores(hub)
  }
}
/** So long nobody reaches these nodes. */
const without = async (hubs: TestHub[], act: () => Promise<unknown>) => {
  for (const hub of hubs) net.network.delete(hub.config.origin)
  try {
    await act()
  } finally {
    for (const hub of hubs) net.network.set(hub.config.origin, hub)
  }
}
const troubles = async (hub: TestHub) =>
  (await feedStatus(hub)).flatMap(({ slug, feed, reason, pending }) =>
    reason || pending > 0 ? [{ slug, feed, reason, pending }] : [],
  )
const berlins = (hub: TestHub) => held(hub, net.berlin.iss)

test('a node that was off for ninety days catches up by itself', async () => {
  const { berlin, brandenburg, kiww } = net
  const [erased, kept] = [await publishAt(berlin), await publishAt(berlin)]
  await settle(net)
  await pass(45, [kiww, berlin])
  await erase(berlin, { iss: berlin.iss, rid: erased, reason: 'legal' })
  await publishAt(berlin)
  await pass(45, [kiww, berlin])

  await live(brandenburg)

  expect(await berlins(brandenburg)).toEqual(await berlins(berlin))
  expect([await page(brandenburg, erased), await page(brandenburg, kept)]).toEqual([410, 200])
  expect(await troubles(brandenburg)).toEqual([])
})

test('a node whose memory begins after years starts from any mirror, though the home is gone', async () => {
  const { berlin, brandenburg, kiww } = net
  await live(kiww)
  await beginAnew(net, berlin.iss, brandenburg)

  await without([berlin], () => live(brandenburg))

  expect(await berlins(brandenburg)).toEqual(await berlins(kiww))
  expect((await berlins(brandenburg))[1]).toHaveLength(4)
  const sources = await brandenburg.sql`
    select distinct via from entries e join feeds f on f.id = e.feed_id where f.iss = ${berlin.iss}
  `
  expect(sources).toEqual([{ via: kiww.config.origin }])
})

test('a centre whose host is gone is read on everywhere; where it moved to, the anchor says', async () => {
  const { berlin, brandenburg, kiww } = net
  await live(brandenburg)
  const origin = 'https://berlin-neu.example'
  const config = { ...berlin.config, origin, centres: [] }
  const moved = { ...berlin, config }

  await without([berlin], async () => {
    await live(brandenburg)
    const stranded = await troubles(brandenburg)
    net.network.set(origin, moved)
    await append(berlin, {
      ...{ iss: berlin.iss, feed: 'public' },
      operation: { op: 'erase', rid: newRecordId(net.clock.now), ver: 0, reason: 'other' },
    })
    const endpoints = { entries_endpoint: `${origin}/exchange/v1/entries` }
    await stateAnew(net, berlin.iss, () => endpoints, [kiww])
    await live(brandenburg)

    expect(stranded.map(({ reason }) => reason)).toContain('unreachable')
    expect(await berlins(brandenburg)).toEqual(await berlins(berlin))
    expect(await troubles(brandenburg)).toEqual([])
  })
  net.network.delete(origin)
  const back = { entries_endpoint: `${berlin.config.origin}/exchange/v1/entries` }
  await stateAnew(net, berlin.iss, () => back, [kiww, berlin, brandenburg])
})

describe('while the anchor is down', () => {
  test('for two days, nobody notices', async () => {
    const { berlin, brandenburg, kiww } = net
    await pass(1, [kiww, berlin, brandenburg])

    await without([kiww], async () => {
      await pass(2, [berlin])
      const rid = await publishAt(berlin)
      await live(brandenburg)

      expect(await page(brandenburg, rid)).toBe(200)
    })
  })

  test('for nine days, what is new waits and is not lost, and an erasure does not wait', async () => {
    const { berlin, brandenburg, kiww } = net
    const old = await publishAt(berlin)
    await pass(1, [kiww, berlin, brandenburg])
    await live(brandenburg)
    let fresh = ''

    await without([kiww], async () => {
      await pass(9, [berlin])
      fresh = await publishAt(berlin)
      await erase(berlin, { iss: berlin.iss, rid: old, reason: 'consent-revoked' })
      await live(brandenburg)

      expect([await page(berlin, fresh), await page(berlin, old)]).toEqual([200, 410])
      expect([await page(brandenburg, fresh), await page(brandenburg, old)]).toEqual([404, 404])
      expect(await troubles(brandenburg)).toContainEqual({
        ...{ slug: 'berlin', feed: 'public', reason: null, pending: 2 },
      })
    })
    await without([berlin], async () => {
      await live(kiww, 1)
      await live(brandenburg)
    })

    expect([await page(brandenburg, fresh), await page(brandenburg, old)]).toEqual([200, 410])
    expect(await berlins(brandenburg)).toEqual(await berlins(berlin))
  })
})

describe('whatever comes and goes', () => {
  let berlin: Scribe
  let shelf: Shelf
  const ver = new Map<string, number>()
  const gone = new Set<string>()

  const pull = async () => {
    const { brandenburg } = net
    const centre = await centreById(brandenburg.sql, net.berlin.iss)
    return centre && pullFeed(brandenburg, centre, 'public')
  }
  const pick = (at: number) => [...ver.keys()][at % Math.max(1, ver.size)]

  /** What may happen between Berlin, the anchor and the reader; `at` says to which record. */
  const happenings: Record<string, (at: number) => Promise<unknown> | unknown> = {
    publish: async () => {
      const rid = newRecordId(net.clock.now)
      ver.set(rid, 1)
      await berlin.publish({ rid })
    },
    revise: async (at) => {
      const rid = pick(at)
      if (!rid || gone.has(rid)) return
      ver.set(rid, (ver.get(rid) ?? 0) + 1)
      await berlin.publish({ rid, ver: ver.get(rid) })
    },
    erase: async (at) => {
      const rid = pick(at)
      if (!rid || gone.has(rid)) return
      gone.add(rid)
      await berlin.say({ op: 'erase', rid, ver: 0, reason: 'legal' })
    },
    withdraw: async (at) => {
      const rid = pick(at)
      if (!rid || gone.has(rid)) return
      gone.add(rid)
      await berlin.say({ op: 'withdraw', rid, ver: ver.get(rid), reason: 'other' })
    },
    'anchor lost': () => {
      net.clock.now += 8 * day
    },
    'anchor found': async () => {
      await refreshStatements(net.kiww)
      await learnTrust(net.brandenburg)
    },
    pull,
    'home down': () => {
      shelf.answer = () => new Response('', { status: 503 })
    },
    'home up': () => {
      shelf.answer = undefined
    },
  }

  test('nothing is shown that was taken back, nothing is lost, and in the end all holds the same', async () => {
    const { brandenburg } = net
    shelf = shelve(brandenburg, net.berlin.config.origin, net.berlin.iss, {
      entries: {},
      asked: [],
    })
    const story = fc.array(fc.tuple(fc.constantFrom(...Object.keys(happenings)), fc.nat()), {
      minLength: 4,
      maxLength: 16,
    })

    await fc.assert(
      fc.asyncProperty(story, async (steps) => {
        await beginAnew(net, net.berlin.iss, brandenburg)
        berlin = await scribeOf(net.berlin)
        Object.assign(shelf, { entries: { 1: berlin.entries }, answer: undefined, pageSize: 3 })
        ver.clear()
        gone.clear()
        for (const [what, at] of steps) {
          await happenings[what]?.(at)
          if (what !== 'pull' || shelf.answer) continue
          for (const rid of gone) expect(await page(brandenburg, rid)).toBeGreaterThanOrEqual(404)
        }
        shelf.answer = undefined
        await happenings['anchor found']?.(0)
        await pull()

        const all = berlin.entries.map((_, i) => berlin.digestAt(i + 1))
        expect((await berlins(brandenburg))[1]).toEqual(all)
        for (const rid of ver.keys()) {
          expect(await page(brandenburg, rid)).toBe(gone.has(rid) ? 410 : 200)
        }
        expect(await brandenburg.sql`select from pending`).toEqual([])
      }),
      { numRuns: 12 },
    )
  })
})
