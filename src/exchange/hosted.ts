/** Feeds of centres that bring their entries here: nobody is asked for them, but what waits has to count one day. */
import { type Centre, currentEpoch } from '../federation/centre.ts'
import { type FeedName, feedNames } from '../federation/statement.ts'
import type { Hub } from '../hub.ts'
import { alignFeed } from './align.ts'
import { stopHiding } from './evidence.ts'
import { hostedCentres } from './home.ts'
import { release, reread, standstill } from './pending.ts'
import { isWhole } from './pull.ts'
import { pullOf } from './pull-page.ts'
import { noteStanding } from './pulls-store.ts'

/** Lets count what waited and may by now, and notes what keeps a feed from going on. */
export const settleHosted = async (hub: Hub) => {
  for (const centre of await hostedCentres(hub)) {
    for (const feed of feedNames) await settleFeed(hub, centre, feed)
  }
}

const settleFeed = async (hub: Hub, centre: Centre, name: FeedName) => {
  const held = await alignFeed(hub, centre, name)
  const feed = held?.find(({ epoch }) => epoch === currentEpoch(centre, name).epoch)
  const pull = feed && (await pullOf(hub, centre, feed, centre.entries_endpoint))
  // Another process is at it.
  if (!feed || !pull) return
  const stopped = feed.waits ? await release(pull) : {}
  if (feed.hides && (await isWhole(hub, centre, feed))) await stopHiding(hub.sql, feed)
  const standing = stopped.reason ? stopped : standstill(await reread(pull))
  await noteStanding(hub.sql, feed, standing, new Date(hub.now()))
}
