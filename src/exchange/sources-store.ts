/** Mirrors as sources of a feed, and those that gave nothing (table `poor_sources`). */
import type { FeedName } from '../federation/statement.ts'
import type { Db } from '../hub.ts'

export interface MirrorQuery {
  iss: string
  feed: FeedName
  /** Entries endpoints that are no mirrors: the feed's home, and this node's own. */
  home: string
  here: string
  now: Date
  limit: number
}

/**
 * Entries endpoints of active centres' nodes: first those that have disappointed least, among them those that say
 * they hold `more` than this node, in random order. So whoever lies is soon behind all the others.
 */
export const mirrorsOf = (sql: Db, query: MirrorQuery) => sql<
  { endpoint: string; more: boolean }[]
>`
  select m.endpoint, m.more
  from (
    select c.metadata ->> 'entries_endpoint' as endpoint, bool_or(exists (
      select from feeds f join held_feeds h on h.feed_id = f.id
      where f.iss = ${query.iss} and f.feed = ${query.feed} and h.signer = c.entity_id and h.size > f.size
    )) as more
    from centres c
    where c.metadata ->> 'status' = 'active'
    group by endpoint
  ) m
  left join poor_sources p on p.endpoint = m.endpoint and p.iss = ${query.iss} and p.feed = ${query.feed}
  where m.endpoint not in (${query.home}, ${query.here}) and (p.retry_at is null or p.retry_at <= ${query.now})
  order by coalesce(p.failures, 0), m.more desc, random()
  limit ${query.limit}
`

interface Source {
  endpoint: string
  iss: string
  feed: FeedName
}

/** Leaves a source alone: from a second on twice as long each time, up to an hour. */
export const noteFailure = (sql: Db, { endpoint, iss, feed }: Source, now: Date) => sql`
  insert into poor_sources as p (endpoint, iss, feed, failures, retry_at)
  values (${endpoint}, ${iss}, ${feed}, 1, ${now}::timestamptz + interval '1 s')
  on conflict (endpoint, iss, feed) do update set
    failures = p.failures + 1,
    retry_at = ${now}::timestamptz
      + least(interval '1 hour', interval '1 s' * 2 ^ least(p.failures, 12)) * (0.8 + 0.4 * random())
`

/** Whether a source is left alone for now. */
export const isPoor = async (sql: Db, { endpoint, iss, feed }: Source, now: Date) => {
  const rows = await sql`
    select from poor_sources
    where endpoint = ${endpoint} and iss = ${iss} and feed = ${feed} and retry_at > ${now}
  `
  return rows.length > 0
}

export const forgiveSource = (sql: Db, { endpoint, iss, feed }: Source) => sql`
  delete from poor_sources where endpoint = ${endpoint} and iss = ${iss} and feed = ${feed}
`
