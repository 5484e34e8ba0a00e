import { afterAll, beforeAll, expect, test } from 'vitest'
import { openingKey } from '../../src/federation/keys.ts'
import { centreById } from '../../src/federation/store.ts'
import { openReceipt } from '../../src/referrals/event.ts'
import { openLetter, tell } from '../../src/referrals/letter.ts'
import { referralOf } from '../../src/referrals/store.ts'
import { passLetterGate } from '../../src/signing/letter.ts'
import { openFederation, type TestFederation, type TestHub } from '../support/hub.ts'
import { codeOf, post, sealTo, sentEvent, signEvent } from '../support/letters.ts'
import {
  about,
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

const bring = async (letter: string, to = brandenburg) => codeOf(await post(to, letter))

const receiptOf = async (answer: Response, sub: string) => {
  const { receipt } = (await answer.json()) as { receipt: string }
  return openReceipt(berlin, receipt, { iss: brandenburg.iss, aud: berlin.iss, sub, seq: 1 })
}

test('a letter that comes again, or sealed again, is stored once and gets the same receipt with the state of now', async () => {
  const sent = await sentEvent(berlin, brandenburg.iss)
  const letter = await sealTo(berlin, brandenburg.iss, sent)

  const first = await receiptOf(await post(brandenburg, letter), sent.sub)
  const replayed = await receiptOf(await post(brandenburg, letter), sent.sub)
  await say(brandenburg, sent.sub, { event: 'accepted' })
  const sealedAgain = await sealTo(berlin, brandenburg.iss, sent)
  const again = await receiptOf(await post(brandenburg, sealedAgain), sent.sub)

  expect(first).toMatchObject({ dig: sent.dig, state: 'received', held: { own: 0, other: 1 } })
  expect(replayed).toEqual(first)
  expect(again).toEqual({ ...first, state: 'accepted', held: { own: 1, other: 1 } })
  expect((await standOf(brandenburg, sent.sub)).events).toHaveLength(2)
})

test('a letter beyond the next is told which is expected, and another at the same number conflicts', async () => {
  const sent = await sentEvent(berlin, brandenburg.iss)
  const { sub, dig: prev } = sent
  const claims = { aud: brandenburg.iss, sub, event: 'withdrawn', reason: 'other', seq: 2, prev }
  const withdrawn = { event: await signEvent(berlin, claims) }
  const other = await sentEvent(berlin, brandenburg.iss, { claims: { sub } })
  const strayed = { event: await signEvent(berlin, { ...claims, prev: other.dig }) }

  const early = await bring(await sealTo(berlin, brandenburg.iss, withdrawn))
  const first = await bring(await sealTo(berlin, brandenburg.iss, sent))
  const second = await bring(await sealTo(berlin, brandenburg.iss, other))
  const third = await bring(await sealTo(berlin, brandenburg.iss, strayed))
  const last = await bring(await sealTo(berlin, brandenburg.iss, withdrawn))

  expect([early, first, second, third, last]).toEqual([
    '409 letter-out-of-order 1',
    '201',
    '409 letter-conflict',
    '409 letter-conflict',
    '201',
  ])
})

test('a letter to somebody else is refused, also where its reader encrypts it again to a third', async () => {
  const sent = await sentEvent(berlin, brandenburg.iss)
  const letter = await sealTo(berlin, brandenburg.iss, sent)
  const { kid = '' } = passLetterGate(letter, 'transfernetz-referral+jwe') ?? {}
  const key = await openingKey(brandenburg, brandenburg.iss, kid)
  const opened = key && (await openLetter(letter, key))
  if (!opened) throw new Error('not opened')

  const toThird = await bring(await sealTo(brandenburg, net.kiww.iss, opened), net.kiww)
  const elsewhere = await bring(letter, net.kiww)

  expect(toThird).toBe('400 letter-refused')
  expect(elsewhere).toBe('400 unknown-key')
})

test('whatever is wrong with a letter, its answer is the same', async () => {
  const sent = await sentEvent(berlin, brandenburg.iss)
  const seal = async (parts: object) => sealTo(berlin, brandenburg.iss, { ...sent, ...parts })
  const good = await seal({})
  const { recorded_by, recorded_at, ...others } = await consentTo(berlin, [net.kiww.iss])
  const wrong = {
    'a bit changed on the way': `${good.slice(0, -3)}AAA`,
    'another salt': await seal({ salt: Buffer.alloc(16).toString('base64url') }),
    'a payload of another event': await seal(tell({ note: 'x' })),
    'an event that is none': await seal({ event: 'a.b.c' }),
    'a signature of nobody': await seal({ event: `${sent.event.slice(0, -4)}AAAA` }),
    'another schema': await seal(
      await sentEvent(berlin, brandenburg.iss, { payload: { birthday: '1970-01-01' } }),
    ),
    'a consent for others': await seal(
      await sentEvent(berlin, brandenburg.iss, { payload: { consent: others } }),
    ),
    'another reader': await seal(await sentEvent(berlin, net.kiww.iss)),
    'a reason where none belongs': await seal({
      event: await signEvent(berlin, {
        ...{ aud: brandenburg.iss, sub: sent.sub, event: 'accepted', reason: 'other' },
      }),
    }),
    'a sent that follows on something': await seal(
      await sentEvent(berlin, brandenburg.iss, { claims: { prev: 'A'.repeat(43) } }),
    ),
    'another length': good.replace(/^[^.]+/, Buffer.from('{"alg":"dir"}').toString('base64url')),
  }

  const answers = await Promise.all(Object.values(wrong).map((letter) => post(brandenburg, letter)))
  const texts = await Promise.all(answers.map((answer) => answer.text()))

  expect([...new Set(texts)]).toEqual([
    '{"type":"about:blank","title":"Dieser Brief lässt sich nicht annehmen.","status":400,"code":"letter-refused"}',
  ])
  expect(await referralOf(brandenburg.sql, brandenburg.iss, sent.sub)).toEqual([])
})

test('nobody says what only the other may say, or speaks in another’s referral', async () => {
  const id = await referTo(berlin, brandenburg.iss)
  await deliverAll(berlin, brandenburg)
  const [{ dig: prev = '' } = {}] = (await standOf(berlin, id)).events.map((text) => ({
    dig: text.split(' ').at(-1),
  }))
  const ofBerlin = { aud: brandenburg.iss, sub: id, event: 'accepted', seq: 2, prev }
  const ofKiww = {
    aud: brandenburg.iss,
    sub: id,
    event: 'withdrawn',
    reason: 'other',
    seq: 2,
    prev,
  }

  const forged = await bring(
    await sealTo(berlin, brandenburg.iss, { event: await signEvent(berlin, ofBerlin) }),
  )
  const foreign = await bring(
    await sealTo(net.kiww, brandenburg.iss, { event: await signEvent(net.kiww, ofKiww) }),
  )

  expect([forged, foreign]).toEqual(['409 letter-conflict', '409 letter-conflict'])
  expect((await standOf(brandenburg, id)).state).toBe('received')
})

test('what the clerk has confirmed does not expire any more, whatever its node says', async () => {
  const id = await referTo(berlin, brandenburg.iss)
  await deliverAll(berlin, brandenburg)
  const sent = (await standOf(berlin, id)).events[0]?.split(' ').at(-1)
  await say(brandenburg, id, { event: 'accepted' })
  await deliverAll(brandenburg)
  const claims = { aud: brandenburg.iss, sub: id, seq: 2, prev: sent }
  const expired = { ...claims, event: 'expired', reason: 'unanswered' }

  const code = await bring(
    await sealTo(berlin, brandenburg.iss, { event: await signEvent(berlin, expired) }),
  )

  expect(code).toBe('201')
  expect((await standOf(brandenburg, id)).state).toBe('accepted')
  expect(await toldAt(brandenburg, id)).toMatchObject([about])
})

test('a withdrawal is receipted as erased, also of a referral that ended otherwise', async () => {
  const id = await referTo(berlin, brandenburg.iss)
  await deliverAll(berlin, brandenburg)
  const sent = (await standOf(berlin, id)).events[0]?.split(' ').at(-1)
  await say(brandenburg, id, { event: 'declined', reason: 'no-capacity' })
  await deliverAll(brandenburg)
  const claims = { aud: brandenburg.iss, sub: id, seq: 2, prev: sent }
  const withdrawn = await signEvent(berlin, { ...claims, event: 'withdrawn', reason: 'other' })

  const answer = await post(
    brandenburg,
    await sealTo(berlin, brandenburg.iss, { event: withdrawn }),
  )
  const { receipt } = (await answer.json()) as { receipt: string }
  const of = { iss: brandenburg.iss, aud: berlin.iss, sub: id, seq: 2 }

  expect(await openReceipt(berlin, receipt, of)).toMatchObject({
    status: 'erased',
    state: 'declined',
  })
  expect(await toldAt(brandenburg, id)).toEqual([])
})

test('a centre that may not sign a receipt takes no letter', async () => {
  const sent = await sentEvent(berlin, brandenburg.iss)
  const letter = await sealTo(berlin, brandenburg.iss, sent)
  const become = (status: string) => brandenburg.sql`
    update centres set metadata = jsonb_set(metadata, '{status}', to_jsonb(${status}::text))
    where entity_id = ${brandenburg.iss}
  `

  await become('suspended')
  const refused = await bring(letter)
  const kept = await referralOf(brandenburg.sql, brandenburg.iss, sent.sub)
  await become('active')

  expect([refused, kept, await bring(letter)]).toEqual(['503 cannot-sign', [], '201'])
})

test('where the anchor was not heard of for a week, no letter is taken and none is sent', async () => {
  const late = { ...brandenburg, now: () => net.clock.now + 8 * 86_400_000 }
  const sent = await sentEvent(berlin, brandenburg.iss)
  const letter = await sealTo(berlin, brandenburg.iss, sent)

  const refused = await codeOf(await post(late, letter))
  const id = await referTo(berlin, brandenburg.iss)
  let asked = 0
  const lonely = {
    ...berlin,
    now: late.now,
    fetch: async () => {
      asked++
      throw new TypeError('fetch failed')
    },
  }
  await deliverAll(lonely)

  expect(refused).toBe('503 unavailable')
  expect(asked).toBe(0)
  expect(await centreById(berlin.sql, brandenburg.iss)).toBeDefined()
  expect((await standOf(berlin, id)).unconfirmed).toEqual(['sent'])
})
