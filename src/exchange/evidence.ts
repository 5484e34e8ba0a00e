/** Proofs that a writer contradicted itself, and what hides while it is not known which of its words counts. */
import { z } from 'zod'
import type { FeedName } from '../federation/statement.ts'
import type { Db } from '../hub.ts'
import type { Linked } from './link.ts'
import { asJson, type HeldFeed } from './store.ts'

/** What the evidence endpoint answers: pairs of signed tokens that contradict each other. */
export const EvidencePairs = z.object({ pairs: z.array(z.tuple([z.string(), z.string()])) })
export type EvidencePairs = z.infer<typeof EvidencePairs>

export const evidencePairs = async (
  sql: Db,
  { iss, feed, epoch }: { iss: string; feed: FeedName; epoch: number },
): Promise<EvidencePairs> => {
  const rows = await sql<{ other: string; jws: string }[]>`
    select other, jws from evidence
    where iss = ${iss} and feed = ${feed} and epoch = ${epoch} and kind = 'fork'
    order by seq, id limit 100
  `
  return { pairs: rows.map(({ other, jws }) => [other, jws]) }
}

/** A token that contradicts the entry `other`, which is held at its number. */
export interface Contradiction {
  seq: number
  dig: string
  jws: string
  other: string
  /** What it does, where it is an entry. */
  entry?: Linked
}

/** Keeps the pair and takes nothing more of the feed; false where `other` is not what is held. */
export const freezeFeed = (
  sql: Db,
  feedId: number,
  { seq, dig, jws, other, entry }: Contradiction,
  found: Date,
) => sql<{ frozen: boolean }[]>`
  select freeze_feed(
    ${feedId}, ${seq}, ${dig}, ${jws}, ${other},
    ${(entry && doing(entry).op) ?? null}, ${entry?.operation?.rid ?? null}::uuid,
    ${entry?.operation?.ver ?? null}, ${found}
  ) as frozen
`

/** The anchor has named an entry of one branch: the feed goes on. */
export const settleFork = (sql: Db, feedId: number) =>
  sql`update feeds set forked_at = null where id = ${feedId}`

/** Keeps what the other branch of a fork takes back. */
export const keepBranch = (sql: Db, feedId: number, entries: Linked[], found: Date) => {
  const taking = entries.map(doing).filter(({ op }) => op === 'withdraw' || op === 'erase')
  return sql`select keep_branch(${feedId}, ${asJson(sql, taking)}, ${found})`
}

const doing = ({ jws, dig, link, operation, fault }: Linked) => ({
  seq: link.seq,
  dig,
  jws,
  op: fault ? undefined : operation?.op,
  rid: operation?.rid,
  ver: operation?.ver,
})

/** What was cut off or contradicted hides nothing any more. */
export const stopHiding = (sql: Db, { iss, feed }: Pick<HeldFeed, 'iss' | 'feed'>) =>
  sql`select stop_hiding(${iss}, ${feed})`

/**
 * Of own feeds whose present epoch is a new one: what they took back after its base, in order, as long as it hides;
 * `jws` is null where only another branch does.
 */
export const ownCutOff = (sql: Db, own: string[]) => sql<
  { iss: string; feed: FeedName; jws: string | null }[]
>`
  select e.iss, e.feed, case when e.kind = 'beyond' then e.jws end as jws
  from evidence e
  where e.hides and e.iss in (select value from jsonb_array_elements_text(${sql.json(own)}))
    and e.epoch < (select max(epoch) from feeds f where f.iss = e.iss and f.feed = e.feed)
  order by e.iss, e.feed, e.epoch, e.seq
`

/** An entry held, as signed. */
export const tokenAt = (sql: Db, feedId: number, seq: number) => sql<
  { jws: string; dig: string }[]
>`
  select jws, dig from entries where feed_id = ${feedId} and seq = ${seq}
`
