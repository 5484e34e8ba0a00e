/** What the nationwide view counts. */
import type { Db } from '../hub.ts'
import type { Teaser } from '../publications/record.ts'
import { type Audience, visibleTo } from '../publications/store.ts'
import type { Cut } from './figures.ts'

/** Seconds since 1970 at which a day begins in Germany, or the one `later` days after it. */
const midnight = (sql: Db, day: string, later = 0) => sql`
  extract(epoch from (${day}::date + ${later}::int) at time zone 'Europe/Berlin')
`

export interface Counted {
  dimension: string
  value: string
  count: number
}

/** Follows the log by so many entries. */
export const followFigures = (sql: Db, most: number) => sql<{ more: boolean }[]>`
  select follow_figures(${most}) as more
`

/** Counts all records anew. */
export const recountFigures = (sql: Db) => sql`select recount_figures()`

/** Dimensions with what records have of each: all that a cut is narrowed to. */
const conditionsOf = (audience: Audience, { von, bis, ...values }: Cut) => [
  { dimension: 'seen', low: audience, high: audience },
  ...Object.entries(values).flatMap(([dimension, value]) =>
    value === undefined ? [] : [{ dimension, low: value, high: value }],
  ),
  ...(von || bis ? [{ dimension: 'day', low: von ?? '0000', high: bis ?? '9999' }] : []),
]

/** Blocks of bits: the records that fulfil every condition. */
const within = (sql: Db, audience: Audience, cut: Cut) => {
  const conditions = conditionsOf(audience, cut)
  return sql`
    select b.block, bit_and(b.bits) as bits
    from (
      select dimension,
        case when dimension = 'centre' then (select entity_id from centres where slug = low) else low end as low,
        case when dimension = 'centre' then (select entity_id from centres where slug = high) else high end as high
      from jsonb_to_recordset(${sql.json(conditions)}) as x (dimension text, low text, high text)
    ) w
    cross join lateral (
      select f.block, bit_or(f.bits) as bits from figure_bits f
      where f.dimension = w.dimension and f.value >= w.low and f.value <= w.high
      group by f.block
    ) b
    group by b.block
    having count(*) = ${conditions.length}
  `
}

/** What a gap is a gap of: case examples, where nobody asks for another kind. */
export const coveredKind = ({ kind }: Cut) => kind ?? 'case-example'

/** Dimensions whose values are counted, one by one. */
const counted = [
  'kind',
  'centre',
  'topic',
  'sector',
  'size',
  'land',
  'outcome',
  'maturity',
  'month',
]

/**
 * How many records there are in all, and with each value of each dimension; `land topic` and `land sector`: case
 * examples, unless another kind is asked for, with both, `DE-BE ai-adoption`; `overdue`: past their day of review, by
 * centre.
 */
export const countEach = (sql: Db, audience: Audience, cut: Cut, today: string) => sql<Counted[]>`
  with cut as materialized (${within(sql, audience, cut)}),
  late as (
    select cut.block, bit_or(f.bits) & cut.bits as bits
    from cut join figure_bits f on f.block = cut.block
    where f.dimension = 'review' and f.value < ${today}
    group by cut.block, cut.bits
  ),
  counted as (
    select 'all' as dimension, '' as value, bit_count(bits) as count from cut
    union all
    select f.dimension, f.value, bit_count(f.bits & cut.bits)
    from cut join figure_bits f on f.block = cut.block
    where f.dimension in (select value from jsonb_array_elements_text(${sql.json(counted)}))
    union all
    select 'land ' || t.dimension, l.value || ' ' || t.value, bit_count(l.bits & t.bits & k.bits & cut.bits)
    from cut
    join figure_bits k on k.block = cut.block and k.dimension = 'kind' and k.value = ${coveredKind(cut)}
    join figure_bits l on l.block = cut.block and l.dimension = 'land'
    join figure_bits t on t.block = cut.block and t.dimension in ('topic', 'sector')
    union all
    select 'overdue', f.value, bit_count(f.bits & late.bits)
    from late join figure_bits f on f.block = late.block and f.dimension = 'centre'
  )
  select n.dimension, coalesce(c.slug, n.value) as value, sum(n.count)::int as count
  from counted n left join centres c on n.dimension in ('centre', 'overdue') and c.entity_id = n.value
  group by 1, 2
  having sum(n.count) > 0
  order by 1, 2
`

export interface Adopted {
  kind: string
  slug: string
  centre: string
  rid: string
  title: string
  /** How many records of other centres say that they took it over. */
  count: number
}

/** What was taken over most, within a cut of the records that say so; `kind`: of what was taken over. */
export const adoptedMost = (
  sql: Db,
  audience: Audience,
  { kind, ...cut }: Cut,
  limit: number,
) => sql<Adopted[]>`
  with cut as materialized (${within(sql, audience, cut)})
  select r.kind, c.slug, c.name as centre, r.rid, r.title, n.count
  from (
    select f.value, sum(bit_count(f.bits & cut.bits))::int as count
    from cut join figure_bits f on f.block = cut.block and f.dimension = 'adopted'
    group by f.value
    having sum(bit_count(f.bits & cut.bits)) > 0
    order by 2 desc, 1
  ) n
  -- One by one, so that no more are looked up than are shown.
  cross join lateral (
    select r.iss, r.rid, r.kind, r.teaser ->> 'title' as title from records r
    where r.iss = split_part(n.value, ' ', 1) and r.rid = split_part(n.value, ' ', 2)::uuid
      and r.teaser is not null and not r.hidden and ${visibleTo(sql, audience)}
      and (${kind ?? null}::text is null or r.kind = ${kind ?? null})
    limit 1
  ) r
  join centres c on c.entity_id = r.iss
  order by n.count desc, n.value
  limit ${limit}
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
  with signed as materialized (
    select iss, op, kind, ver, role, rid, of from figure_acts
    where day >= ${von} and day <= ${bis} and (${audience} = 'members' or feed = 'public')
  ),
  shelved as (
    select s.of, count(distinct s.rid)::int as count
    from signed s join centres u on u.entity_id = s.iss
    where s.op = 'endorse' and s.role = 'shelf' and u.metadata -> 'umbrella' = 'true'
    group by s.of
  )
  select c.slug, c.name as centre,
    count(*) filter (where s.op = 'publish' and s.ver = 1)::int as neu,
    count(*) filter (where s.op = 'publish' and s.ver > 1)::int as "neue-fassungen",
    count(*) filter (where s.op = 'publish' and s.ver = 1 and s.kind = 'case-example')::int as fallbeispiele,
    count(*) filter (where s.op = 'publish' and s.ver = 1 and s.kind = 'round-table')::int as "runde-tische",
    count(*) filter (where s.op = 'endorse' and s.role = 'party')::int as mitgezeichnet,
    coalesce((select count from shelved where of = c.entity_id), 0) as regal,
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
export const publishedWithin = (
  sql: Db,
  { von, bis }: { von: string; bis: string },
  limit: number,
) => sql<NewsRecord[]>`
  select r.kind, c.slug, c.name as centre, r.rid, r.teaser
  from records r join centres c on c.entity_id = r.iss
  where r.feed = 'public' and r.teaser is not null and not r.hidden
    and r.first_published >= ${midnight(sql, von)} and r.first_published < ${midnight(sql, bis, 1)}
  order by r.first_published desc, r.iss, r.rid
  limit ${limit}
`
