import { hasRole } from '../staff/visitor.ts'
import type { Waiting, WaitingSource } from '../staff/waiting.ts'
import { dueOf } from './reading.ts'
import { referralsOf } from './store.ts'

/** For the advisers of a centre: referrals that somebody there has to answer, or to say the outcome of. */
export const waitingReferrals: WaitingSource = async (hub, { post, ...visitor }) => {
  if (!post || !hasRole({ ...visitor, post }, ['adviser'])) return []
  const rows = await referralsOf(hub.sql, post.iss)
  return rows.flatMap((referral): Waiting[] => {
    const due = dueOf(referral)
    if (!due?.here) return []
    return [
      {
        ...(referral.state === 'received' ? answer : outcome),
        path: `/verweise/${referral.id}`,
        action: 'Zum Verweis',
        // Noon, so that it is that day in Germany.
        due: Date.parse(`${due.day}T12:00:00Z`) / 1000,
      },
    ]
  })
}

const answer = {
  title: 'Ein Unternehmen wurde an Sie verwiesen',
  text: 'Sagen Sie dem anderen Zentrum zu oder ab.',
}

const outcome = {
  title: 'Ein Verweis ist noch offen',
  text: 'Teilen Sie mit, was daraus geworden ist, sobald Sie es wissen.',
}
