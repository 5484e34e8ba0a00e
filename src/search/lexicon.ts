/** What is known of German before any record was read. */
import { everydayList } from './lexicon/everyday.ts'
import { stopWordList } from './lexicon/stop-words.ts'
import { synonymList } from './lexicon/synonyms.ts'
import { peopleEndings, tradeEndings, tradeList } from './lexicon/trades.ts'
import { wordList } from './lexicon/words.ts'
import { fold, tokensOf } from './normal.ts'
import { stemOf } from './stem.ts'

const wordsIn = (text: string) => new Set(text.split(/\s+/).filter(Boolean).map(fold))

/** Words that compounds are made of: folded, and as they are written. */
export const wordBook = new Map(
  wordList
    .trim()
    .split(/\s+/)
    .map((word) => [fold(word), word]),
)

/** Words that say nothing about what is looked for, folded. */
export const stopWords = wordsIn(stopWordList)

const trades = new Set(
  tradeList.split(/\s+/).map((trade) => stemOf(fold(trade.replaceAll('-', '')))),
)

/** Whether folded words, written as one, say what kind of business is meant. */
export const isTrade = (words: string[]) => trades.has(stemOf(words.join('')))

const endingIn = (endings: string) =>
  new RegExp(`.{3}(?:${[...wordsIn(endings)].join('|')})(?:e?n|s)?$`)

const [tradeEnd, peopleEnd] = [endingIn(tradeEndings), endingIn(peopleEndings)]

const joined = (text: string) =>
  tokensOf(text)
    .map(({ word }) => word)
    .join('')

/** Whether a text names a kind of business, be it one that is in no list. */
export const namesTrade = (text: string) => isTrade([joined(text)]) || tradeEnd.test(joined(text))

/** Whether a text may name people by what they do. */
export const namesPeople = (text: string) => peopleEnd.test(joined(text))

/** Another way to say it: stems that stand together for one meaning. */
export interface Synonym {
  stems: string[]
  /** Near, but not the same. */
  near: boolean
  /** Whether a thing is said so, which German writes with a capital: who is cooking means no cook. */
  ofThing: boolean
}

const phraseOf = (text: string) =>
  tokensOf(text)
    .map(({ word }) => word)
    .filter((word) => !stopWords.has(word))
    .map(stemOf)

const keyOf = (stems: string[]) => stems.join(' ')

const readSynonyms = (list: string) => {
  const byStems = new Map<string, Synonym[]>()
  for (const line of list.split('\n').filter((one) => one.trim() !== '')) {
    const [same = '', near = ''] = line.split('~')
    const equals = same
      .split('=')
      .map((text) => ({ text: text.trim(), stems: phraseOf(text) }))
      .filter(saysSomething)
    const relatives = near.split(',').map(phraseOf)
    for (const { text, stems } of equals) {
      const ofThing = !text.includes(' ') && /^\p{Lu}/u.test(text)
      const others = equals.filter((other) => keyOf(other.stems) !== keyOf(stems))
      const found = [
        ...others.map((other) => ({ stems: other.stems, near: false, ofThing })),
        ...relatives.map((relative) => ({ stems: relative, near: true, ofThing })),
      ]
      byStems.set(keyOf(stems), [
        ...(byStems.get(keyOf(stems)) ?? []),
        ...found.filter(saysSomething),
      ])
    }
  }
  return byStems
}

const saysSomething = ({ stems }: { stems: string[] }) => stems.length > 0

const synonyms = readSynonyms(synonymList + everydayList)

/** Other ways to say what these stems say together; none for most. */
export const synonymsOf = (stems: string[]): Synonym[] => synonyms.get(keyOf(stems)) ?? []

/** How many words an expression of the synonym list has at most. */
export const longestExpression = Math.max(
  ...[...synonyms.keys()].map((key) => key.split(' ').length),
)

/** Whether our lists of trades and of synonyms have a folded word, in one of its forms: it means just that. */
export const isListed = (word: string) => trades.has(stemOf(word)) || synonyms.has(stemOf(word))

/** Whether a folded word is known to be one, in one of its forms: then it is no typing error. */
export const isWord = (word: string) => bookStems.has(stemOf(word)) || isListed(word)

const bookStems = new Set([...wordBook.keys()].map(stemOf))
