/**
 * The engine on Meilisearch. Where MEILISEARCH_URL names a server (`npm run test:meilisearch`), everything that a
 * server in good health does is tested against it; what goes wrong, always against the stand-in.
 */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { runChores } from '../../src/chores.ts'
import type { Hub } from '../../src/hub.ts'
import { beginBeside, besideAt, moveBeside } from '../../src/search/beside-store.ts'
import { find, type SearchInput } from '../../src/search/find.ts'
import { followLog } from '../../src/search/follow.ts'
import { listAll } from '../../src/search/list.ts'
import { indexName, markKey, nextName } from '../../src/search/meilisearch-client.ts'
import { followBeside } from '../../src/search/meilisearch-index.ts'
import { rebuildBeside } from '../../src/search/meilisearch-rebuild.ts'
import type { Kept } from '../../src/search/meilisearch-server.ts'
import { searchStanding } from '../../src/search/standing.tsx'
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

  test('list all there is, the best 200 first', async () => {
    const all = { q: 'Zukunftszentrum', filters: {}, sort: 'relevance', after: 0 } as const
    const listed: string[][] = []

    for (const hub of [withIt, without]) {
      const rids = (await listAll(hub, 'public', all)).map(({ rid }) => rid)
      const best = await find(hub, 'public', { ...all, limit: 200 })
      expect(rids.slice(0, 200)).toEqual(best.hits.map(({ rid }) => rid))
      expect(rids).toHaveLength(best.total)
      listed.push(rids.toSorted())
    }

    expect(new Set(listed[0]).size).toBeGreaterThan(250)
    expect(listed[0]).toEqual(listed[1])
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

type Documents =
  MeilisearchDouble['indexes'] extends Map<string, { documents: infer D }> ? D : never

const documentsIn = (index: { documents: Documents } | undefined) =>
  [...(index?.documents.values() ?? [])].map((one) => JSON.stringify(one)).sort()

const ridsIn = (index: { documents: Documents } | undefined) =>
  [...(index?.documents.values() ?? [])].map(({ rid }) => rid)

/** Another mark than the index has. */
const mark = (documents: Documents, change: object) =>
  documents.set(markKey, { ...documents.get(markKey), ...change })

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

  test('a server restored from an older backup is noticed, and follows from where it stands', async () => {
    const gone = await say('Wachszieherei im Wandel')
    await followBeside(beside())
    const backup = new Map(liveIndex()?.documents)
    const come = await say('Wachszieherei mit Zukunft')
    await erase(gone)
    await followBeside(beside())
    const whole = documentsIn(liveIndex())
    const index = liveIndex()
    if (index) index.documents = new Map(backup)

    // Nobody has noticed yet.
    expect(ridsIn(liveIndex())).toContain(gone)
    expect(await ridsOf(beside(), 'Wachszieherei')).toEqual([])
    double.asked.length = 0
    expect(await followBeside(beside())).toMatchObject({ ok: true })

    expect(warnings).toMatchObject([{ found: 'older' }])
    expect(documentsIn(liveIndex())).toEqual(whole)
    expect(double.asked.filter((request) => request.startsWith('DELETE'))).toEqual([])
    expect(await ridsOf(beside(), 'Wachszieherei')).toEqual([come])
    expect(await searchStanding(beside())).toMatchObject({
      good: true,
      text: expect.stringMatching(/^Alle .* Der Index auf Meilisearch stammte am \d+\. /),
    })
  })

  test.each<[string, string, (documents: Documents) => void]>([
    ['came back empty', 'lost', (documents) => documents.clear()],
    ['does not say how far it is', 'lost', (documents) => documents.delete(markKey)],
    ['says so in no numbers', 'lost', (documents) => mark(documents, { position: 'x' })],
    ['is of another life', 'foreign', (documents) => mark(documents, { life: 2 })],
    ['knows more than there is', 'foreign', (documents) => mark(documents, { position: 1e9 })],
  ])('an index that %s is emptied and filled again', async (_, found, spoil) => {
    await followBeside(beside())
    const whole = documentsIn(liveIndex())
    const documents: Documents = liveIndex()?.documents ?? new Map()
    documents.set('stray', { key: 'stray', terms: ['feed=public'] })
    spoil(documents)

    expect(await followBeside(beside())).toMatchObject({ ok: true })

    expect(warnings).toMatchObject([{ found }])
    expect(documentsIn(liveIndex())).toEqual(whole)
  })

  test('what a follower sent before it was killed is sent once more, and nobody is alarmed', async () => {
    const [at] = await besideAt(base.sql)
    await moveBeside(base.sql, at?.position ?? 0, (at?.position ?? 0) - 1)

    expect(await followBeside(beside())).toMatchObject({ ok: true, value: 1 })

    expect(warnings).toEqual([])
  })

  test('an index that is being filled is not asked: PostgreSQL answers until it is whole', async () => {
    liveIndex()?.documents.clear()
    double.trouble = { keepOnly: 0 }
    expect(await followBeside(beside())).toMatchObject({ ok: false })
    double.trouble = {}
    double.asked.length = 0

    expect(await ridsOf(beside(), 'Tischlerei')).toEqual(await ridsOf(without, 'Tischlerei'))
    const { good, text } = await searchStanding(beside())

    expect(double.asked).toEqual([])
    expect([good, text]).toEqual([false, expect.stringContaining('so lange sucht PostgreSQL')])
    await followBeside(beside())
    await ridsOf(beside(), 'Tischlerei')
    expect(double.asked).toContain('POST /multi-search')
  })

  test('the mark is no hit, and is not counted', async () => {
    const all = { q: '', filters: {}, sort: 'relevance' as const, after: 0, limit: 100 }
    const [one, other] = await Promise.all(
      [beside(), without].map((hub) => find(hub, 'members', all)),
    )

    expect(one?.total).toBe(other?.total)
    expect(one?.hits.length).toBe(other?.hits.length)
  })

  test.each([
    [
      { failWith: 'no_space_left_on_device' },
      { reason: 'task-failed', code: 'no_space_left_on_device' },
    ],
    [{ loseTasks: true }, { reason: 'task-lost' }],
    [{ pretend: true }, { reason: 'documents-missing', expected: 2, held: 0 }],
    [{ keepOnly: 0 }, { reason: 'documents-missing', expected: 2, held: 0 }],
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
  const besideLeft = () => base.sql`
    select name from followers where name = 'search_meilisearch_rebuild'
    union all select rebuild::text from search_beside where rebuild is not null
  `

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

    expect(ridsIn(double.indexes.get(indexName(base.config)))).not.toContain(rid)
  })

  test('what a builder that was killed left behind is tidied away, for it would keep what is erased', async () => {
    const rebuild = crypto.randomUUID()
    const [left, elsewhere] = [nextName(base.config, rebuild), 'transfernetz-other-example']
    const [live] = double.indexes.values()
    await beginBeside(base.sql, rebuild, base.now())
    for (const uid of [left, elsewhere]) double.indexes.set(uid, live as typeof live & object)

    const held: boolean[] = []
    for (const later of [0, 11 * 60_000]) {
      await followBeside({ ...beside(), now: () => base.now() + later })
      held.push(double.indexes.has(left))
    }

    expect(held).toEqual([true, false])
    expect(double.indexes.delete(elsewhere)).toBe(true)
  })

  test('of two that build it anew the later goes on, and nothing is left behind', async () => {
    let later: Promise<Kept> | undefined

    const earlier = await rebuildBeside(beside(), async () => {
      later ??= rebuildBeside(beside())
      await later
    })

    expect([earlier, (await later)?.ok]).toEqual([{ ok: false, reason: 'begun-anew' }, true])
    expect([...double.indexes.keys()]).toEqual([indexName(base.config)])
    expect(await besideLeft()).toEqual([])
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
    await followBeside(beside())
    expect([...double.indexes.keys()]).toEqual([indexName(base.config)])
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
    const meilisearch = { ...double, searchKey: 'wrong' }
    const hub: Hub = { ...withIt, config: { ...base.config, meilisearch } }
    await ridsOf(hub, 'Tischlerei')
    meilisearch.searchKey = double.searchKey
    double.asked.length = 0

    await ridsOf({ ...hub, now: () => base.now() + 9_000 }, 'Tischlerei')
    expect(double.asked).toEqual([])
    await ridsOf({ ...hub, now: () => base.now() + 11_000 }, 'Tischlerei')

    expect(double.asked.length).toBeGreaterThan(0)
  })
})
