/** What round tables on a topic have published. */
import type { Db } from '../hub.ts'
import type { Word } from '../publications/endorsements.ts'
import type { Record } from '../publications/record.ts'
import { visibleTo, wordsAbout } from '../publications/store.ts'

export type RoundTable = Extract<Record, { kind: 'round-table' }>

export interface PublishedResult {
  iss: string
  slug: string
  rid: string
  ver: number
  feed: 'public' | 'members'
  content: RoundTable
  /** What centres say of this version. */
  words: Word[] | null
}

/** Of so many results, the newest, one looks into what they found. */
const mostRead = 1_000

/** Results that are about a topic, in all or in one of their findings: the newest so many, the newest first. */
export const resultsOn = (sql: Db, topic: string, limit: number) => sql<PublishedResult[]>`
  select r.iss, c.slug, r.rid, r.ver, r.feed, k.content, ${wordsAbout(sql)} as words
  from (
    select * from records r
    where r.kind = 'round-table' and r.teaser is not null and not r.hidden and ${visibleTo(sql, 'members')}
    order by r.changed desc, r.iss, r.rid
    limit ${mostRead}
  ) r
  join centres c on c.entity_id = r.iss
  join entries e on e.feed_id = r.feed_id and e.seq = r.seq
  cross join lateral (
    select case when r.teaser is not null then convert_from(e.content, 'UTF8')::jsonb end as content
  ) k
  where r.teaser -> 'topics' ? ${topic} or k.content @> ${sql.json({ findings: [{ topic }] })}
  order by r.changed desc, r.iss, r.rid
  limit ${limit}
`
