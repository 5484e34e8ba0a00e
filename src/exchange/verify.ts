/**
 * Verifying a page of a feed, cheap checks first, in the order of schemas/EXCHANGE.md, section 11:
 * gate → feed → seq and prev → iat → key → signature → content digest → rules of the operation → head.
 */
import { signatureHolds } from '../signing/seal.ts'
import { applyEntry, type EffectContext, type VerifiedEntry } from './effect.ts'
import type { TravellingEntry } from './entry.ts'
import {
  type ContentAnswer,
  type ContentBytes,
  type Cursor,
  type LinkContext,
  type Linked,
  linkContent,
  linkEntry,
  type StopReason,
} from './link.ts'
import type { RecordState } from './rules.ts'

export interface FeedContext extends LinkContext, EffectContext {
  /** Where these records stand in the feed before the page. */
  statesOf: (rids: string[]) => Promise<Map<string, RecordState>>
}

interface Stop {
  seq: number
  reason: StopReason
}

/** A page whose entries follow on each other under known keys; their signatures are being checked. */
export interface LinkedPage {
  start: Cursor
  /** Where the page after it goes on. */
  end: Cursor
  linked: Linked[]
  signed: Promise<boolean[]>
  contents: ContentAnswer[]
  stop: Stop | undefined
}

export interface VerifiedPage {
  /** Good entries up to the first that stops the feed. */
  entries: VerifiedEntry[]
  /** Where every record stands that these entries changed. */
  states: Map<string, RecordState>
  cursor: Cursor
  stop?: Stop
}

/** Verifies entries that should follow on `start`: the good ones in order, up to the first that stops the feed. */
export const verifyPage = async (
  travelling: TravellingEntry[],
  start: Cursor,
  context: FeedContext,
) => settlePage(await linkPage(travelling, start, context), context)

/** Entries that are looked at in one go. Whoever reads from this node meanwhile does not wait for a whole page. */
const atOnce = 40
const letOthersIn = () => new Promise<void>((resolve) => setImmediate(resolve))

/** The cheap checks; and the signatures set going on other threads, while this one digests the contents. */
export const linkPage = async (
  travelling: TravellingEntry[],
  start: Cursor,
  context: LinkContext,
): Promise<LinkedPage> => {
  const { linked, end, stop } = await linkEntries(travelling, start, context)
  const signed = Promise.all(linked.map(({ jws, key }) => signatureHolds(jws, key.key)))
  return { start, end, linked, signed, contents: linked.map(linkContent), stop }
}

/** A page whose entries up to `cursor` are signed and have their contents; what they do is not judged yet. */
export interface ProvedPage {
  good: { entry: Linked; bytes: ContentBytes | undefined }[]
  cursor: Cursor
  stop?: Stop
}

/** Waits for the signatures: the good entries in order, up to the first that stops the feed. */
export const provePage = async (page: LinkedPage): Promise<ProvedPage> => {
  const { start, end, linked, contents } = page
  const signed = await page.signed
  const bad = linked.findIndex((_, i) => !signed[i] || !contents[i]?.ok)
  const good = (bad === -1 ? linked : linked.slice(0, bad)).map((entry, i) => ({
    entry,
    bytes: contentOf(contents[i]),
  }))
  const cursor = bad === -1 ? end : cursorAfter(start, good.at(-1)?.entry)
  const stop =
    bad === -1 ? page.stop : { seq: cursor.seq + 1, reason: badReason(signed[bad], contents[bad]) }
  return { good, cursor, ...(stop && { stop }) }
}

/** Waits for the signatures and applies the rules of the operations to what is good. */
export const settlePage = async (page: LinkedPage, context: FeedContext): Promise<VerifiedPage> => {
  const { good, ...rest } = await provePage(page)
  const linked = good.map(({ entry }) => entry)
  const records = { before: await statesBefore(linked, context), changed: new Map() }
  const entries: VerifiedEntry[] = []
  for (const { entry, bytes } of good) {
    entries.push(applyEntry(entry, bytes, records, context))
    if (entries.length % atOnce === 0) await letOthersIn()
  }
  return { entries, states: records.changed, ...rest }
}

const cursorAfter = (start: Cursor, last: Linked | undefined): Cursor =>
  last ? { epoch: start.epoch, seq: last.link.seq, dig: last.dig, keyNumber: last.key.n } : start

const contentOf = (answer: ContentAnswer | undefined) => (answer?.ok ? answer.bytes : undefined)

const badReason = (signed: boolean | undefined, content: ContentAnswer | undefined): StopReason =>
  signed && content && !content.ok ? content.reason : 'signature'

const linkEntries = async (travelling: TravellingEntry[], start: Cursor, context: LinkContext) => {
  const linked: Linked[] = []
  let end = start
  for (const item of travelling) {
    const answer = linkEntry(item, end, context)
    if (!answer.ok) return { linked, end, stop: { seq: end.seq + 1, reason: answer.reason } }
    linked.push(answer.entry)
    end = cursorAfter(end, answer.entry)
    if (linked.length % atOnce === 0) await letOthersIn()
  }
  return { linked, end, stop: undefined }
}

const statesBefore = async (linked: Linked[], { statesOf }: FeedContext) => {
  const rids = new Set(linked.flatMap(({ operation }) => (operation ? [operation.rid] : [])))
  return statesOf([...rids])
}
