/** Searches that people keep follow the log: who keeps one is told what comes, changes and goes in it. */
import type { Hub } from '../hub.ts'
import { most, searchIn } from './saved.ts'
import {
  type FollowedSearch,
  matchingAmong,
  noteSavedNews,
  recordsMatching,
  type SavedStep,
  savedAt,
  savedSearches,
  tellSavedNews,
  touchedBetween,
} from './saved-store.ts'
import { wishOf } from './wanted-by.ts'

/** Entries of the log in one step. */
const step = 500

/** Brings kept searches as far as the index is, and tells what is due. Answers how many entries it went through. */
export const followSaved = async (hub: Hub): Promise<number> => {
  let done = 0
  for (;;) {
    const [at] = await savedAt(hub.sql)
    if (!at || at.position >= at.end) break
    const upto = Math.min(at.position + step, at.end)
    await followTo(hub, at.position, upto)
    done += upto - at.position
  }
  await tellSavedNews(hub.sql, told, hub.now())
  return done
}

/** Without a word of what she looks for: an e-mail passes through many hands. */
const told = {
  subject: 'Neues zu einer gespeicherten Suche',
  text: 'Zu einer Suche, die Sie gespeichert haben, sind Beiträge hinzugekommen, geändert oder zurückgenommen worden.',
  path: '/suche/gespeichert/',
}

const followTo = async (hub: Hub, after: number, upto: number) => {
  const touched = await touchedBetween(hub.sql, after, upto)
  const step: SavedStep = { after, upto, touched, searches: [], hits: [], anew: [] }
  const searches = touched.length === 0 ? [] : await savedSearches(hub.sql)
  for (const alike of Map.groupBy(searches, ({ query }) => query).values()) {
    await lookFor(hub, alike, step)
  }
  await noteSavedNews(hub.sql, step, hub.now())
}

/** Adds to a step what searches find that look for the same. One without a meaning any more finds and loses nothing. */
const lookFor = async (hub: Hub, alike: FollowedSearch[], step: SavedStep) => {
  const [first] = alike
  const query = first && searchIn(first.query)
  if (!query) return
  const { wanted, stays, reading } = await wishOf(hub, query)
  const found = wanted ? await matchingAmong(hub.sql, wanted, stays, step.touched) : []
  for (const { id } of alike) {
    step.searches.push(id)
    step.hits.push(...found.map((hit) => ({ search: id, ...hit })))
  }
  const anew = alike.filter((search) => search.reading !== reading)
  if (anew.length === 0) return
  const hits = wanted ? await recordsMatching(hub.sql, wanted, most.hits) : []
  step.anew.push(...anew.map(({ id }) => ({ search: id, reading, hits: [...hits] })))
}
