/** What a record must have to be a hit, whichever engine looks: lexemes of the index, and how they go together. */
import { partSign, quoted } from './analyse.ts'

export type Match =
  | { lexeme: string }
  /** These lexemes one after the other. */
  | { phrase: string[] }
  | { all: Match[] }
  | { any: Match[] }
  | { not: Match }

export const lexeme = (text: string): Match => ({ lexeme: text })
export const all = (list: Match[]): Match => {
  const told = list.filter((match) => !('all' in match) || match.all.length > 0)
  return told.length === 1 ? (told[0] as Match) : { all: told }
}
export const any = (list: Match[]): Match =>
  list.length === 1 ? (list[0] as Match) : { any: list }

/** A stem as a word of its own or as part of a compound. */
export const stem = (text: string): Match => any([lexeme(text), lexeme(partSign + text)])

/** As PostgreSQL's `tsquery` reads it; empty where everything is a hit. */
export const asTsquery = (match: Match): string => {
  if ('lexeme' in match) return quoted(match.lexeme)
  if ('phrase' in match) return `(${match.phrase.map(quoted).join(' <-> ')})`
  if ('not' in match) return `!${asTsquery(match.not)}`
  const [list, sign] = 'all' in match ? [match.all, ' & '] : [match.any, ' | ']
  return list.length === 0 ? '' : `(${list.map(asTsquery).join(sign)})`
}

/** Every lexeme that counts for it. */
export const lexemesOf = (match: Match): string[] => {
  if ('lexeme' in match) return [match.lexeme]
  if ('phrase' in match) return match.phrase
  if ('not' in match) return []
  return ('all' in match ? match.all : match.any).flatMap(lexemesOf)
}

/** Whether words must stand in a row, which only the records themselves can tell. */
export const hasPhrase = (match: Match): boolean => {
  if ('phrase' in match) return true
  if ('lexeme' in match) return false
  if ('not' in match) return hasPhrase(match.not)
  return ('all' in match ? match.all : match.any).some(hasPhrase)
}

/** Whether something must be missing. */
export const hasNot = (match: Match): boolean => {
  if ('not' in match) return true
  if ('lexeme' in match || 'phrase' in match) return false
  return ('all' in match ? match.all : match.any).some(hasNot)
}

/** What an index can answer without looking at a record: the words of a phrase anywhere. */
export const withoutOrder = (match: Match): Match => {
  if ('phrase' in match) return all(match.phrase.map(lexeme))
  if ('all' in match) return all(match.all.filter((one) => !('not' in one)).map(withoutOrder))
  if ('any' in match) return any(match.any.map(withoutOrder))
  return match
}
