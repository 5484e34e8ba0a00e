/** SQL of filling the index. */
import type { Db } from '../hub.ts'
import type { Analysed, Word } from './analyse.ts'
import { textsOf } from './texts-of.ts'

/** Which index: the one that is asked, or the one that is built beside it. */
export type Index = '' | '_rebuild'

/** Up to which position of the log an index has followed; no row before it has begun. */
export const followedUpTo = (sql: Db, index: Index = '') => sql<{ position: number }[]>`
  select position from followers where name = ${`search${index}`}
`

/** The position of the newest entry of the log. */
export const logEnd = (sql: Db) => sql<{ position: number }[]>`select position from log_end`

/** A record that the log says has changed: published with its content, or gone. */
export interface Changed {
  iss: string
  slug: string | null
  feed: string
  rid: string
  ver: number
  /** Seconds since 1970. */
  changed: number
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
    select t.iss, c.slug, t.feed, t.rid, coalesce(r.ver, 0) as ver, coalesce(r.changed, 0) as changed,
      case when r.teaser is not null then e.content end as content
    from (
      select f.iss, f.feed, x.rid
      from entries x join feeds f on f.id = x.feed_id
      where x.position > ${after} and x.position <= ${end.upto} and x.rid is not null
      union
      select iss, feed, rid from touches where position > ${after} and position <= ${end.upto}
    ) t
    left join centres c on c.entity_id = t.iss
    left join records r on r.iss = t.iss and r.feed = t.feed and r.rid = t.rid
    left join entries e on e.feed_id = r.feed_id and e.seq = r.seq
  `
  return { upto: end.upto, records }
}

/** Which of these words stand in records already, and what they are made of. */
export const knownWords = (sql: Db, index: Index, words: string[]) => sql<
  { word: string; parts: string[] }[]
>`
  select word, to_jsonb(parts) as parts
  from ${sql(`search_words${index}`)} where word = any(${textsOf(sql, words)})
`

export interface Document extends Analysed {
  iss: string
  feed: string
  rid: string
  ver: number
  changed: number
}

export interface IndexStep {
  after: number
  upto: number
  documents: Document[]
  words: Word[]
  gone: { iss: string; feed: string; rid: string }[]
}

/**
 * Takes changed records into an index and others out; false where another follower was quicker, null where somebody
 * else builds one now than `rebuild`.
 */
export const indexRecords = (
  sql: Db,
  { index, rebuild }: Into,
  { after, upto, documents, words, gone }: IndexStep,
  now: number,
) => sql<{ moved: boolean | null }[]>`
  select index_records(
    ${index}, ${rebuild ?? null}, ${after}, ${upto}, ${sql.json(documents.map((each) => ({ ...each })))},
    ${sql.json(words.map((each) => ({ ...each })))}, ${sql.json(gone)}, ${new Date(now)}
  ) as moved
`

/** An index to be filled, and in whose name, if it is built beside. */
export interface Into {
  index: Index
  rebuild?: string
}

/** Begins an index beside the one that is asked; who was building one finds it gone. */
export const beginRebuild = (sql: Db, rebuild: string, now: number) => sql`
  select begin_rebuild(${rebuild}, ${new Date(now)})
`

/** What keeps the new index from being asked: the old one has followed further, or is read for long. */
export type Finished = 'done' | 'behind' | 'read'

/** Null where somebody else builds one now. */
export const finishRebuild = (sql: Db, rebuild: string, now: number) => sql<
  { finished: Finished | null }[]
>`
  select finish_rebuild(${rebuild}, ${new Date(now)}) as finished
`

/** Drops what was left of an index that nobody has come further with since a time. */
export const forgetRebuild = (sql: Db, before: number) => sql`
  select forget_rebuild(${new Date(before)})
`
