/** What figures are made of, and the signed counts. */
import type { Db } from '../hub.ts'
import type { Figures } from './figures.ts'

export interface EndedRow {
  land: string | null
  topics: string[]
  state: 'declined' | 'completed' | 'withdrawn' | 'expired'
  reason: string | null
  outcome: string | null
  days: number | null
}

/** A month in Germany, `2026-03`, of when something ended. */
const monthOf = (sql: Db) => sql`to_char(ended_at at time zone 'Europe/Berlin', 'YYYY-MM')`

/** The referrals that a centre sent and that ended in a month; in any, where none is named. */
export const endedReferrals = (sql: Db, centre: string, month: string | undefined) => sql<
  EndedRow[]
>`
  select land, topics, state, reason, outcome,
    floor(extract(epoch from answered_at - sent_at) / 86400)::int as days
  from referrals
  where centre = ${centre} and side = 'sender' and ended_at is not null
    and (${month ?? null}::text is null or ${monthOf(sql)} = ${month ?? null})
`

/** Months before this one in which something ended and that are not counted yet. */
export const uncountedMonths = (sql: Db, centre: string, before: string) => sql<
  { month: string }[]
>`
  select distinct ${monthOf(sql)} as month from referrals r
  where centre = ${centre} and side = 'sender' and ended_at is not null and ${monthOf(sql)} < ${before}
    and not exists (
      select from referral_counts_sent s where s.centre = r.centre and s.month = ${monthOf(sql)}
    )
  order by 1
`

/** Keeps what was signed for a month; the first counts. */
export const keepSigned = (sql: Db, centre: string, month: string, jws: string) => sql`
  insert into referral_counts_sent (centre, month, jws) values (${centre}, ${month}, ${jws})
  on conflict do nothing
`

export const unsentCounts = (sql: Db, centre: string) => sql<{ month: string; jws: string }[]>`
  select month, jws from referral_counts_sent where centre = ${centre} and sent_at is null order by month
`

export const noteCountsSent = (sql: Db, centre: string, month: string, now: Date) => sql`
  update referral_counts_sent set sent_at = ${now} where centre = ${centre} and month = ${month}
`

interface TakenCounts {
  iss: string
  month: string
  figures: Figures
  jws: string
  dig: string
  now: Date
}

/** Keeps counts that arrive; answers the digest of what is kept for that month. */
export const takeCounts = (sql: Db, { iss, month, figures, jws, dig, now }: TakenCounts) => sql<
  { dig: string }[]
>`
  with kept as (
    insert into referral_counts (iss, month, figures, jws, dig, at)
    values (${iss}, ${month}, ${sql.json(figures as never)}, ${jws}, ${dig}, ${now})
    on conflict do nothing
    returning dig
  )
  select dig from kept
  union all
  select dig from referral_counts where iss = ${iss} and month = ${month}
  limit 1
`

/** Counts of all centres, at the umbrella. */
export const allCounts = (sql: Db) => sql<{ iss: string; month: string; figures: Figures }[]>`
  select iss, month, figures from referral_counts order by month desc, iss
`
