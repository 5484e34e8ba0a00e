import { ownCentreIds } from '../config.ts'
import type { Centre } from '../federation/centre.ts'
import { allCentres } from '../federation/store.ts'
import type { Hub } from '../hub.ts'

/** Whether the anchor states this node as the home of the centre's feeds. */
export const beginsHere = ({ config }: Pick<Hub, 'config'>, { entries_endpoint }: Centre) =>
  new URL(entries_endpoint).origin === config.origin

/**
 * The centres whose feeds begin at this node: our own, and those with a signer of their own that bring their
 * entries here. Nobody has news of these before us, so we tell the others.
 */
export const centresAtHome = async (hub: Hub): Promise<string[]> => {
  const hosted = (await allCentres(hub.sql)).filter((centre) => beginsHere(hub, centre))
  return [...new Set([...ownCentreIds(hub.config), ...hosted.map(({ id }) => id)])]
}
