import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { connect } from '../../src/database/connect.ts'
import type { Hub } from '../../src/hub.ts'
import { invite } from '../../src/staff/invite.ts'
import { type Browser, openBrowser, passkeyFormIn } from '../support/browser.ts'
import { openTestHub, type TestHub } from '../support/hub.ts'

let hub: TestHub
beforeAll(async () => {
  hub = await openTestHub('berlin')
})
afterAll(() => hub.close())

const link = (roles: Parameters<typeof invite>[1]['roles'] = ['editor']) =>
  invite(hub, { centre: 'berlin', roles, by: 'operator' })

/** Somebody who has joined and is signed in. */
const member = async (name?: string) => {
  const browser = openBrowser(hub)
  await browser.join(await link(), name)
  return browser
}

const isIn = async (browser: Browser) => (await browser.get('/arbeit')).status === 200

test('somebody follows an invitation, has a passkey from then on, and is signed in', async () => {
  const browser = openBrowser(hub)

  const joined = await browser.join(await link(), 'Jens Kuhl')
  const work = await browser.get('/arbeit')

  expect(joined).toMatchObject({ status: 303, location: '/arbeit' })
  expect(work.status).toBe(200)
  expect(work.html).toContain('<bdi>Jens Kuhl</bdi>')
  expect(work.html).toContain('Redaktion')
})

test('the passkey is one that its device finds by itself and that asks for PIN, finger or face', async () => {
  const { html } = await openBrowser(hub).get(new URL(await link()).pathname)
  const { html: signIn } = await openBrowser(hub).get('/anmelden')

  expect(passkeyFormIn(html).options).toMatchObject({
    rp: { id: 'berlin.example' },
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  expect(passkeyFormIn(signIn).options).toMatchObject({ userVerification: 'required' })
  expect(passkeyFormIn(signIn).options.allowCredentials ?? []).toEqual([])
})

test('a link works once, also for two at the same moment', async () => {
  const shared = await link()
  const two = [openBrowser(hub), openBrowser(hub)]

  const joined = await Promise.all(two.map((browser) => browser.join(shared)))
  const late = await openBrowser(hub).get(new URL(shared).pathname)

  expect(joined.map(({ status }) => status).toSorted()).toEqual([303, 410])
  expect(late.status).toBe(410)
  expect(late.html).toContain('Diese Einladung gilt nicht mehr.')
})

test('a link that is too old, and one that never was, are over alike', async () => {
  const old = new URL(await link()).pathname
  hub.clock.now += 7 * 24 * 3_600_000 + 1

  const answers = [
    await openBrowser(hub).get(old),
    await openBrowser(hub).get(`${old.slice(0, -1)}_`),
  ]

  expect(answers.map(({ status }) => status)).toEqual([410, 410])
  expect(new Set(answers.map(({ html }) => html.replaceAll(/\/einladung\/\S+?"/g, ''))).size).toBe(
    1,
  )
})

test('without a name nobody joins, and what is missing is said at the field', async () => {
  const browser = openBrowser(hub)

  const { status, html } = await browser.join(await link(), '  ')

  expect(status).toBe(400)
  expect(html).toContain('aria-invalid="true"')
  expect(await isIn(browser)).toBe(false)
})

test('with the passkey she signs in again', async () => {
  const browser = await member('Anna Beispiel')
  await browser.post('/abmelden')
  const gone = await isIn(browser)

  const signedIn = await browser.signIn()

  expect(gone).toBe(false)
  expect(signedIn).toMatchObject({ status: 303, location: '/arbeit' })
  expect((await browser.get('/arbeit')).html).toContain('Anna Beispiel')
})

test.each([
  ['made for another origin', { origin: 'https://boese.example' }],
  ['of another site', { rpId: 'boese.example' }],
  ['shown without PIN, finger or face', { verified: false }],
  ['that names somebody else', { userHandle: 'AAAAAAAAAAAAAAAAAAAAAA' }],
])('a passkey %s is refused', async (_, oddity) => {
  const browser = await member()
  await browser.post('/abmelden')

  const refused = await browser.signIn(oddity)

  expect(refused.status).toBe(403)
  expect(refused.html).toContain('Der Passkey konnte nicht geprüft werden')
  expect(await isIn(browser)).toBe(false)
})

test.each([
  ['for another origin', { origin: 'https://boese.example' }],
  ['for another site', { rpId: 'boese.example' }],
  ['without PIN, finger or face', { verified: false }],
])('a passkey made %s lets nobody join, and the link stays good', async (_, oddity) => {
  const browser = openBrowser(hub)
  const good = await link()

  const refused = await browser.join(good, 'Maria', oddity)

  expect(refused.status).toBe(400)
  expect(await isIn(browser)).toBe(false)
  expect((await browser.join(good)).status).toBe(303)
})

test('an answer counts once: who overheard it cannot use it again', async () => {
  const browser = await member()
  await browser.post('/abmelden')
  const { options, ceremony } = passkeyFormIn((await browser.get('/anmelden')).html)
  const overheard = { to: '/arbeit', ceremony, answer: browser.passkey.get(options) }

  const first = await browser.post('/anmelden', overheard)
  const second = await openBrowser(hub).post('/anmelden', overheard)

  expect(first.status).toBe(303)
  expect(second.status).toBe(403)
  expect(second.html).toContain('Die Seite war zu lange offen')
})

test('an answer counts for ten minutes, and only to what this node asked', async () => {
  const browser = await member()
  await browser.post('/abmelden')
  const { options, ceremony } = passkeyFormIn((await browser.get('/anmelden')).html)
  const answer = browser.passkey.get(options)
  const foreign = await hub.keys.sealText('something else', '{}')

  const made = await browser.post('/anmelden', { to: '/', ceremony: 'x', answer })
  const other = await browser.post('/anmelden', { to: '/', ceremony: foreign, answer })
  hub.clock.now += 10 * 60_000
  const late = await browser.post('/anmelden', { to: '/', ceremony, answer })

  expect([made, other, late].map(({ status }) => status)).toEqual([403, 403, 403])
})

test('an answer to one invitation is none to another', async () => {
  const browser = openBrowser(hub)
  const [one, other] = [new URL(await link()).pathname, new URL(await link()).pathname]
  const { options, ceremony } = passkeyFormIn((await browser.get(one)).html)
  const answer = browser.passkey.create(options)

  const refused = await browser.post(other, { name: 'Maria', ceremony, answer })

  expect(refused.status).toBe(400)
})

test('a passkey whose counter falls is refused: somebody may have a copy of it', async () => {
  const browser = openBrowser(hub)
  browser.passkey.counter = 7
  await browser.join(await link())
  browser.passkey.counter = 8
  expect((await browser.signIn()).status).toBe(303)

  browser.passkey.counter = 8
  const refused = await browser.signIn()

  expect(refused.status).toBe(403)
  expect(refused.html).toContain('Dieser Passkey wurde zurückgewiesen')
})

test('a passkey that nobody knows here is said to be unknown', async () => {
  const refused = await openBrowser(hub).signIn()

  expect(refused.status).toBe(403)
  expect(refused.html).toContain('Dieser Passkey ist hier nicht bekannt')
})

test('without a script nothing was asked of the device, and the page says what to do', async () => {
  const browser = openBrowser(hub)
  const { html } = await browser.get('/anmelden')
  const { ceremony } = passkeyFormIn(html)

  const answer = await browser.post('/anmelden', { to: '/arbeit', ceremony, answer: '' })

  expect(html).toContain('<noscript>')
  expect(answer.status).toBe(403)
})

test.each([
  ['https://boese.example/', '/arbeit'],
  ['//boese.example', '/arbeit'],
  ['/\\boese.example', '/arbeit'],
  ['/arbeit/zugang?x=1', '/arbeit/zugang?x=1'],
])('signing in leads to %s only where that is here', async (to, expected) => {
  const browser = await member()
  const { options, ceremony } = passkeyFormIn((await browser.get('/anmelden?again=1')).html)

  const signedIn = await browser.post('/anmelden', {
    to,
    ceremony,
    answer: browser.passkey.get(options),
  })

  expect(signedIn.location).toBe(expected)
})

test('who is refused when she signs in once more is still asked for that', async () => {
  const browser = await member()
  const { html } = await browser.get('/anmelden?again=1&to=/verwaltung')
  const { ceremony } = passkeyFormIn(html)
  const again = html.includes('name="again" value="1"') ? { again: '1' } : undefined

  const refused = await browser.post('/anmelden', {
    ...{ to: '/verwaltung', ceremony, answer: '' },
    ...again,
  })

  expect(refused.status).toBe(403)
  expect(refused.html).toContain('Zur Sicherheit noch einmal anmelden')
})

test('who asks for a page for staff is led to it after signing in', async () => {
  const asked = await openBrowser(hub).get('/arbeit/zugang?said=added')

  expect(asked.status).toBe(303)
  expect(asked.location).toBe('/anmelden?to=%2Farbeit%2Fzugang%3Fsaid%3Dadded')
})

test('the cookie is bound to this node, unreadable for scripts, and not sent along from elsewhere', async () => {
  const browser = openBrowser(hub)
  const joined = await browser.join(await link())
  const [cookie = ''] = joined.headers.getSetCookie()

  expect(cookie).toMatch(/^__Host-transfernetz=[A-Za-z0-9_-]{32}; /)
  for (const part of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax', 'Max-Age=604800']) {
    expect(cookie.split('; ')).toContain(part)
  }
  expect(cookie).not.toMatch(/domain/i)
})

test('on localhost, where all ports share their cookies, its name carries the port', async () => {
  const origin = 'http://localhost:8702'
  const local: Hub = { ...hub, config: { ...hub.config, origin } }
  const browser = openBrowser(local)

  const joined = await browser.join(
    await invite(local, { centre: 'berlin', roles: ['editor'], by: 'operator' }),
  )

  const [cookie = ''] = joined.headers.getSetCookie()
  expect(cookie).toMatch(/^transfernetz-8702=/)
  expect(cookie).not.toContain('Secure')
})

test('of the token only its hash is kept, and of a browser only what one knows one’s devices by', async () => {
  const browser = openBrowser(hub)
  await browser.join(await link())
  const token = browser.cookies.get('__Host-transfernetz') ?? ''
  const rows = JSON.stringify([
    await hub.sql`select * from sessions`,
    await hub.sql`select * from invitations`,
    await hub.sql`select * from audit`,
  ])

  expect(token).toHaveLength(32)
  expect(rows).not.toContain(token)
  expect(rows).not.toContain(Buffer.from(token).toString('base64'))
})

test('what a signed-in person sees is kept by nobody on the way', async () => {
  const browser = await member()

  expect((await browser.get('/')).headers.get('cache-control')).toBe('private, no-store')
  expect((await openBrowser(hub).get('/')).headers.has('cache-control')).toBe(false)
})

test('a session ends after a day without a request, and after seven days in any case', async () => {
  const browser = await member()
  const hour = 3_600_000

  hub.clock.now += 23 * hour
  const busy = await isIn(browser)
  hub.clock.now += 23 * hour
  const still = await isIn(browser)
  hub.clock.now += 25 * hour
  const idle = await isIn(browser)
  await browser.signIn()
  const days = []
  for (let day = 0; day < 8; day++) {
    hub.clock.now += 22 * hour
    days.push(await isIn(browser))
  }

  expect([busy, still, idle]).toEqual([true, true, false])
  expect(days).toEqual([true, true, true, true, true, true, true, false])
})

test('signing in anew ends the session before', async () => {
  const browser = await member()
  const before = browser.cookies.get('__Host-transfernetz') ?? ''

  await browser.signIn()
  const old = openBrowser(hub)
  old.cookies.set('__Host-transfernetz', before)

  expect(await isIn(browser)).toBe(true)
  expect(await isIn(old)).toBe(false)
})

test('leaving counts at once for every process that works on the database', async () => {
  const browser = await member()
  const sql = connect(hub.databaseUrl)
  const elsewhere = openBrowser({ ...hub, sql })
  for (const [name, value] of browser.cookies) elsewhere.cookies.set(name, value)
  expect(await isIn(elsewhere)).toBe(true)

  await browser.post('/abmelden')

  expect(await isIn(elsewhere)).toBe(false)
  expect((await browser.get('/abmelden')).html).toContain('Sie sind abgemeldet')
  await sql.end()
})

beforeEach(() => hub.sql`truncate attempts`)

test('one passkey can be tried so often in ten minutes, from wherever', async () => {
  const browser = await member()
  const tries = []
  for (let n = 0; n < 21; n++) {
    const from = openBrowser({ ...hub, network: () => `192.0.2.${n}` })
    from.passkey = browser.passkey
    tries.push((await from.signIn({ verified: false })).status)
  }
  const { status } = await browser.signIn()
  hub.clock.now += 10 * 60_000

  expect(tries.slice(0, 20)).toEqual(Array(20).fill(403))
  expect([tries[20], status]).toEqual([429, 429])
  expect((await browser.signIn()).status).toBe(303)
})

test('one network can try so often in ten minutes, whichever passkeys it shows', async () => {
  const at = (network: string) => openBrowser({ ...hub, network: () => network })
  for (let n = 0; n < 100; n++) await at('2001:db8:1:2').signIn()

  const more = await at('2001:db8:1:2').signIn()
  const other = await at('2001:db8:1:3').signIn()

  expect([more.status, other.status]).toEqual([429, 403])
})
