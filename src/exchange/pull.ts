/** Mirroring a feed page by page: nothing is stored before it is verified. */
import { type Centre, verifyKeysOf } from '../federation/centre.ts'
import type { FeedName } from '../federation/statement.ts'
import { type Hub, seconds } from '../hub.ts'
import { spansOf } from './agreed.ts'
import { alignFeed } from './align.ts'
import { stopHiding } from './evidence.ts'
import { contradictedBy, examineFork } from './fork.ts'
import { headLifetime, openHead } from './head.ts'
import type { Cursor } from './link.ts'
import { pullPending, waitsFor } from './pending.ts'
import { refusePending } from './pending-store.ts'
import { contextOf, cursorOf, nextPage, type Pull, type Pulled, storePage } from './pull-page.ts'
import type { RecordState } from './rules.ts'
import { entryDigest, feedOf, type HeldFeed, keepHead } from './store.ts'
import { settlePage, type VerifiedPage } from './verify.ts'

/**
 * Pulls one feed of a centre, epoch by epoch, until nothing more is there or something stops it: from its home, or
 * from the entries endpoint of any node that mirrors it.
 */
export const pullFeed = async (
  hub: Hub,
  centre: Centre,
  name: FeedName,
  source = centre.entries_endpoint,
): Promise<Pulled> => {
  const held = await alignFeed(hub, centre, name)
  if (!held) return { received: 0, reason: 'moved' }
  const keys = await verifyKeysOf(centre)
  let received = 0
  let feed: HeldFeed | undefined
  for (const span of spansOf(centre, name)) {
    // What came of an epoch before has moved the numbers of the keys.
    feed = await (feed
      ? freshly(hub, feed, span.epoch)
      : held.find(({ epoch }) => epoch === span.epoch))
    if (!feed) return { received, reason: 'feed-unknown' }
    const pulled = await pullEpoch({ hub, centre, feed, span, keys, source })
    received += pulled.received
    if (pulled.reason || pulled.more) return { ...pulled, received }
  }
  if (!feed) return { received, reason: 'feed-unknown' }
  if (feed.hides && (await isWhole(hub, centre, feed, source))) await stopHiding(hub.sql, feed)
  return { received }
}

/** Whether we hold all there is: home says so, or a fresh head does. A mirror may be behind without knowing. */
export const isWhole = async (hub: Hub, centre: Centre, feed: HeldFeed, source?: string) => {
  if (centre.exp <= seconds(hub)) return false
  if (source === centre.entries_endpoint) return true
  const [now] = await feedOf(hub.sql, feed.iss, feed.feed, feed.epoch)
  const fresh = (now?.headIat ?? 0) > seconds(hub) - headLifetime
  return fresh && now?.headSize === now?.size
}

const freshly = async ({ sql }: Hub, { iss, feed }: HeldFeed, epoch: number) =>
  (await feedOf(sql, iss, feed, epoch))[0]

/** Everything of one epoch that counts. */
const pullEpoch = async (pull: Pull): Promise<Pulled> => {
  const { hub, feed, span } = pull
  if (span.end && feed.size >= span.end.seq) {
    if (feed.waits) await refusePending(hub.sql, feed.id, 0, 'beyond', new Date(hub.now()))
    return { received: 0 }
  }
  if (!feed.waits && !waitsFor(pull)) return followPages(pull)
  const { received, goesOn, ...stopped } = await pullPending(pull)
  if (!goesOn) return { received, ...stopped }
  const rest = await pullEpoch({ ...pull, feed: goesOn })
  return { ...rest, received: received + rest.received }
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
    const { page, linked, more } = answer.value
    const goesOn = more && !linked.stop && pull.hub.mayAsk?.() !== false
    if (goesOn) coming = watched(nextPage(pull, linked.end))
    const verified = await settlePage(linked, contextOf(pull, before))
    if ((await storing) === 'moved') return moved(received)

    storing = watched(storePage(pull, linked.start, verified, new URL(pull.source).origin))
    received += verified.entries.length
    before = verified.states
    if (goesOn && !verified.stop) continue

    if ((await storing) === 'moved') return moved(received)
    if (verified.stop) return { received, ...(await stoppedBy(pull, verified, linked.start)) }
    if (more) return { received, more: true }
    return { received, ...(await takeHead(pull, page.head, verified.cursor)) }
  }
}

/** A promise that is awaited later: should it fail before, that is no unhandled rejection. */
const watched = <T>(promise: Promise<T>) => {
  promise.catch(() => undefined)
  return promise
}

const moved = (received: number): Pulled => ({ received, reason: 'moved' })

/** What does not follow on what is held may be the other branch of a fork. */
const stoppedBy = async (
  pull: Pull,
  { stop, cursor }: VerifiedPage,
  start: Cursor,
): Promise<Omit<Pulled, 'received'>> => {
  if (!stop) return {}
  const { reason, seq } = stop
  const meetsUs = reason === 'prev' && cursor.seq === start.seq && start.seq === pull.feed.size
  return meetsUs ? examineFork(pull) : { reason, reasonSeq: seq }
}

/** Keeps the head that came with the last page, if it is this feed's and agrees with what we hold. */
const takeHead = async (
  pull: Pull,
  jws: string | null,
  cursor: Cursor,
): Promise<Omit<Pulled, 'received'>> => {
  if (jws === null) return {}
  const { hub, feed, keys } = pull
  const opened = await openHead(jws, feed, keys, seconds(hub))
  // Under a key that has been retired since it proves nothing new: the one we hold stays.
  if (!opened.ok) return opened.reason === 'key-retired' ? {} : { reason: `head: ${opened.reason}` }
  const { size, dig, iat } = opened.head
  const held = await digestAt(pull, size, cursor)
  if (held !== undefined && dig !== held) return contradictedBy(pull, jws, size)
  await keepHead(hub.sql, feed.id, { jws, size, iat })
  return {}
}

/** Digest of the entry with that number, or of what the epoch began on; undefined beyond what we hold. */
const digestAt = async ({ hub, feed, span }: Pull, seq: number, cursor: Cursor) => {
  if (seq === cursor.seq) return cursor.dig
  if (seq === 0) return span.base
  const [entry] = await entryDigest(hub.sql, feed.id, seq)
  return entry?.dig
}
