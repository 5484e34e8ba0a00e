/** A word in every field about people: it stands nowhere in clear, and nowhere at all when it is erased. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { runChores } from '../../src/chores.ts'
import { invite } from '../../src/staff/invite.ts'
import { type Browser, openBrowser } from '../support/browser.ts'
import { openFederation, type TestFederation, type TestHub } from '../support/hub.ts'
import { deliverAll } from '../support/referrals.ts'

const canary = 'Zeisigkanarienvogel'
/** As base64url has it, wherever in a group of three its letters begin. */
const encoded = ['', 'x', 'xx'].map((before) =>
  Buffer.from(before + canary)
    .toString('base64')
    .slice(before.length > 0 ? 4 : 0, 20),
)

let net: TestFederation
let said: string[]
let here: Browser
let there: Browser
let hubs: TestHub[]

beforeAll(async () => {
  net = await openFederation()
  said = []
  const note = (...what: unknown[]) => {
    said.push(
      ...what.map((each) => (each instanceof Error ? each.stack : JSON.stringify(each)) ?? ''),
    )
  }
  hubs = [net.berlin, net.brandenburg, net.kiww]
  for (const hub of hubs) hub.log = { debug: note, info: note, warn: note, error: note }
  here = await adviser(net.berlin)
  there = await adviser(net.brandenburg)
})
afterAll(() => net.close())

async function adviser(hub: TestHub) {
  const browser = openBrowser(hub)
  const [{ slug = '' } = {}] = hub.config.centres
  await browser.join(await invite(hub, { centre: slug, roles: ['adviser'], by: 'operator' }))
  return browser
}

/** Every row of every table, as a dump would write it, and what lies beside the database. */
const everything = async (hub: TestHub) => {
  const tables = await hub.sql<{ name: string }[]>`
    select quote_ident(table_name) as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE'
  `
  const rows = await Promise.all(
    tables.map(({ name }) => hub.sql.unsafe(`select t::text as row from ${name} t`)),
  )
  const files = await readdir(hub.journalDirectory, { recursive: true, withFileTypes: true })
  const beside = await Promise.all(
    files
      .filter((file) => file.isFile())
      .map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8')),
  )
  return [...rows.flat().map(({ row }) => String(row)), ...beside]
}

const isFound = (text: string) => [canary, ...encoded].some((word) => text.includes(word))

const found = async () => {
  const stored = (await Promise.all(hubs.map(everything))).flat()
  return [...stored, ...said].filter(isFound).map((text) => text.slice(0, 200))
}

const company = {
  zentrum: 'berlin',
  ...{ name: `${canary} GmbH`, plz: '14467', ort: 'Potsdam', groesse: 'micro' },
  ...{ branche: 'wz2008:C', themen: 'ai-adoption', anliegen: `${canary} will wissen` },
  ...{ person: `Frau ${canary}`, weg: 'email', adresse: `${canary}@havel.example` },
}

const refer = async () => {
  const where = (await here.post('/verweise/neu', company)).location ?? ''
  const id = where.split('/')[2] ?? ''
  await here.post(where, {
    ...{ zentrum: 'berlin', to: 'other', other: net.kiww.iss, otherwise: `${canary} möchte es` },
  })
  await here.post(where, { zentrum: 'berlin', to: net.brandenburg.iss })
  const { html } = await here.get(`/verweise/${id}/einwilligung`)
  const [, text = ''] = /name="text" value="([^"]+)"/.exec(html) ?? []
  await here.post(`/verweise/${id}/senden`, {
    ...{ text, zentrum: 'berlin', given: '2026-03-02', how: 'spoken', agreed: 'yes' },
  })
  return id
}

/** Pages that nobody needs to sign in for, or that say that something went wrong. */
const outside = async (id: string) => {
  const paths = [`/suche?q=${canary}`, '/api/records', `/verweise/${id}`, `/api/search?q=${canary}`]
  const answers = await Promise.all(
    hubs.flatMap((hub) => paths.map((path) => app.request(path, {}, hub))),
  )
  const failing = await here.post('/verweise/neu', { ...company, zentrum: 'anderswo' })
  const texts = await Promise.all(answers.map((answer) => answer.text()))
  return [...texts.map((text) => text.replaceAll(`q=${canary}`, '')), failing.html]
}

test('what is told of people is encrypted wherever it lies, and gone when it is erased', async () => {
  const id = await refer()
  await deliverAll(net.berlin, net.brandenburg)
  const note = { 'note-accepted': `Mit Frau ${canary} gesprochen` }
  await there.post(`/verweise/${id}/annehmen`, { zentrum: 'brandenburg', ...note })
  await deliverAll(net.berlin, net.brandenburg)
  for (const hub of hubs) await runChores(hub)

  expect((await there.get(`/verweise/${id}`)).html).toContain(canary)
  expect((await here.get(`/verweise/${id}`)).html).toContain(`Mit Frau ${canary} gesprochen`)
  expect(await found()).toEqual([])
  // What one searched for stands on the page; what was referred does not.
  expect((await outside(id)).filter((text) => text.includes(`${canary} GmbH`))).toEqual([])

  const revoked = { zentrum: 'berlin', reason: 'consent-revoked' }
  await here.post(`/verweise/${id}/zurueckziehen`, revoked)
  await deliverAll(net.berlin, net.brandenburg)

  for (const hub of [net.berlin, net.brandenburg]) {
    const left = await hub.sql`
      select from referral_events where sealed is not null
      union all select from referrals where draft is not null
    `
    expect(left).toHaveLength(0)
  }
  for (const page of [await here.get(`/verweise/${id}`), await there.get(`/verweise/${id}`)]) {
    expect(page.html).not.toContain(canary)
  }
  expect((await here.get(`/verweise/${id}/auskunft.json`)).html).not.toContain(canary)
})

test('a fault while something is stored says nothing of what', async () => {
  await net.brandenburg.sql`alter table referral_events rename to broken_events`
  const id = await refer()
  await deliverAll(net.berlin)
  const page = await there.get(`/verweise/${id}`)
  await net.brandenburg.sql`alter table broken_events rename to referral_events`

  expect(page.status).toBe(404)
  expect(said.join('\n')).toContain('referral_events')
  expect(said.filter(isFound)).toEqual([])
})
