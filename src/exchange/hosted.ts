/** Feeds of centres that bring their entries here: nobody is asked for them, but what waits has to count one day. */
import { type Centre, verifyKeysOf } from '../federation/centre.ts'
import { type FeedName, feedNames } from '../federation/statement.ts'
import type { Hub } from '../hub.ts'
import { spansOf } from './agreed.ts'
import { alignFeed } from './align.ts'
import { stopHiding } from './evidence.ts'
import { hostedCentres } from './home.ts'
import { release, reread, standstill } from './pending.ts'
import { isWhole } from './pull.ts'
import { noteStanding } from './pulls-store.ts'

/** Lets count what waited and may by now, and notes what keeps a feed from going on. */
export const settleHosted = async (hub: Hub) => {
  for (const centre of await hostedCentres(hub)) {
    for (const feed of feedNames) await settleFeed(hub, centre, feed)
  }
}

const settleFeed = async (hub: Hub, centre: Centre, name: FeedName) => {
  const held = await alignFeed(hub, centre, name)
  const span = spansOf(centre, name).at(-1)
  const feed = held?.find(({ epoch }) => epoch === span?.epoch)
  // Another process is at it.
  if (!feed || !span) return
  const keys = await verifyKeysOf(centre)
  const pull = { hub, centre, feed, span, keys, source: centre.entries_endpoint }
  const stopped = feed.waits ? await release(pull) : {}
  if (feed.hides && (await isWhole(hub, centre, feed))) await stopHiding(hub.sql, feed)
  const standing = stopped.reason ? stopped : standstill(await reread(pull))
  await noteStanding(hub.sql, feed, standing, new Date(hub.now()))
}
