/** The nationwide shelf: what the umbrella endorsed for use everywhere. */
import type { Db } from '../hub.ts'
import {
  type Audience,
  type ListCursor,
  type ListedRecord,
  visibleTo,
} from '../publications/store.ts'

export interface ShelvedRecord extends ListedRecord {
  /** When the umbrella put this version there, in seconds since 1970. */
  shelved: number
}

/** For `records r`: when the umbrella's latest word on this version put it on the shelf; no row where none did. */
const onShelf = (sql: Db) => sql`
  lateral (
    select max(w.iat) as iat from words_about(r.iss, r.feed, r.rid, r.ver) w join centres u on u.entity_id = w.iss
    where w.role = 'shelf' and w.word = 'endorse' and u.metadata -> 'umbrella' = 'true'
  ) s
`

/** Records that were on the shelf in some version: few, and found by index. */
const everShelved = (sql: Db) => sql`
  (select distinct e.of as iss, e.rid from entries e where e.role = 'shelf' and e.op = 'endorse' and e.fault is null) x
`

export interface ShelfQuery {
  topic: string | undefined
  /** The last one before: `changed` is when it was put there. */
  after: ListCursor | undefined
  limit: number
}

/** What is on the shelf in the version that is shown, the latest first. */
export const shelvedRecords = (
  sql: Db,
  audience: Audience,
  { topic, after, limit }: ShelfQuery,
) => sql<ShelvedRecord[]>`
  select r.iss, c.slug, c.name as centre, r.rid, r.kind, r.feed, r.ver, r.teaser, r.changed, r.first_published,
    s.iat as shelved
  from ${everShelved(sql)}
  join records r on r.iss = x.iss and r.rid = x.rid
  join centres c on c.entity_id = r.iss, ${onShelf(sql)}
  where r.teaser is not null and not r.hidden and ${visibleTo(sql, audience)} and s.iat is not null
    and (${topic ?? null}::text is null or r.teaser -> 'topics' ? ${topic ?? ''})
    and ${after ? sql`(-s.iat, r.iss, r.rid) > (${-after.changed}, ${after.iss}, ${after.rid}::uuid)` : sql`true`}
  order by s.iat desc, r.iss, r.rid
  limit ${limit}
`

export interface Candidate extends ListedRecord {
  /** The newest version that the umbrella has put on the shelf; null where none ever was. */
  shelved_ver: number | null
  /** What the umbrella says of the version that is shown. */
  word: 'endorse' | 'decline' | null
}

/** What candidates are narrowed to. */
export interface Narrowing {
  kind?: string | undefined
  topic?: string | undefined
}

/** Records, the newest first, from one place on. */
export interface StretchOfRecords extends Narrowing {
  after?: ListCursor | undefined
}

/** So many records are looked into at once: of most of them the umbrella may have decided already. */
const stretchLength = 2_000

/** For `records r join centres c`: what is shown of one, and what the umbrella has said of it. */
const asCandidate = (sql: Db, iss: string) => sql`
  r.iss, c.slug, c.name as centre, r.rid, r.kind, r.feed, r.ver, r.teaser, r.changed, r.first_published,
  (
    select max(e.ver) from entries e join feeds f on f.id = e.feed_id
    where f.iss = ${iss} and e.rid = r.rid and e.of = r.iss and e.role = 'shelf' and e.op = 'endorse'
      and e.ver < r.ver and e.fault is null
  ) as shelved_ver,
  (
    select w.word from words_about(r.iss, r.feed, r.rid, r.ver) w where w.iss = ${iss} and w.role = 'shelf'
  ) as word
`

/** For `records r`: what may stand on the shelf. Without what is not asked, or all questions get one plan, a bad one. */
const eligible = (sql: Db, { kind, topic, after }: StretchOfRecords) => sql`
  r.teaser is not null and not r.hidden and r.feed = 'public' and ${visibleTo(sql, 'members')}
  and ${kind === undefined ? sql`true` : sql`r.kind = ${kind}`}
  and ${topic === undefined ? sql`true` : sql`r.teaser -> 'topics' ? ${topic}`}
  and ${after === undefined ? sql`true` : behind(sql, after)}
`

const behind = (sql: Db, { changed, iss, rid }: ListCursor) => sql`(
  r.changed < ${changed} or r.changed = ${changed} and (r.iss, r.rid) > (${iss}, ${rid}::uuid)
)`

/** What the umbrella has not decided about in the version that is shown, and put on the shelf in an older one. */
export const renewedOnShelf = (sql: Db, iss: string, narrowing: Narrowing) => sql<Candidate[]>`
  select * from (
    select ${asCandidate(sql, iss)}
    from ${everShelved(sql)} join records r on r.iss = x.iss and r.rid = x.rid join centres c on c.entity_id = r.iss
    where ${eligible(sql, { ...narrowing, after: undefined })}
  ) q
  where word is null and shelved_ver is not null
  order by changed desc, iss, rid
`

/** Within a stretch: what the umbrella has not decided about, and never put on the shelf. */
export const newCandidates = (sql: Db, iss: string, stretch: StretchOfRecords, limit: number) =>
  sql<Candidate[]>`
    select * from (
      select ${asCandidate(sql, iss)}
      from records r join centres c on c.entity_id = r.iss
      where ${eligible(sql, stretch)}
      order by r.changed desc, r.iss, r.rid limit ${stretchLength}
    ) q
    where word is null and shelved_ver is null
    order by changed desc, iss, rid
    limit ${limit}
  `

/** The last record of a stretch, and the one behind it; fewer where all records end before. */
export const endOfStretch = (sql: Db, stretch: StretchOfRecords) => sql<ListCursor[]>`
  select r.changed, r.iss, r.rid from records r
  where ${eligible(sql, stretch)}
  order by r.changed desc, r.iss, r.rid
  offset ${stretchLength - 1} limit 2
`

/** What the umbrella has asked about a record. */
export interface AskedBack {
  /** The record. */
  of: string
  rid: string
  /** The question: its address, and what it is about. */
  path: string
  question: string
  due: string | null
  /** Names of the centres that answered. */
  answeredBy: string[]
}

/** Its questions about any of these records, the newest first. */
export const askedBack = (sql: Db, iss: string, records: { iss: string; rid: string }[]) => sql<
  AskedBack[]
>`
  select named.iss as of, named.rid::text as rid, '/fachfragen/' || c.slug || '/' || r.rid || '/antworten' as path,
    r.teaser -> 'own' ->> 'question' as question, r.teaser -> 'own' ->> 'due' as due,
    (
      select coalesce(jsonb_agg(distinct s.name), '[]')
      from records a join centres s on s.entity_id = a.iss
      where a.kind = 'answer' and a.teaser @? '$.refersTo[0]' and not a.hidden
        and a.teaser -> 'refersTo' @> jsonb_build_array(jsonb_build_object('field', 'about', 'iss', r.iss, 'rid', r.rid))
    ) as "answeredBy"
  from records r
  join centres c on c.entity_id = r.iss,
    jsonb_to_recordset(r.teaser -> 'refersTo') as named (field text, iss text, rid uuid)
  join jsonb_to_recordset(${sql.json(records.map(({ iss: of, rid }) => ({ of, rid })))}) as x (of text, rid uuid)
    on x.of = named.iss and x.rid = named.rid
  where r.kind = 'question' and r.iss = ${iss} and r.teaser @? '$.refersTo[0]' and not r.hidden
    and ${visibleTo(sql, 'members')} and named.field = 'related'
  order by r.first_published desc, r.rid
`
