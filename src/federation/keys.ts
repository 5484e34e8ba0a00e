import { anchorIdAt, ownCentreIds, runsAnchor } from '../config.ts'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { type KeyUse, makeKey } from '../signing/keys.ts'
import type { SigningKey } from '../signing/seal.ts'
import type { Centre } from './centre.ts'
import { keepFirstKey, ownKeys } from './store.ts'

const centreUses: KeyUse[] = ['fed', 'sig', 'enc']

/** Gives every entity that this node speaks for the keys it lacks. Safe to call at every start. */
export const ensureKeys = async (hub: Hub) => {
  for (const owner of ownCentreIds(hub.config)) {
    for (const use of centreUses) await ensureKey(hub, owner, use)
  }
  if (runsAnchor(hub.config)) await ensureKey(hub, anchorIdAt(hub.config.origin), 'fed')
}

const ensureKey = async (hub: Hub, owner: string, use: KeyUse) => {
  if ((await ownKeys(hub.sql, owner, use)).length > 0) return
  const { kid, publicJwk, privateJwk } = await makeKey(use)
  const sealed = await hub.keys.seal(privateJwk)
  const madeAt = new Date(hub.now())
  await keepFirstKey(hub.sql, { kid, owner, use, public: publicJwk, sealed, madeAt })
}

/** The newest federation key of an own entity, to sign statements with. */
export const federationKey = async (hub: Hub, owner: string): Promise<SigningKey> => {
  const [newest] = await ownKeys(hub.sql, owner, 'fed')
  if (!newest) throw new Problem('cannot-sign', `Für ${owner} gibt es hier keinen Schlüssel.`)
  return { kid: newest.kid, key: await hub.keys.open(newest.kid, newest.sealed) }
}

/**
 * The key an own centre signs with: the one with the highest number that the anchor states without a cut.
 * Undefined while the anchor has not vouched for any key kept here.
 */
export const signingKey = async (
  hub: Hub,
  centre: Centre | undefined,
): Promise<(SigningKey & { n: number }) | undefined> => {
  if (centre?.status !== 'active') return undefined
  const own = new Map((await ownKeys(hub.sql, centre.id, 'sig')).map((key) => [key.kid, key]))
  const newest = centre.jwks.keys
    .filter((jwk) => jwk.use === 'sig' && !jwk.valid_through && own.has(jwk.kid))
    .reduce<{ kid: string; n: number } | undefined>(
      (best, { kid, n = 0 }) => (best && best.n > n ? best : { kid, n }),
      undefined,
    )
  const stored = newest && own.get(newest.kid)
  return stored && { ...newest, key: await hub.keys.open(stored.kid, stored.sealed) }
}
