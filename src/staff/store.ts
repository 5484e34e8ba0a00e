/** People, their roles and passkeys, and the links that let them in. */
import type { Db } from '../hub.ts'
import type { Role } from './roles.ts'
import type { NewSession } from './session-store.ts'

export const countAttempt = (sql: Db, key: string, now: number, window: number) => sql<
  { count: number }[]
>`
  insert into attempts as a (key, since, count) values (${key}, ${new Date(now)}, 1)
  on conflict (key) do update set
    since = case when a.since <= ${new Date(now - window)} then excluded.since else a.since end,
    count = case when a.since <= ${new Date(now - window)} then 1 else a.count + 1 end
  returning count
`

// -- invitations -----------------------------------------------------------------

export interface NewInvitation {
  id: string
  /** Base64 of its hash. */
  token: string
  centre: string
  roles: Role[]
  name: string
  /** Whose access it renews. */
  person: string | null
  by: string
  now: number
  expires: number
}

export const storeInvitation = (sql: Db, next: NewInvitation) => sql`
  with made as (
    insert into invitations (id, token, centre, roles, name, person, invited_by, made_at, expires_at)
    values (
      ${next.id}, decode(${next.token}, 'base64'), ${next.centre}, ${sql.json(next.roles)}, ${next.name},
      ${next.person}, ${next.by}, ${new Date(next.now)}, ${new Date(next.expires)}
    )
    returning id, roles, person
  )
  select audit_event(
    ${next.centre}, ${new Date(next.now)}, ${next.by}, 'invitation.made', id::text,
    jsonb_strip_nulls(jsonb_build_object('roles', roles, 'person', person))
  ) from made
`

export interface Invitation {
  id: string
  centre: string
  roles: Role[]
  name: string
  person: string | null
  expires_at: Date
}

/** The invitation of a token (base64 of its hash) that nobody has used yet. */
export const openInvitation = (sql: Db, token: string, now: number) => sql<Invitation[]>`
  select i.id, centre, roles, coalesce(p.name, i.name) as name, person, expires_at
  from invitations i left join people p on p.id = i.person
  where token = decode(${token}, 'base64') and used_at is null and revoked_at is null
    and expires_at > ${new Date(now)} and p.closed_at is null
`

/** The invitations to a centre that nobody has used yet, the newest first. */
export const openInvitations = (sql: Db, centre: string, now: number) => sql<Invitation[]>`
  select i.id, centre, roles, coalesce(p.name, i.name) as name, person, expires_at
  from invitations i left join people p on p.id = i.person
  where centre = ${centre} and used_at is null and revoked_at is null and expires_at > ${new Date(now)}
  order by i.made_at desc, i.id
`

/** Takes one back; answers it, or nothing where there is none that is open. */
export const revokeInvitation = (
  sql: Db,
  { id, centre, by, now }: { id: string; centre: string; by: string; now: number },
) => sql<{ id: string }[]>`
  with revoked as (
    update invitations set revoked_at = ${new Date(now)}
    where id = ${id} and centre = ${centre} and used_at is null and revoked_at is null
    returning id
  )
  select id, audit_event(${centre}, ${new Date(now)}, ${by}, 'invitation.revoked', id::text, '{}') from revoked
`

/** Takes back the open invitations to one role that somebody made. */
export const revokeOffer = (
  sql: Db,
  { centre, role, by, now }: { centre: string; role: Role; by: string; now: number },
) => sql`
  with revoked as (
    update invitations set revoked_at = ${new Date(now)}
    where centre = ${centre} and roles = ${sql.json([role])} and invited_by = ${by} and person is null
      and used_at is null and revoked_at is null and expires_at > ${new Date(now)}
    returning id
  )
  select audit_event(${centre}, ${new Date(now)}, ${by}, 'invitation.revoked', id::text, '{}') from revoked
`

// -- getting in ------------------------------------------------------------------

export interface NewPasskey {
  id: string
  /** COSE key, base64. */
  publicKey: string
  counter: number
  transports: string[]
  device: string
}

export const acceptInvitation = (
  sql: Db,
  join: {
    token: string
    person: string
    name: string
    passkey: NewPasskey
    session: NewSession
    now: number
  },
) => sql<{ outcome: 'joined' | 'renewed' | 'over' | 'passkey-known' }[]>`
  select accept_invitation(
    decode(${join.token}, 'base64'), ${join.person}, ${join.name}, ${sql.json({ ...join.passkey })},
    ${sql.json({ ...join.session })}, ${new Date(join.now)}
  ) as outcome
`

export interface StoredPasskey {
  id: string
  person: string
  /** COSE key. */
  public_key: Buffer
  counter: number
  transports: string[]
}

export const passkeyById = (sql: Db, id: string) => sql<StoredPasskey[]>`
  select id, person, public_key, counter, transports from passkeys where id = ${id}
`

export const signInWithPasskey = (
  sql: Db,
  used: {
    passkey: string
    counter: number
    challenge: string
    until: number
    session: NewSession
    now: number
  },
) => sql<{ outcome: 'began' | 'unknown' | 'closed' | 'used' | 'counter' }[]>`
  select sign_in_with_passkey(
    ${used.passkey}, ${used.counter}, ${used.challenge}, ${new Date(used.until)},
    ${sql.json({ ...used.session })}, ${new Date(used.now)}
  ) as outcome
`

export const signInWithOidc = (
  sql: Db,
  who: {
    issuer: string
    subject: string
    person: string
    name: string
    grants: { centre: string; role: Role }[]
    session: NewSession
    now: number
  },
) => sql<{ outcome: 'began' | 'closed' | 'no-role' }[]>`
  select sign_in_with_oidc(
    ${who.issuer}, ${who.subject}, ${who.person}, ${who.name}, ${sql.json(who.grants)},
    ${sql.json({ ...who.session })}, ${new Date(who.now)}
  ) as outcome
`

// -- one's own account -----------------------------------------------------------

export interface ListedPasskey {
  id: string
  device: string
  made_at: Date
  used_at: Date | null
  transports: string[]
}

export const passkeysOf = (sql: Db, person: string) => sql<ListedPasskey[]>`
  select id, device, made_at, used_at, transports from passkeys where person = ${person} order by made_at, id
`

/** Keeps another passkey of a person; answers nothing where it or its challenge is known already. */
export const addPasskey = (
  sql: Db,
  next: { person: string; passkey: NewPasskey; challenge: string; until: number; now: number },
) => sql<{ added: unknown }[]>`
  with fresh as (
    insert into used_challenges (challenge, until) values (${next.challenge}, ${new Date(next.until)})
    on conflict do nothing returning challenge
  )
  select keep_passkey(${next.person}, ${sql.json({ ...next.passkey })}, ${new Date(next.now)}) as added,
    audit_person(${next.person}, ${new Date(next.now)}, ${next.person}, 'passkey.added', '{}')
  from fresh where not exists (select from passkeys where id = ${next.passkey.id})
`

export const removePasskey = (sql: Db, person: string, passkey: string, now: number) => sql<
  { outcome: 'removed' | 'unknown' | 'last' }[]
>`
  select remove_passkey(${person}, ${passkey}, ${new Date(now)}) as outcome
`

// -- people of a centre ----------------------------------------------------------

export interface ListedPerson {
  id: string
  name: string
  external: boolean
  roles: Role[]
  closed_at: Date | null
  passkeys: number
  sessions: number
  /** When she was last here, as far as a session still tells. */
  seen_at: Date | null
}

const listed = (sql: Db, centre: string) => sql`
  select p.id, p.name, p.issuer is not null as external, p.closed_at,
    (select jsonb_agg(g.role) from grants g where g.person = p.id and g.centre = ${centre}) as roles,
    (select count(*) from passkeys k where k.person = p.id) as passkeys,
    s.count as sessions, s.seen_at
  from people p, lateral (select count(*), max(seen_at) as seen_at from sessions where person = p.id) s
  where exists (select from grants g where g.person = p.id and g.centre = ${centre})
`

export const peopleOf = (sql: Db, centre: string) => sql<ListedPerson[]>`
  ${listed(sql, centre)} order by p.closed_at is not null, lower(p.name), p.id
`

export const personOf = (sql: Db, centre: string, person: string) => sql<ListedPerson[]>`
  ${listed(sql, centre)} and p.id = ${person}
`

/** The roles at a centre that somebody has who can get in. */
export const rolesTaken = (sql: Db, centre: string) => sql<{ role: Role }[]>`
  select distinct g.role from grants g join people p on p.id = g.person
  where g.centre = ${centre} and p.closed_at is null
`

export type RolesOutcome = 'changed' | 'unknown' | 'last-administrator' | 'elsewhere'

export const changeRoles = (
  sql: Db,
  change: { person: string; centre: string; roles: Role[]; by: string; now: number },
) => sql<{ outcome: RolesOutcome }[]>`
  select change_roles(
    ${change.person}, ${change.centre}, ${sql.json(change.roles)}, ${change.by}, ${new Date(change.now)}
  ) as outcome
`

export type CloseOutcome = 'closed' | 'unknown' | 'last-administrator' | 'elsewhere'

export const closePerson = (
  sql: Db,
  { person, centre, by, now }: { person: string; centre: string; by: string; now: number },
) => sql<{ outcome: CloseOutcome }[]>`
  select close_person(${person}, ${centre}, ${by}, ${new Date(now)}) as outcome
`

/** Lets a person in again whose account was closed; answers her, or nothing. */
export const reopenPerson = (
  sql: Db,
  { person, centre, by, now }: { person: string; centre: string; by: string; now: number },
) => sql<{ id: string }[]>`
  with reopened as (
    update people set closed_at = null
    where id = ${person} and closed_at is not null
      and exists (select from grants where person = ${person} and centre = ${centre})
    returning id
  )
  select id, audit_event(${centre}, ${new Date(now)}, ${by}, 'person.reopened', id::text, '{}') from reopened
`
