/** What any full-text search on PostgreSQL gives without further ado: any of the words, `ts_rank(…, 1)`. */
import type { Db } from '../../../src/hub.ts'
import { type Record, searchText } from '../../../src/publications/record.ts'
import type { JudgedRecord } from './corpus.ts'
import type { Searcher } from './suite.ts'

export const openBaseline = async (
  sql: Db,
  records: Map<string, JudgedRecord>,
): Promise<Searcher> => {
  await sql`create table baseline (rid uuid primary key, words tsvector not null)`
  const rows = [...records].map(([rid, { input }]) => ({
    rid,
    ...searchText(input as unknown as Record),
  }))
  await sql`
    insert into baseline (rid, words)
    select r.rid,
      setweight(to_tsvector('german', r."A"), 'A') || setweight(to_tsvector('german', r."B"), 'B')
        || setweight(to_tsvector('german', r."C"), 'C') || setweight(to_tsvector('german', r."D"), 'D')
    from jsonb_to_recordset(${sql.json(rows)}) as r (rid uuid, "A" text, "B" text, "C" text, "D" text)
  `
  return async (q) => {
    const hits = await sql<{ rid: string }[]>`
      with asked as (
        select replace(plainto_tsquery('german', ${q})::text, '&', '|')::tsquery as words
      )
      select rid from baseline, asked where baseline.words @@ asked.words
      order by ts_rank(baseline.words, asked.words, 1) desc, rid limit 20
    `
    return hits.map(({ rid }) => rid)
  }
}
