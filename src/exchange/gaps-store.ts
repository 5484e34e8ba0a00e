/** Contents that are missing (entries with the status `withheld`). */
import type { FeedName } from '../federation/statement.ts'
import type { Db, ListedBlob } from '../hub.ts'
import type { ChainEntry } from './chain-store.ts'
import type { Replayed, Standing } from './replay.ts'
import { asJson, blobRows } from './store.ts'

export interface Gap {
  feedId: number
  iss: string
  feed: FeedName
  epoch: number
  seq: number
}

/** One missing content of each of some feeds, taken at random, so that one that nobody has is not asked for for ever. */
export const gapsToFill = (sql: Db, feeds: number) => sql<Gap[]>`
  select f.id as "feedId", f.iss, f.feed, f.epoch, g.seq
  from feeds f
  cross join lateral (
    select seq from entries e
    where e.feed_id = f.id and e.status = 'withheld' and not e.hidden
    order by random() limit 1
  ) g
  order by random() limit ${feeds}
`

/** The entry whose content is missing; no row where it no longer is. */
export const gapAt = (sql: Db, feedId: number, seq: number) => sql<{ jws: string }[]>`
  select jws from entries
  where feed_id = ${feedId} and seq = ${seq} and status = 'withheld' and not hidden
`

/** All entries of one record in its feed, in the order of the chain. */
export const historyOfRecord = (sql: Db, { iss, feed, rid }: Gap & { rid: string }) => sql<
  ChainEntry[]
>`
  select e.feed_id as "feedId", e.seq, e.iat, e.jws, e.fault
  from feeds f join entries e on e.feed_id = f.id
  where f.iss = ${iss} and f.feed = ${feed} and e.rid = ${rid}
  order by f.epoch, e.seq
`

export interface Filling {
  feedId: number
  seq: number
  content: Buffer
  salt: Buffer
  entries: number
  records: Standing[]
  faults: Replayed['changed']
  /** What the content lists. */
  blobs: ListedBlob[]
}

/** Adds a content with all it changes, in one act; false where something has moved meanwhile. */
export const fillContent = (sql: Db, filling: Filling) => sql<{ done: boolean }[]>`
  select fill_content(
    ${filling.feedId}, ${filling.seq}, ${filling.content}, ${filling.salt}, ${filling.entries},
    ${asJson(sql, filling.records)}, ${asJson(sql, filling.faults)}, ${asJson(sql, blobRows(filling))}
  ) as done
`
