/** Two nodes that lose each other’s answers, their clocks, their keys or their backups: in the end they agree. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { refreshStatements } from '../../src/federation/anchor.ts'
import { rotateKey } from '../../src/federation/rotate.ts'
import { vouch } from '../../src/federation/vouch.ts'
import type { Hub } from '../../src/hub.ts'
import { deliverReferrals } from '../../src/referrals/deliver.ts'
import { eventsOf, referralOf } from '../../src/referrals/store.ts'
import { tendReferrals } from '../../src/referrals/tend.ts'
import { openFederation, type TestFederation, type TestHub } from '../support/hub.ts'
import {
  about,
  chainHolds,
  consentTo,
  deliverAll,
  heal,
  referTo,
  say,
  standOf,
  toldAt,
} from '../support/referrals.ts'
import { hear } from '../support/said.ts'

const day = 86_400_000

let net: TestFederation
let berlin: TestHub
let brandenburg: TestHub
beforeAll(async () => {
  net = await openFederation()
  berlin = net.berlin
  brandenburg = net.brandenburg
})
afterAll(() => net.close())

const agreed = async (id: string) => {
  const [here, there] = [await standOf(berlin, id), await standOf(brandenburg, id)]
  expect(there).toEqual(here)
  expect(here.unconfirmed).toEqual([])
  expect([await chainHolds(berlin, id), await chainHolds(brandenburg, id)]).toEqual([true, true])
  return here.state
}

/** Days pass, and the anchor is heard of on each. */
const pass = async (days: number) => {
  for (let n = 0; n < days; n++) {
    net.clock.now += day
    await refreshStatements(net.kiww)
    await hear(net.kiww, berlin, brandenburg)
  }
}

/** A hub whose letters arrive, but whose answers are lost. */
const deaf = (hub: TestHub): TestHub => ({
  ...hub,
  fetch: async (...asked) => {
    await hub.fetch(...asked)
    throw new TypeError('fetch failed')
  },
})

const cutOff = (hub: TestHub): TestHub => ({
  ...hub,
  fetch: async () => {
    throw new TypeError('fetch failed')
  },
})

test('after a lost receipt the letter is sealed again, and nothing is there twice', async () => {
  const id = await referTo(berlin, brandenburg.iss)
  await deliverAll(deaf(berlin))
  const before = await standOf(berlin, id)
  await heal(net.clock, berlin, brandenburg)

  expect(before).toMatchObject({ state: 'sent', unconfirmed: ['sent'] })
  expect(await agreed(id)).toBe('received')
})

test('an answer proves that the letter arrived, where its receipt was lost', async () => {
  const id = await referTo(berlin, brandenburg.iss)
  await deliverAll(deaf(berlin))
  await say(brandenburg, id, { event: 'accepted' })
  await deliverAll(brandenburg)

  expect((await standOf(berlin, id)).state).toBe('accepted')
  await heal(net.clock, berlin, brandenburg)
  expect(await agreed(id)).toBe('accepted')
})

test('a withdrawal that crosses an acceptance wins, and both ends are empty', async () => {
  const id = await referTo(berlin, brandenburg.iss)
  await deliverAll(berlin)
  await say(brandenburg, id, { event: 'accepted' }, 'Wir rufen an.')
  await say(berlin, id, { event: 'withdrawn', reason: 'consent-revoked' })
  await deliverAll(brandenburg)
  const afterAnswer = [(await standOf(brandenburg, id)).state, await toldAt(brandenburg, id)]
  await heal(net.clock, berlin, brandenburg)

  expect(afterAnswer).toEqual(['withdrawn', []])
  expect(await agreed(id)).toBe('withdrawn')
  expect([await toldAt(berlin, id), await toldAt(brandenburg, id)]).toEqual([[], []])
  const [there] = await referralOf(brandenburg.sql, brandenburg.iss, id)
  expect(there?.reason).toBe('consent-revoked')
})

test('a withdrawal that arrives first undoes an acceptance that nobody has confirmed', async () => {
  const id = await referTo(berlin, brandenburg.iss)
  await deliverAll(berlin)
  await say(brandenburg, id, { event: 'accepted' })
  await say(brandenburg, id, { event: 'completed', outcome: 'advised' })
  await say(berlin, id, { event: 'withdrawn', reason: 'consent-revoked' })
  await deliverAll(berlin)

  expect((await standOf(brandenburg, id)).state).toBe('withdrawn')
  await heal(net.clock, berlin, brandenburg)
  expect(await agreed(id)).toBe('withdrawn')
})

test('what was never delivered and then withdrawn arrives without a word about the company', async () => {
  const id = await referTo(berlin, brandenburg.iss)
  await say(berlin, id, { event: 'withdrawn', reason: 'incorrect' })
  await deliverAll(berlin, brandenburg)

  expect(await agreed(id)).toBe('withdrawn')
  const events = await eventsOf(brandenburg.sql, brandenburg.iss, id)
  expect(events.map(({ sealed }) => sealed)).toEqual([null, null])
})

test('with clocks a day apart both sides still agree, for only the sender’s decides', async () => {
  const ahead = { ...brandenburg, now: () => net.clock.now + day }
  net.network.set(brandenburg.config.origin, ahead)
  const id = await referTo(berlin, brandenburg.iss)
  await deliverAll(berlin, ahead)
  await say(ahead, id, { event: 'accepted' })
  await deliverAll(berlin, ahead)
  net.network.set(brandenburg.config.origin, brandenburg)

  expect(await agreed(id)).toBe('accepted')
})

test('a recipient that is away for four days gets its letter; after the fifth working day it is too late', async () => {
  const id = await referTo(berlin, brandenburg.iss)
  const late = await referTo(berlin, brandenburg.iss)
  await deliverAll(cutOff(berlin))
  await pass(4)
  await tendReferrals(berlin)
  const waiting = await standOf(berlin, id)
  await deliverAll(berlin, brandenburg)
  expect(waiting.state).toBe('sent')
  expect(await agreed(id)).toBe('received')

  const gone = await referTo(berlin, brandenburg.iss)
  await deliverAll(cutOff(berlin))
  await pass(10)
  await tendReferrals(berlin)
  const expired = await standOf(berlin, gone)
  await heal(net.clock, berlin, brandenburg)

  expect(expired.state).toBe('expired')
  expect(await agreed(gone)).toBe('expired')
  expect(await toldAt(brandenburg, gone)).toEqual([])
  expect(await agreed(late)).toBe('received')
  // It may be asked again with the same case: it never answered.
  const again = await referTo(berlin, brandenburg.iss, { follows: gone })
  await deliverAll(berlin)
  expect(await agreed(again)).toBe('received')
})

test('an acceptance that arrives after the referral has expired is answered with its final state', async () => {
  const id = await referTo(berlin, brandenburg.iss)
  await deliverAll(berlin)
  await say(brandenburg, id, { event: 'accepted' })
  await deliverAll(cutOff(brandenburg))
  await pass(20)
  await tendReferrals(berlin)
  await deliverAll(cutOff(berlin))
  await heal(net.clock, brandenburg)

  expect((await standOf(brandenburg, id)).state).toBe('expired')
  await heal(net.clock, berlin, brandenburg)
  expect(await agreed(id)).toBe('expired')
  const [here] = await referralOf(berlin.sql, berlin.iss, id)
  expect(here).toMatchObject({ reason: 'unanswered' })
})

const rotate = async (hub: TestHub, use: 'sig' | 'enc') => {
  await rotateKey(hub, hub.iss, use)
  await vouch(net.kiww, { entityId: hub.iss })
}

test('keys are changed between sending and answering: a letter to the old one is opened, and sealed again to the new', async () => {
  const id = await referTo(berlin, brandenburg.iss)
  await rotate(brandenburg, 'enc')
  await hear(brandenburg)
  await deliverAll(berlin)
  const toOld = (await standOf(brandenburg, id)).state
  await rotate(berlin, 'sig')
  await rotate(berlin, 'enc')
  await hear(net.kiww, berlin, brandenburg)
  await say(brandenburg, id, { event: 'accepted' })
  await deliverAll(berlin, brandenburg)

  expect(toOld).toBe('received')
  expect(await agreed(id)).toBe('accepted')

  // Its old key is gone for good: Berlin hears so, and seals the letter again.
  const other = await referTo(berlin, brandenburg.iss)
  await rotate(brandenburg, 'enc')
  await hear(brandenburg)
  await brandenburg.sql`
    update keys set retired_at = made_at
    where use = 'enc' and generation < (select max(generation) from keys where use = 'enc')
  `
  await deliverAll(berlin)
  const refused = (await eventsOf(berlin.sql, berlin.iss, other))[0]?.fault
  await heal(net.clock, berlin, brandenburg)

  expect(refused).toBe('unknown-key')
  expect(await agreed(other)).toBe('received')
})

const forget = (hub: Hub, id: string, from: string) =>
  hub.sql.unsafe(from.replaceAll('$1', `'${id}'`))

test('a recipient restored from a backup gets its own answer back, and what it was sent', async () => {
  const id = await referTo(berlin, brandenburg.iss)
  await deliverAll(berlin)
  await say(brandenburg, id, { event: 'accepted' })
  await deliverAll(brandenburg)
  await forget(
    brandenburg,
    id,
    `delete from referral_events where referral = $1 and side = 'recipient'`,
  )
  await forget(brandenburg, id, `update referrals set state = 'received' where id = $1`)

  // It knows no better, and somebody answers once more.
  await say(brandenburg, id, { event: 'declined', reason: 'other' })
  await deliverAll(brandenburg)
  expect(await agreed(id)).toBe('accepted')

  await forget(brandenburg, id, 'delete from referral_events where referral = $1')
  await forget(brandenburg, id, 'delete from referrals where id = $1')
  await pass(2)
  await tendReferrals(berlin)
  await heal(net.clock, berlin, brandenburg)
  expect(await agreed(id)).toBe('accepted')
  expect(await toldAt(brandenburg, id)).toMatchObject([about])
})

test('a withdrawal reaches a recipient also where a backup has brought the case back', async () => {
  const id = await referTo(berlin, brandenburg.iss)
  await deliverAll(berlin)
  const [kept] = await brandenburg.sql<{ sealed: string }[]>`
    select sealed from referral_events where referral = ${id}
  `
  await say(berlin, id, { event: 'withdrawn', reason: 'consent-revoked' })
  await deliverAll(berlin)
  await forget(brandenburg, id, 'delete from referral_events where referral = $1 and seq = 2')
  await brandenburg.sql`update referral_events set sealed = ${kept?.sealed ?? ''} where referral = ${id}`
  await forget(
    brandenburg,
    id,
    `update referrals set state = 'received', erased_at = null, ended_at = null where id = $1`,
  )
  expect(await toldAt(brandenburg, id)).toMatchObject([about])

  await pass(2)
  await tendReferrals(berlin)
  await heal(net.clock, berlin, brandenburg)

  expect(await agreed(id)).toBe('withdrawn')
  expect(await toldAt(brandenburg, id)).toEqual([])
})

test('a sender restored from a backup learns that it has withdrawn', async () => {
  const id = await referTo(berlin, brandenburg.iss)
  await deliverAll(berlin)
  await say(berlin, id, { event: 'withdrawn', reason: 'consent-revoked' })
  await deliverAll(berlin)
  await forget(berlin, id, 'delete from referral_events where referral = $1 and seq = 2')
  await forget(berlin, id, `update referrals set state = 'received', ended_at = null where id = $1`)

  await pass(2)
  await tendReferrals(berlin)
  await heal(net.clock, berlin, brandenburg)

  expect(await agreed(id)).toBe('withdrawn')
})

test('whom the recipient suggests is asked anew where the consent covers it, but never who had it before', async () => {
  const covered = { consent: await consentTo(berlin, [brandenburg.iss, net.kiww.iss], true) }
  const id = await referTo(berlin, brandenburg.iss, covered)
  await deliverAll(berlin)
  await say(brandenburg, id, {
    event: 'declined',
    reason: 'not-responsible',
    suggests: net.kiww.iss,
  })
  await deliverAll(brandenburg)
  const [here] = await referralOf(berlin.sql, berlin.iss, id)
  const anew = await referTo(berlin, net.kiww.iss, { ...covered, follows: id })
  await deliverAll(berlin)
  const again = (to: string, follows = anew) =>
    referTo(berlin, to, { ...covered, follows }).catch(({ code }) => code)

  expect(here).toMatchObject({ state: 'declined', suggests: net.kiww.iss })
  expect((await referralOf(net.kiww.sql, net.kiww.iss, anew))[0]).toMatchObject({
    state: 'received',
    follows: id,
  })
  expect(await again(brandenburg.iss)).toBe('no-recipient')
  expect(await again(berlin.iss)).toBe('no-recipient')
  expect(await again(net.kiww.iss, id)).not.toBe('no-recipient')
})

test('who revokes consent means everybody who was asked with the case: what was declined before is erased, too', async () => {
  const covered = { consent: await consentTo(berlin, [brandenburg.iss, net.kiww.iss], true) }
  const first = await referTo(berlin, brandenburg.iss, covered)
  await deliverAll(berlin)
  await say(brandenburg, first, { event: 'declined', reason: 'no-capacity' })
  await deliverAll(brandenburg)
  const second = await referTo(berlin, net.kiww.iss, { ...covered, follows: first })
  await deliverAll(berlin)
  await say(berlin, second, { event: 'withdrawn', reason: 'consent-revoked' })
  await deliverAll(berlin)

  for (const hub of [berlin, brandenburg]) expect(await toldAt(hub, first)).toEqual([])
  for (const hub of [berlin, net.kiww]) expect(await toldAt(hub, second)).toEqual([])
  expect(await agreed(first)).toBe('declined')
})

test('who erases what was declined withdraws what is under way elsewhere with the same case', async () => {
  const first = await referTo(berlin, brandenburg.iss)
  await deliverAll(berlin)
  await say(brandenburg, first, { event: 'declined', reason: 'no-capacity' })
  await deliverAll(brandenburg)
  const second = await referTo(berlin, net.kiww.iss, { follows: first })
  await deliverAll(berlin)
  await say(berlin, first, { event: 'erased' })
  await deliverAll(berlin)

  expect((await standOf(net.kiww, second)).state).toBe('withdrawn')
  expect(await toldAt(net.kiww, second)).toEqual([])
})

test('whoever was killed after a revocation erases the rest with the next chores', async () => {
  const first = await referTo(berlin, brandenburg.iss)
  await deliverAll(berlin)
  await say(brandenburg, first, { event: 'declined', reason: 'no-capacity' })
  await deliverAll(brandenburg)
  const second = await referTo(berlin, net.kiww.iss, { follows: first })
  await berlin.sql`
    update referrals set state = 'withdrawn', reason = 'consent-revoked', ended_at = sent_at where id = ${second}
  `
  await tendReferrals(berlin)
  await deliverAll(berlin)

  for (const hub of [berlin, brandenburg]) expect(await toldAt(hub, first)).toEqual([])
})

test('a node without anything to deliver asks nobody', async () => {
  await heal(net.clock, berlin, brandenburg)

  expect(await deliverReferrals(cutOff(berlin))).toBeUndefined()
})
