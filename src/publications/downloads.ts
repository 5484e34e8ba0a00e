/** The files of a record for its readers. */
import { type BlobName, fileOf } from '../exchange/blob.ts'
import { heldBlobs } from '../exchange/blobs-store.ts'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { type Attachment, blobsOf } from './attachment.ts'
import { readOne } from './reading.ts'
import type { Record } from './record.ts'
import type { Audience, FoundRecord } from './store.ts'

/** A file of a record, and where it can be had, once it is here. */
export interface Download extends Pick<Attachment, 'name' | 'alt' | 'type' | 'len'> {
  path?: string
}

export const downloadsOf = async (
  hub: Hub,
  { iss, slug, feed }: Pick<FoundRecord, 'iss' | 'slug' | 'feed'>,
  rid: string,
  { attachments = [] }: Pick<Record, 'attachments'>,
): Promise<Download[]> => {
  if (attachments.length === 0) return []
  const rows = await heldBlobs(
    hub.sql,
    iss,
    feed,
    attachments.map(({ dig }) => dig),
  )
  const held = new Set(rows.map(({ dig }) => dig))
  return attachments.map(({ dig, ...about }) => ({
    ...about,
    ...(held.has(dig) && { path: `/anlagen/${slug}/${rid}/${dig}` }),
  }))
}

/**
 * A file that the newest version of a record lists, to be sent to who may read the record. Problems: those of the
 * record, and `unknown-blob`.
 */
export const findDownload = async (
  hub: Hub,
  audience: Audience,
  { slug, rid, dig }: { slug: string; rid: string; dig: string },
) => {
  const one = await readOne(hub, audience, slug, rid)
  if (one.state !== 'published') throw new Problem('gone')
  const { attachments } = JSON.parse(one.content) as Record
  const listed = blobsOf(attachments).find((each) => each.dig === dig)
  if (!listed) throw new Problem('unknown-blob')
  const blob: BlobName = { iss: one.found.iss, feed: one.found.feed, dig }
  const [held] = await heldBlobs(hub.sql, blob.iss, blob.feed, [dig])
  if (!held) throw new Problem('unknown-blob')
  return fileOf(hub, blob, listed)
}
