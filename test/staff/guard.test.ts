import { afterAll, beforeAll, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { listPathOf } from '../../src/publications/kind.ts'
import { kinds } from '../../src/publications/kinds.ts'
import { invite } from '../../src/staff/invite.ts'
import { type Role, roleIds } from '../../src/staff/roles.ts'
import { openBrowser } from '../support/browser.ts'
import { openTestHub, type TestHub } from '../support/hub.ts'

let hub: TestHub
beforeAll(async () => {
  hub = await openTestHub('berlin')
})
afterAll(() => hub.close())

/** Whatever is not for staff. A route that is on neither list fails the first test below. */
const open = [
  '/',
  '/healthz',
  '/readyz',
  '/openapi.json',
  '/anmelden',
  '/anmelden/zentral',
  '/anmelden/zentral/antwort',
  '/abmelden',
  '/einladung/:token',
  '/knoten',
  '/anlagen/:slug/:rid/:dig',
  '/suche',
  '/zustaendig',
  '/suche.json',
  '/suche.csv',
  '/suche.atom',
  '/suche/titel.json',
  '/suche/betrieb',
  '/impressum',
  '/datenschutz',
  '/barrierefreiheit',
  '/leichte-sprache',
  '/gebaerdensprache',
  '/.well-known/security.txt',
  '/angebote',
  '/regal',
  '/zahlen',
  '/zahlen.csv',
  '/zahlen.xlsx',
  '/zahlen/bericht',
  '/zahlen/bericht.csv',
  '/zahlen/bericht.xlsx',
  '/wissen',
  '/kompass',
  '/kompass/bestaetigt',
  '/kompass/bestaetigen/:link',
  '/veranstaltungen.ics',
  '/veranstaltungen/:slug/:rid/kalender.ics',
  ...kinds.flatMap((kind) => [listPathOf(kind), `/${kind.path}/:slug/:rid`]),
]
const openBelow = /^\/(api|exchange\/v1|trust-anchor|centres)\//

/** Who may enter what: every route below these paths, and no others. The first that fits counts. */
const doors: [RegExp, Role[]][] = [
  [/^\/entwuerfe\/:id\/(freigeben|aenderungen|anmerkungen)$/, ['reviewer']],
  [/^\/entwuerfe\/(neu|einlesen|:id)$/, ['editor']],
  [/^\/entwuerfe\/:id\/(versionen|abgeben|zurueckholen|verwerfen)$/, ['editor']],
  [/^\/entwuerfe\/:id\/anlagen(\/:file\/.*)?$/, ['editor']],
  [/^\/entwuerfe\/beitraege\/:rid\/zuruecknehmen$/, ['editor']],
  [/^\/entwuerfe(\/|$)/, ['editor', 'reviewer']],
  [/^\/arbeit(\/|$)/, roleIds],
  [/^\/verwaltung(\/|$)/, ['administrator']],
  [/^\/audit(\/|$)/, ['auditor']],
  [/^\/verweise(\/|$)/, ['adviser']],
  [/^\/runden\/mitzeichnen(\/|$)/, ['moderator', 'reviewer']],
  [/^\/runden(\/|$)/, ['moderator']],
  // Where there is no nationwide shelf, nobody looks after it.
  [/^\/suche\/gespeichert(\/|$)/, roleIds.filter((role) => role !== 'curator')],
  [/^\/eingang$/, roleIds],
  [/^\/zahlen\/rundbrief$/, ['editor']],
  [/^\/synthesen\/zusammenstellen$/, ['editor']],
  // The umbrella's alone: see insight/shelf.test.ts.
  [/^\/regal\/(pruefen|:slug)/, []],
  [/^\/angebote\/pruefen(\/|$)/, ['editor']],
  [/^\/fachfragen\/:slug\/:rid\/antworten(\/|$)/, roleIds.filter((role) => role !== 'curator')],
]

const routes = [...new Set(app.routes.map(({ method, path }) => `${method} ${path}`))]
  .filter((route) => !route.startsWith('ALL '))
  .map((route) => route.split(' ') as [string, string])

const isOpen = (path: string) => open.includes(path) || openBelow.test(`${path}/`)

test('every route is open to all or stands behind one of the doors', () => {
  const unknown = routes.filter(
    ([, path]) => isOpen(path) === doors.some(([below]) => below.test(path)),
  )

  expect(unknown).toEqual([])
})

const guarded = routes.filter(([, path]) => !isOpen(path))

/** A path that the route matches; what it names is nobody’s. */
const pathFor = (path: string) => path.replaceAll(/:\w+/g, crypto.randomUUID())

test('behind a door nobody gets anything without signing in', async () => {
  const browser = openBrowser(hub)

  for (const [method, path] of guarded) {
    const answer = await (method === 'GET'
      ? browser.get(pathFor(path))
      : browser.post(pathFor(path), { zentrum: 'berlin' }))
    const expected = method === 'GET' ? 303 : 401
    expect([method, path, answer.status]).toEqual([method, path, expected])
  }
})

test('a program is told with 401, not led to a page', async () => {
  const answer = await app.request('/arbeit', {}, hub)

  expect(answer.status).toBe(401)
  expect(await answer.json()).toMatchObject({ code: 'sign-in-needed' })
})

test.each(roleIds)('with the role %s one passes its own doors and no others', async (role) => {
  const browser = openBrowser(hub)
  await browser.join(await invite(hub, { centre: 'berlin', roles: [role], by: 'operator' }))

  for (const [method, path] of guarded) {
    const [, roles = []] = doors.find(([below]) => below.test(path)) ?? []
    // The shelf is the umbrella's; here it is worth nothing but being signed in.
    const may = path.startsWith('/arbeit') || roles.includes(role)
    const answer = await (method === 'GET'
      ? browser.get(pathFor(path))
      : browser.post(pathFor(path), { zentrum: 'berlin' }))
    expect([path, answer.status === 403]).toEqual([path, !may])
  }
})

test('the navigation shows what one may enter, and nothing to strangers', async () => {
  const admin = openBrowser(hub)
  const roles: Role[] = ['administrator']
  await admin.join(await invite(hub, { centre: 'berlin', roles, by: 'operator' }))
  const stranger = (await openBrowser(hub).get('/')).html
  const shown = (await admin.get('/')).html

  for (const path of ['/arbeit', '/verwaltung', '/audit'])
    expect(stranger).not.toContain(`"${path}"`)
  expect(shown).toContain('href="/arbeit"')
  expect(shown).toContain('href="/verwaltung"')
  expect(shown).not.toContain('href="/audit"')
  expect(stranger).toContain('href="/anmelden"')
})

test.each([
  ['another site', { origin: 'https://boese.example' }],
  ['another port', { origin: 'https://berlin.example:8443' }],
  ['a page without an origin of its own', { origin: 'null' }],
  ['a host that only the request names', { origin: 'https://x.example', host: 'x.example' }],
])('what comes from %s changes nothing', async (_, headers) => {
  const browser = openBrowser(hub)
  await browser.join(await invite(hub, { centre: 'berlin', roles: ['editor'], by: 'operator' }))

  for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'application/json', '']) {
    const answer = await browser.post('/abmelden', {}, { ...headers, 'content-type': type })
    expect(answer.status).toBe(403)
    expect(answer.html).toContain('foreign-origin')
  }
  expect((await browser.get('/arbeit')).status).toBe(200)
})

test('what names no origin comes from no browser, and is for programs alone', async () => {
  const ask = (path: string, headers = {}) =>
    app.request(
      path,
      { method: 'POST', headers: { 'content-type': 'text/plain', ...headers } },
      hub,
    )

  const page = await ask('/abmelden')
  const nudge = await ask('/exchange/v1/nudges')
  const lured = await ask('/exchange/v1/nudges', { origin: 'https://boese.example' })

  expect([page.status, nudge.status, lured.status]).toEqual([403, 415, 403])
})

test('where somebody is led, and what the cookie is called, no header decides', async () => {
  const browser = openBrowser(hub)
  const headers = {
    host: 'boese.example',
    'x-forwarded-host': 'boese.example',
    'x-forwarded-proto': 'http',
    forwarded: 'host=boese.example;proto=http',
  }

  const led = await browser.get('/arbeit', headers)
  const page = await browser.get('/anmelden', headers)
  const left = await browser.post('/abmelden', {}, headers)

  expect(led.location).toBe('/anmelden?to=%2Farbeit')
  expect(page.html).not.toContain('boese')
  expect(left.headers.getSetCookie().join()).toMatch(/^__Host-transfernetz=; .*Secure/)
})
