/** Blobs: files that contents list, fetched by their digest (schemas/EXCHANGE.md, section 5). */
import type { Centre } from '../federation/centre.ts'
import type { FeedName } from '../federation/statement.ts'
import type { Hub, ListedBlob } from '../hub.ts'
import { Problem } from '../problem.ts'
import { saltedDigest } from '../signing/digest.ts'
import { type BlobListing, blobPart, listingsOf } from './blobs-store.ts'

/** Bytes of a blob. */
export const blobLimit = 10 * 1024 * 1024

export interface BlobName {
  iss: string
  feed: FeedName
  dig: string
}

/** Whether these are the bytes that somebody listed. */
export const isBlob = (
  bytes: Buffer,
  { dig, salt, len }: Pick<ListedBlob, 'dig' | 'salt' | 'len'>,
) => bytes.length === len && saltedDigest(Buffer.from(salt, 'base64url'), bytes) === dig

/**
 * A blob that this caller may have, as it is listed, newest first: whoever may have a content that lists it may
 * have the blob. Problems: `unknown-blob` (nothing lists it, what lists it is hidden, or its bytes are not here yet), `gone` (what listed
 * it is erased), `unauthorized` (only members may have it, or the caller is suspended).
 */
export const findBlob = async (
  hub: Hub,
  name: BlobName,
  caller: Centre | undefined,
): Promise<BlobListing> => {
  if (name.feed === 'members' && !caller) throw new Problem('unauthorized')
  if (caller && caller.status !== 'active') {
    throw new Problem('unauthorized', undefined, { reason: 'status' })
  }
  const listings = await listingsOf(hub.sql, name)
  if (listings.length === 0) throw new Problem('unknown-blob')
  if (listings.every(({ status }) => status === 'erased')) throw new Problem('gone')
  const kept = listings.filter(({ status }) => status === 'present' || status === 'withdrawn')
  if (kept.length === 0) throw new Problem('unknown-blob')
  const [open] = caller ? kept : kept.filter(({ status }) => status === 'present')
  if (!open) throw new Problem('unauthorized')
  if (!open.held) throw new Problem('unknown-blob')
  return open
}

/** A blob as a file that is read while it is sent. */
export const fileOf = (
  hub: Hub,
  blob: BlobName,
  { name, type, len }: Pick<ListedBlob, 'name' | 'type' | 'len'>,
) => ({
  name,
  type,
  size: len,
  tag: blob.dig,
  read: async (from: number, length: number) => {
    const [row] = await blobPart(hub.sql, blob, from, length)
    // Erased while it was sent: the answer breaks off.
    if (!row?.part.length) throw new Problem('gone')
    return row.part
  },
})
