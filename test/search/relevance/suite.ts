/** Asks every query of the suite and measures what came, class by class. */
import type { JudgedRecord } from './corpus.ts'
import { type Measures, mean, measure } from './measures.ts'
import { type JudgedQuery, judgedQueries } from './queries.ts'

/** Answers the ids of hits, best first. */
export type Searcher = (q: string) => Promise<string[]>

export interface Outcome {
  query: JudgedQuery
  hits: string[]
  /** Absent where nothing is to be found. */
  measures?: Measures
}

export interface ClassFigures extends Measures {
  class: string
  /** Queries with hits where there should be none. */
  falseAlarms: number
}

export const askAll = async (
  search: Searcher,
  records: Map<string, JudgedRecord>,
  queries = judgedQueries(),
): Promise<Outcome[]> =>
  Promise.all(
    queries.map(async (query) => {
      const hits = await search(query.q)
      const all = [...records.values()].map(query.gradeOf)
      const found = hits.map((id) => {
        const record = records.get(id)
        if (!record) throw new Error(`nobody published ${id}`)
        return query.gradeOf(record)
      })
      const nothing = all.every((grade) => grade === 0)
      return { query, hits, ...(!nothing && { measures: measure(found, all) }) }
    }),
  )

export const figuresOf = (outcomes: Outcome[]): ClassFigures[] =>
  [...new Set(outcomes.map(({ query }) => query.class))].map((name) => {
    const own = outcomes.filter(({ query }) => query.class === name)
    const measured = own.flatMap(({ measures }) => (measures ? [measures] : []))
    return {
      class: name,
      ndcg10: mean(measured.map(({ ndcg10 }) => ndcg10)),
      recall20: mean(measured.map(({ recall20 }) => recall20)),
      mrr: mean(measured.map(({ mrr }) => mrr)),
      falseAlarms: own.filter(({ measures, hits }) => !measures && hits.length > 0).length,
    }
  })
