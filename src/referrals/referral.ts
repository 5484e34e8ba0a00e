/** A referral: its states, and the one table of what leads from which to which (schemas/EXCHANGE.md, section 16). */
import { z } from 'zod'
import { FederationUrl } from '../federation/statement.ts'
import { Answer, ReferredCase } from './case.ts'
import { Deadlines } from './deadlines.ts'
import { declineReasons, expiryReasons, idsOf, outcomes, withdrawReasons } from './reasons.ts'

export const State = z.enum([
  'draft',
  'sent',
  'received',
  'accepted',
  'declined',
  'completed',
  'withdrawn',
  'expired',
])
export type State = z.infer<typeof State>

/** Nothing follows on these. */
export const finalStates = [
  'declined',
  'completed',
  'withdrawn',
  'expired',
] as const satisfies State[]

export const isFinal = (state: State) => finalStates.some((final) => final === state)

export const Side = z.enum(['sender', 'recipient'])
export type Side = z.infer<typeof Side>

export const otherSide = (side: Side): Side => (side === 'sender' ? 'recipient' : 'sender')

interface Transition {
  /** Who may make the event. */
  by: readonly Side[]
  from: readonly State[]
  /** What it tells beside the signed claims; undefined where it tells nothing. */
  payload: typeof ReferredCase | typeof Answer | undefined
  /** Where it leads; null where the state stays. */
  to: State | null
}

/**
 * Event → who → from → payload → to. `received` is made by no person: it is the recipient's receipt. Where the
 * receipt of `sent` was lost, an answer proves as well that it arrived.
 */
export const transitions = {
  sent: { by: ['sender'], from: ['draft'], payload: ReferredCase, to: 'sent' },
  received: { by: ['recipient'], from: ['sent'], payload: undefined, to: 'received' },
  accepted: { by: ['recipient'], from: ['sent', 'received'], payload: Answer, to: 'accepted' },
  declined: { by: ['recipient'], from: ['sent', 'received'], payload: Answer, to: 'declined' },
  completed: { by: ['recipient'], from: ['accepted'], payload: Answer, to: 'completed' },
  withdrawn: {
    by: ['sender'],
    from: ['sent', 'received', 'accepted'],
    payload: undefined,
    to: 'withdrawn',
  },
  expired: { by: ['sender'], from: ['sent', 'received'], payload: undefined, to: 'expired' },
  erased: {
    by: ['sender', 'recipient'],
    from: ['declined', 'completed', 'expired'],
    payload: undefined,
    to: null,
  },
} as const satisfies Record<string, Transition>

export const transitionOf = (event: EventName): Transition => transitions[event]

export type EventName = keyof typeof transitions
/** Events that are signed as such and travel in letters. */
export type SignedEventName = Exclude<EventName, 'received'>

/** Where an event leads from a state, or undefined where it is not possible. */
export const stateAfter = (event: EventName, side: Side, from: State): State | undefined => {
  const { by, from: possible, to } = transitionOf(event)
  return by.includes(side) && possible.includes(from) ? (to ?? from) : undefined
}

const digest = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

/** What every event says. `dig`: of salt and payload, where the event has one. */
const claims = {
  iss: FederationUrl,
  aud: FederationUrl,
  sub: z.uuid(),
  jti: z.uuid(),
  /** Seconds since 1970 on the writer's clock. Nobody judges it. */
  iat: z.int(),
  /** Of the writer's own chain within this referral. */
  seq: z.int().min(1).max(99),
  /** The digest of the writer's event before; of the recipient's first, that of `sent`; of `sent`, empty. */
  prev: z.union([digest, z.literal('')]),
}

export const ReferralEvent = z.discriminatedUnion('event', [
  z.strictObject({
    ...claims,
    event: z.literal('sent'),
    dig: digest,
    deadlines: Deadlines,
    follows: z.uuid().optional(),
  }),
  z.strictObject({ ...claims, event: z.literal('accepted'), dig: digest.optional() }),
  z.strictObject({
    ...claims,
    event: z.literal('declined'),
    dig: digest.optional(),
    reason: z.enum(idsOf(declineReasons)),
    suggests: FederationUrl.optional(),
  }),
  z.strictObject({
    ...claims,
    event: z.literal('completed'),
    dig: digest.optional(),
    outcome: z.enum(idsOf(outcomes)),
  }),
  z.strictObject({
    ...claims,
    event: z.literal('withdrawn'),
    reason: z.enum(idsOf(withdrawReasons)),
  }),
  z.strictObject({ ...claims, event: z.literal('expired'), reason: z.enum(idsOf(expiryReasons)) }),
  z.strictObject({ ...claims, event: z.literal('erased') }),
])
export type ReferralEvent = z.infer<typeof ReferralEvent>

type Own<E> = E extends unknown ? Omit<E, keyof typeof claims | 'dig'> : never
/** What somebody says who makes an event; the rest follows from the referral. */
export type Said = Own<ReferralEvent>

/** How many events of its own and of the other side one holds. */
export const Held = z.strictObject({ own: z.int().min(0), other: z.int().min(0) })
export type Held = z.infer<typeof Held>

/** What the recipient of a letter signs when it has stored it: of `sent`, this is `received`. */
export const Receipt = z.strictObject({
  iss: FederationUrl,
  aud: FederationUrl,
  sub: z.uuid(),
  seq: z.int().min(1),
  /** Of the event that is held at `seq`. */
  dig: digest,
  /** `erased`: stored, and what it tells to erase is erased. */
  status: z.enum(['stored', 'erased']),
  state: State,
  held: Held,
})
export type Receipt = z.infer<typeof Receipt>

/** What a letter is answered with. */
export const ReferralAnswer = z.strictObject({
  receipt: z.string().describe('Compact JWS, `transfernetz-receipt+jwt`.'),
  events: z
    .array(z.string())
    .max(99)
    .describe("The writer's own events that its letter shows it has lost."),
})
export type ReferralAnswer = z.infer<typeof ReferralAnswer>
