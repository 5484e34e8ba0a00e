import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { publish } from '../../src/publications/publish.ts'
import { invite } from '../../src/staff/invite.ts'
import { type Browser, openBrowser } from '../support/browser.ts'
import { pdf } from '../support/files.ts'
import { openFederation, settle, type TestFederation } from '../support/hub.ts'

let net: TestFederation
/** Page of a record that Berlin shares with the centres alone. */
let page: string
const title = 'Quittenbrot unter Kolleginnen'

beforeAll(async () => {
  net = await openFederation()
  const path = new URL('../../fixtures/records/berlin-hotel-dienstplan.json', import.meta.url)
  const input = { ...JSON.parse(await readFile(path, 'utf8')), title, visibility: 'members' }
  const answer = await publish(net.berlin, { iss: net.berlin.iss, input })
  if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
  page = `/fallbeispiele/berlin/${answer.published.rid}`
  await settle(net)
})
afterAll(() => net.close())

const adviser = async () => {
  const browser = openBrowser(net.brandenburg)
  const link = { centre: 'brandenburg', roles: ['adviser' as const], by: 'operator' }
  await browser.join(await invite(net.brandenburg, link))
  return browser
}

const listed = ['/', '/fallbeispiele', '/fallbeispiele?centre=berlin', '/suche?q=Quittenbrot']

const seenBy = async (browser: Browser) => {
  const lists = await Promise.all(listed.map((path) => browser.get(path)))
  return lists.map(({ html }) => html.includes(title))
}

test('who works for a centre sees what the centres share among themselves, marked as such', async () => {
  const browser = await adviser()

  const record = await browser.get(page)

  expect(await seenBy(browser)).toEqual([true, true, true, true])
  expect((await browser.get('/fallbeispiele')).html).toContain('nur für Zentren')
  expect(record.status).toBe(200)
  expect(record.html).toContain('nur für Zentren')
  expect(record.html).toContain('noindex')
  expect(record.html).not.toContain('application/json')
})

test('its files are theirs too, and nobody else may have them', async () => {
  const attachments = [{ file: 'a.pdf', alt: 'Beispiel' }]
  const path = new URL('../../fixtures/records/berlin-hotel-dienstplan.json', import.meta.url)
  const input = { ...JSON.parse(await readFile(path, 'utf8')), attachments, visibility: 'members' }
  const said = await publish(net.berlin, { iss: net.berlin.iss, input, fileOf: async () => pdf })
  await settle(net)
  const browser = await adviser()
  const { html } = await browser.get(
    `/fallbeispiele/berlin/${said.ok ? said.published.rid : 'nothing'}`,
  )
  const link = html.match(/href="(\/anlagen\/[^"]+)"/)?.[1] ?? ''

  const answer = await browser.get(link)
  const stranger = await openBrowser(net.brandenburg).get(link)

  expect(answer).toMatchObject({ status: 200, html: pdf.toString() })
  expect(stranger.status).toBe(404)
})

test('nobody else sees it: no stranger, no program, nobody whose session ended or who has no role left', async () => {
  const left = await adviser()
  await left.post('/abmelden')
  const idle = await adviser()
  await net.brandenburg.sql`delete from grants`

  for (const browser of [openBrowser(net.brandenburg), left, idle]) {
    expect(await seenBy(browser)).toEqual([false, false, false, false])
    expect((await browser.get(page)).status).toBe(404)
  }
  expect((await idle.get('/arbeit')).status).toBe(200)
  const cookie = [...idle.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const asked = await app.request(
    page.replace('/fallbeispiele', '/api/records'),
    { headers: { cookie } },
    net.brandenburg,
  )
  expect(asked.status).toBe(404)
})
