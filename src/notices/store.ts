import type { Db } from '../hub.ts'

/** A barrier that a reader met. */
export interface BarrierReport {
  id: string
  made_at: Date
  /** The page it is about, as she calls it; may be empty. */
  page: string
  report: string
  /** Where to answer; may be empty. */
  contact: string
}

export const keepReport = (sql: Db, { id, made_at, page, report, contact }: BarrierReport) => sql`
  insert into barrier_reports (id, made_at, page, report, contact)
  values (${id}, ${made_at}, ${page}, ${report}, ${contact})
`

/** What is still to be dealt with, the oldest first. */
export const openReports = (sql: Db) => sql<BarrierReport[]>`
  select id, made_at, page, report, contact from barrier_reports order by made_at, id limit 100
`

/** Dealt with: nothing of it is kept. Answers it, or nothing where there is none. */
export const forgetReport = (sql: Db, id: string) => sql<{ id: string }[]>`
  delete from barrier_reports where id = ${id} returning id
`
