/**
 * The engine on Meilisearch. Where MEILISEARCH_URL names a server (`npm run test:meilisearch`), everything that a
 * server in good health does is tested against it; what goes wrong, always against the stand-in.
 */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { runChores } from '../../src/chores.ts'
import type { Hub } from '../../src/hub.ts'
import { find, type SearchInput } from '../../src/search/find.ts'
import { followLog } from '../../src/search/follow.ts'
import { indexName, nextName } from '../../src/search/meilisearch-client.ts'
import { followBeside, rebuildBeside } from '../../src/search/meilisearch-index.ts'
import { openTestHub, type TestHub } from '../support/hub.ts'
import { type MeilisearchDouble, openMeilisearch } from '../support/meilisearch.ts'
import { type JudgedRecord, judgedRecords } from './relevance/corpus.ts'
import { asRecord, fillFeed, numbered } from './relevance/fill.ts'
import { judgedQueries } from './relevance/queries.ts'

let base: TestHub
let double: MeilisearchDouble
/** The same node with and without a Meilisearch beside it. */
let withIt: Hub
let without: Hub
const records = new Map<string, JudgedRecord>()
const warnings: unknown[] = []

const { MEILISEARCH_URL: realUrl, MEILISEARCH_KEY = '', MEILISEARCH_SEARCH_KEY } = process.env
const searchKeyOfReal = MEILISEARCH_SEARCH_KEY || MEILISEARCH_KEY

beforeAll(async () => {
  base = await openTestHub('kiww')
  double = await openMeilisearch()
  for (const [n, record] of judgedRecords().entries()) records.set(numbered(n), record)
  await fillFeed(
    base.sql,
    [...records].map(([rid, { input }]) => ({ rid, record: asRecord(input) })),
  )
  await followLog(base)
  without = base
  const log = { ...base.log, warn: (about: unknown) => warnings.push(about) }
  const meilisearch = realUrl
    ? { url: realUrl, key: MEILISEARCH_KEY, searchKey: searchKeyOfReal }
    : double
  withIt = { ...base, log, config: { ...base.config, meilisearch } }
  expect(await rebuildBeside(withIt)).toEqual({ ok: true, value: records.size })
})
afterEach(() => {
  warnings.length = 0
  double.trouble = {}
})
afterAll(async () => {
  await base.close()
  await double.close()
})

const search = (hub: Hub, q: string, more: Partial<SearchInput> = {}) =>
  find(hub, 'public', { q, filters: {}, sort: 'relevance', after: 0, ...more })

const ridsOf = async (hub: Hub, q: string, more: Partial<SearchInput> = {}) =>
  (await search(hub, q, more)).hits.map(({ rid }) => rid)

describe('both engines', () => {
  const classes = [...new Set(judgedQueries().map((query) => query.class))]

  test.each(classes)('find the same in the same order: %s', async (name) => {
    const queries = judgedQueries().filter((query) => query.class === name)

    for (const { q } of queries)
      expect(await ridsOf(withIt, q), q).toEqual(await ridsOf(without, q))

    expect(warnings).toEqual([])
  })

  test.each([
    ['Betrieb', {}],
    ['', { land: 'DE-BE' }],
    ['Betrieb', { sector: 'wz2008:Q' }],
    ['Betrieb', { sector: 'wz2008:Q', size: 'small', kind: 'case-example' }],
    ['"gemeinsame Auswertung" -Hotel', {}],
  ])('count the same facets: %s %o', async (q, filters) => {
    const [one, other] = [
      await search(withIt, q, { filters }),
      await search(without, q, { filters }),
    ]

    expect(one.total).toBe(other.total)
    if (!q.includes('"')) expect(one.facets).toEqual(other.facets)
    expect(warnings).toEqual([])
  })

  test('show the newest in the same order, page by page', async () => {
    for (const after of [0, 20, 40]) {
      const more = { sort: 'newest' as const, after }
      expect(await ridsOf(withIt, 'Betrieb', more)).toEqual(await ridsOf(without, 'Betrieb', more))
    }
  })
})

/** A node with the stand-in beside it, whatever the environment says. */
const beside = (): Hub => ({ ...withIt, config: { ...base.config, meilisearch: double } })

const say = async (title: string) => {
  const rid = numbered(1_000 + Math.floor(Math.random() * 1e9))
  const [any] = records.values()
  await fillFeed(base.sql, [{ rid, record: asRecord({ ...any?.input, title }) }])
  await followLog(base)
  return rid
}

/** Takes a record out of PostgreSQL's index. */
const erase = async (rid: string) => {
  await base.sql`update records set state = 'erased', teaser = null where rid = ${rid}`
  await base.sql`
    with logged as (update log_end set position = position + 1 returning position)
    insert into touches (position, iss, feed, rid)
    select logged.position, iss, feed, rid from records, logged where rid = ${rid}
  `
  await followLog(base)
}

describe('following', () => {
  const liveIndex = () => double.indexes.get(indexName(base.config))

  beforeAll(async () => {
    expect((await rebuildBeside(beside())).ok).toBe(true)
  })

  test('what is new is found, and what is gone leaves', async () => {
    const rid = await say('Seilerei am Hafen')
    expect(await followBeside(beside())).toMatchObject({ ok: true })
    expect(await ridsOf(beside(), 'Seilerei')).toEqual([rid])

    await base.sql`update records set state = 'erased', teaser = null where rid = ${rid}`
    expect(await ridsOf(beside(), 'Seilerei')).toEqual([])
    await erase(rid)
    const before = liveIndex()?.documents.size ?? 0
    await followBeside(beside())

    expect(liveIndex()?.documents.size).toBe(before - 1)
  })

  test('settings that somebody changed are changed back', async () => {
    const settings = liveIndex()?.settings ?? {}
    settings.typoTolerance = { enabled: true, disableOnWords: [] }

    await followBeside(beside())

    expect(settings.typoTolerance).toMatchObject({ enabled: false })
  })

  test('settings that are right are left alone', async () => {
    await followBeside(beside())
    double.asked.length = 0

    await followBeside(beside())

    expect(double.asked.filter((request) => !request.startsWith('GET'))).toEqual([])
  })

  test('an index that came back empty is filled again', async () => {
    liveIndex()?.documents.clear()

    await followBeside(beside())

    const [counted] = await base.sql`select count(*)::int as documents from search_documents`
    expect(liveIndex()?.documents.size).toBe(counted?.documents)
  })

  test.each([
    [
      { failWith: 'no_space_left_on_device' },
      { reason: 'task-failed', code: 'no_space_left_on_device' },
    ],
    [{ loseTasks: true }, { reason: 'task-lost' }],
    [{ pretend: true }, { reason: 'documents-missing', expected: 1, held: 0 }],
    [{ keepOnly: 0 }, { reason: 'documents-missing', expected: 1, held: 0 }],
  ])('with %o nothing is taken for done, and the next run does it', async (trouble, told) => {
    const rid = await say(`Schmiede ${Object.keys(trouble)}`)
    double.trouble = trouble

    expect(await followBeside(beside())).toEqual({ ok: false, ...told })

    double.trouble = {}
    expect(await followBeside(beside())).toMatchObject({ ok: true })
    expect(await ridsOf(beside(), 'Schmiede')).toContain(rid)
  })

  test('the chore says what went wrong, and the search goes on', async () => {
    await say('Korbmacherei')
    double.trouble = { failWith: 'no_space_left_on_device' }

    const hub = beside()
    await runChores({ ...hub, fetch: () => Promise.reject(new TypeError('offline')) })

    expect(JSON.stringify(warnings)).toContain('no_space_left_on_device')
    expect(await ridsOf(hub, 'Tischlerei')).not.toEqual([])
  })
})

describe('building anew', () => {
  test('the old index answers until the new one is complete', async () => {
    const sizes: number[] = []

    await rebuildBeside(beside(), async () => {
      sizes.push((await ridsOf(beside(), 'Tischlerei')).length)
    })

    expect(sizes.length).toBeGreaterThan(0)
    expect(sizes.every((size) => size > 0)).toBe(true)
    expect([...double.indexes.keys()].filter((uid) => uid === indexName(base.config))).toHaveLength(
      1,
    )
  })

  test('what was erased meanwhile is not in the new one, though the old one had followed already', async () => {
    const rid = await say('Drahtzieherei')
    await followBeside(beside())

    await rebuildBeside(beside(), async () => {
      await erase(rid)
      await followBeside(beside())
    })
    await followBeside(beside())

    const [counted] = await base.sql`select count(*)::int as documents from search_documents`
    expect(double.indexes.get(indexName(base.config))?.documents.size).toBe(counted?.documents)
  })

  test('what a builder that was killed left behind is tidied away, for it would keep what is erased', async () => {
    const left = nextName(base.config)
    const [live] = double.indexes.values()
    const ago = (minutes: number) => new Date(base.now() - minutes * 60_000).toISOString()

    const held: boolean[] = []
    for (const updatedAt of [ago(50), ago(70)]) {
      double.indexes.set(left, { ...(live as typeof live & object), updatedAt })
      await followBeside(beside())
      held.push(double.indexes.has(left))
    }

    expect(held).toEqual([true, false])
  })

  test.each([
    [{ failWith: 'no_space_left_on_device' }],
    [{ loseTasks: true }],
    [{ pretend: true }],
    [{ keepOnly: 3 }],
  ])('with %o the old index stays', async (trouble) => {
    const before = double.indexes.get(indexName(base.config))
    double.trouble = trouble

    expect((await rebuildBeside(beside())).ok).toBe(false)

    double.trouble = {}
    expect(double.indexes.get(indexName(base.config))).toBe(before)
    if ('keepOnly' in trouble) expect(double.indexes.has(nextName(base.config))).toBe(false)
    expect(await ridsOf(beside(), 'Tischlerei')).not.toEqual([])
  })
})

describe('a server that fails those who search', () => {
  test('hits that are made up or do not fit are not shown', async () => {
    const expected = await ridsOf(without, 'Tischlerei')
    double.trouble = { lie: true }

    expect(await ridsOf(beside(), 'Tischlerei')).toEqual(expected)
  })

  test('what only centres may read is not shown, whatever it says', async () => {
    const rid = await say('Geheimsache')
    await followBeside(beside())
    await base.sql`update records set hidden = true where rid = ${rid}`

    expect(await ridsOf(beside(), 'Geheimsache')).toEqual([])
  })

  test.each([
    ['hangs', () => ({ ...double, url: double.url })],
    ['is away', () => ({ ...double, url: 'http://127.0.0.1:1' })],
    ['does not know the key', () => ({ ...double, searchKey: 'wrong' })],
  ])('PostgreSQL answers where it %s, and it is asked once only', async (what, config) => {
    double.trouble = { hang: what === 'hangs' }
    const hub: Hub = { ...withIt, config: { ...base.config, meilisearch: config() } }
    const expected = await ridsOf(without, 'Tischlerei')

    expect(await ridsOf(hub, 'Tischlerei')).toEqual(expected)
    const asked = double.asked.length
    expect(await ridsOf(hub, 'Tischlerei')).toEqual(expected)

    expect(double.asked.length).toBe(asked)
    expect(warnings.length).toBeGreaterThan(0)
  })

  test('after ten seconds it is asked again', async () => {
    const hub: Hub = { ...withIt, config: { ...base.config, meilisearch: double } }
    double.trouble = { hang: true }
    await ridsOf(hub, 'Tischlerei')
    double.trouble = {}
    double.asked.length = 0

    await ridsOf({ ...hub, now: () => base.now() + 11_000 }, 'Tischlerei')

    expect(double.asked.length).toBeGreaterThan(0)
  })
})
