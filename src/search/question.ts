/** What somebody typed, read as words, phrases and words that must not occur. */
import { stopWords } from './lexicon.ts'
import { fold, joinedOf, tokensOf, visible } from './normal.ts'

/** Something typed without a blank in it, or in quotes. */
export interface Chunk {
  text: string
  /** Folded. */
  words: string[]
  /** The words of `text` written as one, where hyphens join them. */
  joined?: string
  /** In quotes, or of one piece like a number or a mailbox: the words stand in this order, and mean exactly this. */
  exact: boolean
}

export interface Question {
  wanted: Chunk[]
  unwanted: Chunk[]
  /** Whether it is a sentence with things in it, which German writes with a capital: what has none is no thing. */
  isSentence: boolean
  /** Folded first parts of verbs that stand apart, at the end of a clause: `ein` in "Wie führt man ERP ein?" */
  particles: string[]
}

const particle =
  /(?<=\s)(?:an|ab|auf|aus|ein|vor|zu|mit|nach|um|weg|los|her|hin|bei|fest|teil|weiter|zurück|zusammen)(?=\s*(?:[,.;:!?–]|$)|\s(?:und|oder|um|zu|wenn|dass|weil)\s)/giu

const piece = /(?<=^|\s)(?<minus>[-−–]+)?(?:"(?<phrase>[^"]*)"?|(?<word>\S+))/g

/** Reads what was typed: words, phrases in quotes of any kind, and words after a minus that must not occur. */
export const readQuestion = (typed: string): Question => {
  const text = visible(typed).replaceAll(/[„“”«»]/g, '"')
  const pieces = [...text.matchAll(piece)].map(({ groups = {} }) => ({
    unwanted: groups.minus !== undefined,
    chunks:
      groups.phrase === undefined ? wordChunks(groups.word ?? '') : phraseChunk(groups.phrase),
  }))
  const chunks = (unwanted: boolean) =>
    pieces
      .filter((one) => one.unwanted === unwanted)
      .flatMap((one) => one.chunks)
      .filter(({ words }) => words.length > 0)
      .filter(isFirstOf)
  const wanted = chunks(false)
  return {
    wanted,
    unwanted: chunks(true),
    isSentence: isSentence(wanted),
    particles: [...new Set([...text.matchAll(particle)].map(([word]) => fold(word)))],
  }
}

/** Who says a thing twice means it once. */
const isFirstOf = ({ words, exact }: Chunk, n: number, all: Chunk[]) =>
  all.findIndex((one) => one.exact === exact && one.words.join(' ') === words.join(' ')) === n

const isSentence = (chunks: Chunk[]) =>
  chunks.some(({ words }) => words.every((word) => stopWords.has(word))) &&
  chunks.some(({ text }, n) => n > 0 && !isSmall(text))

/** Written without a capital: in a sentence no thing, but what is said of things. */
export const isSmall = (text: string) => /^\p{Ll}/u.test(text)

const phraseChunk = (text: string): Chunk[] => [
  { text: text.trim(), words: wordsOf(text), exact: true },
]

const wordsOf = (text: string) => tokensOf(text).map(({ word }) => word)

/** What holds numbers, mailboxes and addresses together: 2016/679, 0,5, team@zentrum.example. */
const oneThing = /@|\d[.,/:]\d|[\p{L}\p{N}]\.[\p{L}\p{N}]/u

const wordChunks = (text: string): Chunk[] => {
  if (oneThing.test(text))
    return [{ text: text.replaceAll('"', ''), words: wordsOf(text), exact: true }]
  const tokens = tokensOf(text)
  const [joined] = joinedOf(text, tokens)
  const whole = joined && joined.first === 0 && wordsOf(text).join('') === joined.word
  if (whole) {
    return [{ text, words: tokens.map(({ word }) => word), joined: joined.word, exact: false }]
  }
  return tokens.map(({ word, from, to }) => ({
    text: text.slice(from, to),
    words: [word],
    exact: false,
  }))
}
