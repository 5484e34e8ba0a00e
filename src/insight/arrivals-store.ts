/** What arrived at this node, in the order in which it did. */
import type { FeedName } from '../federation/statement.ts'
import type { Db } from '../hub.ts'
import type { LandId } from '../places/lands.ts'

/** What the wall is narrowed to. */
export interface ArrivalFilter {
  centre?: string | undefined
  kind?: string | undefined
  topic?: string | undefined
  land?: LandId | undefined
}

export interface Arrival {
  position: string
  op: string
  slug: string
  centre: string
  feed: FeedName
  rid: string
  ver: number
  received_at: Date
  /** Of a word on another's record: as a party, or for the nationwide shelf. */
  role: 'party' | 'shelf' | null
  /** Of the record that it is about, as far as it can be shown now. */
  kind: string | null
  title: string | null
  /** Slug of the centre whose record it is. */
  of: string
}

/**
 * The latest entries that can be told in words; those of endorsements are about another centre's record. What is of a
 * kind that only a newer peer knows is told too, as no more than that.
 */
export const latestArrivals = (sql: Db, filter: ArrivalFilter, limit: number) => {
  const { centre = null, kind = null, topic = null, land = null } = filter
  return sql<Arrival[]>`
    select e.position::text, e.op, c.slug, c.name as centre, f.feed, e.rid, e.ver, e.received_at, e.role,
      coalesce(r.kind, e.kind) as kind, case when not r.hidden then r.teaser ->> 'title' end as title,
      h.slug as of
    from entries e
    join feeds f on f.id = e.feed_id
    join centres c on c.entity_id = f.iss
    join centres h on h.entity_id = coalesce(e.of, f.iss)
    left join records r on r.iss = h.entity_id and r.feed = f.feed and r.rid = e.rid
    where e.op is not null and (e.fault is null or e.fault = 'content: unknown-kind') and not e.hidden
      and (${centre}::text is null or c.slug = ${centre})
      and (${kind}::text is null or coalesce(r.kind, e.kind) = ${kind})
      and (${topic}::text is null or r.teaser -> 'topics' ? ${topic ?? ''})
      and (${land}::text is null or r.teaser -> 'regions' ? ${land ?? ''})
    order by e.position desc
    limit ${limit}
  `
}
