import { type Hub, seconds } from '../hub.ts'
import { importVerifyKey, type PublicJwk, thumbprint } from '../signing/keys.ts'
import { openStatement } from '../signing/seal.ts'
import { unverifiedPayload } from '../signing/unverified.ts'
import { anchorHere, issue, ownStatement } from './anchor.ts'
import { readConfiguration, requestConfiguration } from './client.ts'
import {
  CentreConfiguration,
  feedNames,
  type KnowledgeExchange,
  type ProposedExchange,
  type StatedKey,
  skew,
} from './statement.ts'
import { newestIssued } from './store.ts'

export type VouchAnswer = { ok: true; centre: KnowledgeExchange } | { ok: false; reason: string }

/**
 * The anchor takes a centre in, or states anew what the centre changed: fetches its configuration, checks it,
 * and issues a subordinate statement. `fingerprint` is the thumbprint of the centre's federation key,
 * compared out of band by two people.
 */
export const vouch = async (
  hub: Hub,
  {
    entityId,
    fingerprint,
    umbrella = false,
  }: { entityId: string; fingerprint: string; umbrella?: boolean },
): Promise<VouchAnswer> => {
  const anchor = anchorHere(hub)
  const asked = await readConfiguration(await requestConfiguration(hub, entityId))
  if (!asked.ok) return asked
  const configuration = await openConfiguration(asked.value, {
    entityId,
    fingerprint,
    now: seconds(hub),
  })
  if (!configuration.ok) return configuration
  const { jwks, authority_hints, metadata } = configuration.value
  const proposed = metadata.knowledge_exchange
  if (!authority_hints.includes(anchor)) return { ok: false, reason: 'authority-hints' }
  if (!(await keysHold([...jwks.keys, ...proposed.jwks.keys]))) return { ok: false, reason: 'keys' }
  if (await isTaken(hub, proposed.slug, entityId)) return { ok: false, reason: 'slug' }

  const jws = await issue(hub, entityId, (last) => {
    const before = last && ownStatement(last.jws).metadata.knowledge_exchange
    return { jwks, metadata: { knowledge_exchange: stateOf(proposed, before, umbrella) } }
  })
  return { ok: true, centre: ownStatement(jws).metadata.knowledge_exchange }
}

/** Each key is named by its thumbprint, is one, and has one use only. */
const keysHold = async (keys: PublicJwk[]) => {
  if (new Set(keys.map(({ kid }) => kid)).size < keys.length) return false
  const held = await Promise.all(
    keys.map(async (jwk) => (await thumbprint(jwk)) === jwk.kid && (await isOnCurve(jwk))),
  )
  return held.every(Boolean)
}

const isOnCurve = (jwk: PublicJwk) =>
  importVerifyKey(jwk).then(
    () => true,
    () => false,
  )

/** Whether readers already know another centre by this slug. */
const isTaken = async (hub: Hub, slug: string, entityId: string) =>
  (await newestIssued(hub.sql))
    .filter(({ sub }) => sub !== entityId && sub !== hub.config.anchor.id)
    .some(({ jws }) => ownStatement(jws).metadata.knowledge_exchange.slug === slug)

const openConfiguration = async (
  jws: string,
  expected: { entityId: string; fingerprint: string; now: number },
) => {
  const jwk = await keyOfFingerprint(jws, expected.fingerprint)
  if (!jwk) return { ok: false, reason: 'fingerprint' } as const
  if (!(await isOnCurve(jwk))) return { ok: false, reason: 'keys' } as const
  const opened = await openStatement(jws, (kid) =>
    kid === expected.fingerprint ? importVerifyKey(jwk) : undefined,
  )
  if (!opened.ok) return opened
  const parsed = CentreConfiguration.safeParse(opened.payload)
  if (!parsed.success) return { ok: false, reason: 'form' } as const
  const { iss, sub, iat, exp } = parsed.data
  if (iss !== expected.entityId || sub !== expected.entityId) {
    return { ok: false, reason: 'iss' } as const
  }
  if (iat > expected.now + skew) return { ok: false, reason: 'iat-future' } as const
  if (exp <= expected.now) return { ok: false, reason: 'expired' } as const
  return { ok: true, value: parsed.data } as const
}

const keyOfFingerprint = async (jws: string, fingerprint: string) => {
  const parsed = CentreConfiguration.safeParse(unverifiedPayload(jws))
  for (const jwk of parsed.data?.jwks.keys ?? []) {
    if ((await thumbprint(jwk)) === fingerprint) return jwk
  }
  return undefined
}

/** What the anchor states: the proposal, with numbered keys; what only the anchor decides stays as it was. */
const stateOf = (
  proposed: ProposedExchange,
  before: KnowledgeExchange | undefined,
  umbrella: boolean,
): KnowledgeExchange => ({
  ...proposed,
  'organization_name#de': proposed.organization_name,
  jwks: { keys: numbered(proposed.jwks.keys, before?.jwks.keys ?? []) },
  umbrella: before?.umbrella ?? umbrella,
  status: before?.status ?? 'active',
  feeds: before?.feeds ?? firstEpochs,
})

const firstEpoch = [{ epoch: 1, base: { epoch: 0, seq: 0, dig: '' } }]
const firstEpochs = Object.fromEntries(
  feedNames.map((feed) => [feed, firstEpoch]),
) as KnowledgeExchange['feeds']

/** Signing keys stay for ever, numbered 1, 2, 3 …; a new one gets the next number. A cut is the anchor's to state. */
const numbered = (proposed: StatedKey[], before: StatedKey[]) => {
  const kept = before.filter((jwk) => jwk.use === 'sig')
  const bare = proposed.map(({ n: _, valid_through: _v, ...jwk }) => jwk)
  const fresh = bare.filter((jwk) => jwk.use === 'sig' && kept.every(({ kid }) => kid !== jwk.kid))
  const sig = [...kept, ...fresh].map((jwk, i) => ({ ...jwk, n: i + 1 }))
  return [...sig, ...bare.filter((jwk) => jwk.use === 'enc')]
}
