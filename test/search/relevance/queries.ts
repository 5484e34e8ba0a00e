/**
 * The queries of the relevance suite and what they should find: fixtures/search/queries.json, and three later sets,
 * written by people who had not seen the search, and judged before anybody had seen what they find. The second and the
 * third were looked at afterwards, to find rules that were missing; the fourth was asked when the rules were made.
 * Nothing is tuned to single ones of these.
 */
import { readFileSync } from 'node:fs'
import type { JudgedRecord } from './corpus.ts'

/** 0: beside the point, 1: of some use, 2: useful, 3: what was looked for. */
export type Grade = 0 | 1 | 2 | 3

export interface JudgedQuery {
  class: string
  q: string
  gradeOf(record: JudgedRecord): Grade
}

interface Written {
  /** What is typed; in the class of typing errors, what was meant. */
  q?: string
  of?: string
  /** Which records deserve which grade, as `theme=roster business=hotel|wording=schichtplan`. */
  best?: string
  good?: string
  fair?: string
}

const folder = new URL('../../../fixtures/search/', import.meta.url)

export const laterSets = ['queries-second', 'queries-third', 'queries-fourth'] as const

type QuerySet = 'queries' | (typeof laterSets)[number]

export const judgedQueries = (set: QuerySet = 'queries'): JudgedQuery[] => {
  const file = new URL(`${set}.json`, folder)
  const written = JSON.parse(readFileSync(file, 'utf8')) as { [name: string]: Written[] }
  return Object.entries(written).flatMap(([name, queries]) =>
    queries.map((query, n) => ({
      class: name,
      q: query.q ?? mistyped(query.of ?? '', n),
      gradeOf: gradeBy(query),
    })),
  )
}

const gradeBy =
  ({ best, good, fair }: Written) =>
  ({ about }: JudgedRecord): Grade => {
    const fits = (selector = '') =>
      selector.split('|').some((all) => all !== '' && all.split(' ').every((tag) => about.has(tag)))
    if (fits(best)) return 3
    if (fits(good)) return 2
    return fits(fair) ? 1 : 0
  }

/** One letter left out, another in its place, or two in the wrong order – by turns, never the first. */
const mistyped = (word: string, n: number) => {
  const random = dice(n + 1)
  const at = 1 + Math.floor(random() * (word.length - 2))
  const [before, here, next] = [word.slice(0, at), word.charAt(at), word.charAt(at + 1)]
  if (n % 3 === 0) return before + word.slice(at + 1)
  if (n % 3 === 1 || here === next) return before + otherThan(here, random) + word.slice(at + 1)
  return before + next + here + word.slice(at + 2)
}

const otherThan = (letter: string, random: () => number): string => {
  const other = 'abcdefghiklmnoprstuwz'.charAt(Math.floor(random() * 21))
  return other === letter ? otherThan(letter, random) : other
}

/** Mulberry32: the same numbers from the same seed, everywhere. */
export const dice = (seed: number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
