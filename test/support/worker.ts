/** The Workers door in a real workerd, and beside it a Node peer with the trust anchor. */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { createTestHarness, experimental_readRawConfig } from 'wrangler'
import { app } from '../../src/app.tsx'
import { anchorIdAt, centreIdAt } from '../../src/config.ts'
import { refreshStatements } from '../../src/federation/anchor.ts'
import { ensureKeys, federationKey } from '../../src/federation/keys.ts'
import { learnTrust } from '../../src/federation/learn.ts'
import { vouch } from '../../src/federation/vouch.ts'
import type { Hub } from '../../src/hub.ts'
import { openWorkerHub, type WorkerEnv, type WorkerHub } from '../../src/open-worker-hub.ts'
import { openTestDatabase } from './database.ts'
import { openTestHub, type TestHub } from './hub.ts'

const root = join(import.meta.dirname, '../..')
const origin = 'https://brandenburg.example'

export interface WorkerWorld {
  /** KIWW, on Node, over HTTP on loopback. */
  peer: TestHub
  /** A hub in this process, opened as the Worker opens its own. */
  hub: WorkerHub
  /** Entity id of the Worker's centre. */
  iss: string
  /** A request to the Worker. */
  ask(path: string, init?: Pick<RequestInit, 'method' | 'headers' | 'body'>): Promise<Response>
  /** Cloudflare's clock. */
  tick(): Promise<unknown>
  /** What the Worker logged as an error. */
  errors(): string[]
  /** Starts the Worker again, where no database answers. */
  loseDatabase(): Promise<unknown>
  close(): Promise<void>
}

/** Both have joined the federation, but the Worker has not run yet and knows nobody. */
export const openWorkerWorld = async (): Promise<WorkerWorld> => {
  await using opened = new AsyncDisposableStack()
  // Otherwise wrangler asks Cloudflare what requests there look like.
  process.env.CLOUDFLARE_CF_FETCH_ENABLED = 'false'
  const worker = createTestHarness({ root, workers: [] })
  // The harness answers with the Response of an undici of its own.
  const fetchWorker = worker.fetch as unknown as typeof fetch
  const peer = await openPeer(fetchWorker)
  opened.defer(peer.close)
  const database = opened.use(await openTestDatabase())
  const assets = await mkdtemp(join(tmpdir(), 'tn-assets-'))
  opened.defer(() => rm(assets, { recursive: true }))
  const env: WorkerEnv = {
    ORIGIN: origin,
    CENTRES: '[{"slug":"brandenburg","name":"Zukunftszentrum Brandenburg","regions":["DE-BB"]}]',
    TRUST_ANCHOR: peer.config.anchor.id,
    TRUST_ANCHOR_PINS: (await federationKey(peer, peer.config.anchor.id)).kid,
    NODE_SECRET: randomBytes(32).toString('base64url'),
    HYPERDRIVE: { connectionString: database.url },
    CALLS: { limit: async () => ({ success: true }) },
  }
  const hub = openWorkerHub(env)
  opened.defer(hub.close)
  const iss = centreIdAt(origin, 'brandenburg')

  await ensureKeys(hub)
  opened.defer(worker.close)
  await worker.update(optionsOf(env, assets))
  await worker.listen()
  await admit(peer, iss, hub)
  await learnTrust(peer)

  const closing = opened.move()
  return {
    peer,
    hub,
    iss,
    ask: (path, init = {}) => fetchWorker(origin + path, { redirect: 'manual', ...init }),
    tick: () => worker.getWorker().scheduled({}),
    errors: () => worker.getLogs().flatMap((log) => (log.level === 'error' ? [log.message] : [])),
    loseDatabase: () =>
      worker.update(optionsOf({ ...env, HYPERDRIVE: { connectionString: nowhere } }, assets)),
    close: () => closing.disposeAsync(),
  }
}

/** Nobody listens on port 1. */
const nowhere = 'postgres://nobody:nothing@127.0.0.1:1/nowhere'

/**
 * As `wrangler.toml` says, but for what differs where it is deployed; and from the source, since a test
 * does not wait for a build.
 */
const optionsOf = ({ HYPERDRIVE, CALLS: _, ...vars }: WorkerEnv, assets: string) => {
  const { rawConfig } = experimental_readRawConfig({ config: join(root, 'wrangler.toml') })
  const [hyperdrive] = rawConfig.hyperdrive ?? []
  const local = { localConnectionString: HYPERDRIVE.connectionString }
  return {
    root,
    workers: [
      {
        config: {
          ...rawConfig,
          main: 'src/worker.ts',
          assets: { directory: assets },
          hyperdrive: [{ binding: '', id: '', ...hyperdrive, ...local }],
          vars: { ...vars },
        },
      },
    ],
  }
}

/** The anchor takes a centre in, as two people would who compare its key's thumbprint on the telephone. */
const admit = async (anchor: Hub, entityId: string, hub: Hub, umbrella = false) => {
  const { kid: fingerprint } = await federationKey(hub, entityId)
  const answer = await vouch(anchor, { entityId, fingerprint, umbrella })
  if (!answer.ok) throw new Error(answer.reason)
}

const openPeer = async (fetchWorker: typeof fetch): Promise<TestHub> => {
  const base = await openTestHub('kiww', { clock: realTime })
  let hub: TestHub
  const server = createServer(
    getRequestListener((request) => app.fetch(request, hub), { overrideGlobalObjects: false }),
  )
  const here = await listen(server)
  hub = {
    ...base,
    config: { ...base.config, origin: here, anchor: { id: anchorIdAt(here), pins: [] } },
    iss: centreIdAt(here, 'kiww'),
    fetch: (input, init) =>
      String(input).startsWith(origin) ? fetchWorker(input, init) : fetch(input, init),
    close: async () => {
      server.closeAllConnections()
      server.close()
      await base.close()
    },
  }
  await ensureKeys(hub)
  await refreshStatements(hub)
  await admit(hub, hub.iss, hub, true)
  return hub
}

/** The Worker's clock is the real one. */
const realTime = {
  get now() {
    return Date.now()
  },
}

const listen = async (server: Server) => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // `address` is a text for pipes only.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
