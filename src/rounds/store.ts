/** All SQL about preparing and capturing round tables. */
import type { JSONValue } from 'postgres'
import type { Written } from '../drafts/draft.ts'
import type { NewDraft } from '../drafts/store.ts'
import type { Db } from '../hub.ts'
import type { Item } from './item.ts'
import type { Round } from './round.ts'

/** What comes from a form is JSON, which the types of the driver cannot see. */
const json = (sql: Db, value: unknown) => sql.json(value as JSONValue)

/** Who acts for which centre, and when. */
export interface Actor {
  centre: string
  by: string
  now: Date
}

export const beginRound = (
  sql: Db,
  { id, iss, prepared }: { id: string; iss: string; prepared: Written },
  { centre, by, now }: Actor,
) => sql`
  select begin_round(${id}, ${centre}, ${iss}, ${json(sql, prepared)}, ${by}, ${now})
`

export const saveRound = (
  sql: Db,
  { id, revision, prepared }: { id: string; revision: number; prepared: Written },
  { centre, by, now }: Actor,
) => sql<{ outcome: 'saved' | 'moved' | 'unknown' }[]>`
  select save_round(${id}, ${centre}, ${revision}, ${json(sql, prepared)}, ${by}, ${now}) as outcome
`

const columns = (sql: Db) => sql`
  r.id, r.centre, r.iss, r.prepared, r.revision, r.changed_at, r.begun_at, r.rid,
  d.id as draft, d.state as draft_state,
  exists (select from records p where p.iss = r.iss and p.rid = r.rid) as published,
  (select count(*)::int from round_items i where i.round = r.id and i.deleted_at is null) as items
`

const withDraft = (sql: Db) => sql`
  rounds r left join drafts d on d.iss = r.iss and d.rid = r.rid and d.state <> 'published'
`

export const roundOf = (sql: Db, centre: string, id: string) => sql<Round[]>`
  select ${columns(sql)} from ${withDraft(sql)} where r.centre = ${centre} and r.id = ${id}
`

/** Round tables of a centre, what was changed last first. */
export const listRounds = (sql: Db, centre: string) => sql<Round[]>`
  select ${columns(sql)} from ${withDraft(sql)}
  where r.centre = ${centre}
  order by r.changed_at desc, r.id limit 200
`

export const discardRound = (sql: Db, id: string, { centre, by, now }: Actor) => sql<
  { outcome: 'done' | 'unknown' }[]
>`
  select discard_round(${id}, ${centre}, ${by}, ${now}) as outcome
`

// -- what is captured ------------------------------------------------------------

/** What was captured, in order. */
export const itemsOf = (sql: Db, round: string) => sql<Item[]>`
  select id, kind, text, details, revision, in_result from round_items
  where round = ${round} and deleted_at is null order by position
`

export interface ItemAct {
  /** Made by the device, so that what is sent again is known. */
  act: string
  item: string
  round: string
  /** What the device saw of the item; 0 for a new one. */
  revision: number
}

export const keepItem = (
  sql: Db,
  { act, item, round, revision }: ItemAct,
  { kind, text, details }: Pick<Item, 'kind' | 'text' | 'details'>,
  { centre, by, now }: Actor,
) => sql<{ outcome: 'kept' | 'beside' | 'unknown' }[]>`
  select keep_item(
    ${act}, ${item}, ${round}, ${centre}, ${revision}, ${kind}, ${text}, ${json(sql, details)}, ${by}, ${now}
  ) as outcome
`

export const dropItem = (
  sql: Db,
  { act, item, round, revision }: ItemAct,
  { centre, by, now }: Actor,
) => sql<{ outcome: 'gone' | 'moved' | 'unknown' }[]>`
  select drop_item(${act}, ${item}, ${round}, ${centre}, ${revision}, ${by}, ${now}) as outcome
`

// -- the result ------------------------------------------------------------------

/** Answers the draft's id, or null where the round table has a result already. */
export const beginResult = (
  sql: Db,
  round: string,
  draft: NewDraft,
  items: Pick<Item, 'id' | 'revision'>[],
) => sql<{ id: string | null }[]>`
  select begin_result(
    ${round}, ${draft.id}, ${draft.centre}, ${draft.iss}, ${draft.kind}, ${draft.rid},
    ${json(sql, draft.written)}, ${json(sql, items)}, ${draft.by}, ${draft.now}
  ) as id
`
