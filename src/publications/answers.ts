/** What the JSON interface answers about records. `api.ts` sends it, `schemas/` and `/openapi.json` describe it. */
import { z } from 'zod'
import { Reason, RecordId } from '../exchange/entry.ts'
import { FeedName } from '../federation/statement.ts'
import { ProblemDocument } from '../problem.ts'
import { Endorsements } from './endorsements.ts'
import { kinds } from './kinds.ts'
import { Provenance } from './provenance.ts'
import { companySizes } from './vocabularies/company-sizes.ts'
import { topics } from './vocabularies/topics.ts'
import { termOf } from './vocabulary.ts'

const iss = z.url().describe('Entity id of the centre; with `rid` it names the record for ever.')
const slug = z.string().describe('Short name of the centre, as in paths.')
const kind = z.enum(kinds.map(({ id }) => id))
const version = z.int().min(1)
const seconds = z.int().min(0)

/** A record as lists and hits show it, with the path of its page. */
export const ListItem = z.strictObject({
  iss,
  slug,
  centre: z.string().describe('Name of the centre.'),
  rid: RecordId,
  kind,
  ver: version,
  title: z.string(),
  summary: z.string(),
  language: z.string(),
  topics: z.array(termOf(topics)),
  sectors: z.array(z.string()).describe('Sections with their scheme, such as `wz2008:C`.'),
  craft: z.boolean(),
  companySizes: z.array(termOf(companySizes)),
  regions: z.array(z.string()).describe('ISO 3166-2 codes.'),
  keywords: z.array(z.string()),
  visibility: FeedName,
  reviewBy: z.iso.date(),
  own: z
    .record(z.string(), z.unknown())
    .describe('What this kind of record alone shows in lists, such as `outcome`.'),
  refersTo: z
    .array(z.strictObject({ field: z.string(), iss, rid: RecordId, ver: version.optional() }))
    .describe('Records that it names, each with the field that does.'),
  published: seconds.describe('When this version was signed, in seconds since 1970.'),
  firstPublished: seconds.describe('When the first version was signed, in seconds since 1970.'),
  page: z.string().describe('Path of the German page.'),
})
export type ListItem = z.infer<typeof ListItem>

export const RecordsAnswer = z.strictObject({
  records: z.array(ListItem),
  next: z
    .string()
    .nullable()
    .describe('What to send as `after` for the next page; null on the last.'),
})

const proof = Provenance.extend({
  entry: z.string().describe('The entry as it was signed, for whoever wants to verify it.'),
})

export const RecordAnswer = z.strictObject({
  iss,
  slug,
  rid: RecordId,
  kind,
  ver: version,
  record: z
    .union(kinds.map(({ published }) => published))
    .describe('The content as the centre signed it.'),
  endorsements: Endorsements.exactOptional().describe(
    'What other centres say of this version; absent where nobody was asked and nobody said anything that counts.',
  ),
  provenance: proof,
})

/** What is answered, with status 410, for a record that was taken back. */
export const GoneAnswer = ProblemDocument.extend({
  code: z.literal('gone'),
  tombstone: z.strictObject({
    state: z.enum(['withdrawn', 'erased']),
    reason: Reason.optional(),
    replacedBy: z.strictObject({ iss, rid: RecordId }).optional(),
    continued: z.literal(true).optional().describe('It goes on among the centres.'),
  }),
  provenance: proof,
})
