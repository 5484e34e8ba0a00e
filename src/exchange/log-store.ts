/** The end of the log, and whether this database must first learn what it forgot or missed. */
import type { FeedName } from '../federation/statement.ts'
import type { Db } from '../hub.ts'
import type { Mark } from '../signing/journal.ts'

/** This database was restored from a backup; or its node was away for long. */
export type Absence = 'restored' | 'returned'

export interface LogEnd extends Mark {
  absence: Absence | null
  /** Since when it catches up. */
  since: Date | null
}

export const logEnd = (sql: Db) => sql<LogEnd[]>`
  select life, position, catching_up as absence, catching_up_since as since from log_end
`

/** Whether something was taken back after this position. */
export const takenBackAfter = (sql: Db, position: number) => sql`
  select 1 from entries where op in ('withdraw', 'erase') and position > ${position} limit 1
`

/** Begins a new life: this database lacks what was noted at this mark. */
export const beginLife = (sql: Db, noted: Mark, now: Date) => sql`
  update log_end
  set life = ${noted.life} + 1, catching_up = 'restored', catching_up_since = ${now}
  where (life, position) < (${noted.life}, ${noted.position})
  returning 1
`

/** There is more to catch up with than was known. */
export const beginAgain = (sql: Db, now: Date) => sql`
  update log_end set catching_up_since = ${now} where catching_up is not null
`

/** Notes that this node was away, if no feed was pulled since `limit`; who never pulled was not away. */
export const noteReturn = (sql: Db, limit: Date, now: Date) => sql`
  update log_end
  set catching_up = 'returned', catching_up_since = ${now}
  where catching_up is null and (select max(last_success) from pulls) < ${limit}
`

/** What is still missing before anything may be shown: feeds that were not pulled to their end since then. */
export const feedsBehind = (sql: Db, own: string[], since: Date) => sql<
  { iss: string; feed: FeedName; name: string; reason: string | null; coming: boolean }[]
>`
  select p.iss, p.feed, c.name, p.reason, p.reason is null as coming
  from pulls p join centres c on c.entity_id = p.iss
  where coalesce(p.last_success, '-infinity') < ${since}
    and p.iss not in (select value from jsonb_array_elements_text(${sql.json(own)}))
  order by c.slug, p.feed desc
`

/** Everything may be shown again. */
export const endAbsence = (sql: Db) => sql`
  with ended as (
    update log_end set catching_up = null, catching_up_since = null
    where catching_up is not null
    returning 1
  )
  select pg_notify('log', 'caught up') from ended
`
