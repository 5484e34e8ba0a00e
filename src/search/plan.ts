/** What a hit must have of everything that is looked for: all of it, or, where that is too little, most. */
import { limits, type Wanted } from './engine.ts'
import { all, any, lexemesOf, type Match } from './match.ts'
import { rarity } from './rank.ts'
import type { Understood } from './understand.ts'
import { matchOf, type Term } from './way.ts'

/** Fewer hits than these with every word, and hits with most of the words are welcome too. */
export const enough = 10

/** What a hit must have of everything that is looked for, by rarity; and of what is known of it. */
export const least = { ofAll: 0.2, ofKnown: 0.2 } as const

type Planned = Pick<Wanted, 'match' | 'lexemes' | 'expected'>

export interface Plan {
  every: Planned
  /** Absent where there is only one term. */
  most?: Planned
}

/** Undefined where so little of the question is known that no hit would answer it. */
export const planOf = (understood: Understood): Plan | undefined => {
  const { terms, unknown, unwanted } = understood
  if (terms.length === 0) return undefined
  const weighed = terms.map((term) => ({ ...term, weight: rarity(term, understood) }))
  const known = weighed.reduce((sum, { weight }) => sum + weight, 0)
  const lost = unknown.length * rarity({ documents: 0 }, understood)
  if (known / (known + lost) < least.ofAll) return undefined
  const without = unwanted.length > 0 ? [{ not: any(unwanted.map(matchOf)) }] : []
  const lexemes = [...new Set(terms.flatMap((term) => lexemesOf(matchFor(term))))]
  const planned = (choices: Term[][]): Planned => ({
    match: all([any(choices.map((chosen) => all(chosen.map(matchFor)))), ...without]),
    lexemes,
    expected: choices.reduce((sum, chosen) => sum + fewest(chosen), 0),
  })
  const most = planned(choicesOf(weighed, known * least.ofKnown))
  if (terms.length > mostMeant) return { every: most }
  return { every: planned([terms]), ...(terms.length > 1 && { most }) }
}

/** Of so few words every one is meant; of more, as in a sentence, some are only said. */
const mostMeant = 3

const matchFor = ({ ways }: Term): Match => any(ways.map(matchOf))

/** All of these stand together in no more records than the rarest of them does. */
const fewest = (terms: Term[]) => Math.min(...terms.map(({ documents }) => documents))

type Weighed = Term & { weight: number }

/** Of so many terms every sufficient choice is tried; the commonest of more do not decide. */
const mostTried = 6

/** Choices of terms that weigh enough together. A common one alone says too little where there are rarer ones. */
const choicesOf = (terms: Weighed[], needed: number): Weighed[][] => {
  const telling = terms.toSorted((a, b) => b.weight - a.weight).slice(0, mostTried)
  const isCommon = ({ documents }: Term) => documents > limits.candidates
  const suffices = (chosen: Weighed[]) =>
    chosen.reduce((sum, { weight }) => sum + weight, 0) >= needed - 1e-9 &&
    (chosen.length > 1 || !chosen.every(isCommon) || telling.every(isCommon))
  const choices: Weighed[][] = []
  const choose = (from: number, chosen: Weighed[]) => {
    if (chosen.length > 0 && suffices(chosen)) {
      choices.push(chosen)
      return
    }
    for (const [n, one] of telling.entries()) if (n >= from) choose(n + 1, [...chosen, one])
  }
  choose(0, [])
  return choices.length > 0 ? choices : telling.map((one) => [one])
}
