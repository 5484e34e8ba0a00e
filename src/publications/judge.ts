import type { ContentJudge } from '../hub.ts'
import type { JsonObject } from '../signing/json.ts'
import { blobsOf } from './attachment.ts'
import { readPublished, teaserOf } from './record.ts'

/** Judges the content of an entry, ours or pulled: its kind's schema, and that it stands in the feed it is meant for. */
export const judgeContent: ContentJudge = (content, { kind, feed }) => {
  const read = readPublished(content, kind)
  if (!read.ok) return read
  if (read.record.visibility !== feed) return { ok: false, reason: 'wrong-feed' }
  const { record } = read
  const blobs = blobsOf(record.attachments)
  return { ok: true, teaser: teaserOf(record) as unknown as JsonObject, blobs }
}
