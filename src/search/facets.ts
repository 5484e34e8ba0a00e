/** What search results are narrowed by, and counted by. */

import { kindOf, kinds } from '../publications/kinds.ts'
import type { Record, Teaser } from '../publications/record.ts'
import { companySizes } from '../publications/vocabularies/company-sizes.ts'
import { maturity } from '../publications/vocabularies/maturity.ts'
import { outcome } from '../publications/vocabularies/outcome.ts'
import { regions } from '../publications/vocabularies/regions.ts'
import { sectors } from '../publications/vocabularies/sectors.ts'
import { topics } from '../publications/vocabularies/topics.ts'
import { labelOf, type Vocabulary } from '../publications/vocabulary.ts'

interface Facet {
  label: string
  /** Where its values are terms. Otherwise they stand for themselves. */
  vocabulary?: Vocabulary
}

/** In the order in which they are shown. The names are those of the interface. */
export const facets = {
  kind: { label: 'Beitragsart' },
  topic: { label: 'Thema', vocabulary: topics },
  sector: { label: 'Wirtschaftszweig', vocabulary: sectors },
  size: { label: 'Betriebsgröße', vocabulary: companySizes },
  land: { label: 'Land', vocabulary: regions },
  centre: { label: 'Zentrum' },
  technology: { label: 'Technik' },
  maturity: { label: 'Reifegrad', vocabulary: maturity },
  outcome: { label: 'Ausgang', vocabulary: outcome },
  year: { label: 'Jahr' },
} as const satisfies { [name: string]: Facet }

export type FacetName = keyof typeof facets
export const facetNames = Object.keys(facets) as FacetName[]

/** What somebody narrowed the results to. */
export type Filters = { [name in FacetName]?: string | undefined }

/** The name of a facet with one of its values, as the index has it. */
export const facetTerm = (name: string, value: string) => `${name}=${value}`

/** A term of the index as facet and value; undefined for what is neither. */
export const readFacetTerm = (term: string): { name: FacetName; value: string } | undefined => {
  const end = term.indexOf('=')
  const name = facetNames.find((one) => one === term.slice(0, end))
  return name && { name, value: term.slice(end + 1) }
}

/** How a value is shown. `centres` are the names of those that are known, by slug. */
export const facetLabel = (name: FacetName, value: string, centres: Map<string, string>) => {
  const facet: Facet = facets[name]
  if (name === 'kind') return kinds.find(({ id }) => id === value)?.label ?? value
  if (name === 'centre') return centres.get(value) ?? value
  return facet.vocabulary ? labelOf(facet.vocabulary, value) : value
}

/** Everything that a record may be narrowed by. `changed` in seconds since 1970. */
export const facetTermsOf = (record: Record, teaser: Teaser, slug: string, changed: number) => {
  const company = 'company' in record ? record.company : undefined
  const sector = company?.sector && `${company.sector.scheme}:${company.sector.code}`
  const values: { [name in FacetName]: (string | undefined)[] } = {
    kind: [record.kind],
    topic: record.topics,
    sector: [...teaser.sectors, sector],
    size: [...teaser.companySizes, company?.size],
    land: [...teaser.regions, company?.land],
    centre: [slug],
    technology: 'technologies' in record ? (record.technologies ?? []) : [],
    maturity: 'maturity' in record ? [record.maturity] : [],
    outcome: 'outcome' in record ? [record.outcome] : [],
    year: [yearOf(record, changed)],
  }
  const terms = facetNames.flatMap((name) =>
    values[name].flatMap((value) => (value ? [facetTerm(name, value)] : [])),
  )
  return [...new Set(terms)]
}

/** When it happened, not when it was written down, as far as that is known. */
const yearOf = (record: Record, changed: number) => {
  const day = kindOf(record.kind).day?.(record)
  return (day ?? new Date(changed * 1000).toISOString()).slice(0, 4)
}
