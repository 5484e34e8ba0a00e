/** Where records stand as the agreed chain leaves them, told again from their entries. */
import type { FeedName } from '../federation/statement.ts'
import type { Db, Hub } from '../hub.ts'
import type { JsonObject } from '../signing/json.ts'
import { unverifiedPayload } from '../signing/unverified.ts'
import { type ChainEntry, contentAt } from './chain-store.ts'
import { isOnRecord, readContent } from './effect.ts'
import { readOperation } from './entry.ts'
import { applyOperation, type RecordState } from './rules.ts'

/** A record, and the feed of the entry that brought it there. */
export interface Standing extends RecordState {
  feed_id: number
}

/** What these entries, in the order of the chain, make of their records; previews are still missing. */
export const replay = (entries: ChainEntry[]): Standing[] => {
  const standing = new Map<string, Standing>()
  for (const { jws, seq, iat, fault, feedId } of entries) {
    // Verified when it was stored: only its form is read.
    const { operation } = readOperation(unverifiedPayload(jws) ?? {})
    if (fault || !operation || !isOnRecord(operation)) continue
    const before = standing.get(operation.rid)
    const ruled = applyOperation(before, operation, { seq, iat }, null)
    if (ruled.ok && ruled.state !== before) {
      standing.set(operation.rid, { ...ruled.state, feed_id: feedId })
    }
  }
  return [...standing.values()]
}

/** The same with what lists show of each, from the contents that are held. */
export const withTeasers = (
  hub: Pick<Hub, 'sql' | 'judgeContent'>,
  feed: FeedName,
  standings: Standing[],
) =>
  Promise.all(
    standings.map(async (standing) =>
      standing.state === 'published'
        ? { ...standing, teaser: await teaserOf(hub, feed, standing) }
        : standing,
    ),
  )

const teaserOf = async (
  { sql, judgeContent }: { sql: Db; judgeContent: Hub['judgeContent'] },
  feed: FeedName,
  { feed_id, seq, kind }: Standing,
): Promise<JsonObject | null> => {
  const [entry] = await contentAt(sql, feed_id, seq)
  if (!entry?.content || kind === null) return null
  const read = readContent(entry.content)
  if (!read.ok) return null
  const judged = judgeContent(read.value, { kind, feed })
  return judged.ok ? judged.teaser : null
}
