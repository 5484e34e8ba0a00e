/** Fetching the blobs that mirrored contents list: from their home, and where that lacks them from other mirrors. */
import type { PeerReason } from '../federation/peer.ts'
import { allCentres } from '../federation/store.ts'
import type { Hub } from '../hub.ts'
import { assertionFor } from './assertion.ts'
import { isBlob } from './blob.ts'
import {
  claimBlob,
  keepBlob,
  missBlob,
  nextBlobDue,
  sweepStaged,
  type WantedBlob,
} from './blobs-store.ts'
import { readBlob, requestBlob } from './client.ts'
import { jitter } from './pulls.ts'

/** Milliseconds. */
const pace = {
  look: 60_000,
  lease: 5 * 60_000,
  shortestRetry: 1_000,
  longestRetry: 5 * 60_000,
} as const

export type BlobReason = PeerReason | 'blob-digest' | 'no-source' | 'internal'

/** Looks for every blob whose time has come. Answers the milliseconds until the next one's. */
export const fetchBlobs = async (hub: Hub): Promise<number> => {
  while (hub.mayAsk?.() !== false) {
    const now = hub.now()
    const [wanted] = await claimBlob(hub.sql, new Date(now), new Date(now + pace.lease))
    if (!wanted) break
    await fetchWanted(hub, wanted)
  }
  const [next] = await nextBlobDue(hub.sql)
  return next?.due ? Math.max(0, next.due.getTime() - hub.now()) : pace.look
}

/** Forgets what was laid down for entries that were never stored. */
export const sweepBlobs = (hub: Hub) => sweepStaged(hub.sql, new Date(hub.now()))

const fetchWanted = async (hub: Hub, wanted: WantedBlob) => {
  const reason = await lookEverywhere(hub, wanted).catch((error): BlobReason => {
    hub.log.error({ err: error, iss: wanted.iss, dig: wanted.dig }, 'fetching a blob failed')
    return 'internal'
  })
  if (!reason) return
  const pause = Math.min(pace.shortestRetry * 2 ** wanted.failures, pace.longestRetry)
  await missBlob(hub.sql, wanted, reason, new Date(hub.now() + jitter(pause)))
  hub.log.info({ iss: wanted.iss, feed: wanted.feed, dig: wanted.dig, reason }, 'blob not found')
}

/** Asks home, then one other mirror, each time another; answers why the last of them did not help. */
const lookEverywhere = async (hub: Hub, wanted: WantedBlob): Promise<BlobReason | undefined> => {
  let reason: BlobReason = 'no-source'
  for (const source of await sourcesOf(hub, wanted)) {
    const answer = await fetchFrom(hub, wanted, source)
    if (answer.ok) {
      await keepBlob(hub.sql, wanted, answer.value)
      return undefined
    }
    reason = answer.reason
  }
  return reason
}

const sourcesOf = async (hub: Hub, { iss, failures }: WantedBlob) => {
  const here = `${hub.config.origin}/exchange/v1/blobs`
  const elsewhere = (await allCentres(hub.sql)).filter((each) => each.blobs_endpoint !== here)
  const home = elsewhere.find(({ id }) => id === iss)?.blobs_endpoint
  const active = elsewhere.filter(({ status }) => status === 'active')
  const mirrors = [...new Set(active.map((each) => each.blobs_endpoint))].filter(
    (endpoint) => endpoint !== home,
  )
  const mirror = mirrors[failures % mirrors.length]
  return [home, mirror].filter((endpoint) => endpoint !== undefined)
}

/** The bytes, if they are the ones that were listed. */
const fetchFrom = async (
  hub: Hub,
  { iss, feed, dig, listed }: WantedBlob,
  source: string,
): Promise<{ ok: true; value: Buffer } | { ok: false; reason: BlobReason }> => {
  const headers = await assertionFor(hub, source)
  const longest = Math.max(...listed.map(({ len }) => len))
  const answer = await readBlob(
    await requestBlob(hub, source, { iss, feed, dig }, headers),
    longest,
  )
  if (!answer.ok) return answer
  const right = listed.some(({ salt, len }) => isBlob(answer.value, { dig, salt, len }))
  return right ? answer : { ok: false, reason: 'blob-digest' }
}
