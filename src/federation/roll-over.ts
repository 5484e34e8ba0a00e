/**
 * Changing the trust anchor's own key. Its configuration first lists the new key beside the old one, which
 * goes on signing; after the overlap everything is stated anew under the new key, and the old one stops counting.
 */
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { anchorHere, refreshStatements } from './anchor.ts'
import { makeNextKey, usableKeys } from './keys.ts'
import { lastGeneration } from './keys-store.ts'

/** Makes the anchor's next key and lists it. Problem `conflict` while the change before it is not over. */
export const rollOver = async (hub: Hub): Promise<string> => {
  const anchor = anchorHere(hub)
  const listed = await usableKeys(hub, anchor, 'fed')
  if (listed.length > 1) {
    throw new Problem('conflict', 'Der Schlüssel des Vertrauensankers wird schon gewechselt.')
  }
  const [{ last } = { last: 0 }] = await lastGeneration(hub.sql, anchor, 'fed')
  const kid = await makeNextKey(hub, anchor, 'fed', last)
  if (!kid) throw new Problem('conflict', 'Ein anderer Vorgang legt gerade einen Schlüssel an.')
  await refreshStatements(hub)
  return kid
}
