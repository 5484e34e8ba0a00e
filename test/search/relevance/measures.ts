/** How good a list of hits is, by the grades of what it shows. */
import type { Grade } from './queries.ts'

export interface Measures {
  /** Gain 2^grade − 1, discounted by log2 of the rank, against the best possible order. */
  ndcg10: number
  /** How much of what is useful (grade 2 and 3, at most 20 of it) stands among the first 20. */
  recall20: number
  /** 1 / rank of the first useful hit, over the first 20. */
  mrr: number
}

/** `found`: grades of the hits in their order; `all`: grades of every record there is. */
export const measure = (found: Grade[], all: Grade[]): Measures => ({
  ndcg10: gain(found.slice(0, 10)) / gain(all.toSorted((a, b) => b - a).slice(0, 10)),
  recall20: count(found.slice(0, 20)) / Math.min(20, count(all)),
  mrr: reciprocal(found.slice(0, 20).findIndex(isUseful)),
})

const reciprocal = (index: number) => (index === -1 ? 0 : 1 / (index + 1))

const isUseful = (grade: Grade) => grade >= 2
const count = (grades: Grade[]) => grades.filter(isUseful).length

const gain = (grades: Grade[]): number =>
  grades.reduce<number>((sum, grade, rank) => sum + (2 ** grade - 1) / Math.log2(rank + 2), 0)

export const mean = (values: number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length
