import { ownCentreIds } from '../config.ts'
import { callingKey, signingKey } from '../federation/keys.ts'
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

/** Who asks for a node: its speaker, or a centre that is suspended or ended. That gets no contents, but erasures. */
export const callerOf = async (hub: Hub) => {
  const speaker = await speakerOf(hub)
  if (speaker) return speaker
  for (const iss of ownCentreIds(hub.config)) {
    const centre = await centreById(hub.sql, iss)
    const key = centre && (await callingKey(hub, centre))
    if (key) return { iss, key }
  }
  return undefined
}
