import type { Provenance } from './provenance-view.tsx'
import type { FoundRecord } from './store.ts'

/** Where a record comes from and what proves it, for the page and the API alike. */
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
