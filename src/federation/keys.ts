import type { CryptoKey } from 'jose'
import { anchorIdAt, ownCentreIds, runsAnchor } from '../config.ts'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { type KeyUse, makeKey } from '../signing/keys.ts'
import type { SigningKey } from '../signing/seal.ts'
import type { Centre } from './centre.ts'
import { keepKey, lastGeneration, ownKeys, type StoredKey } from './keys-store.ts'
import { feedNames, lifetime } from './statement.ts'

export const centreUses = ['fed', 'sig', 'enc'] as const satisfies KeyUse[]

/** Gives every entity that this node speaks for the keys it lacks. Safe to call at every start. */
export const ensureKeys = async (hub: Hub) => {
  for (const owner of ownCentreIds(hub.config)) {
    for (const use of centreUses) await ensureKey(hub, owner, use)
  }
  if (runsAnchor(hub.config)) await ensureKey(hub, anchorIdAt(hub.config.origin), 'fed')
}

const ensureKey = async (hub: Hub, owner: string, use: KeyUse) => {
  const [{ last } = { last: 0 }] = await lastGeneration(hub.sql, owner, use)
  if (last > 0) return
  if (use === 'sig') await startJournal(hub, owner)
  await makeNextKey(hub, owner, use, last)
}

/** Nothing is signed yet: said before there is a key, so that later a journal that is missing can be told from this. */
const startJournal = async ({ journal }: Hub, owner: string) => {
  for (const feed of feedNames) await journal?.start(owner, feed)
}

/** Makes the key that follows on a generation; undefined where another process was quicker. */
export const makeNextKey = async (hub: Hub, owner: string, use: KeyUse, after: number) => {
  const { kid, publicJwk, privateJwk } = await makeKey(use)
  const sealed = await hub.keys.seal(privateJwk)
  const madeAt = new Date(hub.now())
  const key = { kid, owner, use, public: publicJwk, sealed, madeAt }
  const [kept] = await keepKey(hub.sql, key, after)
  return kept?.kid
}

/** The own keys of an entity for one use that still serve for something, newest first. */
export const usableKeys = async (hub: Hub, owner: string, use: KeyUse) => {
  const keys = await ownKeys(hub.sql, owner, new Date(hub.now()))
  return keys.filter((key) => key.use === use)
}

const opened = async (hub: Hub, { kid, sealed, use }: StoredKey): Promise<SigningKey> => ({
  kid,
  key: await hub.keys.open(kid, sealed, use),
})

/** The newest federation key of an own entity: its thumbprint is the fingerprint that people compare. */
export const federationKey = async (hub: Hub, owner: string): Promise<SigningKey> => {
  const [newest] = await usableKeys(hub, owner, 'fed')
  if (!newest) throw new Problem('cannot-sign', `Für ${owner} gibt es hier keinen Schlüssel.`)
  return opened(hub, newest)
}

/** What a centre signs its configuration with: a key that the anchor states proves that the newer ones are its own. */
export const configurationKey = async (hub: Hub, owner: string): Promise<SigningKey> => {
  const stated = (await usableKeys(hub, owner, 'fed')).find(({ statedAt }) => statedAt)
  return stated ? opened(hub, stated) : federationKey(hub, owner)
}

/** What the anchor signs with: the oldest of its keys, for everybody knows that one until its time is over. */
export const anchorKey = async (hub: Hub, anchor: string): Promise<SigningKey> => {
  const oldest = (await usableKeys(hub, anchor, 'fed')).at(-1)
  return oldest ? opened(hub, oldest) : federationKey(hub, anchor)
}

type CentreKey = SigningKey & { n: number }

/** The key an own centre signs with; undefined while the anchor vouches for none, or the centre is not active. */
export const signingKey = async (hub: Hub, centre: Centre | undefined) =>
  centre?.status === 'active' ? callingKey(hub, centre) : undefined

/** Why an own centre has no key to sign with, for the person who wanted to. */
export const whyNoKey = (centre: Centre | undefined): string => {
  if (!centre) return 'Der Vertrauensanker hat dieses Zentrum noch nicht bestätigt.'
  if (centre.status === 'suspended')
    return 'Dieses Zentrum ruht; der Vertrauensanker hat es so festgelegt.'
  if (centre.status === 'ended')
    return 'Dieses Zentrum ist beendet; der Vertrauensanker hat es so festgelegt.'
  return 'Der Vertrauensanker bestätigt keinen Signaturschlüssel, der hier liegt; „transfernetz keys“ zeigt den Stand.'
}

/**
 * The key that a centre shows itself by, also while it is suspended: of those that the anchor states without
 * a cut the one with the highest number – as soon as every node has had the time to hear of it.
 */
export const callingKey = async (hub: Hub, centre: Centre): Promise<CentreKey | undefined> => {
  const own = new Map((await usableKeys(hub, centre.id, 'sig')).map((key) => [key.kid, key]))
  const stated = centre.jwks.keys
    .filter((jwk) => jwk.use === 'sig' && !jwk.valid_through)
    .flatMap(({ kid, n = 0 }) => {
      const key = own.get(kid)
      return key ? [{ key, n }] : []
    })
    .sort((a, b) => b.n - a.n)
  const knownSince = hub.now() - lifetime.spread * 1000
  const chosen =
    stated.find(({ key }) => key.statedAt && key.statedAt.getTime() <= knownSince) ?? stated.at(-1)
  return chosen && { ...(await opened(hub, chosen.key)), n: chosen.n }
}

/** The own key that a letter was sealed to, if it may still be opened. */
export const openingKey = async (
  hub: Hub,
  owner: string,
  kid: string,
): Promise<CryptoKey | undefined> => {
  const key = (await usableKeys(hub, owner, 'enc')).find((each) => each.kid === kid)
  return key && (await opened(hub, key)).key
}
