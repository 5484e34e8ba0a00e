import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  expect,
  onTestFinished,
  test,
  vi,
} from 'vitest'
import { app } from '../src/app.tsx'
import { anchorIdAt, centreIdAt } from '../src/config.ts'
import { connect, repeatOnLoss } from '../src/database/connect.ts'
import { settleJournal } from '../src/exchange/append.ts'
import { pullFeed } from '../src/exchange/pull.ts'
import { verifyFeed } from '../src/exchange/verify-feed.ts'
import { refreshStatements } from '../src/federation/anchor.ts'
import { federationKey } from '../src/federation/keys.ts'
import { learnTrust } from '../src/federation/learn.ts'
import { centreById } from '../src/federation/store.ts'
import { vouch } from '../src/federation/vouch.ts'
import type { Db, Hub } from '../src/hub.ts'
import { type OpenHub, openHub } from '../src/open-hub.ts'
import { finishNarrowings } from '../src/publications/narrow.ts'
import { publish } from '../src/publications/publish.ts'
import { followLog } from '../src/search/follow.ts'
import type { Job } from './support/crasher.ts'
import { openTestDatabase, temporaryDirectory } from './support/database.ts'
import { root, until } from './support/program.ts'

// Processes of their own need time where the machine is busy.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 })

type Settings = Job['settings']
type Acknowledged = { rid: string; seq: number; dig: string }

let place: string
/** Berlin with a trust anchor of its own, served over HTTP in pages of five entries; and who mirrors it. */
let berlin: OpenHub
let kiww: OpenHub
let ofBerlin: Settings
let ofKiww: Settings
let iss: string
let server: Server
let closing: (() => Promise<unknown>)[]

beforeAll(async () => {
  place = await temporaryDirectory()
})
afterAll(() => rm(place, { recursive: true }))

beforeEach(async () => {
  closing = []
  server = createServer(getRequestListener((request) => app.fetch(inSmallPages(request), berlin)))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  // `address` is a text for pipes only.
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const anchor = { id: anchorIdAt(origin), pins: [] as string[] }
  iss = centreIdAt(origin, 'berlin')
  ofBerlin = await settingsOf('berlin', origin, anchor)
  berlin = await open(ofBerlin)
  await refreshStatements(berlin)
  anchor.pins.push((await federationKey(berlin, anchor.id)).kid)
  const { kid: fingerprint } = await federationKey(berlin, iss)
  await vouch(berlin, { entityId: iss, fingerprint })
  await learnTrust(berlin)
  ofKiww = await settingsOf('kiww', 'http://localhost:1', anchor)
  kiww = await open(ofKiww)
})
afterEach(async () => {
  server.closeAllConnections()
  server.close()
  for (const close of closing.toReversed()) await close()
})

const inSmallPages = (request: Request) => {
  const url = new URL(request.url)
  if (url.pathname === '/exchange/v1/entries') url.searchParams.set('limit', '5')
  return new Request(url, request)
}

const settingsOf = async (slug: string, origin: string, anchor: Settings['anchor']) => {
  const database = await openTestDatabase({ max: 1 })
  closing.push(() => database.close())
  const own = { origin, centres: [{ slug, name: slug, regions: [] }], anchor, nudges: false }
  const dataDir = join(place, randomBytes(6).toString('hex'))
  const secret = randomBytes(32).toString('base64url')
  const rest = { port: 1, hosts: [], logLevel: 'silent' }
  return { ...own, ...rest, dataDir, secret, databaseUrl: database.url }
}

const open = async (settings: Settings) => {
  const hub = await openHub(settings)
  closing.push(() => hub.close())
  return hub
}

const crasher = join(import.meta.dirname, 'support/crasher.ts')

/** Starts the process that will end itself, or be ended. */
const start = (job: Job) => {
  const child = spawn(process.execPath, [crasher, JSON.stringify(job)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close')
  let said = ''
  child.stdout.on('data', (data: Buffer) => {
    said += data
  })
  const kill = () => {
    child.kill('SIGKILL')
    return ended
  }
  onTestFinished(() => void kill())
  const told = <T = Acknowledged>(): T[] =>
    said
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line))
  return { ended, kill, told }
}

/** Runs a job that ends itself without warning; answers what it had told before. */
const crash = async (job: Job) => {
  const { ended, told } = start(job)
  expect(await ended).toEqual([null, 'SIGKILL'])
  return told()
}

const fixture = join(root, 'fixtures/records/berlin-hotel-dienstplan.json')

const publishAt = async (hub: Hub): Promise<Acknowledged> => {
  const answer = await publish(hub, { iss, input: JSON.parse(await readFile(fixture, 'utf8')) })
  if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
  return answer.published
}

interface Row {
  seq: number
  rid: string
  dig: string
  jws: string
}

const entriesAt = (hub: Hub) => hub.sql<Row[]>`
  select e.seq, e.rid, e.dig, e.jws from entries e join feeds f on f.id = e.feed_id
  where f.iss = ${iss} and f.feed = 'public' order by e.seq
`

/** The dead process holds the right to sign for some seconds more; let them be over. */
const passLease = (sql: Db) => sql`update feeds set signer_until = now() where signer is not null`

/** Berlin as it starts again after a crash. */
const restart = async () => {
  await repeatOnLoss(() => passLease(berlin.sql))
  berlin = await open(ofBerlin)
  await settleJournal(berlin, iss, 'public')
  return berlin
}

/** What must hold whenever everybody has come to rest. */
const expectWhole = async (hub: Hub, acknowledged: Acknowledged[]) => {
  const entries = await entriesAt(hub)
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, i) => i + 1))
  for (const { rid, seq, dig } of acknowledged) {
    expect(entries.filter((entry) => entry.rid === rid)).toMatchObject([{ seq, dig }])
  }
  const { rid: _, ...last } = entries.at(-1) ?? { rid: '' }
  expect(await hub.journal?.last(iss, 'public')).toMatchObject(last)
  const verdict = await verifyFeed(hub, {
    anchor: hub.config.anchor.id,
    pins: hub.config.anchor.pins,
    entityId: iss,
    feed: 'public',
  })
  expect(verdict).toMatchObject({ ok: true, proof: { entries: entries.length, faults: [] } })
  await expectIndexed(hub)
}

const expectIndexed = async (hub: Hub) => {
  await followLog(hub)
  const indexed = await hub.sql`select iss, feed, rid, ver from search_documents order by rid`
  const records = await hub.sql`
    select iss, feed, rid, ver from records where teaser is not null order by rid
  `
  expect([...indexed]).toEqual([...records])
  const [log] = await hub.sql`
    select (select position from log_end) as end, count(*) as count, max(position) as last from entries
  `
  expect(log).toEqual({ end: log?.count, count: log?.count, last: log?.count })
}

test.each([
  ['signed', 0],
  ['noted', 1],
  ['appended', 1],
] as const)(
  'killed when an entry is %s, a publisher loses nothing and signs no number twice',
  async (moment, kept) => {
    const first = await publishAt(berlin)

    const told = await crash({ settings: ofBerlin, act: 'publish', iss, moment })
    const noted = await berlin.journal?.last(iss, 'public')
    const hub = await restart()

    expect(told).toEqual([])
    const entries = await entriesAt(hub)
    expect(entries).toHaveLength(1 + kept)
    expect(entries.at(-1)?.jws).toBe(noted?.jws)
    const next = await publishAt(hub)
    expect(next.seq).toBe(2 + kept)
    await expectWhole(hub, [first, next])
  },
)

test('a narrowing killed between its two steps is finished after the next start: the record is in one place', async () => {
  const { rid } = await publishAt(berlin)
  await crash({ settings: ofBerlin, act: 'narrow', iss, rid, moment: 'appended' })
  const states = (hub: Hub) => hub.sql`select feed, ver, state from records order by ver`
  expect([...(await states(berlin))]).toEqual([
    { feed: 'public', ver: 1, state: 'published' },
    { feed: 'members', ver: 2, state: 'published' },
  ])

  const hub = await restart()
  await finishNarrowings(hub)

  expect([...(await states(hub))]).toEqual([
    { feed: 'public', ver: 1, state: 'erased' },
    { feed: 'members', ver: 2, state: 'published' },
  ])
  expect(await hub.sql`select 1 from entries`).toHaveLength(3)
})

test('who was killed while signing keeps others from it for some seconds only', async () => {
  await publishAt(berlin)
  await crash({ settings: ofBerlin, act: 'publish', iss, moment: 'signed' })

  const next = await publishAt(berlin)

  expect(next.seq).toBe(2)
  await expectWhole(berlin, [next])
})

const expectMirrored = async () => {
  const centre = await centreById(kiww.sql, iss)
  if (!centre) throw new Error('Berlin is not known')
  expect(await pullFeed(kiww, centre, 'public')).not.toHaveProperty('reason')
  expect([...(await entriesAt(kiww))]).toEqual([...(await entriesAt(berlin))])
  await expectIndexed(kiww)
}

const publishMany = async () => {
  for (let i = 0; i < 12; i++) await publishAt(berlin)
}

test('a mirror killed between two pages goes on after the first', async () => {
  await publishMany()

  await crash({ settings: ofKiww, act: 'pull', iss, moment: 'one page stored' })

  expect(await entriesAt(kiww)).toHaveLength(5)
  await expectMirrored()
})

/** Lets whoever stores a page wait in the middle of it, until the lock is given up. */
const holdUp = async ({ databaseUrl }: Settings, sql: OpenHub['sql']) => {
  const holder = connect(databaseUrl, { max: 1 })
  closing.push(() => holder.end({ timeout: 1 }))
  await holder.unsafe('begin; lock table records in exclusive mode')
  const storing = async () => {
    const [row] = await sql<{ pid: number }[]>`
      select pid from pg_stat_activity
      where datname = current_database() and query like '%store_entries(%'
        and wait_event_type = 'Lock' and pid <> pg_backend_pid()
    `
    return row?.pid
  }
  return { storing, release: () => holder.unsafe('rollback') }
}

test('a publisher whose session dies while its entry is being stored stores it once, and says so', async () => {
  const first = await publishAt(berlin)
  const observer = await open(ofBerlin)
  const { storing, release } = await holdUp(ofBerlin, observer.sql)
  const publishing = publishAt(berlin)
  await until(async () => (await storing()) !== undefined, 'the entry being stored')

  await observer.sql`select pg_terminate_backend(${(await storing()) ?? 0})`
  await release()

  const second = await publishing
  expect(second.seq).toBe(2)
  await expectWhole(await restart(), [first, second])
})

test('a mirror whose session dies while a page is being stored stores it once all the same', async () => {
  await publishMany()
  const { storing, release } = await holdUp(ofKiww, kiww.sql)
  const { ended, told } = start({ settings: ofKiww, act: 'pull', iss })
  await until(async () => (await storing()) !== undefined, 'a page being stored')

  await kiww.sql`select pg_terminate_backend(${(await storing()) ?? 0})`
  await release()

  expect(await ended).toEqual([0, null])
  expect(told()).toHaveLength(1)
  await expectMirrored()
})

test('a mirror killed while a page is being stored leaves the whole page or nothing of it', async () => {
  await publishMany()
  const { storing, release } = await holdUp(ofKiww, kiww.sql)
  const { kill } = start({ settings: ofKiww, act: 'pull', iss })
  await until(async () => (await storing()) !== undefined, 'a page being stored')

  await kill()
  await release()
  await until(async () => (await storing()) === undefined, 'the end of the session')

  expect([0, 5]).toContain((await entriesAt(kiww)).length)
  await expectMirrored()
})

test('the index is whole after its follower was killed between reading and writing', async () => {
  await publishMany()

  await crash({ settings: ofBerlin, act: 'index', iss, moment: 'about to index' })

  expect(await berlin.sql`select 1 from search_documents`).toHaveLength(0)
  await expectIndexed(berlin)
  expect(await berlin.sql`select 1 from search_documents`).toHaveLength(12)
})
