import { z } from 'zod'
import { pushed } from '../exchange/store.ts'
import { CentreStatus, FeedName } from '../federation/statement.ts'
import type { FoundRecord } from './store.ts'

const seconds = z.int().min(0)

/** Where a record comes from and what proves it. Times in seconds since 1970. */
export const Provenance = z.strictObject({
  centre: z.string().describe('Name of the centre that signed.'),
  status: CentreStatus.describe('Whether the centre is active now.'),
  iss: z.url(),
  feed: FeedName,
  epoch: z.int().min(1),
  seq: z.int().min(1),
  ver: z.int().min(0),
  dig: z.string().describe('Digest of the entry.'),
  kid: z.string(),
  n: z.int().min(0).describe('Which of its signing keys, as numbered by the trust anchor.'),
  signedAt: seconds,
  receivedAt: seconds,
  over: z
    .string()
    .nullable()
    .describe('Origin of the node it was fetched from; null if it was signed or brought here.'),
  own: z.boolean().describe('Signed on this very node.'),
  head: z
    .strictObject({ size: z.int().min(0), iat: seconds })
    .exactOptional()
    .describe('The newest verified head of the feed.'),
  forkedAt: z
    .int()
    .min(1)
    .exactOptional()
    .describe(
      'There while the feed is forked: the first number at which the centre signed two entries.',
    ),
})
export type Provenance = z.infer<typeof Provenance>

/** The same for the page and the API. */
export const provenanceOf = (found: FoundRecord): Provenance => ({
  centre: found.centre,
  status: found.status,
  iss: found.iss,
  feed: found.feed,
  epoch: found.epoch,
  seq: found.seq,
  ver: found.ver,
  dig: found.dig,
  kid: found.kid,
  n: found.key_number,
  signedAt: found.iat,
  receivedAt: Math.floor(found.received_at.getTime() / 1000),
  over: found.via === pushed ? null : found.via,
  own: found.via === null,
  ...(found.head_size !== null &&
    found.head_iat !== null && { head: { size: found.head_size, iat: found.head_iat } }),
  ...(found.forked_at !== null && { forkedAt: found.forked_at }),
})
