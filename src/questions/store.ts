import type { Db } from '../hub.ts'
import { type Audience, visibleTo } from '../publications/store.ts'

export interface ListedQuestion {
  iss: string
  slug: string
  centre: string
  rid: string
  ver: number
  feed: 'public' | 'members'
  /** Seconds since 1970, as signed: the first version. */
  asked: number
  title: string
  summary: string
  question: string
  topics: string[]
  /** Slugs of the centres asked; none means all of them. */
  askedOf: string[]
  due: string | null
  answeredBy: string | null
  /** Slugs of the centres that answered, as far as the audience may know. */
  answered: string[]
}

export interface QuestionFilter {
  topic?: string | undefined
  centre?: string | undefined
  region?: string | undefined
  /** Only those without an accepted answer. */
  open?: boolean | undefined
}

/** A place in the list of questions: by whether it is settled, whether it is for others, by when, and how old. */
export interface QuestionPlace {
  settled: boolean
  elsewhere: boolean
  /** `2026-03-02`, or a day behind all others. */
  until: string
  asked: number
  iss: string
  rid: string
}

export interface QuestionList extends QuestionFilter {
  /** For which centre: what it is asked stands first. */
  own?: string | undefined
  after?: QuestionPlace | undefined
  /** Null where all are wanted. */
  limit: number | null
}

/** Questions, those without an accepted answer first: of these the most urgent, of the others the newest. */
export const listQuestions = (sql: Db, audience: Audience, list: QuestionList) => {
  const { topic = null, centre = null, region = null, open = false, own = null, limit } = list
  return sql<(ListedQuestion & QuestionPlace)[]>`
    select r.iss, c.slug, c.name as centre, r.rid, r.ver, r.feed, r.first_published as asked,
      r.teaser ->> 'title' as title, r.teaser ->> 'summary' as summary, own ->> 'question' as question,
      r.teaser -> 'topics' as topics, coalesce(own -> 'askedOf', '[]') as "askedOf", own ->> 'due' as due,
      own ->> 'answeredBy' as "answeredBy", ${answeredBy(sql, audience)} as answered, settled, elsewhere, until
    from records r join centres c on c.entity_id = r.iss,
      lateral (select r.teaser -> 'own' as own) o,
      lateral (select own ? 'answeredBy' as settled) s,
      lateral (
        select case when settled then '9999' else coalesce(own ->> 'due', '9999') end as until,
          settled or coalesce(c.slug = ${own}::text, true) or not (
            coalesce(own -> 'askedOf', '[]') = '[]' or own -> 'askedOf' ? coalesce(${own}::text, '')
          ) as elsewhere
      ) p
    where r.kind = 'question' and r.teaser is not null and not r.hidden and ${visibleTo(sql, audience)}
      and (${topic}::text is null or r.teaser -> 'topics' ? ${topic})
      and (${centre}::text is null or c.slug = ${centre})
      and (${region}::text is null or r.teaser -> 'regions' ? ${region})
      and (not ${open}::boolean or not settled)
      and ${list.after ? behind(sql, list.after) : sql`true`}
    order by settled, elsewhere, until, r.first_published desc, r.iss, r.rid
    limit ${limit}
  `
}

const behind = (sql: Db, { settled, elsewhere, until, asked, iss, rid }: QuestionPlace) => sql`
  (settled, elsewhere, until, -r.first_published, r.iss, r.rid)
    > (${settled}::boolean, ${elsewhere}::boolean, ${until}::text, ${-asked}::bigint, ${iss}::text, ${rid}::uuid)
`

/** For `records r`: the slugs of the centres that answered it. */
const answeredBy = (sql: Db, audience: Audience) =>
  audience === 'public'
    ? sql`'[]'::jsonb`
    : sql`(
        select coalesce(jsonb_agg(distinct s.slug), '[]')
        from records a join centres s on s.entity_id = a.iss
        where a.kind = 'answer' and a.teaser @? '$.refersTo[0]' and not a.hidden
          and a.teaser -> 'refersTo' @> jsonb_build_array(jsonb_build_object('field', 'about', 'iss', r.iss, 'rid', r.rid))
      )`

export interface GivenAnswer {
  iss: string
  slug: string
  centre: string
  rid: string
  ver: number
  title: string
  /** Seconds since 1970, as signed. */
  at: number
  content: string
}

/** All answers to a question, the oldest first. */
export const answersTo = (sql: Db, { iss, rid }: { iss: string; rid: string }) => sql<
  GivenAnswer[]
>`
  select a.iss, c.slug, c.name as centre, a.rid, a.ver, a.teaser ->> 'title' as title, a.changed as at,
    convert_from(e.content, 'UTF8') as content
  from records a
  join centres c on c.entity_id = a.iss
  join entries e on e.feed_id = a.feed_id and e.seq = a.seq
  where a.kind = 'answer' and a.teaser @? '$.refersTo[0]' and not a.hidden and e.content is not null
    and a.teaser -> 'refersTo' @> ${sql.json([{ field: 'about', iss, rid }])}
  order by a.first_published, a.iss, a.rid
`

/** Something to tell of a question; `what` tells it from all else there is to tell of it. */
export interface QuestionNews {
  iss: string
  rid: string
  what: string
  subject: string
  text: string
  /** Where it leads, on this node. */
  path: string
}

/** Tells the staff of a centre, each once. */
export const tellOf = (sql: Db, centre: string, news: QuestionNews[], now: Date) => sql`
  select tell_of_questions(${centre}, ${sql.json(news.map((each) => ({ ...each })))}, ${now})
`
