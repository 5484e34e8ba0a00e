import { afterAll, beforeAll, expect, test } from 'vitest'
import { refreshStatements } from '../../src/federation/anchor.ts'
import { referralOf } from '../../src/referrals/store.ts'
import { tendReferrals } from '../../src/referrals/tend.ts'
import { verifyAudit } from '../../src/staff/audit.ts'
import { invite } from '../../src/staff/invite.ts'
import { openBrowser } from '../support/browser.ts'
import { openFederation, type TestFederation, type TestHub } from '../support/hub.ts'
import { deliverAll, referTo, say, standOf, toldAt } from '../support/referrals.ts'
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

const pass = async (days: number) => {
  net.clock.now += days * day
  await refreshStatements(net.kiww)
  await hear(net.kiww, berlin, brandenburg)
  for (const hub of [berlin, brandenburg]) await tendReferrals(hub)
}

const recordOf = async (hub: TestHub, id: string) => (await referralOf(hub.sql, hub.iss, id))[0]

const eventsIn = async (hub: TestHub, subject: string) =>
  (await hub.sql`select event, actor from audit where subject = ${subject} order by seq`).map(
    ({ event, actor }) => `${event} ${actor}`,
  )

test('case, contact and notes are deleted 30 days after the end, the consent after three years, figures never', async () => {
  const id = await referTo(berlin, brandenburg.iss)
  await deliverAll(berlin)
  await say(brandenburg, id, { event: 'accepted' }, 'Gern.')
  await deliverAll(brandenburg)
  await say(brandenburg, id, { event: 'completed', outcome: 'advised' })
  await deliverAll(brandenburg)

  await pass(29)
  const before = [(await toldAt(berlin, id)).length, (await toldAt(brandenburg, id)).length]
  await pass(2)
  const after = [await toldAt(berlin, id), await toldAt(brandenburg, id)]
  const kept = await recordOf(berlin, id)
  await pass(3 * 366)
  const later = await recordOf(berlin, id)

  expect(before).toEqual([2, 2])
  expect(after).toEqual([[], []])
  expect(kept?.consent).not.toBeNull()
  expect(later).toMatchObject({
    consent: null,
    outcome: 'advised',
    land: 'DE-BB',
    state: 'completed',
  })
  expect(await eventsIn(berlin, id)).toEqual([
    'referral.sent a-person',
    `referral.accepted ${brandenburg.iss}`,
    `referral.completed ${brandenburg.iss}`,
    'referral.tidied node',
  ])
  expect(await verifyAudit(berlin, 'berlin')).toMatchObject({ ok: true })
})

test('what was declined or has expired is deleted after 14 days, and a draft that nobody goes on with', async () => {
  const declined = await referTo(berlin, brandenburg.iss)
  const expired = await referTo(berlin, brandenburg.iss)
  await deliverAll(berlin)
  await say(brandenburg, declined, { event: 'declined', reason: 'no-capacity' })
  await deliverAll(brandenburg)
  await berlin.sql`
    insert into referrals (centre, id, side, state, draft, made_at, changed_at)
    values (${berlin.iss}, gen_random_uuid(), 'sender', 'draft', 'x', ${new Date(net.clock.now)}, ${new Date(net.clock.now)})
  `

  await pass(15)
  const gone = await toldAt(brandenburg, declined)
  await deliverAll(berlin, brandenburg)
  const state = (await recordOf(berlin, expired))?.state
  await pass(15)

  expect(gone).toEqual([])
  expect(state).toBe('expired')
  expect([await toldAt(berlin, expired), await toldAt(brandenburg, expired)]).toEqual([[], []])
  expect(await berlin.sql`select from referrals where state = 'draft'`).toHaveLength(0)
})

test('whose node does not answer is told of after two working days, once, and what expires as well', async () => {
  const adviser = openBrowser(berlin)
  await adviser.join(await invite(berlin, { centre: 'berlin', roles: ['adviser'], by: 'operator' }))
  const id = await referTo(berlin, brandenburg.iss)
  const subjects = async () =>
    (await berlin.sql`select subject from messages order by made_at`).map(({ subject }) => subject)

  await pass(1)
  const soon = await subjects()
  await pass(6)
  await pass(1)
  const late = await subjects()
  await pass(8)

  expect(soon).toEqual([])
  expect(late).toEqual(['Ein Verweis ist noch nicht zugestellt'])
  expect(await subjects()).toEqual([...late, 'Ihr Verweis ist verfallen'])
  expect((await standOf(berlin, id)).state).toBe('expired')
})

test('a recipient that has accepted is asked after 90 days what became of it', async () => {
  const adviser = openBrowser(brandenburg)
  const roles = { centre: 'brandenburg', roles: ['adviser' as const], by: 'operator' }
  await adviser.join(await invite(brandenburg, roles))
  const id = await referTo(berlin, brandenburg.iss)
  await deliverAll(berlin)
  await say(brandenburg, id, { event: 'accepted' })
  await deliverAll(brandenburg)

  await pass(92)
  await adviser.signIn()
  const { html } = await adviser.get('/arbeit/nachrichten')
  const list = (await adviser.get('/verweise')).html

  expect(html).toContain('Was ist aus einem Verweis geworden?')
  expect(list).toContain('überfällig seit')
  expect((await recordOf(berlin, id))?.state).toBe('accepted')

  // Nobody ever says: a year after it was sent nothing is left to read, and what is told then goes, too.
  await pass(280)
  expect([await toldAt(berlin, id), await toldAt(brandenburg, id)]).toEqual([[], []])
  await say(brandenburg, id, { event: 'completed', outcome: 'advised' }, 'Doch noch.')
  await deliverAll(brandenburg)
  expect((await recordOf(berlin, id))?.state).toBe('completed')
  await pass(1)
  expect([await toldAt(berlin, id), await toldAt(brandenburg, id)]).toEqual([[], []])
})
