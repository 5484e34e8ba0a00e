/** What the agreed chain is held against, and what stands beside it: pending entries and evidence. */
import type { FeedName } from '../federation/statement.ts'
import type { Db } from '../hub.ts'
import type { Standing } from './replay.ts'
import { arrayOf, asJson, type HeldFeed, heldFeed } from './store.ts'

/** Every epoch of a feed as it is held, in order. */
export const epochsOf = (sql: Db, iss: string, feed: FeedName) => sql<HeldFeed[]>`
  select ${heldFeed(sql)} from feeds where iss = ${iss} and feed = ${feed} order by epoch
`

/** Feeds that were last compared with an older statement than the newest. */
export const unalignedFeeds = (sql: Db) => sql<{ iss: string; feed: FeedName }[]>`
  select distinct f.iss, f.feed
  from feeds f join centres c on c.entity_id = f.iss
  where f.aligned <> c.iat
`

/** Some entries held of one feed: their digests and the numbers of their keys. */
export const linksAt = (sql: Db, feedId: number, seqs: number[]) => sql<
  { seq: number; dig: string; keyNumber: number }[]
>`
  select seq, dig, key_number as "keyNumber" from entries
  where feed_id = ${feedId}
    and seq = any (${arrayOf(seqs)}::text::bigint[])
`

/** The first entry under a key after a number. */
export const firstUnder = (sql: Db, feedId: number, kid: string, after: number) => sql<
  { seq: number | null }[]
>`
  select min(seq) as seq from entries where feed_id = ${feedId} and kid = ${kid} and seq > ${after}
`

/** How an epoch stands against a statement. */
export interface Alignment {
  id: number
  size: number
  base: string
  closedAt: number | null
  forkedAt: number | null
}

/** Notes that what is held agrees with the statement made at `iat`; an epoch still empty begins on its base. */
export const markAligned = (sql: Db, iat: number, epochs: Alignment[]) => sql`
  update feeds f set
    aligned = ${iat}, closed_at = a."closedAt", forked_at = a."forkedAt",
    dig = case when f.size = 0 then a.base else f.dig end
  from json_to_recordset(${asJson(sql, epochs)}) as a (
    id int, size bigint, base text, "closedAt" bigint, "forkedAt" bigint
  )
  where f.id = a.id and f.size = a.size
`

/** An entry of the agreed chain, as far as replaying it needs. */
export interface ChainEntry {
  feedId: number
  seq: number
  iat: number
  jws: string
  fault: string | null
}

/** Up to number `size` of one epoch: the entries of those records that what stands after it touched. */
export const historyOfTouched = (sql: Db, { id, iss, feed, epoch }: HeldFeed, size: number) => sql<
  ChainEntry[]
>`
  select e.feed_id as "feedId", e.seq, e.iat, e.jws, e.fault
  from feeds f join entries e on e.feed_id = f.id
  where f.iss = ${iss} and f.feed = ${feed}
    and (f.epoch < ${epoch} or f.epoch = ${epoch} and e.seq <= ${size})
    and e.rid in (select rid from entries where feed_id = ${id} and seq > ${size})
  order by f.epoch, e.seq
`

export const contentAt = (sql: Db, feedId: number, seq: number) => sql<
  { content: Buffer | null }[]
>`
  select content from entries where feed_id = ${feedId} and seq = ${seq}
`

export type EpochEnd = Pick<HeldFeed, 'id' | 'epoch' | 'size' | 'dig' | 'keyNumber'>

/** Takes the end off a feed in one act; false where it has moved meanwhile. */
export const cutBack = (
  sql: Db,
  { iss, feed }: Pick<HeldFeed, 'iss' | 'feed'>,
  change: { held: EpochEnd[]; left: EpochEnd[]; records: Standing[]; found: Date },
) => sql<{ done: boolean }[]>`
  select cut_back(
    ${iss}, ${feed}, ${asJson(sql, change.held)},
    ${asJson(
      sql,
      change.left.map(({ keyNumber, ...end }) => ({ ...end, key_number: keyNumber })),
    )},
    ${asJson(sql, change.records)}, ${change.found}
  ) as done
`
