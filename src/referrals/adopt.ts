import type { Hub } from '../hub.ts'
import { openOwnEvent, slugOf } from './event.ts'
import { type State, transitionOf } from './referral.ts'
import { adoptReferralEvent, wordsOf } from './store.ts'

interface Whose {
  /** Entity ids of the own centre and of the other, and the referral. */
  centre: string
  id: string
  other: string
}

/**
 * Own events that this node has lost, or made in another form: what the other side holds is what was said.
 * `state`: what the clerk says of it. `only_lost`: nothing that is here is replaced.
 */
export const adopt = async (
  hub: Hub,
  { centre, id, other }: Whose,
  events: string[],
  how: { state?: State; only_lost?: true },
) => {
  for (const jws of events) {
    const opened = await openOwnEvent(hub, jws, centre)
    if (opened?.event.sub !== id || opened.event.aud !== other) continue
    const { event, dig } = opened
    const { from, to } = transitionOf(event.event)
    await adoptReferralEvent(
      hub.sql,
      { centre, id, now: new Date(hub.now()) },
      {
        ...{ seq: event.seq, event: event.event, jws, dig, from, to, ...how, ...wordsOf(event) },
        ...{ slug: slugOf(hub, centre), actor: 'node' },
      },
    )
  }
}
