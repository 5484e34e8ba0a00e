import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Hub } from '../../src/hub.ts'
import { invite } from '../../src/staff/invite.ts'
import { type Browser, openBrowser } from '../support/browser.ts'
import { openTestHub, type TestHub } from '../support/hub.ts'
import {
  type IdentityProvider,
  openIdentityProvider,
  passThrough,
} from '../support/identity-provider.ts'

let base: TestHub
let hub: Hub
let house: IdentityProvider
beforeAll(async () => {
  base = await openTestHub('berlin')
  house = await openIdentityProvider(base.config.origin)
  const { issuer } = house
  const singleSignOn = {
    issuer,
    clientId: 'transfernetz',
    clientSecret: 'geheim',
    rolesClaim: 'roles',
  }
  hub = { ...base, config: { ...base.config, singleSignOn } }
})
afterAll(async () => {
  await house.close()
  await base.close()
})
beforeEach(async () => {
  await hub.sql`truncate attempts`
})

/** Goes to the house's sign-in and comes back to the node. */
const signIn = async (browser: Browser, to = '/arbeit', more = {}) => {
  const left = await browser.get(`/anmelden/zentral?${new URLSearchParams({ to, ...more })}`)
  const back = await passThrough(left.location ?? '')
  return browser.get(back.slice(hub.config.origin.length))
}

const somebody = (roles: string[], name = 'Jens Kuhl') => {
  house.who = { sub: crypto.randomUUID(), name, roles }
}

const personOf = (sub: string) => hub.sql`select * from people where subject = ${sub}`

test('the sign-in page offers the house’s own sign-in where there is one', async () => {
  const offered = (await openBrowser(hub).get('/anmelden')).html

  expect(offered).toContain(`zentralen Anmeldung (${new URL(house.issuer).host})`)
  expect((await openBrowser(base).get('/anmelden')).html).not.toContain('zentralen Anmeldung')
  expect((await openBrowser(base).get('/anmelden/zentral')).status).toBe(404)
})

test('whom the house vouches for is in, with the name and the roles it says, and led where she wanted to go', async () => {
  somebody(['redaktion', 'einsicht', 'kantine'], 'Anna Beispiel')
  const browser = openBrowser(hub)

  const back = await signIn(browser, '/arbeit/zugang')
  const work = (await browser.get('/arbeit')).html

  expect(back).toMatchObject({ status: 303, location: '/arbeit/zugang' })
  expect(work).toContain('Anna Beispiel')
  expect(work).toMatch(/Redaktion.*Einsicht/s)
  expect(await personOf(house.who.sub)).toMatchObject([{ issuer: house.issuer }])
})

test('she is the same person next time, whatever her name is then, and her roles are those of then', async () => {
  somebody(['redaktion', 'pruefung'])
  await signIn(openBrowser(hub))
  const browser = openBrowser(hub)
  house.who = { ...house.who, name: 'Jens Kuhl-Meier', roles: ['einsicht'] }

  await signIn(browser)

  const people = await personOf(house.who.sub)
  expect(people).toMatchObject([{ name: 'Jens Kuhl-Meier' }])
  const grants = await hub.sql`select role from grants where person = ${people[0]?.id}`
  expect(grants).toEqual([{ role: 'auditor' }])
})

test('two with the same name at the same house are two', async () => {
  somebody(['redaktion'], 'Anna Schmidt')
  await signIn(openBrowser(hub))
  somebody(['redaktion'], 'Anna Schmidt')
  await signIn(openBrowser(hub))

  expect(await hub.sql`select from people where name = 'Anna Schmidt'`).toHaveLength(2)
})

test('without a role nobody gets in, and whoever loses her last one is out everywhere', async () => {
  somebody(['redaktion'])
  const device = openBrowser(hub)
  await signIn(device)
  house.who = { ...house.who, roles: ['kantine'] }

  const refused = await signIn(openBrowser(hub))

  expect(refused.status).toBe(403)
  expect(refused.html).toContain('Sie haben hier noch keine Rolle')
  expect((await device.get('/arbeit')).status).toBe(303)
  somebody([])
  await signIn(openBrowser(hub))
  expect(await personOf(house.who.sub)).toEqual([])
})

test('at a node of several centres a role names its centre', async () => {
  const hessen = { slug: 'hessen', name: 'Zukunftszentrum Hessen', regions: [] }
  const shared = { ...hub, config: { ...hub.config, centres: [...hub.config.centres, hessen] } }
  somebody(['hessen:moderation', 'berlin:beratung', 'redaktion', 'bayern:verwaltung'])

  await signIn(openBrowser(shared))

  const grants = await hub.sql`
    select centre, role from grants g join people p on p.id = g.person
    where p.subject = ${house.who.sub} order by centre
  `
  expect(grants).toEqual([
    { centre: 'berlin', role: 'adviser' },
    { centre: 'hessen', role: 'moderator' },
  ])
})

test('an account that the centre has closed stays closed, whatever the house says', async () => {
  somebody(['redaktion'])
  await signIn(openBrowser(hub))
  const [person] = await personOf(house.who.sub)
  const admin = openBrowser(hub)
  await admin.join(
    await invite(hub, { centre: 'berlin', roles: ['administrator'], by: 'operator' }),
  )
  const administer = (what: string, fields = {}) =>
    admin.post(`/verwaltung/personen/${person?.id}/${what}`, { zentrum: 'berlin', ...fields })

  const roles = await administer('rollen', { roles: 'administrator' })
  const renewed = await administer('zugang')
  await administer('schliessen')
  const refused = await signIn(openBrowser(hub))

  expect(roles.location).toContain('said=elsewhere')
  expect(renewed.status).toBe(409)
  expect(refused.status).toBe(403)
  expect(refused.html).toContain('Dieses Konto ist geschlossen')
})

test('whom the house vouches for makes no passkey, which would outlive the house’s word', async () => {
  somebody(['redaktion'])
  const browser = openBrowser(hub)
  await signIn(browser)

  const page = await browser.get('/arbeit/zugang')
  const made = await browser.post('/arbeit/zugang/passkeys', { ceremony: 'x', answer: 'x' })

  expect(page.html).not.toContain('data-passkey')
  expect(made.status).toBe(404)
})

test('whom the house lets in because it knows her still has not shown that it is she; asked once more she has', async () => {
  somebody(['verwaltung'])
  const browser = openBrowser(hub)
  const invited = () =>
    browser.post('/verwaltung/einladungen', { zentrum: 'berlin', roles: 'editor' })

  await signIn(browser)
  const known = await invited()
  const page = await browser.get('/anmelden?again=1&to=/verwaltung')
  const back = await signIn(browser, '/verwaltung', { again: '1' })
  const shown = await invited()
  later(15 * 60_000)
  const late = await invited()

  expect([known.status, shown.status, late.status]).toEqual([401, 201, 401])
  expect(page.html).toContain('/anmelden/zentral?to=%2Fverwaltung&amp;again=1')
  expect(back.location).toBe('/verwaltung')
})

test('asked once more, the house must let her sign in now, and say when she did', async () => {
  somebody(['verwaltung'])
  const browser = openBrowser(hub)
  const way = '/anmelden/zentral?to=%2Fverwaltung&again=1'
  const left = new URL((await browser.get(way)).location ?? '')
  const asked = { ...Object.fromEntries(left.searchParams) }
  for (const name of ['prompt', 'max_age']) left.searchParams.delete(name)

  const back = new URL(await passThrough(left.href))
  const answer = await browser.get(back.pathname + back.search)

  expect(asked).toMatchObject({ prompt: 'login', max_age: '900' })
  expect(answer.status).toBe(403)
  expect(answer.html).toContain(way.replace('&', '&amp;'))
})

const later = (milliseconds: number) => {
  base.clock.now += milliseconds
}

const returned = async (browser: Browser) => {
  const left = await browser.get('/anmelden/zentral')
  const back = new URL(await passThrough(left.location ?? ''))
  return { left: new URL(left.location ?? ''), back }
}

test('the request is bound by PKCE, state and nonce', async () => {
  const { searchParams } = (await returned(openBrowser(hub))).left

  expect(searchParams.get('code_challenge_method')).toBe('S256')
  for (const name of ['code_challenge', 'state', 'nonce']) {
    expect(searchParams.get(name)?.length).toBeGreaterThan(40)
  }
})

test.each([
  ['in another browser', (own: Browser) => own.cookies.clear()],
  ['too late', () => later(10 * 60_000)],
])('what comes back %s signs nobody in', async (_, meanwhile) => {
  somebody(['redaktion'])
  const browser = openBrowser(hub)
  const { back } = await returned(browser)
  meanwhile(browser)

  const answer = await browser.get(back.pathname + back.search)

  expect(answer.status).toBe(403)
  expect((await browser.get('/arbeit')).status).toBe(303)
})

test.each([
  ['another state', { state: 'x'.repeat(43) }],
  ['another code', { code: 'x'.repeat(43) }],
  ['another issuer', { iss: 'https://boese.example' }],
  ['an error', { error: 'access_denied', code: '' }],
])('what comes back with %s signs nobody in', async (_, changes) => {
  somebody(['redaktion'])
  const browser = openBrowser(hub)
  const { back } = await returned(browser)
  for (const [name, value] of Object.entries(changes)) {
    if (value === '') back.searchParams.delete(name)
    else back.searchParams.set(name, value)
  }

  const answer = await browser.get(back.pathname + back.search)

  expect(answer.status).toBe(403)
  expect(answer.html).toContain('Die zentrale Anmeldung ist nicht gelungen')
})

test('nobody can have us ask the house’s sign-in as often as she likes', async () => {
  const browser = openBrowser({ ...hub, network: () => '192.0.2.7' })
  const [since, key] = [new Date(hub.now()), 'leaving 192.0.2.7']
  await hub.sql`insert into attempts (key, since, count) values (${key}, ${since}, 99)`

  const last = await browser.get('/anmelden/zentral')
  const more = await browser.get('/anmelden/zentral')

  expect([last.status, more.status]).toEqual([303, 429])
})

test('a code counts once, and only with what this browser kept', async () => {
  somebody(['redaktion'])
  const [victim, thief] = [openBrowser(hub), openBrowser(hub)]
  const { back } = await returned(victim)
  await thief.get('/anmelden/zentral')

  const stolen = await thief.get(back.pathname + back.search)
  const kept = new Map(victim.cookies)
  const own = await victim.get(back.pathname + back.search)
  for (const [name, value] of kept) thief.cookies.set(name, value)
  const twice = await thief.get(back.pathname + back.search)

  expect([stolen.status, own.status, twice.status]).toEqual([403, 303, 403])
})

test('where the house’s sign-in does not answer, that is said', async () => {
  const { singleSignOn } = hub.config
  if (!singleSignOn) throw new Error('no single sign-on')
  const gone = { ...singleSignOn, issuer: 'http://127.0.0.1:1' }
  const browser = openBrowser({ ...hub, config: { ...hub.config, singleSignOn: gone } })

  const answer = await browser.get('/anmelden/zentral')

  expect(answer.status).toBe(503)
  expect(answer.html).toContain('Die zentrale Anmeldung antwortet zurzeit nicht.')
})
