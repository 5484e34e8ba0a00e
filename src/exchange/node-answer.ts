/** How a node stands, as JSON: `GET /api/node` and `transfernetz status --json`. Times in seconds since 1970. */
import { z } from 'zod'
import { FeedName } from '../federation/statement.ts'
import { RecordId } from './entry.ts'

const seconds = z.int().min(0)
const count = z.int().min(0)
const node = z.string().describe('Origin of the node.')
const centres = z.array(z.string()).describe('Names of the centres that it hosts.')

const feed = {
  iss: z.url().describe('Entity id of the centre that writes the feed.'),
  slug: z.string(),
  name: z.string().describe('Name of the centre.'),
  feed: FeedName,
  epoch: z.int().min(1),
  size: count.describe('Entries held here.'),
}

/** What another node says it holds of an own feed. */
export const HeldElsewhere = z.strictObject({
  node,
  centres,
  size: count
    .exactOptional()
    .describe('Entries that it says it holds; absent if it has said nothing.'),
  since: seconds.exactOptional().describe('Since when it says so.'),
  erasedThrough: count
    .exactOptional()
    .describe('Number of the entry up to which it confirms erasures.'),
  erasedSince: seconds.exactOptional(),
  missing: count.describe('Entries that it lacks.'),
  missingSince: seconds.exactOptional().describe('When the first of them was stored here.'),
})
export type HeldElsewhere = z.infer<typeof HeldElsewhere>

export const Erasure = z.strictObject({
  seq: z.int().min(1),
  rid: RecordId,
  at: seconds.describe('When it was signed.'),
  confirmedBy: z.array(node),
  openAt: z.array(node),
})

/** An erasure as it is stored, before anybody is asked. */
export type Erasure = Omit<z.infer<typeof Erasure>, 'confirmedBy' | 'openAt'>

export const OwnFeed = z.strictObject({
  ...feed,
  forkedAt: z
    .int()
    .min(1)
    .exactOptional()
    .describe(
      'The first number at which two entries are signed: nothing is published in it any more.',
    ),
  heldBy: z.array(HeldElsewhere),
  erasures: z.array(Erasure).describe('The newest fifty.'),
})
export type OwnFeed = z.infer<typeof OwnFeed>

export const Copy = z.strictObject({
  ...feed,
  state: z
    .enum(['current', 'behind', 'waiting', 'stopped', 'forked', 'ended'])
    .describe(
      '`behind`: its centre says that it has more; `waiting`: nothing came yet; `stopped`: for the `reason`; `ended`: the trust anchor has closed the epoch, and all of it that counts is here.',
    ),
  stated: count.exactOptional().describe('Entries that its centre says it has.'),
  pending: count.describe('Entries that were verified and may not count yet.'),
  forkedAt: z.int().min(1).exactOptional().describe('The first number at which two entries stand.'),
  headIat: seconds.exactOptional().describe('When the newest head was signed.'),
  lastSuccess: seconds.exactOptional(),
  reason: z.string().exactOptional(),
  reasonSeq: count.exactOptional(),
  reasonSince: seconds.exactOptional(),
  faults: z
    .array(z.strictObject({ seq: z.int().min(1), fault: z.string() }))
    .describe('Entries without effect; the first twenty.'),
  withheld: z.array(z.int().min(1)).describe('Entries whose content is missing; the first twenty.'),
  missingBlobs: count,
})
export type Copy = z.infer<typeof Copy>

/** Another node, and how asking it goes. */
export const PeerState = z.strictObject({
  node,
  centres,
  lastSuccess: seconds.exactOptional(),
  reason: z.string().exactOptional().describe('Why it cannot be asked; absent while all is well.'),
  reasonSince: seconds.exactOptional(),
})
export type PeerState = z.infer<typeof PeerState>

export const NodeAnswer = z.strictObject({
  origin: z.string(),
  centres: z.array(z.strictObject({ slug: z.string(), name: z.string() })),
  at: seconds,
  own: z.array(OwnFeed),
  mirrored: z.array(Copy),
  peers: z.array(PeerState),
})
export type NodeAnswer = z.infer<typeof NodeAnswer>
