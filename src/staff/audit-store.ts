import type { Db } from '../hub.ts'

/** What was done, by whom and to what; people by their ids. */
export interface AuditEntry {
  seq: number
  at: Date
  /** A person's id, `operator`, `start` or `oidc`. */
  actor: string
  event: string
  subject: string
  /** A JSON object, byte for byte as it was digested. */
  details: string
  dig: string
}

/** Entries of a centre's chain behind a place, in order. */
export const auditAfter = (sql: Db, centre: string, after: number, limit: number) => sql<
  AuditEntry[]
>`
  select seq, at, actor, event, subject, details, dig from audit
  where centre = ${centre} and seq > ${after} order by seq limit ${limit}
`

export interface NamedEntry extends AuditEntry {
  /** Today's names of those people and centres that the ids stand for. */
  actor_name: string | null
  subject_name: string | null
}

/** Entries before a place, the latest first, for somebody to read. */
export const auditBefore = (sql: Db, centre: string, before: number, limit: number) => sql<
  NamedEntry[]
>`
  select a.seq, a.at, a.actor, a.event, a.subject, a.details, a.dig,
    coalesce(
      (select name from people where id::text = a.actor),
      (select name from centres where entity_id = a.actor)
    ) as actor_name,
    (select name from people where id::text = a.subject) as subject_name
  from audit a
  where a.centre = ${centre} and a.seq < ${before} order by a.seq desc limit ${limit}
`

/** Where the chain ends. */
export const auditEnd = (sql: Db, centre: string) => sql<{ seq: number; dig: string }[]>`
  select seq, dig from audit_ends where centre = ${centre}
`

export const recordEvent = (
  sql: Db,
  event: {
    centre: string
    at: number
    actor: string
    event: string
    subject: string
    details: Record<string, string | number | string[]>
  },
) => sql`
  select audit_event(
    ${event.centre}, ${new Date(event.at)}, ${event.actor}, ${event.event}, ${event.subject},
    ${sql.json(event.details)}
  )
`
