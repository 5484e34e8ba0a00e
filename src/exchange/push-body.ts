import { z } from 'zod'
import { FederationUrl, FeedName } from '../federation/statement.ts'
import { entryLimits, TravellingEntry } from './entry.ts'

/** What a centre with its own signer brings: entries that follow on what the node holds, and its newest head. */
export const Push = z.strictObject({
  iss: FederationUrl,
  feed: FeedName,
  epoch: z.int32().min(1),
  entries: z.array(TravellingEntry.strict()).max(entryLimits.page.entries),
  head: z.string().nullable(),
})
export type Push = z.infer<typeof Push>

/** How the feed stands here after a push, with what waits. */
export const PushAnswer = z.strictObject({
  size: z.int().min(0).describe('How many entries are held here now.'),
  dig: z.string().describe('What the next `prev` must be.'),
  waits: z
    .enum(['trust', 'point', 'fork'])
    .optional()
    .describe(
      'Why these entries do not count yet: nobody is shown them, but what they take back is hidden.',
    ),
  faults: z
    .array(z.strictObject({ seq: z.int().min(1), fault: z.string() }))
    .describe('Entries of this push that are kept without effect, and why.'),
})
export type PushAnswer = z.infer<typeof PushAnswer>
