/** Mirroring a feed page by page: nothing is stored before it is verified. */
import { type Centre, currentEpoch, type VerifyKeys, verifyKeysOf } from '../federation/centre.ts'
import type { PeerAnswer, PeerReason } from '../federation/peer.ts'
import type { FeedName } from '../federation/statement.ts'
import { type Hub, seconds } from '../hub.ts'
import { assertionFor } from './assertion.ts'
import { readPage, requestPage } from './client.ts'
import type { EntriesPage } from './entry.ts'
import { type HeadReason, openHead } from './head.ts'
import type { Cursor, StopReason } from './link.ts'
import type { RecordState } from './rules.ts'
import { entryDigest, feedOf, type HeldFeed, keepHead, statesOf, storeEntries } from './store.ts'
import {
  type FeedContext,
  type LinkedPage,
  linkPage,
  settlePage,
  type VerifiedPage,
} from './verify.ts'

export type PullReason =
  | StopReason
  | PeerReason
  | `head: ${HeadReason}`
  | 'trust-expired'
  | 'feed-unknown'
  | 'moved'
  | 'internal'

/** How many entries came; and why no more came, where that was not the end. */
export interface Pulled {
  received: number
  /** There is more, but this run may not ask for it. */
  more?: true
  reason?: PullReason
  reasonSeq?: number
}

/**
 * Pulls one feed of a centre until nothing more is there or something stops it: from its home, or from the
 * entries endpoint of any node that mirrors it.
 */
export const pullFeed = async (
  hub: Hub,
  centre: Centre,
  name: FeedName,
  source = centre.entries_endpoint,
): Promise<Pulled> => {
  if (centre.exp <= seconds(hub)) return { received: 0, reason: 'trust-expired' }
  const [feed] = await feedOf(hub.sql, centre.id, name, currentEpoch(centre, name).epoch)
  if (!feed) return { received: 0, reason: 'feed-unknown' }
  const pull: Pull = { hub, centre, feed, source, keys: await verifyKeysOf(centre) }
  return followPages(pull)
}

interface Pull {
  hub: Hub
  centre: Centre
  feed: HeldFeed
  source: string
  keys: VerifyKeys
}

/** One page is fetched and its signatures set going while the one before is judged and the one before that is stored. */
const followPages = async (pull: Pull): Promise<Pulled> => {
  let coming = nextPage(pull, cursorOf(pull.feed))
  let before: Map<string, RecordState> = new Map()
  let storing: Promise<'stored' | 'moved'> = Promise.resolve('stored')
  let received = 0

  for (;;) {
    const answer = await coming
    if (!answer.ok) {
      return (await storing) === 'moved' ? moved(received) : { received, reason: answer.reason }
    }
    const { page, linked } = answer.value
    const goesOn = page.more && !linked.stop && pull.hub.mayAsk?.() !== false
    if (goesOn) coming = watched(nextPage(pull, linked.end))
    const verified = await settlePage(linked, contextOf(pull, before))
    if ((await storing) === 'moved') return moved(received)

    storing = watched(store(pull, linked.start, verified))
    received += verified.entries.length
    before = verified.states
    if (goesOn && !verified.stop) continue

    if ((await storing) === 'moved') return moved(received)
    if (verified.stop) {
      const { reason, seq } = verified.stop
      return { received, reason, reasonSeq: seq }
    }
    if (page.more) return { received, more: true }
    return { received, ...(await takeHead(pull, page.head, verified.cursor)) }
  }
}

/** A promise that is awaited later: should it fail before, that is no unhandled rejection. */
const watched = <T>(promise: Promise<T>) => {
  promise.catch(() => undefined)
  return promise
}

const moved = (received: number): Pulled => ({ received, reason: 'moved' })

const cursorOf = ({ epoch, size, dig, keyNumber }: HeldFeed): Cursor => ({
  epoch,
  seq: size,
  dig,
  keyNumber,
})

const nextPage = async (
  pull: Pull,
  cursor: Cursor,
): Promise<PeerAnswer<{ page: EntriesPage; linked: LinkedPage }>> => {
  const { hub, feed, source } = pull
  const query = { iss: feed.iss, feed: feed.feed, epoch: feed.epoch, after: cursor.seq }
  const headers = await assertionFor(hub, source)
  const page = await readPage(await requestPage(hub, source, query, headers), query)
  if (!page.ok) return page
  const linked = linkPage(page.value.entries, cursor, contextOf(pull, new Map()))
  return { ok: true, value: { page: page.value, linked } }
}

/** `before`: where the page that is still being stored leaves its records. */
const contextOf = (
  { hub, centre, feed, keys }: Pull,
  before: Map<string, RecordState>,
): FeedContext => ({
  centre,
  feed: feed.feed,
  keys,
  now: seconds(hub),
  judgeContent: hub.judgeContent,
  statesOf: async (rids) => {
    const rows = await statesOf(hub.sql, feed.iss, feed.feed, rids)
    const states = new Map(rows.map((row) => [row.rid, row]))
    for (const rid of rids) {
      const newer = before.get(rid)
      if (newer) states.set(rid, newer)
    }
    return states
  },
})

const store = async ({ hub, feed, source }: Pull, from: Cursor, page: VerifiedPage) => {
  if (page.entries.length === 0) return 'stored'
  const [row] = await storeEntries(hub.sql, {
    feedId: feed.id,
    after: from.seq,
    prev: from.dig,
    end: page.cursor,
    entries: page.entries,
    states: page.states,
    received: new Date(hub.now()),
    via: new URL(source).origin,
  })
  return row?.answer === 'stored' || row?.answer === 'duplicate' ? 'stored' : 'moved'
}

/** Keeps the head that came with the last page, if it is this feed's and agrees with what we hold. */
const takeHead = async (
  pull: Pull,
  jws: string | null,
  cursor: Cursor,
): Promise<{ reason?: PullReason }> => {
  if (jws === null) return {}
  const { hub, feed, keys } = pull
  const opened = await openHead(jws, feed, keys, seconds(hub))
  // Under a key that has been retired since it proves nothing new: the one we hold stays.
  if (!opened.ok) return opened.reason === 'key-retired' ? {} : { reason: `head: ${opened.reason}` }
  const { size, dig, iat } = opened.head
  const held = await digestAt(pull, size, cursor)
  if (held !== undefined && dig !== held) return { reason: 'head: contradicts' }
  await keepHead(hub.sql, feed.id, { jws, size, iat })
  return {}
}

/** Digest of the entry with that number, or of what the epoch began on; undefined beyond what we hold. */
const digestAt = async ({ hub, centre, feed }: Pull, seq: number, cursor: Cursor) => {
  if (seq === cursor.seq) return cursor.dig
  if (seq === 0) return currentEpoch(centre, feed.feed).base.dig
  const [entry] = await entryDigest(hub.sql, feed.id, seq)
  return entry?.dig
}
