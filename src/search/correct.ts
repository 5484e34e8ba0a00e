/** Typing errors: which word of the records was probably meant. */
import { isWord } from './lexicon.ts'
import { isSmall } from './question.ts'
import type { SimilarWord } from './vocabulary.ts'

/** So many errors are forgiven: none in short words, where another word is always near. */
const forgiven = (length: number) => {
  if (length < 4) return 0
  return length < 9 ? 1 : 2
}

/**
 * The most likely of some words that resemble what was typed; undefined where none is near enough. Who writes a
 * capital (`isThing`) means a thing: what records write small was not meant. A word that our lists have is no error.
 */
export const likeliest = (
  typed: string,
  candidates: readonly SimilarWord[],
  isThing: boolean,
): SimilarWord | undefined => {
  if (isWord(typed) || /\d/.test(typed)) return undefined
  return candidates
    .filter(({ shown }) => !isThing || !isSmall(shown))
    .map((candidate) => ({ ...candidate, errors: errorsIn(typed, candidate.word) }))
    .filter(({ errors }) => errors > 0 && errors <= forgiven(typed.length))
    .toSorted(
      (a, b) =>
        a.errors - b.errors ||
        Number(b.word[0] === typed[0]) - Number(a.word[0] === typed[0]) ||
        b.documents - a.documents,
    )[0]
}

/** Umlauts are two letters, or the one key that they are on a keyboard. */
const errorsIn = (typed: string, word: string) => {
  const letters = [lettersOf(typed), lettersOf(word)] as const
  const errors = editDistance(...letters)
  const hasUmlauts = letters[0] !== typed || letters[1] !== word
  return hasUmlauts ? Math.min(errors, editDistance(typed, word)) : errors
}

const lettersOf = (word: string) =>
  word.replaceAll(/[ao]e|(?<![aeq])ue/g, (letters) => umlauts[letters] ?? letters)

const umlauts: { [letters: string]: string } = { ae: 'ä', oe: 'ö', ue: 'ü' }

/** Letters left out, added, changed, or two neighbours swapped (Damerau and Levenshtein, optimal string alignment). */
export const editDistance = (a: string, b: string): number => {
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, n) => n)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      row[j] = Math.min(
        at(above, j) + 1,
        at(row, j - 1) + 1,
        at(above, j - 1) + same,
        swapped ? at(before, j - 2) + 1 : Number.POSITIVE_INFINITY,
      )
    }
    before = above
    above = row
  }
  return at(above, b.length)
}

const at = (row: number[], n: number) => row[n] ?? Number.POSITIVE_INFINITY
