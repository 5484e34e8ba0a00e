/** Keeping a search, with what it finds now: what comes from now on is news. */
import type { Hub } from '../hub.ts'
import { followedUpTo } from './index-store.ts'
import type { SearchQuery } from './query.ts'
import { readQuestion } from './question.ts'
import { keptOf, most, type SavedInput } from './saved.ts'
import { recordsMatching, saveSearch } from './saved-store.ts'
import { wishOf } from './wanted-by.ts'

export type Saved =
  | { ok: true; id: string }
  /** It holds no word, finds more than anybody could follow, or she follows as many as one can, or this one. */
  | { ok: false; reason: 'no-words' | 'too-many-hits' | 'too-many-searches' | 'known' }

export const save = async (
  hub: Hub,
  person: string,
  query: SearchQuery,
  input: SavedInput,
): Promise<Saved> => {
  if (query.q.trim() !== '' && readQuestion(query.q).wanted.length === 0)
    return { ok: false, reason: 'no-words' }
  const id = crypto.randomUUID()
  for (;;) {
    const [at] = await followedUpTo(hub.sql)
    const { wanted, reading } = await wishOf(hub, query)
    const hits = wanted ? await recordsMatching(hub.sql, wanted, most.hits + 1) : []
    if (hits.length > most.hits) return { ok: false, reason: 'too-many-hits' }
    const search = { id, person, query: keptOf(query), reading, ...input }
    const found = { hits, position: at?.position ?? 0, most: most.searches }
    const [row] = await saveSearch(hub.sql, search, found, hub.now())
    if (row?.saved === 'saved') return { ok: true, id }
    if (row?.saved === 'known') return { ok: false, reason: 'known' }
    if (row?.saved === 'too-many') return { ok: false, reason: 'too-many-searches' }
    // News came meanwhile: what it finds is looked up again.
  }
}
