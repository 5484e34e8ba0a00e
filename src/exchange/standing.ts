/** How the signer's journal and the database stand to each other: whether an own feed may be signed on. */
import { type Centre, currentEpoch } from '../federation/centre.ts'
import { everyKey } from '../federation/keys-store.ts'
import type { FeedName, StatedKey } from '../federation/statement.ts'
import type { Db } from '../hub.ts'
import type { Journal, Signed } from '../signing/journal.ts'
import { spansOf } from './agreed.ts'
import { epochsOf } from './chain-store.ts'
import { entryDigest, feedOf, type HeldFeed } from './store.ts'

/**
 * - `even`: they say the same.
 * - `unstored`: the journal is one entry ahead, which follows on the database: those very bytes are to be appended.
 * - `forgotten`: the journal is further ahead. The database is an older one.
 * - `incomplete`: an earlier epoch is not held up to where the anchor says that it counts: what was said in it is
 *   what the present one builds on. `feed` is that epoch.
 * - `uncertain`: the journal is missing or behind. Nobody here knows what was signed last.
 * - `contradictory`: they tell two histories.
 */
export type StandingName =
  | 'even'
  | 'unstored'
  | 'forgotten'
  | 'incomplete'
  | 'uncertain'
  | 'contradictory'

export interface Standing {
  is: StandingName
  feed: HeldFeed
  /** As in the journal. */
  last: Signed | null | undefined
}

/** Where an own feed stands, in the epoch that the anchor states; undefined while the feed is not known here. */
export const standingOf = async (
  sql: Db,
  journal: Journal,
  centre: Centre,
  name: FeedName,
): Promise<Standing | undefined> => {
  const [feed] = await feedOf(sql, centre.id, name, currentEpoch(centre, name).epoch)
  return feed && standing(sql, journal, centre, feed)
}

export const standing = async (
  sql: Db,
  journal: Journal,
  centre: Centre,
  feed: HeldFeed,
): Promise<Standing> => {
  const last = await journal.last(feed.iss, feed.feed)
  const lacking = feed.epoch > 1 ? await lackingEpoch(sql, centre, feed) : undefined
  if (lacking) return { is: 'incomplete', feed: lacking, last }
  const is = last ? await compare(sql, last, feed) : await withoutLast(sql, last, centre, feed)
  return { is, feed, last }
}

/** The first epoch before this one of which something is missing that counts. */
const lackingEpoch = async (sql: Db, centre: Centre, { iss, feed, epoch }: HeldFeed) => {
  const held = await epochsOf(sql, iss, feed)
  const ends = new Map(spansOf(centre, feed).map((span) => [span.epoch, span.end?.seq ?? 0]))
  return held.find((each) => each.epoch < epoch && each.size < (ends.get(each.epoch) ?? 0))
}

const compare = async (sql: Db, last: Signed, feed: HeldFeed): Promise<StandingName> => {
  if (last.epoch > feed.epoch) return 'forgotten'
  // A new epoch begins with what comes next.
  if (last.epoch < feed.epoch) return feed.size === 0 ? 'even' : 'uncertain'
  if (last.seq > feed.size + 1) return 'forgotten'
  if (last.seq > feed.size) return last.prev === feed.dig ? 'unstored' : 'contradictory'
  if (last.seq === feed.size) return last.dig === feed.dig ? 'even' : 'contradictory'
  if (last.seq === 0) return 'uncertain'
  const [held] = await entryDigest(sql, feed.id, last.seq)
  return held?.dig === last.dig ? 'uncertain' : 'contradictory'
}

/** Nothing was signed, as far as the journal knows: to be believed where only keys made here could have signed. */
const withoutLast = async (
  sql: Db,
  last: null | undefined,
  centre: Centre,
  feed: HeldFeed,
): Promise<StandingName> => {
  const known = last === null && feed.size === 0 && !(await hadOtherKeys(sql, centre, feed))
  return known ? 'even' : 'uncertain'
}

/** Whether the anchor states a signing key that was never kept here and may have begun this epoch, in an earlier life. */
const hadOtherKeys = async (sql: Db, { id, jwks }: Centre, feed: HeldFeed) => {
  const own = (await everyKey(sql, id, 'sig')).map(({ kid }) => kid)
  return jwks.keys.some(
    (key) => key.use === 'sig' && !own.includes(key.kid) && couldBegin(key, feed),
  )
}

const couldBegin = ({ valid_through }: StatedKey, { feed, epoch }: HeldFeed) => {
  const cut = valid_through?.find((each) => each.feed === feed)
  if (!cut) return valid_through === undefined
  return cut.epoch > epoch || (cut.epoch === epoch && cut.seq > 0)
}
