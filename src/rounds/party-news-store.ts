/** All SQL about telling who is asked to sign with a result, and who answered. */
import type { FeedName } from '../federation/statement.ts'
import type { Db } from '../hub.ts'
import { roundTable } from '../publications/kinds/round-table.ts'
import type { Told } from '../staff/message-store.ts'
import { publishedResults } from './results-store.ts'

/** How far along the log it was told, and how far that goes. */
export const partyNewsAt = (sql: Db) => sql<{ position: number; end: number }[]>`
  select n.position, l.position as end from party_news n, log_end l
`

/** Between two positions of the log: after the first, up to the second. */
export interface Stretch {
  after: number
  upto: number
}

/** A centre of this node. */
interface Own {
  slug: string
  iss: string
}

export interface Ask {
  iss: string
  slug: string
  rid: string
  ver: number
  /** Whether this centre was asked before, by an older version. */
  before: boolean
}

/** Results that came there, ask this centre, and have no answer from it. */
export const asksBetween = (sql: Db, { slug, iss }: Own, { after, upto }: Stretch) => sql<Ask[]>`
  select r.iss, c.slug, r.rid, r.ver,
    exists (select from party_asks p where p.centre = ${slug} and p.iss = r.iss and p.rid = r.rid) as before
  from ${publishedResults(sql)} and r.iss <> ${iss} and k.content -> 'parties' ? ${slug}
    and (r.iss, r.rid) in (
      select f.iss, x.rid from entries x join feeds f on f.id = x.feed_id
      where x.position > ${after} and x.position <= ${upto} and x.op = 'publish' and x.kind = ${roundTable.id}
      union
      select iss, rid from touches where position > ${after} and position <= ${upto}
    )
    and not exists (
      select from words_about(r.iss, r.feed, r.rid, r.ver) w where w.iss = ${iss} and w.role = 'party'
    )
`

export interface Answer {
  op: 'endorse' | 'decline' | 'retract'
  /** Name of the centre that answered. */
  centre: string
  rid: string
  feed: FeedName
}

/** What parties have said there of the newest versions of this centre's results, of each the last word. */
export const answersBetween = (sql: Db, iss: string, { after, upto }: Stretch) => sql<Answer[]>`
  select distinct on (s.entity_id, r.rid) x.op, s.name as centre, r.rid, r.feed
  from entries x join feeds f on f.id = x.feed_id join centres s on s.entity_id = f.iss,
    ${publishedResults(sql)} and r.iss = ${iss}
    and x.position > ${after} and x.position <= ${upto} and x.op in ('endorse', 'decline', 'retract')
    and x.role = 'party' and x.fault is null and not x.hidden
    and x.of = r.iss and f.feed = r.feed and x.rid = r.rid and x.ver = r.ver
    and f.iss <> r.iss and k.content -> 'parties' ? s.slug
  order by s.entity_id, r.rid, x.position desc
`

type ToldAsk = Told & Pick<Ask, 'iss' | 'rid' | 'ver'> & { centre: string }
type ToldAnswer = Told & { centre: string }

/** Tells it, once; false where another run was quicker. */
export const tellPartyNews = (
  sql: Db,
  { after, upto }: Stretch,
  asks: ToldAsk[],
  answers: ToldAnswer[],
  now: number,
) => sql<{ told: boolean }[]>`
  select tell_party_news(
    ${after}, ${upto}, ${sql.json(asks.map((ask) => ({ ...ask })))},
    ${sql.json(answers.map((answer) => ({ ...answer })))}, ${new Date(now)}
  ) as told
`
