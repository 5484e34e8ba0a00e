/** The table `pulls`: when each feed is due and how its pulls went; and which own feeds peers were told of. */
import type { FeedName } from '../federation/statement.ts'
import type { Db } from '../hub.ts'

export interface ClaimedPull {
  iss: string
  feed: FeedName
  /** Larger than what we hold where a nudge said so. */
  wanted: number
  gap: number
  failures: number
}

interface ClaimRules {
  now: Date
  /** Centres whose feeds are our own. */
  except: string[]
  /** So many feeds that are not steady may be pulled at a time. */
  unsteady: number
}

/** Takes a feed whose time has come, for two minutes at the most (see migrations/0002). */
export const claimPull = (
  sql: Db,
  { now, except, unsteady, nextPoll }: ClaimRules & { nextPoll: Date },
) => sql<ClaimedPull[]>`
  select iss, feed, wanted, gap, failures
  from claim_pull(
    ${now}, ${now}::timestamptz + interval '2 min', ${nextPoll}, ${sql.json(except)}, ${unsteady}
  )
`

/** Every feed is due, and nobody is taken to be pulling it. */
export const makePullsDue = (sql: Db, now: Date) => sql`
  update pulls set due = least(due, ${now}), claimed_until = '-infinity'
`

/** A feed is to be pulled at once. */
export const makePullDue = (
  sql: Db,
  { iss, feed, now }: { iss: string; feed: FeedName; now: Date },
) => sql`
  update pulls set due = least(due, ${now}) where iss = ${iss} and feed = ${feed}
`

/** When the next of the feeds is due that may be pulled as soon as it is. */
export const nextPullDue = (sql: Db, { now, except, unsteady }: ClaimRules) => sql<
  { due: Date | null }[]
>`
  select min(greatest(due, not_before)) as due from due_pulls(${now}, ${sql.json(except)}, ${unsteady})
  where greatest(due, not_before) > '-infinity'
`

export interface PullOutcome {
  iss: string
  feed: FeedName
  /** Milliseconds that the next start stays away from this one. */
  gap: number
  notBefore: Date
  failures: number
  /** It went well, and quickly. */
  steady: boolean
  /** After a failure, or where there is more; undefined where the next poll is soon enough. */
  retryAt?: Date
  reason?: string
  reasonSeq?: number
  now: Date
}

export const finishPull = (sql: Db, outcome: PullOutcome) => sql`
  update pulls set
    claimed_until = '-infinity', gap = ${outcome.gap}, not_before = ${outcome.notBefore},
    failures = ${outcome.failures}, steady = ${outcome.steady}, due = least(due, ${outcome.retryAt ?? null}::timestamptz),
    last_success = case
      when ${outcome.reason === undefined && outcome.retryAt === undefined} then ${outcome.now}
      else last_success
    end,
    reason = ${outcome.reason ?? null}, reason_seq = ${outcome.reasonSeq ?? null},
    reason_since = case
      when ${outcome.reason ?? null}::text is null then null
      when reason = ${outcome.reason ?? null} then reason_since
      else ${outcome.now}::timestamptz
    end
  where iss = ${outcome.iss} and feed = ${outcome.feed}
`

/** Notes what keeps a feed from going on that nobody is asked for, or that nothing does. */
export const noteStanding = (
  sql: Db,
  { iss, feed }: { iss: string; feed: FeedName },
  { reason = null, reasonSeq = null }: { reason?: string | null; reasonSeq?: number | null },
  now: Date,
) => sql`
  update pulls set
    reason = ${reason}, reason_seq = ${reasonSeq},
    reason_since = case when ${reason}::text is null then null else ${now}::timestamptz end
  where iss = ${iss} and feed = ${feed} and reason is distinct from ${reason}
`

/** Notes that a centre brought news of its feed itself. */
export const noteHeard = (
  sql: Db,
  { iss, feed }: { iss: string; feed: FeedName },
  now: Date,
) => sql`
  update pulls set last_success = ${now} where iss = ${iss} and feed = ${feed}
`

/** Notes that somebody says a feed is longer than what we hold; no row for a feed that is not known. */
export const wantPull = (
  sql: Db,
  {
    iss,
    feed,
    epoch,
    size,
    now,
  }: { iss: string; feed: FeedName; epoch: number; size: number; now: Date },
) => sql<{ news: boolean }[]>`
  with held as (select size from feeds where iss = ${iss} and feed = ${feed} and epoch = ${epoch}),
  wanting as (
    update pulls p
    set wanted = greatest(p.wanted, ${size}), due = least(p.due, greatest(p.not_before, ${now}))
    from held
    where p.iss = ${iss} and p.feed = ${feed} and held.size < ${size}
    returning 1
  )
  select exists (select from wanting) as news from held
`

/** Feeds of these centres that grew since peers were told; whoever takes them tells. */
export const takeUntold = (sql: Db, centres: string[]) => sql<
  { iss: string; feed: FeedName; epoch: number; size: number }[]
>`
  update feeds set nudged = size
  where nudged < size and iss in (select value from jsonb_array_elements_text(${sql.json(centres)}))
  returning iss, feed, epoch, size
`
