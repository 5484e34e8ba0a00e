import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asHtml, asText, draftNewsletter } from '../../src/insight/newsletter.ts'
import { publish } from '../../src/publications/publish.ts'
import { withdraw } from '../../src/publications/take-back.ts'
import { invite } from '../../src/staff/invite.ts'
import type { Role } from '../../src/staff/roles.ts'
import { openBrowser } from '../support/browser.ts'
import { openFederation, type TestFederation } from '../support/hub.ts'

let net: TestFederation
let rids: string[]
beforeAll(async () => {
  net = await openFederation()
  rids = []
  const records = [
    { title: 'Dienstplan *neu* [1]', topics: ['agile-work', 'leadership'] },
    { title: 'Nur für Zentren', visibility: 'members' },
    { title: 'Führung im Wandel', topics: ['leadership'] },
    { title: 'Agil im Handwerk', topics: ['agile-work'] },
  ]
  for (const record of records) {
    net.clock.now += 60_000
    rids.push(await publishAtBerlin(record))
  }
})
afterAll(() => net.close())

const publishAtBerlin = async (change: object) => {
  const path = new URL('../../fixtures/records/berlin-hotel-dienstplan.json', import.meta.url)
  const input = { ...JSON.parse(await readFile(path, 'utf8')), summary: 'Kurz_gesagt.', ...change }
  const answer = await publish(net.berlin, { iss: net.berlin.iss, input })
  if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
  return answer.published.rid
}

const march = { von: '2026-03-01', bis: '2026-03-31' }
const at = (n: number) => `https://berlin.example/fallbeispiele/berlin/${rids[n]}`

test('a draft has what was public in a period, by topic, each record once, the latest first', async () => {
  const text = await draftNewsletter(net.berlin, march, 'Neues im März')

  expect(text).toBe(`# Neues im März

## Moderne Personalführung

### [Führung im Wandel](${at(2)})

Kurz\\_gesagt.

*Fallbeispiel, Zukunftszentrum Berlin*

## Agiles Arbeiten

### [Agil im Handwerk](${at(3)})

Kurz\\_gesagt.

*Fallbeispiel, Zukunftszentrum Berlin*

### [Dienstplan \\*neu\\* \\[1\\]](${at(0)})

Kurz\\_gesagt.

*Fallbeispiel, Zukunftszentrum Berlin*
`)
})

test.each([
  ['1. Platz für Leipzig', '1\\. Platz für Leipzig'],
  ['# kein Kapitel', '\\# kein Kapitel'],
  ['- keine Liste', '\\- keine Liste'],
  ['2024) kein Punkt', '2024\\) kein Punkt'],
  ['Was <b> heißt & _wer_', 'Was \\<b> heißt \\& \\_wer\\_'],
  ['Ganz (ohne) alles – 3.5, ja!', 'Ganz (ohne) alles – 3.5, ja!'],
])('no text becomes markup, and what is none stays as it is: %s', async (summary, written) => {
  const day = { von: '2026-05-01', bis: '2026-05-01' }
  net.clock.now = Date.parse('2026-05-01T09:00:00Z')
  const rid = await publishAtBerlin({ summary })
  const text = await draftNewsletter(net.berlin, day, 'Mai')
  await withdraw(net.berlin, { iss: net.berlin.iss, rid, reason: 'other' })

  expect(text.split('\n\n')[3]).toBe(written)
  expect(asText(text).split('\n\n')[3]).toBe(summary)
  expect(asHtml(text)).not.toMatch(/<(ol|ul|b|em|h1)>(?!Mai|Fallbeispiel)/)
})

test('a period in which nothing appeared says so', async () => {
  const text = await draftNewsletter(net.berlin, { von: '2025-01-01', bis: '2025-01-31' }, 'Neues')

  expect(text).toBe('# Neues\n\nIn diesem Zeitraum wurde nichts veröffentlicht.\n')
})

test('as a page and as plain text it says the same, and titles are no markup', async () => {
  const text = await draftNewsletter(net.berlin, march, 'Neues im März')

  const html = asHtml(text)
  expect(html).toContain('<title>Neues im März</title>')
  expect(html).toContain(`<h3><a href="${at(0)}">Dienstplan *neu* [1]</a></h3>`)
  expect(asText(text)).toContain(
    `Dienstplan *neu* [1]\n${at(0)}\n\nKurz_gesagt.\n\nFallbeispiel, Zukunftszentrum Berlin\n`,
  )
  expect(asText(text)).not.toMatch(/^#|\\/m)
})

test('whatever somebody writes into it, the page that is downloaded runs nothing', () => {
  const html = asHtml(
    '# <script>alert(1)</script>\n\n[a](javascript:alert(1)) <img src=x onerror=alert(1)>',
  )

  expect(html).not.toContain('<script')
  expect(html).not.toContain('<img')
  expect(html).not.toContain('href="javascript:')
})

const member = async (roles: Role[]) => {
  const browser = openBrowser(net.berlin)
  await browser.join(await invite(net.berlin, { centre: 'berlin', roles, by: 'operator' }))
  return browser
}

test('editors make it, change it and take it away; others do not', async () => {
  const editor = await member(['editor'])
  const page = await editor.get('/zahlen/rundbrief?von=2026-03-01&bis=2026-03-31')
  expect(page.html).toContain('# Neues aus den Zukunftszentren, 1. März 2026 bis 31. März 2026')

  const html = await editor.post('/zahlen/rundbrief', { text: '# Hallo\r\n\r\nWelt', form: 'html' })
  const text = await editor.post('/zahlen/rundbrief', { text: '# Hallo\r\n\r\nWelt', form: 'txt' })
  expect(html.html).toContain('<h1>Hallo</h1>\n<p>Welt</p>')
  expect(html.headers.get('content-disposition')).toBe('attachment; filename="rundbrief.html"')
  expect(text.html).toBe('Hallo\n\nWelt')

  expect((await editor.post('/zahlen/rundbrief', { text: 'x', form: 'exe' })).status).toBe(400)
  expect((await editor.get('/zahlen/rundbrief?von=morgen')).status).toBe(400)
  const adviser = await member(['adviser'])
  expect((await adviser.get('/zahlen/rundbrief')).status).toBe(403)
  expect((await openBrowser(net.berlin).get('/zahlen/rundbrief')).location).toMatch(/^\/anmelden/)
})
