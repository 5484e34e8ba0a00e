/** What a hit shows of itself, and why it is one. */
import { type Record, type SearchedText, searchedTexts } from '../publications/record.ts'
import { splitCompound } from './compound.ts'
import { fold, type Joined, joinedOf, type Token, tokensOf, visible } from './normal.ts'
import type { Ranked } from './rank.ts'
import { stemOf } from './stem.ts'
import { type How, isWhole, type Term, type Way } from './way.ts'

/** A piece of a passage; `hit` marks the words that were looked for. */
export interface Piece {
  text: string
  hit: boolean
}

export interface Passage {
  /** Which part of the record it is from: `Lösung`. */
  in: string
  pieces: Piece[]
}

/** A word of a record that is a hit, and for which terms. */
interface Hit extends Token {
  terms: Term[]
}

interface Sentence {
  label: string
  text: string
  hits: Hit[]
  /** Whether it may be shown: neither a label nor the title. */
  isPassage: boolean
  /** How many different terms it has, and how well placed it is. */
  worth: number
}

/** Passages of a record in which these terms stand, and the reasons why it is a hit; `asked` is all that was looked for. */
export const tellHit = (record: Record, terms: Ranked['terms'], asked: Term[]) => {
  const stems = new Set(terms.flatMap(({ ways }) => ways.flatMap((way) => way.stems)))
  const sentences = searchedTexts(record)
    .filter(({ text }) => mayHold(text, stems))
    .flatMap((text) => sentencesOf(text, terms))
    .filter(({ hits }) => hits.length > 0)
  return { passages: passagesOf(sentences), why: reasonsOf(sentences, terms, asked) }
}

/** Most texts have none of the words: these are seen at a glance. */
export const mayHold = (text: string, stems: Set<string>) => {
  const folded = plain(fold(text))
  const joined = folded.replaceAll(/[-‐‑]/g, '')
  for (const stem of stems) if (folded.includes(stem) || joined.includes(stem)) return true
  return false
}

/** At most so many passages, of so many characters. */
const most = { passages: 2, length: 260 } as const

/** The most telling sentences, each with a term that none before has. */
const passagesOf = (sentences: Sentence[]): Passage[] => {
  const chosen: Sentence[] = []
  const seen = new Set<Term>()
  const best = sentences.filter(({ isPassage }) => isPassage).toSorted((a, b) => b.worth - a.worth)
  for (const sentence of best) {
    const brings = sentence.hits.some((hit) => hit.terms.some((term) => !seen.has(term)))
    if (chosen.length === most.passages || !brings) continue
    for (const hit of sentence.hits) for (const term of hit.terms) seen.add(term)
    chosen.push(sentence)
  }
  return chosen.map(({ label, text, hits }) => ({ in: label, pieces: piecesOf(text, hits) }))
}

/** Markdown that is only emphasis or a link reads as its text. */
const withoutMarks = (text: string) =>
  visible(text)
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/(\*\*|__|`|^#+\s|^>\s)/gm, '')

const places = { A: 0.3, B: 0.2, C: 0.1, D: 0 }

const sentencesOf = (
  { field, label, text, weight, written }: SearchedText,
  terms: Ranked['terms'],
): Sentence[] =>
  withoutMarks(text)
    .split(/(?<=[.!?…]["“»]?)\s+|\n+/)
    .map((sentence) => {
      const hits = hitsIn(sentence, terms)
      const different = new Set(hits.flatMap((hit) => hit.terms))
      const isPassage = written && field !== 'title'
      return { label, text: sentence, hits, isPassage, worth: different.size + places[weight] }
    })

const hitsIn = (text: string, terms: Ranked['terms']): Hit[] => {
  const tokens = tokensOf(text)
  const joined = joinedOf(text, tokens)
  const places = terms.map(({ term, ways }) => ({
    term,
    at: new Set(ways.flatMap((way) => [...placesOf(way, tokens), ...placesJoined(way, joined)])),
  }))
  return tokens.flatMap((token, n) => {
    const own = places.filter(({ at }) => at.has(n)).map(({ term }) => term)
    return own.length > 0 ? [{ ...token, terms: own }] : []
  })
}

/** Which of the words a way of saying is: each of its stems, or where they must stand together all of them in a row. */
export const placesOf = ({ stems, adjacent, how }: Way, tokens: Token[]): number[] =>
  tokens.flatMap((token, n) => {
    if (!adjacent) return stems.some((stem) => isOf(token.word, stem, how)) ? [n] : []
    const isRun = stems.every((stem, next) => isOf(tokens[n + next]?.word ?? '', stem, how))
    return isRun ? stems.map((_, next) => n + next) : []
  })

/** E-Mail, where Email was looked for: each of its words. */
const placesJoined = ({ stems, adjacent, how }: Way, joined: Joined[]): number[] =>
  joined
    .filter(({ word }) => !adjacent && stems.some((stem) => isOf(word, stem, how)))
    .flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, n) => first + n))

/** A word has the stem, or is a compound with it in it: the index said that there is one. */
const isOf = (word: string, stem: string, how: How) =>
  stemOf(word) === stem || (!isWhole(how) && plain(word).includes(stem) && hasPart(word, stem))

/** Letters of the shortest part that is known without taking the word apart: `erhält` is no compound of `alt`. */
const shortestTelling = 5

const hasPart = (word: string, stem: string) => {
  const isSame = (part: string) => stemOf(part) === stem
  if (splitCompound(word, isSame).some(isSame)) return true
  const own = stemOf(word)
  return stem.length >= shortestTelling && (own.startsWith(stem) || own.endsWith(stem))
}

/** As stems write umlauts. */
const plain = (word: string) => (word.includes('e') ? word.replaceAll(/(?<=[aou])e/g, '') : word)

const piecesOf = (text: string, hits: Hit[]): Piece[] => {
  const [start, end] = windowOf(text, hits)
  const pieces: Piece[] = []
  const put = (from: number, to: number, hit: boolean) => {
    if (to > from) pieces.push({ text: text.slice(from, to), hit })
  }
  if (start > 0) pieces.push({ text: '… ', hit: false })
  let at = start
  for (const { from, to } of hits.filter((hit) => hit.from >= start && hit.to <= end)) {
    put(at, from, false)
    put(from, to, true)
    at = to
  }
  put(at, end, false)
  if (end < text.length) pieces.push({ text: ' …', hit: false })
  return pieces
}

/** Where a long sentence is cut: at blanks, around its first hit. */
const windowOf = (text: string, [first]: Hit[]) => {
  if (text.length <= most.length) return [0, text.length] as const
  const around = Math.max(0, (first?.from ?? 0) - most.length / 3)
  const start = around === 0 ? 0 : text.indexOf(' ', around) + 1
  const end = text.lastIndexOf(' ', start + most.length)
  return [start, end > start ? end : text.length] as const
}

/** Why this is a hit, term by term, in German; and which terms it lacks. */
const reasonsOf = (sentences: Sentence[], terms: Ranked['terms'], asked: Term[]): string[] => {
  const had = terms.map(({ term }) => reasonFor(term, sentences))
  const named = new Set(terms.map(({ term }) => term.typed))
  const lacking = asked.filter(({ typed }) => !named.has(typed))
  return [...new Set([...had, ...lacking.map(({ typed }) => `ohne „${typed}“`)])]
}

const reasonFor = (term: Term, sentences: Sentence[]) => {
  const own = sentences.flatMap(({ label, text, hits }) =>
    runsOf(hits.filter((hit) => hit.terms.includes(term))).map((run) => ({
      label,
      written: text.slice(run[0]?.from, run.at(-1)?.to),
      words: run.map(({ word }) => word),
    })),
  )
  const labels = [...new Set(own.map(({ label }) => label))].slice(0, 3).join(', ')
  const place = labels ? ` in ${labels}` : ''
  const stems = tokensOf(term.typed).map(({ word }) => stemOf(word))
  const isTyped = own.some(({ words }) => words.some((word) => stems.includes(stemOf(word))))
  const as = isTyped || !own[0] ? '' : ` als „${own[0].written}“`
  return `„${term.typed}“${as}${place}`
}

/** Hits that stand next to each other, with a blank or a hyphen between: digitaler Wandel, E-Mail. */
const runsOf = (hits: Hit[]) => {
  const runs: Hit[][] = []
  for (const hit of hits) {
    const last = runs.at(-1)
    if (last?.at(-1)?.to === hit.from - 1) last.push(hit)
    else runs.push([hit])
  }
  return runs
}
