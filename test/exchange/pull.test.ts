import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { append } from '../../src/exchange/append.ts'
import type { TravellingEntry } from '../../src/exchange/entry.ts'
import { pullFeed } from '../../src/exchange/pull.ts'
import { pullDue } from '../../src/exchange/pulls.ts'
import { feedStatus } from '../../src/exchange/status.ts'
import type { FeedName } from '../../src/federation/statement.ts'
import { centreById } from '../../src/federation/store.ts'
import { newRecordId } from '../../src/publications/record-id.ts'
import { followLog } from '../../src/search/follow.ts'
import { Keyring } from '../../src/signing/keyring.ts'
import { makeKey } from '../../src/signing/keys.ts'
import type { SigningKey } from '../../src/signing/seal.ts'
import { openFederation, type TestFederation, type TestHub } from '../support/hub.ts'
import { goodRecord, openRogue, pageOf, type Rogue } from '../support/rogue.ts'
import { base64url, otherSignature, withPart } from '../support/token.ts'

let net: TestFederation
let berlin: Rogue
let brandenburg: TestHub

beforeAll(async () => {
  net = await openFederation()
  brandenburg = net.brandenburg
  berlin = await openRogue(net.berlin, [brandenburg, net.kiww])
})
afterAll(() => net.close())
beforeEach(() => {
  Object.assign(berlin, { answer: undefined, sentHead: null, pageSize: 200, asked: [] })
})

const pull = async (reader = brandenburg, feed: FeedName = 'public') => {
  const centre = await centreById(reader.sql, net.berlin.iss)
  if (!centre) throw new Error('Berlin is not known')
  return pullFeed(reader, centre, feed)
}

/** How Berlin's feed stands with a reader. */
const status = async (reader = brandenburg, feed: FeedName = 'public') => {
  const rows = await feedStatus(reader)
  const found = rows.find((row) => row.iss === net.berlin.iss && row.feed === feed)
  if (!found) throw new Error('no such feed')
  return found
}

const kept = async (reader = brandenburg) =>
  (
    await reader.sql<{ jws: string }[]>`
      select e.jws from entries e join feeds f on f.id = e.feed_id
      where f.iss = ${net.berlin.iss} and f.feed = 'public' order by e.seq
    `
  ).map(({ jws }) => jws)

const said = () => berlin.entries.map(({ entry }) => entry)

const records = async (reader = brandenburg) =>
  (await reader.sql`select rid, ver, state, closed, teaser is not null as shown from records`).map(
    (row) => ({ ...row }),
  )
const recordOf = async (rid: string, reader = brandenburg) =>
  (await records(reader)).find((row) => 'rid' in row && row.rid === rid)

/** What a node sends of Berlin's feed to anybody who asks. */
const served = async (hub: TestHub, after = 0) => {
  const query = `iss=${net.berlin.iss}&feed=public&epoch=1&after=${after}`
  const answer = await app.request(`${hub.config.origin}/exchange/v1/entries?${query}`, {}, hub)
  return (await answer.json()) as ReturnType<typeof pageOf>
}

const strangersKey = async (): Promise<SigningKey> => {
  const { kid, privateJwk } = await makeKey('sig')
  const keys = new Keyring(base64url(Buffer.alloc(32, 7)))
  return { kid, key: await keys.open(kid, await keys.seal(privateJwk)) }
}

describe('a bad entry stops its feed', () => {
  const bend = (item: TravellingEntry, part: 0 | 1 | 2, text: string) => ({
    ...item,
    entry: withPart(item.entry, part, text),
  })
  const withContent = (item: TravellingEntry) => ({ ...item, content: base64url('{}') })

  test.each<[string, () => Promise<TravellingEntry>]>([
    ['token-parts', async () => ({ entry: 'nonsense', status: 'present' })],
    ['token-size', async () => ({ entry: 'x'.repeat(10_000), status: 'present' })],
    ['token-base64url', async () => bend(await berlin.draft(), 1, '\ud800')],
    ['header-alg', async () => bend(await berlin.draft(), 0, base64url(noneHeader))],
    ['link-form', () => berlin.draft({ epoch: 2 ** 31 })],
    ['feed', () => berlin.draft({ feed: 'members' })],
    ['seq', () => berlin.draft({ seq: berlin.entries.length + 2 })],
    ['prev', () => berlin.draft({ prev: 'A'.repeat(43) })],
    ['iat-future', () => berlin.draft({ iat: net.clock.now / 1000 + 3_600 })],
    ['key-unknown', async () => berlin.sign({ op: 'x' }, undefined, await strangersKey())],
    ['signature', async () => bend(await berlin.draft(), 2, base64url(Buffer.alloc(64, 3)))],
    ['content-digest', async () => withContent(await berlin.draft())],
    ['content-missing', async () => ({ entry: (await berlin.draft()).entry, status: 'present' })],
  ])(
    '%s: what came before stays, staff are told, and it goes on when mended',
    async (reason, bad) => {
      await berlin.publish()
      const good = said()
      const seq = good.length + 1
      berlin.entries.push(await bad())
      const members = (await status(brandenburg, 'members')).lastSuccess

      net.clock.now += 6 * 60_000
      await pullDue(brandenburg)

      expect(await kept()).toEqual(good)
      expect(await status()).toMatchObject({ size: seq - 1, reason, reasonSeq: seq })
      expect(await status(brandenburg, 'members')).toMatchObject({ reason: null })
      expect((await status(brandenburg, 'members')).lastSuccess).not.toEqual(members)

      berlin.entries.pop()
      await berlin.publish()
      net.clock.now += 6 * 60_000
      await pullDue(brandenburg)

      expect(await kept()).toEqual(said())
      expect(await status()).toMatchObject({ reason: null, reasonSeq: null, reasonSince: null })
    },
  )
  const noneHeader = '{"alg":"none","kid":"k","typ":"transfernetz-entry+jwt"}'

  test('what stands behind it is not looked at, even on a page of its own', async () => {
    berlin.pageSize = 2
    for (let i = 0; i < 3; i++) await berlin.publish()
    const before = berlin.entries.length
    const bad = bend(await berlin.publish(), 2, base64url(Buffer.alloc(64, 3)))
    berlin.entries.splice(-1, 1, bad)
    for (let i = 0; i < 3; i++) await berlin.publish()

    const answer = await pull()

    expect(answer).toMatchObject({ reason: 'signature', reasonSeq: before + 1 })
    expect(await kept()).toEqual(said().slice(0, before))
    berlin.entries.splice(before)
  })

  test('since when it stands still is remembered while the reason stays the same', async () => {
    berlin.entries.push({ entry: 'nonsense', status: 'present' })
    net.clock.now += 6 * 60_000
    await pullDue(brandenburg)
    const since = (await status()).reasonSince

    net.clock.now += 6 * 60_000
    await pullDue(brandenburg)
    const later = (await status()).reasonSince
    berlin.entries.splice(-1, 1, await berlin.draft({ feed: 'members' }))
    net.clock.now += 6 * 60_000
    await pullDue(brandenburg)

    expect(since).not.toBeNull()
    expect(later).toEqual(since)
    expect((await status()).reasonSince?.getTime()).toBe(net.clock.now)
    berlin.entries.pop()
  })
})

describe('an answer that is none', () => {
  const json = { 'content-type': 'application/json' }
  const page = (url: URL) => pageOf(berlin, net.berlin, url)
  const bent = (change: object) => (url: URL) => Response.json({ ...page(url), ...change })

  test.each<[string, (url: URL) => Response | Promise<Response>]>([
    ['unreachable', () => Promise.reject(new TypeError('fetch failed'))],
    ['status-500', () => new Response('{}', { status: 500, headers: json })],
    ['redirected', (url) => new Response('', { status: 307, headers: { location: url.href } })],
    ['encoded', (url) => gzipped(JSON.stringify(page(url)))],
    ['content-type', (url) => new Response(JSON.stringify(page(url)))],
    ['too-large', (url) => Response.json({ ...page(url), filler: 'x'.repeat(3 * 1024 * 1024) })],
    ['not-json', () => new Response('<html>', { headers: json })],
    ['not-utf8', () => new Response(Uint8Array.of(0xff), { headers: json })],
    ['form', bent({ feed: 'members' })],
    ['form', bent({ iss: 'https://kiww.example/centres/kiww' })],
    ['form', bent({ epoch: 2 })],
    ['form', (url) => Response.json({ ...page(url), entries: [], next_after: 0, more: true })],
    ['form', bent({ next_after: 2 ** 53 })],
  ])('%s: nothing is taken of it', async (reason, answer) => {
    await berlin.publish()
    const before = await kept()
    berlin.answer = answer

    expect(await pull()).toEqual({ received: 0, reason })
    expect(await kept()).toEqual(before)

    berlin.answer = undefined
    expect(await pull()).toEqual({ received: 1 })
  })
  const gzipped = (text: string) =>
    new Response(gzipSync(text), { headers: { ...json, 'content-encoding': 'gzip' } })

  test('on the second page leaves the first where it is', async () => {
    berlin.pageSize = 2
    for (let i = 0; i < 4; i++) await berlin.publish()
    let asked = 0
    berlin.answer = (url) =>
      asked++ === 0 ? Response.json(page(url)) : new Response('', { status: 503 })

    expect(await pull()).toEqual({ received: 2, reason: 'status-503' })
    expect(await kept()).toEqual(said().slice(0, -2))

    berlin.answer = undefined
    expect(await pull()).toEqual({ received: 2 })
  })

  test('whose pages never end stops with the first that leads nowhere', async () => {
    berlin.answer = (url) => Response.json({ ...page(url), more: true })

    expect(await pull()).toMatchObject({ reason: 'form' })
  })
})

describe('what has no effect', () => {
  const text = JSON.stringify(goodRecord)
  const titled = (title: string) => text.replace(JSON.stringify(goodRecord.title), title)

  test('is kept as bytes, relayed to a third node as it came, listed, and shown to nobody', async () => {
    const before = berlin.entries.length
    await berlin.say({ op: 'rate', stars: 5 })
    await berlin.publish({ op: 'translate' })
    await berlin.publish({ mood: 'good' })
    await berlin.publish({ kind: 'recipe' }, '{"eggs":3}')
    await berlin.publish({ kind: 'round-table' })
    await berlin.publish({}, '{}')
    await berlin.publish({}, titled('"\\u0000"'))
    await berlin.publish({}, titled('"\\ud800"'))
    await berlin.publish({}, Buffer.concat([Buffer.from(text), Buffer.from([0xff])]))
    await berlin.publish({}, text.replace('{', '{"title":"first",'))
    await berlin.publish({}, text.replace('"public"', '"members"'))
    await berlin.publish({}, 'x'.repeat(250_000))
    const shown = await records()
    const faults = [
      'operation-unknown',
      'operation-unknown',
      'member-unknown',
      'content: unknown-kind',
      'content: invalid-content',
      'content: invalid-content',
      'string-nul',
      'string-malformed',
      'content-utf8',
      'content-duplicate-member',
      'content: wrong-feed',
      'content-json',
    ]

    const first = await pull()
    berlin.answer = (url) =>
      app.request(`${brandenburg.config.origin}${url.pathname}${url.search}`, {}, brandenburg)
    const relayed = await pull(net.kiww)

    expect(first).toEqual({ received: 12 })
    expect(relayed).toEqual({ received: berlin.entries.length })
    expect((await served(brandenburg, before)).entries).toEqual(berlin.entries.slice(before))
    expect((await served(net.kiww, before)).entries).toEqual(berlin.entries.slice(before))
    expect((await status()).faults).toEqual(
      faults.map((fault, i) => ({ seq: before + 1 + i, fault })),
    )
    expect(await records()).toEqual(shown)
    expect(await records(net.kiww)).toHaveLength(shown.length)
    await followLog(brandenburg)
    expect((await app.request('/api/search?q=eggs', {}, brandenburg)).status).toBe(200)
  })

  test('is erased like everything else', async () => {
    const rid = newRecordId(net.clock.now)
    await berlin.publish({ rid }, titled('"Geheim \\ud800"'))
    await berlin.publish({ rid, ver: 2, op: 'translate' })
    await pull()

    await berlin.say({ op: 'erase', rid, ver: 0, reason: 'legal' })
    await pull()

    expect((await served(brandenburg, berlin.entries.length - 3)).entries.slice(0, 2)).toEqual(
      said()
        .slice(-3, -1)
        .map((entry) => ({ entry, status: 'erased' })),
    )
  })
})

describe('a record in the mirror', () => {
  test('has its newest version, however many came on one page', async () => {
    const rid = newRecordId(net.clock.now)
    for (const ver of [1, 2, 3])
      await berlin.publish({ rid, ver }, { ...goodRecord, title: `Fassung ${ver}` })
    await pull()

    const one = await app.request(`/api/records/berlin/${rid}`, {}, brandenburg)

    expect(await one.json()).toMatchObject({ ver: 3, record: { title: 'Fassung 3' } })
  })

  test('stands right when its versions come on pages that overlap in time', async () => {
    const rid = newRecordId(net.clock.now)
    berlin.pageSize = 1
    await berlin.publish({ rid, ver: 1 })
    await berlin.say({ op: 'withdraw', rid, ver: 1, reason: 'outdated' })
    await berlin.publish({ rid, ver: 2 })
    await berlin.publish({ rid, ver: 2 })
    await berlin.say({ op: 'withdraw', rid, ver: 2, reason: 'outdated' })
    await berlin.say({ op: 'withdraw', rid, ver: 2, reason: 'outdated' })
    await berlin.publish({ rid, ver: 3 })

    await pull()

    const { faults } = await status()
    expect(faults.slice(-2)).toEqual([
      { seq: berlin.entries.length - 3, fault: 'version-not-rising' },
      { seq: berlin.entries.length - 1, fault: 'not-published' },
    ])
    expect(await recordOf(rid)).toMatchObject({ ver: 3, state: 'published', shown: true })
    const statuses = (await served(brandenburg, berlin.entries.length - 7)).entries
    expect(statuses.map((entry) => entry.status)).toEqual([
      'withdrawn',
      'present',
      'withdrawn',
      'withdrawn',
      'present',
      'present',
      'present',
    ])
  })

  test.each([1, 2, 200])('stands the same wherever its pages are cut: every %i', async (size) => {
    const rid = newRecordId(net.clock.now)
    berlin.pageSize = size
    await berlin.publish({ rid, ver: 1 })
    await berlin.say({ op: 'erase', rid, ver: 1, reason: 'other' })
    await berlin.publish({ rid, ver: 1 })

    await pull()

    const { entries } = await served(brandenburg, berlin.entries.length - 3)
    expect(entries.map((entry) => entry.status)).toEqual(['erased', 'present', 'present'])
    expect(await recordOf(rid)).toMatchObject({ state: 'erased', shown: false })
  })

  test('stands right when a page begins with what the page still being stored brings', async () => {
    const rid = newRecordId(net.clock.now)
    for (let i = 0; i < 199; i++) await berlin.publish()
    await berlin.publish({ rid })
    await berlin.say({ op: 'withdraw', rid, ver: 1, reason: 'outdated' })

    expect(await pull()).toEqual({ received: 201 })
    expect(await recordOf(rid)).toMatchObject({ state: 'withdrawn' })
  })

  test('stays withdrawn in all versions up to the withdrawal, also when a later one revives it', async () => {
    const rid = newRecordId(net.clock.now)
    for (const ver of [1, 2]) await berlin.publish({ rid, ver })
    await pull()
    await berlin.say({ op: 'withdraw', rid, ver: 2, reason: 'outdated' })
    await berlin.publish({ rid, ver: 3 })

    await pull()

    const { entries } = await served(brandenburg, berlin.entries.length - 4)
    expect(entries.map((entry) => entry.status)).toEqual([
      'withdrawn',
      'withdrawn',
      'present',
      'present',
    ])
    expect(await recordOf(rid)).toMatchObject({ ver: 3, state: 'published' })
  })

  test('that was withdrawn or erased on the page that brought it, is gone', async () => {
    const [withdrawn, erased] = [newRecordId(net.clock.now), newRecordId(net.clock.now)]
    const before = berlin.entries.length
    await berlin.publish({ rid: withdrawn })
    await berlin.publish({ rid: erased })
    await berlin.say({ op: 'withdraw', rid: withdrawn, ver: 1, reason: 'duplicate' })
    await berlin.say({ op: 'erase', rid: erased, ver: 1, reason: 'consent-revoked' })

    await pull()

    for (const rid of [withdrawn, erased]) {
      expect((await app.request(`/api/records/berlin/${rid}`, {}, brandenburg)).status).toBe(410)
    }
    const { entries } = await served(brandenburg, before)
    expect(entries.map((entry) => [entry.status, entry.content])).toEqual([
      ['withdrawn', undefined],
      ['erased', undefined],
      ['present', undefined],
      ['present', undefined],
    ])
    const contents = await brandenburg.sql<{ kept: boolean }[]>`
      select content is not null as kept from entries
      where rid in (${withdrawn}, ${erased}) and op = 'publish' order by seq
    `
    expect(contents.map((row) => row.kept)).toEqual([true, false])
  })

  test('that was erased and is published again under its id stays as the rules have it', async () => {
    const [closed, continued] = [newRecordId(net.clock.now), newRecordId(net.clock.now)]
    await berlin.publish({ rid: closed })
    await berlin.publish({ rid: continued })
    await berlin.say({ op: 'erase', rid: closed, ver: 0, reason: 'other' })
    await berlin.say({ op: 'erase', rid: continued, ver: 0, reason: 'other', continued: true })
    await berlin.publish({ rid: closed, ver: 2 })
    await berlin.publish({ rid: continued, ver: 2 })

    await pull()

    expect(await recordOf(closed)).toMatchObject({ state: 'erased', closed: true, shown: false })
    expect(await recordOf(continued)).toMatchObject({ state: 'published', ver: 2, shown: true })
    const { entries } = await served(brandenburg, berlin.entries.length - 6)
    expect(entries.map((entry) => entry.status)).toEqual([
      'erased',
      'erased',
      'present',
      'present',
      'present',
      'present',
    ])
  })

  test('whose older version is erased goes on being shown', async () => {
    const rid = newRecordId(net.clock.now)
    for (const ver of [1, 2]) await berlin.publish({ rid, ver })
    await pull()
    await berlin.say({ op: 'erase', rid, ver: 1, reason: 'legal' })

    await pull()

    expect(await recordOf(rid)).toMatchObject({ ver: 2, state: 'published', shown: true })
    const { entries } = await served(brandenburg, berlin.entries.length - 3)
    expect(entries.map((entry) => entry.status)).toEqual(['erased', 'present', 'present'])
  })

  test('that is erased leaves no trace in any table', async () => {
    const canary = 'Kanarienvogel'
    const rid = newRecordId(net.clock.now)
    const secret = { ...goodRecord, title: canary, summary: canary, keywords: [canary] }
    for (const ver of [1, 2]) await berlin.publish({ rid, ver }, secret)
    await pull()
    await followLog(brandenburg)
    const before = await tablesWith(brandenburg, canary)

    await berlin.say({ op: 'erase', rid, ver: 0, reason: 'consent-revoked' })
    await pull()
    await followLog(brandenburg)

    expect(before).toEqual([
      'entries',
      'records',
      'search_contents',
      'search_documents',
      'search_words',
    ])
    expect(await tablesWith(brandenburg, canary)).toEqual([])
  })
})

/** The tables that hold a word, as text or as bytes. */
const tablesWith = async ({ sql }: TestHub, word: string) => {
  const tables = await sql<{ name: string }[]>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' order by table_name
  `
  const hex = Buffer.from(word).toString('hex')
  const found = await Promise.all(
    tables.map(async ({ name }) => {
      const rows = await sql`
        select 1 from ${sql(name)} t where t::text ilike ${`%${word}%`} or t::text ilike ${`%${hex}%`}
      `
      return rows.length > 0 ? name : undefined
    }),
  )
  return found.filter((name) => name !== undefined)
}

describe('a content that is missing', () => {
  test('is a gap that staff see, until an erasure covers it', async () => {
    const rid = newRecordId(net.clock.now)
    const { content: _, salt: _s, ...item } = await berlin.publish({ rid })
    berlin.entries.splice(-1, 1, { ...item, status: 'erased' })
    const seq = berlin.entries.length
    await pull()
    const gap = (await status()).withheld

    await berlin.say({ op: 'erase', rid, ver: 1, reason: 'legal' })
    const answer = await pull()

    expect(gap).toContain(seq)
    expect(answer).toEqual({ received: 1 })
    expect((await status()).withheld).not.toContain(seq)
  })

  test('does not hold up what follows', async () => {
    const { content: _, salt: _s, ...item } = await berlin.publish()
    berlin.entries.splice(-1, 1, { ...item, status: 'withheld' })
    await berlin.publish()

    expect(await pull()).toEqual({ received: 2 })
    expect((await status()).withheld).toContain(berlin.entries.length - 1)
  })
})

describe('the head of a mirrored feed', () => {
  const head = async () => {
    const query = `iss=${net.berlin.iss}&feed=public&epoch=1`
    const answer = await app.request(`/exchange/v1/head?${query}`, {}, brandenburg)
    return ((await answer.json()) as { head: string | null }).head
  }
  const send = async (jws: string) => {
    berlin.sentHead = jws
    return pull()
  }

  test('is handed on as it was signed, and a later one takes its place', async () => {
    await berlin.publish()
    const first = await berlin.head()
    const later = await berlin.head({ iat: net.clock.now / 1000 + 60 })

    expect(await send(first)).toEqual({ received: 1 })
    expect(await head()).toBe(first)
    expect((await served(brandenburg, berlin.entries.length)).head).toBe(first)

    expect(await send(later)).toEqual({ received: 0 })
    expect(await head()).toBe(later)
    expect(await send(first)).toEqual({ received: 0 })
    expect(await head()).toBe(later)
  })

  test('beyond what is held here waits until it is', async () => {
    const before = await head()
    const next = await berlin.draft()
    const beyond = await berlin.head({ size: berlin.entries.length + 1 })

    await send(beyond)

    expect(await head()).toBe(before)
    berlin.entries.push(next)
    expect(await send(await berlin.head())).toEqual({ received: 1 })
    expect(await head()).toBe(berlin.sentHead)
  })

  test.each<[string, () => Promise<string>]>([
    ['contradicts', () => berlin.head({ size: 0, dig: 'A'.repeat(43) })],
    ['key-unknown', async () => berlin.head({}, await strangersKey())],
    ['signature', async () => withPart(await berlin.head(), 2, base64url(Buffer.alloc(64, 3)))],
    ['feed', () => berlin.head({ feed: 'members' })],
    ['feed', () => berlin.head({ epoch: 2 })],
    ['feed', () => berlin.head({ iss: 'https://kiww.example/centres/kiww' })],
    ['form', () => berlin.head({ size: -1 })],
    ['form', () => berlin.head({ mood: 'good' })],
    ['form', () => berlin.head({ exp: net.clock.now / 1000 + 86_401 })],
    ['form', () => berlin.head({ exp: net.clock.now / 1000 })],
    ['iat-future', () => berlin.head({ iat: net.clock.now / 1000 + 301 })],
    ['header-typ', async () => (await berlin.draft()).entry],
  ])('that is wrong (%s) is told, not kept, and takes no entry with it', async (reason, bad) => {
    for (let i = 0; i < 2; i++) await berlin.publish()
    const before = await head()

    expect(await send(await bad())).toEqual({ received: 2, reason: `head: ${reason}` })
    expect(await kept()).toEqual(said())
    expect(await head()).toBe(before)
  })
})

describe('pulls at the same time', () => {
  test('twelve of one feed leave every entry once, in order, without a gap in the log', async () => {
    berlin.pageSize = 5
    for (let i = 0; i < 30; i++) await berlin.publish()

    const answers = await Promise.all(Array.from({ length: 12 }, () => pull()))

    expect(answers.every(({ reason }) => reason === undefined || reason === 'moved')).toBe(true)
    await pull()
    expect(await kept()).toEqual(said())
    const [log] = await brandenburg.sql`
      select count(*) as entries, max(position) as last, (select position from log_end) as end from entries
    `
    expect(log?.last).toBe(log?.entries)
    expect(log?.end).toBe(log?.entries)
  })

  test('a reader of the log never sees a position before the one below it', async () => {
    berlin.pageSize = 3
    for (let i = 0; i < 24; i++) await berlin.publish()
    let writing = true
    const own = async (feed: FeedName) => {
      for (let i = 0; i < 8; i++) {
        const operation = {
          op: 'erase',
          rid: newRecordId(net.clock.now),
          ver: 0,
          reason: 'other',
        } as const
        await append(brandenburg, { iss: brandenburg.iss, feed, operation })
      }
    }
    const holes: number[] = []
    const read = async () => {
      while (writing) {
        const [seen] = await brandenburg.sql<{ holes: number }[]>`
          select coalesce(max(position), 0) - count(*) as holes from entries
        `
        holes.push(seen?.holes ?? -1)
      }
    }

    const reading = Promise.all([read(), read()])
    await Promise.all([pull(), own('public'), own('members')])
    writing = false
    await reading

    expect(new Set(holes)).toEqual(new Set([0]))
    expect(holes.length).toBeGreaterThan(10)
  })

  test('the same entry under its other valid signature is none of the news', async () => {
    const item = await berlin.publish()
    await pull()
    berlin.entries.splice(-1, 1, { ...item, entry: otherSignature(item.entry) })
    await berlin.publish()

    const here = await pull()
    const there = await pull(net.kiww)

    expect(here).toEqual({ received: 1 })
    expect(there.reason).toBeUndefined()
    const digests = async (hub: TestHub) =>
      (
        await hub.sql`select dig from entries where feed_id = (
        select id from feeds where iss = ${net.berlin.iss} and feed = 'public'
      ) order by seq`
      ).map(({ dig }) => dig)
    expect(await digests(net.kiww)).toEqual(await digests(brandenburg))
  })
})

test('a node asks nobody whom the anchor does not name, by whatever name', async () => {
  const centre = await centreById(brandenburg.sql, net.berlin.iss)
  if (!centre) throw new Error('Berlin is not known')
  const { host } = new URL(net.berlin.config.origin)
  const strangers = [
    'https://stranger.example',
    `https://${host}.stranger.example`,
    `https://${host}:8443`,
    `http://${host}`,
    `https://x.${host}`,
    'https://_endpoint',
  ]

  for (const origin of strangers) {
    const answer = await pullFeed(brandenburg, centre, 'public', `${origin}/exchange/v1/entries`)
    expect(answer).toEqual({ received: 0, reason: 'unnamed' })
  }
  const mirror = `${net.kiww.config.origin}/exchange/v1/entries`
  expect(await pullFeed(brandenburg, centre, 'public', mirror)).not.toHaveProperty(
    'reason',
    'unnamed',
  )
})

test('a node asks with an assertion, for the page after what it holds, at the place the anchor names', async () => {
  await pull()
  berlin.asked.length = 0
  let authorization: string | null = null
  berlin.answer = (url, request) => {
    authorization = request.headers.get('authorization')
    return Response.json(pageOf(berlin, net.berlin, url))
  }

  await pull()

  expect(authorization).toMatch(/^Bearer /)
  expect(berlin.asked.map((url) => Object.fromEntries(url.searchParams))).toEqual([
    { iss: net.berlin.iss, feed: 'public', epoch: '1', after: String(berlin.entries.length) },
  ])
})
