import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { publish } from '../../src/publications/publish.ts'
import { invite } from '../../src/staff/invite.ts'
import type { Role } from '../../src/staff/roles.ts'
import { openBrowser } from '../support/browser.ts'
import { openFederation, type TestFederation, type TestHub } from '../support/hub.ts'
import { dangersOf } from '../support/page.ts'

let net: TestFederation
let hub: TestHub
beforeAll(async () => {
  net = await openFederation()
  hub = net.berlin
})
afterAll(() => net.close())
beforeEach(() => hub.sql`truncate attempts, barrier_reports`)

const member = async (roles: Role[], at = hub) => {
  const browser = openBrowser(at)
  const [{ slug = '' } = {}] = at.config.centres
  await browser.join(await invite(at, { centre: slug, roles, by: 'operator' }))
  return browser
}

const publishDueOn = async (at: TestHub, reviewBy: string, title: string) => {
  const path = new URL('../../fixtures/records/berlin-hotel-dienstplan.json', import.meta.url)
  const input = { ...JSON.parse(await readFile(path, 'utf8')), reviewBy, title }
  const answer = await publish(at, { iss: at.iss, input })
  if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
}

test('what waits for an editor are records of her own centre whose day of review is past', async () => {
  await publishDueOn(hub, '2026-03-01', 'Überfällig <b>')
  await publishDueOn(hub, '2026-03-02', 'Heute fällig')

  const editor = (await (await member(['editor'])).get('/arbeit')).html
  const adviser = (await (await member(['adviser'])).get('/arbeit')).html
  const elsewhere = (await (await member(['editor'], net.brandenburg)).get('/arbeit')).html

  expect(editor).toContain('„Überfällig &lt;b&gt;“ überprüfen')
  expect(editor).toContain('1. März 2026')
  expect(editor).not.toContain('Heute fällig')
  expect(adviser + elsewhere).not.toContain('Überfällig')
})

test('whoever has one passkey is asked for a second, and the administration is told of open invitations', async () => {
  await invite(hub, { centre: 'berlin', roles: ['editor'], by: 'operator' })

  const admin = (await (await member(['administrator'])).get('/arbeit')).html
  const editor = (await (await member(['reviewer'])).get('/arbeit')).html

  expect(admin).toContain('Zweiten Passkey anlegen')
  expect(admin).toMatch(/Einladung(en)? (ist|sind) offen/)
  expect(editor).not.toContain('Einladung')
})

const report = (fields: Record<string, string>, network = '192.0.2.1') =>
  openBrowser({ ...hub, network: () => network }).post('/barrierefreiheit', fields)

test('a reader reports a barrier, the administration reads it, and nothing of it is kept once it is dealt with', async () => {
  const admin = await member(['administrator'])

  const sent = await report({
    report: 'Ich komme mit der Tastatur nicht weiter.',
    page: '/suche',
    contact: 'a@b.example',
  })
  const work = (await admin.get('/arbeit')).html
  const { html } = await admin.get('/verwaltung/rueckmeldungen')
  const path = html.match(/\/verwaltung\/rueckmeldungen\/[0-9a-f-]+\/erledigt/)?.[0] ?? ''
  const done = await admin.post(path, { zentrum: 'berlin' })
  const again = await admin.post(path, { zentrum: 'berlin' })

  expect(sent.location).toBe('/barrierefreiheit?said=reported')
  expect((await openBrowser(hub).get(sent.location ?? '')).html).toContain('ist angekommen')
  expect(work).toContain('Eine Barriere wurde gemeldet')
  for (const text of ['mit der Tastatur nicht weiter', '/suche', 'a@b.example']) {
    expect(html).toContain(text)
  }
  expect([done.status, again.status]).toEqual([303, 404])
  expect(await hub.sql`select * from barrier_reports`).toEqual([])
})

test('a report without words is not taken, and what was written stays in the form', async () => {
  const { status, html } = await report({
    report: ' ',
    page: 'Seite „Suche“',
    contact: '"><script>',
  })

  expect(status).toBe(400)
  expect(html).toContain('Beschreiben Sie bitte kurz')
  expect(html).toContain('value="Seite „Suche“"')
  expect(dangersOf(html)).toEqual([])
})

test('one network can report so much in ten minutes, another still can', async () => {
  const sent = []
  for (let n = 0; n < 11; n++) sent.push((await report({ report: 'x' })).status)

  expect(sent).toEqual([...Array(10).fill(303), 429])
  expect((await report({ report: 'x' }, '2001:db8:0:1')).status).toBe(303)
})

const nasty = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '\u202egnirts desrever',
  'zero\u200bwidth\ufeff',
  'javascript:alert(1)',
  "'; drop table people; --",
  '😀'.repeat(60),
]

test.each(nasty)('whatever somebody calls herself stays text: %j', async (name) => {
  const admin = await member(['administrator', 'auditor'])
  const somebody = openBrowser(hub)
  const link = await invite(hub, { centre: 'berlin', roles: ['editor'], name, by: 'operator' })
  const invitation = await somebody.get(new URL(link).pathname)
  const joined = await somebody.join(link, name)
  await report({ report: name, page: name, contact: name })

  const pages = [
    invitation,
    await somebody.get('/arbeit'),
    await somebody.get('/arbeit/zugang'),
    await admin.get('/verwaltung'),
    await admin.get('/verwaltung/rueckmeldungen'),
    await admin.get('/audit'),
  ]

  expect(joined.status).toBe(303)
  for (const { status, html } of pages) {
    expect(status).toBe(200)
    expect(dangersOf(html).filter((tag) => !/^<script src="\/assets\//.test(tag))).toEqual([])
  }
})

test.each([
  ['U+0000', 'name=a%00b', 400],
  ['half a surrogate pair', 'name=%ED%A0%80', 400],
  ['what is no UTF-8', 'name=%ff', 400],
  ['a name of its own kind', '__proto__=x', 400],
  ['half a percent sign', 'name=%', 400],
  ['a megabyte and more', `name=${'x'.repeat(1024 * 1024)}`, 413],
])('a form that holds %s is refused as a whole', async (_, body, status) => {
  const link = await invite(hub, { centre: 'berlin', roles: ['editor'], by: 'operator' })
  const headers = { origin: hub.config.origin, 'content-type': 'application/x-www-form-urlencoded' }

  for (const path of [new URL(link).pathname, '/anmelden', '/barrierefreiheit']) {
    const answer = await app.request(path, { method: 'POST', headers, body }, hub)
    expect([path, answer.status]).toEqual([path, status])
  }
})

test('a name that is too long is not cut silently', async () => {
  const { status, html } = await openBrowser(hub).join(
    await invite(hub, { centre: 'berlin', roles: ['editor'], by: 'operator' }),
    'x'.repeat(121),
  )

  expect(status).toBe(400)
  expect(html).toContain('aria-invalid="true"')
})
