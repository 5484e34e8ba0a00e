/** What readers are shown of records: lists, one record, what is left of one that is gone. */
import { z } from 'zod'
import { RecordId } from '../exchange/entry.ts'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { WellFormedText } from '../signing/json.ts'
import { unverifiedPayload } from '../signing/unverified.ts'
import { cursorAt, cursorOf } from './cursor.ts'
import { kinds } from './kinds.ts'
import {
  type Audience,
  type FoundRecord,
  findRecord,
  type ListCursor,
  listRecords,
} from './store.ts'
import { regions } from './vocabularies/regions.ts'
import { topics } from './vocabularies/topics.ts'
import { termOf } from './vocabulary.ts'

/** How many a list shows at once, unless asked otherwise. */
export const pageSize = 20

/** A place in a list of records, newest first. */
export const RecordPlace = z
  .tuple([z.int(), WellFormedText, RecordId])
  .transform(([changed, iss, rid]): ListCursor => ({ changed, iss, rid }))

export const placeOf = ({ changed, iss, rid }: ListCursor) => cursorOf([changed, iss, rid])

/** What a list may be narrowed to. */
export const ListFilter = z.object({
  kind: z
    .enum(kinds.map(({ id }) => id) as [string, ...string[]], 'Diese Beitragsart gibt es nicht.')
    .optional(),
  centre: WellFormedText.max(40, 'Dieses Zentrum gibt es nicht.').optional(),
  topic: z.enum(termOf(topics).options, 'Dieses Thema gibt es nicht.').optional(),
  region: z.enum(termOf(regions).options, 'Dieses Land gibt es nicht.').optional(),
  after: cursorAt(RecordPlace),
})
export type ListFilter = Partial<z.output<typeof ListFilter>>

/** A page of published records, newest first, and where the next one begins. */
export const listPage = async (
  hub: Hub,
  audience: Audience,
  filter: ListFilter,
  limit = pageSize,
) => {
  const rows = await listRecords(hub.sql, { ...filter, audience, limit: limit + 1 })
  const records = rows.slice(0, limit)
  const last = rows.length > limit ? records.at(-1) : undefined
  return { records, next: last ? placeOf(last) : null }
}

export interface PublishedRecord {
  state: 'published'
  found: FoundRecord
  /** JSON of a `Record`, byte for byte as signed: judged by the schema of its kind when it came in. */
  content: string
}
/** What is left of a record that was taken back. */
export interface GoneRecord {
  state: 'withdrawn' | 'erased'
  found: FoundRecord
  reason: string | undefined
  replacedBy: { iss: string; rid: string } | undefined
  /** It goes on among the centres. */
  continued: boolean
}

/** One record as its reader may see it. Problem `not-found` where there is none, or none that can be shown. */
export const readOne = async (
  hub: Hub,
  audience: Audience,
  slug: string,
  rid: string,
): Promise<PublishedRecord | GoneRecord> => {
  const [found] = RecordId.safeParse(rid).success
    ? await findRecord(hub.sql, audience, slug, rid)
    : []
  if (!found) throw new Problem('not-found')
  if (found.state !== 'published') return { state: found.state, found, ...takenBack(found.jws) }
  if (found.content === null) throw new Problem('not-found')
  return { state: 'published', found, content: found.content }
}

/** Reason and replacement as the signed entry says; the entry was verified when it came in. */
const takenBack = (jws: string) => {
  const payload = unverifiedPayload(jws) as
    | { reason?: string; replaced_by?: { iss: string; rid: string }; continued?: true }
    | undefined
  return {
    reason: payload?.reason,
    replacedBy: payload?.replaced_by,
    continued: payload?.continued === true,
  }
}
