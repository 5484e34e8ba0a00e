import type { Copy, NodeAnswer, OwnFeed } from '../exchange/node-answer.ts'
import { nodeState } from '../exchange/node-state.ts'
import {
  audienceOf,
  entriesOf,
  erasureWords,
  feedName,
  heldWords,
  nodeName,
  ownTrouble,
  peerTrouble,
  sinceWords,
  troublesOf,
} from '../exchange/node-words.tsx'
import { type SigningReport, signingStatus } from '../exchange/signing-status.ts'
import { type Lag, lagOf } from '../search/lag.ts'
import { searchSentences } from '../search/standing.tsx'
import { dateOf, momentOf } from '../web/texts.ts'
import { say } from './say.ts'
import { absenceLines, feedLabels, standingLine } from './signing-lines.ts'
import { withEvery } from './with-hub.ts'

/** What each node holds, who holds what it writes, and what keeps a feed from going on. */
export const showStatus = async (
  env: Record<string, string | undefined>,
  { json = false }: { json?: boolean },
): Promise<number> => {
  const nodes = await withEvery(env, async (hub) => ({
    state: await nodeState(hub, 'members'),
    signing: await signingStatus(hub),
    lag: await lagOf(hub),
  }))
  if (json)
    say(
      JSON.stringify(
        nodes.map(({ state }) => state),
        null,
        2,
      ),
    )
  else for (const { state, signing, lag } of nodes) sayNode(state, signing, lag)
  return 0
}

const sayNode = (
  { origin, own, mirrored, peers }: NodeAnswer,
  signing: SigningReport,
  lag: Lag,
) => {
  say(origin)
  if (own.length + mirrored.length === 0) say('  noch keine Beitragsfolge bekannt')
  for (const line of tableOf([...own.map(ownRow), ...mirrored.map(copyRow)])) say(`  ${line}`)
  for (const feed of own.filter(({ size }) => size > 0)) sayHolders(feed)
  for (const line of [...own.flatMap(ownTroubles), ...mirrored.flatMap(troublesWith)])
    say(`  ! ${line}`)
  for (const peer of peers) {
    if (peer.reason) say(`  ! ${nodeName(peer)}, ${peer.node}: ${peerTrouble(peer)}`)
  }
  for (const line of signingTroubles(signing)) say(`  ! ${line}`)
  for (const line of searchSentences(lag)) say(`  ! ${line}`)
  say()
}

/** What only `transfernetz recover` can explain further. */
const signingTroubles = ({ absence, stuck }: SigningReport) => [
  ...stuck.map(
    (standing) =>
      `${standing.name}, ${feedLabels[standing.feed.feed]}: veröffentlicht nichts. ${standingLine(standing)} Näheres: transfernetz recover`,
  ),
  ...absenceLines(absence),
]

const ownRow = (feed: OwnFeed) => [
  ...[feed.name, audienceOf(feed), entriesOf(feed.size)],
  'eigene Beitragsfolge',
]

const copyRow = (copy: Copy) => [
  ...[copy.name, audienceOf(copy), entriesOf(copy.size)],
  freshness(copy),
]

const freshness = ({ state, lastSuccess, headIat }: Copy) => {
  if (state === 'ended') return 'abgeschlossen'
  const pulled =
    lastSuccess === undefined ? 'noch nicht abgeholt' : `geprüft ${momentOf(lastSuccess)}`
  return headIat === undefined ? pulled : `${pulled}, Stand vom ${dateOf(headIat)}`
}

const sayHolders = (feed: OwnFeed) => {
  if (feed.heldBy.length === 0) return
  say(`  Wer hält: ${feedName(feed)}`)
  const rows = feed.heldBy.map((held) => [
    ...[nodeName(held), heldWords(held, feed.size), sinceWords(held)],
    `Löschungen: ${erasureWords(feed, held.node)}`,
  ])
  for (const line of tableOf(rows)) say(`    ${line}`)
}

const ownTroubles = (feed: OwnFeed) => {
  const trouble = ownTrouble(feed)
  return trouble ? [`${feedName(feed)}: ${trouble}`] : []
}

const troublesWith = (copy: Copy) =>
  troublesOf(copy).map((trouble) => `${feedName(copy)}: ${trouble}`)

/** Columns under each other; the last one is as wide as it likes. */
const tableOf = (rows: string[][]) => {
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
