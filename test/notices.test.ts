import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { app } from '../src/app.tsx'
import type { Hub } from '../src/hub.ts'
import { securityTxt } from '../src/notices/security-txt.ts'
import { readNoticeTexts } from '../src/notices/texts.ts'
import type { NoticeTexts, Operator } from '../src/operator.ts'
import { openTestHub, type TestHub } from './support/hub.ts'
import { dangersOf, headingsOf, leapsOf } from './support/page.ts'

let base: TestHub
beforeAll(async () => {
  base = await openTestHub('berlin')
})
afterAll(() => base.close())

const paths = [
  '/impressum',
  '/datenschutz',
  '/barrierefreiheit',
  '/leichte-sprache',
  '/gebaerdensprache',
]

const page = async (path: string, operator: Operator = {}, texts: NoticeTexts = {}) => {
  const hub: Hub = { ...base, config: { ...base.config, operator, texts } }
  const answer = await app.request(path, { headers: { accept: 'text/html' } }, hub)
  return { status: answer.status, html: await answer.text() }
}

const known: Operator = {
  name: 'Zukunftszentrum Berlin e. V.',
  address: ['Hofweg 1', '10115 Berlin'],
  representedBy: 'Dr. Ada Vorstand',
  phone: '030 123',
  email: 'post@zentrum.example',
  responsible: 'Jens Kuhl',
  register: ['VR 1234 B, Amtsgericht Charlottenburg'],
  dataProtectionOfficer: ['datenschutz@zentrum.example'],
  supervisoryAuthority: ['Berliner Beauftragte für Datenschutz'],
  accessibilityCheckedOn: '2026-03-03',
  enforcementBody: ['Landesbeauftragte für digitale Barrierefreiheit'],
  signLanguageVideo: 'https://video.example/dgs',
  security: 'mailto:security@zentrum.example',
}

test.each(paths)(
  '%s is there without being asked for, and says what only the operator can fill in',
  async (path) => {
    const { status, html } = await page(path)

    expect(status).toBe(200)
    expect(html).toContain('Diese Seite ist noch nicht vollständig')
    expect(leapsOf(headingsOf(html))).toEqual([])
  },
)

test.each(paths)('%s is complete where everything is known of the operator', async (path) => {
  const { html } = await page(path, known)

  expect(html).not.toContain('noch nicht vollständig')
  expect(html).not.toContain('ergänzen')
})

test('the imprint names who runs the node and how to reach it', async () => {
  const { html } = await page('/impressum', known)

  for (const fact of [
    'Zukunftszentrum Berlin e. V.',
    '10115 Berlin',
    'Dr. Ada Vorstand',
    'VR 1234 B',
  ]) {
    expect(html).toContain(fact)
  }
  expect(html).toContain('href="mailto:post@zentrum.example"')
})

test('every page leads to them, and to the way in for staff', async () => {
  const { html } = await page('/fallbeispiele')

  for (const path of [...paths, '/anmelden']) expect(html).toContain(`<a href="${path}"`)
})

test('what the operator says is text', async () => {
  const { html } = await page('/impressum', { ...known, name: '<script>x</script>' })

  expect(dangersOf(html)).toEqual([])
})

test('a text of the operator’s own stands in place of ours, as safe Markdown', async () => {
  const own = '## Anbieter\n\nVerein **Zukunft** <script>x</script>'

  const { html } = await page('/impressum', {}, { impressum: own })

  expect(html).toContain('<h2>Anbieter</h2>')
  expect(html).toContain('<strong>Zukunft</strong>')
  expect(html).not.toContain('noch nicht vollständig')
  expect(dangersOf(html)).toEqual([])
})

test('the texts lie in a folder, each under the name of its page', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'tn-texts-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  await writeFile(join(directory, 'datenschutz.md'), '# Unser Text')
  await writeFile(join(directory, 'anderes.md'), 'nichts')

  expect(await readNoticeTexts(directory)).toEqual({ datenschutz: '# Unser Text' })
  expect(await readNoticeTexts(undefined)).toEqual({})
})

test('security.txt is what RFC 9116 asks for, and says where a contact is still missing', async () => {
  const { config } = base
  const now = Date.parse('2026-03-15T12:00:00Z')

  const full = securityTxt({ ...config, operator: known }, now)
  const mail = securityTxt({ ...config, operator: { email: 'post@zentrum.example' } }, now)
  const none = securityTxt(config, now)
  const served = await app.request('/.well-known/security.txt', {}, base)

  expect(full).toBe(
    [
      'Contact: mailto:security@zentrum.example',
      'Expires: 2026-10-01T00:00:00Z',
      'Preferred-Languages: de, en',
      'Canonical: https://berlin.example/.well-known/security.txt',
      '',
    ].join('\n'),
  )
  expect(mail).toContain('Contact: mailto:post@zentrum.example\n')
  expect(none).toMatch(/^# Der Betreiber muss .*\nContact: https:\/\/berlin\.example\/impressum\n/)
  expect(served.headers.get('content-type')).toMatch(/^text\/plain; ?charset=utf-8/i)
})
