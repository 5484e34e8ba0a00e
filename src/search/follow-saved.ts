/** Searches that people keep follow the log: who keeps one is told what comes, changes and goes in it. */
import type { Hub } from '../hub.ts'
import { searchIn } from './saved.ts'
import {
  type Key,
  matchingAmong,
  noteSavedNews,
  savedAt,
  savedSearches,
  tellSavedNews,
  touchedBetween,
} from './saved-store.ts'
import { wantedBy } from './wanted-by.ts'

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
  const [touched, searches] = await Promise.all([
    touchedBetween(hub.sql, after, upto),
    savedSearches(hub.sql),
  ])
  const looked = touched.length === 0 ? [] : searches
  const hits = []
  for (const { id, query } of looked) hits.push(...(await hitsOf(hub, id, query, touched)))
  const ids = looked.map(({ id }) => id)
  await noteSavedNews(hub.sql, { after, upto, touched, searches: ids, hits }, hub.now())
}

const hitsOf = async (hub: Hub, search: string, query: string, touched: Key[]) => {
  const asked = searchIn(query)
  const wanted = asked && (await wantedBy(hub, asked))
  const found = wanted ? await matchingAmong(hub.sql, wanted, touched) : []
  return found.map((hit) => ({ search, ...hit }))
}
