/** Which statements say nearly the same: proposals for whoever decides. */
import { stopWords } from '../search/lexicon.ts'
import { tokensOf, visible } from '../search/normal.ts'
import { stemOf } from '../search/stem.ts'

/** From 0, nothing in common, to 1, the same words. */
const enough = 0.3

/**
 * Puts texts into groups, each with those that resemble its first. Answers their indices, in the order of the texts.
 * What two texts share counts the more, the fewer of them have it.
 */
export const groupAlike = (texts: string[]): number[][] => {
  const all = texts.map(stemsIn)
  const weigh = weightsOf(all)
  const groups: number[][] = []
  for (const [n, stems] of all.entries()) {
    const like = groups.find(([first]) => alike(all[first ?? n] ?? stems, stems, weigh) >= enough)
    if (like) like.push(n)
    else groups.push([n])
  }
  return groups
}

/** How much each text has of a question, from 0 to 1. */
export const closenessTo = (question: string, texts: string[]): number[] => {
  const asked = stemsIn(question)
  const all = texts.map(stemsIn)
  const weigh = weightsOf(all)
  const whole = sumOf(asked, weigh)
  return all.map((stems) => (whole > 0 ? sumOf(asked.intersection(stems), weigh) / whole : 0))
}

const stemsIn = (text: string) =>
  new Set(
    tokensOf(visible(text))
      .map(({ word }) => word)
      .filter((word) => word.length > 2 && !stopWords.has(word))
      .map(stemOf),
  )

type Weigh = (stem: string) => number

const weightsOf = (all: Set<string>[]): Weigh => {
  const counts = new Map<string, number>()
  for (const stem of all.flatMap((stems) => [...stems])) {
    counts.set(stem, (counts.get(stem) ?? 0) + 1)
  }
  return (stem) => Math.log(1 + all.length / (counts.get(stem) ?? 1))
}

const sumOf = (stems: Set<string>, weigh: Weigh) =>
  [...stems].reduce((sum, stem) => sum + weigh(stem), 0)

/** The share of the shorter one that the other has too. */
const alike = (one: Set<string>, other: Set<string>, weigh: Weigh) => {
  const least = Math.min(sumOf(one, weigh), sumOf(other, weigh))
  return least > 0 ? sumOf(one.intersection(other), weigh) / least : 0
}
