/**
 * Following what nodes say they hold: so a fork is found of which each saw one branch only, and what somebody has
 * forgotten or keeps back.
 */
import type { Centre } from '../federation/centre.ts'
import type { FeedName } from '../federation/statement.ts'
import { centreById } from '../federation/store.ts'
import type { Hub } from '../hub.ts'
import { examineFork } from './fork.ts'
import { centresAtHome } from './home.ts'
import { differences, heldBeyond } from './peers-store.ts'
import { pullFeed } from './pull.ts'
import { type Pulled, pullOf } from './pull-page.ts'
import { forOneRun } from './pulls.ts'
import { isPoor, noteFailure } from './sources-store.ts'
import { entryDigest, feedOf } from './store.ts'

/**
 * Looks into whatever another node's holdings say differently, and fetches what it says to hold that home did not
 * give. Its word is worth one try for a limited time: where that proves nothing, it is left alone for a while.
 */
export const followHoldings = async (hub: Hub, { id, entries_endpoint: endpoint }: Centre) => {
  const asking = forOneRun(hub)
  const differing = (await differences(hub.sql, id)).map((row) => ({
    ...{ endpoint, iss: row.iss, feed: row.feed },
    holds: async () => isProof(await compareHoldings(asking, row, endpoint)),
  }))
  const beyond = (await heldBeyond(hub.sql, id, await centresAtHome(hub))).map((row) => ({
    ...{ endpoint, ...row },
    holds: () => givesMore(asking, row, endpoint),
  }))
  for (const { holds, ...source } of [...differing, ...beyond]) {
    if (asking.mayAsk?.() === false) return
    if (await isPoor(hub.sql, source, new Date(hub.now()))) continue
    if (await holds()) continue
    await noteFailure(hub.sql, source, new Date(hub.now()))
    return
  }
}

const isProof = (answer: Awaited<ReturnType<typeof compareHoldings>>) =>
  answer === 'same' || (typeof answer === 'object' && answer.reason === 'forked')

const givesMore = async (
  hub: Hub,
  { iss, feed }: { iss: string; feed: FeedName },
  source: string,
) => {
  const centre = await centreById(hub.sql, iss)
  const pulled = centre && (await pullFeed(hub, centre, feed, source))
  return pulled !== undefined && (pulled.received > 0 || pulled.reason === 'forked')
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
  const pull = centre && feed && (await pullOf(hub, centre, feed, source))
  if (!pull || row.size === 0 || row.size > feed.size) return 'not-comparable'
  const [ours] = await entryDigest(hub.sql, feed.id, row.size)
  if (!ours || ours.dig === row.dig) return ours ? 'same' : 'not-comparable'
  return examineFork(pull, row.size)
}
