/** What the vocabulary of the records has on the words of a question, and on the other ways to say them. */
import type { Db } from '../hub.ts'
import type { Audience } from '../publications/store.ts'
import { partsInWordBook, possibleParts } from './compound.ts'
import { longestExpression, synonymsOf } from './lexicon.ts'
import type { Chunk } from './question.ts'
import { compoundsSaid } from './said.ts'
import { stemOf } from './stem.ts'
import { countStems, type KnownWord, type StemCount, wordsIn } from './vocabulary.ts'
import type { Way } from './way.ts'

export class Book {
  readonly #sql: Db
  readonly #audience: Audience
  readonly #words = new Map<string, KnownWord>()
  readonly #stems = new Map<string, StemCount>()
  /** Stems of the other forms of a word as a verb. */
  readonly verbs: Map<string, string[]>
  /** Stems of what a word says together with another of the question. */
  readonly said: Map<string, string[][]>

  constructor(sql: Db, audience: Audience, chunks: Chunk[], verbs: Map<string, string[]>) {
    this.#sql = sql
    this.#audience = audience
    this.verbs = verbs
    this.said = compoundsSaid(chunks, verbs)
  }

  /** Looks everything up at once that reading will probably ask for. */
  async open(chunks: Chunk[]) {
    const words = chunks.flatMap((chunk) => chunk.words)
    const joined = words.flatMap((word, n) => (n > 0 ? [words[n - 1] + word] : []))
    await this.#meet([...words, ...joined, ...words.flatMap(possibleParts)])
    const unknown = words.filter((word) => !this.#words.has(word))
    const parts = [...words.flatMap(partsInWordBook), ...unknown.flatMap(possibleParts)]
    const compounds = [...this.said.values()].flat()
    const expressions = [...expressionsIn(words.map(stemOf)), ...compounds]
    await this.learn([
      ...[...words, ...joined, ...parts].map(stemOf),
      ...[...this.verbs.values()].flat(),
      ...[...this.#words.values()].flatMap(({ stem, parts }) => [stem, ...parts]),
      ...compounds.filter(({ length }) => length === 1).flat(),
      ...expressions.flatMap(synonymsOf).flatMap(({ stems }) => stems),
    ])
  }

  async #meet(words: string[]) {
    const known = await wordsIn(this.#sql, this.#audience, [...new Set(words)])
    for (const one of known) this.#words.set(one.word, one)
    return known
  }

  /** Takes up a word that records have, and what it is made of. */
  async meet(word: string) {
    const known = await this.#meet([word])
    await this.learn(known.flatMap(({ parts }) => parts))
  }

  async learn(stems: string[]) {
    const fresh = [...new Set(stems)].filter((stem) => !this.#stems.has(stem))
    if (fresh.length === 0) return
    for (const count of await countStems(this.#sql, this.#audience, fresh)) {
      this.#stems.set(count.stem, count)
    }
  }

  /** A word as records have it. */
  word(word: string) {
    return this.#words.get(word)
  }

  /** Whether records have a word in any of its forms, if only as part of another. */
  stands(word: string) {
    return this.isIndexed(stemOf(word))
  }

  isIndexed(stem: string) {
    return this.#documentsWith(stem) > 0
  }

  /** Whether something may be found this way. */
  leads(way: Way) {
    return way.stems.length > 0 && this.documentsOf(way) > 0
  }

  /** How many records there are at most that have it said so. */
  documentsOf({ stems }: Way) {
    return Math.min(...stems.map((stem) => this.#documentsWith(stem)))
  }

  #documentsWith(stem: string) {
    const { own = 0, part = 0 } = this.#stems.get(stem) ?? {}
    return own + part
  }
}

const expressionsIn = (stems: string[]) =>
  stems.flatMap((_, from) =>
    Array.from({ length: longestExpression }, (_, n) => stems.slice(from, from + n + 1)),
  )
