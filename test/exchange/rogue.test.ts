import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { startChores } from '../../src/chores.ts'
import { askPeers } from '../../src/exchange/ask-peers.ts'
import { pullDue } from '../../src/exchange/pulls.ts'
import { explain } from '../../src/exchange/reasons.ts'
import { feedStatus } from '../../src/exchange/status.ts'
import { signingKey } from '../../src/federation/keys.ts'
import { centreById } from '../../src/federation/store.ts'
import { publish } from '../../src/publications/publish.ts'
import { seal } from '../../src/signing/seal.ts'
import { caseFile, inputOf } from '../publications/fixtures.ts'
import { misbehaviours } from '../support/misbehaviours.ts'
import type { Scribe } from '../support/rogue.ts'
import {
  addCentres,
  openRogueFederation,
  type RogueFederation,
  scribeOf,
} from '../support/rogue-federation.ts'
import { answer, honestPage } from '../support/rogue-node.ts'

let net: RogueFederation

const statusOf = async (slug: string, feed: string) => {
  const rows = await feedStatus(net.brandenburg)
  const found = rows.find((row) => row.slug === slug && row.feed === feed)
  if (!found) throw new Error('no such feed')
  return found
}

/** Every feed is asked for once, after whatever pause. */
const poll = async () => {
  net.clock.now += 10 * 60_000
  await pullDue(net.brandenburg)
}

describe('a peer', () => {
  beforeAll(async () => {
    net = await openRogueFederation()
  })
  afterAll(() => net.close())
  beforeEach(async () => {
    net.behaveWell()
    await poll()
    expect(await kept()).toEqual(said())
    await net.scribe.publish()
  })

  const kept = async () => {
    const rows = await net.brandenburg.sql<{ jws: string }[]>`
      select e.jws from entries e join feeds f on f.id = e.feed_id
      where f.iss = ${net.berlin.iss} and f.feed = 'public' order by e.seq
    `
    return rows.map(({ jws }) => jws)
  }
  const said = () => net.scribe.entries.map(({ entry }) => entry)

  test.each(Object.entries(misbehaviours))(
    'that %s is found out, and nobody else is worse off',
    async (_, { does, reason, takes = 0 }) => {
      const { scribe, berlin, rogue } = net
      const before = scribe.entries.length - 1
      rogue.behave((asked) => {
        const page = honestPage(asked.url, scribe, berlin)
        const now = Math.floor(net.clock.now / 1000)
        if (asked.url.searchParams.get('feed') === 'public') does({ asked, page, scribe, now })
        else answer(asked, page)
      })

      await poll()

      expect((await statusOf('berlin', 'public')).reason).toBe(reason)
      expect(explain(reason)).not.toBe(reason)
      expect(await kept()).toEqual(said().slice(0, before + takes))
      const others = [
        await statusOf('berlin', 'members'),
        await statusOf('kiww', 'public'),
        await statusOf('kiww', 'members'),
      ]
      expect(others.map(({ reason }) => reason)).toEqual([null, null, null])
      expect(others.map(({ lastSuccess }) => lastSuccess?.getTime())).toEqual(
        Array(3).fill(net.clock.now),
      )
    },
  )
})

describe('a peer that contradicts itself', () => {
  let ids: string[]
  beforeAll(async () => {
    net = await openRogueFederation()
    ids = await addCentres(net, 4)
  })
  afterAll(() => net.close())

  /** What was said first, up to a number; then something else. */
  const another = async (iss: string, first: Scribe, upto: number, more: number) => {
    const second = await scribeOf(net.berlin, iss)
    second.entries.push(...first.entries.slice(0, upto))
    for (let i = 0; i < more; i++) await second.publish()
    return second
  }
  /** The rogue serves this chain for one of its centres, with this head. */
  const serve = (iss: string, scribe: Scribe, head: string | null = null) =>
    net.rogue.behave((asked) => {
      const about = asked.url.searchParams.get('iss') ?? ''
      const told = about === iss ? scribe : { ...scribe, entries: [] }
      const page = honestPage(asked.url, told, { iss: about })
      answer(asked, about === iss ? { ...page, head } : page)
    })
  const evidenceOf = async (iss: string) =>
    (await net.brandenburg.sql`select 1 from evidence where iss = ${iss}`).length
  const statusAt = async (iss: string) =>
    (await feedStatus(net.brandenburg)).find((row) => row.iss === iss && row.feed === 'public')

  test.each<[string, number, (iss: string, first: Scribe) => Promise<unknown>]>([
    [
      'by another entry at a number',
      3,
      async (iss, first) => serve(iss, await another(iss, first, 2, 4)),
    ],
    [
      'after it went back to yesterday',
      3,
      async (iss, first) => {
        const second = await another(iss, first, 2, 1)
        serve(iss, second, await second.head())
      },
    ],
    [
      'by its head alone',
      4,
      async (iss, first) => serve(iss, first, await first.head({ dig: 'A'.repeat(43) })),
    ],
  ])('%s is frozen with the proof, and nobody else', async (_, reasonSeq, contradict) => {
    const iss = ids.shift() ?? ''
    const first = await scribeOf(net.berlin, iss)
    for (let i = 0; i < 4; i++) await first.publish()
    serve(iss, first)
    await poll()
    expect(await statusAt(iss)).toMatchObject({ size: 4, reason: null })

    await contradict(iss, first)
    await poll()

    expect(await statusAt(iss)).toMatchObject({ size: 4, reason: 'forked', reasonSeq })
    expect(explain('forked')).not.toBe('forked')
    expect(await evidenceOf(iss)).toBe(1)
    expect(await statusOf('kiww', 'public')).toMatchObject({ reason: null })
  })

  test('in ever new ways is proved often enough, and no table grows for ever', async () => {
    const iss = ids.shift() ?? ''
    const first = await scribeOf(net.berlin, iss)
    await first.publish()
    serve(iss, first)
    await poll()
    await net.brandenburg.sql`
      insert into evidence (iss, feed, epoch, seq, kind, dig, jws, other, found_at)
      select ${iss}, 'public', 1, 1, 'fork', 'dig ' || n, 'a.b.c', 'd.e.f', now() from generate_series(1, 999) n
    `

    for (const dig of ['A', 'B', 'C']) {
      serve(iss, first, await first.head({ dig: dig.repeat(43) }))
      await poll()
    }

    expect(await statusAt(iss)).toMatchObject({ reason: 'forked' })
    expect(await evidenceOf(iss)).toBe(1_000)
  })
})

describe('a peer that lies about what it holds', () => {
  beforeAll(async () => {
    net = await openRogueFederation()
  })
  afterAll(() => net.close())

  test('is worth a try now and then, which no feed has to wait for', async () => {
    const { berlin, brandenburg, kiww, rogue, scribe, clock } = net
    const key = await signingKey(berlin, await centreById(berlin.sql, berlin.iss))
    if (!key) throw new Error('nobody has vouched for Berlin')
    const lie = { iss: kiww.iss, feed: 'public', epoch: 1, size: 1_000_000, erased_through: 0 }
    rogue.behave(async (asked) => {
      const { pathname, searchParams } = asked.url
      if (searchParams.get('iss') === kiww.iss) return
      if (!pathname.endsWith('/holdings'))
        return answer(asked, honestPage(asked.url, scribe, berlin))
      const iat = Math.floor(clock.now / 1000)
      const feeds = [{ ...lie, dig: 'A'.repeat(43) }]
      const holdings = { iss: berlin.iss, iat, exp: iat + 3_600, feeds }
      answer(asked, { holdings: await seal('transfernetz-holdings+jwt', holdings, key) })
    })
    const tries = () =>
      rogue.asked.filter(({ searchParams }) => searchParams.get('iss') === kiww.iss)

    for (let round = 1; round <= 4; round++) {
      const published = await publish(kiww, { iss: kiww.iss, input: inputOf(caseFile) })
      if (!published.ok) throw new Error(JSON.stringify(published.faults))
      const before = tries().length
      await poll()
      expect(tries().length).toBe(before)
      expect(await statusOf('kiww', 'public')).toMatchObject({ reason: null, size: round })
      await askPeers(brandenburg)
    }

    const [kept] =
      await brandenburg.sql`select steady, failures from pulls where iss = ${kiww.iss} and feed = 'public'`
    expect(kept).toEqual({ steady: true, failures: 0 })
    expect(tries().length).toBeGreaterThan(0)
    expect(tries().length).toBeLessThan(4)
  })
})

describe('ten peers', () => {
  /** Milliseconds: longer than any test. */
  const patient = { headers: 600_000, span: 600_000, bytes: 1 }

  beforeAll(async () => {
    net = await openRogueFederation(patient)
    await addCentres(net, 9)
  })
  afterAll(() => net.close())

  test('that never answer keep half of the lanes, and news of the others is there at once', async () => {
    const { brandenburg, kiww, rogue, clock } = net
    // First they are found out: all of them fail once.
    rogue.behave(({ response }) => response.destroy())
    await poll()
    const failed = (await feedStatus(brandenburg)).filter(({ reason }) => reason !== null)
    expect(failed).toHaveLength(20)
    const before = rogue.asked.length
    const pulls = () =>
      rogue.asked.slice(before).filter(({ pathname }) => pathname.endsWith('/entries')).length
    rogue.behave(() => undefined)
    clock.now += 10 * 60_000

    const running = startChores(brandenburg)
    await expect.poll(pulls).toBe(2)
    clock.now += 1_000
    const published = await publish(kiww, { iss: kiww.iss, input: inputOf(caseFile) })
    if (!published.ok) throw new Error(JSON.stringify(published.faults))
    const { origin } = brandenburg.config
    const body = JSON.stringify({ iss: kiww.iss, feed: 'public', epoch: 1, size: 1 })
    const headers = { 'content-type': 'application/json' }
    const nudge = { method: 'POST', headers, body }
    const hub = { ...brandenburg, wake: running.wake }
    expect((await app.request(`${origin}/exchange/v1/nudges`, nudge, hub)).status).toBe(202)
    await expect.poll(async () => (await statusOf('kiww', 'public')).size).toBe(1)

    expect(pulls()).toBe(2)
    // Whoever finds no lane for the rest does not ask for one again and again.
    expect(await pullDue(brandenburg)).toBeGreaterThan(0)
    rogue.behave(({ response }) => response.destroy())
    rogue.hangUp()
    await running.stop()
  })
})
