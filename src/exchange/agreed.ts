/**
 * The agreed chain: which part of a feed counts, as the trust anchor states it by epochs, bases and cuts
 * (schemas/EXCHANGE.md, section 5).
 */
import type { Centre, Place } from '../federation/centre.ts'
import type { Cut, FeedName } from '../federation/statement.ts'

/** An entry that the anchor names: it and its ancestors are all that may stand up to its number. */
export interface Point {
  seq: number
  dig: string
}

/** One epoch, and how much of it counts. */
export interface Span {
  epoch: number
  /** What its first entry follows. */
  base: string
  /** The last entry that counts, `seq` 0 where none does; undefined while the epoch is open. */
  end: Point | undefined
  /** The entries of it that the anchor names, in order: its end, and where keys were cut. */
  points: Point[]
}

type Stated = Pick<Centre, 'feeds' | 'jwks' | 'status' | 'valid_through'>

/** The epochs of a feed in order. */
export const spansOf = (centre: Stated, feed: FeedName): Span[] => {
  const stated = centre.feeds[feed].toSorted((a, b) => a.epoch - b.epoch)
  const ends = endsOf(stated)
  const cuts = keyCutsOf(centre, feed)
  return stated.map(({ epoch, base }) => {
    const end = earlier(ends.get(epoch), cutOf(centre, feed, epoch, base.dig))
    const points = cuts
      .filter((cut) => cut.epoch === epoch && cut.seq > 0 && (!end || cut.seq < end.seq))
      .concat(end && end.seq > 0 ? [{ feed, epoch, ...end }] : [])
      .map(({ seq, dig }) => ({ seq, dig }))
      .toSorted((a, b) => a.seq - b.seq)
    return { epoch, base: base.dig, end, points }
  })
}

/** Whether the anchor names an entry that what is held has not reached yet: until then nothing more may be shown. */
export const liesAhead = ({ points }: Span, held: number) => points.some(({ seq }) => seq > held)

/** The last of the entries named that lie between two numbers, the second included. */
export const lastPoint = ({ points }: Span, after: number, upto: number) =>
  points.findLast(({ seq }) => seq > after && seq <= upto)

/**
 * Goes back from the current epoch: its base says where an earlier one ends, and that one's base the next. What
 * lies between – epochs that no base leads to – counts nothing.
 */
const endsOf = (stated: Centre['feeds'][FeedName]) => {
  const ends = new Map<number, Point>()
  let next = stated.at(-1)?.base
  for (const { epoch, base } of stated.slice(0, -1).reverse()) {
    const end = next?.epoch === epoch ? next : undefined
    ends.set(epoch, end ? { seq: end.seq, dig: end.dig } : { seq: 0, dig: base.dig })
    if (end) next = base
  }
  return ends
}

/** Where a centre that has ended, or was suspended, stops; a feed that is not listed is cut at 0. */
const cutOf = (
  { status, valid_through }: Stated,
  feed: FeedName,
  epoch: number,
  base: string,
): Point | undefined => {
  if (status === 'active' && !valid_through) return undefined
  const cut = valid_through?.find((each) => each.feed === feed)
  if (!cut || epoch > cut.epoch) return { seq: 0, dig: base }
  return epoch < cut.epoch ? undefined : { seq: cut.seq, dig: cut.dig }
}

const earlier = (a: Point | undefined, b: Point | undefined) =>
  a && b ? (a.seq <= b.seq ? a : b) : (a ?? b)

const keyCutsOf = ({ jwks }: Stated, feed: FeedName): Cut[] =>
  jwks.keys.flatMap(({ use, valid_through = [] }) =>
    use === 'sig' ? valid_through.filter((cut) => cut.feed === feed) : [],
  )

/** Whether one place of a feed lies beyond another. */
export const isBeyond = (a: Place, b: Place) =>
  a.epoch > b.epoch || (a.epoch === b.epoch && a.seq > b.seq)
