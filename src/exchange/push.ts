/** Taking what a centre with its own signer brings (schemas/EXCHANGE.md, section 9). */
import { ownCentreIds } from '../config.ts'
import type { Centre } from '../federation/centre.ts'
import { centreById } from '../federation/store.ts'
import { type Hub, seconds } from '../hub.ts'
import { Problem } from '../problem.ts'
import { tokenDigest } from '../signing/digest.ts'
import { unverifiedPayload } from '../signing/unverified.ts'
import { alignFeed } from './align.ts'
import { linksAt } from './chain-store.ts'
import type { TravellingEntry } from './entry.ts'
import { contradictedBy, forkWith } from './fork.ts'
import { openHead } from './head.ts'
import type { Cursor } from './link.ts'
import { findFeed } from './page.ts'
import { keepWaiting, pendingLimits, release, reread, waitsFor } from './pending.ts'
import { type PendingEnd, pendingDigests, pendingEnd } from './pending-store.ts'
import { contextOf, cursorOf, type Pull, pullOf, storePage } from './pull-page.ts'
import { noteHeard } from './pulls-store.ts'
import type { Push, PushAnswer } from './push-body.ts'
import { keepHead, pushed } from './store.ts'
import { linkPage, provePage, type VerifiedPage, verifyPage } from './verify.ts'

/**
 * Takes what follows on the feed as it is held here, all of it or nothing; what is held already is passed over.
 * Problems: those of `findFeed`; `own-feed`; `does-not-follow` and `fork`, with what is held here; `entry-refused`
 * and `head-refused` with the reason; `conflict` where others were quicker again and again.
 */
export const takePush = async (
  hub: Hub,
  push: Push,
  caller: Centre | undefined,
): Promise<PushAnswer> => {
  // Two signers of one feed would sooner or later sign one number twice.
  if (ownCentreIds(hub.config).includes(push.iss)) throw new Problem('own-feed')
  for (let attempt = 0; attempt < 3; attempt++) {
    const target = await openTarget(hub, push, caller)
    const answer = target ? await tryPush(target, push) : 'moved'
    if (answer !== 'moved') return answer
  }
  throw new Problem('conflict')
}

/** The feed as it is held here, what waits after it, and where the next entry goes. */
interface Target extends Pull {
  end: PendingEnd | undefined
  stand: Cursor
}

/** Undefined where another process is changing it. */
const openTarget = async (
  hub: Hub,
  push: Push,
  caller: Centre | undefined,
): Promise<Target | undefined> => {
  const { newest } = await findFeed(hub, push, caller)
  if (push.epoch !== newest.epoch) {
    throw new Problem('epoch_gone', undefined, { epoch: newest.epoch })
  }
  const centre = await centreById(hub.sql, push.iss)
  const held = centre && (await alignFeed(hub, centre, push.feed))
  const feed = held?.find(({ epoch }) => epoch === push.epoch)
  const asHeld = centre && feed && (await pullOf(hub, centre, feed, hub.config.origin))
  if (!asHeld || !feed) return undefined
  if (feed.waits) await release(asHeld)
  const pull = feed.waits ? await reread(asHeld) : asHeld
  const [end] = pull.feed.waits ? await pendingEnd(hub.sql, feed.id) : []
  return { ...pull, end, stand: end ? { ...end, epoch: feed.epoch } : cursorOf(pull.feed) }
}

const tryPush = async (target: Target, { entries, head }: Push) => {
  const news = await newsOf(target, entries)
  if (news === 'moved') return 'moved'
  return target.end || waitsFor(target) ? wait(target, news, head) : take(target, news, head)
}

const take = async (
  target: Target,
  news: TravellingEntry[],
  head: string | null,
): Promise<PushAnswer | 'moved'> => {
  const { hub, feed, stand } = target
  const page = await verifyPage(news, stand, contextOf(target))
  if (page.stop) throw refusal(target, page.stop)
  const fresh = head === null ? undefined : await readHead(target, head, page)
  if (fresh === 'moved' || (await storePage(target, stand, page, pushed)) === 'moved') {
    return 'moved'
  }
  const kept = fresh && (await keepHead(hub.sql, feed.id, fresh)).count > 0
  // Whoever only repeats what we hold brings no proof that the centre still speaks.
  if (kept || page.entries.length > 0) await noteHeard(hub.sql, feed, new Date(hub.now()))
  if (page.entries.length > 0) hub.wake?.('stored')
  const faults = page.entries.flatMap(({ seq, fault }) => (fault ? [{ seq, fault }] : []))
  return { size: page.cursor.seq, dig: page.cursor.dig, faults }
}

/** Keeps it after what waits. A head that comes along proves nothing of what does not count yet. */
const wait = async (
  target: Target,
  news: TravellingEntry[],
  head: string | null,
): Promise<PushAnswer | 'moved'> => {
  const { end, stand } = target
  if (head !== null) await openOrRefuse(target, head)
  if ((end?.entries ?? 0) + news.length > pendingLimits.entries) {
    throw new Problem('unavailable', undefined, { reason: 'pending-full' })
  }
  const page = await provePage(await linkPage(news, stand, contextOf(target)))
  if (page.stop) throw refusal(target, page.stop)
  const kept = await keepWaiting(target, stand, page, { waiting: end?.bytes ?? 0, via: pushed })
  if (kept === 'moved') return 'moved'
  const { seq, dig } = page.cursor
  return { size: seq, dig, waits: waitsFor(target) ?? 'point', faults: [] }
}

/** What is not held yet. Whoever repeats itself may; whoever contradicts itself may not. */
const newsOf = async (target: Target, entries: TravellingEntry[]) => {
  const { hub, feed, stand } = target
  const numbers = entries.map(({ entry }) => Number(unverifiedPayload(entry)?.seq))
  // What others stored since the feed was read does not count: storing will find that it has moved.
  const known = numbers.filter((seq) => Number.isSafeInteger(seq) && seq <= stand.seq)
  const counting = await linksAt(hub.sql, feed.id, known)
  const waiting = await pendingDigests(hub.sql, feed.id, known)
  const digests = new Map([...counting, ...waiting].map(({ seq, dig }) => [seq, dig]))
  const first = entries.findIndex(
    ({ entry }, i) => digests.get(numbers[i] ?? 0) !== tokenDigest(entry),
  )
  if (first === -1) return []
  const [news, seq = 0] = [entries.slice(first), numbers[first]]
  return counting.some((link) => link.seq === seq) ? refuseOther(target, news, seq) : news
}

/** Where another entry stands already: a fork, if the centre signed this one too. */
const refuseOther = async (target: Target, entries: TravellingEntry[], seq: number) => {
  const { hub, feed, span } = target
  const [link] = await linksAt(hub.sql, feed.id, [seq - 1])
  const before = link ?? { seq: seq - 1, dig: span.base, keyNumber: 0 }
  const linked = await linkPage(entries, { ...before, epoch: feed.epoch }, contextOf(target))
  const { good, stop } = await provePage(linked)
  if (good.length === 0 && stop) throw refusal(target, stop)
  const found = await forkWith(
    target,
    seq,
    good.map(({ entry }) => entry),
  )
  return judged(target, seq, found.reason)
}

const judged = (target: Target, seq: number, reason: string | undefined) => {
  if (reason === 'forked') throw new Problem('fork', undefined, { seq, ...standOf(target) })
  if (reason === 'not-agreed') throw refusal(target, { seq, reason })
  return 'moved' as const
}

const refusal = (target: Target, { seq, reason }: { seq: number; reason: string }) =>
  reason === 'seq' || reason === 'prev'
    ? doesNotFollow(target, { seq, reason })
    : new Problem('entry-refused', undefined, { seq, reason })

/** Whoever hears it knows where to begin. */
const doesNotFollow = (target: Target, told: { seq?: number; reason: string }) =>
  new Problem('does-not-follow', undefined, { ...told, ...standOf(target) })

const standOf = ({ feed, stand }: Target) => ({ size: stand.seq, dig: stand.dig, head: feed.head })

/** Of the head that came along, if it is this feed's and agrees with what is held from now on. */
const readHead = async (target: Target, jws: string, page: VerifiedPage) => {
  const { size, iat, dig } = await openOrRefuse(target, jws)
  if (size > page.cursor.seq) throw doesNotFollow(target, { reason: 'beyond' })
  if (dig === (await digestAt(target, page, size))) return { jws, size, iat }
  const found = await contradictedBy(target, jws, size)
  if (found.reason === 'head: contradicts') throw headRefused('contradicts')
  return judged(target, size, found.reason)
}

const openOrRefuse = async ({ hub, feed, keys }: Target, jws: string) => {
  const opened = await openHead(jws, feed, keys, seconds(hub))
  if (!opened.ok) throw headRefused(opened.reason)
  return opened.head
}

const headRefused = (reason: string) => new Problem('head-refused', undefined, { reason })

/** Digest of the entry with that number, or of what the epoch began on. */
const digestAt = async ({ hub, feed, span }: Target, page: VerifiedPage, seq: number) => {
  if (seq === 0) return span.base
  if (seq > feed.size) return page.entries[seq - feed.size - 1]?.dig
  const [held] = await linksAt(hub.sql, feed.id, [seq])
  return held?.dig
}
