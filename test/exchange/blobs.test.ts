import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { assertionFor } from '../../src/exchange/assertion.ts'
import { attestHoldings } from '../../src/exchange/attest.ts'
import type { BlobName } from '../../src/exchange/blob.ts'
import { keepBlob } from '../../src/exchange/blobs-store.ts'
import { fetchBlobs } from '../../src/exchange/fetch-blobs.ts'
import { pullDue } from '../../src/exchange/pulls.ts'
import type { FeedName } from '../../src/federation/statement.ts'
import { publish } from '../../src/publications/publish.ts'
import { erase, withdraw } from '../../src/publications/take-back.ts'
import { followLog } from '../../src/search/follow.ts'
import { saltedDigest } from '../../src/signing/digest.ts'
import { caseFile, inputOf, type Loose } from '../publications/fixtures.ts'
import { pdf, pdfOf } from '../support/files.ts'
import { openFederation, type TestFederation, type TestHub } from '../support/hub.ts'
import { goodRecord, openRogue, type Rogue } from '../support/rogue.ts'
import { payloadOf } from '../support/token.ts'

let net: TestFederation
/** What a host answers to who asks for a blob; undefined: what is right. */
const instead = new Map<string, () => Promise<Response> | Response>()
/** Whom Brandenburg asked for which blob. */
let asked: { host: string; dig: string | null }[]

beforeAll(async () => {
  net = await openFederation()
  const reach = net.brandenburg.fetch
  net.brandenburg.fetch = async (input, init) => {
    const request = new Request(input, init)
    const { host, pathname, searchParams } = new URL(request.url)
    if (!pathname.endsWith('/blobs')) return reach(input, init)
    asked.push({ host, dig: searchParams.get('dig') })
    return instead.get(host)?.() ?? reach(input, init)
  }
})
afterAll(() => net.close())
beforeEach(() => {
  instead.clear()
  asked = []
  net.clock.now += 3_600_000
})

const askedFor = ({ dig }: BlobName) =>
  asked.filter((each) => each.dig === dig).map(({ host }) => host)

interface Said extends BlobName {
  rid: string
  ver: number
}

const say = async (bytes = pdf, change: Loose = {}, rid?: string): Promise<Said> => {
  const attachments = [{ file: 'Prüfliste.pdf', alt: 'Sieben Fragen' }]
  const input = { ...inputOf(caseFile), attachments, ...change }
  const fileOf = async () => bytes
  const answer = await publish(net.berlin, { iss: net.berlin.iss, input, rid, fileOf })
  if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
  const [listed] = await net.berlin.sql<{ dig: string; feed: FeedName }[]>`
    select a.dig, f.feed from attachments a join feeds f on f.id = a.feed_id
    join entries e on e.feed_id = a.feed_id and e.seq = a.seq
    order by e.position desc limit 1
  `
  const { iss, rid: id, ver } = answer.published
  return { iss, rid: id, ver, dig: listed?.dig ?? '', feed: listed?.feed ?? 'public' }
}

/** Time passes, and the mirror pulls, fetches and indexes. */
const follow = async (hub: TestHub) => {
  net.clock.now += 600_000
  await pullDue(hub)
  await fetchBlobs(hub)
  await followLog(hub)
}

const ask = async (
  hub: TestHub,
  { iss, feed, dig }: BlobName,
  { by, ...headers }: (Record<string, string> & { by?: never }) | { by?: TestHub } = {},
) => {
  const url = new URL('/exchange/v1/blobs', hub.config.origin)
  for (const [name, value] of Object.entries({ iss, feed, dig })) url.searchParams.set(name, value)
  const shown = by ? await assertionFor(by as TestHub, String(url)) : {}
  const answer = await app.request(url, { headers: { ...headers, ...shown } }, hub)
  const type = answer.headers.get('content-type')
  const { code } = type?.endsWith('problem+json')
    ? await answer.clone().json()
    : { code: undefined }
  return { answer, status: answer.status, code }
}

const bytesAt = async (hub: TestHub, { iss, feed, dig }: BlobName) => {
  const [row] = await hub.sql<
    { bytes: Buffer | null; failures: number; reason: string | null; due: Date }[]
  >`
    select bytes, failures, reason, due from blobs
    where iss = ${iss} and feed = ${feed} and dig = ${dig}
  `
  return row
}

describe('a blob', () => {
  test('is answered by its home and by every mirror, as a file to be kept', async () => {
    const said = await say()
    await follow(net.brandenburg)

    for (const hub of [net.berlin, net.brandenburg]) {
      const { answer } = await ask(hub, said)
      expect(answer.status).toBe(200)
      expect(Buffer.from(await answer.arrayBuffer())).toEqual(pdf)
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'content-type': 'application/pdf',
        'content-length': String(pdf.length),
        'content-disposition': expect.stringMatching(/^attachment; .*Pr%C3%BCfliste\.pdf$/),
        'content-security-policy': expect.stringMatching(/sandbox$/),
        'x-content-type-options': 'nosniff',
        etag: `"${said.dig}"`,
      })
    }
    expect(askedFor(said)).toEqual(['berlin.example'])
  })

  test('is answered in part, and who asks for more than there is is told how much', async () => {
    const said = await say(pdfOf(300_000))

    const part = await ask(net.berlin, said, { range: 'bytes=270000-270009' })
    const beyond = await ask(net.berlin, said, { range: 'bytes=300000-' })

    expect(part.status).toBe(206)
    expect(await part.answer.text()).toBe('0123456789')
    expect(beyond).toMatchObject({ status: 416, code: 'range-not-satisfiable' })
    expect(beyond.answer.headers.get('content-range')).toBe('bytes */300000')
  })

  test('that nobody lists, or that has not come yet, is not known', async () => {
    const said = await say()
    net.clock.now += 600_000
    await pullDue(net.brandenburg)

    expect(await ask(net.berlin, { ...said, dig: 'x'.repeat(43) })).toMatchObject({
      ...{ status: 404, code: 'unknown-blob' },
    })
    expect(await ask(net.berlin, { ...said, iss: net.kiww.iss })).toMatchObject({ status: 404 })
    expect(await ask(net.berlin, { ...said, dig: 'x' })).toMatchObject({ code: 'invalid-input' })
    expect(await ask(net.brandenburg, said)).toMatchObject({ code: 'unknown-blob' })
  })
})

describe('who may have a blob', () => {
  test('is who may have a content that lists it: of the members feed, centres alone', async () => {
    const said = await say(pdf, { visibility: 'members' })

    expect(await ask(net.berlin, said)).toMatchObject({ status: 401, code: 'unauthorized' })
    expect(await ask(net.berlin, { ...said, feed: 'public' })).toMatchObject({ status: 404 })
    expect(await ask(net.berlin, said, { by: net.brandenburg })).toMatchObject({ status: 200 })
    await follow(net.brandenburg)
    expect((await bytesAt(net.brandenburg, said))?.bytes).toEqual(pdf)
  })

  test('of a withdrawn record are the centres, unless another record lists it', async () => {
    const said = await say()
    await withdraw(net.berlin, { iss: said.iss, rid: said.rid, reason: 'outdated' })

    expect(await ask(net.berlin, said)).toMatchObject({ status: 401, code: 'unauthorized' })
    expect(await ask(net.berlin, said, { by: net.brandenburg })).toMatchObject({ status: 200 })

    await say(pdf, {}, said.rid)
    expect(await ask(net.berlin, said)).toMatchObject({ status: 200 })
  })

  test('is nobody once it is erased, at home and at every mirror', async () => {
    const said = await say()
    await follow(net.brandenburg)
    await erase(net.berlin, { iss: said.iss, rid: said.rid, reason: 'legal' })
    await follow(net.brandenburg)

    for (const hub of [net.berlin, net.brandenburg]) {
      expect(await ask(hub, said)).toMatchObject({ status: 410, code: 'gone' })
      expect(await bytesAt(hub, said)).toBeUndefined()
      const left = await hub.sql`select salt, name from attachments where dig = ${said.dig}`
      expect(left).toEqual([{ salt: null, name: null }])
    }
  })

  test('is nobody while what lists it is hidden', async () => {
    const said = await say()
    await net.berlin.sql`update entries set hidden = true where rid = ${said.rid}`

    expect(await ask(net.berlin, said)).toMatchObject({ status: 404, code: 'unknown-blob' })
    expect(await ask(net.berlin, said, { by: net.kiww })).toMatchObject({ status: 404 })
    await net.berlin.sql`update entries set hidden = false where rid = ${said.rid}`
    expect(await ask(net.berlin, said)).toMatchObject({ status: 200 })
  })

  test('is no centre that is suspended', async () => {
    const said = await say()
    const [before] = await net.berlin.sql`select metadata from centres where slug = 'brandenburg'`
    await net.berlin.sql`
      update centres set metadata = metadata || '{"status":"suspended","valid_through":[]}' where slug = 'brandenburg'
    `

    const answer = await ask(net.berlin, said, { by: net.brandenburg })
    await net.berlin.sql`
      update centres set metadata = ${net.berlin.sql.json(before?.metadata)} where slug = 'brandenburg'
    `

    expect(answer).toMatchObject({ status: 401, code: 'unauthorized' })
  })
})

describe('what is erased', () => {
  test('stays as long as another version lists it', async () => {
    const first = await say()
    const second = await say(pdf, {}, first.rid)
    await follow(net.kiww)
    const { sql } = net.kiww
    expect(second.dig).toBe(first.dig)

    await sql`update entries set content = null, salt = null, status = 'erased' where rid = ${first.rid} and ver = 1`
    expect((await bytesAt(net.kiww, first))?.bytes).toEqual(pdf)
    await sql`delete from entries where rid = ${first.rid} and ver = 2`
    expect(await bytesAt(net.kiww, first)).toBeUndefined()
    expect(await sql`select 1 from attachments where dig = ${first.dig}`).toHaveLength(1)
  })

  test('is not stored by a mirror that was fetching it meanwhile', async () => {
    const said = await say()
    await follow(net.kiww)
    await erase(net.berlin, { iss: said.iss, rid: said.rid, reason: 'legal' })
    await follow(net.kiww)

    await keepBlob(net.kiww.sql, said, pdf)

    expect(await bytesAt(net.kiww, said)).toBeUndefined()
  })

  test('is not confirmed while its bytes are still there', async () => {
    const said = await say()
    await erase(net.berlin, { iss: said.iss, rid: said.rid, reason: 'legal' })
    await followLog(net.berlin)
    const confirmed = async () => {
      const { feeds } = payloadOf(await attestHoldings(net.berlin, undefined))
      return feeds.find(({ iss }: BlobName) => iss === said.iss)
    }
    const [listing] = await net.berlin.sql`select seq from attachments where dig = ${said.dig}`
    const before = await confirmed()

    await net.berlin.sql`
      insert into blobs (iss, feed, dig, bytes) values (${said.iss}, 'public', ${said.dig}, 'x')
    `
    const meanwhile = await confirmed()
    await net.berlin.sql`delete from blobs where dig = ${said.dig}`

    expect(before.erased_through).toBe(before.size)
    expect(meanwhile.erased_through).toBe(listing?.seq - 1)
  })
})

describe('a mirror', () => {
  test('asks others where the home lacks a blob', async () => {
    const said = await say()
    await follow(net.kiww)
    instead.set('berlin.example', () => new Response('', { status: 503 }))

    await follow(net.brandenburg)

    expect(askedFor(said)).toEqual(['berlin.example', 'kiww.example'])
    expect((await bytesAt(net.brandenburg, said))?.bytes).toEqual(pdf)
  })

  const down = () => Promise.reject(new TypeError('fetch failed'))
  test.each<[string, () => Promise<Response> | Response, string]>([
    ['does not answer', down, 'unreachable'],
    [
      'sends other bytes of the same length',
      () => new Response(pdfOf(pdf.length).fill('x')),
      'blob-digest',
    ],
    ['sends too few', () => new Response(new Uint8Array(pdf.subarray(1))), 'blob-digest'],
    ['sends without end', () => new Response(pdfOf(1_000_000)), 'too-large'],
    [
      'sends it compressed',
      () => new Response('', { headers: { 'content-encoding': 'gzip' } }),
      'encoded',
    ],
    ['sends elsewhere', () => Response.redirect('https://x.example'), 'redirected'],
  ])('takes nothing from one that %s, and comes back', async (_, answer, reason) => {
    const said = await say()
    instead.set('berlin.example', answer)
    instead.set('kiww.example', answer)
    await follow(net.brandenburg)
    const failed = await bytesAt(net.brandenburg, said)

    instead.clear()
    net.clock.now += 1_200
    await fetchBlobs(net.brandenburg)

    expect(failed).toMatchObject({ bytes: null, failures: 1, reason })
    const pause = (failed?.due.getTime() ?? 0) - net.clock.now + 1_200
    expect(pause).toBeGreaterThanOrEqual(800)
    expect(pause).toBeLessThanOrEqual(1_200)
    expect(await bytesAt(net.brandenburg, said)).toMatchObject({
      bytes: pdf,
      failures: 0,
      reason: null,
    })
  })

  test('waits ever longer, and asks another one each time', async () => {
    const said = await say()
    for (const host of ['berlin.example', 'kiww.example']) instead.set(host, down)
    await follow(net.brandenburg)
    await net.brandenburg
      .sql`update blobs set failures = 40, due = ${new Date(net.clock.now)} where dig = ${said.dig}`

    await fetchBlobs(net.brandenburg)

    const row = await bytesAt(net.brandenburg, said)
    const pause = (row?.due.getTime() ?? 0) - net.clock.now
    expect(pause).toBeGreaterThanOrEqual(240_000)
    expect(pause).toBeLessThanOrEqual(360_000)
  })

  test('looks for what can be read, and for nothing else', async () => {
    const before = await net.brandenburg.sql`select dig from blobs`
    const rogue = await openRogue(net.kiww, [net.brandenburg])
    const listed = (dig: string) => ({
      ...goodRecord,
      attachments: [
        { name: 'a.pdf', alt: 'x', type: 'application/pdf', len: 9, dig, salt: 'A'.repeat(22) },
      ],
    })
    const dig = (letter: string) => `${letter.repeat(42)}A`
    const { rid } = payloadOf((await rogue.publish({}, listed(dig('a')))).entry)
    await rogue.publish({ rid }, listed(dig('b')))
    await rogue.publish({}, { ...listed(dig('c')), visibility: 'members' })
    await rogue.publish({}, { ...listed(dig('d')), attachments: Array(11).fill(listed(dig('d'))) })

    await follow(net.brandenburg)

    const known = new Set(before.map((row) => row.dig))
    const now = await net.brandenburg.sql`select dig from blobs order by dig`
    expect(now.map((row) => row.dig).filter((each) => !known.has(each))).toEqual([
      dig('a'),
      dig('b'),
    ])
  })
})

test('a centre whose files never come keeps no other one waiting', async () => {
  const wanted = await net.brandenburg.sql`select from blobs where bytes is null and failures > 0`
  const said = await say()
  net.clock.now += 600_000
  await pullDue(net.brandenburg)
  asked = []

  await fetchBlobs(net.brandenburg)

  expect(wanted.length).toBeGreaterThan(1)
  expect(asked[0]).toEqual({ host: 'berlin.example', dig: said.dig })
  expect(asked.length).toBeGreaterThan(wanted.length)
})

describe('what a peer lists', () => {
  let rogue: Rogue
  const salt = Buffer.alloc(16, 7)
  const right = {
    name: 'a.pdf',
    alt: 'x',
    type: 'application/pdf',
    len: pdf.length,
    dig: saltedDigest(salt, pdf),
    salt: salt.toString('base64url'),
  }

  beforeAll(async () => {
    rogue = await openRogue(net.kiww, [net.brandenburg], 'members')
  })

  const heardOf = async (change: object) => {
    const record = { ...goodRecord, visibility: 'members', attachments: [{ ...right, ...change }] }
    await rogue.publish({}, record)
    net.clock.now += 600_000
    await pullDue(net.brandenburg)
    const [entry] = await net.brandenburg.sql`
      select e.fault from entries e join feeds f on f.id = e.feed_id
      where f.iss = ${net.kiww.iss} and f.feed = 'members' order by e.seq desc limit 1
    `
    return entry?.fault
  }

  test.each<[string, object]>([
    ['a digest with a blank', { dig: ` ${right.dig}` }],
    ['a digest of another length', { dig: right.dig.slice(1) }],
    ['a digest with bits that are none', { dig: `${right.dig.slice(0, 42)}B` }],
    ['a salt that is too long', { salt: `${right.salt}AA` }],
    ['nothing at all', { len: 0 }],
    ['more than 10 MiB', { len: 10_485_761 }],
    ['half a byte', { len: 9.5 }],
    ['a page', { type: 'text/html' }],
    ['a drawing that runs', { type: 'image/svg+xml' }],
    ['a path', { name: '../a.pdf' }],
    ['a hidden file', { name: '.bashrc' }],
    ['a name that turns around', { name: 'a\u202efdp.exe' }],
    ['no alternative text', { alt: undefined }],
  ])('may not be %s', async (_, change) => {
    expect(await heardOf(change)).toBe('content: invalid-content')
  })

  test('is taken where it is right', async () => {
    expect(await heardOf({})).toBeNull()
    expect(
      await bytesAt(net.brandenburg, { iss: net.kiww.iss, feed: 'members', dig: right.dig }),
    ).toMatchObject({
      bytes: null,
    })
  })
})
