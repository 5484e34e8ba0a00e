import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { app } from '../../src/app.tsx'
import { runChores } from '../../src/chores.ts'
import { anchorIdAt, type Config, centreIdAt, type OwnCentre } from '../../src/config.ts'
import type { connect } from '../../src/database/connect.ts'
import { isAbsent } from '../../src/exchange/catch-up.ts'
import { refreshStatements } from '../../src/federation/anchor.ts'
import { ensureKeys, federationKey } from '../../src/federation/keys.ts'
import { learnTrust } from '../../src/federation/learn.ts'
import { isNamed } from '../../src/federation/store.ts'
import { vouch } from '../../src/federation/vouch.ts'
import type { Hub } from '../../src/hub.ts'
import { judgeContent } from '../../src/publications/judge.ts'
import { fileJournal } from '../../src/signing/file-journal.ts'
import { Keyring } from '../../src/signing/keyring.ts'
import { openTestDatabase } from './database.ts'

export interface TestHub extends Hub {
  sql: ReturnType<typeof connect>
  journalDirectory: string
  /** Entity id of its centre. */
  iss: string
  databaseUrl: string
  /** Milliseconds; `hub.now()` answers it, and one who sets it moves the clock. */
  clock: { now: number }
  close(): Promise<void>
}

export const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

const centres = {
  kiww: { slug: 'kiww', name: 'KIWW', regions: [] },
  berlin: { slug: 'berlin', name: 'Zukunftszentrum Berlin', regions: ['DE-BE'] },
  brandenburg: { slug: 'brandenburg', name: 'Zukunftszentrum Brandenburg', regions: ['DE-BB'] },
} satisfies Record<string, OwnCentre>
export type CentreName = keyof typeof centres

export const originOf = (name: CentreName) => `https://${name}.example`

/** A hub on a database of its own; its requests reach the hubs in `network`, by origin. */
export const openTestHub = async (
  name: CentreName,
  options: {
    network?: Map<string, Hub>
    pins?: string[]
    clock?: { now: number }
    origin?: string
  } = {},
): Promise<TestHub> => {
  const { network = new Map<string, Hub>(), pins = [], clock = { now: Date.now() } } = options
  const database = await openTestDatabase()
  const directory = await mkdtemp(join(tmpdir(), 'tn-hub-'))
  const config: Config = {
    origin: options.origin ?? originOf(name),
    centres: [structuredClone<OwnCentre>(centres[name])],
    anchor: { id: anchorIdAt(originOf('kiww')), pins },
    nudges: true,
  }
  const hub: TestHub = {
    config,
    sql: database.sql,
    keys: new Keyring(randomBytes(32).toString('base64url')),
    journal: fileJournal(directory),
    judgeContent,
    now: () => clock.now,
    fetch: async (input, init) => {
      const request = new Request(input, init)
      const peer = network.get(new URL(request.url).origin)
      if (!peer) throw new TypeError('fetch failed')
      return app.fetch(request, peer)
    },
    askIssuer: fetch,
    isNamed: (origin) => isNamed(hub.sql, config.anchor.id, origin),
    showsNothing: () => isAbsent(hub.sql),
    log: silent,
    iss: centreIdAt(config.origin, name),
    databaseUrl: database.url,
    journalDirectory: directory,
    clock,
    close: async () => {
      await database.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
  await ensureKeys(hub)
  network.set(config.origin, hub)
  return hub
}

export interface TestFederation extends Record<CentreName, TestHub> {
  network: Map<string, Hub>
  clock: { now: number }
  close(): Promise<void>
}

/**
 * KIWW with the trust anchor, Berlin and Brandenburg, joined and knowing each other; nothing published.
 * Berlin may have another origin, where somebody else answers to others.
 */
export const openFederation = async ({
  berlin: origin,
}: {
  berlin?: string
} = {}): Promise<TestFederation> => {
  const network = new Map<string, Hub>()
  const clock = { now: Date.parse('2026-03-02T09:00:00Z') }
  const kiww = await openTestHub('kiww', { network, clock })
  await refreshStatements(kiww)
  const pins = [(await federationKey(kiww, kiww.config.anchor.id)).kid]
  const at = origin === undefined ? {} : { origin }
  const berlin = await openTestHub('berlin', { network, clock, pins, ...at })
  const brandenburg = await openTestHub('brandenburg', { network, clock, pins })
  const hubs = [kiww, berlin, brandenburg]
  for (const hub of hubs) {
    const { kid: fingerprint } = await federationKey(hub, hub.iss)
    const answer = await vouch(kiww, { entityId: hub.iss, fingerprint, umbrella: hub === kiww })
    if (!answer.ok) throw new Error(answer.reason)
  }
  for (const hub of hubs) await learnTrust(hub)
  const close = async () => {
    await Promise.all(hubs.map((hub) => hub.close()))
  }
  return { kiww, berlin, brandenburg, network, clock, close }
}

/** Lets time pass and every hub do its chores, until news has gone everywhere. */
export const settle = async ({ kiww, berlin, brandenburg, clock }: TestFederation) => {
  for (let round = 0; round < 2; round++) {
    clock.now += 6 * 60_000
    for (const hub of [kiww, berlin, brandenburg]) await runChores(hub)
  }
}

/** Lets time pass until one hub has heard what is new at the others: what news a test waits for comes no other way. */
export const hear = async (hub: TestHub) => {
  hub.clock.now += 6 * 60_000
  await runChores(hub)
}
