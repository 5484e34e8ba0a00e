/** What a question means by the words that stand in records: ways to say each of its words. */
import type { Db } from '../hub.ts'
import type { Audience } from '../publications/store.ts'
import { partsInWordBook, possibleParts } from './compound.ts'
import { compoundsSaid } from './compounds-said.ts'
import { longestExpression, stopWords, synonymsOf } from './lexicon.ts'
import { type Chunk, isSmall, type Question } from './question.ts'
import { type Book, Reading } from './reading.ts'
import { stemOf } from './stem.ts'
import { formsOf } from './verbs.ts'
import { countStems, totals, wordsIn } from './vocabulary.ts'
import { type Term, type Way, wayOf } from './way.ts'

export interface Understood {
  terms: Term[]
  unwanted: Way[]
  /** Words that stand in no record and resemble none. */
  unknown: string[]
  /** The question without these, where something is left of it. */
  withoutUnknown?: string
  /** Words of a sentence of which only a part stands in records. */
  pieces: string[]
  /** Whether it was asked as a sentence. */
  isSentence: boolean
  /** The question with the words that were taken for typing errors replaced. */
  corrected?: string
  /** How many records there are, and how many words each has on average. */
  documents: number
  averageLength: number
}

export const understand = async (
  sql: Db,
  audience: Audience,
  question: Question,
): Promise<Understood> => {
  const chunks = worthAsking(question.wanted)
  const [book, [total]] = await Promise.all([
    openBook(sql, audience, chunks, verbsIn(chunks, question.particles)),
    totals(sql, audience),
  ])
  const reading = new Reading(sql, audience, book, question.isSentence)
  for (let n = 0; n < chunks.length; ) n += await reading.take(chunks, n)
  const { terms, unknown } = reading
  const known = reading.withoutUnknown(question)
  return {
    terms,
    unknown,
    ...(unknown.length > 0 && known !== undefined && { withoutUnknown: known }),
    pieces: [...reading.pieces],
    isSentence: question.isSentence,
    unwanted: question.unwanted.map(unwantedWay),
    ...(reading.corrections.size > 0 && { corrected: reading.rewrite(question) }),
    documents: total?.documents ?? 0,
    averageLength: total?.average_length ?? 0,
  }
}

/** Without the words that only make it a sentence, unless it has no others. */
const worthAsking = (chunks: Chunk[]) => {
  const telling = chunks.filter(
    ({ words, exact }) => exact || words.some((word) => !stopWords.has(word)),
  )
  return telling.length > 0 ? telling : chunks
}

const unwantedWay = ({ words }: Chunk) => wayOf('phrase', words.map(stemOf), words.length > 1)

/**
 * Stems of what a word that is written small is as a verb: of its other forms, and of verbs that stand in two parts,
 * by the second of them: "führt … ein" is einführen.
 */
const verbsIn = (chunks: Chunk[], particles: string[]) => {
  const verbs = chunks.filter(({ text, words }) => words.length === 1 && isSmall(text))
  return new Map(
    verbs.map(({ words: [verb = ''] }) => {
      const whole = particles.map((first) => first + verb)
      const forms = [...whole, ...[verb, ...whole].flatMap(formsOf)]
      return [verb, [...new Set(forms.map(stemOf))].filter((stem) => stem !== stemOf(verb))]
    }),
  )
}

const openBook = async (
  sql: Db,
  audience: Audience,
  chunks: Chunk[],
  verbs: Book['verbs'],
): Promise<Book> => {
  const words = chunks.flatMap((chunk) => chunk.words)
  const joined = words.flatMap((word, n) => (n > 0 ? [words[n - 1] + word] : []))
  const known = await wordsIn(sql, audience, [
    ...new Set([...words, ...joined, ...words.flatMap(possibleParts)]),
  ])
  const unknown = words.filter((word) => known.every((one) => one.word !== word))
  const parts = [...words.flatMap(partsInWordBook), ...unknown.flatMap(possibleParts)]
  const stems = new Set([...words, ...joined, ...parts].map(stemOf))
  for (const forms of verbs.values()) for (const form of forms) stems.add(form)
  for (const { stem, parts } of known) for (const one of [stem, ...parts]) stems.add(one)
  for (const expression of expressionsIn(words.map(stemOf))) {
    for (const synonym of synonymsOf(expression)) for (const stem of synonym.stems) stems.add(stem)
  }
  const said = compoundsSaid(chunks, verbs)
  for (const together of [...said.values()].flat()) {
    if (together.length === 1) stems.add(together.join())
    for (const synonym of synonymsOf(together)) for (const stem of synonym.stems) stems.add(stem)
  }
  const counts = await countStems(sql, audience, [...stems])
  return {
    words: new Map(known.map((word) => [word.word, word])),
    stems: new Map(counts.map((count) => [count.stem, count])),
    verbs,
    said,
  }
}

const expressionsIn = (stems: string[]) =>
  stems.flatMap((_, from) =>
    Array.from({ length: longestExpression }, (_, n) => stems.slice(from, from + n + 1)),
  )
