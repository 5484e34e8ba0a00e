/** Messages to people, and the addresses they are sent to. */
import type { Db } from '../hub.ts'
import type { Role } from './roles.ts'

/** What somebody is told: without contents, for an e-mail passes through many hands. */
export interface Told {
  subject: string
  text: string
  /** Where it leads, on this node. */
  path: string
}

export const tell = (sql: Db, person: string, { subject, text, path }: Told, now: number) => sql`
  select tell(${person}, ${subject}, ${text}, ${path}, ${new Date(now)})
`

/** Tells everybody who has one of these roles at a centre, but for whoever did it herself. */
export const tellRole = (
  sql: Db,
  to: { centre: string; roles: Role[]; except?: string },
  { subject, text, path }: Told,
  now: number,
) => sql`
  select tell_role(
    ${to.centre}, ${sql.json(to.roles)}, ${to.except ?? null}, ${subject}, ${text}, ${path}, ${new Date(now)}
  )
`

export interface Message extends Told {
  id: string
  made_at: Date
  read_at: Date | null
}

/** What a person was told, the newest first. */
export const messagesOf = (sql: Db, person: string) => sql<Message[]>`
  select id, subject, text, path, made_at, read_at from messages
  where person = ${person} order by made_at desc, id limit 200
`

export const readMessages = (sql: Db, person: string, now: number) => sql`
  update messages set read_at = ${new Date(now)} where person = ${person} and read_at is null
`

/** Notes that one message was read; answers where it leads, or nothing where it is none of hers. */
export const readMessage = (sql: Db, person: string, id: string, now: number) => sql<
  { path: string }[]
>`
  update messages set read_at = coalesce(read_at, ${new Date(now)})
  where id = ${id} and person = ${person} returning path
`

// -- addresses -------------------------------------------------------------------

export interface Address {
  /** Where she is written to. */
  email: string | null
  /** What she has named, but not confirmed yet. */
  named: string | null
}

export const addressOf = (sql: Db, person: string) => sql<Address[]>`
  select email, email_named as named from people where id = ${person}
`

/** `token`: base64 of the hash of what the link to confirm it holds. */
export const nameAddress = (sql: Db, person: string, email: string, token: string) => sql`
  update people set email_named = ${email}, email_token = decode(${token}, 'base64') where id = ${person}
`

/** The address that was named counts from now on; answers nothing where this link confirms none of hers. */
export const confirmAddress = (sql: Db, person: string, token: string, now: number) => sql`
  with confirmed as (
    update people set email = email_named, email_named = null, email_token = null
    where id = ${person} and email_token = decode(${token}, 'base64') and closed_at is null
    returning id
  )
  select audit_person(id, ${new Date(now)}, id::text, 'address.changed', '{"given": true}') from confirmed
`

export const forgetAddress = (sql: Db, person: string, now: number) => sql`
  with forgotten as (
    update people set email = null, email_named = null, email_token = null
    where id = ${person} and (email is not null or email_named is not null)
    returning id
  ),
  unsent as (update messages set send_at = null where person in (select id from forgotten))
  select audit_person(id, ${new Date(now)}, id::text, 'address.changed', '{"given": false}') from forgotten
`

// -- sending ---------------------------------------------------------------------

export interface UnsentMessage extends Told {
  id: string
  name: string
  email: string
  tries: number
}

/**
 * Takes messages to be sent, which nobody else takes before `again`. What is older than `news` is given up: nobody
 * wants to hear of it any more.
 */
export const takeUnsent = (sql: Db, now: number, times: { again: number; news: number }) => sql<
  UnsentMessage[]
>`
  with given_up as (
    update messages set send_at = null where send_at <= ${new Date(now)} and made_at < ${new Date(times.news)}
  ),
  due as (
    select id from messages
    where send_at <= ${new Date(now)} and made_at >= ${new Date(times.news)}
    order by send_at, id limit 20
    for update skip locked
  )
  update messages m set send_at = ${new Date(times.again)}, tries = tries + 1
  from due, people p
  where m.id = due.id and p.id = m.person and p.email is not null
  returning m.id, m.subject, m.text, m.path, p.name, p.email, m.tries
`

export const noteSent = (sql: Db, id: string) => sql`
  update messages set send_at = null where id = ${id}
`

export const sendLater = (sql: Db, id: string, at: number) => sql`
  update messages set send_at = ${new Date(at)} where id = ${id} and send_at is not null
`
