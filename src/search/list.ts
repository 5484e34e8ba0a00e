/** The whole list of hits, as tables have it. */
import type { Hub } from '../hub.ts'
import type { Audience, ListedRecord } from '../publications/store.ts'
import { limits } from './engine.ts'
import { findListed, type SearchInput } from './find.ts'

/** So many rows a table of hits has at most. */
export const mostRows = 1_000

/** At most `mostRows`. Only the most promising have an order by relevance: behind these the others come, newest first. */
export const listAll = async (
  hub: Hub,
  audience: Audience,
  input: SearchInput,
): Promise<ListedRecord[]> => {
  const whole = { ...input, after: 0, limit: mostRows }
  const first = await findListed(hub, audience, whole)
  const isAll = input.sort === 'newest' || input.q.trim() === '' || first.length < limits.ranked
  if (isAll) return first
  const shown = new Set(first.map(nameOf))
  const others = await findListed(hub, audience, { ...whole, sort: 'newest' })
  return [...first, ...others.filter((one) => !shown.has(nameOf(one)))].slice(0, mostRows)
}

const nameOf = ({ iss, rid }: ListedRecord) => `${iss} ${rid}`
