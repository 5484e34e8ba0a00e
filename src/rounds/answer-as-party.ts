/** A centre answers whether it signs with another's result. */
import type { Hub } from '../hub.ts'
import { endorse } from '../publications/endorse.ts'
import { recordEvent } from '../staff/audit-store.ts'
import type { Post } from '../staff/visitor.ts'
import { keepReason, reasonOf } from './results-store.ts'

export const words = ['endorse', 'decline', 'retract'] as const

/** Characters. */
export const longestReason = 1500

export interface PartyAnswer {
  post: Pick<Post, 'centre' | 'iss'>
  /** Who answers for the centre. */
  by: string
  word: (typeof words)[number]
  /** Why it declines. */
  reason: string
  /** Entity id and slug of the centre whose record it is. */
  iss: string
  of: string
  rid: string
  /** The version that somebody has read. */
  ver: number
}

/**
 * Notes who wants it, then signs it. The protocol has no place for a reason (schemas/EXCHANGE.md, section 8): it stays
 * here, and somebody writes to the home centre. Problems as of `endorse`.
 */
export const answerAsParty = async (
  hub: Hub,
  { post: { centre, iss: own }, by, word, reason, iss, of, rid, ver }: PartyAnswer,
) => {
  const event = { centre, at: hub.now(), actor: by, event: `endorsement.${word}`, subject: rid }
  await recordEvent(hub.sql, { ...event, details: { ver, of } })
  if (word === 'decline') await keepReason(hub.sql, { centre, iss, rid, ver, reason }, hub.now())
  await endorse(hub, word, { iss: own, of, rid, role: 'party', ver })
}

/** Why a centre here declined this version, if it did. */
export const declineReason = async (
  hub: Hub,
  centre: string,
  { iss, rid, ver, answer }: { iss: string; rid: string; ver: number; answer: string | undefined },
) => {
  if (answer !== 'declined') return undefined
  return (await reasonOf(hub.sql, { centre, iss, rid, ver }))[0]?.reason
}
