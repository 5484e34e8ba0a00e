import { afterAll, beforeAll, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { referralOf } from '../../src/referrals/store.ts'
import { openFederation, type TestFederation, type TestHub } from '../support/hub.ts'
import {
  about,
  chainHolds,
  consentTo,
  deliverAll,
  referTo,
  say,
  standOf,
  toldAt,
} from '../support/referrals.ts'

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
  return here
}

test('a company is referred, accepted and advised, and both sides know the same', async () => {
  const id = await referTo(berlin, brandenburg.iss)
  const before = await standOf(berlin, id)
  await deliverAll(berlin, brandenburg)
  const arrived = await agreed(id)
  await say(brandenburg, id, { event: 'accepted' }, 'Wir rufen am Montag an.')
  const unconfirmed = await standOf(brandenburg, id)
  await deliverAll(berlin, brandenburg)
  const accepted = await agreed(id)
  await say(brandenburg, id, { event: 'completed', outcome: 'advised' })
  await deliverAll(berlin, brandenburg)
  const completed = await agreed(id)

  expect(before).toMatchObject({ state: 'sent', unconfirmed: ['sent'] })
  expect(arrived.state).toBe('received')
  expect(unconfirmed).toMatchObject({ state: 'accepted', unconfirmed: ['accepted'] })
  expect(accepted.state).toBe('accepted')
  expect(completed.state).toBe('completed')
  expect(await toldAt(brandenburg, id)).toMatchObject([about, { note: 'Wir rufen am Montag an.' }])
  expect(await toldAt(berlin, id)).toEqual(await toldAt(brandenburg, id))
  const [there] = await referralOf(brandenburg.sql, brandenburg.iss, id)
  expect(there).toMatchObject({ outcome: 'advised', land: 'DE-BB', topics: about.topics })
  expect(await chainHolds(brandenburg, id)).toBe(true)
})

test('what was withdrawn is erased at both ends, and the chain still verifies', async () => {
  const id = await referTo(berlin, brandenburg.iss)
  await deliverAll(berlin, brandenburg)

  await say(berlin, id, { event: 'withdrawn', reason: 'consent-revoked' })
  const here = await toldAt(berlin, id)
  await deliverAll(berlin, brandenburg)

  expect(here).toEqual([])
  expect(await toldAt(brandenburg, id)).toEqual([])
  expect((await agreed(id)).state).toBe('withdrawn')
  expect(await chainHolds(berlin, id)).toBe(true)
  expect(await chainHolds(brandenburg, id)).toBe(true)
})

test('a referral needs consent that covers its recipient and is the text that was shown', async () => {
  const consent = await consentTo(berlin, [brandenburg.iss])
  const reasonOf = (changes: object) =>
    referTo(berlin, brandenburg.iss, { consent: { ...consent, ...changes } }).catch(
      ({ extra }) => extra.reason,
    )

  expect(await reasonOf({ recipients: [net.kiww.iss] })).toBe('recipient')
  expect(await reasonOf({ hash: 'A'.repeat(43) })).toBe('text')
  expect(await reasonOf({ passing_on: true })).toBe('text')
  expect(await reasonOf({ given_on: '2027-01-01' })).toBe('future')
  expect(await reasonOf({ given_on: '2025-01-01' })).toBe('old')
})

test('what is no letter, or to nobody here, is refused without saying more', async () => {
  const post = (body: string, type = 'application/jose') =>
    app.request(
      '/exchange/v1/referrals',
      { method: 'POST', body, headers: { 'content-type': type } },
      brandenburg,
    )

  const [type, form, large] = [
    await post('x', 'text/plain'),
    await post('a.b.c.d.e'),
    await post('x'.repeat(100 * 1024)),
  ]

  expect([type.status, form.status, large.status]).toEqual([415, 400, 413])
  expect(await form.json()).toEqual({
    type: 'about:blank',
    title: 'Dieser Brief lässt sich nicht annehmen.',
    status: 400,
    code: 'letter-refused',
  })
})
