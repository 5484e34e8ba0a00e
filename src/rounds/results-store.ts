/** All SQL about published results and who is asked to sign with them. */
import type { Db } from '../hub.ts'
import type { Word } from '../publications/endorsements.ts'
import { roundTable } from '../publications/kinds/round-table.ts'
import { visibleTo, wordsAbout } from '../publications/store.ts'

export interface AskedRecord {
  iss: string
  slug: string
  centre: string
  rid: string
  ver: number
  title: string
  summary: string
  /** When this version was signed, in seconds since 1970. */
  iat: number
  /** Slugs of the centres that it asks. */
  parties: string[] | null
  /** The latest word of each centre on this version. */
  words: Word[] | null
  /** Whether the centre that asks for this list has signed with an older version. */
  before: boolean
}

/** What a published result says; a content that cannot be shown is not read. */
const contentOf = (sql: Db) => sql`
  case when r.teaser is not null then convert_from(e.content, 'UTF8')::jsonb end
`

/** Newest versions, with what they say as `k.content`; a condition may follow. */
export const publishedResults = (sql: Db) => sql`
  records r
  join centres c on c.entity_id = r.iss
  join entries e on e.feed_id = r.feed_id and e.seq = r.seq
  cross join lateral (select ${contentOf(sql)} as content) k
  where r.kind = ${roundTable.id} and r.teaser is not null and not r.hidden and ${visibleTo(sql, 'members')}
`

const columns = (sql: Db, reader: string) => sql`
  r.iss, c.slug, c.name as centre, r.rid, r.ver, r.teaser ->> 'title' as title,
  r.teaser ->> 'summary' as summary, e.iat, k.content -> 'parties' as parties, ${wordsAbout(sql)} as words,
  exists (
    select from entries o join feeds f on f.id = o.feed_id
    where o.rid = r.rid and o.of = r.iss and o.ver < r.ver and o.op = 'endorse' and o.role = 'party'
      and f.iss = ${reader}
  ) as before
`

/** The results that a centre has published, the newest first. */
export const resultsOf = (sql: Db, iss: string) => sql<AskedRecord[]>`
  select ${columns(sql, iss)} from ${publishedResults(sql)} and r.iss = ${iss}
  order by e.iat desc, r.rid limit 200
`

/** Results of other centres that name this one among their parties, the newest first. */
export const recordsAsking = (sql: Db, { slug, iss }: { slug: string; iss: string }) => sql<
  AskedRecord[]
>`
  select ${columns(sql, iss)} from ${publishedResults(sql)} and r.iss <> ${iss} and k.content -> 'parties' ? ${slug}
  order by e.iat desc, r.iss, r.rid limit 200
`

interface Declined {
  /** Slug of the centre that declined. */
  centre: string
  iss: string
  rid: string
  ver: number
}

/** Not of what was erased meanwhile: nothing would take the reason with it. */
export const keepReason = (
  sql: Db,
  { centre, iss, rid, ver, reason }: Declined & { reason: string },
  now: number,
) => sql`
  insert into decline_reasons (centre, iss, rid, ver, reason, at)
  select ${centre}, iss, rid, ${ver}, ${reason}, ${new Date(now)}
  from (
    select iss, rid from records
    where iss = ${iss} and rid = ${rid} and state <> 'erased' order by feed limit 1 for share
  ) r
  on conflict (centre, iss, rid, ver) do update set reason = excluded.reason, at = excluded.at
`

export const reasonOf = (sql: Db, { centre, iss, rid, ver }: Declined) => sql<{ reason: string }[]>`
  select reason from decline_reasons
  where centre = ${centre} and iss = ${iss} and rid = ${rid} and ver = ${ver}
`
