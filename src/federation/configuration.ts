import { type OwnCentre, ownCentreId } from '../config.ts'
import { type Hub, seconds } from '../hub.ts'
import { Problem } from '../problem.ts'
import { seal } from '../signing/seal.ts'
import { configurationKey, usableKeys } from './keys.ts'
import { type CentreConfiguration, lifetime, type ProposedExchange } from './statement.ts'

/** What an own centre says of itself, signed with its federation key: at the same time its request to join. */
export const centreConfiguration = async (hub: Hub, slug: string) => {
  const centre = hub.config.centres.find((own) => own.slug === slug)
  if (!centre) throw new Problem('not-found')
  const id = ownCentreId(hub.config, centre)
  const iat = seconds(hub)
  const payload: CentreConfiguration = {
    iss: id,
    sub: id,
    iat,
    exp: iat + lifetime.statement,
    jwks: { keys: (await usableKeys(hub, id, 'fed')).map((key) => key.public) },
    authority_hints: [hub.config.anchor.id],
    metadata: { knowledge_exchange: await proposal(hub, id, centre) },
  }
  return seal('entity-statement+jwt', payload, await configurationKey(hub, id))
}

const proposal = async (hub: Hub, id: string, centre: OwnCentre): Promise<ProposedExchange> => {
  const { origin, centres } = hub.config
  const signing = await usableKeys(hub, id, 'sig')
  // Who writes a letter takes the newest; those before it only open what is under way.
  const [encryption] = await usableKeys(hub, id, 'enc')
  const keys = [
    ...signing.map((key) => ({ ...key.public, use: 'sig' as const })),
    ...(encryption ? [{ ...encryption.public, use: 'enc' as const }] : []),
  ]
  return {
    organization_name: centre.name,
    slug: centre.slug,
    operator: ownCentreId(hub.config, centres[0] ?? centre),
    regions: centre.regions,
    ...(centre.serves && { serves: centre.serves }),
    entries_endpoint: `${origin}/exchange/v1/entries`,
    head_endpoint: `${origin}/exchange/v1/head`,
    holdings_endpoint: `${origin}/exchange/v1/holdings`,
    evidence_endpoint: `${origin}/exchange/v1/evidence`,
    blobs_endpoint: `${origin}/exchange/v1/blobs`,
    nudge_endpoint: `${origin}/exchange/v1/nudges`,
    referral_endpoint: `${origin}/exchange/v1/referrals`,
    counts_endpoint: `${origin}/exchange/v1/counts`,
    suites: ['tn1'],
    jwks: { keys },
  }
}
