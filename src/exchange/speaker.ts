import { ownCentreIds } from '../config.ts'
import { signingKey } from '../federation/keys.ts'
import { centreById } from '../federation/store.ts'
import type { Hub } from '../hub.ts'

/**
 * Who speaks for a node that hosts several centres: the first of them that may sign, with its key. Undefined
 * while the anchor vouches for none.
 */
export const speakerOf = async (hub: Hub) => {
  for (const iss of ownCentreIds(hub.config)) {
    const key = await signingKey(hub, await centreById(hub.sql, iss))
    if (key) return { iss, key }
  }
  return undefined
}
