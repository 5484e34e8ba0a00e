import type { Hub } from '../hub.ts'
import type { PublicJwk } from '../signing/keys.ts'
import { issue, ownStatement, type Stated, statedAbout } from './anchor.ts'
import { openRequest, type Request, type RequestReason } from './request.ts'
import {
  type CentreConfiguration,
  feedNames,
  type KnowledgeExchange,
  type ProposedExchange,
  type StatedKey,
  type SubordinateStatement,
} from './statement.ts'

export type VouchAnswer =
  | { ok: true; centre: KnowledgeExchange; jwks: PublicJwk[] }
  | { ok: false; reason: RequestReason | 'keys-missing' }

/**
 * The anchor takes a centre in, or states anew what the centre changed: reads its configuration, checks it,
 * and issues a subordinate statement. A new centre needs the fingerprint that two people compared.
 */
export const vouch = async (
  hub: Hub,
  { umbrella = false, ...request }: Request & { umbrella?: boolean | undefined },
): Promise<VouchAnswer> => {
  const opened = await openRequest(hub, request)
  if (!opened.ok) return opened
  const { configuration } = opened
  const stated = await statedAbout(hub, request.entityId)
  if (stated && missingKeys(configuration, stated).length > 0) {
    return { ok: false, reason: 'keys-missing' }
  }
  const jws = await issue(
    hub,
    request.entityId,
    (last) => statedAfter(configuration, last && ownStatement(last.jws), umbrella),
    configuration.iat,
  )
  const { jwks, metadata } = ownStatement(jws)
  return { ok: true, centre: metadata.knowledge_exchange, jwks: jwks.keys }
}

/**
 * Signing keys that count without a cut and that the centre no longer names. If it has lost them, it does not
 * know either what it signed with them: that takes a new epoch.
 */
export const missingKeys = (
  { metadata }: CentreConfiguration,
  before: Pick<SubordinateStatement, 'metadata'>,
) => {
  const named = metadata.knowledge_exchange.jwks.keys.map(({ kid }) => kid)
  return before.metadata.knowledge_exchange.jwks.keys.filter(
    ({ use, kid, valid_through }) => use === 'sig' && !valid_through && !named.includes(kid),
  )
}

/** What the anchor states of a centre that asks for this, given what it stated before. */
export const statedAfter = (
  { jwks, metadata }: CentreConfiguration,
  before: Stated | undefined,
  umbrella: boolean,
): Stated => ({
  // A centre lists its newest federation key first; that one takes the place of those before it.
  jwks: { keys: jwks.keys.slice(0, 1) },
  metadata: {
    knowledge_exchange: exchangeAfter(
      metadata.knowledge_exchange,
      before?.metadata.knowledge_exchange,
      umbrella,
    ),
  },
})

/** The proposal, with numbered keys; what only the anchor decides stays as it was. */
const exchangeAfter = (
  proposed: ProposedExchange,
  before: KnowledgeExchange | undefined,
  umbrella: boolean,
): KnowledgeExchange => ({
  ...proposed,
  'organization_name#de': proposed.organization_name,
  jwks: { keys: numbered(proposed.jwks.keys, before?.jwks.keys ?? []) },
  umbrella: before?.umbrella ?? umbrella,
  status: before?.status ?? 'active',
  ...(before?.valid_through && { valid_through: before.valid_through }),
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
