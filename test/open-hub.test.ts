import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { readSettings } from '../src/config.ts'
import { requestPage } from '../src/exchange/client.ts'
import { requestConfiguration } from '../src/federation/client.ts'
import { vouch } from '../src/federation/vouch.ts'
import { type OpenHub, openHub } from '../src/open-hub.ts'
import { openTestDatabase, temporaryDirectory } from './support/database.ts'

/** Another server on this machine, as many a node has beside it. */
const neighbour = createServer((_, response) => response.end('secret'))
let asked = 0
neighbour.on('connection', () => asked++)
let origin: string
let place: string
const hubs: OpenHub[] = []
const databases: Awaited<ReturnType<typeof openTestDatabase>>[] = []

beforeAll(async () => {
  await once(neighbour.listen(0, '127.0.0.1'), 'listening')
  origin = `http://127.0.0.1:${(neighbour.address() as AddressInfo).port}`
  place = await temporaryDirectory()
})
beforeEach(() => {
  asked = 0
})
afterAll(async () => {
  for (const hub of hubs) await hub.close()
  for (const database of databases) await database.close()
  neighbour.close()
  await rm(place, { recursive: true })
})

const openAt = async (own: string) => {
  const database = await openTestDatabase()
  databases.push(database)
  const settings = readSettings({
    ORIGIN: own,
    CENTRES: '[{"slug":"kiww","name":"KIWW","regions":[]}]',
    DATA_DIR: place,
    LOG_LEVEL: 'silent',
  })
  const secret = randomBytes(32).toString('base64url')
  const hub = await openHub({ ...settings, databaseUrl: database.url, secret })
  hubs.push(hub)
  return hub
}

test('a node of the network asks nothing of the machine it runs on, whoever wants it to', async () => {
  const hub = await openAt('https://netz.example')
  const entityId = `${origin}/centres/berlin`

  const vouched = await vouch(hub, { entityId, fingerprint: 'A'.repeat(43) })

  expect(vouched).toEqual({ ok: false, reason: 'address' })
  expect(asked).toBe(0)
})

test('a node on this machine asks others here, if the anchor or an operator names them', async () => {
  const hub = await openAt('http://localhost:8700')
  const query = { iss: `${origin}/centres/berlin`, feed: 'public', epoch: 1, after: 0 } as const

  expect(await requestPage(hub, `${origin}/exchange/v1/entries`, query)).toEqual({
    ok: false,
    reason: 'unnamed',
  })
  expect(asked).toBe(0)
  const configuration = await requestConfiguration(hub, `${origin}/centres/berlin`)
  expect(configuration).toMatchObject({ status: 200 })
})
