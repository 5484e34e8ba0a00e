/** The tables `peers`, `holdings` and `held_feeds`: what other nodes say they hold, and when to ask them. */
import type { FeedName } from '../federation/statement.ts'
import type { Db } from '../hub.ts'
import type { HeldEpoch, Holdings } from './holdings.ts'

/**
 * What this node holds. An erasure deletes content, salt, local data and blobs in the statement that stores it; it
 * is done once all that is made from them has followed the log: the search index. A blob that is still there
 * although nothing lists it any more holds the receipt back.
 */
export const heldHere = (sql: Db, feeds: FeedName[]) => sql<HeldEpoch[]>`
  select f.iss, f.feed, f.epoch, f.size, f.dig,
    least(f.size - coalesce(lagging.entries, 0), left_over.seq - 1) as erased_through
  from feeds f
  left join (
    select feed_id, count(*) as entries from entries
    where position > (select coalesce(min(position), 0) from followers)
    group by feed_id
  ) lagging on lagging.feed_id = f.id
  left join (
    select a.feed_id, min(a.seq) as seq
    from attachments a
    join feeds o on o.id = a.feed_id
    join blobs b on b.iss = o.iss and b.feed = o.feed and b.dig = a.dig
    where a.salt is null and b.bytes is not null and not is_listed(o.iss, o.feed, a.dig)
    group by a.feed_id
  ) left_over on left_over.feed_id = f.id
  where f.feed in (select value from jsonb_array_elements_text(${sql.json(feeds)}))
  order by f.iss, f.feed, f.epoch
`

export interface ClaimedPeer {
  endpoint: string
  vain: number
}

/** Takes the nodes whose time has come, at most `limit`; those known to hold less than our news when it is `soon`. */
export const claimPeers = (
  sql: Db,
  claim: { own: string[]; here: string; now: Date; soon: Date; poll: Date; limit: number },
) => sql<ClaimedPeer[]>`
  select endpoint, vain
  from claim_peers(
    ${sql.json(claim.own)}, ${claim.here}, ${claim.now}, ${claim.soon}, ${claim.poll}, ${claim.limit}
  )
`

export const nextPeerDue = (sql: Db) => sql<{ due: Date | null }[]>`
  select min(due) as due from peers where due > '-infinity'
`

export interface PeerOutcome {
  endpoint: string
  vain: number
  /** When to ask again, where the next poll is not right. */
  retryAt?: Date
  reason?: string
  now: Date
}

export const finishPeer = (sql: Db, outcome: PeerOutcome) => sql`
  update peers set
    vain = ${outcome.vain},
    due = least(due, ${outcome.retryAt ?? null}::timestamptz),
    last_success = case when ${outcome.reason === undefined} then ${outcome.now} else last_success end,
    reason = ${outcome.reason ?? null},
    reason_since = case
      when ${outcome.reason ?? null}::text is null then null
      when reason = ${outcome.reason ?? null} then reason_since
      else ${outcome.now}::timestamptz
    end
  where endpoint = ${outcome.endpoint}
`

/** Keeps holdings and their rows about known feeds; false where newer ones of this peer are kept already. */
export const storeHoldings = (sql: Db, { iss, iat, exp, feeds }: Holdings, jws: string, at: Date) =>
  sql<{ stored: boolean }[]>`
    select store_holdings(${iss}, ${iat}, ${exp}, ${jws}, ${sql.json(feeds)}, ${at}) as stored
  `

/** Whether a peer lacks anything of these centres' feeds: entries, or an erasure not confirmed yet. */
export const isBehind = (sql: Db, signer: string, own: string[]) => sql<{ behind: boolean }[]>`
  select exists (
    select from feeds f
    left join held_feeds h on h.signer = ${signer} and h.feed_id = f.id
    where f.iss in (select value from jsonb_array_elements_text(${sql.json(own)})) and f.size > 0
      and (h.feed_id is null or h.size < f.size or h.erased_through < f.size)
  ) as behind
`

export interface Difference {
  iss: string
  feed: FeedName
  epoch: number
  /** Both hold so many entries, and the last of them has another digest there than here. */
  size: number
  dig: string
}

/** Where a peer states another digest than what is held here at the same number: reason to look, no proof. */
export const differences = (sql: Db, signer: string) => sql<Difference[]>`
  select f.iss, f.feed, f.epoch, h.size, h.dig
  from held_feeds h
  join feeds f on f.id = h.feed_id
  join entries e on e.feed_id = h.feed_id and e.seq = h.size
  where h.signer = ${signer} and e.dig <> h.dig
  order by f.iss, f.feed, f.epoch
`

/**
 * The feeds of which a node says to hold more than is held here: those that begin here, and others whose home has
 * answered since and gave no more.
 */
export const heldBeyond = (sql: Db, signer: string, home: string[]) => sql<
  { iss: string; feed: FeedName }[]
>`
  select f.iss, f.feed
  from held_feeds h
  join feeds f on f.id = h.feed_id
  join pulls p on p.iss = f.iss and p.feed = f.feed
  where h.signer = ${signer} and h.size > f.size and f.forked_at is null
    and (
      f.iss in (select value from jsonb_array_elements_text(${sql.json(home)}))
      or p.reason is null and p.last_success > h.size_since
    )
    and not exists (
      select from feeds newer where newer.iss = f.iss and newer.feed = f.feed and newer.epoch > f.epoch
    )
  order by f.iss, f.feed
`
