/** A draft from its first word to the published record, and what others may do with it. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { publishDue } from '../../src/drafts/publish-draft.ts'
import { erase } from '../../src/publications/take-back.ts'
import { invite } from '../../src/staff/invite.ts'
import type { Role } from '../../src/staff/roles.ts'
import { caseFile, inputOf } from '../publications/fixtures.ts'
import { type Browser, type Fields, openBrowser } from '../support/browser.ts'
import { openFederation, settle, type TestFederation, type TestHub } from '../support/hub.ts'
import { formOf } from './support.ts'

let net: TestFederation
let hub: TestHub
/** An editor, a second one, a reviewer, somebody at another centre, and one who has other business. */
let maria: Browser
let jonas: Browser
let ines: Browser
let stranger: Browser
let adviser: Browser

const member = async (roles: Role[], name: string, at = hub) => {
  const browser = openBrowser(at)
  const [{ slug = '' } = {}] = at.config.centres
  await browser.join(await invite(at, { centre: slug, roles, by: 'operator' }), name)
  return browser
}

beforeAll(async () => {
  net = await openFederation()
  hub = net.berlin
  maria = await member(['editor'], 'Maria Öztürk')
  jonas = await member(['editor', 'reviewer'], 'Jonas Weiß')
  ines = await member(['reviewer'], 'Ines Prüfer')
  stranger = await member(['editor', 'reviewer'], 'Frieda Fremd', net.brandenburg)
  adviser = await member(['adviser'], 'Ada Rat')
})
afterAll(() => net.close())
beforeEach(() => hub.sql`truncate attempts`)

const start = async (by = maria, kind = 'case-example') => {
  const { location } = await by.post('/entwuerfe/neu', { zentrum: 'berlin', art: kind })
  return location ?? ''
}

const hidden = (html: string, name: string) =>
  html.match(new RegExp(`name="${name}" value="([^"]*)"`))?.[1] ?? ''

/** Opens a step, types into it, and saves. */
const write = async (by: Browser, path: string, step: string, fields: Fields) => {
  const { html } = await by.get(`${path}?schritt=${step}`)
  return by.post(path, {
    ...{ zentrum: 'berlin', schritt: step },
    ...{ fassung: hidden(html, 'fassung'), seite: hidden(html, 'seite') },
    ...fields,
  })
}

/** A draft that holds a whole record. */
const complete = async (title: string, by = maria) => {
  const path = await start(by)
  for (const [step, fields] of formOf('case-example', { ...inputOf(caseFile), title })) {
    await write(by, path, step, fields)
  }
  return path
}

const act = (by: Browser, path: string, name: string, fields: Fields = {}) =>
  by.post(`${path}/${name}`, { zentrum: 'berlin', ...fields })

const stateOf = async (path: string) => {
  const [row] = await hub.sql`select state, rid from drafts where id = ${path.split('/')[2] ?? ''}`
  return row as { state: string; rid: string }
}

test('two people write and review a draft, it is published, and arrives at KIWW', async () => {
  const path = await complete('Lieferscheine ohne Papier')

  const handedIn = await act(maria, path, 'abgeben')
  const approved = await act(ines, path, 'freigeben')
  const published = await act(ines, path, 'veroeffentlichen')
  await settle(net)

  expect([handedIn, approved].map(({ location }) => location)).toEqual([
    `${path}/pruefen?said=submit`,
    `${path}/pruefen?said=approve`,
  ])
  const { state, rid } = await stateOf(path)
  expect(published.location).toBe(`/entwuerfe/beitraege/${rid}?said=published`)
  expect(state).toBe('published')
  const seen = await openBrowser(net.kiww).get(`/fallbeispiele/berlin/${rid}`)
  expect(seen.html).toContain('Lieferscheine ohne Papier')
})
