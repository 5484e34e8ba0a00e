/** Hubs that answer over HTTP on this machine, for programs of their own that ask them. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { app } from '../../src/app.tsx'
import { anchorIdAt, centreIdAt } from '../../src/config.ts'
import { ensureKeys } from '../../src/federation/keys.ts'
import { isNamed } from '../../src/federation/store.ts'
import type { Hub } from '../../src/hub.ts'
import { secured } from '../../src/web/security.ts'
import { type CentreName, openTestHub, type TestHub } from './hub.ts'

/** The clock of other processes cannot be set. */
const realTime = {
  get now() {
    return Date.now()
  },
}

/** A hub at an origin of its own; the trust anchor is run here unless another one is named. */
export const openServedHub = async (
  name: CentreName,
  anchor?: Hub['config']['anchor'],
): Promise<TestHub> => {
  const base = await openTestHub(name, { clock: realTime })
  let hub: TestHub
  const server = createServer(
    getRequestListener(
      async (request) => secured(await app.fetch(request, hub), hub.config.origin, request),
      { overrideGlobalObjects: false },
    ),
  )
  await once(server.listen(0, '127.0.0.1'), 'listening')
  // `address` is a text for pipes only.
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const trusted = anchor ?? { id: anchorIdAt(origin), pins: [] }
  hub = {
    ...base,
    config: { ...base.config, origin, anchor: trusted },
    isNamed: (asked) => isNamed(base.sql, trusted.id, asked),
    iss: centreIdAt(origin, name),
    fetch,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await base.close()
    },
  }
  await ensureKeys(hub)
  return hub
}
