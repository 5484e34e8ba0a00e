/**
 * The trust anchor ends signing keys that were replaced, by what its own copy shows: a head under a newer key says
 * that the centre signs with that one now, so the last entry of the old key is its last for ever.
 */
import { runsAnchor } from '../config.ts'
import { exchangeOf, ownStatement, restate } from '../federation/anchor.ts'
import type { Cut, KnowledgeExchange, StatedKey } from '../federation/statement.ts'
import { allCentres, latestIssuedAbout } from '../federation/store.ts'
import type { Hub } from '../hub.ts'
import { unverifiedKid } from '../signing/unverified.ts'
import { placeAt, reachOf } from './reach.ts'
import { lastSignedWith, type Reach } from './reach-store.ts'

/** Seconds after which no process of a centre signs with the key before any more, however long it hesitated. */
const settled = 3_600

export const retireReplacedKeys = async (hub: Hub) => {
  if (!runsAnchor(hub.config)) return
  for (const { id } of await allCentres(hub.sql)) await retireKeysOf(hub, id)
}

const retireKeysOf = async (hub: Hub, entityId: string) => {
  const stated = await exchangeOf(hub, entityId)
  const live = liveKeys(stated)
  if (live.length < 2) return
  const reaches = await reachOf(hub, entityId)
  const inUse = await keyInUse(hub, entityId, stated, reaches)
  const replaced = live.filter(({ n = 0 }) => n < inUse)
  if (replaced.length === 0) return

  const ends = new Map<string, Cut[]>()
  for (const { kid } of replaced) ends.set(kid, await endsOf(hub, stated, reaches, kid))
  await restate(hub, entityId, (now) => ({ ...now, jwks: { keys: withEnds(now, ends) } }))
  hub.log.info({ iss: entityId, kids: [...ends.keys()] }, 'signing keys retired')
}

const liveKeys = ({ jwks }: KnowledgeExchange) =>
  jwks.keys.filter(({ use, valid_through }) => use === 'sig' && !valid_through)

const withEnds = ({ jwks }: KnowledgeExchange, ends: Map<string, Cut[]>) =>
  jwks.keys.map((jwk): StatedKey => {
    const valid_through = jwk.valid_through ?? ends.get(jwk.kid)
    return valid_through ? { ...jwk, valid_through } : jwk
  })

/** The lowest number of a key under which all feeds are continued, for long enough; 0 where that is not certain. */
const keyInUse = async (
  hub: Hub,
  entityId: string,
  stated: KnowledgeExchange,
  reaches: Reach[],
): Promise<number> => {
  let lowest = Number.POSITIVE_INFINITY
  for (const { head, headIat } of reaches) {
    const kid = head === null ? undefined : unverifiedKid(head)
    const key = stated.jwks.keys.find((jwk) => jwk.use === 'sig' && jwk.kid === kid)
    if (!key || (headIat ?? 0) < (await statedSince(hub, entityId, key.kid)) + settled) return 0
    lowest = Math.min(lowest, key.n ?? 0)
  }
  return reaches.length === 0 ? 0 : lowest
}

/** Statements in which to look for the first that names a key: more than a month of daily ones. */
const lookedThrough = 40

/** Since when the anchor has stated a key, in seconds since 1970; long ago where it was longer than a month. */
const statedSince = async (hub: Hub, entityId: string, kid: string) => {
  const newestFirst = await latestIssuedAbout(hub.sql, entityId, lookedThrough)
  const before = newestFirst.findIndex(({ jws }) => !names(jws, kid))
  if (before === -1) return newestFirst.length < lookedThrough ? (newestFirst.at(-1)?.iat ?? 0) : 0
  return newestFirst[before - 1]?.iat ?? 0
}

const names = (jws: string, kid: string) =>
  ownStatement(jws).metadata.knowledge_exchange.jwks.keys.some((jwk) => jwk.kid === kid)

const endsOf = (hub: Hub, stated: KnowledgeExchange, reaches: Reach[], kid: string) =>
  Promise.all(
    reaches.map(async (reach) => {
      const [last] = await lastSignedWith(hub.sql, reach.feedId, kid)
      return placeAt(hub, stated, reach, last?.seq ?? 0)
    }),
  )
