/** All SQL about agreements and what is noted of them here. */
import type { Db } from '../hub.ts'
import { publishedResults } from './results-store.ts'
import type { Actor } from './store.ts'

interface RecordWithAgreements {
  rid: string
  slug: string
  title: string
  /** As signed. */
  agreements: {
    what: string
    who: string
    by?: string
    state: 'open' | 'in-progress' | 'done' | 'dropped'
  }[]
}

/** Of a centre's published results, those in which something was agreed. */
export const agreementsIn = (sql: Db, iss: string) => sql<RecordWithAgreements[]>`
  select r.rid, c.slug, r.teaser ->> 'title' as title, k.content -> 'agreements' as agreements
  from ${publishedResults(sql)} and r.iss = ${iss}
    and jsonb_array_length(coalesce(k.content -> 'agreements', '[]')) > 0
  order by e.iat desc, r.rid
`

/** What staff here can say of an agreement. */
export const localStates = ['open', 'done', 'dropped'] as const
export type LocalState = (typeof localStates)[number]

export interface AgreementNote {
  rid: string
  dig: string
  state: LocalState | null
}

export const notesOf = (sql: Db, iss: string) => sql<AgreementNote[]>`
  select rid, dig, state from agreement_notes where iss = ${iss}
`

interface Named {
  iss: string
  rid: string
  dig: string
}

export const markAgreement = (
  sql: Db,
  { iss, rid, dig, state }: Named & { state: LocalState },
  { centre, by, now }: Actor,
) => sql`
  with noted as (
    insert into agreement_notes (iss, rid, dig, state, said_by, said_at)
    values (${iss}, ${rid}, ${dig}, ${state}, ${by}, ${now})
    on conflict (iss, rid, dig)
    do update set state = excluded.state, said_by = excluded.said_by, said_at = excluded.said_at
    returning rid
  )
  select audit_event(
    ${centre}, ${now}, ${by}, 'agreement.marked', rid::text, ${sql.json({ state })}
  ) from noted
`

export interface Reminder {
  centre: string
  iss: string
  /** Which agreements, and whether their day comes or is past. */
  agreements: { rid: string; dig: string }[]
  due: 'soon' | 'late'
  subject: string
  text: string
  path: string
}

/** Tells a centre's moderators, unless they have been told of each. */
export const remind = (
  sql: Db,
  { centre, iss, agreements, due, subject, text, path }: Reminder,
  now: Date,
) => sql`
  select remind_of_agreements(
    ${centre}, ${iss}, ${sql.json(agreements)}, ${due}, ${subject}, ${text}, ${path}, ${now}
  )
`
