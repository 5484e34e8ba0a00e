import { ownCentreIds } from '../config.ts'
import { allCentres } from '../federation/store.ts'
import type { Hub } from '../hub.ts'

/**
 * The centres whose feeds begin at this node: our own, and those with a signer of their own that bring their
 * entries here. Nobody has news of these before us, so we tell others and ask nobody.
 */
export const centresAtHome = async (hub: Hub): Promise<string[]> => {
  const { origin } = hub.config
  const centres = await allCentres(hub.sql)
  const hosted = centres.filter(
    ({ entries_endpoint }) => new URL(entries_endpoint).origin === origin,
  )
  return [...new Set([...ownCentreIds(hub.config), ...hosted.map(({ id }) => id)])]
}
