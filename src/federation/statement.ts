/**
 * Statements of OpenID Federation 1.0 in our small profile (schemas/EXCHANGE.md, section 4):
 * a centre's own configuration, and the trust anchor's subordinate statement about it.
 */
import { z } from 'zod'
import { Serves } from '../config.ts'
import { PublicJwk } from '../signing/keys.ts'

export const feedNames = ['public', 'members'] as const
export const FeedName = z.enum(feedNames)
export type FeedName = z.infer<typeof FeedName>

const positive = z.int().min(1)
const sequence = z.int().min(0)
/** A digest, or empty where there is nothing before. */
const digestOrNone = z.string().regex(/^([A-Za-z0-9_-]{43})?$/)

/** The last entry that counts: of a retired key, of a centre that ended, or below a new epoch. */
export const Cut = z.object({ feed: FeedName, epoch: positive, seq: sequence, dig: digestOrNone })
export type Cut = z.infer<typeof Cut>

const Base = z.object({ epoch: sequence, seq: sequence, dig: digestOrNone })
const Epochs = z.array(z.object({ epoch: positive, base: Base })).min(1)

/** A signing key (numbered by the anchor, with its cut once it is retired) or an encryption key. */
export const StatedKey = PublicJwk.extend({
  use: z.enum(['sig', 'enc']),
  n: positive.optional(),
  valid_through: z.array(Cut).optional(),
})
export type StatedKey = z.infer<typeof StatedKey>

/**
 * An entity id or endpoint, in the one form in which ids are compared byte by byte: `https`, or `http` on this
 * machine; lower-case host, no user, query or fragment.
 */
export const FederationUrl = z
  .string()
  .max(500)
  .regex(
    /^(https:\/\/[a-z0-9.-]+|http:\/\/(localhost|127\.0\.0\.1|\[::1\]))(:\d{1,5})?(\/[\w.~-]+)*$/,
  )

const endpoint = FederationUrl

/** What a centre proposes about itself and the anchor then states, as entity type `knowledge_exchange`. */
export const ProposedExchange = z.object({
  organization_name: z.string().min(1).max(160),
  slug: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    .max(40),
  operator: FederationUrl,
  regions: z.array(z.string().regex(/^DE-[A-Z]{2}$/)),
  /** Whom it advises, where that is not everybody in its regions. */
  serves: Serves.optional(),
  entries_endpoint: endpoint,
  head_endpoint: endpoint,
  holdings_endpoint: endpoint,
  evidence_endpoint: endpoint,
  blobs_endpoint: endpoint,
  nudge_endpoint: endpoint,
  /** Where letters go; absent where a node takes none. */
  referral_endpoint: endpoint.optional(),
  /** Where the umbrella takes counts of referrals. */
  counts_endpoint: endpoint.optional(),
  suites: z.array(z.string()).min(1),
  jwks: z.object({ keys: z.array(StatedKey).min(1) }),
})
export type ProposedExchange = z.infer<typeof ProposedExchange>

/** `suspended` and `ended`: what it published stays valid up to a cut, and it is heard no more. */
export const CentreStatus = z.enum(['active', 'suspended', 'ended'])
export type CentreStatus = z.infer<typeof CentreStatus>

export const KnowledgeExchange = ProposedExchange.extend({
  'organization_name#de': z.string(),
  umbrella: z.boolean(),
  status: CentreStatus,
  valid_through: z.array(Cut).optional(),
  feeds: z.object({ public: Epochs, members: Epochs }),
})
export type KnowledgeExchange = z.infer<typeof KnowledgeExchange>

const statement = {
  iss: FederationUrl,
  sub: FederationUrl,
  iat: positive,
  exp: positive,
  jwks: z.object({ keys: z.array(PublicJwk).min(1) }),
  // This profile issues none of these; whoever does means rules that we would not apply.
  crit: z.undefined().optional(),
  metadata_policy: z.undefined().optional(),
  constraints: z.undefined().optional(),
}

/** A centre about itself: its federation key, its anchor, and what it asks the anchor to state. */
export const CentreConfiguration = z.object({
  ...statement,
  authority_hints: z.array(FederationUrl).min(1),
  metadata: z.object({ knowledge_exchange: ProposedExchange }),
})
export type CentreConfiguration = z.infer<typeof CentreConfiguration>

/** The trust anchor about itself. */
export const AnchorConfiguration = z.object({
  ...statement,
  metadata: z.object({
    federation_entity: z.object({
      organization_name: z.string(),
      federation_fetch_endpoint: endpoint,
      federation_list_endpoint: endpoint,
      federation_historical_keys_endpoint: endpoint,
      history_endpoint: endpoint,
    }),
  }),
})
export type AnchorConfiguration = z.infer<typeof AnchorConfiguration>

/** The trust anchor about a centre: everything that verifying its feeds needs. */
export const SubordinateStatement = z.object({
  ...statement,
  metadata: z.object({ knowledge_exchange: KnowledgeExchange }),
})
export type SubordinateStatement = z.infer<typeof SubordinateStatement>

/** Statements in a page of the history. */
export const historyPageSize = 200

/** A page of everything the anchor ever issued, in order. */
export const HistoryPage = z.object({
  statements: z.array(z.string()).max(historyPageSize),
  next_after: sequence,
  more: z.boolean(),
})
export type HistoryPage = z.infer<typeof HistoryPage>

/** The anchor's former keys (OpenID Federation 1.0, section 8.7), as the payload of `jwk-set+jwt`. */
export const HistoricalKeys = z.object({
  iss: FederationUrl,
  iat: positive,
  keys: z.array(PublicJwk.extend({ iat: positive, exp: positive })),
})
export type HistoricalKeys = z.infer<typeof HistoricalKeys>

/** What the anchor's endpoints answer where they refuse (OpenID Federation 1.0, section 8.9). */
export const FederationError = z.strictObject({
  error: z.enum(['invalid_request', 'unsupported_parameter', 'not_found']),
  error_description: z.string(),
})
export type FederationError = z.infer<typeof FederationError>

/** Lifetimes in seconds. After `spread` every node that polls has heard of a statement, twice over. */
export const lifetime = { statement: 7 * 86_400, refresh: 86_400, spread: 900 } as const
/** How far clocks may be apart, in seconds. */
export const skew = 300
