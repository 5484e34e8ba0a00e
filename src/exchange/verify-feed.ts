/** Verifying a whole feed from any node, without trusting that node and without a database. */
import { type Centre, type VerifyKeys, verifyKeysOf } from '../federation/centre.ts'
import { readHistory, requestHistory } from '../federation/client.ts'
import { judgeHistory, type Learnt } from '../federation/history.ts'
import type { PeerReason } from '../federation/peer.ts'
import type { FeedName } from '../federation/statement.ts'
import { type Hub, seconds } from '../hub.ts'
import { type Span, spansOf } from './agreed.ts'
import { isBlob } from './blob.ts'
import { readBlob, readPage, requestBlob, requestPage } from './client.ts'
import { type FeedProof, proofOf, type Seen, seenOf, takenBackIn } from './feed-proof.ts'
import { type Head, type HeadReason, openHead } from './head.ts'
import type { Cursor, StopReason } from './link.ts'
import { type FeedContext, type VerifiedPage, verifyPage } from './verify.ts'

export type VerifyReason =
  | `anchor: ${PeerReason | 'endless'}`
  | 'centre-unknown'
  | 'trust-expired'
  | PeerReason
  | StopReason
  | `head: ${HeadReason | 'missing' | 'beyond' | 'expired'}`
  | `blob: ${PeerReason | 'blob-digest'}`
  | 'content-withheld'
  | 'not-agreed'
  | 'not-reached'
  | 'endless'

export type FeedVerdict =
  | { ok: true; proof: FeedProof }
  | { ok: false; reason: VerifyReason; epoch?: number; seq?: number }

/**
 * What there is to verify with. `showing`: the header fields with which a caller shows that it may read more than
 * everybody.
 */
export interface VerifyWorld extends Pick<Hub, 'fetch' | 'now' | 'judgeContent'> {
  showing?: (url: string) => Promise<Record<string, string>>
}

/**
 * What one verification looks at: a writer who signs on and on must not keep it for ever. Pages of the anchor's history;
 * entries beyond the head that came with the first page – what is published meanwhile –, entries and bytes in all.
 */
const limits = {
  history: 1_000,
  beyondHead: 1_000,
  entries: 1_000_000,
  bytes: 16 * 1024 ** 3,
} as const

/** Verifies chain of trust, every entry and content, and the head. `pins`: the anchor's keys compared out of band. */
export const verifyFeed = async (
  world: VerifyWorld,
  wanted: {
    anchor: string
    pins: string[]
    entityId: string
    feed: FeedName
    from?: string | undefined
  },
): Promise<FeedVerdict> => {
  const learnt = await readTrust(world, wanted.anchor, wanted.pins)
  if (!learnt.ok) return { ok: false, reason: `anchor: ${learnt.reason}` }
  const stated = learnt.value.centres.find(({ id }) => id === wanted.entityId)
  if (!stated) return { ok: false, reason: 'centre-unknown' }
  if (stated.exp <= seconds(world)) return { ok: false, reason: 'trust-expired' }
  const { id, iat, exp } = stated
  return walk(world, { ...stated.metadata, id, iat, exp }, wanted)
}

/** The whole history of the anchor, judged in memory. */
const readTrust = async (
  world: VerifyWorld,
  anchor: string,
  pins: string[],
): Promise<{ ok: true; value: Learnt } | { ok: false; reason: PeerReason | 'endless' }> => {
  let learnt: Learnt = {
    keys: [],
    configurationIat: 0,
    centres: [],
    refused: [],
    judged: 0,
    signed: 0,
  }
  let after = 0
  for (let pages = 0; pages < limits.history; pages++) {
    const page = await readHistory(await requestHistory(world, anchor, after), after)
    if (!page.ok) return page
    const { statements, next_after, more } = page.value
    const now = seconds(world)
    const next = await judgeHistory(statements, { ...learnt, anchor, pins, now })
    learnt = { ...next, centres: newestOf([...learnt.centres, ...next.centres]) }
    if (!more || next.judged < statements.length) return { ok: true, value: learnt }
    after = next_after
  }
  return { ok: false, reason: 'endless' }
}

/** What a later page tells again counts only if it is later too. */
const newestOf = (centres: Learnt['centres']) => {
  const newest = new Map<string, Learnt['centres'][number]>()
  for (const centre of centres) {
    if ((newest.get(centre.id)?.iat ?? 0) < centre.iat) newest.set(centre.id, centre)
  }
  return [...newest.values()]
}

/** A feed on its way through all its epochs. */
interface Walk extends Seen {
  world: VerifyWorld
  keys: VerifyKeys
  /** Of all contents so far. */
  bytes: number
}

/** The end of an epoch that holds, and the head that came with it. */
type EpochAnswer = { ok: true; cursor: Cursor; head: string | null } | Failed
type Failed = Extract<FeedVerdict, { ok: false }>

const walk = async (
  world: VerifyWorld,
  centre: Centre,
  { feed, from }: { feed: FeedName; from?: string | undefined },
): Promise<FeedVerdict> => {
  const endpoint = from ? `${from}/exchange/v1/entries` : centre.entries_endpoint
  const keys = await verifyKeysOf(centre)
  const walking: Walk = {
    ...{ world, centre, feed, endpoint, keys },
    ...{ states: new Map(), seen: [], bytes: 0 },
  }
  const spans = spansOf(centre, feed)
  const last = spans.findLast(({ end }) => end?.seq !== 0) ?? spans.at(-1)
  let cursor: Cursor = { epoch: last?.epoch ?? 1, seq: 0, dig: last?.base ?? '', keyNumber: 0 }
  let head: string | null = null
  for (const span of spans.filter(({ end }) => end?.seq !== 0)) {
    const answer = await walkEpoch(walking, span, cursor.keyNumber)
    if (!answer.ok) return answer
    ;({ cursor, head } = answer)
  }

  // What the anchor has cut off needs no head: it says itself what the last entry is.
  const judged = last?.end ? { ok: true as const } : await judgeHead(walking, cursor, head)
  if (!judged.ok) return judged
  const taken = takenBackIn(walking.seen)
  const gap = walking.seen.find((entry) => entry.withheld && !taken.has(entry))
  if (gap) return { ok: false, reason: 'content-withheld', epoch: gap.epoch, seq: gap.seq }
  const proved = 'head' in judged ? judged.head : undefined
  return { ok: true, proof: proofOf(walking, cursor, proved, taken) }
}

/** Verifies one epoch as far as it counts, page by page. */
const walkEpoch = async (walking: Walk, span: Span, keyNumber: number): Promise<EpochAnswer> => {
  const { epoch } = span
  const { world, endpoint, centre, feed } = walking
  let most = span.end?.seq
  for (let cursor: Cursor = { epoch, seq: 0, dig: span.base, keyNumber }; ; ) {
    const query = { iss: centre.id, feed, epoch, after: cursor.seq }
    const page = await readPage(
      await requestPage(world, endpoint, query, await world.showing?.(endpoint)),
      query,
    )
    if (!page.ok) return page
    const left = (span.end?.seq ?? Number.POSITIVE_INFINITY) - cursor.seq
    const verified = await verifyPage(page.value.entries.slice(0, left), cursor, contextOf(walking))
    if (verified.stop) return { ok: false, ...verified.stop, epoch }
    cursor = verified.cursor
    remember(walking, verified, epoch)
    const goesOn = page.value.more && page.value.entries.length < left
    if (!goesOn) {
      return disagreement(walking, span, cursor) ?? { ok: true, cursor, head: page.value.head }
    }
    most ??= (await announced(walking, epoch, page.value.head)) + limits.beyondHead
    if (cursor.seq > most || isTooMuch(walking)) {
      return { ok: false, reason: 'endless', epoch, seq: cursor.seq }
    }
  }
}

const remember = (walking: Walk, { entries, states }: VerifiedPage, epoch: number) => {
  for (const [rid, state] of states) walking.states.set(rid, state)
  for (const entry of entries) {
    walking.bytes += entry.content?.length ?? 0
    walking.seen.push(seenOf(entry, epoch))
  }
}

const isTooMuch = ({ seen, bytes }: Walk) => seen.length > limits.entries || bytes > limits.bytes

/** How long the feed is by the head of its first page; one that proves nothing announces nothing. */
const announced = async (
  { world, centre, feed, keys }: Walk,
  epoch: number,
  jws: string | null,
) => {
  if (jws === null) return 0
  const opened = await openHead(jws, { iss: centre.id, feed, epoch }, keys, seconds(world))
  return opened.ok ? opened.head.size : 0
}

const contextOf = ({ world, centre, feed, keys, states }: Walk): FeedContext => ({
  ...{ centre, feed, keys, now: seconds(world), judgeContent: world.judgeContent },
  statesOf: async () => states,
})

/** The chain has to pass every entry that the anchor names. */
const disagreement = (
  { seen }: Walk,
  { epoch, points }: Span,
  cursor: Cursor,
): Failed | undefined => {
  for (const { seq, dig } of points) {
    if (seq > cursor.seq) return { ok: false, reason: 'not-reached', epoch, seq }
    const passed = seen.find((entry) => entry.epoch === epoch && entry.seq === seq)
    if (passed?.dig !== dig) return { ok: false, reason: 'not-agreed', epoch, seq }
  }
  return undefined
}

/** The head of the epoch that ends at `cursor`. */
const judgeHead = async (
  { world, centre, feed, keys, seen }: Walk,
  { epoch, seq, dig }: Cursor,
  jws: string | null,
): Promise<{ ok: true; head: Head } | Failed> => {
  const no = (reason: VerifyReason): Failed => ({ ok: false, reason })
  if (jws === null) return no('head: missing')
  const now = seconds(world)
  const opened = await openHead(jws, { iss: centre.id, feed, epoch }, keys, now)
  if (!opened.ok) return no(`head: ${opened.reason}`)
  const { head } = opened
  if (head.size > seq) return no('head: beyond')
  const at = seen.find((entry) => entry.epoch === epoch && entry.seq === head.size)
  const base = spansOf(centre, feed).find((span) => span.epoch === epoch)?.base
  if (head.dig !== (head.size === seq ? dig : (at?.dig ?? base))) return no('head: contradicts')
  return head.exp <= now ? no('head: expired') : { ok: true, head }
}

/** Fetches the files from the same node, one after the other; the first that is not as it is listed decides. */
export const verifyFiles = async (
  world: VerifyWorld,
  { centre, feed, from, files }: FeedProof,
): Promise<FeedVerdict | undefined> => {
  const home = new URL(centre.entries_endpoint).origin === from
  const endpoint = home ? centre.blobs_endpoint : `${from}/exchange/v1/blobs`
  for (const { epoch, seq, ...file } of files) {
    const headers = await world.showing?.(endpoint)
    const asked = await requestBlob(
      world,
      endpoint,
      { iss: centre.id, feed, dig: file.dig },
      headers,
    )
    const answer = await readBlob(asked, file.len)
    if (!answer.ok) return { ok: false, reason: `blob: ${answer.reason}`, epoch, seq }
    if (!isBlob(answer.value, file)) return { ok: false, reason: 'blob: blob-digest', epoch, seq }
  }
  return undefined
}
