/**
 * Entries that may not count yet: while the anchor's word has expired, while an entry that it names lies ahead, or
 * while the feed is forked. They wait in order after what is held, and are verified again in full before they
 * count; what they take back is hidden at once.
 */
import { seconds } from '../hub.ts'
import { lastPoint, liesAhead } from './agreed.ts'
import { cutFeedBack } from './align.ts'
import { settleFork } from './evidence.ts'
import { commonWith, examineFork } from './fork.ts'
import type { Cursor } from './link.ts'
import {
  isPendingAt,
  keepPending,
  type PendingEnd,
  pendingAfter,
  pendingEnd,
  refusePending,
} from './pending-store.ts'
import { contextOf, cursorOf, nextPage, type Pull, type Pulled, storePage } from './pull-page.ts'
import { feedOf, type HeldFeed } from './store.ts'
import { linkPage, type ProvedPage, provePage, settlePage } from './verify.ts'

/** At most so much waits of one epoch; beyond the bytes, entries wait without their contents. */
export const pendingLimits = { entries: 20_000, bytes: 64 * 1024 * 1024 }

/** What new entries of the epoch wait for; undefined where they count at once. */
export const waitsFor = ({ hub, centre, feed, span }: Pull) => {
  if (centre.exp <= seconds(hub)) return 'trust'
  // Which branch of a fork counts, an entry that the anchor names will show.
  if (liesAhead(span, feed.size)) return 'point'
  return feed.forkedAt === null ? undefined : 'fork'
}

type Stopped = Omit<Pulled, 'received'>

/** `goesOn`: the feed as it stands now that nothing waits any more. */
type Waited = Pulled & { goesOn?: HeldFeed }

/** Lets count what may, and fetches what follows, page by page, until nothing has to wait or no more comes. */
export const pullPending = async (pull: Pull): Promise<Waited> => {
  let received = 0
  let next: Gathered = { received: 0, more: true, restarts: 0 }
  for (;;) {
    const released = await release(pull)
    if (released.reason) return { received, ...released }
    pull = await reread(pull)
    if (!pull.feed.waits && !waitsFor(pull)) return { received, goesOn: pull.feed }
    if (next.stopped) return { received, ...next.stopped }
    if (!next.more) return { received, ...standstill(pull) }
    if (pull.hub.mayAsk?.() === false) return { received, more: true }

    next = await gatherPage(pull, next)
    received += next.received
    pull = await reread(pull)
  }
}

/** The feed as it stands now. */
export const reread = async (pull: Pull): Promise<Pull> => {
  const { iss, feed, epoch } = pull.feed
  const [row] = await feedOf(pull.hub.sql, iss, feed, epoch)
  return { ...pull, feed: row ?? pull.feed }
}

/** What staff are told where the source has no more, and what came still waits. */
export const standstill = ({ feed, span, ...pull }: Pull): Stopped => {
  const waits = waitsFor({ feed, span, ...pull })
  if (waits === 'fork' && feed.forkedAt) return { reason: 'forked', reasonSeq: feed.forkedAt }
  const ahead = span.points.find(({ seq }) => seq > feed.size)
  return waits === 'point' && ahead ? { reason: 'not-reached', reasonSeq: ahead.seq } : {}
}

/** Lets count what waits, as far as it may: all, or up to the last entry reached that the anchor names. */
export const release = async (pull: Pull): Promise<Stopped> => {
  const { hub, feed, span } = pull
  const waits = waitsFor(pull)
  if (!feed.waits || waits === 'trust' || waits === 'fork') return {}
  const found = new Date(hub.now())
  if (span.end) await refusePending(hub.sql, feed.id, span.end.seq + 1, 'beyond', found)
  const [end] = await pendingEnd(hub.sql, feed.id)
  if (!end) return {}

  const follows = end.first === feed.size + 1
  if (waits === undefined && follows) return count(pull, end.seq)
  const point = lastPoint(span, feed.size, end.seq)
  if (!point) {
    // It began before the end of what is held, to reach an entry that is no longer named.
    if (waits === undefined) await refusePending(hub.sql, feed.id, 0, 'refused', found)
    return {}
  }
  if (!(await isPendingAt(hub.sql, feed.id, point))) {
    await refusePending(hub.sql, feed.id, 0, 'refused', found)
    return { reason: 'not-agreed', reasonSeq: point.seq }
  }
  if (feed.forkedAt !== null) await settleFork(hub.sql, feed.id)
  const place = { epoch: feed.epoch, seq: end.first - 1 }
  if (!follows && !(await cutFeedBack(hub, pull.centre, feed.feed, place))) {
    return { reason: 'moved' }
  }
  const counted = await count(follows ? pull : await reread(pull), point.seq)
  return counted.reason ? counted : release(await reread(pull))
}

/** Verifies what waits once more, by all that is stated now, and stores it. What does not hold is given up. */
const count = async (pull: Pull, upto: number): Promise<Stopped> => {
  const { hub, feed } = pull
  for (let cursor = cursorOf(feed); cursor.seq < upto; ) {
    const rows = await pendingAfter(hub.sql, feed.id, cursor.seq, upto)
    const [first] = rows
    if (!first) return {}
    const context = contextOf(pull)
    const page = await settlePage(await linkPage(rows, cursor, context), context)
    const stored = await storePage(pull, cursor, page, first.via, first.receivedAt)
    if (stored === 'moved') return { reason: 'moved' }
    if (page.stop) return giveUp(pull, page.stop)
    cursor = page.cursor
  }
  return {}
}

/** What does not hold under what is stated now goes, and all that follows on it – unless it is our clock that is slow. */
const giveUp = async (
  { hub, feed }: Pull,
  { seq, reason }: NonNullable<ProvedPage['stop']>,
): Promise<Stopped> => {
  if (reason === 'iat-future') return { reason, reasonSeq: seq }
  hub.log.warn({ iss: feed.iss, feed: feed.feed, seq, reason }, 'pending entries refused')
  await refusePending(hub.sql, feed.id, seq, 'refused', new Date(hub.now()))
  return {}
}

interface Gathered {
  received: number
  more: boolean
  /** Where to go on if that is not the end of what is held or pending. */
  from?: Cursor
  /** How often it began anew because the source's chain is another. */
  restarts: number
  stopped?: Stopped
}

/** Fetches the next page and keeps it pending; only its place, signatures and contents are checked yet. */
const gatherPage = async (pull: Pull, { from, restarts }: Gathered): Promise<Gathered> => {
  const { hub, feed } = pull
  const [end] = await pendingEnd(hub.sql, feed.id)
  const stop = (stopped: Stopped): Gathered => ({ received: 0, more: false, restarts, stopped })
  if (end && end.entries >= pendingLimits.entries && waitsFor(pull) !== 'point') {
    return stop({ reason: 'pending-full', reasonSeq: end.seq + 1 })
  }
  const cursor = end ? { ...end, epoch: feed.epoch } : (from ?? cursorOf(feed))
  const answer = await nextPage(pull, cursor)
  if (!answer.ok) return stop({ reason: answer.reason })
  const proved = await provePage(answer.value.linked)
  if (proved.good.length === 0 && proved.stop?.reason === 'prev') {
    return elsewhere(pull, end, restarts)
  }
  const via = new URL(pull.source).origin
  if ((await keepWaiting(pull, cursor, proved, { waiting: end?.bytes ?? 0, via })) === 'moved') {
    return stop({ reason: 'moved' })
  }
  const { seq, reason } = proved.stop ?? {}
  return {
    received: proved.good.length,
    more: answer.value.more,
    restarts,
    ...(reason && { stopped: { reason, reasonSeq: seq ?? 0 } }),
  }
}

/** Keeps what is proved and follows on `cursor`; `waiting`: bytes of contents that wait already. */
export const keepWaiting = async (
  pull: Pull,
  { seq, dig }: Cursor,
  { good }: ProvedPage,
  { waiting, via }: { waiting: number; via: string },
) => {
  if (good.length === 0) return 'stored'
  let bytes = waiting
  const entries = good.map((each) => {
    bytes += each.bytes?.content.length ?? 0
    return bytes > pendingLimits.bytes ? { entry: each.entry, bytes: undefined } : each
  })
  const [row] = await keepPending(pull.hub.sql, {
    feedId: pull.feed.id,
    after: seq,
    prev: dig,
    entries,
    via,
    received: new Date(pull.hub.now()),
  })
  return row?.answer ?? 'moved'
}

/**
 * The source's chain is another than ours. Where the anchor names an entry ahead, that says which of them counts:
 * the source's is fetched from where both part, and takes the place of ours when it reaches that entry.
 */
const elsewhere = async (
  pull: Pull,
  end: PendingEnd | undefined,
  restarts: number,
): Promise<Gathered> => {
  const { hub, feed } = pull
  const stop = (stopped: Stopped): Gathered => ({ received: 0, more: false, restarts, stopped })
  if (waitsFor(pull) !== 'point') return stop(await examineFork(pull))
  if (restarts > 1) return stop({ reason: 'prev', reasonSeq: (end?.seq ?? feed.size) + 1 })
  const again = { received: 0, more: true, restarts: restarts + 1 }
  if (end) {
    await refusePending(hub.sql, feed.id, 0, 'refused', new Date(hub.now()))
    return again
  }
  const from = await commonWith(pull)
  return from ? { ...again, from } : stop({ reason: 'prev', reasonSeq: feed.size + 1 })
}
