/** The table `pending`: verified entries that may not count yet. */
import type { Db } from '../hub.ts'
import type { Point } from './agreed.ts'
import type { TravellingEntry } from './entry.ts'
import type { ContentBytes, Linked } from './link.ts'
import { arrayOf, asJson } from './store.ts'

/** How far what is pending reaches, and how much it is. */
export interface PendingEnd {
  first: number
  seq: number
  dig: string
  keyNumber: number
  entries: number
  bytes: number
}

/** No row where nothing is pending. */
export const pendingEnd = (sql: Db, feedId: number) => sql<PendingEnd[]>`
  select s.first, p.seq, p.dig, p.key_number as "keyNumber", s.entries, s.bytes
  from (
    select min(seq) as first, max(seq) as last, count(*)::int as entries,
      coalesce(sum(octet_length(content)), 0)::bigint as bytes
    from pending where feed_id = ${feedId}
  ) s
  join pending p on p.feed_id = ${feedId} and p.seq = s.last
`

export const isPendingAt = async (sql: Db, feedId: number, { seq, dig }: Point) => {
  const rows = await sql`
    select from pending where feed_id = ${feedId} and seq = ${seq} and dig = ${dig}
  `
  return rows.length > 0
}

/** Digests of the entries with these numbers, as far as they are pending. */
export const pendingDigests = (sql: Db, feedId: number, numbers: number[]) => sql<
  { seq: number; dig: string }[]
>`
  select seq, dig from pending
  where feed_id = ${feedId}
    and seq = any (${arrayOf(numbers)}::text::bigint[])
`

/** A pending entry as it travelled, where it came from and when. */
export type PendingEntry = TravellingEntry & { via: string; receivedAt: Date }

/** A page of what is pending after a number and up to another, all from one node. */
export const pendingAfter = async (sql: Db, feedId: number, after: number, upto: number) => {
  const rows = await sql<PendingRow[]>`
    select jws, content, salt, status, via, received_at as "receivedAt"
    from pending where feed_id = ${feedId} and seq > ${after} and seq <= ${upto}
    order by seq limit 200
  `
  const other = rows.findIndex(({ via }) => via !== rows[0]?.via)
  return rows.slice(0, other === -1 ? rows.length : other).map(asPending)
}

interface PendingRow {
  jws: string
  content: Buffer | null
  salt: Buffer | null
  status: TravellingEntry['status']
  via: string
  receivedAt: Date
}

const asPending = ({ jws, content, salt, ...row }: PendingRow): PendingEntry => ({
  ...row,
  entry: jws,
  ...(content &&
    salt && { content: content.toString('base64url'), salt: salt.toString('base64url') }),
})

export interface PendingBatch {
  feedId: number
  after: number
  prev: string
  entries: { entry: Linked; bytes: ContentBytes | undefined }[]
  via: string
  received: Date
}

/** Keeps entries pending: `stored`, or `moved` where they do not follow on what is. */
export const keepPending = (sql: Db, { entries, ...batch }: PendingBatch) => sql<
  { answer: 'stored' | 'moved' }[]
>`
  select keep_pending(
    ${batch.feedId}, ${batch.after}, ${batch.prev}, ${asJson(sql, entries.map(pendingRow))},
    ${arrayOf(entries.map(({ entry }) => entry.jws))}::text::text[],
    ${arrayOf(entries.map(({ bytes }) => bytes?.content.toString('base64')))}::text::text[],
    ${arrayOf(entries.map(({ bytes }) => bytes?.salt.toString('base64')))}::text::text[],
    ${batch.via}, ${batch.received}
  ) as answer
`

const pendingRow = ({ entry, bytes }: PendingBatch['entries'][number]) => {
  const { item, link, operation, claim, fault } = entry
  const owed = operation?.op === 'publish' && !bytes
  return {
    seq: link.seq,
    dig: entry.dig,
    op: fault ? null : operation?.op,
    rid: operation?.rid ?? claim?.rid,
    ver: operation?.ver ?? claim?.ver,
    key_number: entry.key.n,
    status: owed && item.status !== 'present' ? item.status : owed ? 'withheld' : 'present',
  }
}

/** Gives up what is pending from a number on; its tokens become evidence. */
export const refusePending = (
  sql: Db,
  feedId: number,
  from: number,
  kind: 'beyond' | 'refused',
  found: Date,
) => sql`select refuse_pending(${feedId}, ${from}, ${kind}, ${found})`
