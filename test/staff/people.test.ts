import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Hub } from '../../src/hub.ts'
import { invite } from '../../src/staff/invite.ts'
import type { Role } from '../../src/staff/roles.ts'
import { forgetWhatIsOver } from '../../src/staff/session-store.ts'
import { type Browser, type Fields, openBrowser, passkeyFormIn } from '../support/browser.ts'
import { openTestHub, type TestHub } from '../support/hub.ts'

/** A node of two centres: what belongs to the other one must be as if it were not there. */
let base: TestHub
let hub: Hub
beforeAll(async () => {
  base = await openTestHub('berlin')
  const hessen = { slug: 'hessen', name: 'Zukunftszentrum Hessen', regions: ['DE-HE'] }
  hub = { ...base, config: { ...base.config, centres: [...base.config.centres, hessen] } }
})
afterAll(() => base.close())

interface Member extends Browser {
  person: string
}

const member = async (centre: string, roles: Role[], name = 'Jens Kuhl'): Promise<Member> => {
  const browser = openBrowser(hub)
  await browser.join(await invite(hub, { centre, roles, by: 'operator' }), name)
  const [passkey] = await hub.sql`select person from passkeys where id = ${browser.passkey.id}`
  return Object.assign(browser, { person: passkey?.person as string })
}

const administer = (who: Browser, person: string, what: string, fields: Fields = {}) =>
  who.post(`/verwaltung/personen/${person}/${what}`, { zentrum: 'berlin', ...fields })

const isIn = async (who: Browser) => (await who.get('/arbeit')).status === 200

/** One test's people are not another's. */
const noAdministrators = () => hub.sql`delete from grants where role = 'administrator'`

test('an administrator invites a colleague; the link is shown once and lets in with the roles chosen', async () => {
  const admin = await member('berlin', ['administrator'])

  const made = await admin.post('/verwaltung/einladungen', {
    zentrum: 'berlin',
    name: 'Ute Neu',
    roles: ['editor', 'reviewer'],
  })
  const link = made.html.match(/value="(https:\/\/berlin\.example\/einladung\/[^"]+)"/)?.[1] ?? ''
  const list = (await admin.get('/verwaltung')).html
  const colleague = openBrowser(hub)
  const joined = await colleague.join(link, 'Ute Neumann')

  expect(made.status).toBe(201)
  expect(list).toContain('Ute Neu')
  expect(list).not.toContain(new URL(link).pathname)
  expect(joined.status).toBe(303)
  expect((await admin.get('/verwaltung')).html).toContain('Ute Neumann')
  expect((await colleague.get('/arbeit')).html).toMatch(/Redaktion.*Prüfung/s)
  expect((await colleague.get('/verwaltung')).status).toBe(403)
})

test('an invitation that is taken back lets nobody in', async () => {
  const admin = await member('berlin', ['administrator'])
  const link = await invite(hub, { centre: 'berlin', roles: ['editor'], by: admin.person })
  const { html } = await admin.get('/verwaltung')
  const path = html.match(/\/verwaltung\/einladungen\/[0-9a-f-]+\/zuruecknehmen/)?.[0] ?? ''

  const revoked = await admin.post(path, { zentrum: 'berlin' })
  const again = await admin.post(path, { zentrum: 'berlin' })

  expect([revoked.status, again.status]).toEqual([303, 404])
  expect((await openBrowser(hub).join(link)).status).toBe(410)
})

test('an invitation without a role, or with one that the centre cannot give, is refused', async () => {
  const admin = await member('berlin', ['administrator'])
  const send = (roles: string[]) =>
    admin.post('/verwaltung/einladungen', { zentrum: 'berlin', roles })

  const none = await send([])

  expect(none.status).toBe(400)
  expect(none.html).toContain('Wählen Sie mindestens eine Rolle.')
  expect((await send(['curator'])).status).toBe(400)
  expect((await send(['king'])).status).toBe(400)
})

test('changed roles count from the next request on', async () => {
  const admin = await member('berlin', ['administrator'])
  const colleague = await member('berlin', ['administrator'])
  expect((await colleague.get('/verwaltung')).status).toBe(200)

  const changed = await administer(admin, colleague.person, 'rollen', { roles: 'editor' })

  expect(changed.location).toContain('said=changed')
  expect((await colleague.get('/verwaltung')).status).toBe(403)
  expect((await colleague.get('/arbeit')).html).toContain('Redaktion')
})

test('a closed account is out at once, on every device, and its passkey opens nothing', async () => {
  const admin = await member('berlin', ['administrator'])
  const colleague = await member('berlin', ['editor'])

  await administer(admin, colleague.person, 'schliessen')
  const out = await isIn(colleague)
  const refused = await colleague.signIn()
  await administer(admin, colleague.person, 'oeffnen')
  const back = await colleague.signIn()

  expect(out).toBe(false)
  expect(refused.status).toBe(403)
  expect(refused.html).toContain('Dieses Konto ist geschlossen')
  expect(back.status).toBe(303)
})

test('a session left over from a closed account, however that came about, opens nothing', async () => {
  const colleague = await member('berlin', ['editor'])

  await hub.sql`update people set closed_at = now() where id = ${colleague.person}`

  expect(await isIn(colleague)).toBe(false)
})

test('the last administrator cannot lock herself out, whichever way', async () => {
  await noAdministrators()
  const admin = await member('berlin', ['administrator', 'editor'])

  const robbed = await administer(admin, admin.person, 'rollen', { roles: 'editor' })
  const closed = await administer(admin, admin.person, 'schliessen')

  expect(robbed.location).toContain('said=last-administrator')
  expect(closed.location).toContain('said=last-administrator')
  expect((await admin.get('/verwaltung')).status).toBe(200)
})

test('of two administrators who lock each other out at the same moment, one stays', async () => {
  await noAdministrators()
  const two = [await member('berlin', ['administrator']), await member('berlin', ['administrator'])]
  const [one, other] = two as [Member, Member]

  await Promise.all([
    administer(one, other.person, 'schliessen'),
    administer(other, one.person, 'schliessen'),
  ])

  const left = await hub.sql`
    select p.id from grants g join people p on p.id = g.person
    where g.centre = 'berlin' and g.role = 'administrator' and p.closed_at is null
  `
  expect(left).toHaveLength(1)
})

test('an administrator who is closed does not count as one who could help', async () => {
  await noAdministrators()
  const admin = await member('berlin', ['administrator'])
  const other = await member('berlin', ['administrator'])
  await administer(admin, other.person, 'schliessen')

  const robbed = await administer(admin, admin.person, 'rollen', { roles: 'editor' })

  expect(robbed.location).toContain('said=last-administrator')
})

test('a new link renews somebody’s access: her passkeys and sessions before it are worth nothing', async () => {
  const admin = await member('berlin', ['administrator'])
  const colleague = await member('berlin', ['editor'], 'Anna Beispiel')

  const made = await administer(admin, colleague.person, 'zugang')
  const before = await isIn(colleague)
  const link = made.html.match(/value="(https:[^"]+)"/)?.[1] ?? ''
  const renewed = openBrowser(hub)
  const joined = await renewed.join(link)

  expect([before, joined.status]).toEqual([true, 303])
  expect((await renewed.get('/arbeit')).html).toContain('Anna Beispiel')
  expect(await isIn(colleague)).toBe(false)
  expect((await colleague.signIn()).status).toBe(403)
})

test('an administrator ends a session of somebody else', async () => {
  const admin = await member('berlin', ['administrator'])
  const colleague = await member('berlin', ['editor'])
  const { html } = await admin.get(`/verwaltung/personen/${colleague.person}`)
  const session = html.match(/name="session" value="([^"]+)"/)?.[1] ?? ''

  const ended = await administer(admin, colleague.person, 'sitzungen', { session })

  expect(ended.location).toContain('said=ended')
  expect(await isIn(colleague)).toBe(false)
})

test('what belongs to another centre is not there', async () => {
  const admin = await member('berlin', ['administrator'])
  const stranger = await member('hessen', ['editor'], 'Hanna Fremd')
  const [session] = await hub.sql`select id from sessions where person = ${stranger.person}`
  await invite(hub, { centre: 'hessen', roles: ['editor'], by: 'operator' })
  const [invitation] = await hub.sql`
    select id from invitations where centre = 'hessen' and used_at is null limit 1
  `

  const answers = await Promise.all([
    admin.get(`/verwaltung/personen/${stranger.person}`),
    administer(admin, stranger.person, 'rollen', { roles: 'editor' }),
    administer(admin, stranger.person, 'zugang'),
    administer(admin, stranger.person, 'schliessen'),
    administer(admin, stranger.person, 'oeffnen'),
    administer(admin, stranger.person, 'sitzungen', { session: session?.id }),
    admin.post(`/verwaltung/einladungen/${invitation?.id}/zuruecknehmen`, { zentrum: 'berlin' }),
    admin.get('/verwaltung/personen/nobody'),
  ])

  expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(404))
  expect((await admin.get('/verwaltung')).html).not.toContain('Hanna Fremd')
  expect(await isIn(stranger)).toBe(true)
})

test('a form made for one centre does nothing for another', async () => {
  const admin = await member('berlin', ['administrator'])

  const sent = await admin.post('/verwaltung/einladungen', { zentrum: 'hessen', roles: 'editor' })

  expect(sent.status).toBe(409)
})

test('who works for two centres acts for the one she has chosen', async () => {
  const admin = await member('berlin', ['administrator'])
  await hub.sql`insert into grants values (${admin.person}, 'hessen', 'editor')`

  const atBerlin = (await admin.get('/verwaltung')).status
  const changed = await admin.post('/arbeit/zentrum', { centre: 'hessen' })
  const atHessen = (await admin.get('/verwaltung')).status
  const nowhere = await admin.post('/arbeit/zentrum', { centre: 'bayern' })

  expect([atBerlin, changed.status, atHessen, nowhere.status]).toEqual([200, 303, 403, 404])
  expect((await admin.get('/arbeit')).html).toContain('Zukunftszentrum Hessen')
})

test('who works for two centres and signs in once more goes on for the one she has chosen', async () => {
  const admin = await member('berlin', ['administrator'])
  await hub.sql`insert into grants values (${admin.person}, 'hessen', 'administrator')`
  await admin.post('/arbeit/zentrum', { centre: 'hessen' })

  await admin.signIn()
  const sent = await admin.post('/verwaltung/einladungen', { zentrum: 'hessen', roles: 'editor' })

  expect(sent.status).toBe(201)
})

test('the roles of a centre that this node no longer speaks for are worth nothing', async () => {
  const stranger = await member('hessen', ['administrator'])
  const visit = openBrowser(base)
  for (const [name, value] of stranger.cookies) visit.cookies.set(name, value)

  expect((await visit.get('/verwaltung')).status).toBe(403)
  expect((await visit.get('/arbeit')).html).toContain('Keine Rolle')
})

test('one adds a second passkey and may then remove the first, but never the last', async () => {
  const person = await member('berlin', ['editor'])
  const { html } = await person.get('/arbeit/zugang')
  const second = openBrowser(hub)
  const { options, ceremony } = passkeyFormIn(html)
  const remove = (passkey: string) => person.post('/arbeit/zugang/passkeys/entfernen', { passkey })

  const only = await remove(person.passkey.id)
  const answer = second.passkey.create(options)
  const added = await person.post('/arbeit/zugang/passkeys', { ceremony, answer })
  const again = await person.post('/arbeit/zugang/passkeys', { ceremony, answer })
  const removed = await remove(person.passkey.id)
  const foreign = await remove('nobody’s')

  expect(only.location).toContain('said=last')
  expect(added.location).toContain('said=added')
  expect(again.location).toContain('said=expired')
  expect(removed.location).toContain('said=removed')
  expect(foreign.status).toBe(404)
  expect((await second.signIn()).status).toBe(303)
  expect((await person.signIn()).status).toBe(403)
})

test('who signed in a while ago shows her passkey once more before she changes her access', async () => {
  const person = await member('berlin', ['editor'])
  base.clock.now += 15 * 60_000

  const page = await person.get('/arbeit/zugang')
  const refused = await person.post('/arbeit/zugang/passkeys/entfernen', { passkey: 'x' })

  expect(page.html).toContain('/anmelden?again=1&amp;to=/arbeit/zugang')
  expect(refused.status).toBe(401)
})

test('who signed in a while ago shows that it is she before she lets anybody in, and loses nothing by it', async () => {
  const admin = await member('berlin', ['administrator'])
  const colleague = await member('berlin', ['editor'])
  const former = await member('berlin', ['editor'])
  await administer(admin, former.person, 'schliessen')
  const invited = () =>
    admin.post('/verwaltung/einladungen', { zentrum: 'berlin', name: 'Ute', roles: 'editor' })
  const acts = () =>
    Promise.all([
      invited(),
      administer(admin, colleague.person, 'rollen', { roles: 'reviewer' }),
      administer(admin, colleague.person, 'zugang'),
      administer(admin, former.person, 'oeffnen'),
    ])
  base.clock.now += 15 * 60_000

  const pages = await Promise.all([
    admin.get('/verwaltung'),
    admin.get(`/verwaltung/personen/${colleague.person}`),
    admin.get(`/verwaltung/personen/${former.person}`),
  ])
  const refused = await acts()
  await admin.signIn()
  const done = await acts()

  for (const { html } of pages) {
    expect(html).toMatch(/\/anmelden\?again=1&amp;to=\/verwaltung/)
    expect(html).not.toMatch(/action="[^"]*\/(einladungen|rollen|zugang|oeffnen)"/)
  }
  expect(refused.map(({ status }) => status)).toEqual([401, 401, 401, 401])
  expect(refused[0]?.html).toContain('href="/anmelden?again=1"')
  expect(done.map(({ status }) => status)).toEqual([201, 303, 201, 303])
})

test('whom somebody shuts out needs no fresh sign-in: that must be quick', async () => {
  const admin = await member('berlin', ['administrator'])
  const colleague = await member('berlin', ['editor'])
  await invite(hub, { centre: 'berlin', roles: ['editor'], by: admin.person })
  const [session] = await hub.sql`select id from sessions where person = ${colleague.person}`
  base.clock.now += 15 * 60_000
  const { html } = await admin.get('/verwaltung')
  const path = html.match(/\/verwaltung\/einladungen\/[0-9a-f-]+\/zuruecknehmen/)?.[0] ?? ''

  const ended = await administer(admin, colleague.person, 'sitzungen', { session: session?.id })
  const closed = await administer(admin, colleague.person, 'schliessen')
  const revoked = await admin.post(path, { zentrum: 'berlin' })

  expect([ended.location, closed.location, revoked.location]).toEqual([
    expect.stringContaining('said=ended'),
    expect.stringContaining('said=closed'),
    expect.stringContaining('said=revoked'),
  ])
})

test('one ends one’s sessions on other devices: one of them, or all others at once', async () => {
  const here = await member('berlin', ['editor'])
  const stranger = await member('berlin', ['editor'])
  const devices: Browser[] = []
  for (let n = 0; n < 3; n++) {
    const device = Object.assign(openBrowser(hub), { passkey: here.passkey })
    base.clock.now += 1_000
    await device.signIn()
    devices.push(device)
  }
  const [last] = await hub.sql`
    select id from sessions where person = ${here.person} order by made_at desc limit 1
  `
  const [theirs] = await hub.sql`select id from sessions where person = ${stranger.person}`
  const end = (session: string) => here.post('/arbeit/zugang/sitzungen/beenden', { session })
  const areIn = () => Promise.all([here, ...devices, stranger].map(isIn))
  const all = await areIn()

  const foreign = await end(theirs?.id)
  const ended = await end(last?.id)
  const but = await areIn()
  await here.post('/arbeit/zugang/sitzungen/alle-anderen-beenden')

  expect([foreign.status, ended.status]).toEqual([404, 303])
  expect(all).toEqual([true, true, true, true, true])
  expect(but).toEqual([true, true, true, false, true])
  expect(await areIn()).toEqual([true, false, false, false, true])
})

test('a year after an account was closed its name, roles and passkeys are forgotten, and its sessions long before', async () => {
  const admin = await member('berlin', ['administrator'])
  const former = await member('berlin', ['editor'], 'Vera Vergessen')
  await administer(admin, former.person, 'schliessen')
  const rows = async () => [
    (await hub.sql`select name from people where id = ${former.person}`)[0]?.name,
    (await hub.sql`select from grants where person = ${former.person}`).length,
    (await hub.sql`select from passkeys where person = ${former.person}`).length,
  ]

  base.clock.now += 364 * 24 * 3_600_000
  await forgetWhatIsOver(hub.sql, hub.now())
  const before = await rows()
  base.clock.now += 2 * 24 * 3_600_000
  await forgetWhatIsOver(hub.sql, hub.now())

  expect(before).toEqual(['Vera Vergessen', 1, 1])
  expect(await rows()).toEqual(['Gelöschtes Konto', 0, 0])
  expect(await hub.sql`select from sessions`).toEqual([])
})
