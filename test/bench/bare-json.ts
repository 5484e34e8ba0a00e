/** The least that can answer with JSON: one route, one object. `node bare-json.ts '{"status":"decided"}'`. */
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'

const answer = JSON.parse(process.argv[2] ?? '')

const app = new Hono().get('/api/places', (c) => c.json(answer))

serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }: AddressInfo) => {
  console.log(port)
})
