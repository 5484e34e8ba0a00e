import type { Db } from '../hub.ts'
import { type Audience, visibleTo } from '../publications/store.ts'
import type { ListedEvent } from './event.ts'

export interface EventFilter {
  centre?: string | undefined
  topic?: string | undefined
  region?: string | undefined
  /** Only the event with this id, at its centre. */
  rid?: string | undefined
  /** `YYYY-MM-DD`: only what ends on this day or later, and what begins on that one or earlier. */
  from?: string | undefined
  to?: string | undefined
  /** Whether the latest come first. */
  latestFirst?: boolean
}

/** Published events in the order of their beginnings. */
export const listEvents = (sql: Db, audience: Audience, filter: EventFilter, limit: number) => {
  const { centre = null, topic = null, region = null, rid = null, from = null, to = null } = filter
  const order = filter.latestFirst ? sql`desc nulls last` : sql`asc nulls first`
  return sql<ListedEvent[]>`
    select r.iss, c.slug, r.rid, c.name as centre, r.ver, r.changed,
      r.teaser ->> 'title' as title, r.teaser ->> 'summary' as summary, r.teaser -> 'topics' as topics,
      own ->> 'type' as type, own ->> 'state' as state, own ->> 'mode' as mode,
      own -> 'start' as start, own -> 'end' as "end", own ->> 'zone' as zone, own ->> 'place' as place,
      own ->> 'registration' as registration, own ->> 'closingDate' as "closingDate"
    from records r join centres c on c.entity_id = r.iss, lateral (select r.teaser -> 'own' as own) o
    where r.kind = 'event' and r.teaser is not null and not r.hidden and ${visibleTo(sql, audience)}
      and (${centre}::text is null or c.slug = ${centre})
      and (${topic}::text is null or r.teaser -> 'topics' ? ${topic})
      and (${region}::text is null or r.teaser -> 'regions' ? ${region})
      and (${rid}::uuid is null or r.rid = ${rid}::uuid)
      and (${from}::text is null or own -> 'end' ->> 'day' >= ${from})
      and (${to}::text is null or own -> 'start' ->> 'day' <= ${to})
    order by own -> 'start' ->> 'day' ${order}, own -> 'start' ->> 'time' ${order}, r.iss, r.rid
    limit ${limit}
  `
}
