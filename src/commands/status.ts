import { type SigningReport, signingStatus } from '../exchange/signing-status.ts'
import { type FeedReport, feedStatus } from '../exchange/status.ts'
import { type Lag, lagOf } from '../search/lag.ts'
import { countOf, dateOf, momentOf } from '../web/texts.ts'
import { explain } from './reasons.ts'
import { say } from './say.ts'
import { absenceLines, feedLabels, standingLine } from './signing-lines.ts'
import { withEvery } from './with-hub.ts'

/** What each node holds, and what keeps a feed from going on. */
export const showStatus = async (env: Record<string, string | undefined>): Promise<number> => {
  const nodes = await withEvery(env, async (hub) => ({
    origin: hub.config.origin,
    feeds: await feedStatus(hub),
    signing: await signingStatus(hub),
    lag: await lagOf(hub),
  }))
  for (const { origin, feeds, signing, lag } of nodes) {
    say(origin)
    if (feeds.length === 0) say('  noch keine Beitragsfolge bekannt')
    for (const line of tableOf(feeds)) say(`  ${line}`)
    for (const line of feeds.flatMap(troubles)) say(`  ! ${line}`)
    for (const line of signingTroubles(signing)) say(`  ! ${line}`)
    for (const line of behind(lag)) say(`  ! ${line}`)
    say()
  }
  return 0
}

/** What only `transfernetz recover` can explain further. */
const signingTroubles = ({ absence, stuck }: SigningReport) => [
  ...stuck.map(
    (standing) =>
      `${standing.name}, ${feedLabels[standing.feed.feed]}: veröffentlicht nichts. ${standingLine(standing)} Näheres: transfernetz recover`,
  ),
  ...absenceLines(absence),
]

const behind = ({ own, meilisearch }: Lag) => [
  ...(own > 0 ? [`Suchindex: ${countOf(own, 'Eintrag', 'Einträge')} zurück`] : []),
  ...(meilisearch > 0
    ? [`Suchindex auf Meilisearch: ${countOf(meilisearch, 'Eintrag', 'Einträge')} zurück`]
    : []),
]

const tableOf = (feeds: FeedReport[]) => {
  const rows = feeds.map((feed) => [
    feed.name,
    nameOf(feed),
    `${feed.size} ${feed.size === 1 ? 'Eintrag' : 'Einträge'}`,
    feed.own ? 'eigene Beitragsfolge' : mirrored(feed),
  ])
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

const mirrored = ({ lastSuccess, headIat }: FeedReport) => {
  const pulled = lastSuccess
    ? `geprüft ${momentOf(lastSuccess.getTime() / 1000)}`
    : 'noch nicht abgeholt'
  return headIat === null ? pulled : `${pulled}, Stand vom ${dateOf(headIat)}`
}

const nameOf = ({ feed, epoch }: FeedReport) =>
  epoch === 1 ? (feedLabels[feed] ?? '') : `${feedLabels[feed]}, Epoche ${epoch}`

const troubles = (feed: FeedReport) => {
  const name = `${feed.name}, ${nameOf(feed)}`
  const at = feed.reasonSeq === null ? '' : ` bei Eintrag ${feed.reasonSeq}`
  const since = feed.reasonSince ? ` seit ${momentOf(feed.reasonSince.getTime() / 1000)}` : ''
  return [
    ...(feed.reason ? [`${name}: angehalten${at}${since}: ${explain(feed.reason)}`] : []),
    ...(feed.pending > 0
      ? [`${name}: ${countOf(feed.pending, 'Eintrag wartet', 'Einträge warten')} auf Bestätigung`]
      : []),
    ...feed.faults.map(({ seq, fault }) => `${name}: Eintrag ${seq} nicht darstellbar: ${fault}`),
    ...feed.withheld.map((seq) => `${name}: Inhalt von Eintrag ${seq} fehlt`),
  ]
}
