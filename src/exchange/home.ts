import { ownCentreIds } from '../config.ts'
import type { Centre } from '../federation/centre.ts'
import { allCentres } from '../federation/store.ts'
import type { Hub } from '../hub.ts'

/** The centres with a signer of their own that bring their entries to this node, as the anchor states. */
export const hostedCentres = async (hub: Hub): Promise<Centre[]> => {
  const own = ownCentreIds(hub.config)
  const { origin } = hub.config
  return (await allCentres(hub.sql)).filter(
    ({ id, entries_endpoint }) => new URL(entries_endpoint).origin === origin && !own.includes(id),
  )
}

/**
 * The centres whose feeds begin at this node: our own, and the hosted ones. Nobody has news of these before us, so
 * we tell others and ask nobody.
 */
export const centresAtHome = async (hub: Hub): Promise<string[]> => {
  const hosted = await hostedCentres(hub)
  return [...ownCentreIds(hub.config), ...hosted.map(({ id }) => id)]
}
