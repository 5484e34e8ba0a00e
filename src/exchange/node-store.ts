/** What is asked of the database to tell how a node stands. */
import type { FeedName } from '../federation/statement.ts'
import type { Db } from '../hub.ts'
import type { Erasure } from './node-answer.ts'

export interface FeedRow {
  id: number
  iss: string
  slug: string
  name: string
  feed: FeedName
  epoch: number
  size: number
  forkedAt: number | null
}

/** The feeds of these centres, closed epochs too. */
export const feedsAtHome = (sql: Db, centres: string[]) => sql<FeedRow[]>`
  select f.id, f.iss, c.slug, c.name, f.feed, f.epoch, f.size, f.forked_at as "forkedAt"
  from feeds f join centres c on c.entity_id = f.iss
  where f.iss in (select value from jsonb_array_elements_text(${sql.json(centres)}))
  order by c.slug, f.feed desc, f.epoch
`

export interface PeerRow {
  endpoint: string
  centres: string[]
  /** The centre that has signed its newest holdings. */
  signer: string | null
  lastSuccess: Date | null
  reason: string | null
  reasonSince: Date | null
}

/** The nodes of other active centres, with how asking them goes. */
export const otherNodes = (sql: Db, here: string) => sql<PeerRow[]>`
  with nodes as (
    select metadata ->> 'holdings_endpoint' as endpoint, jsonb_agg(name order by slug) as centres,
      array_agg(entity_id) as ids
    from centres
    where metadata ->> 'status' = 'active' and metadata ->> 'holdings_endpoint' <> ${here}
    group by 1
  )
  select n.endpoint, n.centres, p.last_success as "lastSuccess", p.reason,
    p.reason_since as "reasonSince",
    (select signer from holdings where signer = any (n.ids) order by iat desc limit 1) as signer
  from nodes n left join peers p on p.endpoint = n.endpoint
  order by n.centres ->> 0, n.endpoint
`

export interface HeldRow {
  signer: string
  feedId: number
  size: number
  erasedThrough: number
  sizeSince: Date
  erasedSince: Date
  /** When the first entry that it lacks was stored here. */
  missingSince: Date | null
}

/** What others say they hold of the feeds of these centres. */
export const heldElsewhere = (sql: Db, centres: string[]) => sql<HeldRow[]>`
  select h.signer, h.feed_id as "feedId", h.size, h.erased_through as "erasedThrough",
    h.size_since as "sizeSince", h.erased_since as "erasedSince", e.received_at as "missingSince"
  from held_feeds h
  join feeds f on f.id = h.feed_id
  left join entries e on e.feed_id = h.feed_id and e.seq = h.size + 1
  where f.iss in (select value from jsonb_array_elements_text(${sql.json(centres)}))
`

/** The newest fifty erasures in each feed of these centres. */
export const erasuresOf = (sql: Db, centres: string[]) => sql<(Erasure & { feedId: number })[]>`
  select f.id as "feedId", e.seq, e.rid, e.iat as at
  from feeds f
  cross join lateral (
    select seq, rid, iat from entries
    where feed_id = f.id and op = 'erase' and fault is null order by seq desc limit 50
  ) e
  where f.iss in (select value from jsonb_array_elements_text(${sql.json(centres)}))
  order by f.id, e.seq desc
`

/** How long every feed is that its own centre's node has told of. */
export const statedByHome = (sql: Db) => sql<
  { iss: string; feed: FeedName; epoch: number; size: number }[]
>`
  select f.iss, f.feed, f.epoch, h.size
  from feeds f
  join centres c on c.entity_id = f.iss
  join centres s on s.metadata ->> 'holdings_endpoint' = c.metadata ->> 'holdings_endpoint'
  join held_feeds h on h.signer = s.entity_id and h.feed_id = f.id
`

/** How many blobs of each feed are not here yet. */
export const missingBlobs = (sql: Db) => sql<{ iss: string; feed: FeedName; missing: number }[]>`
  select iss, feed, count(*)::int as missing from blobs where bytes is null group by iss, feed
`
