import { plainWords } from './words.ts'

/** What somebody looks for. */
export interface Question {
  /** Words and phrases in quotes. */
  wanted: string
  /** The words after a minus: whatever holds one of them is left out. */
  unwanted: string
}

const minusWord = /(?<=^|\s)-+("[^"]*"|\S+)/g

/** Reads what was typed: words, phrases in quotes of any kind, and words after a minus that must not occur. */
export const readQuestion = (typed: string): Question => {
  const text = plainWords(typed.replaceAll(/[„“”«»]/g, '"'))
  return {
    wanted: text.replaceAll(minusWord, ' '),
    unwanted: [...text.matchAll(minusWord)].map(([, word]) => word).join(' '),
  }
}
