/** The trust anchor marks a signing key as compromised: what it signed up to its cuts stays, all else is refused. */
import { exchangeOf, restate } from '../federation/anchor.ts'
import type { Cut, FeedName, KnowledgeExchange, StatedKey } from '../federation/statement.ts'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { linksAt } from './chain-store.ts'
import { withEpochsAfter } from './new-epoch.ts'
import { type Ends, placeAt, reachOf } from './reach.ts'
import { lastSignedWith, type Reach } from './reach-store.ts'

export interface Compromise {
  entityId: string
  kid: string
  /** Where the key ends in each feed; by default with the last entry of it that is held here. */
  ends: Ends
}

/** What the anchor is about to state. */
export interface Curtailment {
  key: StatedKey
  cuts: Cut[]
  /** The feeds that begin a new epoch at their cut, because the key may have signed more than is known. */
  anew: FeedName[]
}

/** Problems: `not-found` (centre or key), `conflict` (cut already, or an end beyond what is held). */
export const planCompromise = async (
  hub: Hub,
  { entityId, kid, ends }: Compromise,
): Promise<Curtailment> => {
  const stated = await exchangeOf(hub, entityId)
  const key = signingKeyOf(stated, kid)
  const reaches = await reachOf(hub, entityId)
  const cuts = await Promise.all(
    reaches.map(async (reach) => {
      const [last] = await lastSignedWith(hub.sql, reach.feedId, kid)
      return placeAt(hub, stated, reach, ends[reach.feed] ?? last?.seq ?? 0)
    }),
  )
  const superseded = await Promise.all(
    cuts.map((cut, i) => goesOnUnderNewer(hub, reaches[i] as Reach, cut, key)),
  )
  return { key, cuts, anew: cuts.filter((_, i) => !superseded[i]).map(({ feed }) => feed) }
}

const signingKeyOf = ({ jwks }: KnowledgeExchange, kid: string) => {
  const key = jwks.keys.find((jwk) => jwk.use === 'sig' && jwk.kid === kid)
  if (!key)
    throw new Problem('not-found', 'Einen solchen Signaturschlüssel hat dieses Zentrum nicht.')
  if (!key.valid_through) return key
  throw new Problem('conflict', 'Dieser Schlüssel gilt schon jetzt nur für ältere Einträge.')
}

/** Whether the very next entry bears a higher number: then nothing of the old key can follow on the cut. */
const goesOnUnderNewer = async (hub: Hub, { feedId }: Reach, cut: Cut, { n = 0 }: StatedKey) => {
  const [next] = await linksAt(hub.sql, feedId, [cut.seq + 1])
  return next !== undefined && next.keyNumber > n
}

export const compromise = async (hub: Hub, what: Compromise): Promise<Curtailment> => {
  const { key, cuts, anew } = await planCompromise(hub, what)
  await restate(hub, what.entityId, (stated) => {
    signingKeyOf(stated, key.kid)
    const keys = stated.jwks.keys.map((jwk) =>
      jwk.kid === key.kid ? { ...jwk, valid_through: cuts } : jwk,
    )
    const bases = cuts.filter(({ feed }) => anew.includes(feed))
    return { ...withEpochsAfter(stated, bases), jwks: { keys } }
  })
  return { key, cuts, anew }
}
