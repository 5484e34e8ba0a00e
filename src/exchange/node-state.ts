/** What staff want to know of a node: who holds its feeds, which erasures are confirmed, how its copies stand. */
import type { FeedName } from '../federation/statement.ts'
import { type Hub, seconds } from '../hub.ts'
import { centresAtHome } from './home.ts'
import type { Copy, Erasure, HeldElsewhere, NodeAnswer, OwnFeed, PeerState } from './node-answer.ts'
import {
  erasuresOf,
  type FeedRow,
  feedsAtHome,
  type HeldRow,
  heldElsewhere,
  missingBlobs,
  otherNodes,
  type PeerRow,
  statedByHome,
} from './node-store.ts'
import { type FeedReport, feedStatus } from './status.ts'

/** Of whom it tells: `public` feeds alone, or all there are. Whoever runs the node sees all. */
export const nodeState = async (hub: Hub, audience: FeedName): Promise<NodeAnswer> => {
  const home = await centresAtHome(hub)
  const here = `${hub.config.origin}/exchange/v1/holdings`
  const [reports, feeds, held, erasures, peers] = await Promise.all([
    feedStatus(hub),
    feedsAtHome(hub.sql, home),
    heldElsewhere(hub.sql, home),
    erasuresOf(hub.sql, home),
    otherNodes(hub.sql, here),
  ])
  const isOpen = ({ feed }: { feed: FeedName }) => audience === 'members' || feed === 'public'
  const mirrored = reports.filter(({ iss, feed }) => !home.includes(iss) && isOpen({ feed }))
  return {
    origin: hub.config.origin,
    centres: hub.config.centres.map(({ slug, name }) => ({ slug, name })),
    at: seconds(hub),
    own: feeds.filter(isOpen).map((feed) => ownFeed(feed, peers, held, erasures)),
    mirrored: await copiesOf(hub, mirrored),
    peers: peers.map(peerState),
  }
}

const ownFeed = (
  { id, forkedAt, ...feed }: FeedRow,
  peers: PeerRow[],
  held: HeldRow[],
  erasures: (Erasure & { feedId: number })[],
): OwnFeed => {
  const nodes = peers.map((peer) => ({
    node: originOf(peer),
    row: held.find(({ feedId, signer }) => feedId === id && signer === peer.signer),
  }))
  const elsewhere = peers.map((peer, n) => heldBy(peer, nodes[n]?.row, feed.size))
  return {
    ...feed,
    ...(forkedAt !== null && { forkedAt }),
    heldBy: elsewhere,
    erasures: erasures
      .filter(({ feedId }) => feedId === id)
      .map(({ feedId: _, ...erasure }) => {
        const confirms = ({ row }: (typeof nodes)[number]) =>
          (row?.erasedThrough ?? 0) >= erasure.seq
        return {
          ...erasure,
          confirmedBy: nodes.filter(confirms).map(({ node }) => node),
          openAt: nodes.filter((node) => !confirms(node)).map(({ node }) => node),
        }
      }),
  }
}

const heldBy = (peer: PeerRow, row: HeldRow | undefined, size: number): HeldElsewhere => ({
  node: originOf(peer),
  centres: peer.centres,
  ...(row && {
    size: row.size,
    since: secondsOf(row.sizeSince),
    erasedThrough: row.erasedThrough,
    erasedSince: secondsOf(row.erasedSince),
  }),
  missing: Math.max(0, size - (row?.size ?? 0)),
  ...(row?.missingSince && { missingSince: secondsOf(row.missingSince) }),
})

const originOf = ({ endpoint }: PeerRow) => new URL(endpoint).origin

const secondsOf = (at: Date) => Math.floor(at.getTime() / 1000)

const peerState = (peer: PeerRow): PeerState => ({
  node: originOf(peer),
  centres: peer.centres,
  ...(peer.lastSuccess && { lastSuccess: secondsOf(peer.lastSuccess) }),
  ...(peer.reason && { reason: peer.reason }),
  ...(peer.reasonSince && { reasonSince: secondsOf(peer.reasonSince) }),
})

const copiesOf = async (hub: Hub, reports: FeedReport[]) => {
  const [stated, missing] = await Promise.all([statedByHome(hub.sql), missingBlobs(hub.sql)])
  return reports.map((report) => {
    const same = (row: { iss: string; feed: FeedName }) =>
      row.iss === report.iss && row.feed === report.feed
    const size = stated.find((row) => same(row) && row.epoch === report.epoch)?.size
    // Of a feed, over all its epochs: said once, with the newest.
    const newest = !reports.some((other) => same(other) && other.epoch > report.epoch)
    const blobs = (newest && missing.find(same)?.missing) || 0
    return copyOf(report, size, blobs)
  })
}

const copyOf = (report: FeedReport, stated: number | undefined, missingBlobs: number): Copy => {
  const { iss, slug, name, feed, epoch, size, faults, withheld, pending } = report
  return {
    ...{ iss, slug, name, feed, epoch, size, faults, withheld, pending, missingBlobs },
    ...(stated !== undefined && { stated }),
    state: standingOf(report, stated),
    ...(report.headIat !== null && { headIat: report.headIat }),
    ...(report.lastSuccess && { lastSuccess: secondsOf(report.lastSuccess) }),
    ...(report.forkedAt !== null && { forkedAt: report.forkedAt }),
    ...(report.reason && { reason: report.reason }),
    ...(report.reasonSeq !== null && { reasonSeq: report.reasonSeq }),
    ...(report.reasonSince && { reasonSince: secondsOf(report.reasonSince) }),
  }
}

const standingOf = (
  { size, reason, lastSuccess, forkedAt, ended }: FeedReport,
  stated = 0,
): Copy['state'] => {
  if (forkedAt !== null) return 'forked'
  if (reason) return 'stopped'
  if (ended) return 'ended'
  if (stated > size) return 'behind'
  return lastSuccess || size > 0 ? 'current' : 'waiting'
}
