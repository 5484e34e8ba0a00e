import type { Db } from '../hub.ts'
import type { KeyUse, PublicJwk } from '../signing/keys.ts'
import type { Centre } from './centre.ts'
import type { KnowledgeExchange } from './statement.ts'

export interface StoredKey {
  kid: string
  generation: number
  public: PublicJwk
  sealed: string
}

/** The own keys of one entity for one use that are not retired, newest first. */
export const ownKeys = (sql: Db, owner: string, use: KeyUse) => sql<StoredKey[]>`
  select kid, generation, public, sealed from keys
  where owner = ${owner} and use = ${use} and retired_at is null
  order by generation desc
`

/** The own keys of an entity for one use that are retired, with the end of their time in seconds since 1970. */
export const retiredKeys = (sql: Db, owner: string, use: KeyUse) => sql<
  { public: PublicJwk; iat: number; exp: number }[]
>`
  select public, extract(epoch from made_at)::int as iat, extract(epoch from retired_at)::int as exp
  from keys
  where owner = ${owner} and use = ${use} and retired_at is not null
  order by generation
`

/** Keeps a first key, unless another process was quicker. */
export const keepFirstKey = (
  sql: Db,
  key: { kid: string; owner: string; use: KeyUse; public: PublicJwk; sealed: string; madeAt: Date },
) => sql`
  insert into keys (kid, owner, use, generation, public, sealed, made_at)
  values (
    ${key.kid}, ${key.owner}, ${key.use}, 1, ${sql.json({ ...key.public })}, ${key.sealed}, ${key.madeAt}
  )
  on conflict do nothing
`

/** The owners of the keys kept here: the entities this database has spoken for. */
export const keyOwners = (sql: Db) => sql<{ owner: string }[]>`select distinct owner from keys`

export interface IssuedStatement {
  position: number
  jws: string
  iat: number
  exp: number
}

/** What the anchor issued after a position, oldest first: so many, and no more than fit in an answer. */
export const issuedAfter = (
  sql: Db,
  after: number,
  { count, bytes }: { count: number; bytes: number },
) =>
  sql<IssuedStatement[]>`
    select position, jws, iat, exp
    from (
      select *, sum(length(jws)) over (order by position) as bytes from issued_statements
      where position > ${after} order by position limit ${count}
    ) page
    where bytes <= ${bytes} or position = ${after}::bigint + 1
    order by position
  `

/** The newest statement the anchor issued about each subject, its own configuration among them. */
export const newestIssued = (sql: Db) => sql<(IssuedStatement & { sub: string })[]>`
  select distinct on (sub) sub, position, jws, iat, exp from issued_statements
  order by sub, position desc
`

export const newestIssuedAbout = (sql: Db, sub: string) => sql<IssuedStatement[]>`
  select position, jws, iat, exp from issued_statements
  where sub = ${sub} order by position desc limit 1
`

export const lastIssuedPosition = (sql: Db) => sql<{ position: number }[]>`
  select coalesce(max(position), 0)::int as position from issued_statements
`

/** Issues the next statement; false where another one came first. */
export const issueStatement = (
  sql: Db,
  after: number,
  next: { sub: string; iat: number; exp: number; jws: string },
) => sql<{ issued: boolean }[]>`
  select issue_statement(${after}, ${next.sub}, ${next.iat}, ${next.exp}, ${next.jws}) as issued
`

/** How far the anchor's history was read, and the public keys that count since then. */
export interface TrustState {
  cursor: number
  keys: PublicJwk[]
  configurationIat: number
}

export const trustState = (sql: Db, anchor: string) => sql<TrustState[]>`
  select cursor, keys, configuration_iat as "configurationIat" from trust where anchor = ${anchor}
`

/** Wakes every process that works on this database: there is more to do than following the log. */
export const announceNews = (sql: Db) => sql`select pg_notify('log', 'trust')`

export interface LearntCentre {
  id: string
  statement: string
  iat: number
  exp: number
  metadata: KnowledgeExchange
}

/**
 * Moves on along the anchor's history: what it states of centres, their feeds, and its own keys,
 * in one statement. Nothing happens when another process was quicker.
 */
export const storeLearnt = (
  sql: Db,
  anchor: string,
  after: number,
  learnt: TrustState & { centres: LearntCentre[] },
) => sql`
  with moved as (
    insert into trust (anchor, cursor, keys, configuration_iat)
    values (
      ${anchor}, ${learnt.cursor}, ${sql.json(learnt.keys.map((key) => ({ ...key })))},
      ${learnt.configurationIat}
    )
    on conflict (anchor) do update set
      cursor = excluded.cursor, keys = excluded.keys, configuration_iat = excluded.configuration_iat
    where trust.cursor = ${after}
    returning 1
  ),
  stated as (
    insert into centres (entity_id, slug, name, statement, iat, exp, metadata)
    select c.id, c.metadata ->> 'slug', c.metadata ->> 'organization_name', c.statement, c.iat, c.exp, c.metadata
    from moved, jsonb_to_recordset(${sql.json(learnt.centres as never)}) as c (
      id text, statement text, iat bigint, exp bigint, metadata jsonb
    )
    on conflict (entity_id) do update set
      slug = excluded.slug, name = excluded.name, statement = excluded.statement, iat = excluded.iat, exp = excluded.exp,
      metadata = excluded.metadata
    where centres.iat < excluded.iat
    returning entity_id, metadata
  )
  select know_feed(s.entity_id, f.feed, (e ->> 'epoch')::int, e -> 'base' ->> 'dig')
  from stated s
  cross join (values ('public'), ('members')) as f (feed)
  cross join jsonb_array_elements(s.metadata -> 'feeds' -> f.feed) as e
`

interface CentreRow {
  id: string
  iat: number
  exp: number
  metadata: KnowledgeExchange
}

const asCentre = ({ metadata, ...row }: CentreRow): Centre => ({ ...metadata, ...row })

export const allCentres = async (sql: Db) => {
  const rows = await sql<CentreRow[]>`
    select entity_id as id, iat, exp, metadata from centres order by slug, id
  `
  return rows.map(asCentre)
}

export const centreById = async (sql: Db, id: string) => {
  const [row] = await sql<CentreRow[]>`
    select entity_id as id, iat, exp, metadata from centres where entity_id = ${id}
  `
  return row && asCentre(row)
}
