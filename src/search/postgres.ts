/** The engine on PostgreSQL. */
import type { Db } from '../hub.ts'
import { type Audience, visibleTo } from '../publications/store.ts'
import { type Counts, type Engine, type Found, limits, type Wanted } from './engine.ts'
import { type FacetName, type Filters, facetNames, facetTerm } from './facets.ts'
import { all, any, asTsquery, hasPhrase, lexeme, type Match, withoutOrder } from './match.ts'
import type { Candidate } from './rank.ts'
import { textsOf } from './texts-of.ts'

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

/** For ts_rank, from D to A. */
const fieldWeights = '{0.15, 0.25, 0.45, 1}'

/** Where to look: for phrases of very common words, among so many only of the records that have all of the words. */
const documentsFor = (sql: Db, match: Match) =>
  hasPhrase(match)
    ? sql`(
        select * from search_documents
        where words @@ ${asTsquery(withoutOrder(match))}::tsquery limit ${limits.ordered}
      )`
    : sql`search_documents`

/**
 * Candidates with the words in title or summary come first; those that PostgreSQL's own rank puts on top are handed
 * on with what they have of each lexeme. Only what may be seen now: a lagging index shows nothing that is gone.
 */
const find = async (sql: Db, wanted: Wanted): Promise<Found> => {
  const whole = wholeMatch(wanted)
  const documents = documentsFor(sql, whole)
  const match = asTsquery(whole)
  const weighed = asTsquery(any(wanted.lexemes.map(lexeme)))
  const rows = await sql<(Candidate & { seen: number })[]>`
    with head as materialized (
      select id, ts_rank(${fieldWeights}, words, ${weighed}::tsquery, 1) as rank
      from ${documents} d
      where head @@ ${match}::tsquery and words @@ ${match}::tsquery
      limit ${limits.candidates}
    ),
    rest as materialized (
      select id, ts_rank(${fieldWeights}, words, ${weighed}::tsquery, 1) as rank
      from ${documents} d
      where words @@ ${match}::tsquery and not head @@ ${match}::tsquery
      limit (select ${limits.candidates} - count(*) from head)
    ),
    best as materialized (
      select s.*
      from (
        select id from (select * from head union all select * from rest) every
        order by rank desc, id limit ${limits.ranked}
      ) top
      join search_documents s on s.id = top.id
      join records r on r.iss = s.iss and r.rid = s.rid and r.feed = s.feed and r.ver = s.ver
      where r.teaser is not null and not r.hidden and ${visibleTo(sql, wanted.audience)}
    )
    select t.seen, s.iss, s.rid, s.feed, s.changed, s.length, ${foundIn(sql, wanted.lexemes)}
    from (select (select count(*) from head) + (select count(*) from rest) as seen) t
    left join best s on true
  `
  const candidates = rows.filter(({ rid }) => rid !== null)
  const seen = rows[0]?.seen ?? 0
  if (seen <= limits.ranked) return { candidates, total: candidates.length }
  return { candidates, total: seen < limits.candidates ? seen : undefined }
}

/** What a document has of the lexemes looked for; `s` is its row. */
const foundIn = (sql: Db, lexemes: string[]) => sql`(
  select coalesce(jsonb_object_agg(u.lexeme, coalesce(array_to_string(u.weights, ''), '')), '{}')
  from unnest(s.words) u where u.lexeme = any(${textsOf(sql, lexemes)})
) as found`

const newest = (sql: Db, wanted: Wanted, offset: number, limit: number) => {
  const match = asTsquery(wholeMatch(wanted))
  return sql<Candidate[]>`
    select s.iss, s.rid, s.feed, s.changed, s.length, ${foundIn(sql, wanted.lexemes)}
    from search_documents s
    join records r on r.iss = s.iss and r.rid = s.rid and r.feed = s.feed and r.ver = s.ver
    where ${match === '' ? sql`true` : sql`s.words @@ ${match}::tsquery`}
      and r.teaser is not null and not r.hidden and ${visibleTo(sql, wanted.audience)}
    order by s.changed desc, s.id
    offset ${offset} limit ${limit}
  `
}

/**
 * Candidates that somebody else has found: only those that the index has so, and that may be seen, the most
 * promising first.
 */
export const weighKeys = (
  sql: Db,
  wanted: Wanted,
  keys: { iss: string; rid: string; feed: string }[],
) => {
  const match = asTsquery(wholeMatch(wanted))
  const weighed = asTsquery(any(wanted.lexemes.map(lexeme)))
  return sql<Candidate[]>`
    select s.iss, s.rid, s.feed, s.changed, s.length, ${foundIn(sql, wanted.lexemes)}
    from (
      select d.id
      from jsonb_to_recordset(${sql.json(keys)}) as k (iss text, rid uuid, feed text)
      join search_documents d on d.iss = k.iss and d.rid = k.rid and d.feed = k.feed
      join records r on r.iss = d.iss and r.rid = d.rid and r.feed = d.feed and r.ver = d.ver
      where ${match === '' ? sql`true` : sql`d.words @@ ${match}::tsquery`}
        and r.teaser is not null and not r.hidden and ${visibleTo(sql, wanted.audience)}
      order by ts_rank(${fieldWeights}, d.words, ${weighed}::tsquery, 1) desc, d.changed desc, d.id
      limit ${limits.ranked}
    ) best
    join search_documents s on s.id = best.id
  `
}

const count = async (sql: Db, wanted: Wanted): Promise<Counts> => {
  const filters = chosen(wanted.filters)
  const match = looseMatch(wanted)
  const loose = asTsquery(match)
  const rows = await sql<{ facet: string | null; hits: number; looked: number }[]>`
    with looked as materialized (
      select facets, (
        select array_agg(f.name) from jsonb_to_recordset(${sql.json(filters)}) as f (name text, term text)
        where not s.facets @> array[f.term]
      ) as missed
      from ${documentsFor(sql, match)} s
      where ${loose === '' ? sql`true` : sql`words @@ ${loose}::tsquery`}
      limit ${limits.counted + 1}
    )
    select null as facet, count(*) filter (where missed is null)::int as hits, count(*)::int as looked
    from looked
    union all
    select facet, count(*)::int, 0
    from looked, unnest(facets) facet
    where missed is null or (cardinality(missed) = 1 and starts_with(facet, missed[1] || '='))
    group by facet
  `
  const total = rows.find(({ facet }) => facet === null)
  const facets = Object.fromEntries(
    rows.flatMap(({ facet, hits }) => (facet === null ? [] : [[facet, hits]])),
  )
  return { total: total?.hits ?? 0, capped: (total?.looked ?? 0) > limits.counted, facets }
}

export type { FacetName }
