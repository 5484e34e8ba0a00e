/** How the own feeds and the node itself stand after a loss, in words. */

import { explain } from '../exchange/reasons.ts'
import type { SigningReport } from '../exchange/signing-status.ts'
import type { Standing, StandingName } from '../exchange/standing.ts'
import { countOf, momentOf } from '../web/texts.ts'

export const feedLabels: Record<string, string> = {
  public: 'öffentlich',
  members: 'nur für Zentren',
}

export const standingLine = (standing: Standing): string => {
  const { is, feed } = standing
  const here = countOf(feed.size, 'Eintrag', 'Einträge')
  return words[is](here, standing)
}

const words: Record<StandingName, (here: string, standing: Standing) => string> = {
  even: (here) => `Unterschriftenbuch und Datenbank stimmen überein (${here}).`,
  unstored: (here) => `Ein unterschriebener Eintrag ist noch nicht gespeichert (${here}).`,
  forgotten: (here, { last, feed }) =>
    `Die Datenbank wurde aus einer älteren Sicherung wiederhergestellt: Sie hat ${here} der Epoche ${feed.epoch}, unterschrieben ist bis Eintrag ${last?.seq} der Epoche ${last?.epoch}.`,
  incomplete: (here, { feed }) =>
    `Von der früheren Epoche ${feed.epoch} fehlen Einträge, auf denen die jetzige beruht (hier: ${here}).`,
  uncertain: (here, { last }) =>
    last
      ? `Das Unterschriftenbuch ist veraltet: Es reicht bis Eintrag ${last.seq}, die Datenbank hat ${here}.`
      : `Das Unterschriftenbuch fehlt; die Datenbank hat ${here}.`,
  contradictory: (here, { last }) =>
    `Unterschriftenbuch (Eintrag ${last?.seq}) und Datenbank (${here}) widersprechen sich.`,
}

export const absenceLines = (absence: SigningReport['absence']): string[] => {
  if (!absence) return []
  const { kind, since, behind } = absence
  const why =
    kind === 'restored'
      ? 'Die Datenbank wurde aus einer Sicherung wiederhergestellt'
      : 'Dieser Knoten war länger nicht in Betrieb'
  return [
    `${why}. Seit ${momentOf(since.getTime() / 1000)} holt er nach und zeigt nichts an.`,
    ...behind.map(
      ({ name, feed, reason }) =>
        `  Es fehlt: ${name}, ${feedLabels[feed]}${reason ? `: ${explain(reason)}` : ''}`,
    ),
  ]
}
