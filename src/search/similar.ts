/** Cases like another record, and cases like the company that sits in front of one. */
import type { z } from 'zod'
import type { Hub } from '../hub.ts'
import type { Record } from '../publications/record.ts'
import { searchedTexts } from '../publications/record.ts'
import type { Audience } from '../publications/store.ts'
import { engineOf } from './engines.ts'
import { type Filters, facetLabel, facets, facetTerm } from './facets.ts'
import { type FoundRecord, showHits } from './find.ts'
import { stopWords } from './lexicon.ts'
import { all, any, lexeme } from './match.ts'
import { tokensOf, visible } from './normal.ts'
import { filtersIn, SearchFilters } from './query.ts'
import { type Collection, rank, rarity } from './rank.ts'
import { stemOf } from './stem.ts'
import { countStems, totals } from './vocabulary.ts'
import { matchOf, type Term } from './way.ts'

/** What is known of a company before one has talked. */
export const CompanyQuery = SearchFilters.pick({
  sector: true,
  size: true,
  land: true,
  topic: true,
})
export type CompanyQuery = z.output<typeof CompanyQuery>

const mostShown = 20

/** How much it says that a case is of the same kind. */
const likeness: { [name: string]: number } = { sector: 4, topic: 3, size: 2, land: 1 }

/** Case examples that have most in common with a company, and what. */
export const casesLike = async (hub: Hub, audience: Audience, company: CompanyQuery) => {
  const known = filtersIn(company)
  if (known.length === 0) return []
  const terms = known.map(({ name, value }) => facetTerm(name, value))
  const alike = (await casesWith(hub, audience, terms))
    .map((candidate) => {
      const shared = known.filter(({ name, value }) => candidate.found.has(facetTerm(name, value)))
      return { candidate, shared, score: sumOf(shared.map(({ name }) => likeness[name] ?? 0)) }
    })
    .toSorted((a, b) => b.score - a.score || b.candidate.changed - a.candidate.changed)
    .slice(0, mostShown)
  const shown = await showHits(
    hub,
    audience,
    alike.map(({ candidate }) => ({ ...candidate, score: 0, terms: [] })),
    [],
  )
  return shown.map((hit): FoundRecord => {
    const own = alike.find(
      ({ candidate }) => candidate.iss === hit.iss && candidate.rid === hit.rid,
    )
    return { ...hit, why: (own?.shared ?? []).map(sameness) }
  })
}

/** What has all of it, and what has some: among very many of these the former could be overlooked. */
const casesWith = async (hub: Hub, audience: Audience, terms: string[]) => {
  const engine = await engineOf(hub)
  const wanted = { lexemes: terms, filters: { kind: 'case-example' }, audience }
  const found = await Promise.all(
    [all, any].map((how) => engine.find({ ...wanted, match: how(terms.map(lexeme)) })),
  )
  const candidates = found.flatMap((one) => one.candidates)
  return [...new Map(candidates.map((one) => [`${one.iss} ${one.rid}`, one])).values()]
}

const sumOf = (values: number[]) => values.reduce((sum, value) => sum + value, 0)

const sameness = ({ name, value }: { name: keyof Filters; value: string }) =>
  `${facets[name].label}: ${facetLabel(name, value, new Map())}`

/** So many of its most telling words are looked for; and so few records are proposed. */
const most = { words: 12, proposed: 4 } as const

/** Case examples about the same as a record. */
export const recordsLike = async (
  hub: Hub,
  audience: Audience,
  { iss, rid }: { iss: string; rid: string },
  content: string,
): Promise<FoundRecord[]> => {
  const record = JSON.parse(content) as Record
  const [total] = await totals(hub.sql, audience)
  const collection: Collection = {
    documents: total?.documents ?? 0,
    averageLength: total?.average_length ?? 0,
  }
  const terms = await tellingTerms(hub, audience, record, collection)
  if (terms.length === 0) return []
  const matches = terms.flatMap(({ ways }) => ways.map(matchOf))
  const { candidates } = await (await engineOf(hub)).find({
    match: any(matches),
    lexemes: terms.flatMap(({ ways }) => ways.flatMap(({ stems }) => stems)),
    filters: { kind: 'case-example' },
    audience,
  })
  const others = candidates.filter((one) => one.iss !== iss || one.rid !== rid)
  const best = rank(others, terms, collection, leastShared).slice(0, most.proposed)
  return showHits(hub, audience, best, [])
}

/** What is alike has a good part of the telling words. */
const leastShared = 0.25

/** The rarest words of what a record says about itself in short. */
const tellingTerms = async (
  hub: Hub,
  audience: Audience,
  record: Record,
  collection: Collection,
): Promise<Term[]> => {
  const typed = new Map<string, string>()
  for (const { field, text } of searchedTexts(record)) {
    if (!['title', 'summary', 'keywords', 'technologies'].includes(field)) continue
    for (const { word, from, to } of tokensOf(visible(text))) {
      if (word.length > 3 && !stopWords.has(word)) typed.set(stemOf(word), text.slice(from, to))
    }
  }
  const counts = await countStems(hub.sql, audience, [...typed.keys()])
  return counts
    .filter(({ own }) => own > 1)
    .map(({ stem, own }): Term => {
      const way = { how: 'word' as const, stems: [stem], adjacent: false, worth: 1 }
      return { typed: typed.get(stem) ?? stem, ways: [way], documents: own }
    })
    .toSorted((a, b) => rarity(b, collection) - rarity(a, collection))
    .slice(0, most.words)
}
