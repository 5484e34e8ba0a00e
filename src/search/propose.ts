/** "Did you mean": another word, though what was typed stands in a record or two. */
import type { Db } from '../hub.ts'
import type { Audience } from '../publications/store.ts'
import { likeliest } from './correct.ts'
import { stopWords } from './lexicon.ts'
import { isSmall, type Question } from './question.ts'
import { type KnownWord, wordsIn, wordsLike } from './vocabulary.ts'

/** A word is doubted if it stands in so few records, and another in so many times more. */
const rare = { documents: 2, times: 10 } as const

/** The question with its doubtful words replaced; undefined where there are none. */
export const proposeOther = async (sql: Db, audience: Audience, { wanted }: Question) => {
  const single = new Map(
    wanted.flatMap(({ text, words: [word = ''], exact, joined }) =>
      exact || joined || stopWords.has(word) ? [] : [[word, text]],
    ),
  )
  const known = await wordsIn(sql, audience, [...single.keys()])
  const better = new Map<string, string>()
  for (const one of known.filter(({ documents }) => documents <= rare.documents)) {
    const isThing = !isSmall(single.get(one.word) ?? '')
    const other = await betterThan(sql, audience, one, isThing)
    if (other) better.set(one.word, other)
  }
  if (better.size === 0) return undefined
  return wanted
    .map(({ text, words: [word = ''], exact }) => {
      if (exact) return `"${text}"`
      return better.get(word) ?? text
    })
    .join(' ')
}

const betterThan = async (
  sql: Db,
  audience: Audience,
  { word, documents, stem }: KnownWord,
  isThing: boolean,
) => {
  const candidates = await wordsLike(sql, audience, word)
  const frequent = candidates.filter((one) => one.documents >= documents * rare.times)
  const other = likeliest(word, frequent, isThing)
  return other && other.word !== stem ? other.shown : undefined
}
