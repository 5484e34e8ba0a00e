import { afterAll, beforeAll, expect, test } from 'vitest'
import { app } from '../src/app.tsx'
import { assertionFor } from '../src/exchange/assertion.ts'
import type { Hub } from '../src/hub.ts'
import { openApi } from '../src/openapi.ts'
import { kinds } from '../src/publications/kinds.ts'
import { publish } from '../src/publications/publish.ts'
import { erase, withdraw } from '../src/publications/take-back.ts'
import { keyOf } from '../src/referrals/event.ts'
import { seal } from '../src/signing/seal.ts'
import { caseFile, inputOf, type Loose, tableFile } from './publications/fixtures.ts'
import { docx, jpeg, pdf, png } from './support/files.ts'
import { openFederation, openTestHub, settle, type TestFederation } from './support/hub.ts'
import { schemaFaults } from './support/json-schema.ts'
import { sealTo, sentEvent, signEvent } from './support/letters.ts'
import { forPeople } from './support/routes.ts'
import { openSigner } from './support/signer.ts'

const document: Loose = openApi('https://node.example')

const find = (ref: string) =>
  ref
    .replace('#/', '')
    .split('/')
    .reduce((part, name) => part[name], document)

const faultsOf = (schema: Loose, value: unknown) => schemaFaults(schema, value, find)

interface Documented {
  method: string
  path: string
  responses: Loose
}
const operations = Object.entries<Loose>(document.paths).flatMap(([path, item]) =>
  Object.entries<Loose>(item).map(
    ([method, { responses }]): Documented => ({ method: method.toUpperCase(), path, responses }),
  ),
)

/** Everything documented that no request has been answered with yet. */
const unseen = new Set(
  operations.flatMap(({ method, path, responses }) =>
    Object.entries<Loose>(responses).flatMap(([status, { content = {} }]) =>
      Object.entries<Loose>(content).flatMap(([type, { examples }]) =>
        Object.keys(examples ?? { '': {} }).map((code) =>
          `${method} ${path} ${status} ${type} ${code}`.trim(),
        ),
      ),
    ),
  ),
)

const patternOf = (path: string) => new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`)

/** Asks the app, and holds the answer against what the document says of it. */
const ask = async (hub: Hub, address: string, init: RequestInit = {}) => {
  const { method = 'GET' } = init
  const { pathname } = new URL(address, 'https://node.example')
  const operation = operations.find(
    ({ path, method: own }) => own === method && patternOf(path).test(pathname),
  )
  const response = await app.request(address, init, hub)
  const [type = ''] = (response.headers.get('content-type') ?? '').split(';')
  const documented = operation?.responses[response.status]?.content[type]
  expect(documented, `${method} ${pathname} ${response.status} ${type}`).toBeDefined()

  const text = await response.text()
  const body: Loose = type.endsWith('json') ? JSON.parse(text) : text
  expect(faultsOf(documented.schema, body)).toEqual([])
  if (documented.schema.contentSchema) {
    const parts = text
      .split('.')
      .slice(0, 2)
      .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()))
    expect(faultsOf(documented.schema.contentSchema, parts)).toEqual([])
  }
  const code = documented.examples ? body.code : ''
  unseen.delete(`${method} ${operation?.path} ${response.status} ${type} ${code}`.trim())
  return { response, body }
}

let net: TestFederation
let unconfigured: Awaited<ReturnType<typeof openTestHub>>
let closed: Awaited<ReturnType<typeof openTestHub>>
let rid: string

let gone: string

beforeAll(async () => {
  net = await openFederation()
  unconfigured = await openTestHub('kiww')
  closed = await openTestHub('kiww')
  await closed.close()
  const publishFile = async (file: string) => {
    const answer = await publish(net.berlin, { iss: net.berlin.iss, input: inputOf(file) })
    if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
    return answer.published.rid
  }
  rid = await publishFile(caseFile)
  await publishFile(tableFile)
  gone = await publishFile(caseFile)
  await withdraw(net.berlin, { iss: net.berlin.iss, rid: gone, reason: 'outdated' })
  await settle(net)
})
afterAll(async () => {
  await net.close()
  await unconfigured.close()
})

const feed = (query = '') =>
  `iss=${encodeURIComponent(net.berlin.iss)}&feed=public&epoch=1${query && `&${query}`}`

const posted = (body: unknown, type = 'application/json'): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': type },
  body: typeof body === 'string' ? body : JSON.stringify(body),
})

test('records are answered as documented, at home and where they are mirrored', async () => {
  for (const hub of [net.berlin, net.kiww]) {
    const list = await ask(hub, '/api/records')
    const page = await ask(hub, '/api/records?limit=1&kind=case-example&centre=berlin')
    const hits = await ask(hub, '/api/search?q=Berlin')
    await ask(hub, '/api/search/company?land=DE-BE')
    await ask(hub, `/api/search/similar/berlin/${rid}`)
    for (const form of ['.json', '.csv', '.atom', '/titel.json'])
      await ask(hub, `/suche${form}?q=Berlin`)
    const { body: place } = await ask(hub, '/api/places?plz=10115')
    const one = await ask(hub, `/api/records/berlin/${rid}`)
    const { body } = await ask(hub, `/api/records/berlin/${gone}`)

    expect(list.body.records).toHaveLength(2)
    expect(page.body.records).toHaveLength(1)
    expect(hits.body.total).toBeGreaterThan(0)
    expect(one.response.status).toBe(200)
    expect(place.centres).toMatchObject([{ entity_id: net.berlin.iss }])
    expect(body).toMatchObject({ code: 'gone', tombstone: { reason: 'outdated' } })
  }
})

test('a reader who asks wrongly is told as documented', async () => {
  await ask(net.berlin, '/api/records?kind=nothing')
  await ask(net.berlin, '/api/search?after=-1')
  await ask(net.berlin, '/api/search/company?size=huge')
  await ask(net.berlin, '/api/search/similar/berlin/nothing')
  await ask(net.berlin, `/api/search/similar/berlin/${rid}?x=1`)
  for (const form of ['.json', '.csv', '.atom', '/titel.json'])
    await ask(net.berlin, `/suche${form}?land=x`)
  await ask(net.berlin, `/api/places?ort=${'x'.repeat(200)}`)
  await ask(net.berlin, '/api/records/berlin/nothing')
})

test('feeds are answered as documented, at home and where they are mirrored', async () => {
  for (const hub of [net.berlin, net.kiww]) {
    const { body } = await ask(hub, `/exchange/v1/entries?${feed()}`)
    const head = await ask(hub, `/exchange/v1/head?${feed()}`)

    expect(body.entries).toHaveLength(4)
    expect(head.body.head).toEqual(expect.any(String))
  }
  const url = `${net.berlin.config.origin}/exchange/v1/entries?${feed()}`
  const headers = await assertionFor(net.kiww, url)
  const { body } = await ask(net.berlin, url, { headers })
  expect(body.entries[2]).toMatchObject({ status: 'withdrawn', content: expect.any(String) })
})

test('a peer who asks wrongly is told as documented', async () => {
  for (const name of ['entries', 'head', 'evidence']) {
    const path = `/exchange/v1/${name}`
    await ask(net.kiww, `${path}?feed=public`)
    await ask(net.kiww, `${path}?${feed().replace('public', 'members')}`)
    await ask(net.kiww, `${path}?${feed().replace('berlin', 'bremen')}`)
    await ask(net.kiww, `${path}?${feed().replace('epoch=1', 'epoch=2')}`)
  }
  const { body } = await ask(net.kiww, `/exchange/v1/entries?${feed('after=99')}`)
  expect(body.size).toBe(4)
})

test('evidence is answered as documented', async () => {
  const { body } = await ask(net.kiww, `/exchange/v1/evidence?${feed()}`)

  expect(body.pairs).toEqual([])
})

test('events are answered as documented', async () => {
  const event = inputOf('berlin-veranstaltung-leitlinie.json')
  const answer = await publish(net.berlin, { iss: net.berlin.iss, input: event })
  const published = answer.ok ? answer.published.rid : ''
  await ask(net.berlin, '/veranstaltungen.ics?centre=berlin')
  await ask(net.berlin, '/veranstaltungen.ics?topic=x')
  await ask(net.berlin, '/zahlen.csv')
  await ask(net.berlin, '/zahlen.csv?land=Berlin')
  await ask(net.berlin, '/zahlen.xlsx')
  await ask(net.berlin, '/zahlen.xlsx?von=x')
  await ask(net.berlin, `/veranstaltungen/berlin/${published}/kalender.ics`)
  await ask(net.berlin, `/veranstaltungen/berlin/${rid}/kalender.ics`)
})

test('files are answered as documented, whole and in part', async () => {
  const files: Record<string, Buffer> = {
    'a.pdf': pdf,
    'b.png': png,
    'c.jpg': jpeg,
    'd.docx': docx,
  }
  const attachments = Object.keys(files).map((file) => ({ file, alt: 'Beispiel' }))
  const input = { ...inputOf(caseFile), attachments }
  const fileOf = async (name: string) => files[name]
  const answer = await publish(net.berlin, { iss: net.berlin.iss, input, fileOf })
  if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
  const { published } = answer
  const { body } = await ask(net.berlin, `/api/records/berlin/${published.rid}`)

  const blobs = `/exchange/v1/blobs?iss=${encodeURIComponent(net.berlin.iss)}&feed=public&dig=`
  const beside = `/anlagen/berlin/${published.rid}/`
  const range = { range: 'bytes=0-3' }
  for (const path of [blobs, beside]) {
    for (const { dig } of body.record.attachments) {
      await ask(net.berlin, path + dig)
      await ask(net.berlin, path + dig, { headers: range })
    }
    const [{ dig }] = body.record.attachments
    await ask(net.berlin, path + dig, { headers: { range: 'bytes=99999-' } })
    await ask(net.berlin, path + 'x'.repeat(43))
  }
  await ask(net.berlin, `${blobs}x`)
  await ask(net.berlin, `${blobs.replace('=public', '=members')}${'x'.repeat(43)}`)
  await ask(net.berlin, `/anlagen/berlin/nothing/${'x'.repeat(43)}`)
  await erase(net.berlin, { iss: net.berlin.iss, rid: published.rid, reason: 'legal' })
  for (const path of [blobs, beside]) await ask(net.berlin, path + body.record.attachments[0].dig)
})

test('holdings are answered as documented, by whom the anchor vouches for and by others', async () => {
  await ask(net.kiww, '/exchange/v1/holdings')
  await ask(net.kiww, '/exchange/v1/holdings', { headers: { authorization: 'Bearer nonsense' } })
  await ask(unconfigured, '/exchange/v1/holdings')
})

test('a nudge is answered as documented, welcome or not', async () => {
  const path = '/exchange/v1/nudges'
  const good = { iss: net.berlin.iss, feed: 'public', epoch: 1, size: 9 }

  await ask(net.kiww, path, posted(good))
  await ask(net.kiww, path, posted('{'))
  await ask(net.kiww, path, posted('{"iss":"\\u0000"}'))
  await ask(net.kiww, path, posted({ ...good, color: 'red' }))
  await ask(net.kiww, path, posted({ ...good, epoch: 2 }))
  await ask(net.kiww, path, posted(`"${'x'.repeat(2 ** 20)}"`))
  await ask(net.kiww, path, posted(good, 'text/plain'))
  await ask({ ...net.kiww, admit: () => false }, path, posted(good))
})

test('a letter is answered as documented, taken or not', async () => {
  const path = '/exchange/v1/referrals'
  const { berlin, brandenburg } = net
  const bring = (letter: string, type = 'application/jose', hub: Hub = brandenburg) =>
    ask(hub, path, posted(letter, type))
  const sent = await sentEvent(berlin, brandenburg.iss)
  const letter = await sealTo(berlin, brandenburg.iss, sent)
  const { sub } = sent
  const again = await sentEvent(berlin, brandenburg.iss, { claims: { sub } })
  const claims = { aud: brandenburg.iss, sub, event: 'withdrawn', reason: 'other' }
  const third = await signEvent(berlin, { ...claims, seq: 3, prev: sent.dig })

  const { body } = await bring(letter)
  expect(body).toEqual({ receipt: expect.any(String), events: [] })
  await bring('a.b')
  await bring(await sealTo(berlin, net.kiww.iss, sent))
  await bring(await sealTo(berlin, brandenburg.iss, again))
  await bring(await sealTo(berlin, brandenburg.iss, { event: third }))
  await bring('x'.repeat(2 ** 17))
  await bring(letter, 'text/plain')
  await bring(letter, 'application/jose', { ...brandenburg, admit: () => false })
  const become = (status: string) => brandenburg.sql`
    update centres set metadata = jsonb_set(metadata, '{status}', to_jsonb(${status}::text))
    where entity_id = ${brandenburg.iss}
  `
  await become('suspended')
  await bring(letter)
  await become('active')
  await bring(letter, 'application/jose', {
    ...brandenburg,
    now: () => net.clock.now + 8 * 86_400_000,
  })
})

test('counts are answered as documented, taken or not', async () => {
  const path = '/exchange/v1/counts'
  const claims = { iss: net.berlin.iss, aud: net.kiww.iss, iat: 1, month: '2026-02', total: null }
  const key = await keyOf(net.berlin, net.berlin.iss)
  const sign = (changes: object) =>
    seal('transfernetz-counts+jwt', { ...claims, rows: [], ...changes }, key)
  const bring = async (changes: object, hub: Hub = net.kiww, type = 'application/jose') =>
    ask(hub, path, posted(await sign(changes), type))

  await bring({})
  await bring({ total: 5 })
  await bring({ total: 4 })
  await bring({ aud: net.brandenburg.iss })
  await bring({}, { ...net.kiww, admit: () => false })
  await bring({}, net.kiww, 'text/plain')
  await ask(net.kiww, path, posted('x'.repeat(2 ** 19), 'application/jose'))
})

test('what a centre brings itself is answered as documented, taken or not', async () => {
  const path = '/exchange/v1/entries'
  const signer = await openSigner(net, net.berlin)
  const { iss } = signer
  await signer.publish({ kind: 'recipe' })
  const good = { iss, feed: 'public', epoch: 1, entries: signer.entries, head: null }
  const other = { ...good, entries: [await signer.draft({ seq: 1, prev: '' })] }

  const { body } = await ask(net.berlin, path, posted(good))
  expect(body).toMatchObject({ size: 1, faults: [{ seq: 1, fault: 'content: unknown-kind' }] })
  await ask(net.berlin, path, posted('{'))
  await ask(net.berlin, path, posted({ ...good, color: 'red' }))
  await ask(net.berlin, path, posted({ ...good, feed: 'members' }))
  await ask(net.berlin, path, posted({ ...good, iss: net.berlin.iss }))
  await ask(net.berlin, path, posted({ ...good, iss: `${iss}-2` }))
  await ask(net.berlin, path, posted({ ...good, entries: [await signer.draft({ seq: 4 })] }))
  await ask(net.berlin, path, posted(other))
  await ask(net.berlin, path, posted({ ...good, epoch: 2 }))
  await ask(net.berlin, path, posted(`"${'x'.repeat(2 ** 20)}"`))
  await ask(net.berlin, path, posted(good, 'text/plain'))
  await ask(net.berlin, path, posted({ ...good, entries: [{ entry: 'a.b', status: 'present' }] }))
  await ask(net.berlin, path, posted({ ...good, head: 'a.b' }))
  await ask({ ...net.berlin, admit: () => false }, path, posted(good))
})

test('statements are answered as documented, by who has them and who has not', async () => {
  const wellKnown = '/.well-known/openid-federation'
  const sub = encodeURIComponent(net.berlin.iss)

  await ask(net.berlin, `/centres/berlin${wellKnown}`)
  await ask(net.berlin, `/centres/bremen${wellKnown}`)
  await ask(unconfigured, `/trust-anchor${wellKnown}`)
  for (const hub of [net.kiww, net.berlin]) {
    await ask(hub, `/trust-anchor${wellKnown}`)
    await ask(hub, `/trust-anchor/fetch?sub=${sub}`)
    await ask(hub, '/trust-anchor/list')
    await ask(hub, '/trust-anchor/historical-keys')
    await ask(hub, '/trust-anchor/history')
  }
  await ask(net.kiww, '/trust-anchor/fetch')
  await ask(net.kiww, '/trust-anchor/fetch?sub=https://x.example')
  await ask(net.kiww, '/trust-anchor/list?trust_marked=true')
  await ask(net.kiww, '/trust-anchor/history?after=-1')
})

test('who runs the node is answered as documented', async () => {
  await ask(net.berlin, '/healthz')
  await ask(net.berlin, '/api/node')
  await ask(net.berlin, '/readyz')
  await ask(closed, '/readyz')
  const { body } = await ask(net.berlin, '/openapi.json')

  expect(body).toEqual(openApi(net.berlin.config.origin))
  expect(body.servers).toEqual([{ url: 'https://berlin.example' }])
})

// Last: it counts what the tests above have seen.
test('whatever is documented does happen', () => {
  expect([...unseen]).toEqual([])
})

test('every route that answers a program is documented, and every documented path is a route', async () => {
  const routes = app.routes.filter(({ method, path }) => method !== 'ALL' && !forPeople.test(path))
  const asDocumented = (path: string) => path.replaceAll(/:(\w+)/g, '{$1}')
  const documented = operations.map(({ method, path }) => `${method} ${path}`)
  const recordPages = kinds.map((kind) => `/${kind.path}/:slug/:rid`)
  const isPage = async (path: string) => {
    // Only two kinds have a record here.
    if (recordPages.includes(path)) return true
    const accept = { headers: { accept: 'text/html' } }
    const response = await app.request(path, accept, net.berlin)
    const type = response.headers.get('content-type') ?? ''
    return response.ok && type.startsWith('text/html')
  }

  const programs: string[] = []
  for (const { method, path } of routes) {
    const name = `${method} ${asDocumented(path)}`
    if (documented.includes(name) || !(method === 'GET' && (await isPage(path))))
      programs.push(name)
  }

  expect(programs.sort()).toEqual(documented.sort())
})

test('every example fits its schema, and every reference leads somewhere', () => {
  const examples = operations.flatMap(({ path, responses }) =>
    Object.values<Loose>(responses).flatMap(({ content = {} }) =>
      Object.values<Loose>(content).flatMap(({ schema, example, examples }) => [
        ...(example === undefined ? [] : [{ path, schema, value: example }]),
        ...Object.values<Loose>(examples ?? {}).map(({ value }) => ({ path, schema, value })),
      ]),
    ),
  )
  const bodies = ['nudges', 'entries'].map((name) => {
    const path = `/exchange/v1/${name}`
    const { content } = document.paths[path].post.requestBody
    const { schema, example: value } = content['application/json']
    return { path, schema, value }
  })
  const wrong = [...examples, ...bodies].flatMap(({ path, schema, value }) =>
    faultsOf(schema, value).map((fault) => `${path}: ${fault}`),
  )
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)]

  expect(examples.length).toBeGreaterThan(30)
  expect(wrong).toEqual([])
  expect(references.length).toBeGreaterThan(20)
  expect(references.filter(([, ref]) => find(ref ?? '') === undefined)).toEqual([])
})

test('parameters are read as documented', async () => {
  const { parameters } = document.paths['/exchange/v1/entries'].get
  const byName = Object.fromEntries(parameters.map((each: Loose) => [each.name, each]))

  expect(byName.iss).toMatchObject({ required: true, schema: { type: 'string', maxLength: 500 } })
  expect(byName.after).toMatchObject({ required: false, schema: { type: 'integer', default: 0 } })
  for (const { path, parameters } of operationsWithParameters) {
    for (const { name, example, schema } of parameters) {
      expect(example === undefined ? [] : faultsOf(schema, example), `${path} ${name}`).toEqual([])
    }
  }
})

const operationsWithParameters = Object.entries<Loose>(document.paths).flatMap(([path, item]) =>
  Object.values<Loose>(item).map(({ parameters = [] }) => ({ path, parameters })),
)
