/** SQL of showing hits. */
import type { Db } from '../hub.ts'
import { type Audience, type ListedRecord, visibleTo } from '../publications/store.ts'

/** A record with its content as it was signed. */
export type ShownRecord = ListedRecord & { content: string }

interface Key {
  iss: string
  rid: string
  feed: string
}

const asListed = (sql: Db) => sql`
  r.iss, c.slug, c.name as centre, r.rid, r.kind, r.feed, r.ver, r.teaser, r.changed, r.first_published
`

/** The records named, as far as this audience may see them now, as lists show them. */
export const readListed = (sql: Db, audience: Audience, keys: Key[]) => sql<ListedRecord[]>`
  select ${asListed(sql)}
  from jsonb_to_recordset(${sql.json(keys.map((key) => ({ ...key })))}) as x (iss text, rid uuid, feed text)
  join records r on r.iss = x.iss and r.rid = x.rid and r.feed = x.feed
  join centres c on c.entity_id = r.iss
  where r.teaser is not null and not r.hidden and ${visibleTo(sql, audience)}
`

/** The same with their contents. */
export const readRecords = (sql: Db, audience: Audience, keys: Key[]) => sql<ShownRecord[]>`
  select ${asListed(sql)}, convert_from(e.content, 'UTF8') as content
  from jsonb_to_recordset(${sql.json(keys.map((key) => ({ ...key })))}) as x (iss text, rid uuid, feed text)
  join records r on r.iss = x.iss and r.rid = x.rid and r.feed = x.feed
  join centres c on c.entity_id = r.iss
  join entries e on e.feed_id = r.feed_id and e.seq = r.seq
  where r.teaser is not null and not r.hidden and e.content is not null and ${visibleTo(sql, audience)}
`

/** Records that were taken back since a time (in seconds since 1970), the last first. */
export const takenBackSince = (sql: Db, audience: Audience, since: number) => sql<
  { iss: string; rid: string; at: number }[]
>`
  select r.iss, r.rid, r.changed as at
  from records r
  where r.state in ('withdrawn', 'erased') and r.changed >= ${since} and ${visibleTo(sql, audience)}
  order by r.changed desc limit 100
`
