/** Verifying a whole feed from any node, without trusting that node and without a database. */
import { type Centre, type VerifyKeys, verifyKeysOf } from '../federation/centre.ts'
import { readHistory, requestHistory } from '../federation/client.ts'
import { judgeHistory, type Learnt } from '../federation/history.ts'
import type { PeerReason } from '../federation/peer.ts'
import type { FeedName } from '../federation/statement.ts'
import { type Hub, seconds } from '../hub.ts'
import { type Span, spansOf } from './agreed.ts'
import { readPage, requestPage } from './client.ts'
import type { VerifiedEntry } from './effect.ts'
import { type Head, type HeadReason, openHead } from './head.ts'
import type { Cursor, StopReason } from './link.ts'
import type { RecordState } from './rules.ts'
import { type FeedContext, verifyPage } from './verify.ts'

/** What a verification proved. */
export interface FeedProof {
  centre: Centre
  feed: FeedName
  /** The last that counts. */
  epoch: number
  /** Origin of the node that served it. */
  from: string
  /** Over all epochs, as far as they count. */
  entries: number
  contents: number
  /** Contents of versions that were taken back, rightly missing. */
  takenBack: number
  /** Entries that have no effect, with the reason. */
  faults: { epoch: number; seq: number; fault: string }[]
  records: { published: number; withdrawn: number; erased: number }
  dig: string
  /** Undefined where the centre has ended or is suspended: then the anchor's cut says what the last entry is. */
  head: Head | undefined
}

export type VerifyReason =
  | `anchor: ${PeerReason}`
  | 'centre-unknown'
  | 'trust-expired'
  | PeerReason
  | StopReason
  | `head: ${HeadReason | 'missing' | 'beyond' | 'expired'}`
  | 'content-withheld'
  | 'not-agreed'
  | 'not-reached'

export type FeedVerdict =
  | { ok: true; proof: FeedProof }
  | { ok: false; reason: VerifyReason; epoch?: number; seq?: number }

type World = Pick<Hub, 'fetch' | 'now' | 'judgeContent'>

/** Verifies chain of trust, every entry and content, and the head. `pins`: the anchor's keys compared out of band. */
export const verifyFeed = async (
  world: World,
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
const readTrust = async (world: World, anchor: string, pins: string[]) => {
  let learnt: Learnt = {
    keys: [],
    configurationIat: 0,
    centres: [],
    refused: [],
    judged: 0,
    signed: 0,
  }
  for (let after = 0; ; ) {
    const page = await readHistory(await requestHistory(world, anchor, after), after)
    if (!page.ok) return page
    const { statements, next_after, more } = page.value
    const now = seconds(world)
    const next = await judgeHistory(statements, { ...learnt, anchor, pins, now })
    learnt = { ...next, centres: newestOf([...learnt.centres, ...next.centres]) }
    if (!more || next_after <= after || next.judged < statements.length)
      return { ok: true, value: learnt } as const
    after = next_after
  }
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
interface Walk {
  world: World
  centre: Centre
  feed: FeedName
  endpoint: string
  keys: VerifyKeys
  states: Map<string, RecordState>
  seen: SeenEntry[]
}
type SeenEntry = Omit<VerifiedEntry, 'content' | 'salt'> & { epoch: number }

/** The end of an epoch that holds, and the head that came with it. */
type EpochAnswer = { ok: true; cursor: Cursor; head: string | null } | Failed
type Failed = Extract<FeedVerdict, { ok: false }>

const walk = async (
  world: World,
  centre: Centre,
  { feed, from }: { feed: FeedName; from?: string | undefined },
): Promise<FeedVerdict> => {
  const endpoint = from ? `${from}/exchange/v1/entries` : centre.entries_endpoint
  const keys = await verifyKeysOf(centre)
  const walking: Walk = { world, centre, feed, endpoint, keys, states: new Map(), seen: [] }
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
  const gap = walking.seen.find(
    (entry, i) => entry.status === 'withheld' && !isTakenBack(entry, walking.seen.slice(i + 1)),
  )
  if (gap) return { ok: false, reason: 'content-withheld', epoch: gap.epoch, seq: gap.seq }
  return { ok: true, proof: proofOf(walking, cursor, 'head' in judged ? judged.head : undefined) }
}

/** Verifies one epoch as far as it counts, page by page. */
const walkEpoch = async (walking: Walk, span: Span, keyNumber: number): Promise<EpochAnswer> => {
  const { epoch, end } = span
  const { world, endpoint, centre, feed } = walking
  for (let cursor: Cursor = { epoch, seq: 0, dig: span.base, keyNumber }; ; ) {
    const query = { iss: centre.id, feed, epoch, after: cursor.seq }
    const page = await readPage(await requestPage(world, endpoint, query), query)
    if (!page.ok) return page
    const left = (end?.seq ?? Number.POSITIVE_INFINITY) - cursor.seq
    const verified = await verifyPage(page.value.entries.slice(0, left), cursor, contextOf(walking))
    if (verified.stop) return { ok: false, ...verified.stop, epoch }
    cursor = verified.cursor
    for (const [rid, state] of verified.states) walking.states.set(rid, state)
    for (const { content: _, salt: _s, ...entry } of verified.entries) {
      walking.seen.push({ ...entry, epoch })
    }
    if (page.value.more && page.value.entries.length < left) continue
    return disagreement(walking, span, cursor) ?? { ok: true, cursor, head: page.value.head }
  }
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

/** Whether one of the entries after it explains why the content of a version is missing. */
const isTakenBack = ({ operation }: SeenEntry, after: SeenEntry[]) =>
  after.some(({ fault, operation: by }) => {
    if (fault || !operation || by?.rid !== operation.rid) return false
    if (by.op === 'withdraw') return operation.ver <= by.ver
    return by.op === 'erase' && (by.ver === 0 || by.ver === operation.ver)
  })

const proofOf = (
  { centre, feed, endpoint, seen, states }: Walk,
  { epoch, dig }: Cursor,
  head: Head | undefined,
): FeedProof => {
  const publications = seen.filter(({ operation }) => operation?.op === 'publish')
  const takenBack = publications.filter(({ status }) => status === 'withheld').length
  const count = (state: RecordState['state']) =>
    [...states.values()].filter((each) => each.state === state).length
  return {
    ...{ centre, feed, epoch, from: new URL(endpoint).origin, head, dig },
    entries: seen.length,
    contents: publications.length - takenBack,
    takenBack,
    faults: seen.flatMap(({ epoch: at, seq, fault }) => (fault ? [{ epoch: at, seq, fault }] : [])),
    records: {
      published: count('published'),
      withdrawn: count('withdrawn'),
      erased: count('erased'),
    },
  }
}
