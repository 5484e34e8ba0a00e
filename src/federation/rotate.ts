/**
 * Giving an own centre a new key without a gap: it is made here, asked for in the centre's configuration, and
 * counts once the anchor states it.
 */
import { ownCentreIds } from '../config.ts'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import type { KeyUse } from '../signing/keys.ts'
import { unverifiedPayload } from '../signing/unverified.ts'
import { makeNextKey, usableKeys } from './keys.ts'
import { forgetRetired, lastGeneration, noteStated } from './keys-store.ts'
import { SubordinateStatement } from './statement.ts'
import { centreStatement } from './store.ts'

/** Makes the next key of an own centre for one use. Problem `conflict` while the last one waits for the anchor. */
export const rotateKey = async (hub: Hub, owner: string, use: KeyUse): Promise<string> => {
  const [newest] = await usableKeys(hub, owner, use)
  if (newest && !newest.statedAt) {
    throw new Problem(
      'conflict',
      `Der Schlüssel ${newest.kid} wartet noch auf die Bestätigung des Vertrauensankers; erst danach lässt sich ein weiterer anlegen.`,
    )
  }
  const [{ last } = { last: 0 }] = await lastGeneration(hub.sql, owner, use)
  const kid = await makeNextKey(hub, owner, use, last)
  if (kid) return kid
  throw new Problem('conflict', 'Ein anderer Vorgang legt gerade einen Schlüssel an.')
}

/** Follows what the anchor states of the own keys: new ones begin to count, replaced ones end. */
export const followStatedKeys = async (hub: Hub) => {
  const now = new Date(hub.now())
  for (const owner of ownCentreIds(hub.config)) {
    const [row] = await centreStatement(hub.sql, owner)
    if (row) await noteStated(hub.sql, owner, statedKeys(row.statement), now)
  }
  await forgetRetired(hub.sql, now)
}

/** It was verified before it was kept. */
const statedKeys = (statement: string) => {
  const { jwks, metadata } = SubordinateStatement.parse(unverifiedPayload(statement))
  const keys = [...jwks.keys, ...metadata.knowledge_exchange.jwks.keys]
  return keys.map((jwk) => ({ kid: jwk.kid, cut: 'valid_through' in jwk }))
}
