/** A record as the index has it: stems by their place and weight, parts of compounds, words for the vocabulary. */
import { type Record, searchedTexts, teaserOf } from '../publications/record.ts'
import { splitCompound } from './compound.ts'
import { facetTermsOf } from './facets.ts'
import { fold, type Joined, joinedOf, type Token, tokensOf, visible } from './normal.ts'
import { stemOf } from './stem.ts'

/** A word as records have it. */
export interface Word {
  word: string
  stem: string
  parts: string[]
  shown: string
}

export interface Analysed {
  length: number
  facets: string[]
  /** `tsvector`s as text. */
  head: string
  words: string
  /** Every word once, folded. */
  vocabulary: string[]
}

/** A text of a record, taken apart. */
interface Reading {
  field: string
  weight: string
  /** Whether it is more than the name of a class: in that nobody speaks of its compounds' parts. */
  isTelling: boolean
  tokens: Token[]
  joined: Joined[]
  text: string
}

export interface ReadRecord {
  record: Record
  readings: Reading[]
  /** Every word by its folded form, as it was written first. */
  shown: Map<string, string>
}

/** First reading: which words there are. */
export const readWords = (record: Record): ReadRecord => {
  const shown = new Map<string, string>()
  const readings = searchedTexts(record).map(({ field, weight, text: found, written }) => {
    const text = visible(found)
    const isTelling = written || weight !== 'D'
    const tokens = tokensOf(text)
    const joined = joinedOf(text, tokens)
    for (const { word, from, to } of tokens) note(shown, word, text.slice(from, to))
    for (const { word } of joined) note(shown, word, word)
    return { field, weight, isTelling, text, tokens, joined }
  })
  return { record, readings, shown }
}

const note = (shown: Map<string, string>, word: string, written: string) => {
  if (!shown.has(word)) shown.set(word, fold(written) === word ? written : word)
}

/** A word that the vocabulary does not have yet. `knows`: what else stands in records. */
export const newWord = (word: string, shown: string, knows: (word: string) => boolean): Word => ({
  word,
  stem: stemOf(word),
  parts: partsOf(word, knows),
  shown,
})

/** Stems of what a word is made of, and of what these are made of. */
export const partsOf = (word: string, knows: (word: string) => boolean): string[] => {
  const parts = splitCompound(word, knows)
  const stems = parts.flatMap((part) => [stemOf(part), ...partsOf(part, knows)])
  return [...new Set(stems)].filter((stem) => stem !== stemOf(word))
}

/** What stands before the stem of a part of a compound, so that it is told from a word of its own. */
export const partSign = '+'

/** Fields that say what a record is about. */
const headFields = new Set(['title', 'summary', 'question'])

interface Context {
  slug: string
  feed: string
  changed: number
  /** Of every word in the record. */
  partsOf(word: string): string[]
}

/** Second reading: everything the index wants to know. */
export const analyse = (
  { record, readings, shown }: ReadRecord,
  { slug, feed, changed, partsOf: find }: Context,
): Analysed => {
  const facets = facetTermsOf(record, teaserOf(record), slug, changed)
  const marks = [...facets, `feed=${feed}`]
  const head = new Vector(marks)
  const words = new Vector(marks)
  for (const { field, weight, isTelling, tokens, joined } of readings) {
    for (const vector of headFields.has(field) ? [head, words] : [words]) {
      vector.add(tokens, joined, weight, isTelling ? find : () => [])
    }
  }
  const length = readings.reduce((sum, { tokens }) => sum + tokens.length, 0)
  const vocabulary = [...shown.keys()]
  return { length, facets, head: head.toString(), words: words.toString(), vocabulary }
}

/** PostgreSQL keeps so many places of a word, and numbers them so far. */
const most = { places: 255, place: 16_383 }

/** Between two texts, so that no phrase reaches from one into the next. */
const gap = 10

class Vector {
  #places = new Map<string, string[]>()
  #end = 0

  constructor(marks: string[]) {
    for (const mark of marks) this.#places.set(mark, [])
  }

  add(
    tokens: Token[],
    joined: Reading['joined'],
    weight: string,
    find: (word: string) => string[],
  ) {
    const put = (word: string, at: number) => {
      this.#put(stemOf(word), at, weight)
      for (const part of find(word)) this.#put(partSign + part, at, weight)
    }
    for (const [n, { word }] of tokens.entries()) put(word, this.#end + n + 1)
    for (const { word, first } of joined) put(word, this.#end + first + 1)
    this.#end += tokens.length + gap
  }

  #put(lexeme: string, at: number, weight: string) {
    const places = this.#places.get(lexeme) ?? []
    if (places.length < most.places) places.push(`${Math.min(at, most.place)}${weight}`)
    this.#places.set(lexeme, places)
  }

  toString() {
    return [...this.#places]
      .map(([lexeme, places]) =>
        places.length > 0 ? `${quoted(lexeme)}:${places.join(',')}` : quoted(lexeme),
      )
      .join(' ')
  }
}

/** A lexeme as PostgreSQL reads it in a `tsvector` or `tsquery`. */
export const quoted = (lexeme: string) => `'${lexeme.replaceAll(/['\\]/g, '$&$&')}'`
