/** Holdings: a node's signed list of what it holds of every feed (schemas/EXCHANGE.md, section 7). */
import { z } from 'zod'
import { type Centre, isLive, verifyKeysOf } from '../federation/centre.ts'
import { FederationUrl, FeedName, skew } from '../federation/statement.ts'
import { limits, passGate } from '../signing/gate.ts'
import { type OpenReason, open } from '../signing/seal.ts'

/** Seconds that holdings say what is held now; after that, what was. */
export const holdingsLifetime = 86_400

/** One epoch of one feed, closed ones too. */
export const HeldEpoch = z
  .strictObject({
    iss: FederationUrl,
    feed: FeedName,
    epoch: z.int32().min(1),
    size: z.int().min(0),
    /** Of the entry at `size`: what the next `prev` will be. */
    dig: z.string().regex(/^([A-Za-z0-9_-]{43})?$/),
    /** The receipt: what the erasures up to this entry delete is deleted everywhere on the node. */
    erased_through: z.int().min(0),
  })
  .refine(({ size, erased_through }) => erased_through <= size)
export type HeldEpoch = z.infer<typeof HeldEpoch>

export const Holdings = z
  .strictObject({ iss: FederationUrl, iat: z.int(), exp: z.int(), feeds: z.array(HeldEpoch) })
  .refine(({ iat, exp }) => exp > iat && exp - iat <= holdingsLifetime)
  .refine(({ feeds }) => new Set(feeds.map(nameOf)).size === feeds.length)
export type Holdings = z.infer<typeof Holdings>

const nameOf = ({ iss, feed, epoch }: HeldEpoch) => `${epoch} ${feed} ${iss}`

export type HoldingsReason = OpenReason | 'form' | 'iss' | 'iat-future' | 'expired' | 'key-retired'

/**
 * Opens what a node says it holds: gate, form, that one of the centres speaks for which the anchor names this
 * node, age, key stated and live, signature. The rows themselves are the node's word.
 */
export const openHoldings = async (
  jws: string,
  centres: Centre[],
  now: number,
): Promise<{ ok: true; holdings: Holdings } | { ok: false; reason: HoldingsReason }> => {
  const typ = 'transfernetz-holdings+jwt'
  const passed = passGate(jws, typ, limits.holdings)
  if (!passed.ok) return passed
  const holdings = Holdings.safeParse(passed.payload).data
  if (!holdings) return { ok: false, reason: 'form' }
  const signer = centres.find(({ id }) => id === holdings.iss)
  if (!signer) return { ok: false, reason: 'iss' }
  if (holdings.iat > now + skew) return { ok: false, reason: 'iat-future' }
  if (holdings.exp <= now) return { ok: false, reason: 'expired' }

  const keys = await verifyKeysOf(signer)
  const key = keys.get(passed.header.kid)
  if (key && !isLive(key)) return { ok: false, reason: 'key-retired' }
  const opened = await open(jws, typ, () => key?.key, limits.holdings)
  return opened.ok ? { ok: true, holdings } : opened
}
