/** The table `keys`: the own keys of the entities that this node speaks for. */
import type { Db } from '../hub.ts'
import type { KeyUse, PublicJwk } from '../signing/keys.ts'
import { lifetime } from './statement.ts'

export interface StoredKey {
  kid: string
  use: KeyUse
  generation: number
  public: PublicJwk
  sealed: string
  statedAt: Date | null
}

/** The own keys of an entity that still serve for something, newest first. */
export const ownKeys = (sql: Db, owner: string, now: Date) => sql<StoredKey[]>`
  select kid, use, generation, public, sealed, stated_at as "statedAt" from keys
  where owner = ${owner} and sealed is not null and (retired_at is null or retired_at > ${now})
  order by generation desc
`

/** The own keys of an entity for one use whose time is over, with its bounds in seconds since 1970. */
export const retiredKeys = (sql: Db, owner: string, use: KeyUse, now: Date) => sql<
  { public: PublicJwk; iat: number; exp: number }[]
>`
  select public, extract(epoch from made_at)::int as iat, extract(epoch from retired_at)::int as exp
  from keys
  where owner = ${owner} and use = ${use} and retired_at <= ${now}
  order by generation
`

export interface MadeKey {
  kid: string
  owner: string
  use: KeyUse
  public: PublicJwk
  sealed: string
  madeAt: Date
}

/** Keeps the key that follows on a generation; no row where another process was quicker. */
export const keepKey = (sql: Db, key: MadeKey, after: number) => sql<{ kid: string }[]>`
  insert into keys (kid, owner, use, generation, public, sealed, made_at)
  values (
    ${key.kid}, ${key.owner}, ${key.use}, ${after + 1}, ${sql.json({ ...key.public })}, ${key.sealed},
    ${key.madeAt}
  )
  on conflict do nothing
  returning kid
`

/** The highest generation there ever was, 0 where there is none. */
export const lastGeneration = (sql: Db, owner: string, use: KeyUse) => sql<{ last: number }[]>`
  select coalesce(max(generation), 0)::int as last from keys where owner = ${owner} and use = ${use}
`

/** All keys of an entity for one use that were ever kept here. */
export const everyKey = (sql: Db, owner: string, use: KeyUse) => sql<{ kid: string }[]>`
  select kid from keys where owner = ${owner} and use = ${use}
`

/** The owners of the keys kept here: the entities this database has spoken for. */
export const keyOwners = (sql: Db) => sql<{ owner: string }[]>`select distinct owner from keys`

/** Seconds that an encryption key opens letters after another took its place: senders may go by an older statement. */
const underWay = lifetime.statement + lifetime.refresh

/**
 * Notes which own keys the anchor states, and retires those whose time that ends: signing keys with a cut at
 * once, federation keys when a newer one is stated, encryption keys some days after that.
 */
export const noteStated = (
  sql: Db,
  owner: string,
  stated: { kid: string; cut: boolean }[],
  now: Date,
) => sql`
  with known as (
    select k.kid, k.use, k.generation, s.kid is not null as stated, coalesce(s.cut, false) as cut
    from keys k
    left join jsonb_to_recordset(${sql.json(stated)}) as s (kid text, cut boolean) on s.kid = k.kid
    where k.owner = ${owner}
  )
  update keys k set
    stated_at = coalesce(k.stated_at, case when n.stated then ${now}::timestamptz end),
    retired_at = case
      when n.use = 'sig' then case when n.cut then ${now}::timestamptz end
      when exists (
        select from known newer
        where newer.use = n.use and newer.generation > n.generation and newer.stated
      ) then ${now}::timestamptz + case n.use when 'enc' then ${underWay}::int else 0 end * interval '1 s'
    end
  from known n
  where k.kid = n.kid and k.retired_at is null
`

/** Notes which keys the anchor's own configuration lists. */
export const noteListed = (sql: Db, kids: string[], now: Date) => sql`
  update keys set stated_at = ${now}
  where stated_at is null and kid in (select value from jsonb_array_elements_text(${sql.json(kids)}))
`

/** Retires what the anchor listed beside a newer key for so long that everybody has heard of that. */
export const retireReplaced = (sql: Db, owner: string, listedBefore: Date, now: Date) => sql<
  { kid: string }[]
>`
  update keys k set retired_at = ${now}
  where k.owner = ${owner} and k.retired_at is null and exists (
    select from keys newer
    where newer.owner = k.owner and newer.use = k.use and newer.generation > k.generation
      and newer.stated_at <= ${listedBefore}
  )
  returning kid
`

/** Throws private keys away whose time is over. */
export const forgetRetired = (sql: Db, now: Date) => sql`
  update keys set sealed = null where retired_at <= ${now} and sealed is not null
`

/** A key as it is taken elsewhere; times in milliseconds since 1970. */
export interface CarriedKey {
  kid: string
  owner: string
  use: KeyUse
  generation: number
  public: PublicJwk
  sealed: string
  made_at: number
  stated_at: number | null
  retired_at: number | null
}

/** Every key whose private half is still here. */
export const keysToCarry = (sql: Db) => sql<CarriedKey[]>`
  select kid, owner, use, generation, public, sealed,
    (extract(epoch from made_at) * 1000)::bigint as made_at,
    (extract(epoch from stated_at) * 1000)::bigint as stated_at,
    (extract(epoch from retired_at) * 1000)::bigint as retired_at
  from keys
  where sealed is not null
  order by owner, use, generation
`

/** Keeps keys that were brought; false, and nothing is kept, where others of the same owners count already. */
export const importKeys = (sql: Db, keys: CarriedKey[]) => sql<{ imported: boolean }[]>`
  select import_keys(${sql.json(keys.map((key) => ({ ...key, public: { ...key.public } })))}) as imported
`
