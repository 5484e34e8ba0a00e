/** A question as somebody could have typed it instead. */
import { stopWords } from './lexicon.ts'
import { type Chunk, isSmall, type Question } from './question.ts'

/** With words that were taken for typing errors replaced; `corrections` by the word as typed. */
export const rewrite = ({ wanted, unwanted }: Question, corrections: Map<string, string>) =>
  asTyped(wanted, unwanted, ({ text, words }) => {
    if (words.length === 1) return corrections.get(text) ?? text
    const isChanged = words.some((word) => corrections.has(word))
    return isChanged ? words.map((word) => corrections.get(word) ?? word).join('-') : text
  })

/**
 * Without what stands in no record, and what only makes it a sentence; undefined where nothing is left that says what
 * is looked for.
 */
export const withoutUnknown = ({ wanted, unwanted, isSentence }: Question, unknown: string[]) => {
  const known = wanted.filter(
    ({ text, words, exact }) =>
      ![text, ...words].some((one) => unknown.includes(one)) &&
      (exact || words.some((word) => !stopWords.has(word))),
  )
  const says = isSentence ? known.some(({ text }) => !isSmall(text)) : known.length > 0
  return says ? asTyped(known, unwanted, ({ text }) => text) : undefined
}

const asTyped = (wanted: Chunk[], unwanted: Chunk[], write: (chunk: Chunk) => string) => {
  const texts = wanted.map((chunk) => {
    const { text, words, exact } = chunk
    if (!exact) return write(chunk)
    return words.length > 1 || text.includes(' ') ? `"${text}"` : text
  })
  return [...texts, ...unwanted.map(({ text }) => `-${text}`)].join(' ')
}
