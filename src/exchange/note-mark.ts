/** Noting outside the database how far its log has come: one that is behind it one day was restored from a backup. */
import type { Hub } from '../hub.ts'
import { logEnd, takenBackAfter } from './log-store.ts'

/** Resolves once the note would survive a power cut. */
export const noteMark = async ({ journal, sql }: Hub) => {
  const [end] = await logEnd(sql)
  if (end) await journal?.noteMark({ life: end.life, position: end.position })
}

/** The same, where something was taken back since the last note: what must not be forgotten. */
export const noteTakingBack = async (hub: Hub) => {
  const noted = await hub.journal?.mark()
  if (noted && (await takenBackAfter(hub.sql, noted.position)).length > 0) await noteMark(hub)
}
