/** A question as somebody could have typed it instead. */
import type { Chunk, Question } from './question.ts'

/** With words that were taken for typing errors replaced; `corrections` by the word as typed. */
export const rewrite = ({ wanted, unwanted }: Question, corrections: Map<string, string>) =>
  asTyped(wanted, unwanted, ({ text, words }) => {
    if (words.length === 1) return corrections.get(text) ?? text
    const isChanged = words.some((word) => corrections.has(word))
    return isChanged ? words.map((word) => corrections.get(word) ?? word).join('-') : text
  })

/** Without what stands in no record; undefined where nothing else is in it. */
export const withoutUnknown = ({ wanted, unwanted }: Question, unknown: string[]) => {
  const known = wanted.filter(
    ({ text, words }) => ![text, ...words].some((one) => unknown.includes(one)),
  )
  return known.length > 0 ? asTyped(known, unwanted, ({ text }) => text) : undefined
}

const asTyped = (wanted: Chunk[], unwanted: Chunk[], write: (chunk: Chunk) => string) => {
  const texts = wanted.map((chunk) => {
    const { text, words, exact } = chunk
    if (!exact) return write(chunk)
    return words.length > 1 || text.includes(' ') ? `"${text}"` : text
  })
  return [...texts, ...unwanted.map(({ text }) => `-${text}`)].join(' ')
}
