/** The Node door: one hub for the process, requests over HTTP, chores by timer. */

import { createServer, type Server } from 'node:http'
import { fileURLToPath } from 'node:url'
import { serve } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { app } from './app.tsx'
import { type RunningChores, startChores } from './chores.ts'
import { ConfigError, ownCentreIds, type Settings } from './config.ts'
import { settleJournal } from './exchange/append.ts'
import { feedNames } from './federation/statement.ts'
import type { Hub } from './hub.ts'
import { type OpenHub, openHub } from './open-hub.ts'
import { rateLimit } from './web/rate-limit.ts'

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
  let running: RunningChores | undefined
  const hub = { ...opened, wake: () => running?.wake() }
  try {
    const servers = await listen(hub, settings)
    running = startChores(hub)
    await opened.onNews(hub.wake)
    await settleOwnFeeds(hub)
    const stop = async () => {
      await Promise.all(servers.map(drain))
      await running?.stop()
      await opened.close()
    }
    return { hub, stop }
  } catch (error) {
    await running?.stop()
    await opened.close()
    throw error
  }
}

/** What was signed before a crash but not appended is appended now. Not being able to sign is said when publishing. */
const settleOwnFeeds = async (hub: Hub) => {
  for (const iss of ownCentreIds(hub.config)) {
    for (const feed of feedNames) {
      await settleJournal(hub, iss, feed)?.catch((error) =>
        hub.log.warn({ err: error, iss, feed }, 'cannot sign'),
      )
    }
  }
}

const assets = fileURLToPath(new URL('../dist/public', import.meta.url))
const forever = 'public, max-age=31536000, immutable'

interface Caller {
  incoming: { socket: { remoteAddress?: string } }
}

const staticFiles = new Hono().get(
  '/assets/*',
  serveStatic({
    root: assets,
    precompressed: true,
    onFound: (_path, c) => {
      c.header('cache-control', forever)
      c.header('x-content-type-options', 'nosniff')
      c.header('cross-origin-resource-policy', 'same-origin')
    },
  }),
)

/** Everything that the app does not see: static files, and who is calling. */
const doorOf = (hub: Hub) => {
  const welcome = rateLimit({ calls: 120, milliseconds: 10_000, now: hub.now })
  return (request: Request, { incoming }: Caller) => {
    if (new URL(request.url).pathname.startsWith('/assets/')) return staticFiles.fetch(request)
    const address = incoming.socket.remoteAddress ?? ''
    return app.fetch(request, { ...hub, admit: () => welcome(address) })
  }
}

const listen = async (hub: Hub, { hosts, port }: Settings): Promise<Server[]> => {
  const door = doorOf(hub)
  const servers: Server[] = []
  try {
    for (const hostname of hosts) servers.push(await listenOn(door, hostname, port))
    return servers
  } catch (error) {
    await Promise.all(servers.map(drain))
    throw explain(error, port)
  }
}

const listenOn = (door: ReturnType<typeof doorOf>, hostname: string, port: number) =>
  new Promise<Server>((resolve, reject) => {
    const serverOptions = {
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      keepAliveTimeout: 5_000,
    }
    const fetch = (request: Request, caller: unknown) => door(request, caller as Caller)
    const server = serve({ fetch, hostname, port, createServer, serverOptions }, () =>
      resolve(server as Server),
    )
    server.once('error', reject)
  })

const explain = (error: unknown, port: number) => {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'EADDRINUSE') {
    return new ConfigError(
      `Der Port ${port} ist schon belegt. Läuft Transfernetz vielleicht bereits?`,
    )
  }
  if (code === 'EACCES')
    return new ConfigError(`Der Port ${port} ist diesem Benutzer nicht erlaubt.`)
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
