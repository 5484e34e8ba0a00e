import type { Db } from '../hub.ts'
import type { NotedStatement } from '../signing/journal.ts'
import type { PublicJwk } from '../signing/keys.ts'
import type { Centre } from './centre.ts'
import type { KnowledgeExchange } from './statement.ts'

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

/**
 * The newest statement the anchor issued about each subject, its own configuration among them. From one subject to the
 * next by index: there are few, and of each one for every day.
 */
export const newestIssued = (sql: Db) => sql<(IssuedStatement & { sub: string })[]>`
  with recursive subjects as (
    (select sub from issued_statements order by sub limit 1)
    union all
    select (select i.sub from issued_statements i where i.sub > s.sub order by i.sub limit 1)
    from subjects s where s.sub is not null
  )
  select s.sub, n.position, n.jws, n.iat, n.exp
  from subjects s
  cross join lateral (
    select position, jws, iat, exp from issued_statements where sub = s.sub order by iat desc limit 1
  ) n
`

/** By `iat`, which rises with the position: whoever asks about nobody must not make us look through all there are. */
export const newestIssuedAbout = (sql: Db, sub: string) => sql<IssuedStatement[]>`
  select position, jws, iat, exp from issued_statements
  where sub = ${sub} order by iat desc limit 1
`

/** The newest statements about one subject, newest first. */
export const latestIssuedAbout = (sql: Db, sub: string, limit: number) => sql<IssuedStatement[]>`
  select position, jws, iat, exp from issued_statements
  where sub = ${sub} order by iat desc limit ${limit}
`

export const lastIssuedPosition = (sql: Db) => sql<{ position: number }[]>`
  select coalesce(max(position), 0)::int as position from issued_statements
`

/** Issues the next statement; false where another one came first. */
export const issueStatement = (sql: Db, after: number, next: NotedStatement) => sql<
  { issued: boolean }[]
>`
  select issue_statement(
    ${after}, ${next.sub}, ${next.iat}, ${next.exp}, ${next.jws}, ${next.configuredAt ?? null}
  ) as issued
`

/** When the newest configuration of a centre that the anchor followed was signed. */
export const newestConfiguredAt = (sql: Db, sub: string) => sql<{ at: number | null }[]>`
  select max(configured_at) as at from issued_statements where sub = ${sub}
`

/** How far the anchor's history was read, and the public keys that count since then. */
export interface TrustState {
  cursor: number
  /** Digest of the statement at the cursor, as it was served; empty at 0. */
  last: string
  keys: PublicJwk[]
  configurationIat: number
}

/** `pins`: the thumbprints under which reading began. */
export const trustState = (sql: Db, anchor: string) => sql<(TrustState & { pins: string[] })[]>`
  select cursor, last, keys, configuration_iat as "configurationIat", pins from trust where anchor = ${anchor}
`

/** Begins the history anew, under other pins; what is known of the centres stays until something newer is read. */
export const restartTrust = (sql: Db, anchor: string, cursor: number, pins: string[]) => sql`
  update trust set cursor = 0, last = '', keys = '[]', configuration_iat = 0, pins = ${sql.json(pins)}
  where anchor = ${anchor} and cursor = ${cursor}
`

/** Reads the history from its beginning once more, with all that is known: what is older changes nothing. */
export const rewindTrust = (sql: Db, anchor: string, cursor: number) => sql`
  update trust set cursor = 0, last = '' where anchor = ${anchor} and cursor = ${cursor}
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
  learnt: TrustState & { pins: string[]; centres: LearntCentre[] },
) => sql`
  with moved as (
    insert into trust (anchor, pins, cursor, last, keys, configuration_iat)
    values (
      ${anchor}, ${sql.json(learnt.pins)}, ${learnt.cursor}, ${learnt.last},
      ${sql.json(learnt.keys.map((key) => ({ ...key })))}, ${learnt.configurationIat}
    )
    on conflict (anchor) do update set
      cursor = excluded.cursor, last = excluded.last, keys = excluded.keys, configuration_iat = excluded.configuration_iat
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

/** Whether an origin is the anchor's own, or the anchor states that a centre has an endpoint there. */
export const isNamed = async (sql: Db, anchor: string, origin: string) => {
  if (origin === new URL(anchor).origin) return true
  const rows = await sql`
    select from centres c, jsonb_each_text(c.metadata) as m (member, url)
    where m.member like '%\\_endpoint' and (m.url = ${origin} or starts_with(m.url, ${`${origin}/`}))
    limit 1
  `
  return rows.length > 0
}

export const centreById = async (sql: Db, id: string) => {
  const [row] = await sql<CentreRow[]>`
    select entity_id as id, iat, exp, metadata from centres where entity_id = ${id}
  `
  return row && asCentre(row)
}

/** The newest statement about a centre, as the anchor signed it. */
export const centreStatement = (sql: Db, id: string) => sql<{ statement: string }[]>`
  select statement from centres where entity_id = ${id}
`
