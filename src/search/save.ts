/** Keeping a search, with what it finds now: what comes from now on is news. */
import type { Hub } from '../hub.ts'
import { followedUpTo } from './index-store.ts'
import type { SearchQuery } from './query.ts'
import { keptOf, most, type SavedInput } from './saved.ts'
import { recordsMatching, saveSearch } from './saved-store.ts'
import { wantedBy } from './wanted-by.ts'

export type Saved =
  | { ok: true; id: string }
  /** It finds more than anybody could follow, or she follows as many as one can. */
  | { ok: false; reason: 'too-many-hits' | 'too-many-searches' }

export const save = async (
  hub: Hub,
  person: string,
  query: SearchQuery,
  input: SavedInput,
): Promise<Saved> => {
  const search = { id: crypto.randomUUID(), person, query: keptOf(query), ...input }
  for (;;) {
    const [at] = await followedUpTo(hub.sql)
    const wanted = await wantedBy(hub, query)
    const hits = wanted ? await recordsMatching(hub.sql, wanted, most.hits + 1) : []
    if (hits.length > most.hits) return { ok: false, reason: 'too-many-hits' }
    const found = { hits, position: at?.position ?? 0, most: most.searches }
    const [row] = await saveSearch(hub.sql, search, found, hub.now())
    if (row?.saved === null) return { ok: false, reason: 'too-many-searches' }
    // Otherwise news came meanwhile: what it finds is looked up again.
    if (row?.saved) return { ok: true, id: search.id }
  }
}
