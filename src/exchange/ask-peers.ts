/** Asking the other nodes what they hold: every five minutes, and soon after own feeds have grown. */
import type { Centre } from '../federation/centre.ts'
import type { PeerReason } from '../federation/peer.ts'
import { allCentres } from '../federation/store.ts'
import { type Hub, seconds } from '../hub.ts'
import { assertionFor } from './assertion.ts'
import { readHoldings, requestHoldings } from './client.ts'
import { followHoldings } from './gossip.ts'
import { type HoldingsReason, openHoldings } from './holdings.ts'
import { centresAtHome } from './home.ts'
import {
  type ClaimedPeer,
  claimPeers,
  finishPeer,
  isBehind,
  nextPeerDue,
  type PeerOutcome,
  storeHoldings,
} from './peers-store.ts'
import { jitter } from './pulls.ts'

/** Milliseconds. After news of our own peers get a moment to pull and to index them. */
export const askingPace = { poll: 5 * 60_000, soon: 1_000, longestPause: 5 * 60_000 } as const

/** Nodes asked at a time. */
const together = 8

export type AskReason = PeerReason | `holdings: ${HoldingsReason}` | 'internal'

/** What came of asking: whether the peer lacks something of ours, or why nothing came. */
export type Asked = { behind: boolean } | { reason: AskReason }

/** Asks the nodes whose time has come. Answers the milliseconds until the next is due. */
export const askPeers = async (hub: Hub): Promise<number> => {
  while (hub.mayAsk?.() !== false) {
    const claimed = await claimPeers(hub.sql, await claimNow(hub))
    if (claimed.length === 0) break
    const centres = await allCentres(hub.sql)
    await Promise.all(claimed.map((peer) => askClaimed(hub, peer, speakersAt(centres, peer))))
  }
  const [next] = await nextPeerDue(hub.sql)
  return next?.due ? Math.max(0, next.due.getTime() - hub.now()) : askingPace.poll
}

const claimNow = async (hub: Hub) => {
  const own = await centresAtHome(hub)
  const now = hub.now()
  return {
    own,
    here: `${hub.config.origin}/exchange/v1/holdings`,
    now: new Date(now),
    soon: new Date(now + askingPace.soon),
    poll: new Date(now + jitter(askingPace.poll)),
    limit: together,
  }
}

/** The centres for which the anchor names this node. */
const speakersAt = (centres: Centre[], { endpoint }: ClaimedPeer) =>
  centres.filter(({ holdings_endpoint }) => holdings_endpoint === endpoint)

const askClaimed = async (hub: Hub, peer: ClaimedPeer, speakers: Centre[]) => {
  const asked = await askPeer(hub, peer.endpoint, speakers).catch((error): Asked => {
    hub.log.error({ err: error, endpoint: peer.endpoint }, 'asking for holdings failed')
    return { reason: 'internal' }
  })
  await finishPeer(hub.sql, outcomeOf(peer, asked, hub.now()))
  if ('reason' in asked) hub.log.info({ ...peer, ...asked }, 'no holdings')
}

/** Asks one node what it holds, and keeps what one of its centres signs of known feeds. */
const askPeer = async (hub: Hub, endpoint: string, speakers: Centre[]): Promise<Asked> => {
  const headers = await assertionFor(hub, endpoint)
  const answer = await readHoldings(await requestHoldings(hub, endpoint, headers))
  if (!answer.ok) return answer
  const opened = await openHoldings(answer.value, speakers, seconds(hub))
  if (!opened.ok) return { reason: `holdings: ${opened.reason}` }
  const { holdings } = opened
  await storeHoldings(hub.sql, holdings, answer.value, new Date(hub.now()))
  const speaker = speakers.find(({ id }) => id === holdings.iss)
  if (speaker) await followHoldings(hub, speaker)
  const [own] = await isBehind(hub.sql, holdings.iss, await centresAtHome(hub))
  return { behind: own?.behind === true }
}

/** Who cannot be asked or lacks something of ours is asked again after a pause that doubles, up to the poll's. */
export const outcomeOf = (
  { endpoint, vain }: ClaimedPeer,
  asked: Asked,
  at: number,
): PeerOutcome => {
  const now = new Date(at)
  if ('behind' in asked && !asked.behind) return { endpoint, vain: 0, now }
  const pause = Math.min(askingPace.soon * 2 ** vain, askingPace.longestPause)
  const retryAt = new Date(at + jitter(pause))
  return {
    endpoint,
    vain: vain + 1,
    retryAt,
    now,
    ...('reason' in asked && { reason: asked.reason }),
  }
}
