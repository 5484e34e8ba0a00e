/** Asking the other centres' nodes what they hold of an own feed: what this node has forgotten they may remember. */
import type { Centre } from '../federation/centre.ts'
import type { PeerReason } from '../federation/peer.ts'
import { allCentres } from '../federation/store.ts'
import type { Hub } from '../hub.ts'
import { tokenDigest } from '../signing/digest.ts'
import { assertionFor } from './assertion.ts'
import { readPage, requestPage } from './client.ts'
import type { EntriesPage } from './entry.ts'
import { centresAtHome } from './home.ts'
import { pullFeed } from './pull.ts'
import type { Pulled, PullReason } from './pull-page.ts'
import type { HeldFeed } from './store.ts'

/** Another node that may hold our feed, and for which centres it speaks. */
export interface Holder {
  names: string[]
  endpoint: string
  /** Nothing beyond what is held here, or more; `other`: another entry at a number that is held here. */
  holds: 'no-more' | 'more' | 'other' | PeerReason
  /** How many entries it gave back, and why no more. */
  gave?: Pulled
}

/** Whether it is certain that this node holds nothing of the feed that is unknown here. */
export const hasNothingMore = ({ holds, gave }: Holder) =>
  holds === 'no-more' || (gave !== undefined && !gave.more && (!gave.reason || isEnd(gave.reason)))

/** What the node of every other active centre holds beyond the end of an own feed. All are asked at once. */
export const askHolders = async (hub: Hub, feed: HeldFeed): Promise<Holder[]> => {
  const nodes = nodesOf(await allCentres(hub.sql), await centresAtHome(hub))
  return Promise.all(
    [...nodes].map(async ([endpoint, names]) => ({
      names,
      endpoint,
      holds: await holdingOf(hub, feed, endpoint),
    })),
  )
}

/** Fetches from each of them what it holds beyond, verified like any feed, until `enough`. */
export const fetchBack = async (
  hub: Hub,
  { centre, standing }: { centre: Centre; standing: { feed: HeldFeed } },
  holders: Holder[],
  enough: () => Promise<boolean>,
) => {
  for (const holder of holders.filter(({ holds }) => holds === 'more')) {
    holder.gave = await pullFeed(hub, centre, standing.feed.feed, holder.endpoint)
    if (await enough()) return
  }
}

/** By their endpoint: a node may speak for several centres. */
const nodesOf = (centres: Centre[], here: string[]) => {
  const nodes = new Map<string, string[]>()
  for (const { id, status, entries_endpoint, organization_name } of centres) {
    if (status !== 'active' || here.includes(id)) continue
    nodes.set(entries_endpoint, [...(nodes.get(entries_endpoint) ?? []), organization_name])
  }
  return nodes
}

const holdingOf = async (hub: Hub, feed: HeldFeed, endpoint: string): Promise<Holder['holds']> => {
  const { iss, epoch, size } = feed
  // From our last entry on, to see that it is the same there.
  const query = { iss, feed: feed.feed, epoch, after: Math.max(size - 1, 0), limit: 2 }
  const headers = await assertionFor(hub, endpoint)
  const page = await readPage(await requestPage(hub, endpoint, query, headers), query)
  if (page.ok) return compare(feed, page.value)
  return isEnd(page.reason) ? 'no-more' : page.reason
}

/** That node does not know the feed, its epoch, or its entries up to there. */
const isEnd = (reason: PullReason) => ['status-400', 'status-404', 'status-410'].includes(reason)

const compare = ({ size, dig }: HeldFeed, { entries, more, next_epoch }: EntriesPage) => {
  const [first] = entries
  if (size > 0 && first && tokenDigest(first.entry) !== dig) return 'other'
  const beyond = size > 0 ? entries.slice(1) : entries
  return beyond.length > 0 || more || next_epoch ? 'more' : 'no-more'
}
