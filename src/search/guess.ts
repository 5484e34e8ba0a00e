/** What a word may stand for that no record has as it was typed. */
import type { Db } from '../hub.ts'
import type { Audience } from '../publications/store.ts'
import { possibleParts, splitCompound } from './compound.ts'
import { likeliest } from './correct.ts'
import { wordBook } from './lexicon.ts'
import { isSmall } from './question.ts'
import { type KnownWord, wordsBegun, wordsIn, wordsLike, wordsWith } from './vocabulary.ts'

/** Fewer letters begin too many words. */
const shortestBegun = 3

/** Words that begin so. Who begins with a capital means things, if there are any: Brau… is Brauerei, not brauchen. */
export const wordsFor = async (sql: Db, audience: Audience, text: string, word: string) => {
  if (word.length < shortestBegun) return []
  const words = await wordsBegun(sql, audience, word)
  const things = isSmall(text) ? [] : words.filter(({ shown }) => !isSmall(shown))
  return things.length > 0 ? things : words
}

/** Shorter words stand in others by accident. */
const shortestWithin = 5

/** Handscanner for Scanner, where records have it in compounds only, which nobody could take apart when they came. */
export const compoundsWith = async (
  sql: Db,
  audience: Audience,
  word: string,
): Promise<KnownWord[]> => {
  if (word.length < shortestWithin || !/^[a-z]+$/.test(word)) return []
  const longer = await wordsWith(sql, audience, word)
  if (longer.length === 0) return []
  const parts = new Set(longer.flatMap((one) => possibleParts(one.word)))
  const standing = new Set((await wordsIn(sql, audience, [...parts])).map((one) => one.word))
  const knows = (part: string) => part === word || standing.has(part)
  return longer.filter((one) => splitCompound(one.word, knows).includes(word))
}

/** Words that records may have in compounds only; an error or two does not make a word of another length. */
const inBook = [...wordBook].map(([word, shown]) => ({ word, shown, documents: 0 }))
const aboutAsLong = (word: string) =>
  inBook.filter((one) => Math.abs(one.word.length - word.length) <= 3)

/** What was probably meant by a typing error, as the records have it or the word book. */
export const meantBy = async (sql: Db, audience: Audience, text: string, word: string) => {
  const written = await wordsLike(sql, audience, word)
  const isThing = !isSmall(text)
  return likeliest(word, written, isThing) ?? likeliest(word, aboutAsLong(word), isThing)
}
