/** Reading a question word by word: which ways of saying it lead somewhere. */
import type { Db } from '../hub.ts'
import type { Audience } from '../publications/store.ts'
import type { Book } from './book.ts'
import { possibleParts, splitCompound } from './compound.ts'
import { compoundsWith, meantBy, wordsFor } from './guess.ts'
import { isListed, isTrade, longestExpression, stopWords } from './lexicon.ts'
import { tokensOf } from './normal.ts'
import { type Chunk, isSmall } from './question.ts'
import { stemOf } from './stem.ts'
import type { SimilarWord } from './vocabulary.ts'
import { saidWays, synonymWays, type Term, type Way, wayOf } from './way.ts'

/** How much what is said of a thing tells, against the thing. */
const saidShare = 0.8

/** How much the kind of business tells, against its concern. */
const tradeShare = 0.6

const shareOf = (typed: string) =>
  isTrade(tokensOf(typed).map(({ word }) => word)) ? tradeShare : 1

/** What a shorter word of a sentence was meant for is hard to tell, and the others say enough. */
const shortestInSentence = 7

/** A shorter piece of a word tells too little of it; the other words of a sentence help. */
const shortestTelling = { alone: 10, inSentence: 6 } as const

/** Behind so many words of no record nobody guesses what more of them were meant for: each costs some looking up. */
const mostUnknown = 8

const stopStems = new Set([...stopWords].map(stemOf))

export class Reading {
  readonly terms: Term[] = []
  readonly unknown: string[] = []
  /** Words of a sentence of which only a part stands in records. */
  readonly pieces = new Set<string>()
  /** By the word as typed, what was taken for it. */
  readonly corrections = new Map<string, string>()
  readonly #sql: Db
  readonly #audience: Audience
  readonly #book: Book
  readonly #isSentence: boolean

  constructor(sql: Db, audience: Audience, book: Book, isSentence: boolean) {
    this.#sql = sql
    this.#audience = audience
    this.#book = book
    this.#isSentence = isSentence
  }

  /** Reads what stands at a place, and answers how many chunks that was. */
  async take(chunks: Chunk[], n: number): Promise<number> {
    const chunk = chunks[n] as Chunk
    if (chunk.exact) {
      this.#takeExact(chunk)
      return 1
    }
    const together = this.#takeExpression(chunks, n) || this.#takeNeighbours(chunks, n)
    if (together > 0) return together
    if (this.#takeJoined(chunk)) return 1
    if (this.#isSentence && isSmall(chunk.text)) {
      for (const word of chunk.words) this.#takeSaid(chunk.text, word)
      return 1
    }
    for (const [at, word] of chunk.words.entries()) {
      const isLast = n === chunks.length - 1 && at === chunk.words.length - 1
      const text = chunk.words.length === 1 ? chunk.text : word
      await this.#takeWord(text, word, isLast)
    }
    return 1
  }

  /** Keeps the ways that lead somewhere; false where none does. */
  #add(typed: string, ways: Way[], share = shareOf(typed)) {
    const leading = ways.filter((way) => this.#book.leads(way))
    if (leading.length === 0) return false
    const [best] = leading.toSorted((a, b) => b.worth - a.worth)
    this.terms.push({
      typed,
      ways: leading,
      documents: best ? this.#book.documentsOf(best) : 0,
      share,
    })
    return true
  }

  #takeExact({ text, words }: Chunk) {
    const way = wayOf('phrase', words.map(stemOf), words.length > 1)
    if (!this.#add(text, [way])) this.unknown.push(text)
  }

  /** Künstliche Intelligenz: words that have another expression together. */
  #takeExpression(chunks: Chunk[], n: number) {
    for (let length = longestExpression; length > 1; length--) {
      const own = chunks.slice(n, n + length)
      if (own.length < length || own.some(({ exact }) => exact)) continue
      const stems = own.flatMap(({ words }) => words.map(stemOf))
      const others = synonymWays(stems)
      const typed = own.map(({ text }) => text).join(' ')
      if (others.length > 0 && this.#add(typed, [wayOf('word', stems), ...others])) return length
    }
    return 0
  }

  /** Home Office: two words that records write as one. */
  #takeNeighbours(chunks: Chunk[], n: number) {
    const [one, two] = [chunks[n], chunks[n + 1]]
    if (!one || !two || two.exact || one.words.length > 1 || two.words.length > 1) return 0
    const joined = `${one.words[0]}${two.words[0]}`
    if (!this.#book.word(joined)) return 0
    const both = [...one.words, ...two.words].map(stemOf)
    const ways = [
      wayOf('joined', [stemOf(joined)]),
      wayOf('parts', both),
      ...synonymWays([stemOf(joined)]),
    ]
    return this.#add(`${one.text} ${two.text}`, ways) ? 2 : 0
  }

  /** E-Mail, where records have it as one word or as two. */
  #takeJoined({ text, words, joined }: Chunk) {
    if (joined === undefined) return false
    const stems = words.map(stemOf)
    const others = [...synonymWays([stemOf(joined)]), ...synonymWays(stems)]
    const known = this.#book.word(joined) !== undefined
    if (!known && others.length === 0) return false
    return this.#add(text, [
      wayOf('joined', [stemOf(joined)]),
      wayOf(known ? 'parts' : 'word', stems),
      ...others,
    ])
  }

  async #takeWord(text: string, word: string, isLast: boolean) {
    const ways = [
      wayOf('word', [stemOf(word)]),
      ...synonymWays([stemOf(word)]),
      ...this.#partWays(word),
      ...this.#verbWays(word, 'word'),
      ...this.#compoundWays(word),
    ]
    const maybeBegun = isLast && !this.#book.word(word) && !isListed(word)
    if (maybeBegun && (await this.#takeBegun(text, word, ways))) return
    const isGuessed = this.unknown.length < mostUnknown
    if (isGuessed && !this.#book.stands(word)) ways.push(...(await this.#withinWays(word)))
    if (this.#add(text, ways)) return
    if (isGuessed && !isListed(word) && (await this.#guess(text, word))) return
    this.unknown.push(text)
  }

  /** What a word of no record may be: a compound, a typing error, or something with a word of records in it. */
  async #guess(text: string, word: string) {
    if (await this.#takeParts(text, word)) return true
    const isLong = !this.#isSentence || word.length >= shortestInSentence
    const meant = isLong && (await meantBy(this.#sql, this.#audience, text, word))
    if (meant && (await this.#takeCorrected(text, meant))) return true
    return this.#takePiece(text, word)
  }

  /** What a sentence says of its things, as it is: no typing error is looked for in it, and nobody misses it. */
  #takeSaid(text: string, word: string) {
    const stems = [stemOf(word)]
    const ways = [
      wayOf('said', stems),
      ...saidWays(stems),
      ...this.#verbWays(word, 'said'),
      ...this.#compoundWays(word),
    ]
    this.#add(text, ways, saidShare)
  }

  #verbWays(word: string, how: 'word' | 'said') {
    return (this.#book.verbs.get(word) ?? []).map((stem) => wayOf(how, [stem]))
  }

  #compoundWays(word: string) {
    const said = this.#book.said.get(word) ?? []
    return said.flatMap((stems) => [
      ...(stems.length === 1 ? [wayOf('joined', stems)] : []),
      ...synonymWays(stems),
    ])
  }

  /** A known compound is also found where its parts stand apart. */
  #partWays(word: string) {
    const known = this.#book.word(word)
    if (!known || known.parts.length < 2) return []
    const parts = splitCompound(word, (part) => this.#book.stands(part)).map(stemOf)
    return parts.length > 1 ? [wayOf('parts', parts)] : []
  }

  /** Tisch…: still being typed, or a form of a word that no record has. Übers… is not a form of über. */
  async #takeBegun(text: string, word: string, ways: Way[]) {
    const begun = await wordsFor(this.#sql, this.#audience, text, word)
    const stems = new Map<string, number>()
    for (const { stem, documents } of begun) stems.set(stem, (stems.get(stem) ?? 0) + documents)
    if (stems.size === 0) return false
    const own = stopStems.has(stemOf(word)) ? [] : ways.filter((way) => this.#book.leads(way))
    const documents = [...stems.values()].reduce((sum, count) => sum + count, 0)
    const begunWays = [...stems.keys()].map((stem) => wayOf('begun', [stem]))
    this.terms.push({ typed: text, ways: [...own, ...begunWays], documents })
    return true
  }

  /** Scanner, where records have only Handscanner. */
  async #withinWays(word: string) {
    const stems = (await compoundsWith(this.#sql, this.#audience, word)).map(({ stem }) => stem)
    await this.#book.learn(stems)
    return stems.map((stem) => wayOf('within', [stem]))
  }

  /** A compound that nobody has written: its parts, if all of them stand in records; of a sentence, those that do. */
  async #takeParts(text: string, word: string) {
    const parts = splitCompound(word, (part) => this.#book.stands(part)).map(stemOf)
    const indexed = parts.filter((part) => this.#book.isIndexed(part))
    const isEnough = this.#isSentence ? indexed.length > 0 : indexed.length === parts.length
    if (parts.length < 2 || !isEnough) return false
    const ways = indexed.map((part) => [wayOf('parts', [part]), ...synonymWays([part])])
    await this.#book.learn(ways.flatMap((list) => list.flatMap(({ stems }) => stems)))
    for (const list of ways) this.#add(text, list)
    if (indexed.length < parts.length) this.pieces.add(text)
    return true
  }

  /** Of Telefonklingeln at least the Telefon: the longest word of records with which it begins or ends. */
  async #takePiece(text: string, word: string) {
    const shortest = this.#isSentence ? shortestTelling.inSentence : shortestTelling.alone
    const pieces = possibleParts(word)
      .filter(({ length }) => length >= shortest)
      .toSorted((a, b) => b.length - a.length)
    for (const piece of pieces) {
      const parts = this.#book.stands(piece) ? [stemOf(piece)] : this.#standingParts(piece)
      if (parts.length === 0) continue
      if (this.#isSentence) this.pieces.add(text)
      const ways = [wayOf('parts', parts), ...synonymWays(parts)]
      await this.#book.learn(ways.flatMap(({ stems }) => stems))
      return this.#add(text, ways)
    }
    return false
  }

  /** Stems of what a compound is made of; none if one of them stands in no record. */
  #standingParts(word: string) {
    const parts = splitCompound(word, (part) => this.#book.stands(part)).map(stemOf)
    return parts.every((part) => this.#book.isIndexed(part)) ? parts : []
  }

  async #takeCorrected(text: string, meant: SimilarWord) {
    const stem = stemOf(meant.word)
    const ways = [wayOf('corrected', [stem]), ...synonymWays([stem])]
    await Promise.all([
      this.#book.meet(meant.word),
      this.#book.learn(ways.flatMap(({ stems }) => stems)),
    ])
    if (!this.#add(meant.shown, [...ways, ...this.#partWays(meant.word)])) return false
    this.corrections.set(text, meant.shown)
    return true
  }
}
