/** Whichever side dies between whichever two steps: no letter is lost, none is there twice, both agree. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { refreshStatements } from '../../src/federation/anchor.ts'
import { newRecordId } from '../../src/publications/record-id.ts'
import { deliverReferrals } from '../../src/referrals/deliver.ts'
import { finalStates, type SignedEventName, stateAfter } from '../../src/referrals/referral.ts'
import { referralOf } from '../../src/referrals/store.ts'
import { openFederation, type TestFederation, type TestHub } from '../support/hub.ts'
import { type Mortal, mortal } from '../support/mortal.ts'
import { about, chainHolds, heal, referTo, say, standOf, toldAt } from '../support/referrals.ts'
import { hear } from '../support/said.ts'

let net: TestFederation
let berlin: TestHub
let brandenburg: TestHub
beforeAll(async () => {
  net = await openFederation()
  berlin = net.berlin
  brandenburg = net.brandenburg
})
afterAll(() => net.close())

/** Milliseconds, on a busy machine. */
const patience = process.env.EVERY_STEP ? 340_000 : 120_000

/** Time passes with each try; the anchor is heard of meanwhile. */
const hearAnchor = async () => {
  await refreshStatements(net.kiww)
  await hear(net.kiww, berlin, brandenburg)
}

const stateAt = async (hub: TestHub, id: string) =>
  (await referralOf(hub.sql, hub.iss, id))[0]?.state

/** What people do: each looks at her own node, and does what is next there. */
const work = async (here: TestHub, there: TestHub, id: string) => {
  const state = await stateAt(here, id)
  if (state === undefined || state === 'draft') await referTo(here, there.iss, {}, id)
  await deliverReferrals(here)
  if ((await stateAt(there, id)) === 'received') await say(there, id, { event: 'accepted' })
  await deliverReferrals(there)
  if ((await stateAt(there, id)) === 'accepted') {
    await say(there, id, { event: 'completed', outcome: 'advised' }, 'Fertig.')
  }
  await deliverReferrals(there)
}

const through = (hubs: TestHub[]) => {
  for (const hub of hubs) net.network.set(hub.config.origin, hub)
}

/** Works until the node is dead, then with one that was started anew. */
const workWith = async ({ hub }: Mortal<TestHub>, id: string) => {
  await hearAnchor()
  const [here, there] = hub.iss === berlin.iss ? [hub, brandenburg] : [berlin, hub]
  through([here, there])
  await work(here, there, id).catch((error) => expect(String(error)).toContain('dead'))
  through([berlin, brandenburg])
  for (let day = 0; day < 2; day++) {
    await heal(net.clock, berlin, brandenburg)
    await work(berlin, brandenburg, id)
  }
  await heal(net.clock, berlin, brandenburg)
}

/** All of them, where somebody asks for that; else some, others each time. */
const chosen = <T>(all: T[]) =>
  process.env.EVERY_STEP
    ? all
    : fc.sample(fc.shuffledSubarray(all, { maxLength: 4, minLength: 4 }), 1)[0]

test(
  'a node that dies at any step, before or after it, leaves nothing undone or done twice',
  async () => {
    for (const side of [berlin, brandenburg]) {
      const counting = mortal(side)
      await workWith(counting, newRecordId(net.clock.now))
      const deaths = Array.from({ length: counting.steps() }, (_, step) => step + 1).flatMap(
        (step) => [
          { step, when: 'before' as const },
          { step, when: 'after' as const },
        ],
      )
      expect(deaths.length).toBeGreaterThan(30)

      for (const death of chosen(deaths) ?? []) {
        const id = newRecordId(net.clock.now)
        const dying = mortal(side, death)
        await workWith(dying, id)

        const where = `${side.config.origin} ${death.when} ${death.step}`
        const [here, there] = [await standOf(berlin, id), await standOf(brandenburg, id)]
        expect([where, dying.isDead(), there]).toEqual([where, true, here])
        expect([where, here.state, here.events.length]).toEqual([where, 'completed', 3])
        expect([where, here.unconfirmed]).toEqual([where, []])
        const told = await toldAt(brandenburg, id)
        expect([where, told]).toMatchObject([where, [about, { note: 'Fertig.' }]])
        expect(await chainHolds(brandenburg, id)).toBe(true)
      }
    }
  },
  patience,
)

type Step = { side: 'here' | 'there'; does: 'deliver' | 'deliver-deaf' | SignedEventName }

const steps: fc.Arbitrary<Step> = fc.record({
  side: fc.constantFrom('here', 'there'),
  does: fc.constantFrom(
    ...(['deliver', 'deliver', 'deliver-deaf'] as const),
    ...(['accepted', 'declined', 'completed', 'withdrawn', 'expired', 'erased'] as const),
  ),
})

const words = {
  accepted: { event: 'accepted' },
  declined: { event: 'declined', reason: 'other' },
  completed: { event: 'completed', outcome: 'advised' },
  withdrawn: { event: 'withdrawn', reason: 'other' },
  expired: { event: 'expired', reason: 'unanswered' },
  erased: { event: 'erased' },
} as const

const deaf = (hub: TestHub): TestHub => ({
  ...hub,
  fetch: async (...asked) => {
    await hub.fetch(...asked)
    throw new TypeError('fetch failed')
  },
})

test(
  'in whatever order both sides act and their letters and receipts arrive or are lost, they agree in the end',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 2, maxLength: 12 }), async (list) => {
        await hearAnchor()
        const id = await referTo(berlin, brandenburg.iss)
        for (const { side, does } of list) {
          const hub = side === 'here' ? berlin : brandenburg
          if (does === 'deliver') await deliverReferrals(hub)
          else if (does === 'deliver-deaf') await deliverReferrals(deaf(hub))
          else if (does !== 'sent') await act(hub, id, does)
          net.clock.now += 31 * 60_000
        }
        await heal(net.clock, berlin, brandenburg)

        const [here, there] = [await standOf(berlin, id), await standOf(brandenburg, id)]
        expect(there).toEqual(here)
        expect(here.unconfirmed).toEqual([])
        const erased = here.events.some((event) => / (withdrawn|erased) /.test(event))
        if (erased)
          expect([await toldAt(berlin, id), await toldAt(brandenburg, id)]).toEqual([[], []])
      }),
      { numRuns: process.env.EVERY_STEP ? 400 : 12 },
    )
  },
  patience,
)

/** Whoever may not, does not. */
const act = async (hub: TestHub, id: string, event: keyof typeof words) => {
  const [referral] = await referralOf(hub.sql, hub.iss, id)
  const possible = referral && stateAfter(event, referral.side, referral.state) !== undefined
  const done = await say(hub, id, words[event]).catch(({ code }) => code)
  if (referral) expect(done).toBe(possible ? undefined : 'conflict')
}

test('final states lead nowhere, and nobody may say what the table gives to the other', () => {
  const events = [...Object.keys(words), 'sent', 'received'] as (keyof typeof words)[]

  for (const final of finalStates) {
    for (const side of ['sender', 'recipient'] as const) {
      const after = events.map((event) => stateAfter(event, side, final))
      expect(after.filter((state) => state !== undefined && state !== final)).toEqual([])
    }
  }
  for (const event of ['accepted', 'declined', 'completed'] as const) {
    expect(stateAfter(event, 'sender', 'accepted')).toBeUndefined()
  }
  expect(stateAfter('withdrawn', 'recipient', 'received')).toBeUndefined()
  expect(stateAfter('expired', 'sender', 'accepted')).toBeUndefined()
})
