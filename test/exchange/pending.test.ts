import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { alignFeeds } from '../../src/exchange/align.ts'
import { append } from '../../src/exchange/append.ts'
import { attestHoldings } from '../../src/exchange/attest.ts'
import { pendingLimits } from '../../src/exchange/pending.ts'
import { pullFeed } from '../../src/exchange/pull.ts'
import { feedStatus } from '../../src/exchange/status.ts'
import { refreshStatements } from '../../src/federation/anchor.ts'
import { learnTrust } from '../../src/federation/learn.ts'
import type { Cut, KnowledgeExchange } from '../../src/federation/statement.ts'
import { centreById } from '../../src/federation/store.ts'
import { newRecordId } from '../../src/publications/record-id.ts'
import { followLog } from '../../src/search/follow.ts'
import {
  beginAnew,
  held,
  nextEpoch,
  type Shelf,
  scribeOf,
  shelve,
  stateAnew,
} from '../support/chain.ts'
import { openFederation, type TestFederation, type TestHub } from '../support/hub.ts'
import { goodRecord, type Scribe } from '../support/rogue.ts'
import { payloadOf } from '../support/token.ts'

const day = 86_400_000

let net: TestFederation
let brandenburg: TestHub
let iss: string
let berlin: Scribe
let home: Shelf
const limits = { ...pendingLimits }

beforeAll(async () => {
  net = await openFederation()
  brandenburg = net.brandenburg
  iss = net.berlin.iss
  home = shelve(brandenburg, net.berlin.config.origin, iss, { entries: {}, asked: [] })
})
afterAll(() => net.close())
beforeEach(async () => {
  Object.assign(pendingLimits, limits)
  await beginAnew(net, iss, brandenburg)
  berlin = await scribeOf(net.berlin)
  Object.assign(home, {
    entries: { 1: berlin.entries },
    head: null,
    pageSize: 200,
    answer: undefined,
  })
})

const pull = async () => {
  const centre = await centreById(brandenburg.sql, iss)
  if (!centre) throw new Error('Berlin is not known')
  return pullFeed(brandenburg, centre, 'public')
}
/** The anchor cannot be reached for so long that its word has expired. */
const loseAnchor = () => {
  net.clock.now += 8 * day
}
const findAnchor = async () => {
  await refreshStatements(net.kiww)
  await learnTrust(brandenburg)
}
const digests = (upto = berlin.entries.length) =>
  berlin.entries.slice(0, upto).map((_, i) => berlin.digestAt(i + 1))
const page = async (rid: string) =>
  (await app.request(`/api/records/berlin/${rid}`, {}, brandenburg)).status
const entries = async (after = 0) => {
  const query = `iss=${iss}&feed=public&epoch=1&after=${after}`
  return (await app.request(`/exchange/v1/entries?${query}`, {}, brandenburg)).json()
}
const pending = async () =>
  (await feedStatus(brandenburg)).find((row) => row.iss === iss && row.feed === 'public')?.pending
const found = async (word: string) => {
  await followLog(brandenburg)
  const answer = await app.request(`/api/search?q=${word}`, {}, brandenburg)
  return ((await answer.json()) as { total: number }).total
}

describe('while the anchor’s word has expired', () => {
  test('what is new is taken in order and waits: not shown, not found, not served, not in holdings', async () => {
    const [old, fresh] = [newRecordId(net.clock.now), newRecordId(net.clock.now)]
    await berlin.publish({ rid: old })
    await pull()
    loseAnchor()
    await berlin.publish({ rid: fresh }, { ...goodRecord, title: 'Kormoran' })
    await berlin.publish()

    const answer = await pull()

    expect(answer).toEqual({ received: 2 })
    expect(await pending()).toBe(2)
    expect([await page(old), await page(fresh)]).toEqual([200, 404])
    expect(await found('Kormoran')).toBe(0)
    expect(await entries()).toMatchObject({ entries: [{}], more: false })
    const { feeds } = payloadOf(await attestHoldings(brandenburg, undefined))
    expect(feeds).toContainEqual(expect.objectContaining({ iss, size: 1, dig: berlin.digestAt(1) }))
  })

  test('it goes on from what waits, not from what counts', async () => {
    await berlin.publish()
    loseAnchor()
    await pull()
    await berlin.publish()
    home.asked.length = 0

    expect(await pull()).toEqual({ received: 1 })
    expect(home.asked.map((url) => url.searchParams.get('after'))).toEqual(['1'])
    expect(await pull()).toEqual({ received: 0 })
  })

  test.each(['erase', 'withdraw'])(
    'a record is hidden at once that is taken back: %s',
    async (op) => {
      const rid = newRecordId(net.clock.now)
      await berlin.publish({ rid }, { ...goodRecord, title: 'Kiebitz' })
      await pull()
      await found('Kiebitz')
      loseAnchor()
      await berlin.say({ op, rid, ver: 1, reason: 'other' })

      await pull()

      expect(await page(rid)).toBe(404)
      expect(await found('Kiebitz')).toBe(0)
      expect(await entries()).toMatchObject({
        entries: [{ entry: berlin.entries[0]?.entry, status: 'withheld' }],
      })
      const list = await app.request('/api/records', {}, brandenburg)
      expect(await list.json()).toMatchObject({ records: [] })
    },
  )

  test('what came and was erased meanwhile is not kept', async () => {
    const rid = newRecordId(net.clock.now)
    loseAnchor()
    await berlin.publish({ rid })
    await pull()
    await berlin.say({ op: 'erase', rid, ver: 0, reason: 'legal' })

    await pull()

    expect(await brandenburg.sql`select from pending where content is not null`).toEqual([])
  })

  test('an older version that is erased leaves the newer one where it is', async () => {
    const rid = newRecordId(net.clock.now)
    for (const ver of [1, 2]) await berlin.publish({ rid, ver })
    await pull()
    loseAnchor()
    await berlin.say({ op: 'erase', rid, ver: 1, reason: 'legal' })

    await pull()

    expect(await page(rid)).toBe(200)
    expect(await entries()).toMatchObject({
      entries: [{ status: 'withheld' }, { status: 'present' }],
    })
  })

  test('a bad entry stops the feed as ever', async () => {
    await berlin.publish()
    loseAnchor()
    await berlin.publish()
    berlin.entries.push(await berlin.sign({ op: 'x', prev: 'A'.repeat(43) }))

    expect(await pull()).toEqual({ received: 2, reason: 'prev', reasonSeq: 3 })
    expect(await pending()).toBe(2)
  })

  test('own entries count at once', async () => {
    loseAnchor()
    const operation = { op: 'erase', rid: newRecordId(0), ver: 0, reason: 'other' } as const

    await append(brandenburg, { iss: brandenburg.iss, feed: 'members', operation })

    const [feed] = await brandenburg.sql`
      select size from feeds where iss = ${brandenburg.iss} and feed = 'members'
    `
    expect(feed?.size).toBe(1)
  })

  test('no more waits than there is room for: first contents stay away, then entries', async () => {
    const bytes = 1.5 * JSON.stringify(goodRecord).length
    Object.assign(pendingLimits, { entries: 4, bytes })
    home.pageSize = 2
    await berlin.publish()
    await pull()
    loseAnchor()
    for (let i = 0; i < 7; i++) await berlin.publish()

    const answer = await pull()

    expect(answer).toEqual({ received: 4, reason: 'pending-full', reasonSeq: 6 })
    const rows = await brandenburg.sql`select content is null as without from pending order by seq`
    expect(rows.at(0)).toEqual({ without: false })
    expect(rows.at(-1)).toEqual({ without: true })

    await findAnchor()
    expect(await pull()).toEqual({ received: 3 })
    expect(await held(brandenburg, iss)).toEqual({ 1: digests() })
  })
})

describe('when the anchor is back', () => {
  test('all that waited counts, in order, as if it had just come', async () => {
    const rid = newRecordId(net.clock.now)
    await berlin.publish({ rid })
    await pull()
    loseAnchor()
    home.pageSize = 2
    for (const ver of [2, 3]) await berlin.publish({ rid, ver })
    await berlin.say({ op: 'erase', rid, ver: 1, reason: 'legal' })
    await pull()
    home.answer = () => new Response('', { status: 503 })
    await findAnchor()

    const answer = await pull()

    expect(answer).toEqual({ received: 0, reason: 'status-503' })
    expect(await held(brandenburg, iss)).toEqual({ 1: digests() })
    expect(await pending()).toBe(0)
    expect(await entries()).toMatchObject({
      entries: [{ status: 'erased' }, { status: 'present' }, { status: 'present' }, {}],
    })
    expect(await page(rid)).toBe(200)
    const [log] = await brandenburg.sql`
      select jsonb_agg(position order by seq) as given, (select position from log_end) as last from entries
    `
    expect(log).toEqual({ given: [1, 2, 3, 4], last: 4 })
  })

  test('it is told over which node and when each entry came', async () => {
    await pull()
    loseAnchor()
    await berlin.publish()
    await pull()
    const came = net.clock.now
    net.clock.now += day
    await findAnchor()

    await pull()

    const [entry] = await brandenburg.sql`select via, received_at from entries`
    expect(entry).toEqual({ via: 'https://berlin.example', received_at: new Date(came) })
  })

  test('what does not hold under what it states now is given up, and shown is what it hid', async () => {
    const rid = newRecordId(net.clock.now)
    await berlin.publish({ rid })
    await pull()
    loseAnchor()
    await berlin.say({ op: 'withdraw', rid, ver: 1, reason: 'other' })
    await pull()
    const hidden = await page(rid)
    const cut: Cut[] = [{ feed: 'public', epoch: 1, seq: 1, dig: berlin.digestAt(1) }]
    await stateAnew(net, iss, cutKeys(cut), [brandenburg])

    const answer = await pull()

    expect([hidden, await page(rid)]).toEqual([404, 200])
    expect(answer).toEqual({ received: 0, reason: 'key-cut', reasonSeq: 2 })
    expect(await pending()).toBe(0)
    expect(await brandenburg.sql`select kind, seq, jws from evidence`).toEqual([
      { kind: 'refused', seq: 2, jws: berlin.entries[1]?.entry },
    ])
  })

  test('of what waits only that counts which stands before a base', async () => {
    await berlin.publish()
    await pull()
    loseAnchor()
    for (let i = 0; i < 3; i++) await berlin.publish()
    await pull()
    const base = { epoch: 1, seq: 3, dig: berlin.digestAt(3) }
    await stateAnew(net, iss, (stated) => nextEpoch(stated, base), [brandenburg])
    home.entries[2] = []

    const answer = await pull()

    expect(answer).toEqual({ received: 0 })
    expect(await held(brandenburg, iss)).toEqual({ 1: digests(3), 2: [] })
    expect(await brandenburg.sql`select kind, seq from evidence`).toEqual([
      { kind: 'beyond', seq: 4 },
    ])
  })

  test('it counts as soon as that is known, without waiting for the next poll', async () => {
    await pull()
    loseAnchor()
    await berlin.publish()
    await pull()
    await brandenburg.sql`update pulls set due = ${new Date(net.clock.now + day)}`
    await findAnchor()

    await alignFeeds(brandenburg)

    const [row] =
      await brandenburg.sql`select due from pulls where iss = ${iss} and feed = 'public'`
    expect(row?.due).toEqual(new Date(net.clock.now))
  })
})

const cutKeys =
  (valid_through: Cut[]) =>
  ({ jwks }: KnowledgeExchange) => ({
    jwks: { keys: jwks.keys.map((jwk) => (jwk.use === 'sig' ? { ...jwk, valid_through } : jwk)) },
  })

describe('while a cut lies ahead', () => {
  const cutAt = (seq: number, dig = berlin.digestAt(seq)) =>
    stateAnew(net, iss, cutKeys([{ feed: 'public', epoch: 1, seq, dig }]), [brandenburg])

  test.each([1, 2, 3, 200])(
    'nothing is shown before it is reached, in pages of %i',
    async (size) => {
      home.pageSize = size
      for (let i = 0; i < 6; i++) await berlin.publish()
      await cutAt(5)
      home.entries[1] = berlin.entries.slice(0, 4)

      const behind = await pull()
      const shown = (await held(brandenburg, iss))[1]
      home.entries[1] = berlin.entries
      const reached = await pull()

      expect(behind).toEqual({ received: 4, reason: 'not-reached', reasonSeq: 5 })
      expect(shown).toEqual([])
      expect(reached).toMatchObject({ reason: 'key-cut', reasonSeq: 6 })
      expect(await held(brandenburg, iss)).toEqual({ 1: digests(5) })
    },
  )

  test('what is forged under the key that was cut is never shown, and the true chain takes its place', async () => {
    home.pageSize = 2
    const forger = await scribeOf(net.berlin)
    for (let i = 0; i < 5; i++) await berlin.publish()
    for (let i = 0; i < 3; i++) await forger.publish()
    await cutAt(5)
    home.entries[1] = forger.entries
    await pull()
    home.entries[1] = berlin.entries

    const answer = await pull()

    expect(answer.reason).toBeUndefined()
    expect(await held(brandenburg, iss)).toEqual({ 1: digests() })
  })

  test('what was held of another chain gives way when the cut is reached, and not before', async () => {
    home.pageSize = 1
    const forger = await scribeOf(net.berlin)
    await berlin.publish()
    forger.entries.push(...berlin.entries)
    const rid = newRecordId(net.clock.now)
    await forger.publish({ rid })
    home.entries[1] = forger.entries
    await pull()
    for (let i = 0; i < 3; i++) await berlin.publish()
    await cutAt(4)
    home.entries[1] = berlin.entries.slice(0, 3)

    const halfway = await pull()
    const before = await page(rid)
    home.entries[1] = berlin.entries
    await pull()

    expect(halfway).toMatchObject({ reason: 'not-reached' })
    expect([before, await page(rid)]).toEqual([200, 404])
    expect(await held(brandenburg, iss)).toEqual({ 1: digests() })
  })

  test('a peer whose chain changes with every question keeps nobody busy for ever', async () => {
    home.pageSize = 1
    for (let i = 0; i < 3; i++) await berlin.publish()
    await pull()
    const drafts = await Promise.all(
      Array.from({ length: 6 }, () => berlin.draft({ prev: 'A'.repeat(43) })),
    )
    await berlin.publish()
    await cutAt(4)
    let asked = 0
    home.answer = (url) => {
      const after = Number(url.searchParams.get('after'))
      const items = [drafts[asked++ % drafts.length]]
      return Response.json({
        ...{ iss, feed: 'public', epoch: 1, entries: items, head: null },
        ...{ next_after: after + 1, more: true },
      })
    }

    expect((await pull()).reason).toMatch(/^(prev|seq)$/)
    expect(asked).toBeLessThan(20)
    expect(await held(brandenburg, iss)).toEqual({ 1: digests(3) })
  })
})

test('a run that may ask no more leaves the rest for the next', async () => {
  home.pageSize = 1
  loseAnchor()
  for (let i = 0; i < 4; i++) await berlin.publish()
  const centre = await centreById(brandenburg.sql, iss)
  if (!centre) throw new Error('Berlin is not known')
  let questions = 2

  const halfway = await pullFeed(
    { ...brandenburg, mayAsk: () => questions-- > 0 },
    centre,
    'public',
  )

  expect(halfway).toEqual({ received: 2, more: true })
  expect(await pull()).toEqual({ received: 2 })
})
