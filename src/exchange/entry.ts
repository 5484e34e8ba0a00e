/** An entry: one signed statement in a feed (schemas/EXCHANGE.md, section 5). */
import { z } from 'zod'
import { FederationUrl, FeedName } from '../federation/statement.ts'
import type { JsonObject } from '../signing/json.ts'

export const entryLimits = {
  /** Bytes of a content. */
  content: 256 * 1024,
  /** Entries and bytes of a page. The bytes are those of the answer, base64url and all. */
  page: { entries: 200, bytes: 2 * 1024 * 1024 },
} as const

const digestText = z.string().regex(/^[A-Za-z0-9_-]{43}$/)
const digestOrNone = z.string().regex(/^([A-Za-z0-9_-]{43})?$/)
const positive = z.int32().min(1)

/** UUID version 7 in its one lower-case form. */
export const recordIdPattern =
  /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** The id of a record. */
export const RecordId = z.string().regex(recordIdPattern)

/** What places an entry in its feed. An entry that lacks any of it stops the feed. */
export const Link = z.object({
  iss: FederationUrl,
  feed: FeedName,
  epoch: positive,
  seq: z.int().min(1),
  prev: digestOrNone,
  /** Seconds since 1970. Never used for order. */
  iat: z.int().min(0),
})
export type Link = z.infer<typeof Link>

export const reasons = [
  'consent-revoked',
  'legal',
  'incorrect',
  'outdated',
  'duplicate',
  'other',
] as const
export const Reason = z.enum(reasons)
export type Reason = z.infer<typeof Reason>

/** Reasons that leave nothing to be kept: always an erasure. */
export const erasingReasons = ['consent-revoked', 'legal'] as const satisfies Reason[]

/** Whether withdrawing is not enough for this reason. */
export const mustErase = (reason: Reason): reason is (typeof erasingReasons)[number] =>
  (erasingReasons as readonly Reason[]).includes(reason)

const replacedBy = z.strictObject({ iss: FederationUrl, rid: RecordId }).optional()

/** As what a centre endorses a record: as one of those asked to, or for the nationwide shelf. */
export const roles = ['party', 'shelf'] as const
export const Role = z.enum(roles)
export type Role = z.infer<typeof Role>

const about = { rid: RecordId, ver: positive, of: FederationUrl, role: Role }

/** The content that goes with an entry: of which version, so that it can be erased, and what proves it. */
const ContentClaim = z.object({
  rid: RecordId,
  ver: positive,
  /** Bytes of the content, and SHA-256(salt ‖ content). */
  len: z.int().min(2).max(entryLimits.content),
  dig: digestText,
})
export type ContentClaim = z.infer<typeof ContentClaim>

/** What an entry does, by its operation. */
export const Operation = z.discriminatedUnion('op', [
  ContentClaim.extend({
    op: z.literal('publish'),
    kind: z
      .string()
      .regex(/^[a-z]+(-[a-z]+)*$/)
      .max(40),
  }),
  z.object({
    op: z.literal('withdraw'),
    rid: RecordId,
    ver: positive,
    reason: Reason.exclude(erasingReasons),
    replaced_by: replacedBy,
  }),
  z.object({
    op: z.literal('erase'),
    rid: RecordId,
    /** 0 erases all versions so far and closes the record in its feed, unless `continued`. */
    ver: z.int32().min(0),
    reason: Reason,
    replaced_by: replacedBy,
    continued: z.literal(true).optional(),
  }),
  z.object({ op: z.literal('endorse'), ...about }),
  z.object({ op: z.literal('decline'), ...about }),
  z.object({ op: z.literal('retract'), ...about }),
])
export type Operation = z.infer<typeof Operation>
export type OnRecord = Extract<Operation, { op: 'publish' | 'withdraw' | 'erase' }>
export type Endorsement = Exclude<Operation, OnRecord>

/** The whole payload of an entry as a writer makes it: its link, its operation and nothing else. */
export const Entry = z.union(
  Operation.options.map((option) => z.strictObject({ ...Link.shape, ...option.shape })),
)

export type OperationFault = 'operation-unknown' | 'member-unknown'

/** What is understood of a payload. */
export interface Understood {
  operation?: Operation
  fault?: OperationFault
  /** The content that goes with it – also with an operation of a newer peer, to be kept and relayed. */
  claim?: ContentClaim
}

/**
 * The operation in a payload that already has its link. With a fault it has no effect: an unknown operation
 * or member is a newer peer's, kept and relayed but never obeyed by half.
 */
export const readOperation = (payload: JsonObject): Understood => {
  const { iss: _, feed: _f, epoch: _e, seq: _s, prev: _p, iat: _i, ...members } = payload
  const operation = Operation.safeParse(members).data
  if (!operation) {
    const claim = ContentClaim.safeParse(members).data
    return { fault: 'operation-unknown', ...(claim && { claim }) }
  }
  const read = operation.op === 'publish' ? { operation, claim: operation } : { operation }
  const known = Object.keys(members).every((name) => Object.hasOwn(operation, name))
  return known ? read : { ...read, fault: 'member-unknown' }
}

/** An entry as it travels: its token, beside it the content where the reader may have it. */
export const TravellingEntry = z.object({
  entry: z.string(),
  content: z.string().optional(),
  salt: z.string().optional(),
  status: z.enum(['present', 'withdrawn', 'erased', 'withheld']),
})
export type TravellingEntry = z.infer<typeof TravellingEntry>

/** What the entries endpoint answers. */
export const EntriesPage = z.object({
  iss: FederationUrl,
  feed: FeedName,
  epoch: positive,
  entries: z.array(TravellingEntry).max(entryLimits.page.entries),
  head: z.string().nullable(),
  next_after: z.int().min(0),
  more: z.boolean(),
  next_epoch: positive.optional(),
})
export type EntriesPage = z.infer<typeof EntriesPage>
