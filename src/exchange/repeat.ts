/** Beginning an own epoch: it first repeats what the centre took back after the entry that the epoch is based on. */
import { ownCentreIds } from '../config.ts'
import type { FeedName } from '../federation/statement.ts'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { unverifiedPayload } from '../signing/unverified.ts'
import { append } from './append.ts'
import { readOperation } from './entry.ts'
import { ownCutOff, stopHiding } from './evidence.ts'
import { statesOf } from './store.ts'

type TakingBack = Extract<Parameters<typeof append>[1]['operation'], { op: 'withdraw' | 'erase' }>

/** Repeats it for every own feed that has begun anew; until then nothing else is signed in it. */
export const repeatTakenBack = async (hub: Hub) => {
  const own = ownCentreIds(hub.config)
  const feeds = new Map<string, { iss: string; feed: FeedName }>()
  for (const { jws, ...feed } of await ownCutOff(hub.sql, own)) {
    feeds.set(`${feed.feed} ${feed.iss}`, feed)
    if (jws !== null) await repeat(hub, feed, jws)
  }
  for (const feed of feeds.values()) await stopHiding(hub.sql, feed)
}

const repeat = async (hub: Hub, { iss, feed }: { iss: string; feed: FeedName }, jws: string) => {
  const { operation } = readOperation(unverifiedPayload(jws) ?? {})
  if (operation?.op !== 'erase' && operation?.op !== 'withdraw') return
  const [state] = await statesOf(hub.sql, iss, feed, [operation.rid])
  const again = atMost(operation, state?.ver)
  await append(hub, { iss, feed, operation: again, repeats: true }).catch((error) => {
    // A rule that it breaks: what the agreed chain has taken back itself needs no repeating.
    if (!(error instanceof Problem && error.code === 'conflict' && error.extra.reason)) throw error
  })
}

/** A version that was cut off with what took it back is not there to be named any more: the newest left is meant. */
const atMost = (operation: TakingBack, newest: number | undefined): TakingBack =>
  newest === undefined ? operation : { ...operation, ver: Math.min(operation.ver, newest) }
