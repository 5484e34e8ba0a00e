/** Whether the own feeds may be signed on, and whether anything may be shown: for who runs the node. */
import { ownCentreIds } from '../config.ts'
import { feedNames } from '../federation/statement.ts'
import { allCentres } from '../federation/store.ts'
import type { Hub } from '../hub.ts'
import { stillBehind } from './catch-up.ts'
import { type Absence, logEnd } from './log-store.ts'
import { type Standing, standingOf } from './standing.ts'

export interface SigningReport {
  /** Why nothing is shown, since when, and what is still to be pulled; null while all is well. */
  absence: {
    kind: Absence
    since: Date
    behind: { name: string; feed: string; reason: string | null }[]
  } | null
  /** Own feeds that may not be signed on. */
  stuck: (Standing & { name: string })[]
}

export const signingStatus = async (hub: Hub): Promise<SigningReport> => {
  const [end] = await logEnd(hub.sql)
  const own = ownCentreIds(hub.config)
  const absence = end?.absence &&
    end.since && {
      kind: end.absence,
      since: end.since,
      behind: [...(await stillBehind(hub, end.absence, end.since))],
    }
  return { absence: absence ?? null, stuck: await stuckFeeds(hub, own) }
}

/** An entry that is only noted yet is no trouble: it is appended in a moment. */
const stuckFeeds = async ({ sql, journal }: Hub, own: string[]) => {
  const centres = journal ? (await allCentres(sql)).filter(({ id }) => own.includes(id)) : []
  const stuck: SigningReport['stuck'] = []
  for (const centre of centres) {
    for (const feed of feedNames) {
      const found = journal && (await standingOf(sql, journal, centre, feed))
      if (!found || found.is === 'even' || found.is === 'unstored') continue
      stuck.push({ ...found, name: centre.organization_name })
    }
  }
  return stuck
}
