/** When feeds are pulled: polls, nudges, and the pauses after failures. The table `pulls` remembers it all. */
import type { Centre } from '../federation/centre.ts'
import { centreById } from '../federation/store.ts'
import type { Hub } from '../hub.ts'
import { alignFeeds } from './align.ts'
import { centresAtHome } from './home.ts'
import { settleHosted } from './hosted.ts'
import type { Pulled } from './pull-page.ts'
import {
  type ClaimedPull,
  claimPull,
  finishPull,
  makePullsDue,
  nextPullDue,
  type PullOutcome,
} from './pulls-store.ts'
import { pullFromAny } from './sources.ts'

/** Milliseconds. Nudges make news quick; polling alone must be enough. */
export const pace = {
  poll: 5 * 60_000,
  // Less than the 100 ms that a person takes for at once, so that a second entry in a row is no slower.
  shortestGap: 50,
  longestGap: 60_000,
  shortestRetry: 1_000,
  longestRetry: 5 * 60_000,
  // A run ends after so much time or so many pages, and what is left waits its turn: no feed keeps a lane.
  longestRun: 15_000,
  mostPages: 100,
  // Who takes longer than this is not steady.
  quick: 2_000,
} as const

/** Half of the lanes (chores.ts) are kept for feeds that are steady, however many others there are. */
const unsteady = 2

/**
 * Brings what is held into line with what is stated, and pulls the feeds whose time has come, one after the other.
 * Answers the milliseconds until the next one is due.
 * Several runs share the work: each feed is claimed, so a slow peer keeps only the run waiting that asks it.
 */
export const pullDue = async (hub: Hub): Promise<number> => {
  const except = await centresAtHome(hub)
  await alignFeeds(hub)
  await settleHosted(hub)
  while (hub.mayAsk?.() !== false) {
    const now = new Date(hub.now())
    const nextPoll = new Date(hub.now() + jitter(pace.poll))
    const [claimed] = await claimPull(hub.sql, { now, nextPoll, except, unsteady })
    if (!claimed) break
    await pullClaimed(hub, claimed, await centreById(hub.sql, claimed.iss))
  }
  const [next] = await nextPullDue(hub.sql, { now: new Date(hub.now()), except, unsteady })
  return next?.due ? Math.max(0, next.due.getTime() - hub.now()) : pace.poll
}

/**
 * At the start of a node everything is due: nudges did not reach it, and who was pulling when it was killed
 * will not go on. Should another process be pulling after all, one of the two finds the feed moved.
 */
export const pullAfresh = (hub: Hub) => makePullsDue(hub.sql, new Date(hub.now()))

/** Something between 80 and 120 %, so that nodes started together do not ask together. */
export const jitter = (milliseconds: number) =>
  Math.round(milliseconds * (0.8 + 0.4 * Math.random()))

const pullClaimed = async (hub: Hub, claimed: ClaimedPull, centre: Centre | undefined) => {
  const started = hub.now()
  const pulled: Pulled = centre
    ? await pullFromAny(forOneRun(hub), centre, claimed.feed).catch((error) =>
        broken(hub, claimed, error),
      )
    : { received: 0, reason: 'feed-unknown' }
  await finishPull(hub.sql, outcomeOf(claimed, pulled, started, hub.now()))
  if (pulled.reason) hub.log.info({ ...claimed, ...pulled }, 'pull stopped')
}

/** The hub for a run that goes on asking for a limited time only. */
export const forOneRun = (hub: Hub): Hub => {
  const until = hub.now() + pace.longestRun
  let pages = 1
  const mayAsk = () => hub.mayAsk?.() !== false && hub.now() < until && pages++ < pace.mostPages
  return { ...hub, mayAsk }
}

/** A fault of ours, not of the peer: logged with its cause, and tried again later. */
const broken = (hub: Hub, { iss, feed }: ClaimedPull, error: unknown): Pulled => {
  hub.log.error({ err: error, iss, feed }, 'pull failed')
  return { received: 0, reason: 'internal' }
}

/** What a pull means for the next one: a nudge that led to nothing doubles the gap, a failure the pause. */
export const outcomeOf = (
  claimed: ClaimedPull,
  { received, more, reason, reasonSeq }: Pulled,
  started: number,
  now: number,
): PullOutcome => {
  const inVain = claimed.wanted > 0 && received === 0
  const gap = inVain ? Math.min(claimed.gap * 2, pace.longestGap) : pace.shortestGap
  const failures = reason ? claimed.failures + 1 : 0
  const pause = Math.min(pace.shortestRetry * 2 ** (failures - 1), pace.longestRetry)
  return {
    iss: claimed.iss,
    feed: claimed.feed,
    gap,
    notBefore: new Date(started + gap),
    failures,
    steady: !reason && !more && now - started <= pace.quick,
    now: new Date(now),
    ...(reason && { reason, retryAt: new Date(now + jitter(pause)) }),
    // A mirror gives more, whatever is the matter with the feed's home.
    ...(more && { retryAt: new Date(now) }),
    ...(reasonSeq !== undefined && { reasonSeq }),
  }
}
