/** How far search is behind what the node holds. */
import type { Hub } from '../hub.ts'
import { besideAt, type Found, lastFound } from './beside-store.ts'
import { followedUpTo, logEnd } from './index-store.ts'

export interface Lag {
  /** How many entries of the log the index has still to read. */
  own: number
  /** The same for Meilisearch; 0 where there is none. */
  meilisearch: number
  /** Whether so many are missing there that PostgreSQL is asked meanwhile. */
  isReplaced: boolean
  /** How its index was found when it was not as it had been left, in the last week; `at` in seconds since 1970. */
  found?: { found: Found; at: number }
}

export const lagOf = async (hub: Hub): Promise<Lag> => {
  const [[end], [own], beside] = await Promise.all([
    logEnd(hub.sql),
    followedUpTo(hub.sql),
    hub.config.meilisearch && besideOf(hub),
  ])
  const behind = (position = 0) => Math.max(0, (end?.position ?? 0) - Math.max(0, position))
  if (!beside) return { own: behind(own?.position), meilisearch: 0, isReplaced: false }
  const { at, found } = beside
  return {
    own: behind(own?.position),
    meilisearch: behind(at?.position),
    isReplaced: !isComplete(at),
    ...(found && { found }),
  }
}

/** Milliseconds for which it is told that the index was not as it had been left. */
const week = 7 * 86_400_000

const besideOf = async ({ sql, now }: Hub) => {
  const [[at], [last]] = await Promise.all([besideAt(sql), lastFound(sql)])
  const isNews = last !== undefined && last.at.getTime() > now() - week
  const found = isNews && { found: last.found, at: Math.floor(last.at.getTime() / 1000) }
  return { at, found }
}

/** So many entries the index on Meilisearch may lack. */
const tolerated = 500

/** One that is being filled, or was restored from a backup, is not asked before it has followed. */
export const isComplete = (at: { position: number; end: number } | undefined) =>
  at !== undefined && at.position > 0 && at.end - at.position <= tolerated
