/** What an entry does, once its place, signature and content hold: the rules of its operation. */
import type { FeedName } from '../federation/statement.ts'
import type { ContentJudge, ListedBlob } from '../hub.ts'
import {
  fatalUtf8,
  hasDuplicateMembers,
  type JsonFault,
  type JsonObject,
  jsonFault,
  parseObject,
} from '../signing/json.ts'
import type {
  ContentClaim,
  Link,
  OnRecord,
  Operation,
  OperationFault,
  TravellingEntry,
} from './entry.ts'
import type { ContentBytes, Linked } from './link.ts'
import { applyOperation, type RecordState, type RuleFault } from './rules.ts'

/** Why an entry is kept without effect. */
export type EntryFault =
  | OperationFault
  | RuleFault
  | JsonFault
  | 'content-utf8'
  | 'content-json'
  | 'content-duplicate-member'
  | `content: ${string}`

export interface VerifiedEntry {
  seq: number
  dig: string
  jws: string
  iat: number
  kid: string
  keyNumber: number
  operation?: Operation
  claim?: ContentClaim
  fault?: EntryFault
  status: TravellingEntry['status']
  content?: Buffer
  salt?: Buffer
  /** What its content lists, where it can be read. */
  blobs?: ListedBlob[]
}

/** What to judge contents by. */
export interface EffectContext {
  feed: FeedName
  judgeContent: ContentJudge
}

/** Records as they stand before the page, and as its entries leave them. */
export interface Records {
  before: Map<string, RecordState>
  changed: Map<string, RecordState>
}

/** Applies the rules of the operation; a broken rule or an unreadable content leaves the entry without effect. */
export const applyEntry = (
  entry: Linked,
  bytes: ContentBytes | undefined,
  records: Records,
  context: EffectContext,
): VerifiedEntry => {
  const { jws, dig, kid, key, link, operation, claim } = entry
  const verified: VerifiedEntry = {
    seq: link.seq,
    dig,
    jws,
    iat: link.iat,
    kid,
    keyNumber: key.n,
    ...(operation && { operation }),
    ...(claim && { claim }),
    status: operation?.op === 'publish' && !bytes ? 'withheld' : 'present',
    ...bytes,
  }
  if (entry.fault) return { ...verified, fault: entry.fault }
  if (!operation) return verified
  return { ...verified, ...effectOf(link, operation, bytes?.content, records, context) }
}

const effectOf = (
  link: Link,
  operation: Operation,
  content: Buffer | undefined,
  { before, changed }: Records,
  context: EffectContext,
): { fault?: EntryFault; blobs?: ListedBlob[] } => {
  // Endorsements stand beside records; they change none.
  if (!isOnRecord(operation)) return {}
  let teaser: JsonObject | null = null
  let blobs: ListedBlob[] = []
  if (operation.op === 'publish' && content) {
    const judged = judgeBytes(content, operation.kind, context)
    if (!judged.ok) return { fault: judged.fault }
    teaser = judged.teaser
    blobs = judged.blobs ?? []
  }
  const { rid } = operation
  const standing = changed.get(rid) ?? before.get(rid)
  const ruled = applyOperation(standing, operation, link, teaser)
  if (ruled.ok && ruled.state !== standing) changed.set(rid, ruled.state)
  // A rule that is broken today may no longer be when the record is told again: its blobs are wanted all the same.
  return { ...(!ruled.ok && { fault: ruled.fault }), ...(blobs.length > 0 && { blobs }) }
}

/** What lists show of a content, or why it cannot be shown. */
export const judgeBytes = (
  content: Buffer,
  kind: string,
  { judgeContent, feed }: EffectContext,
): { ok: true; teaser: JsonObject; blobs?: ListedBlob[] } | { ok: false; fault: EntryFault } => {
  const read = readContent(content)
  if (!read.ok) return read
  const judged = judgeContent(read.value, { kind, feed })
  return judged.ok ? judged : { ok: false, fault: `content: ${judged.reason}` }
}

export const isOnRecord = (operation: Operation): operation is OnRecord =>
  operation.op === 'publish' || operation.op === 'withdraw' || operation.op === 'erase'

/** A content as the JSON object that it must be: UTF-8, well-formed strings, no member twice. */
export const readContent = (
  bytes: Buffer,
): { ok: true; value: JsonObject } | { ok: false; fault: EntryFault } => {
  const text = fatalUtf8(bytes)
  if (text === undefined) return { ok: false, fault: 'content-utf8' }
  const value = parseObject(text)
  if (!value) return { ok: false, fault: 'content-json' }
  const fault = jsonFault(value, false)
  if (fault) return { ok: false, fault }
  // What is written canonically – ours is – has no duplicates; only other texts need the slow look.
  const twice = JSON.stringify(value) !== text && hasDuplicateMembers(text)
  return twice ? { ok: false, fault: 'content-duplicate-member' } : { ok: true, value }
}
