/** SQL of searches that people keep. */
import type { Db } from '../hub.ts'
import { documentsMatching, has, isCurrent } from './documents.ts'
import type { Wanted } from './engine.ts'
import type { Match } from './match.ts'
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

/** A record that a search finds; it enters by what the list of hits has, and may stay by less. */
export type KeptHit = VersionKey & { enters: boolean }

/** Which of these records match, or may stay. */
export const matchingAmong = (sql: Db, wanted: Wanted, stays: Match | undefined, keys: Key[]) => {
  const enters = has(sql, 'd.words', wholeMatch(wanted))
  const suffices = stays ? has(sql, 'd.words', wholeMatch({ ...wanted, match: stays })) : sql`false`
  return sql<KeptHit[]>`
    select distinct on (d.iss, d.rid) d.iss, d.rid, d.ver, ${enters} as enters
    from jsonb_to_recordset(${sql.json(keys.map((key) => ({ ...key })))}) as k (iss text, rid uuid)
    join search_documents d on d.iss = k.iss and d.rid = k.rid
    where (${enters} or ${suffices}) and ${isCurrent(sql, wanted.audience)}
    order by d.iss, d.rid, d.ver desc
  `
}

// -- keeping ---------------------------------------------------------------------

/**
 * Keeps a search with what it found when the index stood at a position: not where somebody has followed further
 * meanwhile, where she has too many, or keeps the same.
 */
export const saveSearch = (
  sql: Db,
  search: SavedSearch & { reading: string },
  found: { hits: VersionKey[]; position: number; most: number },
  now: number,
) => sql<{ saved: 'saved' | 'behind' | 'too-many' | 'known' }[]>`
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
  /** Null where nothing is known of the record any more. */
  kind: string | null
  feed: string | null
}

/** What she was told and has not seen, the newest first, at most so many. */
export const newsOf = (sql: Db, search: string, limit: number) => sql<News[]>`
  select distinct on (n.noted_at, n.iss, n.rid)
    n.iss, n.rid, n.what, n.noted_at, c.slug, c.name as centre, r.kind, r.feed
  from (
    select * from saved_news
    where search = ${search} and told_at is not null
    order by noted_at desc, iss, rid limit ${limit}
  ) n
  join centres c on c.entity_id = n.iss
  left join records r on r.iss = n.iss and r.rid = n.rid
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

/** What somebody looks for, with how it was understood last. */
export interface FollowedSearch {
  id: string
  query: string
  reading: string
}

/** Every search that somebody keeps, those alike one after the other. */
export const savedSearches = (sql: Db) => sql<FollowedSearch[]>`
  select id, query, reading from saved_searches order by query, id
`

export interface SavedStep {
  after: number
  upto: number
  touched: Key[]
  /** Which searches were looked at, and which of the records they find. */
  searches: string[]
  hits: (KeptHit & { search: string })[]
  /** Those that are understood otherwise than before, and all that they find now. */
  anew: { search: string; reading: string; hits: VersionKey[] }[]
}

/** Notes what a step of the log means for searches; false where another follower was quicker. */
export const noteSavedNews = (sql: Db, step: SavedStep, now: number) => sql<{ noted: boolean }[]>`
  select note_saved_news(
    ${step.after}, ${step.upto}, ${sql.json(step.touched.map((key) => ({ ...key })))},
    ${sql.json(step.searches)}, ${sql.json(step.hits.map((hit) => ({ ...hit })))},
    ${sql.json(step.anew.map(({ hits, ...one }) => ({ ...one, hits: hits.map((hit) => ({ ...hit })) })))},
    ${new Date(now)}
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
