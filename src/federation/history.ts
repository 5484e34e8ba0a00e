/** Reading the anchor's history: which of its keys count, and what it states of each centre. */

import type { JsonObject } from '../signing/json.ts'
import { importVerifyKey, type PublicJwk, thumbprint } from '../signing/keys.ts'
import { type OpenReason, openStatement } from '../signing/seal.ts'
import { unverifiedPayload } from '../signing/unverified.ts'
import { AnchorConfiguration, SubordinateStatement, skew } from './statement.ts'
import type { LearntCentre, TrustState } from './store.ts'

export type StatementReason = OpenReason | 'iss' | 'form' | 'iat-future' | 'iat-not-rising'
export interface Refused {
  statement: string
  reason: StatementReason
}
export interface Learnt extends Omit<TrustState, 'cursor' | 'last'> {
  centres: LearntCentre[]
  refused: Refused[]
  /** How many statements were judged: all, or those before the first from the future, which must wait. */
  judged: number
  /** How many of them there are up to the last that a key signed which counts. */
  signed: number
}

/** What to judge a page of the history by. */
export interface HistoryContext {
  anchor: string
  /** Thumbprints compared out of band: they count until a first configuration is known. */
  pins: string[]
  keys: PublicJwk[]
  configurationIat: number
  /** Seconds since 1970. */
  now: number
}

/**
 * Walks along the history in order. A configuration signed by a key that counts says which keys count from
 * then on, whether it has expired or not; what is signed by any other key changes nothing.
 */
export const judgeHistory = async (
  statements: string[],
  context: HistoryContext,
): Promise<Learnt> => {
  const learnt: Learnt = {
    keys: context.keys,
    configurationIat: context.configurationIat,
    centres: [],
    refused: [],
    judged: 0,
    signed: 0,
  }
  for (const statement of statements) {
    const { keys } = learnt
    const opened = await openStatement(statement, (kid) =>
      countedKey(kid, statement, keys, context.pins),
    )
    const reason = opened.ok
      ? learnStatement(statement, opened.payload, learnt, context)
      : opened.reason
    if (reason) learnt.refused.push({ statement, reason })
    // Perhaps it is our clock that is slow: passing over it now would lose it for good.
    if (reason === 'iat-future') return learnt
    learnt.judged++
    if (opened.ok) learnt.signed = learnt.judged
  }
  return learnt
}

const learnStatement = (
  jws: string,
  payload: JsonObject,
  learnt: Learnt,
  { anchor, now }: HistoryContext,
): StatementReason | undefined => {
  if (payload.iss !== anchor) return 'iss'
  if (typeof payload.iat === 'number' && payload.iat > now + skew) return 'iat-future'
  return payload.sub === anchor ? learnKeys(payload, learnt) : learnCentre(payload, jws, learnt)
}

const learnKeys = (payload: unknown, learnt: Learnt): StatementReason | undefined => {
  const configuration = AnchorConfiguration.safeParse(payload)
  if (!configuration.success) return 'form'
  const { iat, jwks } = configuration.data
  if (iat <= learnt.configurationIat) return 'iat-not-rising'
  learnt.configurationIat = iat
  learnt.keys = jwks.keys
  return undefined
}

const learnCentre = (
  payload: unknown,
  jws: string,
  learnt: Learnt,
): StatementReason | undefined => {
  const statement = SubordinateStatement.safeParse(payload)
  if (!statement.success) return 'form'
  const { sub, iat, exp, metadata } = statement.data
  const centre = { id: sub, statement: jws, iat, exp, metadata: metadata.knowledge_exchange }
  const known = learnt.centres.findIndex(({ id }) => id === sub)
  if (known === -1) learnt.centres.push(centre)
  else if ((learnt.centres[known]?.iat ?? 0) < iat) learnt.centres[known] = centre
  else return 'iat-not-rising'
  return undefined
}

/** The anchor's key of that thumbprint, if it counts; before any configuration is known, only a pinned one. */
const countedKey = async (kid: string, jws: string, keys: PublicJwk[], pins: string[]) => {
  const candidates = keys.length > 0 ? keys : pins.includes(kid) ? keysStatedIn(jws) : []
  for (const jwk of candidates) {
    if ((await thumbprint(jwk)) === kid) return importVerifyKey(jwk)
  }
  return undefined
}

/** The keys that an anchor's configuration lists: believed only where their thumbprint is pinned. */
const keysStatedIn = (jws: string) =>
  AnchorConfiguration.safeParse(unverifiedPayload(jws)).data?.jwks.keys ?? []
