import { allCentres } from '../federation/store.ts'
import type { Hub } from '../hub.ts'
import { requestNudge } from './client.ts'
import { centresAtHome } from './home.ts'
import { takeUntold } from './pulls-store.ts'

/** Tells the other centres' nodes which feeds that begin here have grown. Who does not hear it finds out when polling. */
export const nudgePeers = async (hub: Hub) => {
  if (!hub.config.nudges) return
  const home = await centresAtHome(hub)
  const [grown, centres] = await Promise.all([takeUntold(hub.sql, home), allCentres(hub.sql)])
  if (grown.length === 0) return
  const others = centres.filter(({ id }) => !home.includes(id))
  const endpoints = new Set(others.map((centre) => centre.nudge_endpoint))
  const told = [...endpoints].flatMap((endpoint) =>
    grown.map(async (nudge) => {
      const answer = await requestNudge(hub, endpoint, nudge)
      if (!('reason' in answer)) await answer.body?.cancel()
    }),
  )
  await Promise.all(told)
}
