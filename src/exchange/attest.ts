import type { Centre } from '../federation/centre.ts'
import { feedNames } from '../federation/statement.ts'
import { type Hub, seconds } from '../hub.ts'
import { Problem } from '../problem.ts'
import { seal } from '../signing/seal.ts'
import { type Holdings, holdingsLifetime } from './holdings.ts'
import { noteMark } from './note-mark.ts'
import { heldHere } from './peers-store.ts'
import { speakerOf } from './speaker.ts'

/**
 * Signs what this node holds, of the feeds that the caller may read. Problem `cannot-sign` while the anchor
 * vouches for no key kept here.
 */
export const attestHoldings = async (hub: Hub, caller: Centre | undefined): Promise<string> => {
  const speaker = await speakerOf(hub)
  if (!speaker) throw new Problem('cannot-sign')
  const feeds = await heldHere(hub.sql, caller ? [...feedNames] : ['public'])
  // Whoever confirms an erasure must remember it, also with a database restored from yesterday's backup.
  await noteMark(hub)
  const iat = seconds(hub)
  const holdings: Holdings = { iss: speaker.iss, iat, exp: iat + holdingsLifetime, feeds }
  return seal('transfernetz-holdings+jwt', holdings, speaker.key)
}
