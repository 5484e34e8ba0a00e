/** What a hit must have of everything that is looked for: all of it, or, where that is too little, most. */
import { partSign } from './analyse.ts'
import { limits, type Wanted } from './engine.ts'
import { namesPeople, namesTrade } from './lexicon.ts'
import { all, any, lexemesOf, type Match } from './match.ts'
import { rarity } from './rank.ts'
import type { Understood } from './understand.ts'
import { matchOf, type Term } from './way.ts'

/** Fewer hits than these with every word, and hits with most of the words are welcome too. */
export const enough = 10

/**
 * How much of what is looked for, by rarity, must stand in records at all, of words and of a sentence; and what a hit
 * must have of that.
 */
export const least = { ofWords: 0.45, ofSentence: 0.2, ofKnown: 0.2 } as const

type Planned = Pick<Wanted, 'match' | 'lexemes' | 'expected'>

export interface Plan {
  every: Planned
  /** Absent where there is only one term. */
  most?: Planned
}

/** Undefined where so little of the question is known that no hit would answer it. */
export const planOf = (understood: Understood): Plan | undefined => {
  const { terms, unwanted } = understood
  if (terms.length === 0 || isLost(understood)) return undefined
  const weighed = terms.map((term) => ({ ...term, weight: rarity(term, understood) }))
  const without = unwanted.length > 0 ? [{ not: any(unwanted.map(matchOf)) }] : []
  const lexemes = [...new Set(terms.flatMap(lexemesFor))]
  const planned = (choices: Term[][]): Planned => ({
    match: all([any(choices.map((chosen) => all(chosen.map(matchFor)))), ...without]),
    lexemes,
    expected: choices.reduce((sum, chosen) => sum + fewest(chosen), 0),
  })
  const most = planned(choicesOf(weighed))
  if (terms.length > mostMeant) return { every: most }
  return { every: planned([terms]), ...(terms.length > 1 && { most }) }
}

/** Whether too much of what was asked for stands in no record. */
const isLost = (understood: Understood) => {
  const { terms, unknown, pieces, isSentence } = understood
  const telling = isSentence ? terms.filter((term) => isTelling(term, pieces)) : terms
  const known = telling.reduce((sum, { documents }) => sum + rarity({ documents }, understood), 0)
  const missed = [...unknown.filter((text) => !isHelpedByOthers(text, terms)), ...pieces]
  const lost = missed.length * rarity({ documents: 0 }, understood)
  return lost > 0 && known < (known + lost) * (isSentence ? least.ofSentence : least.ofWords)
}

/** Whoever is of a trade that nobody wrote of yet: so are people, where something of the field is asked. */
const isHelpedByOthers = (text: string, terms: Term[]) =>
  namesTrade(text) ||
  (namesPeople(text) &&
    terms.some(({ ways }) => ways.some(({ how }) => ['synonym', 'near', 'joined'].includes(how))))

/** What a sentence only says of its things tells nothing where these are unknown, unless the field has a word for it. */
const isTelling = (term: Term, pieces: string[]) => !pieces.includes(term.typed) && isMeant(term)

const isMeant = ({ ways }: Term) => ways.some(({ how }) => how !== 'said')

/** Lexemes that count for the order: also where something said is part of a compound, next to which others stand. */
const lexemesFor = (term: Term) => [
  ...lexemesOf(matchFor(term)),
  ...term.ways.flatMap(({ how, stems }) =>
    how === 'said' ? stems.map((one) => partSign + one) : [],
  ),
]

/** Of so few words every one is meant; of more, as in a sentence, some are only said. */
const mostMeant = 3

const matchFor = ({ ways }: Term): Match => any(ways.map(matchOf))

/** All of these stand together in no more records than the rarest of them does. */
const fewest = (terms: Term[]) => Math.min(...terms.map(({ documents }) => documents))

type Weighed = Term & { weight: number }

/** Of so many terms every sufficient choice is tried; the commonest of more do not decide. */
const mostTried = 6

/** Choices of terms that weigh enough together. A common one alone says too little where there are rarer ones. */
const choicesOf = (terms: Weighed[]): Weighed[][] => {
  const telling = terms.toSorted((a, b) => b.weight - a.weight).slice(0, mostTried)
  const needed = Math.min(least.ofKnown * weightOf(telling), telling[0]?.weight ?? 0)
  const isCommon = ({ documents }: Term) => documents > limits.candidates
  const suffices = (chosen: Weighed[]) =>
    weightOf(chosen) >= needed - 1e-9 &&
    (chosen.length > 1 || !chosen.every(isCommon) || telling.every(isCommon)) &&
    (chosen.some(isMeant) || !telling.some(isMeant))
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

const weightOf = (terms: Weighed[]) => terms.reduce((sum, { weight }) => sum + weight, 0)
