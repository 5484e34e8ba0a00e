/** Whoever works here, with every role, walks all pages and types the same into every field of every form. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { refreshStatements } from '../../src/federation/anchor.ts'
import { federationKey } from '../../src/federation/keys.ts'
import { learnTrust } from '../../src/federation/learn.ts'
import { vouch } from '../../src/federation/vouch.ts'
import { publish } from '../../src/publications/publish.ts'
import { roleIds } from '../../src/staff/roles.ts'
import { caseFile, inputOf, tableFile } from '../publications/fixtures.ts'
import type { Browser, Fields } from '../support/browser.ts'
import { openTestHub, type TestHub } from '../support/hub.ts'
import { dangersOf } from '../support/page.ts'
import { forPeople } from '../support/routes.ts'
import { member } from '../support/staff.ts'

let hub: TestHub
let vera: Browser
/** Where she begins: the pages that nothing leads to, or only something that is not there yet. */
let beginnings: string[]

beforeAll(async () => {
  hub = await openTestHub('kiww')
  hub.mail = async () => undefined
  await refreshStatements(hub)
  const { kid: fingerprint } = await federationKey(hub, hub.iss)
  await vouch(hub, { entityId: hub.iss, fingerprint, umbrella: true })
  await learnTrust(hub)
  vera = await member(hub, [...roleIds], 'Vera Viel')
  const erna = await member(hub, ['editor'], 'Erna Eifrig')
  await say(caseFile)
  await say(tableFile, { agreements: [{ what: 'x', who: 'y', by: '2026-12-01', state: 'open' }] })
  await say('brandenburg-angebot-handwerk.json')
  const question = await say('brandenburg-frage-absatz-wetter.json')
  const begun = { zentrum: 'kiww', art: 'case-example', 'titel-case-example': 'Entwurf' }
  const own = (await vera.post('/entwuerfe/neu', begun)).location ?? ''
  const handedIn = (await erna.post('/entwuerfe/neu', begun)).location ?? ''
  await hub.sql`update drafts set state = 'in-review' where id = ${handedIn.split('/')[2] ?? ''}`
  const approved = (await erna.post('/entwuerfe/neu', begun)).location ?? ''
  await hub.sql`update drafts set state = 'approved' where id = ${approved.split('/')[2] ?? ''}`
  const round = await vera.post('/runden/neu', { zentrum: 'kiww', question: 'Warum?' })
  const path = round.location?.split('?')[0] ?? ''
  await vera.post('/suche/gespeichert/neu', { name: 'Suche', q: 'Hotel', rhythm: 'daily' })
  beginnings = [
    ...['/arbeit', '/arbeit/zugang', '/arbeit/nachrichten', '/eingang', '/entwuerfe'],
    ...['/verwaltung', '/verwaltung/rueckmeldungen', '/audit', '/audit/pruefung'],
    ...['/runden', '/runden/vereinbarungen', '/runden/mitzeichnen', path, `${path}/mitschrift`],
    ...['/verweise', '/verweise/neu', '/angebote/pruefen', '/regal/pruefen', '/barrierefreiheit'],
    ...['/suche/gespeichert', '/suche/gespeichert/neu?q=Hotel', '/zahlen/rundbrief'],
    ...[own, `${own}/pruefen`, `${handedIn}/pruefen`, `${approved}/pruefen`],
    ...['/fachfragen', `/fachfragen/kiww/${question}/antworten`],
  ]
})
afterAll(() => hub.close())
beforeEach(() => hub.sql`truncate attempts`)

const say = async (file: string, change = {}) => {
  const answer = await publish(hub, {
    iss: hub.iss,
    input: { ...inputOf(file), attachments: [], ...change },
  })
  if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
  return answer.published.rid
}

/** The same page of another thing, or with another question, is the same page. */
const patternOf = (path: string) =>
  path.replace(/\?.*/, '').replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id')

const unescaped = (text: string) =>
  text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&')

const linksIn = (html: string) =>
  [...html.matchAll(/\shref="(\/[^"#]*)/g)]
    .map(([, href = '']) => unescaped(href))
    .filter((path) => forPeople.test(patternOf(path)) && !path.includes('/vorlagen/'))

/** Where she begins, and every other page for people that she gets to from there. */
const walk = async () => {
  const pages: { path: string; status: number; html: string }[] = []
  const known = new Set(beginnings.map(patternOf))
  const next = [...beginnings]
  for (let path = next.shift(); path !== undefined; path = next.shift()) {
    const { status, html } = await vera.get(path)
    pages.push({ path, status, html })
    for (const target of linksIn(html)) {
      if (known.has(patternOf(target))) continue
      known.add(patternOf(target))
      next.push(target)
    }
  }
  return pages
}

interface Form {
  action: string
  fields: Fields
  /** The names of those in which one types. */
  typed: string[]
}

const attribute = (tag: string, name: string) =>
  unescaped(tag.match(new RegExp(`\\s${name}="([^"]*)"`))?.[1] ?? '')

/** The forms of a page in which one types something and sends it without a file, with what they hold. */
const formsIn = (html: string): Form[] =>
  [...html.matchAll(/<form(?![^>]*enctype)[^>]*method="post"[\s\S]*?<\/form>/g)].flatMap(
    ([form]) => {
      const fields: Fields = {}
      const typed: string[] = []
      for (const [tag] of form.matchAll(/<(?:input|textarea|select|button)\s[^>]*>/g)) {
        const [name, type] = [attribute(tag, 'name'), attribute(tag, 'type')]
        if (name === '' || type === 'file' || tag.startsWith('<select')) continue
        if (type === 'hidden') fields[name] = attribute(tag, 'value')
        else if (tag.startsWith('<textarea') || !['checkbox', 'radio', 'submit'].includes(type))
          typed.push(name)
        else if (!(name in fields) && name !== 'zu') fields[name] = attribute(tag, 'value')
      }
      return typed.length > 0 ? [{ action: attribute(form, 'action'), fields, typed }] : []
    },
  )

const formsOf = (pages: { html: string }[]) => {
  const forms = pages.flatMap(({ html }) => formsIn(html))
  const known = new Map(
    forms.map((form) => [
      `${patternOf(form.action)} ${form.fields.schritt} ${form.typed.length}`,
      form,
    ]),
  )
  return [...known.values()]
}

const nasty = '"><script>alert(1)</script>\u202egnirts\u200b{{7*7}}\' [x](javascript:alert(1))'

test('in every form whatever somebody types stays text, and nothing breaks', async () => {
  const forms = formsOf(await walk())

  for (const { action, fields, typed } of forms) {
    const filled = Object.fromEntries(typed.map((name) => [name, nasty]))
    const { status, html } = await vera.post(action, { ...fields, ...filled })
    expect([action, [200, 201, 303, 400, 404, 409].includes(status)]).toEqual([action, true])
    expect([action, dangersOf(html)]).toEqual([action, []])
  }

  const pages = await walk()
  expect(pages.filter(({ status }) => status >= 500)).toEqual([])
  expect(
    pages.flatMap(({ path, html }) => dangersOf(html).map((danger) => [path, danger])),
  ).toEqual([])
  expect(pages.filter(({ html }) => html.includes('gnirts')).length).toBeGreaterThan(5)
  expect(forms.length).toBeGreaterThan(13)
})

test('no form takes what is no text, or more than anybody types', async () => {
  const cookie = [...vera.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const headers = {
    ...{ origin: hub.config.origin, cookie, accept: 'text/html' },
    'content-type': 'application/x-www-form-urlencoded',
  }
  const bodies: [string, number][] = [
    ['a%00b', 400],
    ['%ED%A0%80', 400],
    ['%ff', 400],
    ['x'.repeat(1024 * 1024), 413],
  ]

  for (const { action, fields, typed } of formsOf(await walk())) {
    for (const [text, expected] of bodies) {
      const body = `${new URLSearchParams(fields as Record<string, string>)}&${encodeURIComponent(typed[0] ?? '')}=${text}`
      const answer = await app.request(action, { method: 'POST', headers, body }, hub)
      expect([action, answer.status]).toEqual([action, expected])
    }
  }
})
