/** One entry's place in its feed: gate → feed → seq and prev → iat → key, and the digest of its content. */
import { type VerifyKey, type VerifyKeys, withinCuts } from '../federation/centre.ts'
import { type FeedName, skew } from '../federation/statement.ts'
import { saltedDigest, tokenDigest } from '../signing/digest.ts'
import { canonicalBytes, type GateReason, passGate } from '../signing/gate.ts'
import { Link, readOperation, type TravellingEntry, type Understood } from './entry.ts'

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

/** A feed as we hold it: what the next entry must follow. */
export interface Cursor {
  epoch: number
  seq: number
  dig: string
  keyNumber: number
}

/** What to place an entry by. */
export interface LinkContext {
  centre: { id: string }
  feed: FeedName
  keys: VerifyKeys
  /** Seconds since 1970. */
  now: number
}

/** An entry whose place in the chain and key hold; its signature and content are still to be checked. */
export interface Linked extends Understood {
  item: TravellingEntry
  jws: string
  dig: string
  kid: string
  key: VerifyKey
  link: Link
}
export type LinkAnswer = { ok: true; entry: Linked } | { ok: false; reason: StopReason }

const no = (reason: StopReason) => ({ ok: false, reason }) as const

/** An entry as the next of its feed after `before`, or why it stops the feed. */
export const linkEntry = (
  item: TravellingEntry,
  before: Cursor,
  context: LinkContext,
): LinkAnswer => {
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

const linkFault = (link: Link, before: Cursor, { centre, feed, now }: LinkContext) => {
  if (link.iss !== centre.id || link.feed !== feed || link.epoch !== before.epoch) return 'feed'
  if (link.seq !== before.seq + 1) return 'seq'
  if (link.prev !== before.dig) return 'prev'
  return link.iat > now + skew ? 'iat-future' : undefined
}

export interface ContentBytes {
  content: Buffer
  salt: Buffer
}
export type ContentAnswer =
  | { ok: true; bytes: ContentBytes | undefined }
  | { ok: false; reason: StopReason }

/** Of every salt. A longer one could carry more than a page may. */
const saltBytes = 16

/** The content beside an entry, if it is the one that was signed. Nothing else may travel with an entry. */
export const linkContent = ({
  item,
  operation,
  claim,
}: Pick<Linked, 'item' | 'operation' | 'claim'>): ContentAnswer => {
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
