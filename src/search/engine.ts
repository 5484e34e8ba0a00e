/** What a search engine does for us: candidates and counts. Understanding, order and passages are ours. */
import type { Audience } from '../publications/store.ts'
import type { Filters } from './facets.ts'
import type { Match } from './match.ts'
import type { Candidate } from './rank.ts'

export interface Wanted {
  /** What a hit must have, apart from the filters. */
  match: Match
  /** Lexemes that count for the order. */
  lexemes: string[]
  filters: Filters
  audience: Audience
  /** How many there may be at most, as far as that is known. */
  expected?: number
}

export interface Found {
  candidates: Candidate[]
  /** How many there are; undefined where nobody counted so far. */
  total: number | undefined
}

export interface Counts {
  total: number
  /** Whether there may be more: then facets and total are those of so many hits only. */
  capped: boolean
  /** How many hits have each facet: of the others, if the results are narrowed by it. */
  facets: { [term: string]: number }
}

export interface Engine {
  /** The most promising hits, at most `limits.ranked`, in no order; every one may be seen. */
  find(wanted: Wanted): Promise<Found>
  /** Hits in the order of their change, newest first: a page of them. */
  newest(wanted: Wanted, offset: number, limit: number): Promise<Candidate[]>
  count(wanted: Wanted): Promise<Counts>
}

export const limits = {
  /** Candidates that an engine looks at. */
  candidates: 2_000,
  /** Of these, so many are looked at as a whole; the others by title and summary. */
  read: 800,
  /** Of these, so many are ranked in the end; further hits are counted, not shown. */
  ranked: 200,
  /** Records with all words of a phrase that are looked at for their order. */
  ordered: 2_000,
  /** Hits that are counted. */
  counted: 10_000,
} as const
