/** The trust anchor starts feeds anew where nobody can go on: on the last entry that could be verified. */
import { exchangeOf, issue, ownStatement, restate, statedAbout } from '../federation/anchor.ts'
import { currentEpoch } from '../federation/centre.ts'
import { openRequest, type Request, type RequestReason } from '../federation/request.ts'
import {
  type CentreConfiguration,
  type Cut,
  type FeedName,
  feedNames,
  type KnowledgeExchange,
  type StatedKey,
} from '../federation/statement.ts'
import { missingKeys, statedAfter } from '../federation/vouch.ts'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { agreedSize, type Ends, placeAt, reachOf } from './reach.ts'

export interface NewEpoch extends Request {
  /** The feeds that begin anew; both where keys are lost. */
  feeds: FeedName[]
  /** Where their present epochs end; by default with the last entry held here that nobody contradicts. */
  ends: Ends
  /** Whether the centre comes with new keys: its configuration is read as when it joined. */
  rejoins: boolean
}

/** What the anchor is about to state. */
export interface Restart {
  bases: Cut[]
  /** Keys that the centre no longer has; they are cut where the epochs end. */
  lost: StatedKey[]
  configuration?: CentreConfiguration
}

type Planned = { ok: true; plan: Restart } | { ok: false; reason: RequestReason }

/** Problems: `not-found` (centre), `conflict` (an end beyond what is held here). */
export const planNewEpoch = async (hub: Hub, what: NewEpoch): Promise<Planned> => {
  const stated = await exchangeOf(hub, what.entityId)
  const opened = what.rejoins ? await openRequest(hub, what) : undefined
  if (opened && !opened.ok) return opened
  const configuration = opened?.configuration
  const before = await statedAbout(hub, what.entityId)
  const lost = configuration && before ? missingKeys(configuration, before) : []
  const feeds = lost.length > 0 ? [...feedNames] : what.feeds

  const reaches = (await reachOf(hub, what.entityId)).filter(({ feed }) => feeds.includes(feed))
  const bases = await Promise.all(
    reaches.map((reach) => placeAt(hub, stated, reach, what.ends[reach.feed] ?? agreedSize(reach))),
  )
  return { ok: true, plan: { bases, lost, ...(configuration && { configuration }) } }
}

export const startNewEpoch = async (hub: Hub, what: NewEpoch): Promise<Planned> => {
  const planned = await planNewEpoch(hub, what)
  if (!planned.ok) return planned
  const { bases, lost, configuration } = planned.plan
  if (!configuration) {
    await restate(hub, what.entityId, (stated) => withEpochsAfter(stated, bases))
    return planned
  }
  await issue(
    hub,
    what.entityId,
    (last) => {
      const next = statedAfter(configuration, last && ownStatement(last.jws), false)
      const { knowledge_exchange } = next.metadata
      const exchange = withoutKeys(withEpochsAfter(knowledge_exchange, bases), lost, bases)
      return { ...next, metadata: { knowledge_exchange: exchange } }
    },
    configuration.iat,
  )
  return planned
}

/** Each of these feeds goes on in a new epoch that follows on this entry. */
export const withEpochsAfter = (stated: KnowledgeExchange, bases: Cut[]): KnowledgeExchange => {
  const feeds = { ...stated.feeds }
  for (const { feed, ...base } of bases) {
    const { epoch } = currentEpoch(stated, feed)
    if (epoch !== base.epoch) throw new Problem('conflict')
    feeds[feed] = [...feeds[feed], { epoch: epoch + 1, base }]
  }
  return { ...stated, feeds }
}

/** Lost keys count up to where the epochs end. */
const withoutKeys = (
  stated: KnowledgeExchange,
  lost: StatedKey[],
  ends: Cut[],
): KnowledgeExchange => {
  const kids = lost.map(({ kid }) => kid)
  const keys = stated.jwks.keys.map((jwk) =>
    kids.includes(jwk.kid) ? { ...jwk, valid_through: ends } : jwk,
  )
  return { ...stated, jwks: { keys } }
}
