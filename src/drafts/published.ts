/** What is published of the record that a draft goes on with. */
import type { Hub } from '../hub.ts'
import { kindOf } from '../publications/kinds.ts'
import { readOne } from '../publications/reading.ts'
import type { Draft, Written } from './draft.ts'
import { writtenOf } from './submission.ts'

/** The live version as its form would hold it; undefined where there is none. */
export const publishedVersion = async (
  hub: Hub,
  { centre, rid, kind, base_ver }: Draft,
): Promise<Written | undefined> => {
  if (base_ver === 0) return undefined
  const one = await readOne(hub, 'members', centre, rid)
  if (one.state !== 'published') return undefined
  const { reviewBy: _, ...written } = writtenOf(kindOf(kind), JSON.parse(one.content), {})
  return written
}
