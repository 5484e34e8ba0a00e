/** A search that somebody keeps, to be told what comes, changes and goes in it. */
import { z } from 'zod'
import { WellFormedText } from '../signing/json.ts'
import { SearchQuery, searchPath } from './query.ts'

/** When she is told, in the order in which it is offered. */
export const rhythms = [
  { id: 'at-once', label: 'Sofort' },
  { id: 'daily', label: 'Täglich', hint: 'morgens um sechs' },
  { id: 'weekly', label: 'Wöchentlich', hint: 'montags um sechs' },
] as const
export const Rhythm = z.enum(
  rhythms.map(({ id }) => id),
  'Wählen Sie, wann Sie Neues erfahren möchten.',
)
export type Rhythm = z.infer<typeof Rhythm>

export const SavedInput = z.strictObject({
  name: WellFormedText.trim()
    .min(1, 'Geben Sie der Suche einen Namen.')
    .max(120, 'Der Name ist zu lang: höchstens 120 Zeichen.'),
  rhythm: Rhythm,
  /** A ticked box; absent where she only wants to see it on her start page. */
  message: z
    .literal('yes')
    .optional()
    .transform((ticked) => ticked === 'yes'),
})
export type SavedInput = z.output<typeof SavedInput>

export interface SavedSearch extends SavedInput {
  id: string
  person: string
  /** Members of the search's address, without `?`; order and page are not part of it. */
  query: string
}

/** What of a search is kept: what is looked for, in one order of its members. */
export const keptOf = (query: SearchQuery) =>
  searchPath({ ...query, sort: 'relevance', after: 0 }, '').slice(1)

/** The search that was kept; undefined where it asks for what has no meaning any more. */
export const searchIn = (kept: string) =>
  SearchQuery.safeParse(Object.fromEntries(new URLSearchParams(kept))).data

/** Searches of one person, and hits of each: so many can be followed; and so many news are shown at a time. */
export const most = { searches: 50, hits: 10_000, shown: 100 } as const
