/**
 * The trust anchor lets a centre rest, ends it, or takes it up again. What it published up to then stays valid;
 * it is heard no more, gets no contents of the others, and goes on being listed.
 */
import { exchangeOf, restate } from '../federation/anchor.ts'
import { currentEpoch } from '../federation/centre.ts'
import type { Cut, KnowledgeExchange } from '../federation/statement.ts'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { withEpochsAfter } from './new-epoch.ts'
import { agreedSize, type Ends, placeAt, reachOf } from './reach.ts'

export interface Rest {
  entityId: string
  status: 'suspended' | 'ended'
  /** Where each feed ends; by default with the last entry held here. */
  ends: Ends
}

/** Where each feed would end. A centre that rests already ends where it did. Problems as of `planCompromise`. */
export const planRest = async (hub: Hub, { entityId, status, ends }: Rest): Promise<Cut[]> => {
  const stated = await exchangeOf(hub, entityId)
  refuseRest(stated, status)
  if (stated.valid_through) return stated.valid_through
  const reaches = await reachOf(hub, entityId)
  return Promise.all(
    reaches.map((reach) => placeAt(hub, stated, reach, ends[reach.feed] ?? agreedSize(reach))),
  )
}

const refuseRest = ({ status }: KnowledgeExchange, wanted: Rest['status']) => {
  if (status === 'ended') throw new Problem('conflict', 'Dieses Zentrum ist schon beendet.')
  if (status === wanted) throw new Problem('conflict', 'Dieses Zentrum ruht schon.')
}

/** Suspends or ends a centre. */
export const layToRest = async (hub: Hub, what: Rest): Promise<Cut[]> => {
  const cuts = await planRest(hub, what)
  await restate(hub, what.entityId, (stated) => {
    refuseRest(stated, what.status)
    return { ...stated, status: what.status, valid_through: stated.valid_through ?? cuts }
  })
  return cuts
}

/**
 * Takes a centre up again that was suspended or ended. Its feeds go on in new epochs, for it may have signed
 * more before it heard that it was to rest, and no number may be used twice. Problems: `not-found`, `conflict`.
 */
export const resume = async (hub: Hub, entityId: string): Promise<Cut[]> => {
  const bases = await planResume(hub, entityId)
  await restate(hub, entityId, (stated) => {
    const { valid_through: _, ...active } = { ...stated, status: 'active' as const }
    return withEpochsAfter(active, basesOf(stated))
  })
  return bases
}

export const planResume = async (hub: Hub, entityId: string): Promise<Cut[]> =>
  basesOf(await exchangeOf(hub, entityId))

/** Where a new epoch was stated while it rested, its cut lies in a closed one: the feed is new already. */
const basesOf = ({ status, valid_through = [], feeds }: KnowledgeExchange): Cut[] => {
  if (status === 'active') throw new Problem('conflict', 'Dieses Zentrum ist schon tätig.')
  return valid_through.filter(({ feed, epoch }) => currentEpoch({ feeds }, feed).epoch === epoch)
}
