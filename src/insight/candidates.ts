/** What the editors of the nationwide shelf have not decided about, page by page. */
import type { Hub } from '../hub.ts'
import { pageSize, placeOf } from '../publications/reading.ts'
import {
  endOfStretch,
  type Narrowing,
  newCandidates,
  renewedOnShelf,
  type StretchOfRecords,
} from './shelf-store.ts'

/**
 * New versions of what stands on the shelf come first, all of them; behind them what was never there, the newest first.
 * `iss`: the umbrella. A page looks into a stretch of all records: where nearly all of them are decided it is short, and
 * may be empty, and still the list goes on.
 */
export const candidatesPage = async ({ sql }: Hub, iss: string, stretch: StretchOfRecords) => {
  const [renewed, found] = await Promise.all([
    stretch.after ? [] : renewedOnShelf(sql, iss, stretch),
    newCandidates(sql, iss, stretch, pageSize + 1),
  ])
  const shown = found.slice(0, pageSize)
  const last = found.length > pageSize ? shown.at(-1) : await endOf(sql, stretch)
  return { candidates: [...renewed, ...shown], next: last ? placeOf(last) : undefined }
}

const endOf = async (sql: Hub['sql'], stretch: StretchOfRecords) => {
  const [end, beyond] = await endOfStretch(sql, stretch)
  return beyond && end
}

/** How many new versions of what stands on the shelf wait for a decision. */
export const countRenewed = async ({ sql }: Hub, iss: string, narrowing: Narrowing = {}) =>
  (await renewedOnShelf(sql, iss, narrowing)).length
