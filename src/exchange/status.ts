/** How every feed stands here: for who runs the node. */
import { ownCentreIds } from '../config.ts'
import type { FeedName } from '../federation/statement.ts'
import type { Hub } from '../hub.ts'
import { feedReports } from './store.ts'

export interface FeedReport {
  iss: string
  slug: string
  name: string
  feed: FeedName
  epoch: number
  size: number
  own: boolean
  /** Seconds since 1970: when the newest head was signed. */
  headIat: number | null
  headSize: number | null
  lastSuccess: Date | null
  /** Why the feed does not go on, at which entry, since when. */
  reason: string | null
  reasonSeq: number | null
  reasonSince: Date | null
  /** Entries that were verified and may not count yet. */
  pending: number
  /** The first number at which the feed is forked. */
  forkedAt: number | null
  /** Whether nothing more comes of this epoch: all of it that counts is here. */
  ended: boolean
  /** Entries that are kept without effect, and contents that are missing. */
  faults: { seq: number; fault: string }[]
  withheld: number[]
}

export const feedStatus = async (hub: Hub): Promise<FeedReport[]> => {
  const own = ownCentreIds(hub.config)
  const rows = await feedReports(hub.sql)
  return rows.map((row) => ({ ...row, own: own.includes(row.iss) }))
}
