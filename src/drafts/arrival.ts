/** Where an entry of a centre here has arrived, as the other nodes have signed it. */
import { nodeState } from '../exchange/node-state.ts'
import type { Hub } from '../hub.ts'
import type { FoundRecord } from '../publications/store.ts'

export interface Arrival {
  /** Names of the centres that the node hosts. */
  centres: string[]
  node: string
  /** Whether it holds the entry; of an erasure, whether it confirms that the content is gone. */
  there: boolean
  /** Seconds since 1970. */
  since: number | undefined
}

/** Every other node, those that still lack it first. */
export const arrivalsOf = async (
  hub: Hub,
  { iss, feed, epoch, seq, state }: FoundRecord,
): Promise<Arrival[]> => {
  const { own } = await nodeState(hub, 'members')
  const held = own.find((each) => each.iss === iss && each.feed === feed && each.epoch === epoch)
  const erased = state === 'erased'
  return (held?.heldBy ?? [])
    .map(({ node, centres, size = 0, since, erasedThrough = 0, erasedSince }) => ({
      node,
      centres,
      there: (erased ? erasedThrough : size) >= seq,
      since: erased ? erasedSince : since,
    }))
    .sort((one, other) => Number(one.there) - Number(other.there))
}
