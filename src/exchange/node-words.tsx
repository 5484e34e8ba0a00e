/** How a node stands in German sentences, for its page and for the terminal. */
import { countOf, minuteOf, numberOf } from '../web/texts.ts'
import type { Copy, HeldElsewhere, OwnFeed, PeerState } from './node-answer.ts'
import { explain } from './reasons.ts'

const audiences = { public: 'öffentlich', members: 'nur für Zentren' }

/** `Zukunftszentrum Berlin, öffentlich`; an epoch is named once there is a second one. */
export const feedName = ({ name, feed, epoch }: Pick<Copy, 'name' | 'feed' | 'epoch'>) =>
  `${name}, ${audienceOf({ feed, epoch })}`

export const audienceOf = ({ feed, epoch }: Pick<Copy, 'feed' | 'epoch'>) =>
  epoch > 1 ? `${audiences[feed]} (Epoche ${epoch})` : audiences[feed]

export const entriesOf = (size: number) =>
  size === 0 ? 'keine Einträge' : countOf(size, 'Eintrag', 'Einträge')

export const nodeName = ({ centres }: { centres: string[] }) => centres.join(', ')

/** What another node holds of an own feed. */
export const heldWords = ({ size: held, missing }: HeldElsewhere, size: number) => {
  if (held === undefined) return 'hat noch nichts gemeldet'
  if (missing === 0) return size === 0 ? 'noch nichts zu halten' : 'alle Einträge'
  return `${numberOf(held)} von ${countOf(size, 'Eintrag', 'Einträgen')}`
}

/** Since when that is so: the lag, where there is one. */
export const sinceWords = ({ since, missing, missingSince }: HeldElsewhere) => {
  if (since === undefined) return '–'
  if (missing === 0) return `seit ${minuteOf(since)}`
  const lag = missingSince === undefined ? '' : ` seit ${minuteOf(missingSince)}`
  return `${missing === 1 ? 'ein Eintrag fehlt' : `${numberOf(missing)} Einträge fehlen`}${lag}`
}

/** Which erasures in the feed that node has not confirmed yet. */
export const openErasures = ({ erasures }: OwnFeed, node: string) =>
  erasures.filter(({ openAt }) => openAt.includes(node))

export const erasureWords = (feed: OwnFeed, node: string) => {
  const open = openErasures(feed, node).length
  if (feed.erasures.length === 0) return 'keine'
  if (open === 0) return feed.erasures.length === 1 ? 'bestätigt' : 'alle bestätigt'
  return open === 1 ? '1 noch offen' : `${numberOf(open)} noch offen`
}

/** What keeps an own feed from going on; undefined where nothing does. */
export const ownTrouble = ({ forkedAt }: OwnFeed) =>
  forkedAt === undefined
    ? undefined
    : `Ab Eintrag ${numberOf(forkedAt)} sind zwei verschiedene Folgen unterschrieben. Bis der Vertrauensanker eine neue Epoche festlegt, wird hier nichts mehr veröffentlicht.`

const standings: Record<Copy['state'], string> = {
  current: 'aktuell',
  behind: 'holt auf',
  waiting: 'noch nicht geholt',
  stopped: 'angehalten',
  forked: 'widersprüchlich',
  ended: 'abgeschlossen',
}
export const standingWords = ({ state }: Pick<Copy, 'state'>) => standings[state]

/** Whether nobody needs to look after it. */
export const isWell = ({ state }: Pick<Copy, 'state'>) => state === 'current' || state === 'ended'

/** What keeps a copy from being complete, each in a sentence. */
export const troublesOf = (copy: Copy): string[] => [
  ...(copy.reason ? [`Angehalten${placeOf(copy)}: ${explain(copy.reason)}`] : []),
  ...(copy.forkedAt !== undefined && copy.reason !== 'forked'
    ? [
        `Ab Eintrag ${numberOf(copy.forkedAt)} hat das Zentrum zwei verschiedene Folgen unterschrieben.`,
      ]
    : []),
  ...(copy.state === 'behind'
    ? [`Das Zentrum meldet ${entriesOf(copy.stated ?? 0)}, hier liegen ${numberOf(copy.size)}.`]
    : []),
  ...(copy.pending > 0
    ? [`${countOf(copy.pending, 'Eintrag wartet', 'Einträge warten')} auf Bestätigung.`]
    : []),
  ...copy.faults.map(
    ({ seq, fault }) => `Eintrag ${numberOf(seq)} ist nicht darstellbar (${fault}).`,
  ),
  ...copy.withheld.map((seq) => `Der Inhalt von Eintrag ${numberOf(seq)} fehlt.`),
  ...(copy.missingBlobs > 0
    ? [`${countOf(copy.missingBlobs, 'Anlage fehlt', 'Anlagen fehlen')} noch.`]
    : []),
]

const placeOf = ({ reasonSeq, reasonSince }: Copy) => {
  const at = reasonSeq === undefined ? '' : ` bei Eintrag ${numberOf(reasonSeq)}`
  return reasonSince === undefined ? at : `${at} seit ${minuteOf(reasonSince)}`
}

export const peerWords = ({ reason, lastSuccess }: PeerState) => {
  if (reason) return reason === 'unreachable' ? 'antwortet nicht' : 'antwortet nicht richtig'
  return lastSuccess === undefined ? 'noch nicht gefragt' : 'antwortet'
}

export const peerTrouble = ({ reason = '', reasonSince }: PeerState) =>
  reasonSince === undefined ? explain(reason) : `Seit ${minuteOf(reasonSince)}: ${explain(reason)}`
