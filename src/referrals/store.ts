/** The tables `referrals` and `referral_events`. */

import type { Db } from '../hub.ts'
import type { LandId } from '../places/lands.ts'
import type { Told } from '../staff/message-store.ts'
import type { Deadlines } from './deadlines.ts'
import type { Held, ReferralEvent, Side, SignedEventName, State } from './referral.ts'

export interface Referral {
  /** Entity id of the centre whose row it is. */
  centre: string
  id: string
  side: Side
  /** Entity id of the centre at the other end; null while a draft has none. */
  other: string | null
  state: State
  follows: string | null
  draft: string | null
  consent: string | null
  /** Where the company has its seat. */
  land: LandId | null
  topics: string[]
  reason: string | null
  outcome: string | null
  suggests: string | null
  madeBy: string | null
  /** How many of its own events the other side still has, where it has lost some. */
  remembers: number | null
  deadlines: (Deadlines & { tell?: string }) | null
  madeAt: Date
  changedAt: Date
  sentAt: Date | null
  answeredAt: Date | null
  endedAt: Date | null
  erasedAt: Date | null
}

export interface KeptEvent {
  side: Side
  seq: number
  event: SignedEventName
  jws: string
  dig: string
  sealed: string | null
  at: Date
  confirmedAt: Date | null
  due: Date | null
  tries: number
  fault: string | null
}

const columns = (sql: Db) => sql`
  r.centre, r.id, r.side, r.other, r.state, r.follows, r.draft, r.consent, r.land, r.topics, r.reason,
  r.outcome, r.suggests, r.made_by as "madeBy", r.remembers, r.deadlines, r.made_at as "madeAt", r.changed_at as "changedAt",
  r.sent_at as "sentAt", r.answered_at as "answeredAt", r.ended_at as "endedAt", r.erased_at as "erasedAt"
`

export const referralOf = (sql: Db, centre: string, id: string) => sql<Referral[]>`
  select ${columns(sql)} from referrals r where centre = ${centre} and id = ${id}
`

/** What both sides said, each in its order. */
export const eventsOf = (sql: Db, centre: string, id: string) => sql<KeptEvent[]>`
  select side, seq, event, jws, dig, sealed, at, confirmed_at as "confirmedAt", due, tries, fault
  from referral_events where centre = ${centre} and referral = ${id} order by at, side desc, seq
`

export interface NewEvent {
  seq: number
  event: SignedEventName
  jws: string
  dig: string
  sealed?: string | undefined
  reason?: string | undefined
  outcome?: string | undefined
  suggests?: string | undefined
  /** For the audit: the centre's slug, and who did it. */
  slug: string
  actor: string
  /** What people here are told, where nobody of them did it. */
  tell?: (Told & { centre: string }) | undefined
}

interface Of {
  centre: string
  id: string
  now: Date
}

/** The referral that goes on from one to this centre, unless that is over without an answer. */
export const followUpOf = (
  sql: Db,
  { centre, id, to }: Pick<Of, 'centre' | 'id'> & { to: string },
) => sql<{ id: string }[]>`
  select id from referrals
  where centre = ${centre} and side = 'sender' and follows = ${id} and other = ${to}
    and state not in ('withdrawn', 'expired')
`

/** Values of our own making, whose optional members may be undefined: left out. */
const json = (sql: Db, value: object) => sql.json(value as never)

/** `to`: null where the state stays. */
export const sayOfReferral = (
  sql: Db,
  { centre, id, now }: Of,
  from: readonly State[],
  to: State | null,
  event: NewEvent,
) => sql<{ outcome: 'done' | 'moved' | 'unknown' }[]>`
  select say_of_referral(
    ${centre}, ${id}, ${json(sql, from)}, ${to}, ${json(sql, event)}, ${now}
  ) as outcome
`

export interface SentRow {
  other: string
  consent: string
  land: LandId
  topics: string[]
  deadlines: Deadlines & { tell: string }
}

export const sendReferral = (
  sql: Db,
  { centre, id, now }: Of,
  row: SentRow,
  event: NewEvent,
) => sql<{ outcome: 'done' | 'moved' | 'unknown' }[]>`
  select send_referral(${centre}, ${id}, ${json(sql, row)}, ${json(sql, event)}, ${now}) as outcome
`

export interface ReceivedLetter {
  /** Undefined where both may say it. */
  side: Side | undefined
  iss: string
  prev: string
  from: readonly State[]
  to: State | null
  held: Held
  deadlines?: Deadlines | undefined
  follows?: string | undefined
  land?: LandId | undefined
  topics?: string[] | undefined
  /** What those are told whom it concerns. */
  tell?: (Told & { centre: string }) | undefined
}

export type Reception =
  | { outcome: 'other-parties' }
  | ({ outcome: 'out-of-order' } & Held)
  | ({
      outcome: 'stored' | 'duplicate' | 'conflict' | 'does-not-follow'
      state: State
      erased: boolean
      dig: string
      lost: string[]
    } & Held)

export const receiveReferralEvent = (
  sql: Db,
  { centre, id, now }: Of,
  letter: ReceivedLetter,
  event: NewEvent,
) => sql<{ reception: Reception }[]>`
  select receive_referral_event(
    ${centre}, ${id}, ${json(sql, letter)}, ${json(sql, event)}, ${now}
  ) as reception
`

export const confirmReferralEvent = (
  sql: Db,
  { centre, id, now }: Of,
  receipt: { seq: number; dig: string; state: State } & Held,
) => sql`
  select confirm_referral_event(${centre}, ${id}, ${json(sql, receipt)}, ${now})
`

export const adoptReferralEvent = (
  sql: Db,
  { centre, id, now }: Of,
  event: NewEvent & {
    from: readonly State[]
    to: State | null
    /** What the clerk says of it. */
    state?: State | undefined
    /** Nothing that is there is replaced. */
    only_lost?: true
  },
) => sql`
  select adopt_referral_event(${centre}, ${id}, ${json(sql, event)}, ${now})
`

export interface ClaimedEvent extends KeptEvent {
  centre: string
  referral: string
}

/** Takes the next own event that is due; the lease keeps others away. */
export const claimReferralEvent = (sql: Db, now: Date, until: Date) => sql<ClaimedEvent[]>`
  select centre, referral, side, seq, event, jws, dig, sealed, at, confirmed_at as "confirmedAt", due, tries, fault
  from claim_referral_event(${now}, ${until})
`

type EventKey = Pick<ClaimedEvent, 'centre' | 'referral' | 'side' | 'seq'>

/** When it is tried again, and why it was in vain. */
export const putOff = (sql: Db, key: EventKey, due: Date, fault: string) => sql`
  update referral_events set due = ${due}, fault = ${fault}
  where centre = ${key.centre} and referral = ${key.referral} and side = ${key.side} and seq = ${key.seq}
    and due is not null
`

/** Own events from a number on are to be delivered again. */
export const deliverFrom = (sql: Db, key: EventKey, now: Date) => sql`
  update referral_events set due = ${now}
  where centre = ${key.centre} and referral = ${key.referral} and side = ${key.side} and seq >= ${key.seq}
`

/** An own event that nobody has confirmed, signed by a newer key. */
export const signAnew = (sql: Db, key: EventKey, before: string, jws: string, dig: string) => sql`
  update referral_events set jws = ${jws}, dig = ${dig}
  where centre = ${key.centre} and referral = ${key.referral} and side = ${key.side} and seq = ${key.seq}
    and dig = ${before} and confirmed_at is null
`

/** When the next own event is due. */
export const nextReferralDue = (sql: Db) => sql<{ due: Date | null }[]>`
  select min(due) as due from referral_events where due is not null
`

/** Keeps a draft, new or changed; answers it, or nothing where it was sent meanwhile. */
export const keepDraft = (
  sql: Db,
  { centre, id, now }: Of,
  { sealed, by, follows }: { sealed: string; by: string; follows?: string | undefined },
) => sql<{ id: string }[]>`
  insert into referrals as r (centre, id, side, state, draft, follows, made_by, made_at, changed_at)
  values (${centre}, ${id}, 'sender', 'draft', ${sealed}, ${follows ?? null}, ${by}, ${now}, ${now})
  on conflict (centre, id) do update set draft = excluded.draft, changed_at = excluded.changed_at
  where r.state = 'draft'
  returning id
`

export const forgetDraft = (sql: Db, { centre, id }: Pick<Of, 'centre' | 'id'>) => sql<
  { id: string }[]
>`
  delete from referrals where centre = ${centre} and id = ${id} and state = 'draft' returning id
`

/** What is kept in clear of an event: closed lists, and a centre. */
export const wordsOf = (event: ReferralEvent) => ({
  ...('reason' in event && { reason: event.reason }),
  ...('outcome' in event && { outcome: event.outcome }),
  ...('suggests' in event && { suggests: event.suggests }),
})

export interface ListedReferral extends Referral {
  /** What `sent` told, as it is kept; null where it is erased or not sent yet. */
  sealed: string | null
  /** Whether something said here is not confirmed yet. */
  waits: boolean
}

/** The referrals of a centre: those that are open, and of the others so many, the newest first. */
export const referralsOf = (sql: Db, centre: string, most: number | null = 500) => sql<
  ListedReferral[]
>`
  select ${columns(sql)}, s.sealed, exists (
    select from referral_events e
    where e.centre = r.centre and e.referral = r.id and e.side = r.side and e.confirmed_at is null
  ) as waits
  from referrals r left join referral_events s
    on s.centre = r.centre and s.referral = r.id and s.side = 'sender' and s.seq = 1
  where r.centre = ${centre} and (
    r.ended_at is null
    or r.id in (
      select id from referrals where centre = ${centre} and ended_at is not null
      order by changed_at desc, id limit ${most}
    )
  )
  order by r.changed_at desc, r.id
`
