/** The rules of the operations (schemas/EXCHANGE.md, section 8). They look only at the agreed chain of the same feed. */
import type { JsonObject } from '../signing/json.ts'
import type { Link, OnRecord } from './entry.ts'

/** Where a record stands in one feed after some entry. */
export interface RecordState {
  rid: string
  /** Highest version seen. */
  ver: number
  state: 'published' | 'withdrawn' | 'erased'
  /** An erase of everything closed the record in this feed. */
  closed: boolean
  kind: string | null
  /** The entry that made this state, and when it was signed, in seconds since 1970. */
  seq: number
  changed: number
  first_published: number
  /** What lists show; null unless published and readable. */
  teaser: JsonObject | null
}

export type RuleFault =
  | 'record-closed'
  | 'version-not-rising'
  | 'version-not-newest'
  | 'version-unknown'
  | 'record-unknown'
  | 'not-published'

/** Whether a fault depends on what stood before. */
export const isRuleFault = (fault: string): fault is RuleFault =>
  /^(record-(closed|unknown)|version-(not-rising|not-newest|unknown)|not-published)$/.test(fault)

export type Ruled = { ok: true; state: RecordState } | { ok: false; fault: RuleFault }

const broken = (fault: RuleFault): Ruled => ({ ok: false, fault })

/** What an operation makes of a record, given where it stood – or the rule that it breaks. */
export const applyOperation = (
  before: RecordState | undefined,
  operation: OnRecord,
  { seq, iat }: Pick<Link, 'seq' | 'iat'>,
  teaser: JsonObject | null,
): Ruled => {
  const fault = ruleBroken[operation.op](before, operation)
  if (fault) return broken(fault)
  const kind = operation.op === 'publish' ? operation.kind : (before?.kind ?? null)
  const first_published = before?.first_published ?? iat
  const state = { rid: operation.rid, kind, seq, changed: iat, first_published, teaser: null }
  if (operation.op === 'publish') {
    const { ver } = operation
    return { ok: true, state: { ...state, ver, state: 'published', closed: false, teaser } }
  }
  const ver = Math.max(before?.ver ?? 0, operation.ver)
  if (operation.op === 'withdraw') {
    return { ok: true, state: { ...state, ver, state: 'withdrawn', closed: false } }
  }
  const all = operation.ver === 0
  const touchesNewest = all || !before || operation.ver === before.ver
  // Erasing an older version changes nothing that readers see.
  if (before && !touchesNewest) return { ok: true, state: before }
  const closed = (before?.closed ?? false) || (all && !operation.continued)
  return { ok: true, state: { ...state, ver, state: 'erased', closed } }
}

const ruleBroken: Record<
  OnRecord['op'],
  (before: RecordState | undefined, operation: OnRecord) => RuleFault | undefined
> = {
  publish: (before, { ver }) => {
    if (before?.closed) return 'record-closed'
    return before && ver <= before.ver ? 'version-not-rising' : undefined
  },

  withdraw: (before, { ver }) => {
    if (!before) return 'record-unknown'
    if (before.closed) return 'record-closed'
    if (ver !== before.ver) return 'version-not-newest'
    return before.state === 'published' ? undefined : 'not-published'
  },

  // An erase of what this chain does not know is no fault: after a new epoch it stands for what was cut off.
  erase: (before, { ver }) => (before && ver > before.ver ? 'version-unknown' : undefined),
}
