/** The figures follow the log. */
import type { Hub } from '../hub.ts'
import { followFigures } from './store.ts'

/** Entries of one step: small enough to be done again after a crash. */
const step = 500

/** Brings them to the end of the log. */
export const followLog = async (hub: Pick<Hub, 'sql'>) => {
  for (;;) {
    const [row] = await followFigures(hub.sql, step)
    if (!row?.more) return
  }
}
