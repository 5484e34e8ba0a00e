/** SQL of asking which words stand in records. No word of what only centres may read is told to others. */
import type { Db } from '../hub.ts'
import type { Audience } from '../publications/store.ts'
import { textsOf } from './texts-of.ts'

export interface KnownWord {
  word: string
  stem: string
  parts: string[]
  shown: string
  /** In how many records. */
  documents: number
}

const countFor = (sql: Db, audience: Audience) =>
  audience === 'public' ? sql`public` : sql`documents`

/** The words of a list that stand in records. */
export const wordsIn = (sql: Db, audience: Audience, words: string[]) => sql<KnownWord[]>`
  select word, stem, to_jsonb(parts) as parts, shown, ${countFor(sql, audience)} as documents
  from search_words
  where word = any(${textsOf(sql, words)}) and ${countFor(sql, audience)} > 0
`

export interface StemCount {
  stem: string
  /** In how many records it stands as a word, and as part of a compound; what holds two of its words counts twice. */
  own: number
  part: number
}

export const countStems = (sql: Db, audience: Audience, stems: string[]) => sql<StemCount[]>`
  select stem,
    (select coalesce(sum(${countFor(sql, audience)}), 0)::int from search_words w where w.stem = s.stem) as own,
    (select coalesce(sum(${countFor(sql, audience)}), 0)::int from search_words w
      where w.parts @> array[s.stem]) as part
  from unnest(${textsOf(sql, stems)}) s (stem)
`

/** So many words that begin alike are looked for. */
const mostBegun = 20

/** The most frequent words that begin so. */
export const wordsBegun = (sql: Db, audience: Audience, prefix: string) => sql<KnownWord[]>`
  select word, stem, to_jsonb(parts) as parts, shown, ${countFor(sql, audience)} as documents
  from search_words
  where word >= ${prefix} and word < ${`${prefix}\u{10ffff}`} and ${countFor(sql, audience)} > 0
  order by ${countFor(sql, audience)} desc, word
  limit ${mostBegun}
`

/** So many words with another one in them are looked at. */
const mostWith = 50

/** The most frequent longer words that a word stands in. */
export const wordsWith = (sql: Db, audience: Audience, word: string) => sql<KnownWord[]>`
  select word, stem, to_jsonb(parts) as parts, shown, ${countFor(sql, audience)} as documents
  from search_words
  where word like ${`%${word}%`} and word <> ${word} and ${countFor(sql, audience)} > 0
  order by ${countFor(sql, audience)} desc, word
  limit ${mostWith}
`

export interface SimilarWord {
  word: string
  shown: string
  documents: number
}

export const wordsLike = (sql: Db, audience: Audience, word: string) => sql<SimilarWord[]>`
  select word, shown, ${countFor(sql, audience)} as documents
  from similar_words(${word}) where ${countFor(sql, audience)} > 0
`

/** How many records there are, and how many words each has on average. */
export const totals = (sql: Db, audience: Audience) => sql<
  { documents: number; average_length: number }[]
>`
  select coalesce(sum(documents), 0)::int as documents,
    (coalesce(sum(length), 0) / greatest(sum(documents), 1))::float as average_length
  from search_totals
  where ${audience === 'public' ? sql`feed = 'public'` : sql`true`}
`
