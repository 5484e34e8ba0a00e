/** Serving a feed: own and mirrored alike, the origin's bytes, in order (schemas/EXCHANGE.md, section 9). */
import { ownCentreIds } from '../config.ts'
import type { Centre } from '../federation/centre.ts'
import { signingKey } from '../federation/keys.ts'
import type { FeedName } from '../federation/statement.ts'
import { centreById } from '../federation/store.ts'
import { type Hub, seconds } from '../hub.ts'
import { Problem } from '../problem.ts'
import { seal } from '../signing/seal.ts'
import { spansOf } from './agreed.ts'
import type { EntriesPage, TravellingEntry } from './entry.ts'
import { headLifetime } from './head.ts'
import {
  type EntryRow,
  entriesAfter,
  feedOf,
  type HeldFeed,
  keepHead,
  newestEpochOf,
} from './store.ts'

export interface FeedQuery {
  iss: string
  feed: FeedName
  epoch?: number | undefined
}

/** The feed asked for. Problems: `unauthorized` (members, without an assertion), `unknown-feed`, `epoch_gone`. */
export const findFeed = async (hub: Hub, query: FeedQuery, caller: Centre | undefined) => {
  if (query.feed === 'members' && !caller) throw new Problem('unauthorized')
  const [newest] = await newestEpochOf(hub.sql, query.iss, query.feed)
  if (!newest) throw new Problem('unknown-feed')
  if (query.epoch === undefined || query.epoch === newest.epoch) return { feed: newest, newest }
  const [feed] = await feedOf(hub.sql, query.iss, query.feed, query.epoch)
  if (!feed) throw new Problem('epoch_gone', undefined, { epoch: newest.epoch })
  return { feed, newest }
}

/**
 * A page of a feed as this caller may have it, with the newest head. A closed epoch ends at the base that was built
 * on it, and names the next one there. Problems: those of `findFeed`, and `future_cursor` where `after` lies beyond
 * what is held.
 */
export const entriesPage = async (
  hub: Hub,
  query: FeedQuery & { after: number; limit: number },
  caller: Centre | undefined,
): Promise<EntriesPage> => {
  const { feed: held, newest } = await findFeed(hub, query, caller)
  const closing = held.epoch === newest.epoch ? undefined : await closingOf(hub, held)
  const feed = { ...held, size: Math.min(held.size, closing?.seq ?? held.size) }
  const beyond = closing !== undefined && query.after >= closing.seq
  if (query.after > feed.size && !beyond) {
    throw new Problem('future_cursor', undefined, { size: feed.size })
  }
  const limit = beyond ? 0 : Math.min(query.limit, feed.size - query.after)
  const [rows, head] = await Promise.all([
    entriesAfter(hub.sql, feed.id, query.after, limit),
    headOf(hub, held),
  ])
  const next_after = rows.at(-1)?.seq ?? query.after
  return {
    iss: feed.iss,
    feed: feed.feed,
    epoch: feed.epoch,
    entries: rows.map((row) => travelling(row, caller)),
    head,
    next_after,
    more: next_after < feed.size,
    ...(closing && next_after >= closing.seq && { next_epoch: closing.next }),
  }
}

/** Where a closed epoch ends, and which one follows – also before what is held was brought into line with it. */
const closingOf = async ({ sql }: Hub, { iss, feed, epoch }: HeldFeed) => {
  const centre = await centreById(sql, iss)
  const spans = centre ? spansOf(centre, feed) : []
  const at = spans.findIndex((span) => span.epoch === epoch)
  const [span, next] = [spans[at], spans[at + 1]]
  return span?.end && next && { seq: span.end.seq, next: next.epoch }
}

/** Contents go to whoever may read them: withdrawn ones to members, none to a centre that is suspended. */
const travelling = (
  { entry, content, salt, status }: EntryRow,
  caller: Centre | undefined,
): TravellingEntry => {
  if (!content || !salt) return { entry, status }
  if (caller && caller.status !== 'active') return { entry, status: 'withheld' }
  if (status === 'withdrawn' && !caller) return { entry, status }
  return { entry, content: content.toString('base64url'), salt: salt.toString('base64url'), status }
}

/** The newest head: a mirror's as received; our own is signed anew when there is news or half its life is over. */
export const headOf = async (hub: Hub, feed: HeldFeed): Promise<string | null> => {
  const now = seconds(hub)
  const fresh = feed.headSize === feed.size && (feed.headIat ?? 0) > now - headLifetime / 2
  if (fresh || feed.forkedAt !== null || !ownCentreIds(hub.config).includes(feed.iss))
    return feed.head
  const key = await signingKey(hub, await centreById(hub.sql, feed.iss))
  if (!key) return feed.head
  const { iss, epoch, size, dig } = feed
  const head = { iss, feed: feed.feed, epoch, size, dig, iat: now, exp: now + headLifetime }
  const jws = await seal('transfernetz-head+jwt', head, key)
  await keepHead(hub.sql, feed.id, { jws, size, iat: now })
  return jws
}
