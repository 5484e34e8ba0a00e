import type { CryptoKey } from 'jose'
import { importVerifyKey, thumbprint } from '../signing/keys.ts'
import type { Cut, FeedName, KnowledgeExchange, StatedKey } from './statement.ts'

/** A centre as the trust anchor states it. */
export interface Centre extends KnowledgeExchange {
  /** Entity id, for ever. */
  id: string
  /** When the statement was made and until when it is fresh, in seconds since 1970. */
  iat: number
  exp: number
}

/** Where a feed stands: its epoch and the number of its last entry. */
export interface Place {
  epoch: number
  seq: number
}

export const currentEpoch = (centre: Pick<KnowledgeExchange, 'feeds'>, feed: FeedName) =>
  centre.feeds[feed].reduce((newest, next) => (next.epoch > newest.epoch ? next : newest))

/** A signing key ready to verify with, its number, and up to where it counts. */
export interface VerifyKey {
  key: CryptoKey
  n: number
  /** Retired or compromised, whatever became of its centre. */
  retired: boolean
  cuts: Cut[][]
}
export type VerifyKeys = Map<string, VerifyKey>

/** The centre's signing keys by recomputed `kid`; a key of an ended or suspended centre carries its cut too. */
export const verifyKeysOf = async (centre: Centre): Promise<VerifyKeys> => {
  const stated = centre.jwks.keys.filter((jwk) => jwk.use === 'sig')
  const keys = await Promise.all(stated.map((jwk) => verifyKeyOf(centre, jwk)))
  return new Map(keys)
}

const verifyKeyOf = async (centre: Centre, jwk: StatedKey) => {
  const cuts = [
    jwk.valid_through,
    centre.valid_through ?? (centre.status === 'active' ? undefined : []),
  ]
  return [
    await thumbprint(jwk),
    {
      key: await importVerifyKey(jwk),
      n: jwk.n ?? 0,
      retired: jwk.valid_through !== undefined,
      cuts: cuts.filter((cut) => cut !== undefined),
    },
  ] as const
}

/** Whether an entry at this place, with this digest, still counts under the key. A feed not listed is cut at 0. */
export const withinCuts = ({ cuts }: VerifyKey, feed: FeedName, place: Place, dig: string) =>
  cuts.every((list) => {
    const cut = list.find((each) => each.feed === feed)
    if (!cut || place.epoch > cut.epoch) return false
    if (place.epoch < cut.epoch || place.seq < cut.seq) return true
    return place.seq === cut.seq && dig === cut.dig
  })

/** Whether anything but old entries is accepted under the key: heads, assertions, letters. */
export const isLive = ({ cuts }: VerifyKey) => cuts.length === 0
