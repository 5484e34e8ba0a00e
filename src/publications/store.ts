import type { CentreStatus, FeedName } from '../federation/statement.ts'
import type { Db } from '../hub.ts'
import type { JsonObject } from '../signing/json.ts'
import type { Word } from './endorsements.ts'
import type { Teaser } from './record.ts'

/** Who reads: everybody, or the centres among themselves, who see both feeds. */
export type Audience = FeedName

/** A record in a list. */
export interface ListedRecord {
  iss: string
  slug: string
  centre: string
  rid: string
  kind: string
  feed: FeedName
  ver: number
  teaser: Teaser
  /** Seconds since 1970, as signed: this version, and the first. */
  changed: number
  first_published: number
}

export interface RecordQuery {
  audience: Audience
  kind?: string | undefined
  /** Slug of the centre. */
  centre?: string | undefined
  topic?: string | undefined
  /** ISO 3166-2 code. */
  region?: string | undefined
  after?: ListCursor | undefined
  /** Null where all are wanted. */
  limit: number | null
}

/** The last record of the page before. */
export interface ListCursor {
  changed: number
  iss: string
  rid: string
}

/** For `records r`: the newest version that this audience may see; no higher one stands in its other feed. */
export const visibleTo = (sql: Db, audience: Audience) =>
  audience === 'public'
    ? sql`r.feed = 'public'`
    : sql`not exists (
        select from records o
        where o.iss = r.iss and o.rid = r.rid and o.feed <> r.feed and o.ver > r.ver
      )`

const either = (sql: Db, condition: boolean, otherwise: ReturnType<typeof visibleTo>) =>
  condition ? sql`true` : otherwise

/** Published records, newest first. */
export const listRecords = (sql: Db, query: RecordQuery) => {
  const { kind = null, centre = null, topic, region, after } = query
  return sql<ListedRecord[]>`
    select r.iss, c.slug, c.name as centre, r.rid, r.kind, r.feed, r.ver,
      r.teaser, r.changed, r.first_published
    from records r join centres c on c.entity_id = r.iss
    where r.teaser is not null and not r.hidden and ${visibleTo(sql, query.audience)}
      and ${either(sql, kind === null, sql`r.kind = ${kind}`)}
      and ${either(sql, centre === null, sql`c.slug = ${centre}`)}
      and ${either(sql, topic === undefined, sql`r.teaser -> 'topics' ? ${topic ?? ''}`)}
      and ${either(sql, region === undefined, sql`r.teaser -> 'regions' ? ${region ?? ''}`)}
      and ${either(
        sql,
        after === undefined,
        sql`(r.changed < ${after?.changed ?? 0} or r.changed = ${after?.changed ?? 0}
          and (r.iss, r.rid) > (${after?.iss ?? ''}, ${after?.rid ?? null}::uuid))`,
      )}
    order by r.changed desc, r.iss, r.rid
    limit ${query.limit}
  `
}

export interface RecordCount {
  slug: string
  centre: string
  status: CentreStatus
  kind: string
  count: number
}

/** How much each centre shares. */
export const countRecords = (sql: Db, audience: Audience) => sql<RecordCount[]>`
  select c.slug, c.name as centre, c.metadata ->> 'status' as status, r.kind, count(*)::int as count
  from records r join centres c on c.entity_id = r.iss
  where r.teaser is not null and not r.hidden and ${visibleTo(sql, audience)}
  group by c.slug, centre, status, r.kind
  order by c.slug, r.kind
`

/** Where a record stands, with the entry that brought it there and what proves it. */
export interface FoundRecord {
  iss: string
  rid: string
  slug: string
  centre: string
  status: CentreStatus
  feed: FeedName
  kind: string | null
  ver: number
  state: 'published' | 'withdrawn' | 'erased'
  /** The content, byte for byte as signed; null unless the record is published and can be shown. */
  content: string | null
  first_published: number
  epoch: number
  seq: number
  dig: string
  /** The entry as signed. */
  jws: string
  kid: string
  /** The key's number as the trust anchor states it. */
  key_number: number
  iat: number
  received_at: Date
  via: string | null
  head_size: number | null
  head_iat: number | null
  /** The first number at which the feed is forked. */
  forked_at: number | null
  /** What centres say of this version; null where nobody ever did. */
  words: Word[] | null
}

/** For `records r`: the latest word of each centre, oldest first. */
export const wordsAbout = (sql: Db) => sql`(
  select jsonb_agg(
    jsonb_build_object(
      'iss', w.iss, 'slug', s.slug, 'centre', s.name, 'umbrella', s.metadata -> 'umbrella',
      'role', w.role, 'word', w.word, 'at', w.iat
    )
    order by w.iat, w.iss
  )
  from words_about(r.iss, r.feed, r.rid, r.ver) w join centres s on s.entity_id = w.iss
)`

/** One record by its centre's slug and its id, in its newest version open to the audience. */
export const findRecord = (sql: Db, audience: Audience, slug: string, rid: string) => sql<
  FoundRecord[]
>`
  select r.iss, r.rid, c.slug, c.name as centre, c.metadata ->> 'status' as status, r.feed, r.kind, r.ver, r.state,
    case when r.teaser is not null and not r.hidden then convert_from(e.content, 'UTF8') end as content,
    r.first_published, f.epoch, e.seq, e.dig, e.jws, e.kid, e.key_number, e.iat, e.received_at, e.via,
    f.head_size, f.head_iat, f.forked_at,
    case when exists (
      select from entries n
      where n.rid = r.rid and n.of = r.iss and n.ver = r.ver and n.op in ('endorse', 'decline', 'retract')
    ) then ${wordsAbout(sql)} end as words
  from centres c
  join records r on r.iss = c.entity_id
  join entries e on e.feed_id = r.feed_id and e.seq = r.seq
  join feeds f on f.id = r.feed_id
  where c.slug = ${slug} and r.rid = ${rid} and ${visibleTo(sql, audience)}
`

/** The newest version of a record over both feeds, and where it stands in each. */
export const versionsOf = (sql: Db, iss: string, rid: string) => sql<
  { feed: FeedName; ver: number; state: FoundRecord['state']; closed: boolean }[]
>`
  select feed, ver, state, closed from records where iss = ${iss} and rid = ${rid} order by ver desc
`

/** A published record in one feed, with what belongs to it and stays here. */
export const publishedIn = (sql: Db, iss: string, feed: FeedName, rid: string) => sql<
  { kind: string; content: string; local: JsonObject | null }[]
>`
  select r.kind, convert_from(e.content, 'UTF8') as content, e.local
  from records r join entries e on e.feed_id = r.feed_id and e.seq = r.seq
  where r.iss = ${iss} and r.feed = ${feed} and r.rid = ${rid} and r.state = 'published'
    and e.content is not null
`

/** Records of these centres that go on in the members feed and are not erased in the public one yet. */
export const narrowingsOf = (sql: Db, centres: string[], rid: string | null = null) => sql<
  { iss: string; rid: string }[]
>`
  select p.iss, p.rid
  from records p join records m on m.iss = p.iss and m.rid = p.rid and m.feed = 'members'
  where p.iss in (select value from jsonb_array_elements_text(${sql.json(centres)}))
    and p.feed = 'public' and p.state = 'published' and m.ver > p.ver
    and (${rid}::uuid is null or p.rid = ${rid}::uuid)
`

/** Records of these centres that are erased for good in one feed and not in this other one yet; and that erasure. */
export const erasuresOpen = (sql: Db, centres: string[]) => sql<
  { iss: string; rid: string; feed: FeedName; jws: string }[]
>`
  select o.iss, o.rid, o.feed, e.jws
  from records r
  join records o on o.iss = r.iss and o.rid = r.rid and o.feed <> r.feed
  join entries e on e.feed_id = r.feed_id and e.seq = r.seq
  where r.iss in (select value from jsonb_array_elements_text(${sql.json(centres)}))
    and r.closed and not o.closed
`

/** Titles of the records named, as far as they are published for the audience. */
export const titlesOf = (
  sql: Db,
  audience: Audience,
  references: { iss: string; rid: string }[],
) => sql<{ iss: string; slug: string; rid: string; kind: string; title: string }[]>`
  select r.iss, c.slug, r.rid, r.kind, r.teaser ->> 'title' as title
  from jsonb_to_recordset(${sql.json(references)}) as x (iss text, rid uuid)
  join records r on r.iss = x.iss and r.rid = x.rid
  join centres c on c.entity_id = r.iss
  where r.teaser is not null and not r.hidden and ${visibleTo(sql, audience)}
`

/** How alike two titles are, by their trigrams, before somebody should look whether both mean the same. */
const alike = 0.6

/** Published records with nearly this title, the nearest first; the one named is not among them. */
export const recordsTitledLike = (
  sql: Db,
  title: string,
  { iss, rid }: { iss: string; rid: string },
) => sql<{ slug: string; centre: string; rid: string; kind: string; title: string }[]>`
  select c.slug, c.name as centre, r.rid, r.kind, r.teaser ->> 'title' as title
  from records r join centres c on c.entity_id = r.iss
  where r.teaser is not null and not r.hidden and ${visibleTo(sql, 'members')}
    and (r.iss, r.rid) <> (${iss}, ${rid}::uuid)
    and similarity(r.teaser ->> 'title', ${title}) >= ${alike}
  order by similarity(r.teaser ->> 'title', ${title}) desc, r.iss, r.rid
  limit 3
`

/** Where the records named stand for the audience; title null for what is not shown any more. */
export const standingOf = (
  sql: Db,
  audience: Audience,
  references: { iss: string; rid: string }[],
) => sql<
  {
    iss: string
    slug: string
    rid: string
    kind: string | null
    ver: number
    state: FoundRecord['state']
    title: string | null
  }[]
>`
  select r.iss, c.slug, r.rid, r.kind, r.ver, r.state,
    case when not r.hidden then r.teaser ->> 'title' end as title
  from (select distinct iss, rid from jsonb_to_recordset(${sql.json(references)}) as x (iss text, rid uuid)) x
  join records r on r.iss = x.iss and r.rid = x.rid
  join centres c on c.entity_id = r.iss
  where ${visibleTo(sql, audience)}
`

/** Records that name this one, the newest first, each with the field that does. */
export const mentionsOf = (
  sql: Db,
  audience: Audience,
  { iss, rid }: { iss: string; rid: string },
) => sql<(ListedRecord & { field: string })[]>`
  select distinct on (r.changed, r.iss, r.rid, named ->> 'field')
    r.iss, c.slug, c.name as centre, r.rid, r.kind, r.feed, r.ver, r.teaser, r.changed, r.first_published,
    named ->> 'field' as field
  from records r join centres c on c.entity_id = r.iss, jsonb_array_elements(r.teaser -> 'refersTo') named
  where r.teaser @? '$.refersTo[0]' and r.teaser -> 'refersTo' @> ${sql.json([{ iss, rid }])}
    and named ->> 'iss' = ${iss} and named ->> 'rid' = ${rid}
    and not r.hidden and ${visibleTo(sql, audience)}
  order by r.changed desc, r.iss, r.rid, named ->> 'field'
  limit 200
`

/** The centres, by slug, that have a record with this id. */
export const ownersOf = (sql: Db, rid: string) => sql<{ slug: string }[]>`
  select distinct c.slug from records r join centres c on c.entity_id = r.iss where r.rid = ${rid}
`

/** Published records of a centre whose day of review is past, the longest overdue first. */
export const overdueRecords = (sql: Db, iss: string, today: string) => sql<
  { slug: string; rid: string; kind: string; title: string; reviewBy: string }[]
>`
  select c.slug, r.rid, r.kind, r.teaser ->> 'title' as title, r.teaser ->> 'reviewBy' as "reviewBy"
  from records r join centres c on c.entity_id = r.iss
  where r.iss = ${iss} and r.teaser is not null and not r.hidden and ${visibleTo(sql, 'members')}
    and r.teaser ->> 'reviewBy' < ${today}
  order by r.teaser ->> 'reviewBy', r.rid
  limit 20
`

export interface ShakenRecord {
  slug: string
  rid: string
  kind: string
  title: string
  /** How many of those that it rests on were taken back, and how many say something else. */
  gone: number
  newer: number
}

/**
 * Published records of a centre that rest on something that is not as it was named any more. `rests`: which fields of
 * which kind say so.
 */
export const shakenRecords = (
  sql: Db,
  iss: string,
  rests: { kind: string; field: string }[],
) => sql<ShakenRecord[]>`
  select c.slug, r.rid, r.kind, r.teaser ->> 'title' as title,
    count(distinct (s.iss, s.rid)) filter (where s.state <> 'published')::int as gone,
    count(distinct (s.iss, s.rid)) filter (where s.state = 'published')::int as newer
  from records r
  join centres c on c.entity_id = r.iss
  join jsonb_to_recordset(${sql.json(rests)}) as x (kind text, field text) on x.kind = r.kind,
    jsonb_to_recordset(r.teaser -> 'refersTo') as named (field text, iss text, rid uuid, ver int)
  join records s on s.iss = named.iss and s.rid = named.rid
  where r.iss = ${iss} and r.teaser @? '$.refersTo[0]' and not r.hidden and ${visibleTo(sql, 'members')}
    and named.field = x.field and (s.state <> 'published' or s.ver > named.ver)
    and not exists (
      select from records o where o.iss = s.iss and o.rid = s.rid and o.feed <> s.feed and o.ver > s.ver
    )
  group by c.slug, r.rid, r.kind, title
  order by gone desc, r.rid
  limit 20
`
