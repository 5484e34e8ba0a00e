/** The signed counts that centres send to the umbrella each month (schemas/EXCHANGE.md, section 16). */
import { z } from 'zod'
import { ownCentreIds } from '../config.ts'
import { type Centre, isLive, verifyKeysOf } from '../federation/centre.ts'
import { signingKey } from '../federation/keys.ts'
import { readBytes, requestPeer } from '../federation/peer.ts'
import { FederationUrl } from '../federation/statement.ts'
import { allCentres, centreById } from '../federation/store.ts'
import { type Hub, seconds } from '../hub.ts'
import { Problem } from '../problem.ts'
import { tokenDigest } from '../signing/digest.ts'
import { limits, passGate } from '../signing/gate.ts'
import { open, seal } from '../signing/seal.ts'
import { dayOf } from './deadlines.ts'
import { type Ended, Figures, figuresOf } from './figures.ts'
import {
  type EndedRow,
  endedReferrals,
  keepSigned,
  noteCountsSent,
  takeCounts,
  uncountedMonths,
  unsentCounts,
} from './figures-store.ts'

const type = 'transfernetz-counts+jwt'

export const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)

/** What a centre sent and what ended in a month. */
export const Counts = z.strictObject({
  iss: FederationUrl,
  aud: FederationUrl,
  iat: z.int(),
  month: Month,
  ...Figures.shape,
})
export type Counts = z.infer<typeof Counts>

/** The figures of a centre's own referrals, of one month or of all. */
export const countEnded = async (hub: Hub, centre: Centre, month?: string): Promise<Figures> => {
  const rows = await endedReferrals(hub.sql, centre.id, month)
  return figuresOf(rows.map((row) => asEnded(centre, row)))
}

const asEnded = ({ regions }: Centre, { land, ...row }: EndedRow): Ended => ({
  ...row,
  from: regions.join('+') || 'DE',
  to: land ?? 'DE',
})

/** Signs the months that are over, each once, and sends what the umbrella has not got. */
export const sendCounts = async (hub: Hub) => {
  const umbrella = (await allCentres(hub.sql)).find((each) => each.umbrella)
  if (!umbrella?.counts_endpoint || umbrella.status !== 'active') return
  for (const iss of ownCentreIds(hub.config)) {
    const centre = await centreById(hub.sql, iss)
    const key = await signingKey(hub, centre)
    if (!centre || !key) continue
    for (const { month } of await uncountedMonths(hub.sql, iss, dayOf(hub.now()).slice(0, 7))) {
      const figures = await countEnded(hub, centre, month)
      const counts: Counts = { iss, aud: umbrella.id, iat: seconds(hub), month, ...figures }
      await keepSigned(hub.sql, iss, month, await seal(type, counts, key))
    }
    for (const { month, jws } of await unsentCounts(hub.sql, iss)) {
      if (!(await bring(hub, umbrella, jws))) return
      await noteCountsSent(hub.sql, iss, month, new Date(hub.now()))
    }
  }
}

const bring = async (hub: Hub, umbrella: Centre, jws: string) => {
  if (ownCentreIds(hub.config).includes(umbrella.id)) {
    await receiveCounts(hub, jws)
    return true
  }
  const answer = await requestPeer(hub, umbrella.counts_endpoint ?? '', {
    method: 'POST',
    headers: { 'content-type': 'application/jose' },
    body: jws,
  })
  return (await readBytes(answer, 'application/json', 1024, 201)).ok
}

/**
 * Keeps the counts of a centre. Problems: `not-found` where no umbrella is at home; `counts-refused` with the
 * reason; `conflict` where others were kept for that month.
 */
export const receiveCounts = async (hub: Hub, jws: string) => {
  const counts = await openCounts(hub, jws)
  const { iss, month, total, rows } = counts
  const dig = tokenDigest(jws)
  const now = new Date(hub.now())
  const [kept] = await takeCounts(hub.sql, { iss, month, figures: { total, rows }, jws, dig, now })
  if (kept?.dig !== dig) throw new Problem('conflict')
  return { month }
}

const openCounts = async (hub: Hub, jws: string): Promise<Counts> => {
  const passed = passGate(jws, type, limits.statement)
  if (!passed.ok) throw refused(passed.reason)
  const counts = Counts.safeParse(passed.payload).data
  if (!counts) throw refused('form')
  const umbrella = await centreById(hub.sql, counts.aud)
  const isHere = umbrella?.umbrella === true && ownCentreIds(hub.config).includes(umbrella.id)
  if (!isHere) throw new Problem('not-found')
  // A month that is not over cannot be counted.
  if (counts.month >= dayOf(hub.now()).slice(0, 7)) throw refused('month')
  const centre = await centreById(hub.sql, counts.iss)
  if (centre?.status !== 'active') throw refused('iss')
  const keys = await verifyKeysOf(centre)
  const opened = await open(
    jws,
    type,
    (kid) => {
      const key = keys.get(kid)
      return key && isLive(key) ? key.key : undefined
    },
    limits.statement,
  )
  if (!opened.ok) throw refused(opened.reason)
  return counts
}

const refused = (reason: string) => new Problem('counts-refused', undefined, { reason })
