/** What a centre says of a referral after it was sent. */
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import type { Answer } from './case.ts'
import { stillTold } from './chores-store.ts'
import { signNext } from './event.ts'
import { expiryNews } from './news.ts'
import { isFinal, type Said, stateAfter, transitionOf } from './referral.ts'
import { eventsOf, type Referral, referralOf, sayOfReferral } from './store.ts'

interface Act {
  /** Entity id of the own centre, and the referral. */
  centre: string
  id: string
  said: Exclude<Said, { event: 'sent' }>
  note?: string | undefined
  /** Id of the person, or `node` where time does it. */
  by: string
}

/**
 * Accepts, declines, completes, withdraws, expires or erases; the other side hears of it from the outbox. Problems:
 * `not-found`; `conflict` where the state does not allow it (any more); `cannot-sign`.
 */
export const act = async (hub: Hub, { centre, id, by, said, note }: Act) => {
  for (let attempt = 0; attempt < 3; attempt++) {
    const referral = await openReferral(hub, centre, id)
    const { event } = said
    if (stateAfter(event, referral.side, referral.state) === undefined)
      throw new Problem('conflict')
    const events = await eventsOf(hub.sql, centre, id)
    const payload: Answer | undefined = note ? { note } : undefined
    const signed = await signNext(hub, { referral, events, by }, said, payload)
    const next = event === 'expired' ? { ...signed, tell: expiryNews(signed.slug, id) } : signed
    const { from, to } = transitionOf(event)
    const of = { centre, id, now: new Date(hub.now()) }
    const [kept] = await sayOfReferral(hub.sql, of, from, to, next)
    if (kept?.outcome !== 'done') continue
    if (event === 'withdrawn' || event === 'erased') await eraseAlong(hub, centre, by)
    return hub.wake?.('referred')
  }
  throw new Problem('conflict')
}

/**
 * Who revokes consent, or asks for erasure, means everybody who was asked with this case: what was declined before goes
 * as well, and what is under way elsewhere is withdrawn. What fails now is done by the next run of the chores.
 */
export const eraseAlong = async (hub: Hub, centre: string, by: string) => {
  for (const { id, state } of await stillTold(hub.sql, centre)) {
    const said = isFinal(state)
      ? { event: 'erased' as const }
      : { event: 'withdrawn' as const, reason: 'consent-revoked' as const }
    await act(hub, { centre, id, by, said }).catch(unlessLater)
  }
}

/** It was answered meanwhile, or this centre may not sign: the next run sees. */
export const unlessLater = (error: unknown) => {
  if (!(error instanceof Problem)) throw error
}

/** A referral that was sent, with the centre at the other end. */
export const openReferral = async (hub: Hub, centre: string, id: string) => {
  const [referral] = await referralOf(hub.sql, centre, id)
  if (!referral || referral.other === null) throw new Problem('not-found')
  return referral as Referral & { other: string }
}
