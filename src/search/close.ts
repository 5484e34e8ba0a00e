/** Words that were asked for together, and how close together they stand in records. */
import { partSign } from './analyse.ts'
import { type Place, saturated, wordOf, worthOf } from './place.ts'
import type { Candidate } from './rank.ts'
import type { Term } from './way.ts'

/** So many words further on they have nothing to do with each other any more. */
const reach = 4

/** Of so many words, the rarest, every two are looked at. */
const mostPaired = 8

/** How much it counts, against the words themselves. */
const closeWorth = 0.5

/**
 * For each candidate, how much more it counts that words asked for stand together in it: two parts of one compound, or
 * neighbours. The fewer of the candidates have two of them so, the more that tells.
 */
export const closeness = (candidates: Candidate[], asked: Term[]): number[] => {
  const sums = candidates.map(() => 0)
  if (asked.length < 2) return sums
  const terms = asked.toSorted((a, b) => a.documents - b.documents).slice(0, mostPaired)
  const places = candidates.map((candidate) => terms.map((term) => placesOf(candidate, term)))
  const pairs = terms.flatMap((_, a) => terms.slice(a + 1).map((__, n) => [a, a + 1 + n] as const))
  for (const [a, b] of pairs) {
    const near = places.map((own) => nearness(own[a] ?? [], own[b] ?? []))
    const having = near.filter((one) => one > 0).length
    const rarity = Math.log(1 + (candidates.length - having + 0.5) / (having + 0.5))
    for (const [n, one] of near.entries()) {
      sums[n] = (sums[n] ?? 0) + closeWorth * rarity * saturated(one)
    }
  }
  return sums
}

/** In order. */
const placesOf = ({ found }: Candidate, { ways }: Term) => {
  const places: Place[] = []
  for (const stem of new Set(ways.flatMap(({ stems }) => stems))) {
    places.push(...(found.get(stem) ?? []), ...(found.get(partSign + stem) ?? []))
  }
  return places.sort((a, b) => a - b)
}

/** How well placed and how close the closest two are; 0 if none are within reach. */
const nearness = (ones: Place[], others: Place[]) => {
  let best = 0
  let from = 0
  for (const one of ones) {
    const at = wordOf(one)
    while (from < others.length && wordOf(others[from] ?? 0) < at - reach) from++
    for (let n = from; n < others.length; n++) {
      const apart = Math.abs(wordOf(others[n] ?? 0) - at)
      if (apart > reach) break
      best = Math.max(best, worthOf(one) / Math.max(1, apart))
    }
  }
  return best
}
