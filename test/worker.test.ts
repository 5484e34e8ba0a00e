import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { runChores } from '../src/chores.ts'
import { publish } from '../src/publications/publish.ts'
import { withdraw } from '../src/publications/take-back.ts'
import { invite } from '../src/staff/invite.ts'
import { inputOf } from './publications/fixtures.ts'
import { openBrowser, passkeyFormIn } from './support/browser.ts'
import { pdfOf } from './support/files.ts'
import { openWorkerWorld, type WorkerWorld } from './support/worker.ts'

let net: WorkerWorld
/** The record that KIWW published before the Worker ran for the first time. */
let first: string

beforeAll(async () => {
  net = await openWorkerWorld()
  first = await publishAtPeer('kiww-kunststoff-lernplattform')
})
afterAll(() => net.close())

const fixture = (name: string): unknown => inputOf(`${name}.json`)

/** `changes`: what is to differ from the fixture. Answers the record's id. */
const publishAtPeer = async (name: string, changes: object = {}, file?: Buffer) => {
  const input = { ...Object(fixture(name)), ...changes }
  const answer = await publish(net.peer, { iss: net.peer.iss, input, fileOf: async () => file })
  if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
  return answer.published.rid
}

/** Until it is so, for at most ten seconds. */
const eventually = (expectation: () => Promise<void>) =>
  vi.waitFor(expectation, { timeout: 10_000, interval: 50 })

const html = { headers: { accept: 'text/html' } }

test('the Worker learns whom to trust and pulls what a Node peer published, when its clock ticks', async () => {
  expect((await net.ask(`/api/records/kiww/${first}`)).status).toBe(404)

  await net.tick()

  const answer = await net.ask(`/api/records/kiww/${first}`)
  expect(await answer.json()).toMatchObject({
    iss: net.peer.iss,
    rid: first,
    provenance: { feed: 'public', seq: 1, over: net.peer.config.origin },
  })
  const found = await net.ask('/api/search?q=Lernplattform')
  expect(await found.json()).toMatchObject({ total: 1, hits: [{ rid: first }] })
})

test('its pages and lists show what it pulled', async () => {
  const page = await net.ask(`/fallbeispiele/kiww/${first}`, html)
  const list = await net.ask('/api/records?centre=kiww')

  expect(page.status).toBe(200)
  expect(page.headers.get('content-type')).toMatch('text/html')
  expect(await page.text()).toMatch(/<html lang="de">.*unterschrieben von/s)
  expect(await list.json()).toMatchObject({ records: [{ rid: first }], next: null })
})

test('it asks for a passkey, and knows who signed in elsewhere on its database', async () => {
  // wrangler makes every origin one of plain http, so that no form can be sent to it here.
  const browser = openBrowser(net.hub)
  await browser.join(
    await invite(net.hub, { centre: 'brandenburg', roles: ['editor'], by: 'operator' }),
    'Anna Beispiel',
  )
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')

  const signIn = await (await net.ask('/anmelden', html)).text()
  const work = await net.ask('/arbeit', { headers: { ...html.headers, cookie } })
  const stranger = await net.ask('/arbeit', html)

  expect(passkeyFormIn(signIn).options).toMatchObject({ rpId: 'brandenburg.example' })
  expect(await work.text()).toContain('Anna Beispiel')
  expect(stranger.status).toBe(303)
})

test('it says that it is alive and ready', async () => {
  expect(await (await net.ask('/healthz')).json()).toEqual({ status: 'ok' })
  expect(await (await net.ask('/readyz')).json()).toEqual({ status: 'ready' })
})

test.each([
  [404, 'not-found', '/nirgends'],
  [404, 'not-found', '/fallbeispiele/kiww/00000000-0000-7000-8000-000000000000'],
  [400, 'invalid-input', '/fallbeispiele?topic=x'],
  [400, 'invalid-path', '/fallbeispiele//x'],
])('a failure is problem+json or a German page: %i %s %s', async (status, code, path) => {
  const problem = await net.ask(path)
  const page = await net.ask(path, html)

  expect(problem.status).toBe(status)
  expect(problem.headers.get('content-type')).toBe('application/problem+json')
  expect(await problem.json()).toMatchObject({ status, code })
  expect(page.status).toBe(status)
  expect(await page.text()).toContain('<html lang="de">')
})

test('a program is answered as a program, whatever it accepts', async () => {
  const answer = await net.ask('/api/records?limit=0', html)

  expect(answer.headers.get('content-type')).toBe('application/problem+json')
})

test('every answer has the security headers', async () => {
  for (const path of ['/', '/nirgends', '/api/records']) {
    const { headers } = await net.ask(path)
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('strict-transport-security')).toContain('max-age=')
  }
})

test('a nudge makes it pull at once, from the members feed too', async () => {
  const members = await publishAtPeer('kiww-runder-tisch-transfer', { visibility: 'members' })

  await runChores(net.peer)

  await eventually(async () => {
    const held = await net.hub.sql`
      select 1 from records where rid = ${members} and feed = 'members' and state = 'published'
    `
    expect(held).toHaveLength(1)
  })
  expect((await net.ask(`/api/records/kiww/${members}`)).status).toBe(404)
})

test('it fetches what a record lists, and sends it in parts as the reader takes them', async () => {
  const bytes = pdfOf(700_000)
  const attachments = [{ file: 'a.pdf', alt: 'Beispiel' }]
  const rid = await publishAtPeer('berlin-hotel-dienstplan', { attachments }, bytes)

  await runChores(net.peer)

  await eventually(async () => {
    const [{ dig } = {}] = await net.hub.sql`select dig from blobs where bytes is not null`
    const answer = await net.ask(`/anlagen/kiww/${rid}/${dig}`)
    expect(answer.headers.get('content-disposition')).toContain('a.pdf')
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true)
  })
})

test('what its peer withdrew is gone here, and says so', async () => {
  await withdraw(net.peer, { iss: net.peer.iss, rid: first, reason: 'outdated' })

  await runChores(net.peer)

  await eventually(async () => {
    expect((await net.ask(`/fallbeispiele/kiww/${first}`, html)).status).toBe(410)
  })
  const problem = await net.ask(`/api/records/kiww/${first}`)
  expect(await problem.json()).toMatchObject({
    status: 410,
    code: 'gone',
    tombstone: { state: 'withdrawn', reason: 'outdated' },
  })
})

test('it stores nothing that its centre did not sign, and goes on when the peer mends it', async () => {
  const rid = await publishAtPeer('berlin-hotel-dienstplan')
  const [signed] = await net.peer.sql`select jws from entries where rid = ${rid}`
  const [other] = await net.peer
    .sql`select jws from entries where rid = ${first} and op = 'publish'`
  const forged = signed?.jws.replace(/[^.]*$/, other?.jws.split('.')[2])
  await net.peer.sql`update entries set jws = ${forged} where rid = ${rid}`

  await runChores(net.peer)

  await eventually(async () => {
    const [pull] = await net.hub.sql`
      select reason, reason_seq from pulls where iss = ${net.peer.iss} and feed = 'public'
    `
    expect(pull).toEqual({ reason: 'signature', reason_seq: 4 })
  })
  expect((await net.ask(`/api/records/kiww/${rid}`)).status).toBe(404)

  await net.peer.sql`update entries set jws = ${signed?.jws} where rid = ${rid}`

  await eventually(async () => {
    expect((await net.ask(`/api/records/kiww/${rid}`)).status).toBe(200)
  })
})

test('it signs the heads of its own feeds, and serves those of others as they came', async () => {
  const own = new URLSearchParams({ iss: net.iss, feed: 'public' })
  const mirrored = new URLSearchParams({ iss: net.peer.iss, feed: 'public' })

  const { head } = await (await net.ask(`/exchange/v1/head?${own}`)).json()

  const [header, payload] = String(head).split('.').slice(0, 2).map(decoded)
  expect(header).toMatchObject({ alg: 'ES256', typ: 'transfernetz-head+jwt' })
  expect(payload).toMatchObject({ iss: net.iss, feed: 'public', epoch: 1, size: 0 })
  // What the tests above have published may still be on its way.
  await eventually(async () => {
    const [kept] = await net.hub.sql`
      select head from feeds where iss = ${net.peer.iss} and feed = 'public'
    `
    const theirs = await (await net.ask(`/exchange/v1/head?${mirrored}`)).json()
    expect(theirs).toMatchObject({ head: kept?.head })
  })
})

const decoded = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString())

test('it publishes nothing: without a journal a number could be signed twice', async () => {
  const input = fixture('brandenburg-spedition-telefonassistent')

  await expect(publish(net.hub, { iss: net.iss, input })).rejects.toMatchObject({
    code: 'cannot-sign',
  })

  const [feed] = await net.hub.sql`
    select size from feeds where iss = ${net.iss} and feed = 'public'
  `
  expect(feed).toEqual({ size: 0 })
})

test('it takes 120 nudges in ten seconds from one address, and not many more', async () => {
  const headers = { 'content-type': 'application/json' }
  const ask = async () =>
    (await net.ask('/exchange/v1/nudges', { method: 'POST', headers, body: '{}' })).status

  // More than two windows hold, in case one ends meanwhile.
  const statuses = await Promise.all(Array.from({ length: 250 }, ask))

  expect(statuses.filter((status) => status === 400).length).toBeGreaterThan(100)
  expect(statuses).toContain(429)
})

test('without its database it is alive, not ready, and says so in a sentence', async () => {
  expect(net.errors()).toEqual([])

  await net.loseDatabase()

  expect((await net.ask('/healthz')).status).toBe(200)
  expect((await net.ask('/readyz')).status).toBe(503)
  const page = await net.ask('/fallbeispiele', html)
  expect(page.status).toBe(503)
  expect(await page.text()).toContain('gerade nicht erreichbar')
})
