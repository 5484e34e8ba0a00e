import type { Hub } from '../hub.ts'
import { besideAt, followedUpTo, logEnd } from './index-store.ts'

export interface Lag {
  /** How many entries of the log the index has still to read. */
  own: number
  /** The same for Meilisearch; 0 where there is none. */
  meilisearch: number
}

/** How far search is behind what the node holds. */
export const lagOf = async (hub: Hub): Promise<Lag> => {
  const [[end], [own], [beside]] = await Promise.all([
    logEnd(hub.sql),
    followedUpTo(hub.sql),
    besideAt(hub.sql),
  ])
  const behind = (position: number) => Math.max(0, (end?.position ?? 0) - position)
  return {
    own: behind(own?.position ?? 0),
    meilisearch: hub.config.meilisearch ? behind(beside?.position ?? 0) : 0,
  }
}
