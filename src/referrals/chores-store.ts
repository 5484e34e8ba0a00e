/** What becomes of referrals by the passing of time. */
import type { Retention } from '../config.ts'
import type { Db } from '../hub.ts'
import type { Told } from '../staff/message-store.ts'
import type { State } from './referral.ts'

/** Sent by one of these centres, and past a deadline on this day without what was due by it. */
export const overdueReferrals = (sql: Db, centres: string[], today: string) => sql<
  { centre: string; id: string; delivered: boolean }[]
>`
  select centre, id, state = 'received' as delivered from referrals
  where side = 'sender' and centre in (select jsonb_array_elements_text(${sql.json(centres)}))
    and (
      (state = 'sent' and deadlines ->> 'delivery' < ${today})
      or (state in ('sent', 'received') and deadlines ->> 'answer' < ${today})
    )
  order by sent_at
`

interface Reminder {
  slug: string
  /** Entity id of the centre. */
  centre: string
  today: string
  now: Date
  told: Told
}

/** Tells of each referral once that nothing was delivered yet. */
export const remindOfDelivery = (sql: Db, { slug, centre, today, now, told }: Reminder) => sql`
  with late as (
    update referrals set reminded = 'delivery'
    where centre = ${centre} and side = 'sender' and state = 'sent' and reminded is null
      and deadlines ->> 'tell' < ${today}
    returning *
  )
  select tell_of_referral(
    late, ${sql.json({ ...told, centre: slug })} || jsonb_build_object('path', '/verweise/' || late.id), ${now}
  )
  from late
`

/** Tells of each accepted referral once that its outcome is awaited. */
export const remindOfOutcome = (sql: Db, { slug, centre, today, now, told }: Reminder) => sql`
  with late as (
    update referrals set reminded = 'outcome'
    where centre = ${centre} and side = 'recipient' and state = 'accepted' and reminded is null
      and deadlines ->> 'outcome' < ${today}
    returning *
  )
  select tell_of_referral(
    late, ${sql.json({ ...told, centre: slug })} || jsonb_build_object('path', '/verweise/' || late.id), ${now}
  )
  from late
`

/**
 * Referrals of the same case as one of which consent was revoked, or that this centre erased on request: before it or
 * after it in the chain, and not erased themselves.
 */
export const stillTold = (sql: Db, centre: string) => sql<{ id: string; state: State }[]>`
  select r.id, r.state from referrals r join referrals w
    on w.centre = r.centre and w.side = 'sender' and (w.follows = r.id or r.follows = w.id)
  where r.centre = ${centre} and r.side = 'sender' and r.state <> 'draft' and r.erased_at is null
    and (
      (w.state = 'withdrawn' and w.reason = 'consent-revoked')
      or exists (
        select from referral_events e
        where e.centre = w.centre and e.referral = w.id and e.side = 'sender' and e.event = 'erased'
      )
    )
  order by r.sent_at desc
`

/** Days that an ended referral is still asked about: as long as somebody may restore a backup. */
const daysAfterEnd = 35

/** Delivers the newest own event of each referral again that was not confirmed for a day. */
export const probeReferrals = (sql: Db, now: Date) => sql`
  update referral_events e set due = ${now}
  from referrals r
  where r.centre = e.centre and r.id = e.referral and e.side = r.side and e.due is null
    and e.checked_at < ${now}::timestamptz - interval '1 day'
    and (r.ended_at is null or r.ended_at > ${now}::timestamptz - ${daysAfterEnd}::int * interval '1 day')
    and e.seq = (
      select max(seq) from referral_events n where n.centre = e.centre and n.referral = e.referral and n.side = e.side
    )
`

/** Deletes what nobody needs any more; what was recorded of it for the audit stays. */
export const tidyReferrals = (
  sql: Db,
  { slug, centre, now, keep }: { slug: string; centre: string; now: Date; keep: Retention },
) => sql`
  with drafts as (
    delete from referrals
    where centre = ${centre} and state = 'draft'
      and changed_at < ${now}::timestamptz - ${keep.draft}::int * interval '1 day'
  ),
  consents as (
    update referrals set consent = null
    where centre = ${centre} and consent is not null
      and coalesce(ended_at, sent_at + interval '1 year')
        < ${now}::timestamptz - ${keep.consent}::int * interval '1 year'
  ),
  over as (
    select centre, id from referrals r
    where centre = ${centre} and state <> 'draft'
      -- What was told after the erasure is not kept for ever either.
      and (erased_at is null or exists (
        select from referral_events e
        where e.centre = r.centre and e.referral = r.id and e.sealed is not null
      ))
      and case
        -- Nobody has said how it ended: no case is kept for longer than the consent says.
        when sent_at < ${now}::timestamptz - interval '1 year' then true
        when state = 'completed' then ended_at < ${now}::timestamptz - ${keep.completed}::int * interval '1 day'
        when state in ('declined', 'expired') then ended_at < ${now}::timestamptz - ${keep.declined}::int * interval '1 day'
        -- Its end never arrived here.
        when state = 'received' then side = 'recipient' and (deadlines ->> 'answer')::date
          < (${now}::timestamptz - ${keep.declined}::int * interval '1 day')::date
        else false
      end
  )
  select erase_referral(centre, id, ${now}),
    audit_event(${slug}, ${now}, 'node', 'referral.tidied', id::text, '{}')
  from over
`
