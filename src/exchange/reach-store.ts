/** What the anchor's node knows of how far the feeds of a centre reach. */
import type { FeedName } from '../federation/statement.ts'
import type { Db } from '../hub.ts'

/** Another node, and where it says that it stands in a feed. */
export interface Holder {
  /** Names of the active centres it speaks for, and where it serves entries. */
  names: string
  endpoint: string
  /** Null where it has not said anything yet that could be verified. */
  said: {
    size: number
    /** Seconds since 1970: when it said so. */
    iat: number
    /** Whether its last entry is the one held here at that number; null where it holds more. */
    agrees: boolean | null
  } | null
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

/** `here`: our own holdings endpoint, for we are no witness to ourselves. */
export const reaches = (sql: Db, iss: string, here: string) => sql<Reach[]>`
  select f.id as "feedId", f.feed, f.epoch, f.size, f.dig, f.forked_at as "forkedAt",
    last.iat as "lastIat", f.head, f.head_iat as "headIat",
    coalesce((
      select jsonb_agg(
        jsonb_build_object('names', n.names, 'endpoint', n.endpoint, 'said', said.what)
        order by n.names
      )
      from (
        select string_agg(name, ', ' order by slug) as names, array_agg(entity_id) as ids,
          min(metadata ->> 'entries_endpoint') as endpoint
        from centres
        where metadata ->> 'status' = 'active' and metadata ->> 'holdings_endpoint' <> ${here}
        group by metadata ->> 'holdings_endpoint'
      ) n
      left join lateral (
        select jsonb_build_object(
          'size', h.size, 'iat', s.iat,
          'agrees', case when h.size = 0 then true when e.seq is not null then e.dig = h.dig end
        ) as what
        from held_feeds h
        join holdings s on s.signer = h.signer
        left join entries e on e.feed_id = h.feed_id and e.seq = h.size
        where h.feed_id = f.id and h.signer = any (n.ids)
        order by s.iat desc limit 1
      ) said on true
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
