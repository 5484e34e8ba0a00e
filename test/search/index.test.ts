/** The index follows the log: what it learns, what it forgets, and how it is built anew. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Record } from '../../src/publications/record.ts'
import { find, type SearchInput } from '../../src/search/find.ts'
import { followLog } from '../../src/search/follow.ts'
import { beginRebuild } from '../../src/search/index-store.ts'
import { lexeme } from '../../src/search/match.ts'
import { postgresEngine } from '../../src/search/postgres.ts'
import { reindex } from '../../src/search/reindex.ts'
import { stemOf } from '../../src/search/stem.ts'
import { caseFile, inputOf } from '../publications/fixtures.ts'
import { openTestHub, type TestHub } from '../support/hub.ts'
import { asRecord, fillFeed, numbered } from './relevance/fill.ts'
import { wholeIndex } from './whole-index.ts'

let hub: TestHub
let next = 1

beforeAll(async () => {
  hub = await openTestHub('kiww')
})
afterAll(() => hub.close())

/** Publishes a record with this title and what else is told, and answers its id. */
const say = async (title: string, members: object = {}) => {
  const rid = numbered(next++)
  const record = asRecord({ ...inputOf(caseFile), title, visibility: 'public', ...members })
  const { local: _, ...content } = record as Record & { local?: unknown }
  await fillFeed(hub.sql, [{ rid, record: content as Record }])
  return rid
}

const ridsOf = async (q: string, input: Partial<SearchInput> = {}) => {
  const asked = { q, filters: {}, sort: 'relevance' as const, after: 0, ...input }
  const { hits } = await find(hub, 'public', asked)
  return hits.map(({ rid }) => rid)
}

const takeBack = (rid: string) => hub.sql`
  with gone as (
    update records set state = 'erased', teaser = null where rid = ${rid} returning feed_id, seq
  ),
  logged as (update log_end set position = position + 1 returning position)
  insert into entries (
    feed_id, seq, position, dig, jws, op, rid, ver, iat, kid, key_number, status, received_at
  )
  select feed_id, 100000 + logged.position, logged.position, logged.position::text, '', 'erase', ${rid},
    0, 1, '', 1, 'present', now()
  from gone, logged
`

test('what is erased leaves no word behind, and what others have too stays', async () => {
  const stays = await say('Böttcherei mit Zukunft')
  await followLog(hub)
  const before = await wholeIndex(hub.sql)
  const goes = await say('Böttcherei und Hutmacherhandwerk')
  await followLog(hub)
  expect(await ridsOf('Hutmacherhandwerk')).toEqual([goes])

  await takeBack(goes)
  await followLog(hub)

  expect(await wholeIndex(hub.sql)).toEqual(before)
  expect(await ridsOf('Böttcherei')).toEqual([stays])
})

test('an index that lags shows nothing that is gone', async () => {
  const goes = await say('Korbflechterei')
  await followLog(hub)

  await takeBack(goes)

  expect(await ridsOf('Korbflechterei')).toEqual([])
  expect(await ridsOf('', { filters: { technology: 'nirgends' } })).toEqual([])
})

test('a record that vanished from the chain is no hit, and the next step takes it out', async () => {
  const goes = await say('Glasbläserei')
  await followLog(hub)
  await hub.sql`delete from records where rid = ${goes}`
  expect(await ridsOf('Glasbläserei')).toEqual([])

  await takeBackEntry(goes)
  await followLog(hub)

  expect(await hub.sql`select 1 from search_documents where rid = ${goes}`).toHaveLength(0)
})

/** An entry about a record of which nothing is held any more. */
const takeBackEntry = (rid: string) => hub.sql`
  with logged as (update log_end set position = position + 1 returning position)
  insert into entries (
    feed_id, seq, position, dig, jws, op, rid, ver, iat, kid, key_number, status, received_at
  )
  select f.id, 100000 + logged.position, logged.position, logged.position::text, '', 'withdraw', ${rid},
    1, 1, '', 1, 'present', now()
  from feeds f, logged
`

test('two followers at once index everything once', async () => {
  await say('Sattlerei')
  await Promise.all([followLog(hub), followLog(hub), followLog(hub)])

  const [counted] = await hub.sql`
    select documents from search_words where word = 'sattlerei'
  `
  expect(counted?.documents).toBe(1)
})

test('an index built anew is the same, and it answers all the while', async () => {
  await say('Zinngießerei')
  await followLog(hub)
  const before = await wholeIndex(hub.sql)
  const seen: string[][] = []

  await reindex(hub, async () => {
    seen.push(await ridsOf('Zinngießerei'))
  })

  expect(seen.length).toBeGreaterThan(0)
  for (const rids of seen) expect(rids).toHaveLength(1)
  expect(await wholeIndex(hub.sql)).toEqual(before)
  const late = await say('Orgelbau')
  await followLog(hub)
  expect(await ridsOf('Orgelbau')).toEqual([late])
})

test('what arrives while the index is built anew is in it', async () => {
  let rid: string | undefined

  await reindex(hub, async () => {
    rid ??= await say('Segelmacherei')
  })
  await followLog(hub)

  expect(await ridsOf('Segelmacherei')).toEqual([rid])
  await reindex(hub)
  expect(await ridsOf('Segelmacherei')).toEqual([rid])
})

test('an index that was thrown away comes back from the log', async () => {
  const before = await wholeIndex(hub.sql)
  await hub.sql`delete from followers where name = 'search'`
  await hub.sql`truncate search_documents, search_words, search_contents, search_totals`

  await followLog(hub)

  expect(await wholeIndex(hub.sql)).toEqual(before)
})

test('documents of many blocks are found, listed and counted, words in a row too', async () => {
  const technologies = ['Flechtwerkzeug']
  const early = await say('Korbflechterei am See', { technologies })
  await followLog(hub)
  await hub.sql`alter table search_documents alter column id restart with 50000`
  const late = await say('Korbflechterei im Tal', { technologies })
  await followLog(hub)

  const lexemes = [stemOf('korbflechterei')]
  const wanted = {
    match: lexeme(lexemes[0] ?? ''),
    lexemes,
    filters: {},
    audience: 'public' as const,
  }
  const engine = postgresEngine(hub.sql)
  const phrase = { phrase: [...lexemes, stemOf('im'), stemOf('tal')] }

  expect((await engine.find(wanted)).candidates.map(({ rid }) => rid).sort()).toEqual([early, late])
  expect(
    (await engine.find({ ...wanted, match: phrase })).candidates.map(({ rid }) => rid),
  ).toEqual([late])
  expect(await engine.count(wanted)).toMatchObject({ total: 2, capped: false })
  expect(await engine.count({ ...wanted, match: phrase })).toMatchObject({ total: 1 })
  expect(await ridsOf('', { filters: { technology: 'Flechtwerkzeug' } })).toEqual([late, early])
  expect(await ridsOf('Korbflechterei', { sort: 'newest' })).toEqual([late, early])
})

const rebuilds = () => hub.sql`
  select name from followers where name = 'search_rebuild'
  union all select table_name from information_schema.tables where table_name like 'search%\\_rebuild' and table_name <> 'search_rebuild'
`

test('of two that build the index anew the later goes on, and nothing is left behind', async () => {
  await say('Büttnerei')
  await followLog(hub)
  const before = await wholeIndex(hub.sql)
  let later: Promise<boolean> | undefined

  const earlier = await reindex(hub, async () => {
    later ??= reindex(hub)
    await later
  })

  expect([earlier, await later]).toEqual([false, true])
  expect(await wholeIndex(hub.sql)).toEqual(before)
  expect(await rebuilds()).toEqual([])
})

test('many that build the index anew at once leave one whole index', async () => {
  const before = await wholeIndex(hub.sql)

  const outcomes = await Promise.all([reindex(hub), reindex(hub), reindex(hub)])

  expect(outcomes).toContain(true)
  expect(await wholeIndex(hub.sql)).toEqual(before)
  expect(await rebuilds()).toEqual([])
})

test('an index whose builder was killed is tidied away, for it would keep what is erased', async () => {
  await beginRebuild(hub.sql, crypto.randomUUID(), hub.now())
  await followLog(hub)
  expect((await rebuilds()).length).toBe(5)

  hub.clock.now += 11 * 60_000
  await followLog(hub)

  expect(await rebuilds()).toEqual([])
})
