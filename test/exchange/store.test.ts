import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { cutBack, epochsOf } from '../../src/exchange/chain-store.ts'
import {
  type Batch,
  feedOf,
  type HeldFeed,
  statesOf,
  storeEntries,
} from '../../src/exchange/store.ts'
import { verifyPage } from '../../src/exchange/verify.ts'
import { verifyKeysOf } from '../../src/federation/centre.ts'
import { signingKey } from '../../src/federation/keys.ts'
import { centreById } from '../../src/federation/store.ts'
import { newRecordId } from '../../src/publications/record-id.ts'
import { openFederation, type TestFederation } from '../support/hub.ts'
import { openScribe, type Scribe } from '../support/rogue.ts'
import { otherSignature } from '../support/token.ts'

let net: TestFederation
let berlin: Scribe

beforeAll(async () => {
  net = await openFederation()
})
afterAll(() => net.close())
beforeEach(async () => {
  await net.brandenburg.sql`truncate entries, records, touches, evidence, pending`
  await net.brandenburg.sql`update feeds set size = 0, dig = '', key_number = 0`
  await net.brandenburg.sql`update log_end set position = 0`
  const key = await signingKey(net.berlin, await centreById(net.berlin.sql, net.berlin.iss))
  if (!key) throw new Error('Berlin has no key')
  berlin = openScribe({ iss: net.berlin.iss, feed: 'public', key, now: net.berlin.now })
})

const held = async (epoch = 1) => {
  const [feed] = await feedOf(net.brandenburg.sql, net.berlin.iss, 'public', epoch)
  if (!feed) throw new Error('no such feed')
  return feed
}

/** What Brandenburg would store of these entries, after what it holds. */
const batch = async (entries = berlin.entries, epoch = 1): Promise<Batch> => {
  const { sql, judgeContent } = net.brandenburg
  const feed = await held(epoch)
  const centre = await centreById(sql, net.berlin.iss)
  if (!centre) throw new Error('Berlin is not known')
  const cursor = { epoch, seq: feed.size, dig: feed.dig, keyNumber: feed.keyNumber }
  const page = await verifyPage(entries.slice(feed.size), cursor, {
    centre,
    feed: 'public',
    keys: await verifyKeysOf(centre),
    now: net.clock.now / 1000,
    judgeContent,
    statesOf: async (rids) => {
      const rows = await statesOf(sql, feed.iss, feed.feed, rids)
      return new Map(rows.map((row) => [row.rid, row]))
    },
  })
  if (page.stop) throw new Error(page.stop.reason)
  return {
    feedId: feed.id,
    after: feed.size,
    prev: feed.dig,
    end: page.cursor,
    entries: page.entries,
    states: page.states,
    received: new Date(net.clock.now),
    via: 'https://berlin.example',
  }
}

const store = async (one: Batch) => (await storeEntries(net.brandenburg.sql, one))[0]?.answer
const rows = () => net.brandenburg.sql`
  select seq, position, jws, status from entries order by position
`

describe('a page of entries', () => {
  test('is stored once, and a duplicate after that, under any valid signature', async () => {
    for (let i = 0; i < 3; i++) await berlin.publish()
    const page = await batch()
    const [last] = page.entries.slice(-1)
    if (!last) throw new Error('nothing to store')
    const other = { ...page, entries: [{ ...last, jws: otherSignature(last.jws) }] }

    expect(await store(page)).toBe('stored')
    expect(await store(page)).toBe('duplicate')
    expect(await store(other)).toBe('duplicate')

    expect((await rows()).map(({ jws }) => jws)).toEqual(berlin.entries.map(({ entry }) => entry))
    expect(await held()).toMatchObject({ size: 3, dig: last.dig, keyNumber: 1 })
  })

  test('has moved when another entry stands at its number', async () => {
    await berlin.publish()
    const page = await batch()
    await store(page)
    berlin.entries.length = 0
    await berlin.publish()
    const fork = { ...page, end: { ...page.end, dig: 'A'.repeat(43) } }

    expect(await store(fork)).toBe('moved')
    expect(await rows()).toHaveLength(1)
  })

  test('has moved when it would leave a gap or follow on something else', async () => {
    for (let i = 0; i < 2; i++) await berlin.publish()
    const page = await batch()
    const second = { ...page, entries: page.entries.slice(1) }

    expect(await store({ ...second, after: 1 })).toBe('moved')
    expect(await store({ ...page, prev: 'A'.repeat(43) })).toBe('moved')
    expect(await rows()).toHaveLength(0)
  })

  test.each<[string, string, boolean]>([
    ['was verified by another statement than the feed was compared with', 'aligned = 8', false],
    ['reaches beyond the end of a closed epoch', 'aligned = 7, closed_at = 2', false],
    ['reaches just that end', 'aligned = 7, closed_at = 3', true],
    ['follows on a feed that is forked', 'aligned = 7, forked_at = 1', false],
  ])('that %s is stored or not', async (_, change, stored) => {
    for (let i = 0; i < 3; i++) await berlin.publish()
    const page = { ...(await batch()), aligned: 7 }
    await net.brandenburg.sql.unsafe(`update feeds set ${change}`)

    const answer = await store(page)

    expect(answer).toBe(stored ? 'stored' : 'moved')
    await net.brandenburg.sql`update feeds set aligned = 0, closed_at = null, forked_at = null`
  })

  test('of two that compete, one is stored; the positions have no gap', async () => {
    for (let i = 0; i < 4; i++) await berlin.publish()
    const [all, some] = [await batch(), await batch(berlin.entries.slice(0, 2))]

    const answers = await Promise.all([store(all), store(some), store(all), store(some)])

    expect(answers.filter((answer) => answer === 'stored')).toHaveLength(1)
    const positions = (await rows()).map(({ position }) => position)
    expect(positions).toEqual(positions.map((_, i) => i + 1))
  })

  test('is stored whole or not at all', async () => {
    for (let i = 0; i < 3; i++) await berlin.publish()
    const page = await batch()
    const [first] = page.entries
    const broken = { ...page, entries: [first, { ...first, status: 'lost' }] } as Batch

    await expect(storeEntries(net.brandenburg.sql, broken)).rejects.toThrow()
    expect(await rows()).toHaveLength(0)
    expect(await held()).toMatchObject({ size: 0 })
    expect(await store(page)).toBe('stored')
    expect((await rows()).map(({ position }) => position)).toEqual([1, 2, 3])
  })
})

test.each<[string, (seen: HeldFeed[]) => HeldFeed[]]>([
  ['has grown', (seen) => seen.map((feed) => ({ ...feed, size: 0 }))],
  ['has another last entry', (seen) => seen.map((feed) => ({ ...feed, dig: 'A'.repeat(43) }))],
  ['has a new epoch', () => []],
])('nothing is taken off a feed that %s since it was looked at', async (_, before) => {
  const { sql } = net.brandenburg
  for (let i = 0; i < 3; i++) await berlin.publish()
  await store(await batch())
  const seen = await epochsOf(sql, net.berlin.iss, 'public')
  const left = [{ id: seen[0]?.id ?? 0, epoch: 1, size: 1, dig: 'x', keyNumber: 1 }]
  const change = { held: before(seen), left, records: [], found: new Date() }

  const [moved] = await cutBack(sql, { iss: net.berlin.iss, feed: 'public' }, change)

  expect(moved).toEqual({ done: false })
  expect(await rows()).toHaveLength(3)
  const [done] = await cutBack(
    sql,
    { iss: net.berlin.iss, feed: 'public' },
    { ...change, held: seen },
  )
  expect(done).toEqual({ done: true })
  expect(await rows()).toHaveLength(1)
})

test('an erasure in a new epoch reaches what the epoch before brought', async () => {
  const rid = newRecordId(net.clock.now)
  await berlin.publish({ rid })
  await berlin.publish({ rid, ver: 2 })
  await store(await batch())
  await net.brandenburg.sql`select know_feed(${net.berlin.iss}, 'public', 2, ${(await held()).dig})`
  const { dig: prev } = await held()
  const repeated = await berlin.sign({
    op: 'erase',
    rid,
    ver: 1,
    reason: 'legal',
    epoch: 2,
    seq: 1,
    prev,
  })

  const answer = await store(await batch([repeated], 2))

  expect(answer).toBe('stored')
  expect((await rows()).map(({ status }) => status)).toEqual(['erased', 'present', 'present'])
  const [record] = await net.brandenburg.sql`select ver, state, seq from records`
  expect(record).toMatchObject({ ver: 2, state: 'published', seq: 2 })
  await net.brandenburg.sql`truncate entries, records, touches, evidence, pending`
  await net.brandenburg.sql`delete from feeds where epoch = 2`
})
