import { z } from 'zod'
import { FederationUrl, FeedName } from '../federation/statement.ts'

/** A nudge: that a feed is at least so long. It names no address; where to pull from, only the anchor says. */
export const Nudge = z.strictObject({
  iss: FederationUrl,
  feed: FeedName,
  epoch: z.int32().min(1),
  size: z.int().min(1),
})
export type Nudge = z.infer<typeof Nudge>
