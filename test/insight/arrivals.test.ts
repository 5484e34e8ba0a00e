import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endorse } from '../../src/publications/endorse.ts'
import { publish } from '../../src/publications/publish.ts'
import { erase } from '../../src/publications/take-back.ts'
import { invite } from '../../src/staff/invite.ts'
import { type Browser, openBrowser } from '../support/browser.ts'
import { openFederation, settle, type TestFederation, type TestHub } from '../support/hub.ts'
import { dangersOf, headingsOf, leapsOf } from '../support/page.ts'
import { openRogue } from '../support/rogue.ts'

let net: TestFederation
let editor: Browser
beforeAll(async () => {
  net = await openFederation()
  editor = openBrowser(net.kiww)
  await editor.join(
    await invite(net.kiww, { centre: 'kiww', roles: ['editor', 'curator'], by: 'operator' }),
  )
})
afterAll(() => net.close())

const publishAt = async (hub: TestHub, change: object) => {
  const path = new URL('../../fixtures/records/berlin-hotel-dienstplan.json', import.meta.url)
  const input = { ...JSON.parse(await readFile(path, 'utf8')), ...change }
  const answer = await publish(hub, { iss: hub.iss, input })
  if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
  return answer.published.rid
}

/** What the script gets that renews the list. */
const live = async (query = '') => (await editor.get(`/eingang${query}`, { 'x-part': 'live' })).html

test('the wall shows what each centre did, the latest first', async () => {
  expect(await live()).toContain('Hier ist noch nichts angekommen')
  const rid = await publishAt(net.berlin, { title: 'Aus Berlin <b>' })
  await publishAt(net.brandenburg, {
    title: 'Aus Brandenburg',
    visibility: 'members',
    topics: ['resilience'],
  })
  await settle(net)
  await endorse(net.kiww, 'endorse', { iss: net.kiww.iss, of: 'berlin', rid, role: 'shelf' })

  const { html } = await editor.get('/eingang')

  expect(html.indexOf('KIWW</bdi> hat ins bundesweite Regal gestellt')).toBeGreaterThan(0)
  expect(html.indexOf('KIWW</bdi> hat ins bundesweite Regal gestellt')).toBeLessThan(
    html.indexOf('Aus Brandenburg'),
  )
  expect(html).toContain('Aus Berlin &lt;b&gt;')
  expect(html).toContain('nur für Zentren')
  expect(leapsOf(headingsOf(html))).toEqual([])
  expect(dangersOf(html)).toEqual([])
})

test('it may be narrowed by centre, kind, topic and Land', async () => {
  expect(await live('?centre=brandenburg')).not.toContain('Aus Berlin')
  expect(await live('?topic=resilience')).toMatch(/^(?!.*Aus Berlin).*Aus Brandenburg/s)
  expect(await live('?kind=round-table')).toContain('Hier ist noch nichts angekommen')
  expect(await live('?land=DE-BY')).toContain('Hier ist noch nichts angekommen')
  expect((await editor.get('/eingang?land=Bayern')).status).toBe(400)
})

test('what was erased is told without its title', async () => {
  const rid = await publishAt(net.berlin, { title: 'Bald gelöscht' })
  await settle(net)
  expect(await live()).toContain('Bald gelöscht')

  await erase(net.berlin, { iss: net.berlin.iss, rid, reason: 'legal' })
  await settle(net)

  expect(await live()).not.toContain('Bald gelöscht')
  expect(await live()).toContain('hat gelöscht')
})

test('what is of a kind that only a newer peer knows is named so, and nothing of it is shown', async () => {
  const newer = await openRogue(net.brandenburg, [net.kiww], 'public')
  await newer.publish({ kind: 'recipe' }, { kind: 'recipe', title: 'Quittenbrot kneten' })
  net.clock.now += 6 * 60_000
  await settle(net)

  expect(await live()).toMatch(
    /^.{0,200}Zukunftszentrum Brandenburg<\/bdi> hat veröffentlicht.{0,80}einer Art, die dieser Knoten noch nicht kennt/s,
  )
  for (const path of [
    ...['/eingang', '/', '/suche?q=Quittenbrot', '/suche.atom', '/suche.csv', '/api/records'],
    ...['/zahlen', '/zahlen.csv', '/regal/pruefen', '/zahlen/rundbrief', '/erkenntnisse'],
  ]) {
    const { status, html } = await editor.get(path)
    const half = status !== 200 || /kneten|recipe/.test(html)
    expect({ path, half }).toEqual({ path, half: false })
  }
})

test('it says how up to date each centre’s feeds are here', async () => {
  const { html } = await editor.get('/eingang')

  expect(html).toContain('Stand der Beitragsfolgen')
  expect(html.split('tn-badge--success')).toHaveLength(6)
  expect(html).toContain('Alle Beitragsfolgen aktuell')
})

test('nobody sees it who is not signed in', async () => {
  expect((await openBrowser(net.kiww).get('/eingang')).location).toMatch(/^\/anmelden/)
})
