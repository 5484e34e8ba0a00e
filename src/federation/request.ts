/** A centre's request to be taken in or stated anew: its own configuration, and what proves that it is its own. */
import { type Hub, seconds } from '../hub.ts'
import { importVerifyKey, type PublicJwk, thumbprint } from '../signing/keys.ts'
import { type OpenReason, openStatement } from '../signing/seal.ts'
import { unverifiedPayload } from '../signing/unverified.ts'
import { anchorHere, ownStatement, statedAbout } from './anchor.ts'
import { readConfiguration, requestConfiguration } from './client.ts'
import type { PeerReason } from './peer.ts'
import { CentreConfiguration, type SubordinateStatement, skew } from './statement.ts'
import { newestConfiguredAt, newestIssued } from './store.ts'

export interface Request {
  entityId: string
  /** Thumbprint of a federation key of the centre, as two people compared it. */
  fingerprint?: string | undefined
  /** Its configuration, where it was handed over: its host has moved or is gone. */
  configuration?: string | undefined
}

export type RequestReason =
  | PeerReason
  | OpenReason
  | 'fingerprint'
  | 'fingerprint-needed'
  | 'unproven'
  | 'iss'
  | 'iat-future'
  | 'iat-older'
  | 'expired'
  | 'authority-hints'
  | 'keys'
  | 'slug'

type Answer =
  | { ok: true; configuration: CentreConfiguration }
  | { ok: false; reason: RequestReason }

const no = (reason: RequestReason) => ({ ok: false, reason }) as const

/**
 * The configuration that a request consists of. It must be signed by a federation key that it lists, and that
 * is either the one compared or still the one that the anchor states.
 */
export const openRequest = async (hub: Hub, request: Request): Promise<Answer> => {
  const anchor = anchorHere(hub)
  const before = await statedAbout(hub, request.entityId)
  if (!before && request.fingerprint === undefined) return no('fingerprint-needed')
  const asked = await configurationOf(hub, request)
  if (!asked.ok) return asked

  const opened = await openProven(asked.value, request.fingerprint, before)
  if (!opened.ok) return opened
  const { configuration } = opened
  const { iss, sub, authority_hints, metadata } = configuration
  if (iss !== request.entityId || sub !== request.entityId) return no('iss')
  const late = await timeFault(hub, configuration)
  if (late) return no(late)
  if (!authority_hints.includes(anchor)) return no('authority-hints')
  if (!(await keysHold(configuration, before))) return no('keys')
  if (await isTaken(hub, metadata.knowledge_exchange.slug, sub)) return no('slug')
  return opened
}

const configurationOf = async (hub: Hub, { entityId, configuration }: Request) =>
  configuration === undefined
    ? readConfiguration(await requestConfiguration(hub, entityId))
    : ({ ok: true, value: configuration } as const)

const openProven = async (
  jws: string,
  fingerprint: string | undefined,
  before: SubordinateStatement | undefined,
): Promise<Answer> => {
  const listed = await byThumbprint(
    CentreConfiguration.safeParse(unverifiedPayload(jws)).data?.jwks.keys ?? [],
  )
  if (fingerprint !== undefined && !listed.has(fingerprint)) return no('fingerprint')
  const known = await byThumbprint(before?.jwks.keys ?? [])
  const proving = [...listed].filter(([kid]) => kid === fingerprint || known.has(kid))
  if (!(await allOnCurve(proving.map(([, jwk]) => jwk)))) return no('keys')
  const opened = await openStatement(jws, (kid) => {
    const jwk = proving.find(([each]) => each === kid)?.[1]
    return jwk && importVerifyKey(jwk)
  })
  if (!opened.ok) return opened.reason === 'key-unknown' ? no('unproven') : opened
  return { ok: true, configuration: CentreConfiguration.parse(opened.payload) }
}

const byThumbprint = async (keys: PublicJwk[]) =>
  new Map(await Promise.all(keys.map(async (jwk) => [await thumbprint(jwk), jwk] as const)))

/** An older configuration than the one followed last would bring back what the centre has given up. */
const timeFault = async (hub: Hub, { sub, iat, exp }: CentreConfiguration) => {
  const [followed] = await newestConfiguredAt(hub.sql, sub)
  if (iat > seconds(hub) + skew) return 'iat-future'
  if (exp <= seconds(hub)) return 'expired'
  return iat < (followed?.at ?? 0) ? 'iat-older' : undefined
}

/** Each key is named by its thumbprint, is one, and has one use only, now and before. */
const keysHold = async (
  { jwks, metadata }: CentreConfiguration,
  before: SubordinateStatement | undefined,
) => {
  const exchange = metadata.knowledge_exchange.jwks.keys
  const keys = [...jwks.keys, ...exchange]
  if (new Set(keys.map(({ kid }) => kid)).size < keys.length) return false
  const signed = before?.metadata.knowledge_exchange.jwks.keys.filter(({ use }) => use === 'sig')
  const others = [...jwks.keys, ...exchange.filter(({ use }) => use === 'enc')]
  if (signed?.some(({ kid }) => others.some((jwk) => jwk.kid === kid))) return false
  const named = await Promise.all(keys.map(async (jwk) => (await thumbprint(jwk)) === jwk.kid))
  return named.every(Boolean) && allOnCurve(keys)
}

const allOnCurve = (keys: PublicJwk[]) =>
  Promise.all(keys.map(importVerifyKey)).then(
    () => true,
    () => false,
  )

/** Whether readers already know another centre by this slug. */
const isTaken = async (hub: Hub, slug: string, entityId: string) =>
  (await newestIssued(hub.sql))
    .filter(({ sub }) => sub !== entityId && sub !== hub.config.anchor.id)
    .some(({ jws }) => ownStatement(jws).metadata.knowledge_exchange.slug === slug)
