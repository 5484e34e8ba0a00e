/** Taking a letter of another centre (schemas/EXCHANGE.md, section 16). */
import { ownCentreIds } from '../config.ts'
import type { Centre } from '../federation/centre.ts'
import { openingKey } from '../federation/keys.ts'
import { centreById } from '../federation/store.ts'
import { type Hub, seconds } from '../hub.ts'
import { Problem } from '../problem.ts'
import { passLetterGate } from '../signing/letter.ts'
import { adopt } from './adopt.ts'
import { ReferredCase } from './case.ts'
import { keyOf, type OpenedEvent, openEvent, sealAtRest, signReceipt, slugOf } from './event.ts'
import { type Letter, letterType, openLetter, toldBy } from './letter.ts'
import { newsOf } from './news.ts'
import { type ReferralAnswer, type Side, transitionOf } from './referral.ts'
import { type Reception, receiveReferralEvent, wordsOf } from './store.ts'

/**
 * Opens a letter, keeps what it says, and answers with a receipt. Problems: `letter-refused` whatever is wrong with
 * it, so that who tries learns nothing; `unknown-key` with the `kid`; `unavailable` while the anchor's word is not
 * fresh; `cannot-sign`; `letter-conflict` and `letter-out-of-order` for what a known centre signed.
 */
export const takeLetter = async (hub: Hub, jwe: string): Promise<ReferralAnswer> => {
  const { letter, opened, centre } = await openAddressed(hub, jwe)
  refuseStale(hub, opened.writer, centre)
  // Who may not sign that it has something shall not have it.
  await keyOf(hub, centre.id)
  const side = sideOf(opened)
  const told = await judgeTold(hub, letter, opened)
  const taken = { letter, opened, centre, side, told }
  const [first] = await keep(hub, taken)
  // Taken once more it changes nothing, but counts what was lost and is here again.
  const [answer] = (await takeBack(hub, taken)) ? await keep(hub, taken) : [first]
  return receiptFor(hub, opened, centre, answer?.reception)
}

/** What this node has lost of its own, and the writer still holds. */
const takeBack = async (hub: Hub, { letter, opened, centre }: Taken) => {
  const { iss: other, sub: id } = opened.event
  if (!letter.events) return false
  await adopt(hub, { centre: centre.id, id, other }, letter.events, { only_lost: true })
  return true
}

interface Addressed {
  letter: Letter
  opened: OpenedEvent
  /** The own centre that it is to. */
  centre: Centre
}

const openAddressed = async (hub: Hub, jwe: string): Promise<Addressed> => {
  const passed = passLetterGate(jwe, letterType)
  if (!passed) throw refused()
  const addressee = await addresseeOf(hub, passed.kid)
  if (!addressee) throw new Problem('unknown-key', undefined, { kid: passed.kid })
  const letter = await openLetter(jwe, addressee.key)
  const opened = letter && (await openEvent(hub, letter.event))
  const centre = await centreById(hub.sql, addressee.id)
  // Whom the writer meant is what counts, not to whom somebody encrypted it again.
  if (!opened || !centre || opened.event.aud !== centre.id) throw refused()
  return { letter, opened, centre }
}

const refused = () => new Problem('letter-refused')

const addresseeOf = async (hub: Hub, kid: string) => {
  for (const id of ownCentreIds(hub.config)) {
    const key = await openingKey(hub, id, kid)
    if (key) return { id, key }
  }
  return undefined
}

/** Where the anchor was not heard of for a week, nobody knows who may still speak. */
const refuseStale = (hub: Hub, ...centres: Centre[]) => {
  if (centres.every(({ exp }) => exp > seconds(hub))) return
  throw new Problem('unavailable', undefined, { reason: 'trust-expired' })
}

/** On which side the writer must be to say this; undefined where both may. */
const sideOf = ({ event }: OpenedEvent): Side | undefined => {
  const { by } = transitionOf(event.event)
  return by.length === 1 ? by[0] : undefined
}

/** What the event tells, fit to be kept. Only a digest may come alone: then it was erased on the way. */
const judgeTold = async (hub: Hub, { payload, salt }: Letter, { event }: OpenedEvent) => {
  if (payload === undefined || salt === undefined) return undefined
  const schema = transitionOf(event.event).payload
  const json = toldBy({ payload, salt }, 'dig' in event ? event.dig : undefined)
  const told = json && schema?.safeParse(json)
  if (!told?.success || !isCovered(told.data, event)) throw refused()
  return { sealed: await sealAtRest(hub, event.sub, { payload, salt }), content: told.data }
}

/** A case comes with a consent that names its recipient; whatever else is told needs none. */
const isCovered = (told: object, { event, aud }: OpenedEvent['event']) =>
  event !== 'sent' || ReferredCase.safeParse(told).data?.consent.recipients.includes(aud) === true

interface Taken extends Addressed {
  side: Side | undefined
  told: Awaited<ReturnType<typeof judgeTold>>
}

const keep = (hub: Hub, { letter, opened, centre, side, told }: Taken) => {
  const { event, jws, dig } = opened
  const { from, to } = transitionOf(event.event)
  const slug = slugOf(hub, centre.id)
  const about = ReferredCase.safeParse(told?.content).data
  return receiveReferralEvent(
    hub.sql,
    { centre: centre.id, id: event.sub, now: new Date(hub.now()) },
    {
      ...{ side, iss: event.iss, prev: event.prev, from, to, held: letter.held },
      ...(event.event === 'sent' && { deadlines: event.deadlines, follows: event.follows }),
      tell: newsOf(event.event, slug, event.sub),
      ...(about && { land: about.company.seat.land, topics: about.topics }),
    },
    {
      ...wordsOf(event),
      ...{ seq: event.seq, event: event.event, jws, dig, sealed: told?.sealed },
      ...{ slug, actor: event.iss },
    },
  )
}

const receiptFor = async (
  hub: Hub,
  { event }: OpenedEvent,
  centre: Centre,
  reception: Reception | undefined,
): Promise<ReferralAnswer> => {
  if (!reception || reception.outcome === 'other-parties') throw new Problem('letter-conflict')
  const { own, other } = reception
  if (reception.outcome === 'out-of-order') {
    throw new Problem('letter-out-of-order', undefined, { expected: other + 1 })
  }
  if (reception.outcome === 'does-not-follow') {
    throw new Problem('letter-conflict', undefined, { reason: 'prev' })
  }
  const erases = event.event === 'withdrawn' || event.event === 'erased'
  const receipt = await signReceipt(hub, {
    ...{ iss: centre.id, aud: event.iss, sub: event.sub, seq: event.seq, dig: reception.dig },
    status: erases && reception.erased ? 'erased' : 'stored',
    state: reception.state,
    held: { own, other },
  })
  const answer = { receipt, events: reception.lost }
  if (reception.outcome === 'conflict') {
    throw new Problem('letter-conflict', undefined, { ...answer })
  }
  hub.wake?.('referred')
  return answer
}
