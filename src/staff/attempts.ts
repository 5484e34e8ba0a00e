import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { countAttempt } from './store.ts'

/**
 * Tries within the window, counted for all processes together. By network (an IPv6 address counts by its first
 * 64 bits), and by what is tried – a passkey, a link –, which no change of address gets around. `report`: what
 * readers may write to us from one network; `address`: what somebody may have us send to addresses she names;
 * `leaving`: how often we ask the house's own sign-in for somebody.
 */
const most = {
  network: 100,
  passkey: 20,
  invitation: 20,
  report: 10,
  address: 5,
  leaving: 100,
} as const
const window = 10 * 60_000

/** Counts a try at signing in. Problem `too-many-requests` where there were too many. */
export const attempt = async (hub: Hub, what: keyof typeof most, which: string) => {
  const [tried] = await countAttempt(hub.sql, `${what} ${which}`, hub.now(), window)
  if ((tried?.count ?? 0) > most[what]) throw new Problem('too-many-requests')
}

/** Counts a try from the caller's network. */
export const attemptFromNetwork = (hub: Hub, what: 'network' | 'leaving' = 'network') =>
  attempt(hub, what, hub.network?.() ?? 'unknown')
