import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { fillGaps } from '../../src/exchange/gaps.ts'
import { followHoldings } from '../../src/exchange/gossip.ts'
import { pullDue } from '../../src/exchange/pulls.ts'
import { pullFromAny } from '../../src/exchange/sources.ts'
import { feedStatus } from '../../src/exchange/status.ts'
import { centreById } from '../../src/federation/store.ts'
import { newRecordId } from '../../src/publications/record-id.ts'
import { followLog } from '../../src/search/follow.ts'
import { beginAnew, held, type Shelf, scribeOf, shelve } from '../support/chain.ts'
import { openFederation, type TestFederation, type TestHub } from '../support/hub.ts'
import { goodRecord, type Scribe } from '../support/rogue.ts'
import { base64url, withPart } from '../support/token.ts'

let net: TestFederation
let brandenburg: TestHub
let iss: string
let berlin: Scribe
let home: Shelf
/** Nodes of other centres, by slug. */
let mirrors: Record<string, Shelf>

const others = ['bremen', 'hamburg', 'hessen', 'saarland', 'sachsen']
const down = () => new Response('', { status: 503 })

beforeAll(async () => {
  net = await openFederation()
  brandenburg = net.brandenburg
  iss = net.berlin.iss
  const shelf = (origin: string) => shelve(brandenburg, origin, iss, { entries: {}, asked: [] })
  home = shelf(net.berlin.config.origin)
  mirrors = { kiww: shelf(net.kiww.config.origin) }
  for (const slug of others) {
    mirrors[slug] = shelf(`https://${slug}.example`)
    await brandenburg.sql`
      insert into centres (entity_id, slug, name, statement, iat, exp, metadata)
      select ${`https://${slug}.example/centres/${slug}`}, ${slug}, name, statement, iat, exp,
        replace(metadata::text, 'kiww.example', ${`${slug}.example`})::jsonb
      from centres where slug = 'kiww'
    `
  }
})
afterAll(() => net.close())
beforeEach(async () => {
  await beginAnew(net, iss, brandenburg)
  await brandenburg.sql`truncate poor_sources`
  await brandenburg.sql`
    update centres set metadata = jsonb_set(metadata, '{status}', '"active"') where slug <> 'berlin'
  `
  berlin = await scribeOf(net.berlin)
  Object.assign(home, { entries: { 1: berlin.entries }, answer: undefined, asked: [] })
  for (const shelf of Object.values(mirrors)) {
    Object.assign(shelf, { entries: { 1: berlin.entries }, answer: undefined, asked: [] })
  }
})

const pull = async (hub = brandenburg) => {
  net.clock.now += 6 * 60_000
  await pullDue(hub)
}
const digests = () => berlin.entries.map((_, i) => berlin.digestAt(i + 1))
const status = async () => {
  const rows = await feedStatus(brandenburg)
  return rows.find((row) => row.iss === iss && row.feed === 'public')
}
const asked = () =>
  Object.entries(mirrors).flatMap(([slug, shelf]) => (shelf.asked.length > 0 ? [slug] : []))
const suspend = (slugs: string[]) => brandenburg.sql`
  update centres set metadata = jsonb_set(metadata, '{status}', '"suspended"')
  where slug in (select value from jsonb_array_elements_text(${brandenburg.sql.json(slugs)}))
`
/** A node says in its holdings that it holds so much of Berlin's feed. */
const claim = async (slug: string, size: number) => {
  const now = new Date(net.clock.now)
  const signer = `https://${slug}.example/centres/${slug}`
  await brandenburg.sql`
    insert into holdings (signer, iat, exp, jws, received_at) values (${signer}, 1, 2, '', now())
    on conflict do nothing
  `
  await brandenburg.sql`
    insert into held_feeds (signer, feed_id, size, dig, erased_through, size_since, erased_since)
    select ${signer}, id, ${size}, '', 0, ${now}, ${now} from feeds where iss = ${iss} and feed = 'public'
    on conflict (signer, feed_id) do update set size = excluded.size, size_since = excluded.size_since
  `
}
/** What a node says in its holdings is looked into. */
const hear = async (slug: string) => {
  const node = await centreById(brandenburg.sql, `https://${slug}.example/centres/${slug}`)
  if (!node) throw new Error('no such centre')
  await followHoldings(brandenburg, node)
}

describe('where the home of a feed fails', () => {
  test('it comes from mirrors, verified like ever, and staff see what is the matter', async () => {
    home.answer = down
    for (let i = 0; i < 3; i++) await berlin.publish()

    await pull()

    expect(await held(brandenburg, iss)).toEqual({ 1: digests() })
    expect(await status()).toMatchObject({ reason: 'status-503', size: 3 })
    const [entry] = await brandenburg.sql`select via from entries where seq = 1`
    expect(asked().map((slug) => `https://${slug}.example`)).toContain(entry?.via)
  })

  test('because it serves what nobody signed, mirrors are asked as well', async () => {
    await berlin.publish()
    const [first] = berlin.entries
    const entry = withPart(first?.entry ?? '', 2, base64url(Buffer.alloc(64, 3)))
    home.entries = { 1: [{ entry, status: 'withheld' }] }

    await pull()

    expect(await held(brandenburg, iss)).toEqual({ 1: digests() })
    expect(await status()).toMatchObject({ reason: 'signature', reasonSeq: 1 })
  })

  test('a mirror that has more than one run may take is asked for the rest in the next', async () => {
    home.answer = down
    for (let i = 0; i < 5; i++) await berlin.publish()
    for (const shelf of Object.values(mirrors)) shelf.pageSize = 2
    const centre = await centreById(brandenburg.sql, iss)
    if (!centre) throw new Error('Berlin is not known')
    let questions = 2

    const hub = { ...brandenburg, mayAsk: () => questions-- > 0 }
    const answer = await pullFromAny(hub, centre, 'public')

    expect(answer).toEqual({ received: 4, more: true, reason: 'status-503' })
    for (const shelf of Object.values(mirrors)) shelf.pageSize = 200
  })

  test('one that lies behind is asked no more for a while, and does not keep the feed from going on', async () => {
    home.answer = down
    await suspend(others.filter((slug) => slug !== 'bremen'))
    const { bremen, kiww } = mirrors
    if (!bremen || !kiww) throw new Error('there are mirrors')
    bremen.answer = () => Response.json({ entries: 'none' })
    await berlin.publish()

    for (let i = 0; i < 4; i++) await pull()
    const [poor] = await brandenburg.sql`
      select failures, retry_at > ${new Date(net.clock.now)} as resting from poor_sources
      where endpoint like '%bremen%' and iss = ${iss} and feed = 'public'
    `
    await berlin.publish()
    await pull()

    expect(poor?.failures).toBeGreaterThan(0)
    expect(await held(brandenburg, iss)).toEqual({ 1: digests() })
  })

  test('a mirror that gave nothing rests twice as long each time', async () => {
    home.answer = down
    await suspend(others)
    const { kiww } = mirrors
    if (kiww) kiww.answer = down
    const rests: number[] = []
    for (let i = 0; i < 6; i++) {
      await pull()
      const [poor] = await brandenburg.sql<{ rest: number }[]>`
        select extract(epoch from retry_at - ${new Date(net.clock.now)}::timestamptz)::float as rest
        from poor_sources where iss = ${iss} and feed = 'public'
      `
      rests.push(poor?.rest ?? 0)
    }

    expect(rests[0]).toBe(1)
    expect(rests[5]).toBeGreaterThan(0.8 * 32)
    expect(rests[5]).toBeLessThan(1.2 * 32 + 0.001)
  })

  test('no more than three are asked, and none of a centre that is suspended', async () => {
    home.answer = down
    for (const shelf of Object.values(mirrors)) shelf.answer = down
    await suspend(['kiww', 'bremen'])

    await pull()

    expect(asked()).toHaveLength(3)
    expect(asked()).not.toContain('kiww')
    expect(asked()).not.toContain('bremen')
  })

  test('who says to hold more is asked first, until it turns out to be no better than others', async () => {
    home.answer = down
    for (let i = 0; i < 3; i++) await berlin.publish()
    const liars = ['bremen', 'hamburg', 'hessen', 'saarland']
    for (const slug of liars) {
      Object.assign(mirrors[slug] as Shelf, { entries: { 1: [] } })
      await claim(slug, 1_000_000)
    }

    await pull()
    const first = asked()
    await pull()

    expect(first).toHaveLength(3)
    expect(liars).toEqual(expect.arrayContaining(first))
    expect(await held(brandenburg, iss)).toEqual({ 1: digests() })
  })
})

describe('where the home answers', () => {
  test('no mirror is asked', async () => {
    await berlin.publish()

    await pull()

    expect(asked()).toEqual([])
    expect(await status()).toMatchObject({ reason: null, size: 1 })
  })

  test('but stands still, who still says to hold more is asked for the rest', async () => {
    for (let i = 0; i < 4; i++) await berlin.publish()
    home.entries = { 1: berlin.entries.slice(0, 2) }
    await claim('hessen', 4)
    await hear('hessen')
    const before = asked()

    await pull()
    await hear('hessen')

    expect(before).toEqual([])
    expect(asked()).toEqual(['hessen'])
    expect(await held(brandenburg, iss)).toEqual({ 1: digests() })
    expect(await status()).toMatchObject({ reason: null })
  })

  test('who only says to hold more is tried once and then left alone, and the feed does not notice', async () => {
    await berlin.publish()
    const { hessen } = mirrors
    await claim('hessen', 1_000_000)
    await pull()

    await hear('hessen')
    await hear('hessen')
    await pull()

    expect(hessen?.asked.length).toBe(1)
    const [row] = await brandenburg.sql`
      select steady, failures from pulls where iss = ${iss} and feed = 'public'
    `
    expect(row).toEqual({ steady: true, failures: 0 })
  })

  test('nobody is asked who raises its word each time', async () => {
    await berlin.publish()
    for (let size = 7; size < 10; size++) {
      await claim('hessen', size)
      await hear('hessen')
      await pull()
    }

    expect(asked()).toEqual([])
  })
})

describe('a content that is missing', () => {
  /** Everybody serves the feed, but only some have the content of its first entry. */
  const withhold = (without: Shelf[]) => {
    const [first, ...rest] = berlin.entries
    if (!first) throw new Error('nothing was said')
    const bare = { entry: first.entry, status: 'withheld' as const }
    for (const shelf of without) shelf.entries = { 1: [bare, ...rest] }
  }
  const page = (rid: string) => app.request(`/api/records/berlin/${rid}`, {}, brandenburg)
  const found = async (word: string) => {
    await followLog(brandenburg)
    const answer = await app.request(`/api/search?q=${word}`, {}, brandenburg)
    return ((await answer.json()) as { total: number }).total
  }
  const gaps = async () => (await status())?.withheld

  test('is asked of other nodes, and shown and found from then on', async () => {
    const rid = newRecordId(net.clock.now)
    await suspend(others)
    await berlin.publish({ rid }, { ...goodRecord, title: 'Rotkehlchen' })
    await berlin.publish()
    withhold([home])
    await pull()
    const before = [await gaps(), (await page(rid)).status, await found('Rotkehlchen')]

    const filled = await fillGaps(brandenburg)

    expect(before).toEqual([[1], 404, 0])
    expect(filled).toBe(1)
    expect([await gaps(), (await page(rid)).status, await found('Rotkehlchen')]).toEqual([
      [],
      200,
      1,
    ])
    expect(await fillGaps(brandenburg)).toBe(0)
  })

  test('stays missing where nobody has it, or only another one', async () => {
    await suspend(others)
    await berlin.publish()
    withhold([home, mirrors.kiww as Shelf])
    await pull()

    expect(await fillGaps(brandenburg)).toBe(0)

    const [first] = berlin.entries
    if (first)
      mirrors.kiww = Object.assign(mirrors.kiww as Shelf, {
        entries: { 1: [{ ...first, content: base64url('{}') }] },
      })
    expect(await fillGaps(brandenburg)).toBe(0)
    expect(await gaps()).toEqual([1])
  })

  test('that cannot be shown has no effect, and what followed on it stands as with everybody else', async () => {
    const rid = newRecordId(net.clock.now)
    await suspend(others)
    await berlin.publish({ rid }, '{"kind":"case-example"}')
    await berlin.say({ op: 'withdraw', rid, ver: 1, reason: 'outdated' })
    await berlin.publish({ rid, ver: 1 })
    const [first] = berlin.entries
    if (!first) throw new Error('nothing was said')
    home.entries = { 1: [{ entry: first.entry, status: 'withheld' }] }
    await pull()
    const provisional = await status()
    await fillGaps(brandenburg)
    home.entries = { 1: berlin.entries }

    await pull()

    expect(provisional?.faults).toEqual([])
    expect((await status())?.faults).toEqual([
      { seq: 1, fault: 'content: invalid-content' },
      { seq: 2, fault: 'record-unknown' },
    ])
    expect((await page(rid)).status).toBe(200)
  })

  test('is not asked for while its record is hidden', async () => {
    const rid = newRecordId(net.clock.now)
    await suspend(others)
    await berlin.publish({ rid })
    withhold([home])
    await pull()
    await brandenburg.sql`update entries set hidden = true`

    expect(await fillGaps(brandenburg)).toBe(0)
  })
})
