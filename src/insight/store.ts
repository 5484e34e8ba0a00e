/** What the nationwide view counts. */
import type { Db } from '../hub.ts'
import type { Teaser } from '../publications/record.ts'
import { type Audience, visibleTo } from '../publications/store.ts'
import type { Cut } from './figures.ts'

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

export interface Counted {
  dimension: string
  value: string
  count: number
}

/**
 * How many records there are in all, and with each value of each dimension; `coverage`: of each Land and topic,
 * `DE-BE ai-adoption`; `overdue`: past their day of review, by centre. All of it in one pass.
 */
export const countEach = (sql: Db, audience: Audience, cut: Cut, today: string) => sql<Counted[]>`
  select d.dimension, d.value, count(*)::int as count
  from records r join centres c on c.entity_id = r.iss,
    lateral (
      select 'all' as dimension, '' as value
      union all select 'kind', r.kind
      union all select 'centre', c.slug
      union all select 'overdue', c.slug where r.teaser ->> 'reviewBy' < ${today}
      union all select 'topic', jsonb_array_elements_text(r.teaser -> 'topics')
      union all select 'sector', jsonb_array_elements_text(r.teaser -> 'sectors')
      union all select 'size', jsonb_array_elements_text(r.teaser -> 'companySizes')
      union all select 'land', jsonb_array_elements_text(r.teaser -> 'regions')
      union all select 'coverage', l || ' ' || t
        from jsonb_array_elements_text(r.teaser -> 'regions') l, jsonb_array_elements_text(r.teaser -> 'topics') t
      union all select 'outcome', r.teaser -> 'own' ->> 'outcome' where r.teaser -> 'own' ? 'outcome'
      union all select 'maturity', r.teaser -> 'own' ->> 'maturity' where r.teaser -> 'own' ? 'maturity'
      union all select 'month', to_char(to_timestamp(r.first_published) at time zone 'Europe/Berlin', 'YYYY-MM')
    ) d
  where ${within(sql, audience, cut)}
  group by d.dimension, d.value
  order by d.dimension, d.value
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

export interface NewsRecord {
  kind: string
  slug: string
  centre: string
  rid: string
  teaser: Teaser
}

/** Public records first published within a period, the latest first. */
export const publishedWithin = (sql: Db, { von, bis }: { von: string; bis: string }) => sql<
  NewsRecord[]
>`
  select r.kind, c.slug, c.name as centre, r.rid, r.teaser
  from records r join centres c on c.entity_id = r.iss
  where ${within(sql, 'public', { von, bis })}
  order by r.first_published desc, r.iss, r.rid
  limit 500
`
