/** What the anchor's node knows of how far the feeds of a centre reach. */
import type { FeedName } from '../federation/statement.ts'
import type { Db } from '../hub.ts'

/** Where another node says that it stands in a feed. */
export interface Holder {
  /** Name of the centre that signed it, and where its node serves entries. */
  name: string
  endpoint: string
  size: number
  /** Seconds since 1970: when it said so. */
  iat: number
  /** Whether its last entry is the one held here at that number; null where it holds more. */
  agrees: boolean | null
}

/** The current epoch of a feed as the anchor's own node has verified it, and what others say of it. */
export interface Reach {
  feedId: number
  feed: FeedName
  epoch: number
  size: number
  dig: string
  /** The first number at which two signed entries stand. */
  forkedAt: number | null
  /** Seconds since 1970: when its last entry was signed; null where there is none. */
  lastIat: number | null
  /** The newest head, as signed and verified. */
  head: string | null
  headIat: number | null
  holders: Holder[]
}

export const reaches = (sql: Db, iss: string) => sql<Reach[]>`
  select f.id as "feedId", f.feed, f.epoch, f.size, f.dig,
    f.forked_at as "forkedAt", last.iat as "lastIat", f.head,
    f.head_iat as "headIat",
    coalesce((
      select jsonb_agg(
        jsonb_build_object(
          'name', c.name, 'endpoint', c.metadata ->> 'entries_endpoint', 'size', h.size, 'iat', s.iat,
          'agrees', case when h.size = 0 then true when e.seq is not null then e.dig = h.dig end
        )
        order by h.size desc, c.slug
      )
      from held_feeds h
      join holdings s on s.signer = h.signer
      join centres c on c.entity_id = h.signer
      left join entries e on e.feed_id = h.feed_id and e.seq = h.size
      where h.feed_id = f.id
    ), '[]') as holders
  from feeds f
  left join entries last on last.feed_id = f.id and last.seq = f.size
  where f.iss = ${iss} and not exists (
    select from feeds newer where newer.iss = f.iss and newer.feed = f.feed and newer.epoch > f.epoch
  )
  order by f.feed desc
`

/** The last entry of a feed that was signed with a key. */
export const lastSignedWith = (sql: Db, feedId: number, kid: string) => sql<
  { seq: number; dig: string }[]
>`
  select seq, dig from entries where feed_id = ${feedId} and kid = ${kid} order by seq desc limit 1
`

/** An entry that is held: its digest, and the number of the key it was signed with. */
export const entryAt = (sql: Db, feedId: number, seq: number) => sql<
  { dig: string; keyNumber: number }[]
>`
  select dig, key_number as "keyNumber" from entries where feed_id = ${feedId} and seq = ${seq}
`
