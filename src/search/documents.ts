/** SQL fragments of reading the index: which documents match, what they have of it, and whether they may be seen. */
import type { Db } from '../hub.ts'
import { type Audience, visibleTo } from '../publications/store.ts'
import { limits, type Wanted } from './engine.ts'
import { asTsquery, hasPhrase, type Match, withoutOrder } from './match.ts'
import { textsOf } from './texts-of.ts'

/** Title and summary, or the whole record. */
type Vector = 'd.head' | 'd.words'

/** What documents must have, and how many there may be. */
type Sought = Pick<Wanted, 'match' | 'expected'>

/** Whether a vector has what is wanted. Nothing wanted is had by all. */
export const has = (sql: Db, vector: Vector, match: Match) => {
  const query = asTsquery(match)
  return query === '' ? sql`true` : sql`${sql(vector)} @@ ${query}::tsquery`
}

/** What may be matched by more is looked for block by block. What is rarer is found faster at once. */
const manyAre = 10_000

/**
 * Documents `d` that match; of many the last blocks first, each read only if those before had too few. Whether words
 * stand in a row no index knows: that is left to whoever reads the documents. `offset 0` keeps the planner from
 * reading all blocks at once.
 */
export const documentsWith = (
  sql: Db,
  vector: Vector,
  { match, expected = Number.POSITIVE_INFINITY }: Sought,
) => {
  const matches = has(sql, vector, hasPhrase(match) ? withoutOrder(match) : match)
  if (expected <= manyAre)
    return sql`(select * from search_documents d where ${matches} offset 0) d`
  return sql`
    generate_series(coalesce((search_block((select max(id) from search_documents)))[1], 0), 0, -1) b (n)
    cross join lateral (
      select * from search_documents d where ${matches} and search_block(d.id) @> array[b.n] offset 0
    ) d
  `
}

/** The same with words in their order: of documents that have the words, not too many are read for it. */
export const documentsMatching = (sql: Db, vector: Vector, sought: Sought) =>
  hasPhrase(sought.match)
    ? sql`(
        select d.* from ${documentsWith(sql, vector, sought)} limit ${limits.ordered}
      ) d where ${has(sql, vector, sought.match)}`
    : sql`${documentsWith(sql, vector, sought)} where true`

/** Whether the index has a document `d` as it stands, and as this audience may see it now. */
export const isCurrent = (sql: Db, audience: Audience) => sql`
  exists (
    select from records r
    where r.iss = d.iss and r.rid = d.rid and r.feed = d.feed and r.ver = d.ver
      and r.teaser is not null and not r.hidden and ${visibleTo(sql, audience)}
    offset 0
  )
`

/** For ts_rank, from D to A. */
const fieldWeights = '{0.15, 0.25, 0.45, 1}'

/** PostgreSQL's own opinion of how well a document `d` has some lexemes. */
export const promise = (sql: Db, vector: Vector, lexemes: Match) => sql`
  ts_rank(${fieldWeights}, ${sql(vector)}, ${asTsquery(lexemes)}::tsquery, 1)
`

/** What a document `d` has of the lexemes looked for: taking apart the little that is left when all others are gone. */
export const foundIn = (sql: Db, lexemes: string[]) => {
  const wanted = textsOf(sql, lexemes)
  return sql`ts_delete(d.words, tsvector_to_array(ts_delete(d.words, ${wanted})))::text as found`
}
