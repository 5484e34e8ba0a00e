/** The outbox: every own event goes to the other side, in order, until that has signed for it. */
import { type Centre, isLive, verifyKeysOf } from '../federation/centre.ts'
import { learnTrust } from '../federation/learn.ts'
import { centreById } from '../federation/store.ts'
import { type Hub, seconds } from '../hub.ts'
import { Problem } from '../problem.ts'
import { tokenDigest } from '../signing/digest.ts'
import { seal } from '../signing/seal.ts'
import { unverifiedKid, unverifiedPayload } from '../signing/unverified.ts'
import { adopt } from './adopt.ts'
import { type Delivery, readDelivery, requestDelivery } from './client.ts'
import { eventType, keyOf, openAtRest, openReceipt } from './event.ts'
import { sealLetter, type Told } from './letter.ts'
import { takeLetter } from './receive.ts'
import { isFinal, type ReferralAnswer, type State } from './referral.ts'
import {
  type ClaimedEvent,
  claimReferralEvent,
  confirmReferralEvent,
  deliverFrom,
  eventsOf,
  type KeptEvent,
  nextReferralDue,
  putOff,
  type Referral,
  referralOf,
  signAnew,
} from './store.ts'

/** Milliseconds for which an event is left to whoever took it. */
const lease = 60_000
const firstPause = 15_000
const longestPause = 30 * 60_000

/** Delivers all that is due. Answers the milliseconds until the next is. */
export const deliverReferrals = async (hub: Hub): Promise<number | undefined> => {
  for (;;) {
    if (hub.mayAsk?.() === false) return undefined
    const now = hub.now()
    const [event] = await claimReferralEvent(hub.sql, new Date(now), new Date(now + lease))
    if (!event) break
    await deliver(hub, event)
  }
  const [next] = await nextReferralDue(hub.sql)
  return next?.due ? Math.max(1_000, next.due.getTime() - hub.now()) : undefined
}

const deliver = async (hub: Hub, event: ClaimedEvent) => {
  const [referral] = await referralOf(hub.sql, event.centre, event.referral)
  const sent = referral && (await send(hub, referral, event))
  if (!sent) return
  const fault = sent.ok
    ? await takeReceipt(hub, referral, event, sent.answer)
    : await mend(hub, referral, event, sent)
  if (fault !== undefined) await putOff(hub.sql, event, nextTry(hub, event), fault)
}

/** Twice as long after each failure, so that who comes back after days is found within the half hour. */
const nextTry = (hub: Hub, { tries }: ClaimedEvent) => {
  const pause = Math.min(longestPause, firstPause * 2 ** Math.min(tries - 1, 10))
  return new Date(hub.now() + pause * (0.75 + Math.random() / 4))
}

const send = async (hub: Hub, referral: Referral, event: ClaimedEvent): Promise<Delivery> => {
  const [own, other] = [referral.centre, referral.other ?? '']
  const [writer, reader] = [await centreById(hub.sql, own), await centreById(hub.sql, other)]
  const key = reader?.jwks.keys.findLast(({ use }) => use === 'enc')
  const endpoint = reader?.referral_endpoint
  if (!writer || !reader || !key || !endpoint) return no('no-letterbox')
  if (!isHeard(hub, writer) || !isHeard(hub, reader)) return no('trust-expired')
  const jws = await underLiveKey(hub, writer, event)
  if (jws === undefined) return no('cannot-sign')
  const events = await eventsOf(hub.sql, event.centre, event.referral)
  const told = await toldWith(hub, referral, event)
  if (!told) return no('other-secret')
  const lost = lostBy(referral, events)
  const held = heldOf(referral, events)
  const letter = await sealLetter({ event: jws, ...told, held, ...lost }, key)
  // Where the other centre is at this node, nobody needs to be asked.
  if (endpoint === `${hub.config.origin}/exchange/v1/referrals`) return hand(hub, letter)
  return readDelivery(await requestDelivery(hub, endpoint, letter))
}

const no = (reason: string) => ({ ok: false, reason }) as const

/** Only who counts, by a word of the anchor that is fresh. */
const isHeard = (hub: Hub, { status, exp }: Centre) => status === 'active' && exp > seconds(hub)

const heldOf = ({ side }: Referral, events: KeptEvent[]) => {
  const own = events.filter((each) => each.side === side).length
  return { own, other: events.length - own }
}

/** What the other side has said it lost of its own. */
const lostBy = ({ side, remembers }: Referral, events: KeptEvent[]) => {
  if (remembers === null) return {}
  const lost = events.filter((each) => each.side !== side && each.seq > remembers)
  return lost.length > 0 ? { events: lost.map(({ jws }) => jws) } : {}
}

/** What goes along; undefined where it cannot be read. After a final state the case itself no longer does. */
const toldWith = async (
  hub: Hub,
  { id, state }: Referral,
  { event, sealed }: ClaimedEvent,
): Promise<Partial<Told> | undefined> => {
  if (sealed === null || (event === 'sent' && isFinal(state))) return {}
  return (await openAtRest(hub, id, sealed)) as Told | undefined
}

/** The event as it was signed, or signed anew where its key has been retired since. */
const underLiveKey = async (hub: Hub, writer: Centre, event: ClaimedEvent) => {
  const key = (await verifyKeysOf(writer)).get(String(unverifiedKid(event.jws)))
  if (key && isLive(key)) return event.jws
  const signing = await keyOf(hub, writer.id).catch(() => undefined)
  if (!signing || event.confirmedAt) return signing && event.jws
  const jws = await seal(eventType, unverifiedPayload(event.jws) ?? {}, signing)
  await signAnew(hub.sql, event, event.dig, jws, tokenDigest(jws))
  event.jws = jws
  event.dig = tokenDigest(jws)
  return jws
}

const hand = async (hub: Hub, letter: string): Promise<Delivery> => {
  try {
    return { ok: true, answer: await takeLetter(hub, letter) }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const { code, extra } = error
    if (code === 'letter-conflict' && 'receipt' in extra) {
      return { ok: false, reason: code, answer: extra as ReferralAnswer }
    }
    if (code === 'letter-out-of-order') {
      return { ok: false, reason: code, expected: extra.expected as number }
    }
    return { ok: false, reason: code }
  }
}

/** Whoever holds our event has signed so. Undefined where all is well. */
const takeReceipt = async (
  hub: Hub,
  referral: Referral,
  event: ClaimedEvent,
  { receipt: jws, events }: ReferralAnswer,
) => {
  const receipt = await receiptIn(hub, referral, event, jws)
  if (!receipt || receipt.dig !== event.dig) return 'receipt'
  await adoptAll(hub, referral, events, receipt.state)
  const { seq, dig, state, held } = receipt
  const of = { centre: referral.centre, id: referral.id, now: new Date(hub.now()) }
  await confirmReferralEvent(hub.sql, of, { seq, dig, state, ...held })
  return undefined
}

const receiptIn = (hub: Hub, referral: Referral, { seq }: ClaimedEvent, jws: string) =>
  openReceipt(hub, jws, {
    iss: referral.other ?? '',
    aud: referral.centre,
    sub: referral.id,
    seq,
  })

/** What can be mended at once is; for the rest the reason to try again later. */
const mend = async (
  hub: Hub,
  referral: Referral,
  event: ClaimedEvent,
  refusal: Exclude<Delivery, { ok: true }>,
) => {
  if ('expected' in refusal && refusal.expected < event.seq) {
    await deliverFrom(hub.sql, { ...event, seq: refusal.expected }, new Date(hub.now()))
    return undefined
  }
  if ('answer' in refusal) {
    const receipt = await receiptIn(hub, referral, event, refusal.answer.receipt)
    if (!receipt) return 'receipt'
    await adoptAll(hub, referral, refusal.answer.events, receipt.state)
    return undefined
  }
  // It may have a newer key than the one we know.
  if (refusal.reason === 'unknown-key') await learnTrust(hub)
  return refusal.reason
}

/** The sender is the clerk, also of what it has forgotten; the recipient goes by what the clerk says. */
const adoptAll = (
  hub: Hub,
  { centre, id, other, side }: Referral,
  events: string[],
  state: State,
) => adopt(hub, { centre, id, other: other ?? '' }, events, side === 'recipient' ? { state } : {})
