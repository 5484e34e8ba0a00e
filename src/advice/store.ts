/** Offers of advice, as the Beratungskompass asks for them. */
import type { Db } from '../hub.ts'
import { visibleTo } from '../publications/store.ts'

/** What is known of a company. */
export interface Wanted {
  /** The Land of its seat (ISO 3166-2); absent where nobody said. */
  land?: string
  /** Keys of the Gemeinden that its place may be, as far as they are known. */
  keys: string[]
  /** What the place and its Kreis are called. */
  names: string[]
  topic: string | undefined
  size: string | undefined
  sector: string | undefined
  /** `2026-03-03` */
  today: string
  most: number
}

/**
 * How well an area fits: the very Kreis or Gemeinde, the Land, all Länder, or some part of the Land of which is not
 * known whether it is the one.
 */
export type Fit = 'local' | 'land' | 'nationwide' | 'perhaps'

export interface RankedOffer {
  slug: string
  rid: string
  centre: string
  title: string
  summary: string
  provider: string
  /** Whether it is a Zukunftszentrum, which a company can be referred to. */
  isCentre: boolean
  services: string[]
  price: string | null
  capacity: string | null
  checkedOn: string
  basis: string
  mailbox: string
  reviewBy: string
  /** Names of the parts of the Land that it serves; null where it serves all of it. */
  parts: string[] | null
  fit: Fit | null
  topic: boolean
  size: 'named' | 'all' | 'others'
  sector: boolean
  overdue: boolean
}

/** Weights of what speaks for an offer. Whatever the rest, what is past its day of review stands behind. */
export const weights = {
  fit: { local: 30, land: 20, nationwide: 10, perhaps: 6 },
  topic: 12,
  size: { named: 8, all: 4, others: 0 },
  sector: 4,
  capacity: { open: 4, limited: 2, 'waiting-list': -2, full: -7 },
} as const

/** All that is published for everybody and serves the place, best first. */
export const rankOffers = (sql: Db, wanted: Wanted) => {
  const { land = null, topic = null, size = null, sector = null } = wanted
  const inLand = land ? sql`r.teaser -> 'own' -> 'area' @> ${sql.json([{ land }])}` : sql`true`
  const weightOf = (table: object) => sql.json({ ...table })
  return sql<RankedOffer[]>`
    with asked as (
      select r.iss, r.rid, r.teaser, r.teaser -> 'own' as own, ${land ? fitOf(sql, wanted) : sql`null::text`} as fit,
        coalesce(r.teaser -> 'topics' ? ${topic}, false) as topic,
        case
          when jsonb_array_length(r.teaser -> 'companySizes') = 0 then 'all'
          when ${size}::text is null or r.teaser -> 'companySizes' ? ${size} then 'named'
          else 'others'
        end as size,
        coalesce(r.teaser -> 'sectors' ? ${sector}, false) as sector,
        r.teaser ->> 'reviewBy' < ${wanted.today} as overdue
      from records r
      where r.kind = 'offer' and r.teaser is not null and not r.hidden and ${visibleTo(sql, 'public')} and ${inLand}
    ),
    ranked as (
      select *,
        coalesce((${weightOf(weights.fit)}::jsonb ->> fit)::int, 0)
          + case when topic then ${weights.topic}::int else 0 end
          + (${weightOf(weights.size)}::jsonb ->> size)::int
          + case when sector then ${weights.sector}::int else 0 end
          + coalesce((${weightOf(weights.capacity)}::jsonb ->> (own ->> 'capacity'))::int, 0) as score
      from asked
      where fit is not null or ${land}::text is null
      order by overdue, score desc, own ->> 'checkedOn' desc, rid
      limit ${wanted.most}
    )
    select c.slug, a.rid, c.name as centre, a.teaser ->> 'title' as title, a.teaser ->> 'summary' as summary,
      own ->> 'provider' as provider, own ->> 'providerType' = 'future-centre' as "isCentre",
      own -> 'services' as services, own ->> 'price' as price,
      own ->> 'capacity' as capacity, own ->> 'checkedOn' as "checkedOn", own ->> 'basis' as basis,
      own -> 'contact' ->> 'mailbox' as mailbox, a.teaser ->> 'reviewBy' as "reviewBy",
      case when fit in ('local', 'perhaps') then (
        select jsonb_agg(e ->> 'name') from jsonb_array_elements(own -> 'area') e
        where e ->> 'land' = ${land} and e ? 'name'
      ) end as parts,
      fit, topic, size, sector, overdue
    from ranked a join centres c on c.entity_id = a.iss
    order by overdue, score desc, own ->> 'checkedOn' desc, rid
  `
}

/** For `records r`: the best that any of its areas is for the place. */
const fitOf = (sql: Db, { land, keys, names }: Wanted) => sql`(
  select (array['local', 'land', 'nationwide', 'perhaps'])[min(
    case
      when not e ? 'ags' then case when jsonb_array_length(r.teaser -> 'own' -> 'area') < 16 then 2 else 3 end
      when exists (select from jsonb_array_elements_text(${sql.json(keys)}) k where starts_with(k, e ->> 'ags')) then 1
      when ${sql.json(names)}::jsonb ? (e ->> 'name') then 1
      when ${keys.length === 0} then 4
    end
  )]
  from jsonb_array_elements(r.teaser -> 'own' -> 'area') e
  where e ->> 'land' = ${land ?? null}
)`

export interface OwnOffer {
  rid: string
  title: string
  provider: string
  checkedOn: string
  basis: string
  reviewBy: string
}

/** The offers that a centre published, the longest unchecked first. */
export const ownOffers = (sql: Db, iss: string) => sql<OwnOffer[]>`
  select r.rid, r.teaser ->> 'title' as title, own ->> 'provider' as provider, own ->> 'checkedOn' as "checkedOn",
    own ->> 'basis' as basis, r.teaser ->> 'reviewBy' as "reviewBy"
  from records r, lateral (select r.teaser -> 'own' as own) o
  where r.iss = ${iss} and r.kind = 'offer' and r.teaser is not null and not r.hidden and ${visibleTo(sql, 'members')}
  order by r.teaser ->> 'reviewBy', own ->> 'checkedOn', r.rid
`
