/** After an erasure nothing is left of a content: in no table, no answer, no journal, no file of any node. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { app } from '../src/app.tsx'
import { purge } from '../src/database/purge.ts'
import { pullDue } from '../src/exchange/pulls.ts'
import type { FeedName } from '../src/federation/statement.ts'
import type { Db } from '../src/hub.ts'
import { publish } from '../src/publications/publish.ts'
import { erase } from '../src/publications/take-back.ts'
import { caseFile, inputOf } from './publications/fixtures.ts'
import { pdf } from './support/files.ts'
import { openFederation, settle, type TestFederation, type TestHub } from './support/hub.ts'
import { newJournal } from './support/journal.ts'
import { openRogue, type Rogue } from './support/rogue.ts'
import { payloadOf } from './support/token.ts'
import { holdRound, openWriter, takeUp, writeOn } from './support/traces.ts'

const canary = 'Zwitscherkanarienvogel'

let net: TestFederation
/** Brandenburg with newer software than ours: what it publishes is kept, though nobody here can show it. */
let newer: Rogue
let directory: string
const rids: Partial<Record<FeedName | 'round', string>> = {}
/** Who works with it at Berlin and at KIWW. */
let staff: Map<TestHub, Awaited<ReturnType<typeof openWriter>>>
/** Of the public record's next version; and of all that Berlin has, by the curator. */
let draft: string
let search: string

beforeAll(async () => {
  net = await openFederation()
  directory = await mkdtemp(join(tmpdir(), 'tn-erasure-'))
  newer = await openRogue(net.brandenburg, hubs())
  net.berlin.journal = await newJournal(directory, net.berlin.iss)
  const editor = await openWriter(net.berlin, ['editor', 'reviewer', 'moderator'], 'Maria Öztürk')
  const curator = await openWriter(
    net.kiww,
    ['curator', 'editor', 'reviewer', 'moderator'],
    'Kai Regal',
  )
  await openWriter(net.berlin, ['editor', 'reviewer'], 'Jonas Weiß')
  staff = new Map([
    [net.berlin, editor],
    [net.kiww, curator],
  ])
})
afterAll(async () => {
  await net.close()
  await rm(directory, { recursive: true })
})

const hubs = () => [net.berlin, net.kiww]

const at = (hub: TestHub) => staff.get(hub) as Awaited<ReturnType<typeof openWriter>>

/** The word wherever somebody writes: short and long, alone and among others, here and at the node only. */
const birdsong = (visibility: FeedName) => ({
  ...inputOf(caseFile),
  visibility,
  title: `${canary} im Betrieb`,
  summary: `Wie der ${canary} half.`,
  solution: `Der ${canary} sang. `.repeat(40),
  keywords: [canary],
  attachments: [{ file: `${canary}.pdf`, alt: `Ein ${canary}` }],
  local: { ...inputOf(caseFile).local, notes: `Wer den ${canary} kennt` },
})

const say = async (visibility: FeedName, rid?: string) => {
  const answer = await publish(net.berlin, {
    iss: net.berlin.iss,
    input: birdsong(visibility),
    rid,
    fileOf: async () => Buffer.concat([pdf, Buffer.from(canary)]),
  })
  if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
  return answer.published.rid
}

/** The tables in which it stands, as text or as bytes. */
const tablesWith = async (sql: Db) => {
  const tables = await sql<{ name: string }[]>`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'm') order by 1
  `
  const hex = Buffer.from(canary).toString('hex')
  const found: string[] = []
  for (const { name } of tables) {
    const [row] = await sql.unsafe(
      `select 1 from ${name} t where t::text ilike '%${canary}%' or t::text like '%${hex}%' limit 1`,
    )
    if (row) found.push(name)
  }
  return found
}

/** What the planner remembers of values is kept in the database too. */
const statisticsWith = (sql: Db) => sql<{ tablename: string; attname: string }[]>`
  select tablename, attname from pg_stats
  where concat(most_common_vals, histogram_bounds, most_common_elems) ilike any (
    array[${`%${canary}%`}, ${`%${Buffer.from(canary).toString('hex')}%`}]
  )
`

/** The files of its database in which it stands. */
const filesWith = async ({ sql }: TestHub) => {
  const [database] = await sql<{ oid: number }[]>`
    select oid::int from pg_database where datname = current_database()
  `
  const folder = join(inject('databaseFiles'), 'base', String(database?.oid))
  const found: string[] = []
  for (const name of await readdir(folder)) {
    const bytes = await readFile(join(folder, name)).catch(() => Buffer.alloc(0))
    const text = bytes.toString('latin1').toLowerCase()
    if (text.includes(canary.toLowerCase())) found.push(name)
  }
  return found
}

/** What everybody reads. */
const openPaths = () => [
  '/',
  '/fallbeispiele',
  `/fallbeispiele/berlin/${rids.public}`,
  '/api/records',
  `/api/records/berlin/${rids.public}`,
  `/api/search?q=${canary}`,
  '/suche.atom',
  `/exchange/v1/entries?iss=${encodeURIComponent(net.berlin.iss)}&epoch=1&feed=public`,
]

/** What is for staff: of the centre whose it is, and of the umbrella. */
const staffPaths = (hub: TestHub) =>
  hub === net.berlin
    ? [
        '/entwuerfe',
        `/entwuerfe/${draft}`,
        `/entwuerfe/${draft}/pruefen`,
        `/entwuerfe/${draft}/versionen`,
        `/entwuerfe/beitraege/${rids.public}`,
        '/runden',
        `/zahlen/rundbrief?von=2026-03-01&bis=2026-03-31`,
      ]
    : [
        '/eingang',
        '/regal',
        `/suche/gespeichert/${search}`,
        `/runden/mitzeichnen/berlin/${rids.round}`,
      ]

const answersWith = async (hub: TestHub) => {
  const found: string[] = []
  for (const path of openPaths()) {
    const text = await (await app.request(`${hub.config.origin}${path}`, {}, hub)).text()
    const contents = text.replace(/"content":"([\w-]+)"/g, (_, content) =>
      Buffer.from(content, 'base64url').toString(),
    )
    // A search says what was searched for.
    if (contents.replaceAll(`q=${canary}`, '').includes(canary)) found.push(path)
  }
  for (const path of staffPaths(hub)) {
    const page = await staff.get(hub)?.browser.get(path)
    if (page?.html.includes(canary)) found.push(path)
  }
  return found
}

const journalWith = async () => {
  const found: string[] = []
  for (const name of await readdir(directory)) {
    const text = await readFile(join(directory, name), 'utf8')
    const contents = text.replace(/"content":"([\w-]+)"/g, (_, content) =>
      Buffer.from(content, 'base64url').toString(),
    )
    if (contents.includes(canary)) found.push(name)
  }
  return found
}

test('what is published, and what people make of it, stands everywhere that this test looks', async () => {
  const { berlin, kiww } = net
  rids.public = await say('public')
  rids.members = await say('members')
  await say('members', rids.members)
  for (const _ of [1, 2]) await newer.publish({ kind: 'note' }, { kind: 'note', text: canary })
  draft = await writeOn(berlin, at(berlin), rids.public, canary)
  rids.round = await holdRound(berlin, at(berlin), canary)
  net.clock.now += 6 * 60_000
  await pullDue(kiww)
  const taken = { shelved: rids.public, declined: rids.round, of: berlin }
  search = await takeUp(kiww, at(kiww), taken, canary)
  await settle(net)
  for (const { sql } of hubs()) await sql`analyze`
  await berlin.sql`checkpoint`

  const mirrored = ['attachments', 'blobs', 'entries', 'records', 'search_words']
  const written = ['draft_comments', 'draft_files', 'draft_revisions', 'draft_rivals', 'drafts']
  const held = ['round_acts', 'round_items', 'round_revisions', 'rounds']
  expect(await tablesWith(berlin.sql)).toEqual(
    expect.arrayContaining([...mirrored, ...written, ...held]),
  )
  expect(await tablesWith(kiww.sql)).toEqual(
    expect.arrayContaining([...mirrored, 'decline_reasons']),
  )
  for (const hub of hubs()) {
    expect(await filesWith(hub)).not.toEqual([])
    expect(await answersWith(hub)).toEqual([...openPaths(), ...staffPaths(hub)])
  }
  expect(await journalWith()).toHaveLength(2)
})

test('what people are told names no content', async () => {
  for (const { sql } of hubs()) {
    expect(await sql`select from messages`).not.toHaveLength(0)
    expect(await tablesWith(sql)).not.toEqual(expect.arrayContaining(['messages']))
  }
})

test('the planner of queries remembers no words of anybody', async () => {
  for (const { sql } of hubs()) expect(await statisticsWith(sql)).toEqual([])
})

test('after the erasure no table, answer or journal of any node has it', async () => {
  const published = await net.berlin.sql<{ rid: string }[]>`
    select distinct rid from records where iss = ${net.berlin.iss}
  `
  for (const { rid } of published) {
    await erase(net.berlin, { iss: net.berlin.iss, rid, reason: 'consent-revoked' })
  }
  for (const { entry } of [...newer.entries]) {
    await newer.say({ op: 'erase', rid: payloadOf(entry).rid, ver: 0, reason: 'legal' })
  }
  await settle(net)

  for (const hub of hubs()) {
    expect(await tablesWith(hub.sql)).toEqual([])
    expect(await answersWith(hub)).toEqual([])
  }
  expect(await journalWith()).toEqual([])
})

test('after the tables were written anew and a checkpoint no file of the database has it either', async () => {
  for (const hub of hubs()) expect(await filesWith(hub)).not.toEqual([])

  for (const hub of hubs()) expect(await purge(hub.databaseUrl)).toBe(true)

  for (const hub of hubs()) expect(await filesWith(hub)).toEqual([])
})
