/** Serving a feed: own and mirrored alike, the origin's bytes, in order (schemas/EXCHANGE.md, section 9). */
import { ownCentreIds } from '../config.ts'
import type { Centre } from '../federation/centre.ts'
import { signingKey } from '../federation/keys.ts'
import type { FeedName } from '../federation/statement.ts'
import { centreById } from '../federation/store.ts'
import { type Hub, seconds } from '../hub.ts'
import { Problem } from '../problem.ts'
import { seal } from '../signing/seal.ts'
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
 * A page of a feed as this caller may have it, with the newest head. Problems: those of `findFeed`, and
 * `future_cursor` where `after` lies beyond what is held.
 */
export const entriesPage = async (
  hub: Hub,
  query: FeedQuery & { after: number; limit: number },
  caller: Centre | undefined,
): Promise<EntriesPage> => {
  const { feed, newest } = await findFeed(hub, query, caller)
  const closed = feed.epoch !== newest.epoch
  if (query.after > feed.size && !closed) {
    throw new Problem('future_cursor', undefined, { size: feed.size })
  }
  const [rows, head] = await Promise.all([
    entriesAfter(hub.sql, feed.id, query.after, query.limit),
    headOf(hub, feed),
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
    ...(closed && next_after >= feed.size && { next_epoch: feed.epoch + 1 }),
  }
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
  if (fresh || !ownCentreIds(hub.config).includes(feed.iss)) return feed.head
  const key = await signingKey(hub, await centreById(hub.sql, feed.iss))
  if (!key) return feed.head
  const { iss, epoch, size, dig } = feed
  const head = { iss, feed: feed.feed, epoch, size, dig, iat: now, exp: now + headLifetime }
  const jws = await seal('transfernetz-head+jwt', head, key)
  await keepHead(hub.sql, feed.id, { jws, size, iat: now })
  return jws
}
