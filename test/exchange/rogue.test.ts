import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { startChores } from '../../src/chores.ts'
import { explain } from '../../src/commands/reasons.ts'
import { centreIdAt } from '../../src/config.ts'
import { pullDue } from '../../src/exchange/pulls.ts'
import { feedStatus } from '../../src/exchange/status.ts'
import { ensureKeys, federationKey } from '../../src/federation/keys.ts'
import { learnTrust } from '../../src/federation/learn.ts'
import { vouch } from '../../src/federation/vouch.ts'
import { publish } from '../../src/publications/publish.ts'
import { caseFile, inputOf } from '../publications/fixtures.ts'
import { misbehaviours } from '../support/misbehaviours.ts'
import {
  answer,
  honestPage,
  openRogueFederation,
  type RogueFederation,
} from '../support/rogue-node.ts'

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

describe('ten peers', () => {
  /** Milliseconds: longer than any test. */
  const patient = { headers: 600_000, span: 600_000, bytes: 1 }

  beforeAll(async () => {
    net = await openRogueFederation(patient)
    const { berlin, kiww, brandenburg } = net
    for (let i = 1; i < 10; i++) {
      berlin.config.centres.push({ slug: `rogue-${i}`, name: `Rogue ${i}`, regions: [] })
    }
    await ensureKeys(berlin)
    for (const { slug } of berlin.config.centres.slice(1)) {
      const entityId = centreIdAt(berlin.config.origin, slug)
      const { kid: fingerprint } = await federationKey(berlin, entityId)
      expect(await vouch(kiww, { entityId, fingerprint })).toMatchObject({ ok: true })
    }
    await learnTrust(brandenburg)
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
    expect(await pullDue(brandenburg)).toBeGreaterThan(1_000)
    rogue.behave(({ response }) => response.destroy())
    rogue.hangUp()
    await running.stop()
  })
})
