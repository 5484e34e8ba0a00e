/** What may be asked of the search, as the page and the interface take it. */
import { z } from 'zod'
import { kinds } from '../publications/kinds.ts'
import { companySizes } from '../publications/vocabularies/company-sizes.ts'
import { maturity } from '../publications/vocabularies/maturity.ts'
import { outcome } from '../publications/vocabularies/outcome.ts'
import { regions } from '../publications/vocabularies/regions.ts'
import { sectors } from '../publications/vocabularies/sectors.ts'
import { topics } from '../publications/vocabularies/topics.ts'
import { termOf } from '../publications/vocabulary.ts'
import { WellFormedText } from '../signing/json.ts'
import { limits } from './engine.ts'
import { type Filters, facetNames } from './facets.ts'
import type { SearchInput } from './find.ts'

const noSuchKind = 'Diese Beitragsart gibt es nicht.'
const noSuchPlace = 'Diese Stelle der Liste gibt es nicht.'

/** What results are narrowed to. */
export const SearchFilters = z.object({
  kind: z.enum(kinds.map(({ id }) => id) as [string, ...string[]], noSuchKind).optional(),
  topic: z.enum(termOf(topics).options, 'Dieses Thema gibt es nicht.').optional(),
  sector: z.enum(termOf(sectors).options, 'Diesen Wirtschaftszweig gibt es nicht.').optional(),
  size: z.enum(termOf(companySizes).options, 'Diese Betriebsgröße gibt es nicht.').optional(),
  land: z.enum(termOf(regions).options, 'Dieses Land gibt es nicht.').optional(),
  centre: WellFormedText.max(40, 'Dieses Zentrum gibt es nicht.').optional(),
  technology: WellFormedText.max(120, 'Diese Technik gibt es nicht.').optional(),
  maturity: z.enum(termOf(maturity).options, 'Diesen Reifegrad gibt es nicht.').optional(),
  outcome: z.enum(termOf(outcome).options, 'Diesen Ausgang gibt es nicht.').optional(),
  year: z
    .string()
    .regex(/^\d{4}$/, 'Ein Jahr hat vier Ziffern.')
    .optional(),
})

export const SearchQuery = SearchFilters.extend({
  q: WellFormedText.max(200, 'Der Suchtext ist zu lang: höchstens 200 Zeichen.').default(''),
  sort: z.enum(['relevance', 'newest'], 'Diese Reihenfolge gibt es nicht.').default('relevance'),
  /** How many hits were shown before. */
  after: z.coerce
    .number(noSuchPlace)
    .pipe(z.int(noSuchPlace).min(0, noSuchPlace).max(limits.candidates, noSuchPlace))
    .default(0),
})
export type SearchQuery = z.output<typeof SearchQuery>

/** The list as a whole: it has no pages. */
export const WholeQuery = SearchQuery.omit({ after: true }).strict()
export type WholeQuery = z.output<typeof WholeQuery>

const kindIds = kinds.map(({ id }) => id)

/** What titles are looked for, as one types. */
export const TitlesQuery = SearchQuery.pick({ q: true })
  .extend({
    /** Kinds with commas between, one of which will do; all where none is named. */
    kinds: z
      .string()
      .refine((list) => list.split(',').every((kind) => kindIds.includes(kind)), noSuchKind)
      .optional(),
  })
  .strict()

export const inputOf = ({ q, sort, after, ...filters }: SearchQuery): SearchInput => ({
  q,
  sort,
  after,
  filters,
})

/** The address of a search, with its members in one order: a permalink. */
export const searchPath = (query: Partial<SearchQuery>, path = '/suche') => {
  const { q, sort, after } = query
  const members = [
    ['q', q],
    ...facetNames.map((name) => [name, query[name]]),
    ['sort', sort === 'relevance' ? undefined : sort],
    ['after', after ? String(after) : undefined],
  ].filter((pair): pair is [string, string] => Boolean(pair[1]))
  return members.length > 0 ? `${path}?${new URLSearchParams(members)}` : path
}

/** The filters in use, in the order of the facets. */
export const filtersIn = (query: Filters) =>
  facetNames.flatMap((name) => {
    const value = query[name]
    return value === undefined ? [] : [{ name, value }]
  })
