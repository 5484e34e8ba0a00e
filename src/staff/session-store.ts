import type { Db } from '../hub.ts'
import type { Role } from './roles.ts'

/**
 * Milliseconds without a request, and milliseconds in all, after which a session is over. A day and not an
 * afternoon: limits below 20 hours would have to warn and be extendable (WCAG 2.2.1).
 */
export const sessionLimits = { idle: 24 * 3_600_000, absolute: 7 * 24 * 3_600_000 } as const

/** A session as the acts that begin one store it. `token`: base64 of its hash. */
export interface NewSession {
  id: string
  token: string
  device: string
  /** When its person showed that it is she; null where nobody says. */
  shown: Date | null
}

export interface FoundSession {
  id: string
  person: string
  name: string
  external: boolean
  /** Messages that she has not read. */
  unread: number
  centre: string
  shown_at: Date | null
  /** Roles by the slug of the centre. */
  grants: Record<string, Role[]>
  /** Entity ids of those centres asked about that the trust anchor states as the umbrella. */
  umbrellas: string[]
}

/** Milliseconds: how exactly it is kept when somebody was last here. */
const seenEvery = 5 * 60_000

const before = (now: number, milliseconds: number) => new Date(now - milliseconds)

/** The session of a token (base64 of its hash) that is not over, with what its person may do; notes that she was here. */
export const findSession = (sql: Db, token: string, now: number, centres: string[]) => sql<
  FoundSession[]
>`
  with seen as (
    update sessions set seen_at = ${new Date(now)}
    where token = decode(${token}, 'base64')
      and seen_at < ${before(now, seenEvery)} and seen_at > ${before(now, sessionLimits.idle)}
  )
  select s.id, s.person, p.name, p.issuer is not null as external, s.centre, s.shown_at,
    (select count(*)::int from messages where person = s.person and read_at is null) as unread,
    (
      select coalesce(jsonb_object_agg(g.centre, g.roles), '{}')
      from (select centre, jsonb_agg(role) as roles from grants where person = s.person group by centre) g
    ) as grants,
    (
      select coalesce(jsonb_agg(entity_id), '[]') from centres
      where metadata -> 'umbrella' = 'true' and ${sql.json(centres)} ? entity_id
    ) as umbrellas
  from sessions s join people p on p.id = s.person
  where s.token = decode(${token}, 'base64') and p.closed_at is null
    and s.seen_at > ${before(now, sessionLimits.idle)}
    and s.made_at > ${before(now, sessionLimits.absolute)}
`

export interface Device {
  id: string
  device: string
  made_at: Date
  seen_at: Date
}

/** Where a person is signed in, the latest first. */
export const sessionsOf = (sql: Db, person: string, now: number) => sql<Device[]>`
  select id, device, made_at, seen_at from sessions
  where person = ${person} and seen_at > ${before(now, sessionLimits.idle)}
    and made_at > ${before(now, sessionLimits.absolute)}
  order by seen_at desc, id
`

/** Ends one session of a person; answers it, or nothing where it is none of hers. */
export const endSession = (
  sql: Db,
  { person, session, by, now }: { person: string; session: string; by: string; now: number },
) => sql<{ id: string }[]>`
  with ended as (
    delete from sessions where id = ${session} and person = ${person} returning id, person
  )
  select id, audit_person(
    person, ${new Date(now)}, ${by}, 'session.ended', jsonb_build_object('session', id)
  ) from ended
`

/** Ends all sessions of a person, but for one. */
export const endSessions = (
  sql: Db,
  { person, except, by, now }: { person: string; except: string | null; by: string; now: number },
) => sql`
  with ended as (
    delete from sessions where person = ${person} and id is distinct from ${except}::uuid returning id
  )
  select audit_person(
    ${person}, ${new Date(now)}, ${by}, 'session.ended', jsonb_build_object('sessions', jsonb_agg(id))
  ) from ended having count(*) > 0
`

export const chooseCentre = (sql: Db, session: string, centre: string) => sql`
  update sessions set centre = ${centre} where id = ${session}
`

/** Milliseconds. */
const messagesKept = 90 * 24 * 3_600_000

const year = 365 * 24 * 3_600_000

/**
 * Forgets what is over: sessions, answered challenges, counted tries, old messages, links that were used or not, and a year after
 * an account was closed its name, roles and passkeys. By whom the house knew her stays: it keeps the account closed.
 */
export const forgetWhatIsOver = (sql: Db, now: number) => sql`
  with sessions_over as (
    delete from sessions
    where seen_at <= ${before(now, sessionLimits.idle)} or made_at <= ${before(now, sessionLimits.absolute)}
  ),
  challenges_over as (delete from used_challenges where until < ${new Date(now)}),
  people_over as (
    update people set name = 'Gelöschtes Konto'
    where closed_at < ${before(now, year)} and name <> 'Gelöschtes Konto'
    returning id
  ),
  passkeys_over as (delete from passkeys where person in (select id from people_over)),
  grants_over as (delete from grants where person in (select id from people_over)),
  messages_over as (delete from messages where made_at < ${before(now, messagesKept)}),
  attempts_over as (delete from attempts where since < ${before(now, 3_600_000)})
  delete from invitations where expires_at < ${before(now, 90 * 24 * 3_600_000)}
`
