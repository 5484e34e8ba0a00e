/**
 * How far the feeds of a centre reach, before the anchor's operator states where something ends: what this node
 * has verified itself, after reading on from the centre and from whoever says that it holds more.
 */
import { ownCentreIds } from '../config.ts'
import { currentEpoch } from '../federation/centre.ts'
import {
  type Cut,
  type FeedName,
  feedNames,
  type KnowledgeExchange,
} from '../federation/statement.ts'
import { centreById } from '../federation/store.ts'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { linksAt } from './chain-store.ts'
import { pullFeed } from './pull.ts'
import { type Reach, reaches } from './reach-store.ts'

/** What came of reading on, by where it was tried; undefined where all was well. */
export interface ReadOn {
  feed: FeedName
  source: string
  reason?: string | undefined
}

/** Reads both feeds as far as anybody serves them. */
export const readToEnd = async (hub: Hub, entityId: string): Promise<ReadOn[]> => {
  const centre = await centreById(hub.sql, entityId)
  // What an own centre has, is here already.
  if (!centre || ownCentreIds(hub.config).includes(entityId)) return []
  const tried: ReadOn[] = []
  for (const feed of feedNames) {
    const { reason } = await pullFeed(hub, centre, feed)
    tried.push({ feed, source: centre.entries_endpoint, reason })
  }
  for (const { feed, size, holders } of await reachOf(hub, entityId)) {
    for (const { endpoint } of holders.filter(({ said }) => said && said.size > size)) {
      const { reason } = await pullFeed(hub, centre, feed, endpoint)
      tried.push({ feed, source: endpoint, reason })
    }
  }
  return tried
}

/** The current epoch of each feed of a centre. */
export const reachOf = async (hub: Hub, entityId: string): Promise<Reach[]> =>
  reaches(hub.sql, entityId, `${hub.config.origin}/exchange/v1/holdings`)

/** Where an operator wants a feed to end; a feed that is not named is left to the act. */
export type Ends = Partial<Record<FeedName, number>>

/** The last entry held that nobody contradicts. */
export const agreedSize = ({ size, forkedAt }: Reach) =>
  forkedAt === null ? size : Math.min(size, forkedAt - 1)

/** An entry of the current epoch by its number, as this node has verified it. Problem `conflict` beyond that. */
export const placeAt = async (
  hub: Hub,
  stated: Pick<KnowledgeExchange, 'feeds'>,
  { feedId, feed, epoch, size }: Reach,
  seq: number,
): Promise<Cut> => {
  if (seq === 0) return { feed, epoch, seq, dig: currentEpoch(stated, feed).base.dig }
  const [entry] = await linksAt(hub.sql, feedId, [seq])
  if (entry) return { feed, epoch, seq, dig: entry.dig }
  throw new Problem(
    'conflict',
    `Von dieser Beitragsfolge (${feed}) hat der Vertrauensanker nur ${size} Einträge geprüft; weiter kann er nichts bestätigen.`,
  )
}
