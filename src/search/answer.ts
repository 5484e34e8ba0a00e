import { z } from 'zod'
import { ListItem } from '../publications/answers.ts'
import { asItem } from '../publications/api.ts'
import { type FacetName, facetLabel, facetNames, readFacetTerm } from './facets.ts'
import type { Found, FoundRecord } from './find.ts'

const Hit = ListItem.extend({
  passages: z
    .array(
      z.strictObject({
        in: z.string().describe('Which part of the record it is from, such as `Lösung`.'),
        pieces: z
          .array(z.strictObject({ text: z.string(), hit: z.boolean() }))
          .describe('The passage in pieces; `hit` marks the words looked for.'),
      }),
    )
    .describe('The most telling passages; none where only title or labels have the words.'),
  why: z.array(z.string()).describe('Why this is a hit, in German, one reason per word asked for.'),
})

const FacetCount = z.strictObject({
  value: z.string().describe('What to send to narrow the results to it.'),
  label: z.string(),
  count: z.int().min(0),
})

/** What the JSON interface answers to a search, best hit first. */
export const SearchAnswer = z.strictObject({
  hits: z.array(Hit),
  total: z.int().min(0),
  capped: z
    .boolean()
    .describe('Whether there may be more hits: `total` and `facets` then count a sample of them.'),
  facets: z
    .partialRecord(z.enum(facetNames), z.array(FacetCount))
    .describe(
      'How many hits have which value; where narrowed to one, also what the others would give.',
    ),
  corrected_to: z
    .string()
    .optional()
    .describe('What was looked for instead, since a word as typed stands in no record.'),
  did_you_mean: z.string().optional().describe('What was perhaps meant; not looked for.'),
  next: z
    .string()
    .nullable()
    .describe('What to send as `after` for the next page; null on the last.'),
})

/** Records for a question that is not made of words: a company, or another record. */
export const SimilarAnswer = z.strictObject({ hits: z.array(Hit) })

/** What is proposed as somebody types, best first. */
export const TitlesAnswer = z.strictObject({ hits: z.array(ListItem) })

export const asHit = ({ passages, why, ...record }: FoundRecord) => ({
  ...asItem(record),
  passages,
  why,
})

export const asAnswer = (found: Found, centres: Map<string, string>) => ({
  hits: found.hits.map(asHit),
  total: found.total,
  capped: found.capped,
  facets: facetCounts(found.facets, centres),
  ...(found.correctedTo && { corrected_to: found.correctedTo }),
  ...(found.didYouMean && { did_you_mean: found.didYouMean }),
  next: found.next,
})

export type FacetCounts = { [name in FacetName]?: z.infer<typeof FacetCount>[] }

/** So many values of a facet are told. */
const mostValues = 30

/** Counts by facet, the most frequent first. */
export const facetCounts = (facets: Found['facets'], centres: Map<string, string>): FacetCounts => {
  const counts: FacetCounts = {}
  const sorted = Object.entries(facets).toSorted(
    ([one, a], [other, b]) => b - a || (one < other ? -1 : 1),
  )
  for (const [term, count] of sorted) {
    const facet = readFacetTerm(term)
    if (!facet) continue
    const { name, value } = facet
    const values = counts[name] ?? []
    if (values.length < mostValues)
      values.push({ value, label: facetLabel(name, value, centres), count })
    counts[name] = values
  }
  return counts
}
