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
 * Pulls a feed from its home; and where home fails, from mirrors. Nothing of it depends on whom one asks: all is
 * verified alike. The reason is the home's, also where mirrors helped out. Where home answers, nobody else is asked:
 * who says to hold more than home gives is followed up apart (gossip.ts), and keeps no feed waiting.
 */
export const pullFromAny = async (hub: Hub, centre: Centre, feed: FeedName): Promise<Pulled> => {
  const home = await pullFeed(hub, centre, feed)
  if (!home.reason || home.more || isOurs(home.reason)) return home
  const mirrors = await mirrorsOf(hub.sql, {
    ...{ iss: centre.id, feed, home: centre.entries_endpoint },
    here: `${hub.config.origin}/exchange/v1/entries`,
    now: new Date(hub.now()),
    limit: mirrorsAsked,
  })
  let { received } = home
  for (const { endpoint, more: promised } of mirrors) {
    if (hub.mayAsk?.() === false) break
    const pulled = await pullFeed(hub, centre, feed, endpoint)
    received += pulled.received
    if (pulled.more) return { ...home, received, more: true }
    await remember(hub, { iss: centre.id, feed, endpoint }, pulled, promised)
    if (pulled.reason === 'forked') return { ...pulled, received }
    if (!pulled.reason && pulled.received > 0) break
  }
  return { ...home, received }
}

/** Where it would be the same with any node. */
const isOurs = (reason: PullReason) =>
  ['moved', 'internal', 'feed-unknown', 'forked', 'pending-full'].includes(reason)

/** Who gave nothing that is good, or not what it promised, is left alone for a while. */
const remember = async (
  { sql, now }: Hub,
  source: Parameters<typeof noteFailure>[1],
  { received, reason }: Pulled,
  promised: boolean,
) => {
  const kept = received > 0 || !promised
  if (reason === undefined && kept) return forgiveSource(sql, source)
  return noteFailure(sql, source, new Date(now()))
}
