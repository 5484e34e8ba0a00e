/** What a kept search finds, without an order: what its list of hits would hold, however long that is. */
import type { Hub } from '../hub.ts'
import type { Wanted } from './engine.ts'
import { all, type Match } from './match.ts'
import { enough, planOf } from './plan.ts'
import { inputOf, type SearchQuery } from './query.ts'
import { readQuestion } from './question.ts'
import { recordsMatching } from './saved-store.ts'
import { type Understood, understand } from './understand.ts'

export interface KeptWish {
  /** Every word, or most of them where these are too few; absent where nothing can be found. */
  wanted?: Wanted
  /** What a record that was found once may stay by, when there are enough with every word. */
  stays?: Match
  /** How the words are understood, as far as that does not grow with every record. */
  reading: string
}

const audience = 'members'

export const wishOf = async (hub: Hub, query: SearchQuery): Promise<KeptWish> => {
  const { q, filters } = inputOf(query)
  if (q.trim() === '') {
    return { wanted: { match: all([]), lexemes: [], filters, audience }, reading: '' }
  }
  const question = readQuestion(q)
  if (question.wanted.length === 0) return { reading: '' }
  const understood = await understand(hub.sql, audience, question)
  const [plan, reading] = [planOf(understood), readingOf(understood)]
  if (!plan) return { reading }
  const every: Wanted = { ...plan.every, filters, audience }
  if (!plan.most) return { wanted: every, reading }
  const some = await recordsMatching(hub.sql, every, enough)
  const wanted = some.length < enough ? { ...every, ...plan.most } : every
  return { wanted, stays: plan.most.match, reading }
}

/** Which words are known, what errors were taken for, and what else is meant by our own lists of words. */
const readingOf = ({ terms, unknown, corrected = '' }: Understood) => {
  const meant = terms.map(({ typed, ways }) => [
    typed,
    ways.filter(({ how }) => how === 'synonym' || how === 'near').map(({ stems }) => stems),
  ])
  return JSON.stringify([corrected, unknown, meant])
}
