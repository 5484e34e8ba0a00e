/** What a question means by the words that stand in records: ways to say each of its words. */
import type { Db } from '../hub.ts'
import type { Audience } from '../publications/store.ts'
import { Book } from './book.ts'
import { stopWords } from './lexicon.ts'
import type { Chunk, Question } from './question.ts'
import { Reading } from './reading.ts'
import { rewrite, withoutUnknown } from './rewrite.ts'
import { verbsIn } from './said.ts'
import { stemOf } from './stem.ts'
import { totals } from './vocabulary.ts'
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
  const book = new Book(sql, audience, chunks, verbsIn(chunks, question.particles))
  const [[total]] = await Promise.all([totals(sql, audience), book.open(chunks)])
  const reading = new Reading(sql, audience, book, question.isSentence)
  for (let n = 0; n < chunks.length; ) n += await reading.take(chunks, n)
  const { terms, unknown } = reading
  const known = withoutUnknown(question, unknown)
  return {
    terms,
    unknown,
    ...(unknown.length > 0 && known !== undefined && { withoutUnknown: known }),
    pieces: [...reading.pieces],
    isSentence: question.isSentence,
    unwanted: question.unwanted.map(unwantedWay),
    ...(reading.corrections.size > 0 && { corrected: rewrite(question, reading.corrections) }),
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
