/**
 * Verifying a page of a feed, cheap checks first, in the order of exchange.md, section 4:
 * gate → feed → seq and prev → iat → key → signature → content digest → rules of the operation → head.
 */
import type { Centre, VerifyKey, VerifyKeys } from '../federation/centre.ts'
import { withinCuts } from '../federation/centre.ts'
import { type FeedName, skew } from '../federation/statement.ts'
import type { ContentJudge } from '../hub.ts'
import { saltedDigest, tokenDigest } from '../signing/digest.ts'
import { canonicalBytes, type GateReason, passGate } from '../signing/gate.ts'
import {
  fatalUtf8,
  hasDuplicateMembers,
  type JsonFault,
  type JsonObject,
  jsonFault,
  parseObject,
} from '../signing/json.ts'
import { signatureHolds } from '../signing/seal.ts'
import {
  type ContentClaim,
  Link,
  type OnRecord,
  type Operation,
  type OperationFault,
  readOperation,
  type TravellingEntry,
  type Understood,
} from './entry.ts'
import { applyOperation, type RecordState, type RuleFault } from './rules.ts'

/** What stops a feed. */
export type StopReason =
  | GateReason
  | 'link-form'
  | 'feed'
  | 'seq'
  | 'prev'
  | 'iat-future'
  | 'key-unknown'
  | 'key-number'
  | 'key-cut'
  | 'signature'
  | 'content-digest'
  | 'content-missing'

/** Why an entry is kept without effect. */
export type EntryFault =
  | OperationFault
  | RuleFault
  | JsonFault
  | 'content-utf8'
  | 'content-json'
  | 'content-duplicate-member'
  | `content: ${string}`

/** A feed as we hold it: what the next entry must follow. */
export interface Cursor {
  epoch: number
  seq: number
  dig: string
  keyNumber: number
}

export interface FeedContext {
  centre: Pick<Centre, 'id'>
  feed: FeedName
  keys: VerifyKeys
  /** Seconds since 1970. */
  now: number
  judgeContent: ContentJudge
  /** Where these records stand in the feed before the page. */
  statesOf: (rids: string[]) => Promise<Map<string, RecordState>>
}

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
}

export interface VerifiedPage {
  /** Good entries up to the first that stops the feed. */
  entries: VerifiedEntry[]
  /** Where every record stands that these entries changed. */
  states: Map<string, RecordState>
  cursor: Cursor
  stop?: { seq: number; reason: StopReason }
}

export const verifyPage = async (
  travelling: TravellingEntry[],
  start: Cursor,
  context: FeedContext,
): Promise<VerifiedPage> => {
  const { linked, stop: broken } = linkPage(travelling, start, context)
  // The signatures are checked on other threads; the digests of the contents meanwhile on this one.
  const checking = Promise.all(linked.map(({ jws, key }) => signatureHolds(jws, key.key)))
  const contents = linked.map(linkContent)
  const signed = await checking

  const bad = linked.findIndex((_, i) => !signed[i] || !contents[i]?.ok)
  const good = bad === -1 ? linked : linked.slice(0, bad)
  const records = { before: await statesBefore(good, context), changed: new Map() }
  const entries = good.map((entry, i) =>
    applyEntry(entry, contentOf(contents[i]), records, context),
  )

  const last = good.at(-1)
  const cursor = last
    ? { epoch: start.epoch, seq: last.link.seq, dig: last.dig, keyNumber: last.key.n }
    : start
  const stop =
    bad === -1 ? broken : { seq: cursor.seq + 1, reason: badReason(signed[bad], contents[bad]) }
  return { entries, states: records.changed, cursor, ...(stop && { stop }) }
}

const contentOf = (answer: ContentAnswer | undefined) => (answer?.ok ? answer.bytes : undefined)

const badReason = (signed: boolean | undefined, content: ContentAnswer | undefined): StopReason =>
  signed && content && !content.ok ? content.reason : 'signature'

/** An entry whose place in the chain and key hold; its signature and content are still to be checked. */
interface Linked extends Understood {
  item: TravellingEntry
  jws: string
  dig: string
  kid: string
  key: VerifyKey
  link: Link
}
type LinkAnswer = { ok: true; entry: Linked } | { ok: false; reason: StopReason }

const no = (reason: StopReason) => ({ ok: false, reason }) as const

const linkPage = (travelling: TravellingEntry[], cursor: Cursor, context: FeedContext) => {
  const linked: Linked[] = []
  let end = cursor
  for (const item of travelling) {
    const answer = linkEntry(item, end, context)
    if (!answer.ok) return { linked, stop: { seq: end.seq + 1, reason: answer.reason } }
    linked.push(answer.entry)
    const { link, dig, key } = answer.entry
    end = { epoch: link.epoch, seq: link.seq, dig, keyNumber: key.n }
  }
  return { linked, stop: undefined }
}

const linkEntry = (item: TravellingEntry, before: Cursor, context: FeedContext): LinkAnswer => {
  const passed = passGate(item.entry, 'transfernetz-entry+jwt')
  if (!passed.ok) return passed
  const link = Link.safeParse(passed.payload).data
  if (!link) return no('link-form')
  const misplaced = linkFault(link, before, context)
  if (misplaced) return no(misplaced)

  const { kid } = passed.header
  const dig = tokenDigest(item.entry)
  const key = context.keys.get(kid)
  if (!key) return no('key-unknown')
  if (key.n < before.keyNumber) return no('key-number')
  if (!withinCuts(key, link.feed, link, dig)) return no('key-cut')

  const understood = readOperation(passed.payload)
  return { ok: true, entry: { item, jws: item.entry, dig, kid, key, link, ...understood } }
}

const linkFault = (link: Link, before: Cursor, { centre, feed, now }: FeedContext) => {
  if (link.iss !== centre.id || link.feed !== feed || link.epoch !== before.epoch) return 'feed'
  if (link.seq !== before.seq + 1) return 'seq'
  if (link.prev !== before.dig) return 'prev'
  return link.iat > now + skew ? 'iat-future' : undefined
}

interface ContentBytes {
  content: Buffer
  salt: Buffer
}
type ContentAnswer =
  | { ok: true; bytes: ContentBytes | undefined }
  | { ok: false; reason: StopReason }

/** Of every salt. A longer one could carry more than a page may. */
const saltBytes = 16

/** The content beside an entry, if it is the one that was signed. Nothing else may travel with an entry. */
const linkContent = ({ item, operation, claim }: Linked): ContentAnswer => {
  if (!claim) return { ok: true, bytes: undefined }
  if (item.content === undefined || item.salt === undefined) {
    const owed = operation?.op === 'publish' && item.status === 'present'
    return owed ? no('content-missing') : { ok: true, bytes: undefined }
  }
  const content = canonicalBytes(item.content)
  const salt = canonicalBytes(item.salt)
  const same =
    content?.length === claim.len &&
    salt?.length === saltBytes &&
    saltedDigest(salt, content) === claim.dig
  return same ? { ok: true, bytes: { content, salt } } : no('content-digest')
}

interface Records {
  before: Map<string, RecordState>
  changed: Map<string, RecordState>
}

const statesBefore = async (linked: Linked[], { statesOf }: FeedContext) => {
  const rids = new Set(linked.flatMap(({ operation }) => (operation ? [operation.rid] : [])))
  return statesOf([...rids])
}

/** Applies the rules of the operation; a broken rule or an unreadable content leaves the entry without effect. */
const applyEntry = (
  entry: Linked,
  bytes: ContentBytes | undefined,
  records: Records,
  context: FeedContext,
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
  const fault =
    entry.fault ?? (operation && effectOf(link, operation, bytes?.content, records, context))
  return fault ? { ...verified, fault } : verified
}

const effectOf = (
  link: Link,
  operation: Operation,
  content: Buffer | undefined,
  { before, changed }: Records,
  { judgeContent, feed }: FeedContext,
): EntryFault | undefined => {
  // Endorsements stand beside records; they change none.
  if (!isOnRecord(operation)) return undefined
  let teaser: JsonObject | null = null
  if (operation.op === 'publish' && content) {
    const read = readContent(content)
    if (!read.ok) return read.fault
    const judged = judgeContent(read.value, { kind: operation.kind, feed })
    if (!judged.ok) return `content: ${judged.reason}`
    teaser = judged.teaser
  }
  const { rid } = operation
  const standing = changed.get(rid) ?? before.get(rid)
  const ruled = applyOperation(standing, operation, link, teaser)
  if (!ruled.ok) return ruled.fault
  if (ruled.state !== standing) changed.set(rid, ruled.state)
  return undefined
}

const isOnRecord = (operation: Operation): operation is OnRecord =>
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
