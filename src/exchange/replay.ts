/** Where records stand as the agreed chain leaves them, told again from their entries. */
import type { FeedName } from '../federation/statement.ts'
import type { Hub } from '../hub.ts'
import { unverifiedPayload } from '../signing/unverified.ts'
import { type ChainEntry, contentAt } from './chain-store.ts'
import { isOnRecord, judgeBytes } from './effect.ts'
import { readOperation } from './entry.ts'
import { applyOperation, isRuleFault, type RecordState } from './rules.ts'

/** A record, and the feed of the entry that brought it there. */
export interface Standing extends RecordState {
  feed_id: number
}

export interface Replayed {
  standings: Standing[]
  /** Rules that are broken now and were not, or no longer are. */
  changed: { feed_id: number; seq: number; fault: string | null }[]
}

/** What these entries, in the order of the chain, make of their records; previews are still missing. */
export const replay = (entries: ChainEntry[]): Replayed => {
  const standing = new Map<string, Standing>()
  const changed: Replayed['changed'] = []
  for (const { jws, seq, iat, fault, feedId } of entries) {
    if (fault !== null && !isRuleFault(fault)) continue
    // Verified when it was stored: only its form is read.
    const { operation } = readOperation(unverifiedPayload(jws) ?? {})
    if (!operation || !isOnRecord(operation)) continue
    const before = standing.get(operation.rid)
    const ruled = applyOperation(before, operation, { seq, iat }, null)
    if (ruled.ok && ruled.state !== before) {
      standing.set(operation.rid, { ...ruled.state, feed_id: feedId })
    }
    const now = ruled.ok ? null : ruled.fault
    if (now !== fault) changed.push({ feed_id: feedId, seq, fault: now })
  }
  return { standings: [...standing.values()], changed }
}

/** The same with what lists show of each, from the contents that are held – or from one that is about to be. */
export const withTeasers = (
  { sql, judgeContent }: Pick<Hub, 'sql' | 'judgeContent'>,
  feed: FeedName,
  standings: Standing[],
  coming?: { feedId: number; seq: number; content: Buffer },
) =>
  Promise.all(
    standings.map(async (standing) => {
      const { state, kind, feed_id, seq } = standing
      if (state !== 'published' || kind === null) return standing
      const comes = coming?.feedId === feed_id && coming.seq === seq
      const content = comes ? coming.content : (await contentAt(sql, feed_id, seq))[0]?.content
      const judged = content && judgeBytes(content, kind, { judgeContent, feed })
      return judged?.ok ? { ...standing, teaser: judged.teaser } : standing
    }),
  )
