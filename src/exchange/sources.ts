/** Where a feed can be had: from its home, and from every other node that mirrors it. */
import type { Centre } from '../federation/centre.ts'
import type { FeedName } from '../federation/statement.ts'
import type { Hub } from '../hub.ts'
import { pullFeed } from './pull.ts'
import type { Pulled, PullReason } from './pull-page.ts'
import { forgiveSource, mirrorsOf, noteFailure } from './sources-store.ts'

/** Mirrors that one pull asks. */
const mirrorsAsked = 3

/**
 * Pulls a feed from its home; and where that gives nothing, or another node says that it holds more, from mirrors.
 * Nothing of it depends on whom one asks: all is verified alike. The reason is the home's, also where mirrors
 * helped out.
 */
export const pullFromAny = async (hub: Hub, centre: Centre, feed: FeedName): Promise<Pulled> => {
  const home = await pullFeed(hub, centre, feed)
  if (home.more || isOurs(home.reason)) return home
  const mirrors = await mirrorsOf(hub.sql, {
    ...{ iss: centre.id, feed, home: centre.entries_endpoint },
    here: `${hub.config.origin}/exchange/v1/entries`,
    now: new Date(hub.now()),
    // Where home answers, only who is said to hold more can have news.
    holdingMore: home.reason === undefined,
    limit: mirrorsAsked,
  })
  let { received } = home
  for (const { endpoint } of mirrors) {
    if (hub.mayAsk?.() === false) break
    const pulled = await pullFeed(hub, centre, feed, endpoint)
    received += pulled.received
    if (pulled.more) return { ...home, received, more: true }
    await remember(hub, { iss: centre.id, feed, endpoint }, pulled, home)
    if (pulled.reason === 'forked') return { ...pulled, received }
    if (!pulled.reason && pulled.received > 0) break
  }
  return { ...home, received }
}

/** Where it would be the same with any node. */
const isOurs = (reason: PullReason | undefined) =>
  reason !== undefined &&
  ['moved', 'internal', 'feed-unknown', 'forked', 'pending-full'].includes(reason)

/** Who gave nothing, though home failed or it was said to hold more, is left alone for a while. */
const remember = async (
  { sql, now }: Hub,
  source: Parameters<typeof noteFailure>[1],
  { received, reason }: Pulled,
  home: Pulled,
) => {
  const promised = home.reason === undefined
  if (reason === undefined && (received > 0 || !promised)) return forgiveSource(sql, source)
  return noteFailure(sql, source, new Date(now()))
}
