/** The tables `attachments` and `blobs`: which files the contents held here list, and their bytes. */
import type { FeedName } from '../federation/statement.ts'
import type { Db, ListedBlob } from '../hub.ts'
import type { BlobName } from './blob.ts'
import type { TravellingEntry } from './entry.ts'

/** How one entry lists a blob. */
export interface BlobListing {
  status: TravellingEntry['status']
  name: string
  type: string
  len: number
  held: boolean
}

/** Every entry of a feed that lists a blob, newest first, those whose content is gone among them. */
export const listingsOf = (sql: Db, { iss, feed, dig }: BlobName) => sql<BlobListing[]>`
  select
    case when a.salt is null then 'erased' when e.hidden then 'withheld' else e.status end as status,
    a.name, a.type, a.len, b.bytes is not null as held
  from attachments a
  join feeds f on f.id = a.feed_id
  join entries e on e.feed_id = a.feed_id and e.seq = a.seq
  left join blobs b on b.iss = f.iss and b.feed = f.feed and b.dig = a.dig
  where a.dig = ${dig} and f.iss = ${iss} and f.feed = ${feed}
  order by f.epoch desc, a.seq desc
`

/** Some bytes of a blob; no row where it is gone or wanted. */
export const blobPart = (
  sql: Db,
  { iss, feed, dig }: BlobName,
  from: number,
  length: number,
) => sql<{ part: Buffer }[]>`
  select substring(bytes from ${from + 1}::int for ${length}::int) as part from blobs
  where iss = ${iss} and feed = ${feed} and dig = ${dig} and bytes is not null
`

/** Which of these blobs are here. */
export const heldBlobs = (sql: Db, iss: string, feed: FeedName, digs: string[]) => sql<
  { dig: string }[]
>`
  select dig from blobs
  where iss = ${iss} and feed = ${feed} and bytes is not null
    and dig in (select value from jsonb_array_elements_text(${sql.json(digs)}))
`

/** What the contents of a record list in a feed, erased ones left out. */
export const listedBy = (sql: Db, iss: string, feed: FeedName, rid: string) => sql<
  Pick<ListedBlob, 'dig' | 'salt' | 'len'>[]
>`
  select distinct a.dig, base64url(a.salt) as salt, a.len
  from entries e
  join feeds f on f.id = e.feed_id
  join attachments a on a.feed_id = e.feed_id and a.seq = e.seq
  where e.rid = ${rid} and f.iss = ${iss} and f.feed = ${feed} and a.salt is not null
`

/** Lays down bytes that an entry to be signed will list. They stay for an hour, unless it does. */
export const stageBlob = (sql: Db, { iss, feed, dig }: BlobName, bytes: Buffer, now: Date) => sql`
  insert into blobs (iss, feed, dig, bytes, staged)
  values (${iss}, ${feed}, ${dig}, ${bytes}, ${now})
  on conflict (iss, feed, dig) do update set
    staged = excluded.staged, bytes = coalesce(blobs.bytes, excluded.bytes)
`

/** Takes back what was laid down for an entry that was not stored; what others list stays. */
export const unstageBlob = (sql: Db, { iss, feed, dig }: BlobName) => sql`
  with kept as (
    update blobs set staged = null
    where iss = ${iss} and feed = ${feed} and dig = ${dig} and is_listed(iss, feed, dig)
  )
  delete from blobs
  where iss = ${iss} and feed = ${feed} and dig = ${dig} and staged is not null
    and not is_listed(iss, feed, dig)
`

/** The same for what somebody laid down more than an hour ago and died. */
export const sweepStaged = (sql: Db, now: Date) => sql`
  with kept as (
    update blobs set staged = null
    where staged < ${now}::timestamptz - interval '1 hour' and is_listed(iss, feed, dig)
  )
  delete from blobs
  where staged < ${now}::timestamptz - interval '1 hour' and not is_listed(iss, feed, dig)
`

/** A blob that is listed and not here. */
export interface WantedBlob extends BlobName {
  failures: number
  /** How entries list it: rightly one of them at most, since the digest proves salt and length. */
  listed: { salt: string; len: number }[]
}

/**
 * Takes a wanted blob whose time has come, of a centre whose files come as they should if there is one, each time of
 * another: so whoever lists many that never come, or slowly, keeps no other centre waiting for long. It is due again
 * at `next`, should nobody finish it.
 */
export const claimBlob = (sql: Db, now: Date, next: Date) => sql<WantedBlob[]>`
  with centre as (
    select iss from blobs
    where bytes is null
    group by iss having bool_or(due <= ${now})
    order by max(failures), random() limit 1
  ),
  due as (
    select b.iss, b.feed, b.dig from blobs b join centre using (iss)
    where b.bytes is null and b.due <= ${now}
    order by b.due limit 1
    for update of b skip locked
  )
  update blobs b set due = ${next}
  from due
  where b.iss = due.iss and b.feed = due.feed and b.dig = due.dig
  returning b.iss, b.feed, b.dig, b.failures, (
    select jsonb_agg(distinct jsonb_build_object('salt', base64url(a.salt), 'len', a.len))
    from attachments a join feeds f on f.id = a.feed_id
    where a.dig = b.dig and a.salt is not null and f.iss = b.iss and f.feed = b.feed
  ) as listed
`

/** When the next blob is to be looked for. */
export const nextBlobDue = (sql: Db) => sql<{ due: Date | null }[]>`
  select min(due) as due from blobs where bytes is null and due > '-infinity'
`

/** Keeps the bytes of a blob that is still wanted; nothing happens where it was erased meanwhile. */
export const keepBlob = (sql: Db, { iss, feed, dig }: BlobName, bytes: Buffer) => sql`
  update blobs set bytes = ${bytes}, failures = 0, reason = null
  where iss = ${iss} and feed = ${feed} and dig = ${dig} and bytes is null
`

export const missBlob = (
  sql: Db,
  { iss, feed, dig, failures }: WantedBlob,
  reason: string,
  due: Date,
) => sql`
  update blobs set failures = ${failures + 1}, reason = ${reason}, due = ${due}
  where iss = ${iss} and feed = ${feed} and dig = ${dig} and bytes is null
`
