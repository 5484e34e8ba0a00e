/** How search stands, in words: for the page of the node, and for who asks at the command line. */
import type { StandingSource } from '../exchange/sentence.ts'
import { countOf, momentOf } from '../web/texts.ts'
import type { Found } from './beside-store.ts'
import { type Lag, lagOf } from './lag.ts'

export const searchStanding: StandingSource = async (hub) => {
  const lag = await lagOf(hub)
  const sentences = searchSentences(lag)
  const good = lag.own === 0 && lag.meilisearch === 0
  if (good) sentences.unshift('Alle Beiträge sind im Suchindex.')
  return { good, title: 'Suche:', text: sentences.join(' ') }
}

/** What is not as it should be, or was not a short while ago. */
export const searchSentences = (lag: Lag): string[] => [
  ...(lag.own > 0 ? [`Im Suchindex fehlen noch ${countOf(lag.own, 'Eintrag', 'Einträge')}.`] : []),
  ...(lag.meilisearch > 0 ? [behind(lag)] : []),
  ...(lag.found
    ? [`Der Index auf Meilisearch ${sayings[lag.found.found](momentOf(lag.found.at))}.`]
    : []),
]

const behind = (lag: Lag) => {
  const missing = `Im Index auf Meilisearch fehlen noch ${countOf(lag.meilisearch, 'Eintrag', 'Einträge')}`
  return lag.isReplaced ? `${missing}; so lange sucht PostgreSQL.` : `${missing}.`
}

const sayings: { [found in Found]: (at: string) => string } = {
  lost: (at) => `war am ${at}, verloren und wurde neu gefüllt`,
  older: (at) => `stammte am ${at}, aus einer älteren Sicherung und wurde nachgeführt`,
  foreign: (at) => `gehörte am ${at}, zu einem anderen Stand der Datenbank und wurde neu gefüllt`,
}
