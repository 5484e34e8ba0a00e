/** SQL of searches that people keep. */
import type { Db } from '../hub.ts'
import { documentsMatching, has, isCurrent } from './documents.ts'
import type { Wanted } from './engine.ts'
import { wholeMatch } from './postgres.ts'
import type { SavedInput, SavedSearch } from './saved.ts'

/** A record, whichever of its versions. */
export interface Key {
  iss: string
  rid: string
}

/** A record in one of its versions. */
export type VersionKey = Key & { ver: number }

// -- what a search finds ---------------------------------------------------------

/** Records that match, at most so many. */
export const recordsMatching = (sql: Db, wanted: Wanted, limit: number) => sql<VersionKey[]>`
  select d.iss, d.rid, d.ver
  from ${documentsMatching(sql, 'd.words', { ...wanted, match: wholeMatch(wanted) })}
    and ${isCurrent(sql, wanted.audience)}
  limit ${limit}
`

/** Which of these records match. */
export const matchingAmong = (sql: Db, wanted: Wanted, keys: Key[]) => sql<VersionKey[]>`
  select distinct on (d.iss, d.rid) d.iss, d.rid, d.ver
  from jsonb_to_recordset(${sql.json(keys.map((key) => ({ ...key })))}) as k (iss text, rid uuid)
  join search_documents d on d.iss = k.iss and d.rid = k.rid
  where ${has(sql, 'd.words', wholeMatch(wanted))} and ${isCurrent(sql, wanted.audience)}
  order by d.iss, d.rid, d.ver desc
`

// -- keeping ---------------------------------------------------------------------

/**
 * Keeps a search with what it found when the index stood at a position. False where somebody has followed further
 * meanwhile; null where she has too many.
 */
export const saveSearch = (
  sql: Db,
  search: SavedSearch,
  found: { hits: VersionKey[]; position: number; most: number },
  now: number,
) => sql<{ saved: boolean | null }[]>`
  select save_search(
    ${sql.json({ ...search })}, ${sql.json(found.hits.map((hit) => ({ ...hit })))}, ${found.position},
    ${found.most}, ${new Date(now)}
  ) as saved
`

export type ListedSearch = SavedSearch & {
  /** What she was told and has not seen yet. */
  news: number
}

/** What a person keeps, the newest first; or one of it. */
export const savedSearchesOf = (sql: Db, person: string, id: string | null = null) => sql<
  ListedSearch[]
>`
  select s.id, s.person, s.name, s.query, s.rhythm, s.message,
    (select count(*)::int from saved_news n where n.search = s.id and n.told_at is not null) as news
  from saved_searches s
  where s.person = ${person} and ${id === null ? sql`true` : sql`s.id = ${id}`}
  order by s.made_at desc, s.id
`

export const changeSearch = (
  sql: Db,
  person: string,
  id: string,
  { name, rhythm, message }: SavedInput,
) => sql<{ id: string }[]>`
  update saved_searches set name = ${name}, rhythm = ${rhythm}, message = ${message}
  where id = ${id} and person = ${person} returning id
`

export const dropSearch = (sql: Db, person: string, id: string) => sql<{ id: string }[]>`
  delete from saved_searches where id = ${id} and person = ${person} returning id
`

// -- news ------------------------------------------------------------------------

export interface News extends Key {
  what: 'new' | 'changed' | 'gone'
  noted_at: Date
  slug: string
  /** Name of the centre. */
  centre: string
  kind: string
  feed: string
}

/** What she was told and has not seen, the newest first. */
export const newsOf = (sql: Db, search: string) => sql<News[]>`
  select distinct on (n.noted_at, n.iss, n.rid)
    n.iss, n.rid, n.what, n.noted_at, c.slug, c.name as centre, r.kind, r.feed
  from saved_news n
  join records r on r.iss = n.iss and r.rid = n.rid
  join centres c on c.entity_id = n.iss
  where n.search = ${search} and n.told_at is not null
  order by n.noted_at desc, n.iss, n.rid, r.ver desc
`

/** What was told up to a time has been seen. */
export const seeNews = (sql: Db, person: string, id: string, upto: number) => sql`
  delete from saved_news n using saved_searches s
  where s.id = n.search and s.id = ${id} and s.person = ${person} and n.told_at <= ${new Date(upto)}
`

// -- following -------------------------------------------------------------------

/** How far those who keep searches have followed, and how far they can: the index says what matches. */
export const savedAt = (sql: Db) => sql<{ position: number; end: number }[]>`
  select f.position, s.position as end
  from followers f, followers s where f.name = 'saved_searches' and s.name = 'search'
`

/** What the log touched between two positions. */
export const touchedBetween = (sql: Db, after: number, upto: number) => sql<Key[]>`
  select f.iss, x.rid
  from entries x join feeds f on f.id = x.feed_id
  where x.position > ${after} and x.position <= ${upto} and x.rid is not null
  union
  select iss, rid from touches where position > ${after} and position <= ${upto}
`

/** Every search that somebody keeps. */
export const savedSearches = (sql: Db) => sql<Pick<SavedSearch, 'id' | 'query'>[]>`
  select id, query from saved_searches order by id
`

export interface SavedStep {
  after: number
  upto: number
  touched: Key[]
  /** Which searches were looked at, and which of the records they find. */
  searches: string[]
  hits: (VersionKey & { search: string })[]
}

/** Notes what a step of the log means for searches; false where another follower was quicker. */
export const noteSavedNews = (sql: Db, step: SavedStep, now: number) => sql<{ noted: boolean }[]>`
  select note_saved_news(
    ${step.after}, ${step.upto}, ${sql.json(step.touched.map((key) => ({ ...key })))},
    ${sql.json(step.searches)}, ${sql.json(step.hits.map((hit) => ({ ...hit })))}, ${new Date(now)}
  ) as noted
`

/** Tells everybody what is due; `path` is where the page of a search begins. Answers how many messages that made. */
export const tellSavedNews = (
  sql: Db,
  { subject, text, path }: { subject: string; text: string; path: string },
  now: number,
) => sql<{ told: number }[]>`
  select tell_saved_news(${subject}, ${text}, ${path}, ${new Date(now)}) as told
`
