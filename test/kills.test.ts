/**
 * The node, its database server and single sessions are killed at random moments under load, again and again. A
 * journal outside notes what was acknowledged: all of it must be there afterwards, once, unchanged.
 * `npm run test:kills -- --kills N [--seed S]` goes on for longer.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { app } from '../src/app.tsx'
import { anchorIdAt, centreIdAt } from '../src/config.ts'
import { connect, isDatabaseAway, repeatOnLoss } from '../src/database/connect.ts'
import { type EmbeddedDatabase, startEmbedded } from '../src/database/embedded.ts'
import { settleJournal } from '../src/exchange/append.ts'
import { refreshStatements } from '../src/federation/anchor.ts'
import { federationKey } from '../src/federation/keys.ts'
import { learnTrust } from '../src/federation/learn.ts'
import { vouch } from '../src/federation/vouch.ts'
import type { Hub } from '../src/hub.ts'
import { type OpenHub, openHub } from '../src/open-hub.ts'
import { type Evidence, faultsIn, type Line, type StoredEntry } from './support/checker.ts'
import type { Job } from './support/crasher.ts'
import { silent, temporaryDirectory } from './support/database.ts'
import { until } from './support/program.ts'

const kills = Number(process.env.KILLS ?? 10)
const terminations = Number(process.env.TERMINATIONS ?? 60)
const seed = Number(process.env.KILLS_SEED ?? Date.now() % 100_000)

vi.setConfig({ testTimeout: 60_000 + kills * 5_000 + terminations * 500, hookTimeout: 60_000 })

const origin = 'http://localhost:1'
const iss = centreIdAt(origin, 'berlin')
const crasher = join(import.meta.dirname, 'support/crasher.ts')

let place: string
let database: EmbeddedDatabase
let secret: string

beforeAll(async () => {
  place = await temporaryDirectory()
  secret = randomBytes(32).toString('base64url')
  await startDatabase()
  await withHub(takeIn)
})
afterAll(async () => {
  await database.stop()
  await rm(place, { recursive: true })
})

const startDatabase = async () => {
  database = await startEmbedded({ directory: join(place, 'database'), log: silent })
  await database.ensureDatabase('berlin')
}

const settings = (): Job['settings'] => ({
  origin,
  centres: [{ slug: 'berlin', name: 'Zukunftszentrum Berlin', regions: ['DE-BE'] }],
  anchor: { id: anchorIdAt(origin), pins: [] },
  nudges: false,
  databaseUrl: database.url('berlin'),
  dataDir: join(place, 'data'),
  secret,
  port: 1,
  hosts: [],
  logLevel: 'silent',
})

const withHub = async <T>(act: (hub: OpenHub) => Promise<T>): Promise<T> => {
  const hub = await openHub(settings())
  try {
    return await act(hub)
  } finally {
    await hub.close()
  }
}

/** Berlin runs the trust anchor itself: nobody else is needed. */
const takeIn = async (hub: OpenHub) => {
  const own: Hub = {
    ...hub,
    fetch: async (input, init) => app.fetch(new Request(input, init), hub),
  }
  await refreshStatements(own)
  const { kid: fingerprint } = await federationKey(own, iss)
  expect(await vouch(own, { entityId: iss, fingerprint })).toMatchObject({ ok: true })
  await learnTrust(own)
}

interface Publisher {
  child: ChildProcess
  lines(): Line[]
  /** How many acts it was told are done. */
  done(): number
  isAlive(): boolean
  kill(): Promise<unknown>
}

/** A process in which so many publish on and on. */
const startPublisher = (writers: number): Publisher => {
  const job: Job = { settings: settings(), act: 'publish on and on', iss, writers }
  const child = spawn(process.execPath, [crasher, JSON.stringify(job)], {
    // What it complains about when its database dies is no matter here.
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ended = once(child, 'close')
  let said = ''
  child.stdout.on('data', (data: Buffer) => {
    said += data
  })
  const lines = (): Line[] =>
    said
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line))
  const kill = () => {
    child.kill('SIGKILL')
    return ended
  }
  onTestFinished(() => void kill())
  return {
    child,
    lines,
    done: () => lines().filter((line) => 'done' in line).length,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    kill,
  }
}

/** The same numbers for the same seed. */
const openDice = () => {
  let state = seed
  return (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
}

const server = async () => {
  const path = join(database.home, 'data/postmaster.pid')
  return Number((await readFile(path, 'utf8')).split('\n')[0])
}

const killServer = async () => {
  process.kill(await server(), 'SIGKILL')
}

/** One session of the node's, in the midst of what it does: the server then ends all others, and recovers. */
const killSession = async () => {
  const sql = connect(database.url('berlin'), { max: 1, name: 'killer' })
  const [row] = await sql<{ pid: number }[]>`
    select pid from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() order by random() limit 1
  `
  await sql.end({ timeout: 1 })
  if (row) process.kill(row.pid, 'SIGKILL')
}

/** The dead hold the right to sign for some seconds more; let them be over. */
const passLease = async () => {
  const sql = connect(database.url('berlin'), { max: 1, name: 'killer' })
  await until(() =>
    repeatOnLoss(() => sql`update feeds set signer = null, signer_until = null`).then(
      () => true,
      // The server may still be recovering from the last kill.
      (error) => (isDatabaseAway(error) ? false : Promise.reject(error)),
    ),
  )
  await sql.end({ timeout: 1 })
}

const evidence = async (lines: Line[]) => {
  await passLease()
  return withHub(async (hub): Promise<Evidence> => {
    await settleJournal(hub, iss, 'public')
    const entries = await hub.sql<StoredEntry[]>`
      select e.seq, e.position, e.rid, e.dig, e.jws, e.content, e.salt
      from entries e join feeds f on f.id = e.feed_id
      where f.iss = ${iss} and f.feed = 'public' order by e.seq
    `
    const last = await hub.journal?.last(iss, 'public')
    expect(last).toMatchObject({ seq: entries.at(-1)?.seq, dig: entries.at(-1)?.dig })
    return { lines, entries: [...entries] }
  })
}

let whole: Evidence

test(`${kills} kills of node, server and sessions lose nothing that was acknowledged (KILLS_SEED=${seed})`, async () => {
  const dice = openDice()
  const lines: Line[] = []

  for (let kill = 0; kill < kills; kill++) {
    await passLease()
    const publisher = startPublisher(3)
    await until(() => publisher.done() > 0, 'the first entry')
    await pause(dice(80))
    const victim = kill % 3
    if (victim === 1) {
      await killServer()
      await pause(dice(80))
    }
    if (victim === 2) {
      await killSession()
      const before = publisher.done()
      // Its sessions are gone with the one; the node goes on where it was.
      await until(() => publisher.done() > before, 'one more entry')
    }
    await publisher.kill()
    lines.push(...publisher.lines())
    if (victim === 1) {
      await database.stop()
      await startDatabase()
    }
  }

  whole = await evidence(lines)
  expect(faultsIn(whole)).toEqual([])
  expect(whole.entries.length).toBeGreaterThanOrEqual(kills)
})

test.each<[string, (evidence: Evidence) => Evidence, RegExp]>([
  [
    'a row that is gone',
    ({ lines, entries }) => ({ lines, entries: entries.filter(({ seq }) => seq !== 2) }),
    /acknowledged and is lost/,
  ],
  [
    'the last row that is gone',
    ({ lines, entries }) => ({ lines, entries: entries.slice(0, lastAcknowledged(lines) - 1) }),
    /acknowledged and is lost/,
  ],
  [
    'a byte of a content that was flipped',
    ({ lines, entries }) => ({ lines, entries: entries.with(1, flipped(entries[1])) }),
    /content of entry 2/,
  ],
  [
    'a byte of an entry that was flipped',
    ({ lines, entries }) => ({ lines, entries: entries.with(1, bent(entries[1])) }),
    /entry 2 is another/,
  ],
  [
    'two entries in each other’s place',
    ({ lines, entries: [a, b, ...rest] }) => ({ lines, entries: b && a ? [b, a, ...rest] : [] }),
    /stands where/,
  ],
  [
    'an act that was done twice',
    ({ lines, entries }) => ({
      lines,
      entries: entries.flatMap((e) => (e.seq === 2 ? [e, e] : e)),
    }),
    /twice/,
  ],
  [
    'an acknowledgement that was dropped',
    ({ lines, entries }) => ({
      lines: lines.filter((line) => line !== firstFollowed(lines)),
      entries,
    }),
    /acknowledgement \d+ of .* is missing/,
  ],
])('who checks that notices %s', (_, tamper, fault) => {
  expect(faultsIn(tamper(whole)).join('\n')).toMatch(fault)
})

const lastAcknowledged = (lines: Line[]) =>
  Math.max(...lines.map((line) => ('done' in line ? line.seq : 0)))

/** The first acknowledgement after which the same writer went on. */
const firstFollowed = (lines: Line[]) =>
  lines.find(
    (line) =>
      'done' in line &&
      lines.some(
        (next) => 'began' in next && next.writer === line.writer && next.began === line.done + 1,
      ),
  )

const flipped = (entry: StoredEntry | undefined) => {
  if (!entry?.content) throw new Error('there is no content')
  const content = Buffer.from(entry.content)
  content[10] = (content[10] ?? 0) ^ 1
  return { ...entry, content }
}

const bent = (entry: StoredEntry | undefined) => {
  if (!entry) throw new Error('there is no entry')
  return { ...entry, jws: entry.jws.replace('.', '.A') }
}

test('while sessions are ended every 30 ms, no act is torn, none acknowledged is lost, and the node lives', async () => {
  const before = whole.entries.length
  await passLease()
  const publisher = startPublisher(12)
  await until(() => publisher.done() > 0, 'the first entry')
  const admin = connect(database.url('berlin'), { max: 1, name: 'killer' })
  onTestFinished(() => admin.end({ timeout: 1 }))

  let ended = 0
  while (ended < terminations || publisher.done() < 30) {
    const [row] = await admin<{ ended: boolean }[]>`
      select pg_terminate_backend(pid) as ended from pg_stat_activity
      where datname = current_database() and application_name like 'transfernetz %'
      order by random() limit 1
    `
    if (row?.ended) ended++
    expect(publisher.isAlive()).toBe(true)
    await pause(30)
    if (ended % 20 > 0) continue
    // A busy machine gets no further when it is killed faster than it works.
    const before = publisher.done()
    await until(() => publisher.done() > before, 'one more acknowledgement')
  }
  await publisher.kill()

  const { lines, entries } = await evidence(publisher.lines())
  expect(faultsIn({ lines, entries })).toEqual([])
  expect(entries.length).toBeGreaterThanOrEqual(before + 30)
})
