import type { Db } from '../hub.ts'
import type { Audience, ListedRecord } from '../publications/store.ts'
import type { Question } from './question.ts'

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

/** What the next entries of the log touched, as it stands now, and up to which position that goes. */
export const changedAfter = async (sql: Db, after: number, limit: number) => {
  const [end] = await sql<{ upto: number | null }[]>`
    select max(position) as upto from (
      select position from entries where position > ${after} order by position limit ${limit}
    ) page
  `
  if (!end?.upto) return undefined
  const records = await sql<Changed[]>`
    select r.iss, r.feed, r.rid, r.ver, case when r.teaser is not null then e.content end as content
    from (
      select distinct f.iss, f.feed, x.rid
      from entries x join feeds f on f.id = x.feed_id
      where x.position > ${after} and x.position <= ${end.upto} and x.rid is not null
    ) touched
    join records r on r.iss = touched.iss and r.feed = touched.feed and r.rid = touched.rid
    join entries e on e.feed_id = r.feed_id and e.seq = r.seq
  `
  return { upto: end.upto, records }
}

export interface Document extends Record<'a' | 'b' | 'c' | 'd', string> {
  iss: string
  feed: string
  rid: string
  ver: number
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

export type FoundHit = ListedRecord & { headline: string; total: number }

/** Marks around a hit in a headline: no content may hold them. */
export const marks = { start: '\u0001', stop: '\u0002' } as const

const headlineOptions = `StartSel=${marks.start}, StopSel=${marks.stop}, MaxWords=32, MinWords=18, MaxFragments=1`

/**
 * Records with every word asked for, or where there are none with any of them; best first. Only what the
 * audience may see now: a lagging index shows nothing that is gone or replaced.
 */
export const searchRecords = (
  sql: Db,
  query: { question: Question; audience: Audience; offset: number; limit: number },
) => sql<FoundHit[]>`
  with asked as (
    select websearch_to_tsquery('german', ${query.question.text})
        || websearch_to_tsquery('simple', ${query.question.text}) as with_all,
      case when ${query.question.unwanted} = '' then any_word(${query.question.wanted})
        else any_word(${query.question.wanted}) && !!any_word(${query.question.unwanted})
      end as with_any
  ),
  visible as (
    select s.*, r.kind, r.teaser, r.changed, r.first_published
    from search_documents s
    join records r on r.iss = s.iss and r.rid = s.rid and r.feed = s.feed and r.ver = s.ver
    where r.teaser is not null and ${
      query.audience === 'public'
        ? sql`r.feed = 'public'`
        : sql`not exists (
            select from records o
            where o.iss = r.iss and o.rid = r.rid and o.feed <> r.feed and o.ver > r.ver
          )`
    }
  ),
  query as (
    select case
      when exists (select from visible v where v.words @@ with_all) then with_all else with_any
    end as words
    from asked
  ),
  hits as (
    select v.*, query.words as query, ts_rank(v.words, query.words, 1) as rank, count(*) over () as total
    from visible v, query
    where v.words @@ query.words
    order by rank desc, v.changed desc, v.iss, v.rid
    offset ${query.offset} limit ${query.limit}
  )
  select h.iss, c.slug, c.name as centre, h.rid, h.kind, h.feed, h.ver,
    h.teaser, h.changed, h.first_published, h.total,
    ts_headline('german', h.body, h.query, ${headlineOptions}) as headline
  from hits h join centres c on c.entity_id = h.iss
  order by h.rank desc, h.changed desc, h.iss, h.rid
`
