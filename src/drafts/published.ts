/** What is published of the record that a draft goes on with. */
import type { Hub } from '../hub.ts'
import type { Attachment } from '../publications/attachment.ts'
import { kindOf } from '../publications/kinds.ts'
import { readOne } from '../publications/reading.ts'
import type { Draft, Written } from './draft.ts'
import { writtenOf } from './submission.ts'

export interface Before {
  written: Written
  files: Attachment[]
}

/** The live version as its form would hold it; undefined where there is none. */
export const publishedVersion = async (
  hub: Hub,
  { centre, rid, kind, base_ver }: Draft,
): Promise<Before | undefined> => {
  if (base_ver === 0) return undefined
  const one = await readOne(hub, 'members', centre, rid)
  if (one.state !== 'published') return undefined
  const content = JSON.parse(one.content) as { attachments?: Attachment[] }
  const { reviewBy: _, ...written } = writtenOf(kindOf(kind), content, {})
  return { written, files: content.attachments ?? [] }
}
