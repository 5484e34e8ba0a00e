/** Comparing what nodes say they hold: so a fork is found of which each saw one branch only. */
import { type Centre, verifyKeysOf } from '../federation/centre.ts'
import type { FeedName } from '../federation/statement.ts'
import { centreById } from '../federation/store.ts'
import type { Hub } from '../hub.ts'
import { spansOf } from './agreed.ts'
import { examineFork } from './fork.ts'
import { differences } from './peers-store.ts'
import type { Pulled } from './pull-page.ts'
import { isPoor, noteFailure } from './sources-store.ts'
import { entryDigest, feedOf } from './store.ts'

/** Looks into whatever another node's holdings say differently, unless it has cried wolf lately. */
export const followDifferences = async (hub: Hub, { id, entries_endpoint: endpoint }: Centre) => {
  for (const row of await differences(hub.sql, id)) {
    const now = new Date(hub.now())
    const source = { endpoint, iss: row.iss, feed: row.feed }
    if (hub.mayAsk?.() === false || (await isPoor(hub.sql, source, now))) continue
    const answer = await compareHoldings(hub, row, endpoint)
    const proved = answer === 'same' || (typeof answer === 'object' && answer.reason === 'forked')
    if (!proved) await noteFailure(hub.sql, source, now)
  }
}

/** What a node says in its holdings about an epoch of a feed. */
export interface HoldingsRow {
  iss: string
  feed: FeedName
  epoch: number
  size: number
  dig: string
}

/**
 * Compares what another node says it holds with what is held here. A differing digest only makes us ask that node
 * for its entries: two that are signed prove a fork, a word proves nothing. `source`: its entries endpoint.
 */
export const compareHoldings = async (
  hub: Hub,
  row: HoldingsRow,
  source: string,
): Promise<'same' | 'not-comparable' | Omit<Pulled, 'received'>> => {
  const centre = await centreById(hub.sql, row.iss)
  const [feed] = centre ? await feedOf(hub.sql, row.iss, row.feed, row.epoch) : []
  const span = centre && spansOf(centre, row.feed).find(({ epoch }) => epoch === row.epoch)
  if (!feed || !span || row.size === 0 || row.size > feed.size) return 'not-comparable'
  const [ours] = await entryDigest(hub.sql, feed.id, row.size)
  if (!ours || ours.dig === row.dig) return ours ? 'same' : 'not-comparable'
  const keys = await verifyKeysOf(centre)
  return examineFork({ hub, centre, feed, span, keys, source }, row.size)
}
