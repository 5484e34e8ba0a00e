import type { FoundRecord } from './store.ts'

/** Where a record comes from and what proves it. Times in seconds since 1970. */
export interface Provenance {
  /** Name of the centre that signed. */
  centre: string
  iss: string
  feed: 'public' | 'members'
  epoch: number
  seq: number
  ver: number
  /** Digest of the entry. */
  dig: string
  kid: string
  /** Which of the centre's signing keys, as numbered by the trust anchor. */
  n: number
  signedAt: number
  receivedAt: number
  /** Origin of the node it was fetched from; null if it was signed here. */
  over: string | null
  /** Signed on this very node. */
  own: boolean
  /** The newest verified head of the feed. */
  head?: { size: number; iat: number }
}

/** The same for the page and the API. */
export const provenanceOf = (found: FoundRecord): Provenance => ({
  centre: found.centre,
  iss: found.iss,
  feed: found.feed,
  epoch: found.epoch,
  seq: found.seq,
  ver: found.ver,
  dig: found.dig,
  kid: found.kid,
  n: found.n ?? 0,
  signedAt: found.iat,
  receivedAt: Math.floor(found.received_at.getTime() / 1000),
  over: found.via,
  own: found.via === null,
  ...(found.head_size !== null &&
    found.head_iat !== null && { head: { size: found.head_size, iat: found.head_iat } }),
})
