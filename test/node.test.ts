import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openTestDatabase, temporaryDirectory } from './support/database.ts'
import {
  type Env,
  endAll,
  eventually,
  freePorts,
  type Program,
  root,
  runCli,
  startCli,
} from './support/program.ts'
import { openWire, type Wire } from './support/wire.ts'

// Processes of their own need time where the machine is busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

type Database = Awaited<ReturnType<typeof openTestDatabase>>

let place: string
let databases: Database[]
/** To KIWW's database. */
let wire: Wire
/** Of the nodes that serve; the command line beside them has no wire that breaks. */
let kiww: Env
let hessen: Env
let served: Program
/** What a connection that never finishes its request hears in the end. */
let tooSlow: Promise<{ heard: string; seconds: number }>

const secret = () => randomBytes(32).toString('base64url')

beforeAll(async () => {
  place = await temporaryDirectory()
  databases = [await openTestDatabase(), await openTestDatabase()]
  const [first, second] = databases.map(({ url }) => url) as [string, string]
  const { hostname, port } = new URL(first)
  wire = await openWire(hostname, Number(port))
  const base = await freePorts(2)
  kiww = {
    ORIGIN: `http://localhost:${base}`,
    PORT: String(base),
    CENTRES: '[{"slug":"kiww","name":"KIWW","regions":[]}]',
    DATABASE_URL: first,
    DATA_DIR: join(place, 'kiww'),
    NODE_SECRET: secret(),
  }
  hessen = {
    ORIGIN: `http://localhost:${base + 1}`,
    PORT: String(base + 1),
    CENTRES: '[{"slug":"hessen","name":"Zukunftszentrum Hessen","regions":["DE-HE"]}]',
    TRUST_ANCHOR: `${kiww.ORIGIN}/trust-anchor`,
    DATABASE_URL: second,
    DATA_DIR: join(place, 'hessen'),
  }
})
afterAll(async () => {
  await endAll()
  await wire?.cut()
  for (const database of databases ?? []) await database.close()
  await rm(place, { recursive: true, force: true })
})

const wired = () => {
  const url = new URL(kiww.DATABASE_URL ?? '')
  url.port = String(wire.port)
  return { ...kiww, DATABASE_URL: url.href }
}

/** The fingerprint that follows an entity id in what `init` says. */
const fingerprintIn = (said: string, entityId: string) =>
  said.match(new RegExp(`${entityId}\n +Fingerabdruck (\\S{43})\n`))?.[1] ?? ''

const get = (env: Env, path: string, accept = 'application/json') =>
  fetch(`${env.ORIGIN}${path}`, { headers: { accept } })

const find = async (env: Env, words: string) =>
  ((await (await get(env, `/api/search?q=${words}`)).json()) as { hits: { title: string }[] }).hits

const publish = async (env: Env, centre: string, title: string) => {
  const fixture = join(root, 'fixtures/records/berlin-hotel-dienstplan.json')
  const path = join(place, `${title}.json`)
  await writeFile(path, JSON.stringify({ ...JSON.parse(await readFile(fixture, 'utf8')), title }))
  return runCli(['publish', path, '--centre', centre], env)
}

test('a node with the trust anchor is made, serves, and vouches for its own centre', async () => {
  const id = `${kiww.ORIGIN}/centres/kiww`
  const init = await runCli(['init'], kiww)
  expect(init).toMatchObject({ code: 0, err: '' })
  hessen.TRUST_ANCHOR_PINS = fingerprintIn(init.out, `${kiww.ORIGIN}/trust-anchor`)
  expect(hessen.TRUST_ANCHOR_PINS).toHaveLength(43)

  served = startCli(['serve'], wired())
  await served.says('Transfernetz läuft')
  tooSlow = dawdle(Number(kiww.PORT))
  const fingerprint = fingerprintIn(init.out, id)
  const vouched = await runCli(['vouch', id, '--fingerprint', fingerprint, '--umbrella'], kiww)

  expect(vouched).toMatchObject({
    code: 0,
    out: expect.stringContaining(`Der Vertrauensanker bestätigt KIWW (${id}):\n`),
  })
  expect(await (await get(kiww, '/readyz')).json()).toEqual({ status: 'ready' })
})

test('whatever a node answers says what browsers may do with it, failures and files too', async () => {
  const page = await (await get(kiww, '/', 'text/html')).text()
  const [, file = ''] = page.match(/href="(\/assets\/[^"]+\.css)"/) ?? []

  for (const path of ['/', '/nirgends', '/api/records', '/healthz', file]) {
    const { headers } = await get(kiww, path)
    expect(headers.get('content-security-policy'), path).toContain("frame-ancestors 'none'")
    expect(headers.get('x-content-type-options'), path).toBe('nosniff')
    const isOpen = path.startsWith('/api/')
    expect(headers.get('cross-origin-resource-policy'), path).toBe(isOpen ? null : 'same-origin')
    expect(headers.get('access-control-allow-origin'), path).toBe(isOpen ? '*' : null)
  }
})

test('a node prints the first way in for a centre that nobody administers; the command line lets in others', async () => {
  const linkIn = (said: string) =>
    said.match(/http:\/\/localhost:\d+\/einladung\/[\w-]{32}(?![\w-])/)?.[0] ?? ''

  const first = await fetch(linkIn(served.said()))
  const asked = ['invite', '--centre', 'kiww', '--role', 'redaktion,regal', '--name', 'Ute Neu']
  const invited = await runCli(asked, kiww)
  const page = await fetch(linkIn(invited.out))
  const wrong = await runCli(['invite', '--centre', 'kiww', '--role', 'chef'], kiww)
  const audit = await runCli(['audit', '--centre', 'kiww'], kiww)
  const unknown = await runCli(['audit', '--centre', 'kiww', '--known', 'x'.repeat(43)], kiww)

  expect(served.said()).toContain('KIWW hat noch keine Verwaltung.')
  expect(first.status).toBe(200)
  expect(await first.text()).toContain('<strong>Verwaltung</strong>')
  expect(invited).toMatchObject({ code: 0, err: '' })
  expect(await page.text()).toMatch(/Redaktion.*Bundesweites Regal.*value="Ute Neu"/s)
  expect(wrong).toMatchObject({ code: 1, err: expect.stringMatching(/^Die Rolle „chef“ gibt es/) })
  expect(audit.out).toMatch(/^Das Protokoll ist unversehrt: 2 Einträge\.\n.*: [\w-]{43}\n$/)
  expect(unknown).toMatchObject({ code: 1, err: expect.stringContaining('steht nicht darin') })
})

/** Begins a request and never ends its headers. */
const dawdle = async (port: number) => {
  const began = performance.now()
  const socket = connect(port, '127.0.0.1')
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n')
  let heard = ''
  socket.on('data', (data) => {
    heard += data
  })
  await once(socket, 'close')
  return { heard, seconds: (performance.now() - began) / 1000 }
}

test('another centre is taken in when two people have compared its fingerprint, and is heard from then on', async () => {
  const id = `${hessen.ORIGIN}/centres/hessen`
  const init = await runCli(['init'], hessen)
  const { mode } = await stat(join(place, 'hessen/secret'))
  expect(mode & 0o777).toBe(0o600)
  await startCli(['serve'], hessen).says('Transfernetz läuft')
  const early = await publish(hessen, 'hessen', 'Handkäs')
  const vouch = (env: Env, fingerprint: string) =>
    runCli(['vouch', id, '--fingerprint', fingerprint], env)

  const [wrong, elsewhere] = await Promise.all([
    vouch(
      kiww,
      fingerprintIn(init.out, id).replace(/^./, (c) => (c === 'A' ? 'B' : 'A')),
    ),
    vouch(hessen, fingerprintIn(init.out, id)),
  ])
  const right = await vouch(kiww, fingerprintIn(init.out, id))

  expect(early).toMatchObject({ code: 1, err: expect.stringContaining('noch nicht bestätigt') })
  expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('fingerprint') })
  expect(elsewhere).toMatchObject({
    code: 1,
    err: 'Der Vertrauensanker wird an einem anderen Knoten betrieben.\n',
  })
  expect(right).toMatchObject({ code: 0, out: expect.stringContaining('Zukunftszentrum Hessen') })
  const feed = `/exchange/v1/head?iss=${encodeURIComponent(id)}&feed=public`
  await eventually(async () => expect((await get(hessen, feed)).status).toBe(200))
  expect(await publish(hessen, 'hessen', 'Apfelwein')).toMatchObject({ code: 0 })
  await eventually(async () => {
    expect(await find(kiww, 'Apfelwein')).toMatchObject([{ title: 'Apfelwein' }])
  })
  expect(await runCli(['verify', id, '--from', kiww.ORIGIN ?? ''], hessen)).toMatchObject({
    code: 0,
    out: expect.stringContaining('Bestätigt: Zukunftszentrum Hessen'),
  })
})

test('what keeps a node from starting is said in one sentence', async () => {
  const url = (change: Partial<URL>) => ({
    DATABASE_URL: Object.assign(new URL(kiww.DATABASE_URL ?? ''), change).href,
  })
  const free = String(await freePorts())
  const cases: [Env, RegExp][] = [
    [{ NODE_SECRET: '' }, /^NODE_SECRET fehlt\. .*„transfernetz init“ legt es in .* an\.$/m],
    [{ NODE_SECRET: secret() }, /^NODE_SECRET passt nicht zu den Schlüsseln in dieser Datenbank/],
    [
      { ORIGIN: 'http://localhost:1' },
      /^Diese Datenbank gehört zu http:\/\/localhost:\d+\/.*; unter/,
    ],
    [url({ port: free }), /^Die Datenbank lässt sich nicht öffnen: Sie ist nicht erreichbar \(/],
    [url({ pathname: '/nowhere' }), /^Die Datenbank lässt sich nicht öffnen: Es gibt sie nicht \(/],
    [url({ password: 'guess' }), /^Die Datenbank lässt sich nicht öffnen: Benutzer oder Passwort/],
    [{ DATABASE_URL: 'postgres://[' }, /^DATABASE_URL ist keine Adresse/],
    [{}, /^Der Port \d+ ist schon belegt\. Läuft Transfernetz vielleicht bereits\?/],
    [{ PORT: free, HOST: '192.0.2.1' }, /^Die Adresse 192\.0\.2\.1 hat dieser Rechner nicht\./],
    [{ DATA_DIR: '/proc/netz' }, /^In \/proc\/netz lässt sich nichts speichern/],
  ]

  const said = await Promise.all(cases.map(([change]) => runCli(['serve'], { ...kiww, ...change })))

  for (const [i, { code, err }] of said.entries()) {
    expect(err).toMatch(cases[i]?.[1] ?? /^$/)
    expect({ code, lines: err.trim().split('\n') }).toEqual({ code: 1, lines: [err.trim()] })
  }
})

test('a body that is too large is refused, whatever is said of its length; what follows is served', async () => {
  const headers = { 'content-type': 'application/json' }
  const post = { method: 'POST', headers, duplex: 'half' }
  const nudge = (body: BodyInit) =>
    // The types do not know that a body that streams needs `duplex`.
    fetch(`${kiww.ORIGIN}/exchange/v1/nudges`, { ...post, body } as RequestInit)
  const megabytes = new Uint8Array(10 << 20)
  let sent = 0
  const stream = new ReadableStream({
    pull: (to) => (sent++ < 160 ? to.enqueue(megabytes.subarray(0, 1 << 16)) : to.close()),
  })

  // Whoever goes on sending may find the connection closed before the answer.
  const statusOf = (body: BodyInit) =>
    nudge(body).then(
      ({ status }) => status,
      () => 'closed',
    )
  const statuses = [await statusOf(megabytes), await statusOf(stream)]

  for (const status of statuses) expect([413, 'closed']).toContain(status)
  expect((await nudge('{"iss":')).status).toBe(400)
  expect((await get(kiww, '/readyz')).status).toBe(200)
})

test('five hundred requests at once are answered', async () => {
  const paths = ['/', '/api/records', '/api/search?q=Apfelwein', '/fallbeispiele', '/readyz']
  const asked = Array.from({ length: 500 }, (_, i) => get(kiww, paths[i % paths.length] ?? '/'))

  const statuses = (await Promise.all(asked)).map(({ status }) => status)

  expect(new Set(statuses)).toEqual(new Set([200]))
})

test('while the database is away visitors are told so; when it is back all goes on', async () => {
  await wire.cut()

  const away = await Promise.all(
    Array.from({ length: 30 }, (_, i) =>
      get(kiww, '/fallbeispiele', i % 2 === 0 ? 'text/html' : 'application/json'),
    ),
  )
  const [page = '', problem = '{}'] = await Promise.all(away.slice(0, 2).map((a) => a.text()))
  const ready = await get(kiww, '/readyz')
  const alive = await get(kiww, '/healthz')

  expect(new Set([...away, ready].map(({ status }) => status))).toEqual(new Set([503]))
  expect(page).toContain('Der Dienst ist gerade nicht erreichbar')
  expect(JSON.parse(problem)).toMatchObject({ status: 503, code: 'unavailable' })
  expect(alive.status).toBe(200)

  await wire.mend()
  await eventually(async () => expect((await get(kiww, '/readyz')).status).toBe(200))
  // It also hears again what others write to its database; without that the index waits for its minute.
  expect(await publish(kiww, 'kiww', 'Wiederkehr')).toMatchObject({ code: 0 })
  await eventually(async () => {
    expect(await find(kiww, 'Wiederkehr')).toHaveLength(1)
  })
})

test('who is too slow with a request is cut off; at the end the node stops cleanly', async () => {
  const { heard, seconds } = await tooSlow
  expect(heard).toMatch(/^HTTP\/1\.1 408 /)
  // Node's own limit would be a minute.
  expect(seconds).toBeLessThan(50)

  expect(await served.end('SIGTERM')).toEqual({ code: 0, signal: null })
  expect(served.said()).not.toContain('unbeachtet')
})

test('a node that lost its journal publishes nothing until all have answered, or until its operator vouches', async () => {
  const kept = await readFile(join(place, 'hessen/secret'), 'utf8')
  const lost = { ...hessen, DATA_DIR: join(place, 'lost'), NODE_SECRET: kept }
  const recover = (...more: string[]) => runCli(['recover', '--centre', 'hessen', ...more], lost)

  const refused = await publish(lost, 'hessen', 'Grüne Soße')
  const status = await runCli(['status'], lost)
  const told = await recover()
  const wrong = await recover('--feed', 'public', '--nothing-after', '7')
  const half = await recover('--feed', 'members', '--nothing-after', '0')
  const whole = await recover('--feed', 'public', '--nothing-after', '1')

  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('Auskunft von: KIWW') })
  expect(status.out).toContain('Zukunftszentrum Hessen, öffentlich: veröffentlicht nichts.')
  expect(told.code).toBe(1)
  expect(told.out).toContain('Das Unterschriftenbuch fehlt; die Datenbank hat 1\u00a0Eintrag.')
  expect(told.out).toContain('  KIWW: Der Knoten antwortet nicht. (unreachable)')
  expect(told.out).toContain('recover --centre hessen --feed public --nothing-after 1')
  expect(wrong).toMatchObject({ code: 1, err: 'Die Nummer des letzten Eintrags hier ist 1.\n' })
  expect([half.code, whole.code]).toEqual([1, 0])
  expect(await publish(lost, 'hessen', 'Grüne Soße')).toMatchObject({ code: 0 })

  const [, { sql }] = databases as [Database, Database]
  await sql`
    update feeds set forked_at = 2 from centres c
    where c.entity_id = iss and c.slug = 'hessen' and feed = 'public'
  `
  const [forked, said] = await Promise.all([recover(), runCli(['status'], lost)])

  expect(forked.code).toBe(1)
  expect(forked.out).toMatch(/„öffentlich“: Die eigene Beitragsfolge ist bei Eintrag 2 gegabelt/)
  expect(forked.out).toMatch(/„nur für Zentren“: Unterschriftenbuch und Datenbank stimmen überein/)
  expect(said.out).toContain('Ab Eintrag 2 sind zwei verschiedene Folgen unterschrieben.')
})
