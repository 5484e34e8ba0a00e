/** What somebody looks for. */
export interface Question {
  /** As typed. */
  text: string
  /** Its words, without those that must not occur. */
  wanted: string
  /** The words after a minus. */
  unwanted: string
}

const minusWord = /(?<=^|\s)-(\S+)/g

/** Reads what was typed: words, phrases in quotes, and words after a minus that must not occur. */
export const readQuestion = (text: string): Question => ({
  text,
  wanted: text.replaceAll(minusWord, ' '),
  unwanted: [...text.matchAll(minusWord)].map(([, word]) => word).join(' '),
})
