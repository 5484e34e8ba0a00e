/** Taking what a centre with its own signer brings (schemas/EXCHANGE.md, section 9). */
import { ownCentreIds } from '../config.ts'
import { type Centre, currentEpoch, type VerifyKeys, verifyKeysOf } from '../federation/centre.ts'
import { centreById } from '../federation/store.ts'
import { type Hub, seconds } from '../hub.ts'
import { Problem } from '../problem.ts'
import { tokenDigest } from '../signing/digest.ts'
import { signatureHolds } from '../signing/seal.ts'
import { unverifiedPayload } from '../signing/unverified.ts'
import { spansOf } from './agreed.ts'
import type { TravellingEntry } from './entry.ts'
import { stopHiding } from './evidence.ts'
import { type HeadReason, headLifetime, openHead } from './head.ts'
import { linkEntry, type StopReason } from './link.ts'
import { findFeed } from './page.ts'
import { noteHeard } from './pulls-store.ts'
import type { Push, PushAnswer } from './push-body.ts'
import { digestsOf, type HeldFeed, keepHead, pushed, statesOf, storeEntries } from './store.ts'
import { type FeedContext, type VerifiedPage, verifyPage } from './verify.ts'

/**
 * Takes what follows on the feed as it is held here, all of it or nothing; what is held already is passed over.
 * Problems: those of `findFeed`; `own-feed`, `trust-expired`; `does-not-follow` and `fork`, with what is held here;
 * `entry-refused` and `head-refused` with the reason; `conflict` where others were quicker again and again.
 */
export const takePush = async (
  hub: Hub,
  push: Push,
  caller: Centre | undefined,
): Promise<PushAnswer> => {
  // Two signers of one feed would sooner or later sign one number twice.
  if (ownCentreIds(hub.config).includes(push.iss)) throw new Problem('own-feed')
  for (let attempt = 0; attempt < 3; attempt++) {
    const answer = await tryPush(await openTarget(hub, push, caller), push)
    if (answer !== 'moved') return answer
  }
  throw new Problem('conflict')
}

/** The feed as it is held here, and what to judge its entries by. */
interface Target {
  hub: Hub
  centre: Centre
  feed: HeldFeed
  keys: VerifyKeys
  now: number
}

const openTarget = async (hub: Hub, push: Push, caller: Centre | undefined): Promise<Target> => {
  const { feed, newest } = await findFeed(hub, push, caller)
  if (feed !== newest) throw new Problem('epoch_gone', undefined, { epoch: newest.epoch })
  const centre = await centreById(hub.sql, push.iss)
  if (!centre) throw new Problem('unknown-feed')
  const now = seconds(hub)
  if (centre.exp <= now) throw new Problem('trust-expired')
  return { hub, centre, feed, keys: await verifyKeysOf(centre), now }
}

const tryPush = async (target: Target, { entries, head }: Push): Promise<PushAnswer | 'moved'> => {
  const { hub, feed } = target
  const { epoch, size, dig, keyNumber } = feed
  const news = await newsOf(target, entries)
  const page = await verifyPage(news, { epoch, seq: size, dig, keyNumber }, contextOf(target))
  const stop = page.stop ?? against(target, page)
  if (stop) throw refusal(target, stop)
  const stand = head === null ? undefined : await readHead(target, head, page)
  if ((await store(target, page)) === 'moved') return 'moved'
  const fresher =
    head !== null && stand && (await keepHead(hub.sql, feed.id, { ...stand, jws: head })).count > 0
  // Whoever only repeats what we hold brings no proof that the centre still speaks.
  if (fresher || page.entries.length > 0) await noteHeard(hub.sql, feed, new Date(hub.now()))
  if (page.entries.length > 0) hub.wake?.('stored')
  // A feed that begins anew has said again what it took back, when its writer says that this is all.
  const whole = stand?.size === page.cursor.seq && stand.iat > target.now - headLifetime
  if (feed.hides && whole) await stopHiding(hub.sql, feed)
  const faults = page.entries.flatMap(({ seq, fault }) => (fault ? [{ seq, fault }] : []))
  return { size: page.cursor.seq, dig: page.cursor.dig, faults }
}

/** The entries that the anchor names must be passed; before one that lies ahead nothing may be shown. */
const against = ({ centre, feed }: Target, { entries, cursor }: VerifiedPage): Stop | undefined => {
  const span = spansOf(centre, feed.feed).find(({ epoch }) => epoch === feed.epoch)
  const ahead = span?.points.filter(({ seq }) => seq > feed.size) ?? []
  for (const { seq, dig } of entries.length > 0 ? ahead : []) {
    if (seq > cursor.seq) return { seq, reason: 'not-reached' }
    if (entries[seq - feed.size - 1]?.dig !== dig) return { seq, reason: 'not-agreed' }
  }
  return undefined
}

const contextOf = ({ hub, centre, feed, keys, now }: Target): FeedContext => ({
  ...{ centre, feed: feed.feed, keys, now, judgeContent: hub.judgeContent },
  statesOf: async (rids) => {
    const rows = await statesOf(hub.sql, feed.iss, feed.feed, rids)
    return new Map(rows.map((row) => [row.rid, row]))
  },
})

/** What is not held yet. Whoever repeats itself may; whoever contradicts itself may not. */
const newsOf = async (target: Target, entries: TravellingEntry[]) => {
  const { hub, feed } = target
  const numbers = entries.map(({ entry }) => Number(unverifiedPayload(entry)?.seq))
  // What others stored since the feed was read does not count: storing will find that it has moved.
  const known = numbers.filter((seq) => Number.isSafeInteger(seq) && seq <= feed.size)
  const held = await digestsOf(hub.sql, feed.id, known)
  const digests = new Map(held.map(({ seq, dig }) => [seq, dig]))
  const first = entries.findIndex(
    ({ entry }, i) => digests.get(numbers[i] ?? 0) !== tokenDigest(entry),
  )
  if (first === -1) return []
  const [item, seq = 0] = [entries[first], numbers[first]]
  if (item && digests.has(seq)) await refuseOther(target, item, seq)
  return entries.slice(first)
}

/** Where another entry stands already: a fork, if the centre signed this one too. */
const refuseOther = async (target: Target, item: TravellingEntry, seq: number) => {
  const { feed } = target
  const prev = String(unverifiedPayload(item.entry)?.prev)
  const before = { epoch: feed.epoch, seq: seq - 1, dig: prev, keyNumber: 0 }
  const linked = linkEntry(item, before, contextOf(target))
  if (!linked.ok) throw refusal(target, { seq, reason: linked.reason })
  const signed = await signatureHolds(item.entry, linked.entry.key.key)
  if (!signed) throw refusal(target, { seq, reason: 'signature' })
  throw new Problem('fork', undefined, { seq, ...standOf(feed) })
}

interface Stop {
  seq: number
  reason: StopReason | 'not-reached' | 'not-agreed'
}

const refusal = (target: Target, { seq, reason }: Stop) =>
  reason === 'seq' || reason === 'prev'
    ? doesNotFollow(target, { seq, reason })
    : new Problem('entry-refused', undefined, { seq, reason })

/** Whoever hears it knows where to begin. */
const doesNotFollow = ({ feed }: Target, told: { seq?: number; reason: string }) =>
  new Problem('does-not-follow', undefined, { ...told, ...standOf(feed) })

const standOf = ({ size, dig, head }: HeldFeed) => ({ size, dig, head })

/** Of the head that came along, if it is this feed's and agrees with what is held from now on. */
const readHead = async (target: Target, jws: string, page: VerifiedPage) => {
  const { feed, keys, now } = target
  const opened = await openHead(jws, feed, keys, now)
  if (!opened.ok) throw headRefused(opened.reason)
  const { size, iat, dig } = opened.head
  if (size > page.cursor.seq) throw doesNotFollow(target, { reason: 'beyond' })
  if (dig !== (await digestAt(target, page, size))) throw headRefused('contradicts')
  return { size, iat }
}

const headRefused = (reason: HeadReason) => new Problem('head-refused', undefined, { reason })

/** Digest of the entry with that number, or of what the epoch began on. */
const digestAt = async ({ hub, centre, feed }: Target, page: VerifiedPage, seq: number) => {
  if (seq === 0) return currentEpoch(centre, feed.feed).base.dig
  if (seq > feed.size) return page.entries[seq - feed.size - 1]?.dig
  const [held] = await digestsOf(hub.sql, feed.id, [seq])
  return held?.dig
}

const store = async ({ hub, feed }: Target, page: VerifiedPage) => {
  if (page.entries.length === 0) return 'stored'
  const [row] = await storeEntries(hub.sql, {
    ...{ feedId: feed.id, after: feed.size, prev: feed.dig, end: page.cursor },
    ...{ entries: page.entries, states: page.states },
    ...{ received: new Date(hub.now()), via: pushed },
  })
  return row?.answer === 'stored' || row?.answer === 'duplicate' ? 'stored' : 'moved'
}
