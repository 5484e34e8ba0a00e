/**
 * Run by mirror.ts as a process of its own: a node that serves what it has and, told to, pulls one feed. Tells
 * lines of JSON: its port; after "first", that one page is there; after "all", how long the rest took and the most
 * memory it had. `node mirroring-node.ts JOB`.
 */
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { pullFeed } from '../../src/exchange/pull.ts'
import type { Hub } from '../../src/hub.ts'
import { recordsApi } from '../../src/publications/api.ts'
import { benchHub, centreAt, type PeerAt } from './mirror-hub.ts'

const job = JSON.parse(process.argv[2] as string) as PeerAt & { databaseUrl: string }
const hub = benchHub(job.databaseUrl)
const centre = centreAt(job)

const tell = (line: object) => console.log(JSON.stringify(line))

const pull = async (more: boolean) => {
  const began = performance.now()
  const asking: Hub = { ...hub, mayAsk: () => more }
  const pulled = await pullFeed(asking, centre, 'public')
  const seconds = (performance.now() - began) / 1000
  // Kilobytes, the most since the process began.
  tell({ ...pulled, seconds, megabytes: Math.round(process.resourceUsage().maxRSS / 1024) })
}

// The pages are JSX, which Node does not read as it is.
const app = new Hono().route('/api/records', recordsApi)
const server = serve({ fetch: (request) => app.fetch(request, hub), port: 0 }, (address) => {
  tell({ port: (address as AddressInfo).port })
})
for await (const line of createInterface({ input: process.stdin })) await pull(line === 'all')
server.close()
await hub.sql.end()
