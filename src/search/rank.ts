/** The order of hits: BM25 with weights of fields, over what the index has of each candidate. */
import { partSign } from './analyse.ts'
import { closeness } from './close.ts'
import { isInTitle, type Place, saturated, worthOf } from './place.ts'
import { isWhole, type Term, type Way } from './way.ts'

/** A record that may be a hit. */
export interface Candidate {
  iss: string
  rid: string
  feed: string
  /** Seconds since 1970. */
  changed: number
  /** Words in the record. */
  length: number
  /** Lexemes looked for that it has, and where. */
  found: Map<string, Place[]>
}

export interface Ranked extends Candidate {
  score: number
  /** Which terms it has, each with the ways in which it has them. */
  terms: { term: Term; ways: Way[] }[]
}

export interface Collection {
  documents: number
  averageLength: number
}

/** A stem inside a compound counts less than on its own. */
const partWorth = 0.7

/** How much more a title counts that has all of several things looked for. */
const titledWorth = 1.5

/** How much long records pay for their length. */
const lengthPenalty = 0.35

/** Best first. What has less than `least` of what is looked for, by weight, is left out. */
export const rank = (
  candidates: Candidate[],
  terms: Term[],
  collection: Collection,
  least: number,
): Ranked[] => {
  const weights = new Map(terms.map((term) => [term, rarity(term, collection)]))
  const everything = sum([...weights.values()])
  const together = closeness(candidates, terms)
  return candidates
    .map((candidate, n) => weigh(candidate, weights, collection, everything, together[n] ?? 0))
    .filter(({ share }) => share >= least - 1e-9)
    .map(({ ranked }) => ranked)
    .toSorted(
      (a, b) =>
        b.score - a.score || b.changed - a.changed || (a.iss + a.rid < b.iss + b.rid ? -1 : 1),
    )
}

/** How much a term tells: the rarer the more (the idf of BM25). */
export const rarity = (
  { documents, share = 1 }: Pick<Term, 'documents' | 'share'>,
  { documents: all }: Collection,
) => {
  const count = Math.min(documents, all)
  return share * Math.log(1 + (all - count + 0.5) / (count + 0.5))
}

const weigh = (
  candidate: Candidate,
  weights: Map<Term, number>,
  { averageLength }: Collection,
  everything: number,
  close: number,
) => {
  const terms: Ranked['terms'] = []
  let score = 0
  let had = 0
  const long = 1 - lengthPenalty + lengthPenalty * (candidate.length / (averageLength || 1))
  for (const [term, weight] of weights) {
    const ways = term.ways.filter((way) => frequency(candidate, way) > 0)
    if (ways.length === 0) continue
    terms.push({ term, ways })
    const often = together(ways.map((way) => frequency(candidate, way)))
    score += weight * saturated(often, long)
    had += weight
  }
  const share = everything > 0 ? had / everything : 1
  score += close
  const isAll = terms.length > 1 && terms.length === weights.size
  const worth = (0.5 + 0.5 * share) * (isAll && isTitled(candidate, terms) ? titledWorth : 1)
  return { share, ranked: { ...candidate, terms, score: score * worth } }
}

/** Whether all that is looked for stands in the title: whoever knows a title means that record. */
const isTitled = ({ found }: Candidate, terms: Ranked['terms']) =>
  terms.every(({ ways }) =>
    ways.some(({ stems }) => stems.every((stem) => found.get(stem)?.some(isInTitle))),
  )

/** The best way counts in full, others a little. */
const together = (frequencies: number[]) => {
  const best = Math.max(...frequencies)
  return best + 0.25 * (sum(frequencies) - best)
}

const frequency = ({ found }: Candidate, { stems, worth, how }: Way) =>
  worth *
  Math.min(
    ...stems.map((stem) => {
      const own = inFields(found.get(stem))
      return isWhole(how) ? own : own + partWorth * inFields(found.get(partSign + stem))
    }),
  )

const inFields = (places: Place[] = []) =>
  places.reduce((total, place) => total + worthOf(place), 0)

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
