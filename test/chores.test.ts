import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Chore, chores, runChores, startChores } from '../src/chores.ts'
import { federationKey } from '../src/federation/keys.ts'
import { learnTrust } from '../src/federation/learn.ts'
import { centreById } from '../src/federation/store.ts'
import { vouch } from '../src/federation/vouch.ts'
import { publish } from '../src/publications/publish.ts'
import { listPage } from '../src/publications/reading.ts'
import { caseFile, inputOf } from './publications/fixtures.ts'
import { openFederation, settle, type TestFederation, type TestHub } from './support/hub.ts'

let net: TestFederation

beforeAll(async () => {
  net = await openFederation()
})
afterAll(() => net.close())

const sayNews = async (hub: TestHub) => {
  const answer = await publish(hub, { iss: hub.iss, input: inputOf(caseFile) })
  if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
  return answer.published.rid
}

const shownAt = async (hub: TestHub) =>
  (await listPage(hub, 'public', {})).records.map(({ rid }) => rid)

const chore = (change: Partial<Chore>): Chore => ({
  name: 'a chore',
  every: 60_000,
  on: ['stored', 'nudged'],
  run: async () => undefined,
  ...change,
})

test('chores are done in their order, and the soonest wish to run again is told', async () => {
  const done: string[] = []
  const list = [
    chore({ run: async () => void done.push('first') }),
    chore({
      run: async () => {
        done.push('second')
        return 700
      },
    }),
    chore({ every: 30_000, run: async () => 90_000 }),
  ]

  expect(await runChores(net.berlin, list)).toBe(700)
  expect(await runChores(net.berlin, list.slice(2))).toBe(30_000)
  expect(done).toEqual(['first', 'second'])
})

test('a chore that fails is logged and tried again soon, and does not keep the others', async () => {
  const logged: unknown[] = []
  const hub = {
    ...net.berlin,
    log: { ...net.berlin.log, error: (told: unknown) => logged.push(told) },
  }
  const done: string[] = []
  const failing = chore({ name: 'broken', run: () => Promise.reject(new Error('no luck')) })
  const next = chore({ run: async () => void done.push('next') })

  const soonest = await runChores(hub as never, [failing, next])

  expect(soonest).toBe(5_000)
  expect(done).toEqual(['next'])
  expect(logged).toMatchObject([{ chore: 'broken', err: { message: 'no luck' } }])
})

test('an anchor that cannot be read is asked again after some seconds', async () => {
  const learn = chores.filter(({ name }) => name === 'learn trust')
  const alone = { ...net.brandenburg, fetch: () => Promise.reject(new TypeError('fetch failed')) }

  const wait = await runChores(alone, learn)

  expect(wait).toBeGreaterThanOrEqual(12_000)
  expect(wait).toBeLessThanOrEqual(18_000)
  expect(await runChores(net.brandenburg, learn)).toBe(300_000)
})

test('what the anchor states anew is acted on at once', async () => {
  const learn = chores.filter(({ name }) => name === 'learn trust')
  let woken = 0
  const hub = { ...net.brandenburg, wake: () => void woken++ }
  const { kid: fingerprint } = await federationKey(net.berlin, net.berlin.iss)
  await vouch(net.kiww, { entityId: net.berlin.iss, fingerprint })

  await runChores(hub, learn)
  await runChores(hub, learn)

  expect(woken).toBe(1)
})

test('without nudges and without anybody waking them, nodes have the news after some minutes', async () => {
  for (const hub of [net.kiww, net.berlin, net.brandenburg]) hub.config.nudges = false
  const rid = await sayNews(net.berlin)

  await settle(net)

  expect(await shownAt(net.brandenburg)).toContain(rid)
  expect(await shownAt(net.kiww)).toContain(rid)
  for (const hub of [net.kiww, net.berlin, net.brandenburg]) hub.config.nudges = true
})

test('statements are kept fresh by chores alone, for weeks', async () => {
  for (let day = 0; day < 15; day++) {
    net.clock.now += 86_400_000
    await runChores(net.kiww)
    await runChores(net.brandenburg)
  }

  const berlin = await centreById(net.brandenburg.sql, net.berlin.iss)

  expect((berlin?.exp ?? 0) * 1000 - net.clock.now).toBe(7 * 86_400_000)
})

test('news that comes while a chore is running does not wait for its next turn', async () => {
  const told: number[] = []
  const reach = net.berlin.fetch
  const hub: TestHub = {
    ...net.berlin,
    fetch: async (input, init) => {
      const { host, pathname } = new URL(new Request(input, init).url)
      if (host === 'brandenburg.example' && pathname.endsWith('/nudges')) {
        told.push(JSON.parse(String(init?.body)).size)
        if (told.length === 1) await sayNews(hub)
      }
      return reach(input, init)
    },
  }
  await learnTrust(hub)
  await sayNews(hub)

  const running = startChores(hub)
  hub.wake = running.wake
  await vi.waitFor(() => expect(told).toHaveLength(2), 12_000)
  await running.stop()

  expect(told[1]).toBe((told[0] ?? 0) + 1)
})

/** Milliseconds: far less than a minute, when chores would run by themselves. */
const soon = 12_000

test('between running nodes news is there at once, and they stop when they are told', async () => {
  const start = performance.now()
  const base = net.clock.now
  const hubs = [net.kiww, net.berlin, net.brandenburg]
  const running = hubs.map((hub) => {
    hub.now = () => base + Math.round(performance.now() - start)
    const started = startChores(hub)
    hub.wake = started.wake
    return started
  })
  await vi.waitFor(async () => {
    const rows = await net.brandenburg
      .sql`select 1 from pulls where last_success is null and iss <> ${net.brandenburg.iss}`
    expect(rows).toHaveLength(0)
  }, soon)

  const rid = await sayNews(net.berlin)
  await vi.waitFor(async () => {
    expect(await shownAt(net.brandenburg)).toContain(rid)
    expect(await shownAt(net.kiww)).toContain(rid)
  }, soon)
  await Promise.all(running.map((chores) => chores.stop()))

  const before = await shownAt(net.brandenburg)
  await sayNews(net.berlin)
  expect(await shownAt(net.brandenburg)).toEqual(before)
})
