/** `transfernetz reindex` is killed in the middle of its work: who searches notices nothing, and nothing is left behind. */
import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { readSettings } from '../../src/config.ts'
import { connect } from '../../src/database/connect.ts'
import type { Hub } from '../../src/hub.ts'
import { type OpenHub, openHub } from '../../src/open-hub.ts'
import type { Record } from '../../src/publications/record.ts'
import { find } from '../../src/search/find.ts'
import { followLog } from '../../src/search/follow.ts'
import { indexName } from '../../src/search/meilisearch-client.ts'
import { followBeside } from '../../src/search/meilisearch-index.ts'
import { reindex } from '../../src/search/reindex.ts'
import { caseFile, inputOf } from '../publications/fixtures.ts'
import { openTestDatabase, temporaryDirectory } from '../support/database.ts'
import { openMeilisearch } from '../support/meilisearch.ts'
import { type Env, endAll, runCli, startCli, until } from '../support/program.ts'
import { asRecord, fillFeed, numbered } from './relevance/fill.ts'
import { wholeIndex } from './whole-index.ts'

// Processes of their own need time where the machine is busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

type Database = Awaited<ReturnType<typeof openTestDatabase>>

let place: string
let database: Database
let env: Env
let hub: OpenHub
let next = 1

beforeAll(async () => {
  place = await temporaryDirectory()
  database = await openTestDatabase()
  env = {
    ORIGIN: 'http://localhost:1',
    CENTRES: '[{"slug":"kiww","name":"KIWW","regions":[]}]',
    // Who stands still waits for a lock, however busy the machine is.
    DATABASE_URL: `${database.url}?lock_timeout=0&statement_timeout=0`,
    DATA_DIR: join(place, 'kiww'),
    NODE_SECRET: randomBytes(32).toString('base64url'),
    LOG_LEVEL: 'silent',
  }
  const secret = env.NODE_SECRET ?? ''
  hub = await openHub({ ...readSettings(env), databaseUrl: database.url, secret })
  await fillLog()
  await followLog(hub)
})
afterAll(async () => {
  await endAll()
  await hub.close()
  await database.close()
  await rm(place, { recursive: true })
})

/** Publishes a record with this title, and answers its id. */
const say = async (title: string) => {
  const rid = numbered(next++)
  const record = asRecord({ ...inputOf(caseFile), title, visibility: 'public' })
  const { local: _, ...content } = record as Record & { local?: unknown }
  await fillFeed(hub.sql, [{ rid, record: content as Record }])
  return rid
}

/** What was touched without an entry: the log moves on, and there is little to read. */
const touch = (rid: string, times: number) => hub.sql`
  with logged as (update log_end set position = position + ${times} returning position - ${times} as base)
  insert into touches (position, iss, feed, rid)
  select base + n, iss, feed, rid from records, logged, generate_series(1, ${times}) n where rid = ${rid}
`

/** A log that is read in more than one step. */
const fillLog = async () => {
  await touch(await say('Korbmacherei plant ihre Touren'), 500)
  await say('Korbmacherei findet Auszubildende')
}

const erase = async (rid: string) => {
  await hub.sql`update records set state = 'erased', teaser = null where rid = ${rid}`
  await touch(rid, 1)
}

const sorted = (documents: Map<string, object> | undefined) =>
  [...(documents ?? [])].toSorted(([a], [b]) => (a < b ? -1 : 1))

const ridsOf = async (q: string, on: Hub = hub) => {
  const { hits } = await find(on, 'public', { q, filters: {}, sort: 'relevance', after: 0 })
  return hits.map(({ rid }) => rid).sort()
}

/** What there is of an index that is built beside. */
const leftovers = async () => {
  const rows = await hub.sql<{ name: string }[]>`
    select name from followers where name like 'search%\\_rebuild'
    union all select id::text from search_rebuild
    union all select rebuild::text from search_beside where rebuild is not null
    union all select tablename from pg_tables where tablename ~ '^search_.*_rebuild$'
  `
  return rows.map(({ name }) => name)
}

/** Lets whoever builds an index wait at a moment of it, until she is let go. */
const holdUp = async (moment: keyof typeof moments) => {
  const gate = connect(database.url, { max: 1, name: 'gate' })
  await gate`select pg_advisory_lock(7)`
  await gate.unsafe(`
    create function stand_still() returns trigger language plpgsql as $$
    begin
      if ${moments[moment]} then
        perform pg_advisory_xact_lock_shared(7);
      end if;
      return coalesce(new, old);
    end $$;
    create trigger stand_still before update or delete on search_rebuild
    for each row execute function stand_still()
  `)
  const waits = async () =>
    (await gate`select from pg_locks where locktype = 'advisory' and not granted`).length > 0
  const open = async () => {
    await gate`select pg_advisory_unlock(7)`
    await until(async () => !(await isAtWork(gate)), 'the end of its last statement')
    await gate.unsafe('drop function stand_still cascade')
    await gate.end({ timeout: 1 })
  }
  return { waits, open }
}

const moments = {
  'between two steps': `(select position from followers where name = 'search_rebuild') > 0`,
  'while it takes the place of the old one': `tg_op = 'DELETE'`,
} as const

/** The server ends a statement whose client is dead. */
const isAtWork = async (gate: ReturnType<typeof connect>) => {
  const rows = await gate`
    select from pg_stat_activity
    where datname = current_database() and state = 'active' and query ~ '(index_records|finish_rebuild)\\('
      and pid <> pg_backend_pid()
  `
  return rows.length > 0
}

const kill = async (moment: keyof typeof moments) => {
  const gate = await holdUp(moment)
  const builder = startCli(['reindex'], env)
  await until(gate.waits, 'the builder standing still')
  return {
    die: async () => {
      expect(await builder.end('SIGKILL')).toMatchObject({ signal: 'SIGKILL' })
      await gate.open()
    },
  }
}

const expectWhole = async () => {
  expect(await leftovers()).toEqual([])
  const built = await wholeIndex(hub.sql)
  await hub.sql`delete from followers where name = 'search'`
  await hub.sql`truncate search_documents, search_words, search_contents, search_totals`
  await followLog(hub)
  expect(built).toEqual(await wholeIndex(hub.sql))
}

test('killed between two steps, the builder of an index leaves the old one answering and following', async () => {
  const before = await ridsOf('Korbmacherei')
  const { die } = await kill('between two steps')
  const come = await say('Korbmacherei lernt schweißen')
  await erase(before[0] ?? '')

  expect(await ridsOf('Korbmacherei')).toEqual(before.slice(1))
  await followLog(hub)
  const after = [...before.slice(1), come].sort()
  expect(await ridsOf('Korbmacherei')).toEqual(after)
  await die()
  expect(await leftovers()).not.toEqual([])
  const late = await say('Korbmacherei im Netz')
  await followLog(hub)

  expect(await ridsOf('Korbmacherei')).toEqual([...after, late].sort())
  expect(await runCli(['reindex'], env)).toMatchObject({ code: 0, err: '' })
  await expectWhole()
  expect(await ridsOf('Korbmacherei')).toEqual([...after, late].sort())
})

test('killed while the new index takes the place of the old one, it leaves one whole index', async () => {
  const before = await ridsOf('Korbmacherei')

  const { die } = await kill('while it takes the place of the old one')
  await die()

  expect(await ridsOf('Korbmacherei')).toEqual(before)
  await expectWhole()
})

test('killed while it fills an index on Meilisearch, it leaves the old one answering, and the next one nothing of it', async () => {
  const double = await openMeilisearch()
  onTestFinished(() => double.close())
  const { url, key, searchKey } = double
  const with_ = { MEILISEARCH_URL: url, MEILISEARCH_KEY: key, MEILISEARCH_SEARCH_KEY: searchKey }
  const beside: Hub = { ...hub, config: { ...hub.config, meilisearch: double } }
  expect(await followBeside(beside)).toMatchObject({ ok: true })
  const live = indexName(hub.config)
  const before = await ridsOf('Korbmacherei', beside)

  double.trouble = { holdDocuments: true }
  const builder = startCli(['reindex'], { ...env, ...with_ })
  await until(() => double.asked.some((one) => /^POST .*-next-.*documents$/.test(one)), 'documents')
  expect(await builder.end('SIGKILL')).toMatchObject({ signal: 'SIGKILL' })
  double.trouble = {}
  const late = await say('Korbmacherei auf der Messe')
  await followLog(hub)
  expect(await followBeside(beside)).toMatchObject({ ok: true })

  expect(double.indexes.size).toBe(2)
  expect(await leftovers()).not.toEqual([])
  expect(await ridsOf('Korbmacherei', beside)).toEqual([...before, late].sort())
  const followed = double.indexes.get(live)?.documents
  expect(await runCli(['reindex'], { ...env, ...with_ })).toMatchObject({ code: 0, err: '' })
  expect([...double.indexes.keys()]).toEqual([live])
  await followBeside(beside)
  const built = double.indexes.get(live)?.documents
  expect(built).not.toBe(followed)
  expect(sorted(built)).toEqual(sorted(followed))
  expect(await leftovers()).toEqual([])
})

test('while somebody reads the old index for long, as a backup does, nobody who searches has to wait', async () => {
  const before = await ridsOf('Korbmacherei')
  const reader = connect(database.url, { max: 1, name: 'reader' })
  await reader.unsafe('begin; select count(*) from search_documents')
  const seen: string[][] = []

  const built = await reindex(hub, undefined, async () => {
    seen.push(await ridsOf('Korbmacherei'))
    await reader.unsafe('rollback')
  })
  await reader.end({ timeout: 1 })

  expect(built).toBe(true)
  expect(seen).toEqual([before])
  await expectWhole()
})
