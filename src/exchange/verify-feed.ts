/** Verifying a whole feed from any node, without trusting that node and without a database. */
import { type Centre, currentEpoch, verifyKeysOf } from '../federation/centre.ts'
import { readHistory, requestHistory } from '../federation/client.ts'
import { judgeHistory, type Learnt } from '../federation/history.ts'
import type { PeerReason } from '../federation/peer.ts'
import type { FeedName } from '../federation/statement.ts'
import { type Hub, seconds } from '../hub.ts'
import { readPage, requestPage } from './client.ts'
import type { VerifiedEntry } from './effect.ts'
import type { EntriesPage } from './entry.ts'
import { type Head, type HeadReason, openHead } from './head.ts'
import type { Cursor, StopReason } from './link.ts'
import type { RecordState } from './rules.ts'
import { verifyPage } from './verify.ts'

/** What a verification proved. */
export interface FeedProof {
  centre: Centre
  feed: FeedName
  epoch: number
  /** Origin of the node that served it. */
  from: string
  entries: number
  contents: number
  /** Contents of versions that were taken back, rightly missing. */
  takenBack: number
  /** Entries that have no effect, with the reason. */
  faults: { seq: number; fault: string }[]
  records: { published: number; withdrawn: number; erased: number }
  dig: string
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

export type FeedVerdict =
  | { ok: true; proof: FeedProof }
  | { ok: false; reason: VerifyReason; seq?: number }

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

const walk = async (
  world: World,
  centre: Centre,
  { feed, from }: { feed: FeedName; from?: string | undefined },
): Promise<FeedVerdict> => {
  const { epoch, base } = currentEpoch(centre, feed)
  const endpoint = from ? `${from}/exchange/v1/entries` : centre.entries_endpoint
  const keys = await verifyKeysOf(centre)
  const states = new Map<string, RecordState>()
  const seen: VerifiedEntry[] = []
  let cursor: Cursor = { epoch, seq: 0, dig: base.dig, keyNumber: 0 }

  for (;;) {
    const query = { iss: centre.id, feed, epoch, after: cursor.seq }
    const page = await readPage(await requestPage(world, endpoint, query), query)
    if (!page.ok) return page
    const verified = await verifyPage(page.value.entries, cursor, {
      centre,
      feed,
      keys,
      now: seconds(world),
      judgeContent: world.judgeContent,
      statesOf: async () => states,
    })
    if (verified.stop) return { ok: false, ...verified.stop }
    cursor = verified.cursor
    for (const [rid, state] of verified.states) states.set(rid, state)
    for (const { content: _, salt: _s, ...entry } of verified.entries) seen.push(entry)
    if (page.value.more) continue

    const digests = [base.dig, ...seen.map(({ dig }) => dig)]
    const head = await judgeHead(page.value, digests, {
      centre,
      feed,
      epoch,
      keys,
      now: seconds(world),
    })
    if (!head.ok) return head
    const gap = seen.find((entry) => entry.status === 'withheld' && !isTakenBack(entry, seen))
    if (gap) return { ok: false, reason: 'content-withheld', seq: gap.seq }
    const origin = new URL(endpoint).origin
    return {
      ok: true,
      proof: proofOf({ centre, feed, epoch, from: origin, head: head.head }, cursor, seen, states),
    }
  }
}

const judgeHead = async (
  page: EntriesPage,
  /** By sequence number; 0 is what the epoch began on. */
  digests: string[],
  about: {
    centre: Centre
    feed: FeedName
    epoch: number
    keys: Parameters<typeof openHead>[2]
    now: number
  },
): Promise<{ ok: true; head: Head } | { ok: false; reason: VerifyReason }> => {
  if (page.head === null) return { ok: false, reason: 'head: missing' }
  const expected = { iss: about.centre.id, feed: about.feed, epoch: about.epoch }
  const opened = await openHead(page.head, expected, about.keys, about.now)
  if (!opened.ok) return { ok: false, reason: `head: ${opened.reason}` }
  const { head } = opened
  if (head.size >= digests.length) return { ok: false, reason: 'head: beyond' }
  if (head.dig !== digests[head.size]) return { ok: false, reason: 'head: contradicts' }
  if (head.exp <= about.now) return { ok: false, reason: 'head: expired' }
  return { ok: true, head }
}

/** Whether a later entry explains why the content of a version is missing. */
const isTakenBack = ({ seq, operation }: VerifiedEntry, all: VerifiedEntry[]) =>
  all.some((later) => {
    const by = later.operation
    if (later.seq <= seq || later.fault || !operation || by?.rid !== operation.rid) return false
    if (by.op === 'withdraw') return operation.ver <= by.ver
    return by.op === 'erase' && (by.ver === 0 || by.ver === operation.ver)
  })

const proofOf = (
  about: Pick<FeedProof, 'centre' | 'feed' | 'epoch' | 'from' | 'head'>,
  cursor: Cursor,
  seen: VerifiedEntry[],
  states: Map<string, RecordState>,
): FeedProof => {
  const publications = seen.filter(({ operation }) => operation?.op === 'publish')
  const takenBack = publications.filter(({ status }) => status === 'withheld').length
  const count = (state: RecordState['state']) =>
    [...states.values()].filter((each) => each.state === state).length
  return {
    ...about,
    entries: cursor.seq,
    contents: publications.length - takenBack,
    takenBack,
    faults: seen.flatMap(({ seq, fault }) => (fault ? [{ seq, fault }] : [])),
    records: {
      published: count('published'),
      withdrawn: count('withdrawn'),
      erased: count('erased'),
    },
    dig: cursor.dig,
  }
}
