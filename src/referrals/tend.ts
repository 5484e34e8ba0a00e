/** What is done with referrals because time passes. */
import { ownCentreId, ownCentreIds, Retention } from '../config.ts'
import type { Hub } from '../hub.ts'
import { act, eraseAlong, unlessLater } from './act.ts'
import {
  overdueReferrals,
  probeReferrals,
  remindOfDelivery,
  remindOfOutcome,
  tidyReferrals,
} from './chores-store.ts'
import { dayOf } from './deadlines.ts'

/** Lets expire what is overdue, reminds people, deletes what is over, and makes sure that both sides agree. */
export const tendReferrals = async (hub: Hub) => {
  await expireOverdue(hub)
  for (const centre of ownCentreIds(hub.config)) await eraseAlong(hub, centre, 'node')
  await remind(hub)
  await tidy(hub)
  await probeReferrals(hub.sql, new Date(hub.now()))
  hub.wake?.('referred')
}

const expireOverdue = async (hub: Hub) => {
  const overdue = await overdueReferrals(hub.sql, ownCentreIds(hub.config), dayOf(hub.now()))
  for (const { centre, id, delivered } of overdue) {
    const reason = delivered ? 'unanswered' : 'not-delivered'
    await act(hub, { centre, id, by: 'node', said: { event: 'expired', reason } }).catch(
      unlessLater,
    )
  }
}

const remind = async (hub: Hub) => {
  const [today, now] = [dayOf(hub.now()), new Date(hub.now())]
  for (const own of hub.config.centres) {
    const about = { slug: own.slug, centre: ownCentreId(hub.config, own), today, now }
    await remindOfDelivery(hub.sql, { ...about, told: notDelivered })
    await remindOfOutcome(hub.sql, { ...about, told: outcomeAwaited })
  }
}

const notDelivered = {
  subject: 'Ein Verweis ist noch nicht zugestellt',
  text: 'Der Knoten des anderen Zentrums ist seit zwei Werktagen nicht zu erreichen. Wir versuchen es weiter; nach fünf Werktagen verfällt der Verweis. Wenn es eilt, rufen Sie dort an.',
  path: '/verweise',
}

const outcomeAwaited = {
  subject: 'Was ist aus einem Verweis geworden?',
  text: 'Vor 90 Tagen wurde Ihnen ein Unternehmen anvertraut. Das absendende Zentrum möchte wissen, was daraus geworden ist.',
  path: '/verweise',
}

const tidy = async ({ sql, config, now }: Hub) => {
  const keep = config.retention ?? Retention.parse({})
  for (const own of config.centres) {
    const centre = ownCentreId(config, own)
    await tidyReferrals(sql, { slug: own.slug, centre, now: new Date(now()), keep })
  }
}
