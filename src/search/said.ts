/** What a question says with its verbs, in several words where the field has one: Termine vereinbaren is Terminvereinbarung. */
import { synonymsOf } from './lexicon.ts'
import { type Chunk, isSmall } from './question.ts'
import { stemOf } from './stem.ts'
import { formsOf } from './verbs.ts'

/**
 * Stems of what a word that is written small is as a verb: of its other forms, and of verbs that stand in two parts,
 * by the second of them: "führt … ein" is einführen.
 */
export const verbsIn = (chunks: Chunk[], particles: string[]) => {
  const verbs = chunks.filter(({ text, words }) => words.length === 1 && isSmall(text))
  return new Map(
    verbs.map(({ words: [verb = ''] }) => {
      const whole = particles.map((first) => first + verb)
      const forms = [...whole, ...[verb, ...whole].flatMap(formsOf)]
      return [verb, [...new Set(forms.map(stemOf))].filter((stem) => stem !== stemOf(verb))]
    }),
  )
}

/** So many words of a question are tried with each other; nobody asks in longer sentences. */
const mostTried = 16

/**
 * By the last word of each: stems that say so together, as one compound or as an expression, wherever in the question
 * they stand. Only what has another name, too. `verbs`: stems of the other forms of a word as a verb.
 */
export const compoundsSaid = (chunks: Chunk[], verbs: Map<string, string[]>) => {
  const single = chunks
    .filter(({ words, exact }) => words.length === 1 && !exact)
    .slice(0, mostTried)
  return new Map(
    single.map(({ words: [word = ''] }): [string, string[][]] => {
      const lasts = [stemOf(word), ...(verbs.get(word) ?? [])]
      const others = single.filter((one) => one.words[0] !== word)
      const said = others.flatMap((one) => lasts.flatMap((last) => together(one, last)))
      return [word, said.filter((stems) => synonymsOf(stems).length > 0)]
    }),
  )
}

const together = ({ text, words: [word = ''] }: Chunk, last: string) => {
  const firsts = isSmall(text) ? [] : firstParts(word)
  const compounds = new Set(firsts.map((first) => stemOf(first + last)))
  return [[stemOf(word), last], ...[...compounds].map((stem) => [stem])]
}

/** As a word stands before another: without what makes it more than one, or with an s. */
const firstParts = (word: string) => {
  const endings = ['', 'e', 'n', 'en', 'er', 's'].filter((ending) => word.endsWith(ending))
  const bare = endings.map((ending) => word.slice(0, word.length - ending.length))
  return bare.flatMap((one) => [one, `${one}s`])
}
