/** How far the feeds of a centre reach, told to an operator who has to decide where something ends. */
import type { ReadOn } from '../exchange/reach.ts'
import { reachOf } from '../exchange/reach.ts'
import type { Holder, Reach } from '../exchange/reach-store.ts'
import { explain } from '../exchange/reasons.ts'
import { exchangeOf } from '../federation/anchor.ts'
import type { Cut, FeedName, KnowledgeExchange } from '../federation/statement.ts'
import type { Hub } from '../hub.ts'
import { countOf, momentOf } from '../web/texts.ts'

export const feedTitles: Record<FeedName, string> = {
  public: 'öffentlich',
  members: 'nur für Zentren',
}

const statusTitles: Record<KnowledgeExchange['status'], string> = {
  active: 'tätig',
  suspended: 'ruht',
  ended: 'beendet',
}

export const foundLines = async (hub: Hub, entityId: string, tried: ReadOn[]) => {
  const stated = await exchangeOf(hub, entityId)
  const reaches = await reachOf(hub, entityId)
  return [
    `${stated.organization_name} (${entityId}): ${statusTitles[stated.status]}`,
    ...reaches.flatMap(reachLines),
    ...tried.flatMap(({ feed, source, reason }) =>
      reason ? [`  ! ${feedTitles[feed]}, gelesen bei ${source}: ${explain(reason)}`] : [],
    ),
  ]
}

const reachLines = ({ feed, epoch, size, lastIat, forkedAt, holders }: Reach) => [
  `  ${feedTitles[feed]}, Epoche ${epoch}: ${entries(size)} geprüft${lastIat === null ? '' : `, der letzte vom ${momentOf(lastIat)}`}`,
  ...(forkedAt === null
    ? []
    : [`    ! gegabelt: bei Eintrag ${forkedAt} sind zwei verschiedene unterschrieben`]),
  ...holders.map(({ names, said }) => `    ${names}${saidOf(said)}`),
]

const entries = (count: number) => countOf(count, 'Eintrag', 'Einträge')

const saidOf = (said: Holder['said']) => {
  if (!said) return ': hat noch nichts angegeben'
  const { size, iat, agrees } = said
  const what = `, Angabe vom ${momentOf(iat)}: ${entries(size)}`
  if (agrees === null) return `${what}, mehr als hier geprüft ist`
  return agrees ? what : `${what}, der letzte ist ein ANDERER als hier`
}

/** Up to where something counts in one feed. */
export const placeLine = ({ feed, epoch, seq, dig }: Cut) =>
  seq === 0
    ? `  ${feedTitles[feed]}: nichts aus Epoche ${epoch}`
    : `  ${feedTitles[feed]}: bis Eintrag ${seq} der Epoche ${epoch} (${dig})`
