/** Compounds that a question says in several words: who vereinbart Termine is after a Terminvereinbarung. */
import { synonymsOf } from './lexicon.ts'
import { type Chunk, isSmall } from './question.ts'
import { stemOf } from './stem.ts'
import { formsOf } from './verbs.ts'

/** By the last word of each, the stems of such compounds: of those that have another name, too. */
export const compoundsSaid = (chunks: Chunk[]): Map<string, string[]> => {
  const single = chunks.filter(({ words, exact }) => words.length === 1 && !exact)
  const things = single.filter(({ text }) => !isSmall(text))
  const said = single.map(({ text, words: [word = ''] }): [string, string[]] => {
    const firsts = things.flatMap(({ words: [thing = ''] }) =>
      thing === word ? [] : firstParts(thing),
    )
    const lasts = isSmall(text) ? [word, ...formsOf(word)] : [word]
    const stems = firsts.flatMap((first) => lasts.map((last) => stemOf(first + last)))
    return [word, [...new Set(stems)].filter((stem) => synonymsOf([stem]).length > 0)]
  })
  return new Map(said)
}

/** As a word stands before another: without what makes it more than one, or with an s. */
const firstParts = (word: string) => {
  const bare = [
    word,
    ...['e', 'n', 'en', 'er', 's']
      .filter((end) => word.endsWith(end))
      .map((end) => word.slice(0, -end.length)),
  ]
  return bare.flatMap((one) => [one, `${one}s`])
}
