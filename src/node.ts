/** The Node door: one hub for the process, requests over HTTP, chores by timer. */

import { createServer, type Server, type ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'
import { serve } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { app } from './app.tsx'
import { type RunningChores, startChores } from './chores.ts'
import { ConfigError, type Settings } from './config.ts'
import { codeOf } from './database/start-error.ts'
import { lookBack, storeSigned } from './exchange/catch-up.ts'
import { pullAfresh } from './exchange/pulls.ts'
import type { Hub, News } from './hub.ts'
import { type OpenHub, openHub } from './open-hub.ts'
import { readCaller } from './web/caller.ts'
import { pathIn } from './web/canonical-path.ts'
import { networkOf, rateLimit } from './web/rate-limit.ts'
import { headersAt } from './web/security.ts'

export interface RunningNode {
  hub: OpenHub
  /** Requests in flight first, then chores, then the pool. */
  stop(): Promise<void>
}

/** Opens a hub, listens, and starts its chores. */
export const startNode = async (
  settings: Settings & { databaseUrl: string; secret: string },
): Promise<RunningNode> => {
  const opened = await openHub(settings)
  let servers: Server[] = []
  let running: RunningChores | undefined
  const hub = { ...opened, wake: (news?: News) => running?.wake(news) }
  const stop = async () => {
    await Promise.all(servers.map(drain))
    await running?.stop()
    await opened.close()
  }
  try {
    await lookBack(hub)
    servers = await listen(hub, settings)
    await storeSigned(hub)
    await pullAfresh(hub)
    running = startChores(hub)
    await opened.onNews(hub.wake)
    return { hub, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

const assets = fileURLToPath(new URL('../dist/public', import.meta.url))
const forever = 'public, max-age=31536000, immutable'

interface Caller {
  incoming: { socket: { remoteAddress?: string } }
  outgoing: Pick<ServerResponse, 'setHeader'>
}

const staticFiles = new Hono().get(
  '/assets/*',
  serveStatic({
    root: assets,
    precompressed: true,
    onFound: (_path, c) => {
      c.header('cache-control', forever)
    },
  }),
)

/** Everything that the app does not see: static files, what stands on every answer, and who is calling. */
const doorOf = (hub: Hub) => {
  const welcome = rateLimit({ calls: 120, milliseconds: 10_000, now: hub.now })
  const callerOf = readCaller(hub.config.trustedProxies ?? [])
  const headersOf = headersAt(hub.config.origin)
  return (request: Request, { incoming, outgoing }: Caller) => {
    // Straight on Node's own answer: on a `Headers` of the web they would cost a fifth of what a short answer does.
    for (const [name, value] of headersOf(request.url)) outgoing.setHeader(name, value)
    if (pathIn(request.url).startsWith('/assets/')) return staticFiles.fetch(request)
    // A connection that was closed meanwhile no longer knows; to work it out is left to those few who ask.
    const connected = incoming.socket.remoteAddress ?? ''
    const network = () =>
      networkOf(callerOf(connected, request.headers.get('x-forwarded-for') ?? ''))
    return app.fetch(request, { ...hub, network, admit: () => welcome(network()) })
  }
}

const listen = async (hub: Hub, { hosts, port }: Settings): Promise<Server[]> => {
  const door = doorOf(hub)
  return listenEach(hosts, port, (host) => listenOn(hub, door, host, port))
}

/** Says in one sentence that a port is taken, before anything is made that would hold it. */
export const refuseTakenPort = async (hosts: string[], port: number) => {
  const probes = await listenEach(hosts, port, (host) => probe(host, port))
  await Promise.all(probes.map(drain))
}

const listenEach = async (
  hosts: string[],
  port: number,
  listenAt: (host: string) => Promise<Server>,
) => {
  const servers: Server[] = []
  for (const host of hosts) {
    try {
      servers.push(await listenAt(host))
    } catch (error) {
      // Not every machine has IPv6; containers often do not.
      if (host === '::1' && isNoAddress(error) && servers.length > 0) continue
      await Promise.all(servers.map(drain))
      throw explain(error, host, port)
    }
  }
  return servers
}

/** Milliseconds. Node looks for whoever is too slow once in every interval only. */
const patience = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
}

const listenOn = (
  { log }: Hub,
  door: ReturnType<typeof doorOf>,
  hostname: string,
  port: number,
): Promise<Server> => {
  const fetch = (request: Request, caller: unknown) => door(request, caller as Caller)
  const options = { fetch, hostname, port, createServer, serverOptions: patience }
  return new Promise((resolve, reject) => {
    const server = serve(options, () => {
      server.on('error', (err) => log.error({ err }, 'server failed'))
      resolve(server as Server)
    })
    server.once('error', reject)
  })
}

const probe = (host: string, port: number) =>
  new Promise<Server>((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(port, host, () => resolve(server))
  })

const isNoAddress = (error: unknown) =>
  ['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'ENOTFOUND'].includes(codeOf(error) ?? '')

const explain = (error: unknown, host: string, port: number) => {
  if (codeOf(error) === 'EADDRINUSE') {
    return new ConfigError(
      `Der Port ${port} ist schon belegt. Läuft Transfernetz vielleicht bereits?`,
    )
  }
  if (codeOf(error) === 'EACCES')
    return new ConfigError(`Der Port ${port} ist diesem Benutzer nicht erlaubt.`)
  if (isNoAddress(error)) return new ConfigError(`Die Adresse ${host} hat dieser Rechner nicht.`)
  return error
}

/** Lets requests in flight finish, for at most five seconds. */
const drain = (server: Server) =>
  new Promise<void>((resolve) => {
    const patience = setTimeout(() => server.closeAllConnections(), 5_000)
    server.close(() => {
      clearTimeout(patience)
      resolve()
    })
    server.closeIdleConnections()
  })
