/** What the nationwide view counts. */
import type { Db } from '../hub.ts'
import type { LandId } from '../places/lands.ts'
import { type Audience, visibleTo } from '../publications/store.ts'
import type { Cut, Figure } from './figures.ts'

/** For `records r join centres c`: published, open to the audience, and within the cut. */
const within = (sql: Db, audience: Audience, { kind, centre, land, topic, von, bis }: Cut) => sql`
  r.teaser is not null and not r.hidden and ${visibleTo(sql, audience)}
    and (${kind ?? null}::text is null or r.kind = ${kind ?? null})
    and (${centre ?? null}::text is null or c.slug = ${centre ?? null})
    and (${land ?? null}::text is null or r.teaser -> 'regions' ? ${land ?? ''})
    and (${topic ?? null}::text is null or r.teaser -> 'topics' ? ${topic ?? ''})
    and (${von ?? null}::date is null or r.first_published >= ${midnight(sql, von)})
    and (${bis ?? null}::date is null or r.first_published < ${midnight(sql, bis, 1)})
`

/** Seconds since 1970 at which a day begins in Germany, or the one `later` days after it. */
const midnight = (sql: Db, day: string | undefined, later = 0) => sql`
  extract(epoch from (${day ?? '1970-01-01'}::date + ${later}::int) at time zone 'Europe/Berlin')
`

export interface Counted extends Figure {
  dimension: string
}

/** How many records there are in all, and with each value of each dimension. */
export const countEach = (sql: Db, audience: Audience, cut: Cut) => sql<Counted[]>`
  with seen as materialized (
    select r.kind, r.first_published, c.slug, c.name,
      r.teaser -> 'topics' as topics, r.teaser -> 'sectors' as sectors, r.teaser -> 'companySizes' as sizes,
      r.teaser -> 'regions' as regions, r.teaser -> 'own' ->> 'outcome' as outcome,
      r.teaser -> 'own' ->> 'maturity' as maturity
    from records r join centres c on c.entity_id = r.iss
    where ${within(sql, audience, cut)}
  ),
  counted as (
    select 'all' as dimension, '' as value, '' as label, count(*) as count from seen
    union all select 'kind', kind, kind, count(*) from seen group by kind
    union all select 'centre', slug, name, count(*) from seen group by slug, name
    union all select 'topic', v, v, count(*) from seen, jsonb_array_elements_text(topics) v group by v
    union all select 'sector', v, v, count(*) from seen, jsonb_array_elements_text(sectors) v group by v
    union all select 'size', v, v, count(*) from seen, jsonb_array_elements_text(sizes) v group by v
    union all select 'land', v, v, count(*) from seen, jsonb_array_elements_text(regions) v group by v
    union all select 'outcome', outcome, outcome, count(*) from seen where outcome is not null group by outcome
    union all select 'maturity', maturity, maturity, count(*) from seen where maturity is not null group by maturity
    union all select 'month', m, m, count(*)
      from seen, to_char(to_timestamp(first_published) at time zone 'Europe/Berlin', 'YYYY-MM') m group by m
  )
  select dimension, value, label, count::int from counted order by dimension, value
`

/** Only what there is; a Land and a topic that nobody has brought together have no row. */
export const countByLandAndTopic = (sql: Db, audience: Audience, cut: Cut) => sql<
  { land: LandId; topic: string; count: number }[]
>`
  select l as land, t as topic, count(*)::int as count
  from records r join centres c on c.entity_id = r.iss,
    jsonb_array_elements_text(r.teaser -> 'regions') l, jsonb_array_elements_text(r.teaser -> 'topics') t
  where ${within(sql, audience, cut)}
  group by l, t order by l, t
`

/** Records whose day of review is past, by centre. */
export const overdueByCentre = (sql: Db, audience: Audience, cut: Cut, today: string) => sql<
  Figure[]
>`
  select c.slug as value, c.name as label, count(*)::int as count
  from records r join centres c on c.entity_id = r.iss
  where ${within(sql, audience, cut)} and r.teaser ->> 'reviewBy' < ${today}
  group by c.slug, c.name order by count desc, c.slug
`

/** What a centre did within a period. The names are those of the indicators. */
export interface Activity {
  slug: string
  centre: string
  neu: number
  'neue-fassungen': number
  fallbeispiele: number
  'runde-tische': number
  mitgezeichnet: number
  regal: number
  zurueckgenommen: number
}

/** Every centre, also one that did nothing. Counted by the entries that each has signed. */
export const activityByCentre = (
  sql: Db,
  audience: Audience,
  { von, bis }: { von: string; bis: string },
) => sql<Activity[]>`
  with signed as (
    select f.iss, e.op, e.kind, e.ver, e.role, e.rid, e.of
    from entries e join feeds f on f.id = e.feed_id
    where e.fault is null and (${audience} = 'members' or f.feed = 'public')
      and e.iat >= ${midnight(sql, von)} and e.iat < ${midnight(sql, bis, 1)}
  )
  select c.slug, c.name as centre,
    count(*) filter (where s.op = 'publish' and s.ver = 1)::int as neu,
    count(*) filter (where s.op = 'publish' and s.ver > 1)::int as "neue-fassungen",
    count(*) filter (where s.op = 'publish' and s.ver = 1 and s.kind = 'case-example')::int as fallbeispiele,
    count(*) filter (where s.op = 'publish' and s.ver = 1 and s.kind = 'round-table')::int as "runde-tische",
    count(*) filter (where s.op = 'endorse' and s.role = 'party')::int as mitgezeichnet,
    (
      select count(distinct o.rid)::int from signed o join centres u on u.entity_id = o.iss
      where o.of = c.entity_id and o.op = 'endorse' and o.role = 'shelf' and u.metadata -> 'umbrella' = 'true'
    ) as regal,
    count(*) filter (where s.op in ('withdraw', 'erase'))::int as zurueckgenommen
  from centres c left join signed s on s.iss = c.entity_id
  group by c.entity_id, c.slug, c.name
  order by c.name
`
