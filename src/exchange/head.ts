/** The head of a feed: its signed length and last digest (schemas/EXCHANGE.md, section 7). */
import { z } from 'zod'
import type { VerifyKeys } from '../federation/centre.ts'
import { isLive } from '../federation/centre.ts'
import { FederationUrl, FeedName, skew } from '../federation/statement.ts'
import { type OpenReason, open } from '../signing/seal.ts'

/** Seconds that a head proves freshness for; after that it proves content only. */
export const headLifetime = 86_400

export const Head = z.strictObject({
  iss: FederationUrl,
  feed: FeedName,
  epoch: z.int().min(1),
  size: z.int().min(0),
  /** What the next `prev` will be. */
  dig: z.string(),
  iat: z.int(),
  exp: z.int(),
})
export type Head = z.infer<typeof Head>

export type HeadReason = OpenReason | 'form' | 'feed' | 'key-retired' | 'iat-future' | 'contradicts'

/** Opens a head of this feed: gate, key, signature, form, whose it is. */
export const openHead = async (
  jws: string,
  expected: Pick<Head, 'iss' | 'feed' | 'epoch'>,
  keys: VerifyKeys,
  now: number,
): Promise<{ ok: true; head: Head } | { ok: false; reason: HeadReason }> => {
  let retired = false
  const opened = await open(jws, 'transfernetz-head+jwt', (kid) => {
    const key = keys.get(kid)
    retired = key !== undefined && !isLive(key)
    return key?.key
  })
  if (!opened.ok) return opened
  if (retired) return { ok: false, reason: 'key-retired' }
  const head = Head.safeParse(opened.payload)
  if (!head.success) return { ok: false, reason: 'form' }
  const { iss, feed, epoch, iat, exp } = head.data
  if (exp <= iat || exp - iat > headLifetime) return { ok: false, reason: 'form' }
  if (iss !== expected.iss || feed !== expected.feed || epoch !== expected.epoch) {
    return { ok: false, reason: 'feed' }
  }
  return iat > now + skew ? { ok: false, reason: 'iat-future' } : { ok: true, head: head.data }
}
