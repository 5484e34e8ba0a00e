/** Taking German compounds apart: Qualifizierungsbaustein is a Baustein for Qualifizierung. */
import { stopWords, wordBook } from './lexicon.ts'

/** Whether a folded word is known to stand alone. */
export type Knows = (word: string) => boolean

/**
 * The folded words that a compound is made of, from left to right; empty where it is no compound of known words.
 * What the word book has is not taken apart.
 */
export const splitCompound = (word: string, inRecords: Knows): string[] => {
  if (word.length < shortest * 2 || wordBook.has(word) || !/^[a-z]+$/.test(word)) return []
  const knows: Knows = (part) => isPart(part, inRecords)
  return bestSplit(word, knows, word)?.parts ?? []
}

/** Places where a word may be taken apart: what stands before and behind each. Both may be words of records. */
export const possibleParts = (word: string): string[] => {
  if (word.length < shortest * 2 || wordBook.has(word)) return []
  const cuts = Array.from({ length: word.length - shortest * 2 + 1 }, (_, n) => n + shortest)
  return cuts
    .flatMap((cut) => [word.slice(0, cut), word.slice(cut)])
    .filter(({ length }) => length >= shortestInRecords)
}

/** Words of the word book that stand somewhere in a word. */
export const partsInWordBook = (word: string): string[] => {
  const found: string[] = []
  for (let from = 0; from + shortest <= word.length; from++) {
    for (let to = from + shortest; to <= word.length; to++) {
      const part = word.slice(from, to)
      if (wordBook.has(part)) found.push(part)
    }
  }
  return found
}

/** Letters that a part has at least; fewer in the word book than in records, where anything may stand. */
const shortest = 3
const shortestInRecords = 5

/** Endings and prefixes that are words only by accident. */
const noParts = new Set(
  'heit keit schaft ung bar los haft weise lich ismus ein aus auf vor nach ver ent zer miss ige igen isch ischen innen lung tung rung nung sung dung gung'.split(
    ' ',
  ),
)

const isPart = (part: string, inRecords: Knows) => {
  if (part.length < shortest || noParts.has(part) || stopWords.has(part)) return false
  return wordBook.has(part) || (part.length >= shortestInRecords && inRecords(part))
}

interface Split {
  parts: string[]
  /** Smaller is better: few and long parts. */
  cost: number
}

/** What may stand between two parts, and what a part may lose before the next (Sprach-, Schul-). */
const links = ['', 's', 'es', 'n', 'en', 'er', 'e', 'ns']
const lost = ['', 'e', 'en']

const bestSplit = (rest: string, knows: Knows, whole: string): Split | undefined => {
  let best: Split | undefined
  const consider = (head: string, tail: Split) => {
    const cost = tail.cost + 10 - Math.min(head.length, 9) * 0.5
    if (!best || cost < best.cost) best = { parts: [head, ...tail.parts], cost }
  }
  for (let cut = shortest; cut <= rest.length - shortest; cut++) {
    const head = headOf(rest.slice(0, cut), knows)
    if (!head || (rest === whole && head === whole)) continue
    const tail = endOf(rest.slice(cut), knows, whole)
    if (tail) consider(head, tail)
  }
  return best
}

const endOf = (rest: string, knows: Knows, whole: string): Split | undefined => {
  const last = lastOf(rest, knows)
  if (last) return { parts: [last], cost: 10 - Math.min(last.length, 9) * 0.5 }
  return rest.length >= shortest * 2 ? bestSplit(rest, knows, whole) : undefined
}

/** The word that a first or middle part stands for: as it is, without its link, or with what it has lost. */
const headOf = (text: string, knows: Knows) => {
  for (const link of links) {
    const word = text.endsWith(link) ? text.slice(0, text.length - link.length) : ''
    if (word && knows(word)) return word
  }
  return text.length >= 4 ? lost.map((end) => text + end).find(knows) : undefined
}

/** The last part may be inflected. */
const inflections = ['', 'n', 'en', 's', 'es', 'e', 'er', 'ern', 'in', 'innen']

const lastOf = (text: string, knows: Knows) => {
  for (const ending of inflections) {
    const word = text.endsWith(ending) ? text.slice(0, text.length - ending.length) : ''
    if (word && knows(word)) return word
  }
  return undefined
}
