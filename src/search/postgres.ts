/** The engine on PostgreSQL. */
import type { Db } from '../hub.ts'
import type { Audience } from '../publications/store.ts'
import { documentsMatching, documentsWith, foundIn, has, isCurrent, promise } from './documents.ts'
import { type Counts, type Engine, type Found, limits, type Wanted } from './engine.ts'
import { type Filters, facetNames, facetTerm } from './facets.ts'
import { all, any, hasNot, hasPhrase, lexeme, type Match } from './match.ts'
import { readVector } from './place.ts'
import type { Candidate } from './rank.ts'

export const postgresEngine = (sql: Db): Engine => ({
  find: (wanted) => find(sql, wanted),
  newest: (wanted, offset, limit) => newest(sql, wanted, offset, limit),
  count: (wanted) => count(sql, wanted),
})

/** Filters in use, as terms of the index. */
export const chosen = (filters: Filters) =>
  facetNames.flatMap((name) => {
    const value = filters[name]
    return value === undefined ? [] : [{ name, term: facetTerm(name, value) }]
  })

export const openTo = (audience: Audience): Match[] =>
  audience === 'public' ? [lexeme('feed=public')] : []

/** What a hit must have, filters and audience included. */
export const wholeMatch = ({ match, filters, audience }: Wanted): Match =>
  all([match, ...chosen(filters).map(({ term }) => lexeme(term)), ...openTo(audience)])

/** The same, but one of the filters may be missed: what else one could narrow to. */
const looseMatch = ({ match, filters, audience }: Wanted): Match => {
  const terms = chosen(filters).map(({ term }) => lexeme(term))
  const butOne = terms.map((_, n) => terms.filter((__, other) => other !== n))
  const loose = terms.length > 1 ? [any(butOne.map(all))] : []
  return all([match, ...loose, ...openTo(audience)])
}

/**
 * Candidates with the words in title or summary come first, the others if these are few; those that promise most are
 * handed on with what they have of each lexeme. Only what may be seen now: a lagging index shows nothing that is gone.
 */
const find = async (sql: Db, wanted: Wanted): Promise<Found> => {
  const match = wholeMatch(wanted)
  const sought = { ...wanted, match }
  const weighed = any(wanted.lexemes.map(lexeme))
  const rows = await sql<(Row & { complete: boolean })[]>`
    with head as materialized (
      select d.id, ${promise(sql, 'd.head', weighed)} as rank
      from ${documentsMatching(sql, 'd.head', sought)} and ${hasNot(match) ? has(sql, 'd.words', match) : sql`true`}
      limit ${limits.candidates}
    ),
    other as materialized (
      select d.id, ${promise(sql, 'd.words', weighed)} as rank
      from ${documentsMatching(sql, 'd.words', sought)} and not ${has(sql, 'd.head', match)}
      limit (select greatest(0, ${limits.read} - count(*)) from head)
    ),
    every as materialized (select * from head union all select * from other),
    best as materialized (
      select d.*
      from (select id from every order by rank desc, id desc limit ${limits.ranked}) top
      join search_documents d on d.id = top.id
      where ${isCurrent(sql, wanted.audience)}
    )
    select t.complete, d.iss, d.rid, d.feed, d.changed, d.length, ${foundIn(sql, wanted.lexemes)}
    from (select count(*) < ${limits.read} as complete from every) t
    left join best d on true
  `
  const candidates = rows.filter(({ rid }) => rid !== null).map(asCandidate)
  const isAll = rows[0]?.complete && candidates.length < limits.ranked
  return { candidates, total: isAll ? candidates.length : undefined }
}

/** A candidate as PostgreSQL tells it: what it has of the lexemes is a `tsvector`. */
type Row = Omit<Candidate, 'found'> & { found: string }

const asCandidate = (row: Row): Candidate => ({ ...row, found: readVector(row.found) })

/** So many of the last changes are looked through, before everything is that matches. */
const lastChanges = 1_000

/** What many documents have is soon found among the last changes; what few have is soon put in order. */
const newest = async (sql: Db, wanted: Wanted, offset: number, limit: number) => {
  const match = wholeMatch(wanted)
  const sought = { ...wanted, match }
  const enough = offset + limit
  const seen = isCurrent(sql, wanted.audience)
  const rows = await sql<Row[]>`
    with late as materialized (
      select d.id
      from (select * from search_documents order by changed desc, id limit ${lastChanges}) d
      where ${has(sql, 'd.words', match)} and ${seen}
      limit ${enough}
    ),
    every as materialized (
      select d.id
      from (
        select d.* from ${documentsMatching(sql, 'd.words', sought)} order by d.changed desc, d.id offset 0
      ) d
      where ${seen}
      limit (select case when count(*) < ${enough} then ${enough} else 0 end from late)
    )
    select d.iss, d.rid, d.feed, d.changed, d.length, ${foundIn(sql, wanted.lexemes)}
    from search_documents d
    where d.id in (
      select id from every union all select id from late where (select count(*) from late) = ${enough}
    )
    order by d.changed desc, d.id
    offset ${offset} limit ${limit}
  `
  return rows.map(asCandidate)
}

/**
 * Candidates that somebody else has found: only those that the index has so, and that may be seen, the most
 * promising first, at most `limit`.
 */
export const weighKeys = async (
  sql: Db,
  wanted: Wanted,
  keys: { iss: string; rid: string; feed: string }[],
  limit: number = limits.ranked,
) => {
  const weighed = any(wanted.lexemes.map(lexeme))
  const rows = await sql<Row[]>`
    select d.iss, d.rid, d.feed, d.changed, d.length, ${foundIn(sql, wanted.lexemes)}
    from (
      select d.*
      from jsonb_to_recordset(${sql.json(keys)}) as k (iss text, rid uuid, feed text)
      join search_documents d on d.iss = k.iss and d.rid = k.rid and d.feed = k.feed
      where ${has(sql, 'd.words', wholeMatch(wanted))} and ${isCurrent(sql, wanted.audience)}
      order by ${promise(sql, 'd.words', weighed)} desc, d.changed desc, d.id
      limit ${limit}
    ) d
  `
  return rows.map(asCandidate)
}

/** Of the documents that match, or miss one of the filters, so many at most: how many have which facet. */
const count = async (sql: Db, wanted: Wanted): Promise<Counts> => {
  const match = looseMatch(wanted)
  const most = hasPhrase(match) ? limits.ordered : limits.counted
  const fits = hasPhrase(match) ? has(sql, 'd.words', match) : sql`true`
  const rows = await sql<{ facet: string | null; hits: number; looked: number }[]>`
    with looked as materialized (
      select d.facets, ${missedBy(sql, wanted.filters)} as missed, ${fits} as fits
      from ${documentsWith(sql, 'd.words', { ...wanted, match })}
      limit ${most + 1}
    ),
    counted as (
      select unnest(facets) as facet, missed[1] as missed
      from looked where fits and cardinality(missed) < 2
    )
    select null as facet, count(*) filter (where fits and missed = '{}')::int as hits, count(*)::int as looked
    from looked
    union all
    select facet, count(*)::int, 0
    from counted
    where missed is null or starts_with(facet, missed || '=')
    group by facet
  `
  const total = rows.find(({ facet }) => facet === null)
  const facets = Object.fromEntries(
    rows.flatMap(({ facet, hits }) => (facet === null ? [] : [[facet, hits]])),
  )
  return {
    total: Math.min(total?.hits ?? 0, most),
    capped: (total?.looked ?? 0) > most,
    facets,
  }
}

/** Which of the filters in use a document `d` misses. */
const missedBy = (sql: Db, filters: Filters) => {
  const misses = chosen(filters).map(
    ({ name, term }) => sql`case when d.facets @> array[${term}] then null else ${name} end`,
  )
  const list = misses.reduce((before, miss) => sql`${before}, ${miss}`, sql`null::text`)
  return sql`array_remove(array[${list}], null)`
}
