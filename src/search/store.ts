import type { Db } from '../hub.ts'
import { type Audience, type ListedRecord, visibleTo } from '../publications/store.ts'
import type { Question } from './question.ts'

/** Up to which position of the log the index has followed; no row before it has begun. */
export const followedUpTo = (sql: Db) => sql<{ position: number }[]>`
  select position from followers where name = 'search'
`

/** A record that the log says has changed: published with its content, or gone. */
export interface Changed {
  iss: string
  feed: string
  rid: string
  ver: number
  content: Buffer | null
}

/** At most so many entries, and contents of so many bytes, in one step: small enough to be done again after a crash. */
const step = { entries: 500, bytes: 4 * 1024 * 1024 } as const

/**
 * What the next entries of the log touched, and what was touched without one, as it stands now; and up to which
 * position that goes.
 */
export const changedAfter = async (sql: Db, after: number) => {
  const [end] = await sql<{ upto: number | null }[]>`
    select max(position) as upto
    from (
      select position, bytes, sum(bytes) over (order by position) as so_far
      from (
        (
          select position, coalesce(octet_length(content), 0) as bytes from entries
          where position > ${after} order by position limit ${step.entries}
        )
        union all
        (
          select position, 0 from touches
          where position > ${after} order by position limit ${step.entries}
        )
        order by position limit ${step.entries}
      ) next
    ) page
    where so_far - bytes < ${step.bytes}
  `
  if (!end?.upto) return undefined
  const records = await sql<Changed[]>`
    select t.iss, t.feed, t.rid, coalesce(r.ver, 0) as ver,
      case when r.teaser is not null then e.content end as content
    from (
      select f.iss, f.feed, x.rid
      from entries x join feeds f on f.id = x.feed_id
      where x.position > ${after} and x.position <= ${end.upto} and x.rid is not null
      union
      select iss, feed, rid from touches where position > ${after} and position <= ${end.upto}
    ) t
    left join records r on r.iss = t.iss and r.feed = t.feed and r.rid = t.rid
    left join entries e on e.feed_id = r.feed_id and e.seq = r.seq
  `
  return { upto: end.upto, records }
}

export interface Document extends Record<'a' | 'b' | 'c' | 'd', string> {
  iss: string
  feed: string
  rid: string
  ver: number
  passages: string
}

/** Takes changed records into the index and others out; false where another follower was quicker. */
export const indexRecords = (
  sql: Db,
  after: number,
  upto: number,
  documents: Document[],
  gone: { iss: string; feed: string; rid: string }[],
) => sql<{ moved: boolean }[]>`
  select index_records(
    ${after}, ${upto}, ${sql.json(documents.map((each) => ({ ...each })))}, ${sql.json(gone)}
  ) as moved
`

export type FoundHit = ListedRecord & { headline: string }
/** A hit, or one row without any; how many there are in all stands in each. */
export type FoundRow = { total: number } & (FoundHit | { rid: null })

/** Marks around a hit in a headline: no content may hold them. */
export const marks = { start: '\u0001', stop: '\u0002' } as const

const headlineOptions = `StartSel=${marks.start}, StopSel=${marks.stop}, MaxWords=32, MinWords=18, MaxFragments=1`

/** Ranking reads every word of a record, and a passage its text: only so many of the newest, and so much of it. */
const most = { ranked: 2_000, passage: 20_000 } as const

export interface SearchInput {
  question: Question
  /** Whether any of the words will do. */
  any: boolean
  audience: Audience
  offset: number
  limit: number
}

/**
 * Records with the words asked for, best first. Only what the audience may see now: a lagging index shows
 * nothing that is gone or replaced.
 */
export const searchRecords = (
  sql: Db,
  { question, any, audience, offset, limit }: SearchInput,
) => sql<FoundRow[]>`
  with query as (
    select search_query(${question.wanted}, ${question.unwanted}, ${any}) as words
  ),
  matches as materialized (
    select r.iss, r.rid, r.feed, r.changed
    from search_documents s
    join records r on r.iss = s.iss and r.rid = s.rid and r.feed = s.feed and r.ver = s.ver
    where s.words @@ (select words from query) and r.teaser is not null and not r.hidden
      and ${visibleTo(sql, audience)}
  ),
  newest as (select * from matches order by changed desc limit ${most.ranked}),
  hits as (
    select n.*, s.passages, ts_rank(s.words, (select words from query), 1) as rank
    from newest n
    join search_documents s on s.iss = n.iss and s.rid = n.rid and s.feed = n.feed
    order by rank desc, n.changed desc, n.iss, n.rid
    offset ${offset} limit ${limit}
  )
  select t.total, r.iss, c.slug, c.name as centre, r.rid, r.kind, r.feed, r.ver,
    r.teaser, r.changed, r.first_published,
    ts_headline(
      'german', left(h.passages, ${most.passage}), (select words from query), ${headlineOptions}
    ) as headline
  from (select count(*) as total from matches) t
  left join hits h on true
  left join records r on r.iss = h.iss and r.rid = h.rid and r.feed = h.feed
  left join centres c on c.entity_id = r.iss
  order by h.rank desc, h.changed desc, h.iss, h.rid
`
