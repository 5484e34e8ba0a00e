/** What a kept search finds, without an order: what its list of hits would hold, however long that is. */
import type { Hub } from '../hub.ts'
import type { Wanted } from './engine.ts'
import { all } from './match.ts'
import { enough, planOf } from './plan.ts'
import { inputOf, type SearchQuery } from './query.ts'
import { readQuestion } from './question.ts'
import { recordsMatching } from './saved-store.ts'
import { understand } from './understand.ts'

/** Every word, or most of them where these are too few; undefined where nothing can be found. */
export const wantedBy = async (hub: Hub, query: SearchQuery): Promise<Wanted | undefined> => {
  const { q, filters } = inputOf(query)
  const audience = 'members'
  if (q.trim() === '') return { match: all([]), lexemes: [], filters, audience }
  const question = readQuestion(q)
  if (question.wanted.length === 0) return undefined
  const plan = planOf(await understand(hub.sql, audience, question))
  if (!plan) return undefined
  const every: Wanted = { ...plan.every, filters, audience }
  if (!plan.most) return every
  const some = await recordsMatching(hub.sql, every, enough)
  return some.length < enough ? { ...every, ...plan.most } : every
}
