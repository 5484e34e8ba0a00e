/** Bringing what is held into line with what the trust anchor states: whatever does not count any more goes. */
import { type Centre, type Place, verifyKeysOf } from '../federation/centre.ts'
import type { FeedName } from '../federation/statement.ts'
import { centreById } from '../federation/store.ts'
import type { Db, Hub } from '../hub.ts'
import { type Span, spansOf } from './agreed.ts'
import {
  cutBack,
  type EpochEnd,
  epochsOf,
  firstUnder,
  historyOfTouched,
  linksAt,
  markAligned,
  unalignedFeeds,
} from './chain-store.ts'
import { makePullDue } from './pulls-store.ts'
import { replay, withTeasers } from './replay.ts'
import type { HeldFeed } from './store.ts'

type World = Pick<Hub, 'sql' | 'now' | 'judgeContent'>

/** Every feed, own ones too, whose centre was stated anew; those that may go on now are pulled soon. */
export const alignFeeds = async (hub: Hub) => {
  for (const { iss, feed } of await unalignedFeeds(hub.sql)) {
    const centre = await centreById(hub.sql, iss)
    const before = await epochsOf(hub.sql, iss, feed)
    const after = centre && (await alignFeed(hub, centre, feed))
    if (after && !after.every((epoch, i) => isSame(epoch, before[i]))) {
      await makePullDue(hub.sql, { iss, feed, now: new Date(hub.now()) })
    }
  }
}

/** Whether nothing came of it but a later date: that is so every day. */
const isSame = (after: HeldFeed, before: HeldFeed | undefined) =>
  before !== undefined &&
  before.aligned > 0 &&
  !after.waits &&
  after.size === before.size &&
  after.closedAt === before.closedAt

/**
 * Compares a feed with the statement about its centre, and takes off what does not count by it. Answers every
 * epoch as it is held then, in order; undefined where another process was at it too.
 */
export const alignFeed = async (
  hub: World,
  centre: Centre,
  name: FeedName,
): Promise<HeldFeed[] | undefined> => {
  const held = await epochsOf(hub.sql, centre.id, name)
  if (held.every(({ aligned }) => aligned === centre.iat)) return held
  if (held.some(({ aligned }) => aligned > centre.iat)) return undefined

  const spans = spansOf(centre, name)
  const place = await lastAgreed(hub.sql, centre, spans, held)
  if (place && !(await cutBackTo(hub, spans, held, place))) return undefined
  const left = place ? await epochsOf(hub.sql, centre.id, name) : held
  const marks = spans.flatMap((span) => {
    const epoch = epochIn(left, span)
    return epoch ? [{ ...epoch, ...alignmentOf(span, epoch) }] : []
  })
  await markAligned(hub.sql, centre.iat, marks)
  const marked = await epochsOf(hub.sql, centre.id, name)
  return marked.every(({ aligned }) => aligned === centre.iat) ? marked : undefined
}

const epochIn = (held: HeldFeed[], { epoch }: Span) => held.find((each) => each.epoch === epoch)

/** A fork is over when the chain has passed an entry that the anchor names on or after it, or ends before it. */
const alignmentOf = ({ base, end, points }: Span, { forkedAt, size }: HeldFeed) => {
  const decided = points.some(({ seq }) => seq >= (forkedAt ?? 0) && seq <= size)
  const over = decided || size < (forkedAt ?? 0)
  return { base, closedAt: end?.seq ?? null, forkedAt: over ? null : forkedAt }
}

/** The last entry that may stay, or undefined where all may. */
const lastAgreed = async (
  sql: Db,
  centre: Centre,
  spans: Span[],
  held: HeldFeed[],
): Promise<Place | undefined> => {
  for (const span of spans) {
    const feed = epochIn(held, span)
    if (!feed || feed.size === 0) continue
    const seq = Math.min(
      span.end?.seq ?? feed.size,
      await agreedUpTo(sql, span, feed),
      await withinKeysOf(sql, centre, feed),
    )
    if (seq < feed.size) return { epoch: span.epoch, seq }
  }
  return undefined
}

/** How far the chain surely agrees with the entries that the anchor names. */
const agreedUpTo = async (sql: Db, span: Span, feed: HeldFeed) => {
  const passed = span.points.filter(({ seq }) => seq <= feed.size)
  const seqs = passed.map(({ seq }) => seq)
  const links = seqs.length > 0 ? await linksAt(sql, feed.id, seqs) : []
  const wrong = passed.findIndex(
    ({ seq, dig }) => !links.some((link) => link.seq === seq && link.dig === dig),
  )
  if (wrong === -1) return feed.size
  const right = passed[wrong - 1]?.seq ?? 0
  // What was common to both branches of a fork counts in any case.
  const common = (feed.forkedAt ?? 1) - 1
  return Math.max(right, common < (passed[wrong]?.seq ?? 0) ? common : 0)
}

/** Up to before the first entry that a cut of its key excludes. */
const withinKeysOf = async (sql: Db, centre: Centre, { id, feed, epoch, size }: HeldFeed) => {
  let last = size
  for (const [kid, { cuts }] of await verifyKeysOf(centre)) {
    for (const list of cuts) {
      const cut = list.find((each) => each.feed === feed)
      if (cut && cut.epoch > epoch) continue
      const [beyond] = await firstUnder(sql, id, kid, cut?.epoch === epoch ? cut.seq : 0)
      if (beyond?.seq) last = Math.min(last, beyond.seq - 1)
    }
  }
  return last
}

/** Takes off a feed what lies beyond a place; false where another process was at it too. */
export const cutFeedBack = async (hub: World, centre: Centre, name: FeedName, place: Place) =>
  cutBackTo(hub, spansOf(centre, name), await epochsOf(hub.sql, centre.id, name), place)

/** Entries in one act: as many records and contents are in memory at once. */
const stepSize = 100

/** Takes off what lies beyond a place, step by step from the end, so that every step leaves a chain. */
const cutBackTo = async (hub: World, spans: Span[], held: HeldFeed[], place: Place) => {
  const ends = [...held]
  for (let i = ends.length - 1; i >= 0; i--) {
    for (let feed = ends[i]; feed; feed = ends[i]) {
      const target = targetIn(feed, place)
      if (feed.size <= target) break
      const size = Math.max(target, feed.size - stepSize)
      const left = await endAt(hub.sql, spans, feed, size)
      if (!left || !(await takeOff(hub, ends, feed, left))) return false
      ends[i] = { ...feed, ...left }
    }
  }
  return true
}

const targetIn = ({ epoch, size }: HeldFeed, place: Place) => {
  if (epoch < place.epoch) return size
  return epoch === place.epoch ? place.seq : 0
}

const endAt = async (
  sql: Db,
  spans: Span[],
  { id, epoch }: HeldFeed,
  size: number,
): Promise<EpochEnd | undefined> => {
  const base = spans.find((span) => span.epoch === epoch)?.base ?? ''
  if (size === 0) return { id, epoch, size, dig: base, keyNumber: 0 }
  const [link] = await linksAt(sql, id, [size])
  return link && { id, epoch, size, dig: link.dig, keyNumber: link.keyNumber }
}

const takeOff = async (hub: World, ends: HeldFeed[], feed: HeldFeed, left: EpochEnd) => {
  const touched = await historyOfTouched(hub.sql, feed, left.size)
  const records = await withTeasers(hub, feed.feed, replay(touched).standings)
  const held = ends.map(({ id, epoch, size, dig, keyNumber }) => ({
    ...{ id, epoch, size, dig, keyNumber },
  }))
  const change = { held, left: [left], records, found: new Date(hub.now()) }
  const [row] = await cutBack(hub.sql, feed, change)
  return row?.done === true
}
