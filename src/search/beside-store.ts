/** SQL of the index on another engine: how far it is, and what it takes over from PostgreSQL's. */
import type { Db } from '../hub.ts'

/** The name under which it follows. */
const beside = 'search_meilisearch'

// -- how far it is -------------------------------------------------------------

/** How far another engine has followed, and how far it can: it takes from PostgreSQL's index. */
export const besideAt = (sql: Db) => sql<{ position: number; end: number }[]>`
  select coalesce((select position from followers where name = ${beside}), 0) as position,
    coalesce((select position from followers where name = 'search'), 0) as end
`

export const moveBeside = (sql: Db, from: number, to: number) => sql<{ position: number }[]>`
  insert into followers as f (name, position) values (${beside}, ${to})
  on conflict (name) do update set position = excluded.position where f.position = ${from}
  returning position
`

/** Which log an index has followed, and how far: positions of a restored database count anew, in another life. */
export interface Mark {
  life: number
  position: number
}

/** The mark of the log as it ends now. */
export const logMark = (sql: Db) => sql<Mark[]>`select life, position from log_end`

/** How an index was found that is not as it was left: without its mark, behind it, or that of another log. */
export type Found = 'lost' | 'older' | 'foreign'

export const noteFound = (sql: Db, found: Found, now: number) => sql`
  update search_beside set found = ${found}, found_at = ${new Date(now)}
`

export const lastFound = (sql: Db) => sql<{ found: Found; at: Date }[]>`
  select found, found_at as at from search_beside where found is not null
`

// -- filling another -----------------------------------------------------------

/** Answers from which position of the log on it will lack something. */
export const beginBeside = (sql: Db, rebuild: string, now: number) => sql<{ from: number }[]>`
  select begin_beside(${rebuild}, ${new Date(now)}) as from
`

/** No row where somebody else has begun to fill one. */
export const stepBeside = (sql: Db, rebuild: string, now: number) => sql<{ rebuild: string }[]>`
  update search_beside set stepped_at = ${new Date(now)} where rebuild = ${rebuild} returning rebuild
`

export const endBeside = (sql: Db, rebuild: string) => sql`select end_beside(${rebuild})`

export const rebuildBesideNow = (sql: Db) => sql<{ rebuild: string; steppedAt: Date }[]>`
  select rebuild, stepped_at as "steppedAt" from search_beside where rebuild is not null
`

/** The other engine is no longer in use: what is left in it, nobody waits for. Answers whether it ever was. */
export const forgetBeside = (sql: Db) => sql<{ name: string }[]>`
  with begun as (update search_beside set rebuild = null, stepped_at = null, found = null, found_at = null)
  delete from followers where name in (${beside}, ${`${beside}_rebuild`}) returning name
`

// -- what it takes over --------------------------------------------------------

/** A row of the index for another engine; null members where the record is gone. */
export interface BesideRow {
  iss: string
  rid: string
  feed: string
  key: string
  changed: number | null
  facets: string[] | null
  head: string[] | null
  terms: string[] | null
}

const asBeside = (sql: Db) => sql`
  encode(sha256(convert_to(t.iss || ' ' || t.rid || ' ' || t.feed, 'UTF8')), 'hex') as key,
  s.changed, to_jsonb(s.facets) as facets, to_jsonb(tsvector_to_array(s.head)) as head,
  to_jsonb(tsvector_to_array(s.words)) as terms
`

/** What the log touched between two positions, as the index has it now. */
export const besideTouched = (sql: Db, after: number, upto: number) => sql<BesideRow[]>`
  select t.iss, t.rid, t.feed, ${asBeside(sql)}
  from (
    select f.iss, x.rid, f.feed
    from entries x join feeds f on f.id = x.feed_id
    where x.position > ${after} and x.position <= ${upto} and x.rid is not null
    union
    select iss, rid, feed from touches where position > ${after} and position <= ${upto}
  ) t
  left join search_documents s on s.iss = t.iss and s.rid = t.rid and s.feed = t.feed
`

/** The whole index in pages: rows behind an id. */
export const besidePage = (sql: Db, afterId: number, limit: number) => sql<
  (BesideRow & { id: number })[]
>`
  select t.id, t.iss, t.rid, t.feed, ${asBeside(sql)}
  from (select * from search_documents where id > ${afterId} order by id limit ${limit}) t
  join search_documents s on s.id = t.id
  order by t.id
`

export const countIndexed = (sql: Db) => sql<{ documents: number }[]>`
  select count(*)::int as documents from search_documents
`
