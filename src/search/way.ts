/** Ways to say what was typed, by the words that stand in records. */
import { type Synonym, synonymsOf } from './lexicon.ts'
import { all, lexeme, type Match, stem } from './match.ts'

/** How a way comes from what was typed. */
export type How =
  | 'word'
  | 'said'
  | 'phrase'
  | 'parts'
  | 'joined'
  | 'synonym'
  | 'near'
  | 'begun'
  | 'within'
  | 'corrected'

/** How much a hit by it counts. */
const worth: { [how in How]: number } = {
  word: 1,
  said: 1,
  phrase: 1,
  joined: 1,
  corrected: 0.9,
  synonym: 0.7,
  begun: 0.6,
  within: 0.6,
  parts: 0.6,
  near: 0.5,
}

/** One way to say what was typed: all of these stems. */
export interface Way {
  how: How
  stems: string[]
  /** Whether they stand one after the other. */
  adjacent: boolean
  worth: number
}

/** Something looked for, in every way it may be said. */
export interface Term {
  typed: string
  ways: Way[]
  /** In how many records it stands, said in the best of these ways; at most. */
  documents: number
  /** How much of what is meant it carries: less than 1 for what a sentence only says of its things. */
  share?: number
}

/**
 * Where parts of compounds do not count: in quotes, where a word was only begun or is a whole compound already, and what a
 * sentence says of its things.
 */
export const isWhole = (how: How) => ['phrase', 'begun', 'within', 'said'].includes(how)

/** What a record must have where it is said this way. */
export const matchOf = ({ how, stems, adjacent }: Way): Match => {
  if (adjacent) return { phrase: stems }
  return all(stems.map(isWhole(how) ? lexeme : stem))
}

export const wayOf = (how: How, stems: string[], adjacent = false): Way => ({
  how,
  stems,
  adjacent,
  worth: worth[how],
})

/** Other ways to say what these stems say together. */
export const synonymWays = (stems: string[]) => waysOf(synonymsOf(stems))

/** Other ways to say what is no thing. */
export const saidWays = (stems: string[]) =>
  waysOf(synonymsOf(stems).filter(({ ofThing }) => !ofThing))

const waysOf = (synonyms: Synonym[]) =>
  synonyms.map(({ near, stems }) => wayOf(near ? 'near' : 'synonym', stems))
