import type { FeedName } from '../federation/statement.ts'
import type { Db } from '../hub.ts'
import type { Mark } from '../signing/journal.ts'
import type { JsonObject } from '../signing/json.ts'
import type { VerifiedEntry } from './effect.ts'
import { type Endorsement, entryLimits, type TravellingEntry } from './entry.ts'
import type { Cursor } from './link.ts'
import type { RecordState } from './rules.ts'
import type { FeedReport } from './status.ts'

/** A feed as it is held here, own or mirrored. */
export interface HeldFeed {
  id: number
  iss: string
  feed: FeedName
  epoch: number
  size: number
  dig: string
  keyNumber: number
  head: string | null
  headSize: number | null
  headIat: number | null
  /** The last number that counts, where the epoch is closed; and where it is forked. */
  closedAt: number | null
  forkedAt: number | null
  /** `iat` of the statement that it was last compared with. */
  aligned: number
  /** Whether entries are pending after it, and whether evidence hides records. */
  waits: boolean
  hides: boolean
}

/** Of the table `feeds`. The number of the key never falls, over epochs neither. */
export const heldFeed = (sql: Db) => sql`
  feeds.id, feeds.iss, feeds.feed, feeds.epoch, feeds.size, feeds.dig,
  feeds.head, feeds.head_size as "headSize", feeds.head_iat as "headIat",
  feeds.closed_at as "closedAt", feeds.forked_at as "forkedAt", feeds.aligned,
  (
    select max(o.key_number) from feeds o
    where o.iss = feeds.iss and o.feed = feeds.feed and o.epoch <= feeds.epoch
  ) as "keyNumber",
  exists (select from pending p where p.feed_id = feeds.id) as waits,
  exists (
    select from evidence x where x.iss = feeds.iss and x.feed = feeds.feed and x.hides
  ) as hides
`

export const feedOf = (sql: Db, iss: string, feed: FeedName, epoch: number) => sql<HeldFeed[]>`
  select ${heldFeed(sql)} from feeds where iss = ${iss} and feed = ${feed} and epoch = ${epoch}
`

export const newestEpochOf = (sql: Db, iss: string, feed: FeedName) => sql<HeldFeed[]>`
  select ${heldFeed(sql)} from feeds
  where iss = ${iss} and feed = ${feed} order by epoch desc limit 1
`

/** The end of an own feed, for the one who may now sign its next entry; no row while somebody else may. */
export const claimFeed = (sql: Db, feedId: number, signer: string) => sql<
  (Pick<HeldFeed, 'size' | 'dig' | 'keyNumber'> & Mark)[]
>`
  select size, dig, key_number as "keyNumber", life, log_position as position
  from claim_feed(${feedId}, ${signer}, interval '5 s')
`

/** Lets others sign, where nothing was appended. */
export const releaseFeed = (sql: Db, feedId: number, signer: string) => sql`
  update feeds set signer = null, signer_until = null where id = ${feedId} and signer = ${signer}
`

/** Over what entries came that a centre brought itself, in place of a node's origin. */
export const pushed = 'pushed'

export interface Batch {
  feedId: number
  after: number
  prev: string
  /** Our own may have something beside them that never leaves. */
  entries: (VerifiedEntry & { local?: JsonObject })[]
  /** The last of them. */
  end: Cursor
  /** Where the records stand that they changed, by id. */
  states: Map<string, RecordState>
  received: Date
  /** Own feeds: who claimed it. */
  signer?: string
  /** Feeds of others: the origin of the node that served it, or `pushed`. */
  via?: string
  /** Mirrored feeds: `iat` of the statement that it was verified by. */
  aligned?: number
}

/** Appends what follows directly on what is held: `stored`, `duplicate` (held already) or `moved`. */
export const storeEntries = (sql: Db, { entries, end, ...batch }: Batch) => sql<
  { answer: 'stored' | 'duplicate' | 'moved' }[]
>`
  select store_entries(
    ${batch.feedId}, ${batch.after}, ${batch.prev}, ${end.seq}, ${end.dig},
    ${batch.signer ?? null}::uuid, ${end.keyNumber}, ${batch.via ?? null},
    ${asJson(sql, entries.map(entryRow))}, ${arrayOf(entries.map(({ jws }) => jws))}::text::text[],
    ${arrayOf(entries.map(({ content }) => content?.toString('base64')))}::text::text[],
    ${arrayOf(entries.map(({ salt }) => salt?.toString('base64')))}::text::text[],
    ${asJson(sql, [...batch.states.values()])}, ${asJson(sql, entries.flatMap(blobRows))}, ${batch.received},
    ${batch.aligned ?? null}
  ) as answer
`

/** As `json`, not `jsonb`: 114 is its oid. */
export const asJson = (sql: Db, value: unknown) => sql.typed(value as never, 114)

/** An array in PostgreSQL's own form, of what needs no quotes: tokens, base64, ids, numbers. */
export const arrayOf = (texts: (string | number | undefined)[]) =>
  `{${texts.map((text) => text ?? 'null').join(',')}}`

const entryRow = (entry: Batch['entries'][number]) => ({
  seq: entry.seq,
  dig: entry.dig,
  iat: entry.iat,
  kid: entry.kid,
  key_number: entry.keyNumber,
  fault: entry.fault,
  status: entry.status,
  local: entry.local,
  op: entry.operation?.op,
  rid: entry.operation?.rid ?? entry.claim?.rid,
  ver: entry.operation?.ver ?? entry.claim?.ver,
  kind: entry.operation?.op === 'publish' ? entry.operation.kind : undefined,
  ...(entry.operation && 'of' in entry.operation && aboutRecord(entry.operation)),
})

const aboutRecord = ({ of, role }: Endorsement) => ({ of, role })

export const blobRows = ({ seq, blobs = [] }: Pick<VerifiedEntry, 'seq' | 'blobs'>) =>
  blobs.map(({ dig, salt, len, type, name }) => ({
    ...{ seq, dig, len, type, name },
    salt: Buffer.from(salt, 'base64url').toString('base64'),
  }))

// As an array, so that the index is asked for each of them whatever the planner believes of the table: of one that
// has grown since it was last analyzed it would read all rows of the feed.
export const statesOf = (sql: Db, iss: string, feed: FeedName, rids: string[]) => sql<
  RecordState[]
>`
  select rid, ver, state, closed, kind, seq, changed, first_published, teaser from records
  where iss = ${iss} and feed = ${feed}
    and rid = any (${arrayOf(rids)}::text::uuid[])
`

export interface EntryRow {
  seq: number
  entry: string
  content: Buffer | null
  salt: Buffer | null
  status: TravellingEntry['status']
}

/** Entries after a number, in order, with what is kept of their contents: as many as fit in a page, at least one. */
export const entriesAfter = (sql: Db, feedId: number, after: number, limit: number) => sql<
  EntryRow[]
>`
  select
    seq, jws as entry, case when not hidden then content end as content,
    case when not hidden then salt end as salt, case when hidden then 'withheld' else status end as status
  from (
    select *, sum(length(jws) + coalesce(octet_length(content), 0) * 4 / 3 + 120) over (order by seq) as bytes
    from entries
    where feed_id = ${feedId} and seq > ${after} order by seq limit ${limit}
  ) page
  where bytes <= ${entryLimits.page.bytes} or seq = ${after}::bigint + 1
  order by seq
`

export const entryDigest = (sql: Db, feedId: number, seq: number) => sql<{ dig: string }[]>`
  select dig from entries where feed_id = ${feedId} and seq = ${seq}
`

export interface EntryAt {
  jws: string
  content: Buffer | null
  salt: Buffer | null
  local: JsonObject | null
}

export const entryAt = (sql: Db, feedId: number, seq: number) => sql<EntryAt[]>`
  select jws, content, salt, local from entries where feed_id = ${feedId} and seq = ${seq}
`

/** Keeps a head if it is newer than the one held and not beyond the entries held. */
export const keepHead = (
  sql: Db,
  feedId: number,
  head: { jws: string; size: number; iat: number },
) => sql`
  update feeds set head = ${head.jws}, head_size = ${head.size}, head_iat = ${head.iat}
  where id = ${feedId} and size >= ${head.size}
    and (head is null or head_size < ${head.size} or head_size = ${head.size} and head_iat < ${head.iat})
`

/** How many assertions of one caller are remembered: those of an hour's mirroring, and no table without end. */
const mostAssertions = 20_000

/** Notes an assertion as used: `fresh`, or `used` before, or `full`. */
export const useAssertion = (
  sql: Db,
  { iss, jti, until }: { iss: string; jti: string; until: Date },
  now: Date,
) => sql<{ answer: 'fresh' | 'used' | 'full' }[]>`
  select use_assertion(${iss}, ${jti}, ${until}, ${now}, ${mostAssertions}) as answer
`

/** Every known feed with how pulling it goes; at most twenty faults and gaps each, oldest first. */
export const feedReports = (sql: Db) => sql<Omit<FeedReport, 'own'>[]>`
  select f.iss, c.slug, c.name, f.feed, f.epoch, f.size,
    f.head_iat as "headIat", f.head_size as "headSize", p.last_success as "lastSuccess",
    p.reason, p.reason_seq as "reasonSeq", p.reason_since as "reasonSince",
    (select count(*)::int from pending w where w.feed_id = f.id) as pending, f.forked_at as "forkedAt",
    coalesce(f.size >= f.closed_at, false) as ended,
    coalesce((
      select jsonb_agg(jsonb_build_object('seq', x.seq, 'fault', x.fault))
      from (
        select seq, fault from entries
        where feed_id = f.id and fault is not null order by seq limit 20
      ) x
    ), '[]') as faults,
    coalesce((
      select jsonb_agg(x.seq)
      from (
        select seq from entries
        where feed_id = f.id and status = 'withheld' order by seq limit 20
      ) x
    ), '[]') as withheld
  from feeds f
  join centres c on c.entity_id = f.iss
  -- What keeps a feed from going on is said once, of its newest epoch.
  left join pulls p on p.iss = f.iss and p.feed = f.feed and f.epoch = (
    select max(n.epoch) from feeds n where n.iss = f.iss and n.feed = f.feed
  )
  order by c.slug, f.feed desc, f.epoch
`
