/** The least that can answer a record from PostgreSQL: one route, one row. `node bare-server.ts DATABASE_URL`. */
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import postgres from 'postgres'

const sql = postgres(process.argv[2] as string, { fetch_types: false })

const app = new Hono().get('/api/records/:slug/:rid', async (c) => {
  const [row] = await sql`select * from bare_records where rid = ${c.req.param('rid')}`
  return row ? c.json(row) : c.notFound()
})

serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }: AddressInfo) => {
  console.log(port)
})
