/** Searches that staff keep: told of what comes, changes and goes in them, once each. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { publish } from '../../src/publications/publish.ts'
import type { Record } from '../../src/publications/record.ts'
import { erase, withdraw } from '../../src/publications/take-back.ts'
import { followLog } from '../../src/search/follow.ts'
import { followSaved } from '../../src/search/follow-saved.ts'
import { reindex } from '../../src/search/reindex.ts'
import { noteSavedNews, type SavedStep, saveSearch } from '../../src/search/saved-store.ts'
import { invite } from '../../src/staff/invite.ts'
import { closePerson } from '../../src/staff/store.ts'
import { caseFile, inputOf } from '../publications/fixtures.ts'
import { type Browser, openBrowser } from '../support/browser.ts'
import { openFederation, type TestFederation, type TestHub } from '../support/hub.ts'
import { dangersOf } from '../support/page.ts'
import { asRecord, fillFeed, numbered } from './relevance/fill.ts'

const path = '/suche/gespeichert'
const hour = 3_600_000

let net: TestFederation
let hub: TestHub
let maria: Browser

beforeAll(async () => {
  net = await openFederation()
  hub = net.berlin
})
afterAll(() => net.close())
beforeEach(async () => {
  await hub.sql`truncate saved_searches cascade`
  await hub.sql`truncate attempts, messages`
  maria = await member()
})

const member = async () => {
  const browser = openBrowser(hub)
  await browser.join(await invite(hub, { centre: 'berlin', roles: ['adviser'], by: 'operator' }))
  return browser
}

const say = async (title: string, members: object = {}, rid?: string) => {
  const input = { ...inputOf(caseFile), title, visibility: 'public', ...members }
  const answer = await publish(hub, { iss: hub.iss, input, rid })
  if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
  return answer.published.rid
}

/** What the chores do when something was stored. */
const follow = async () => {
  await followLog(hub)
  await followSaved(hub)
}

const keep = async (
  query: string,
  {
    by = maria,
    rhythm = 'at-once',
    ...more
  }: { by?: Browser; rhythm?: string; message?: 'yes' } = {},
) => {
  await follow()
  const page = await by.post(path, {
    zentrum: 'berlin',
    query,
    name: 'Meine <Suche>',
    rhythm,
    ...more,
  })
  expect(page.location).toBe(`${path}?said=saved`)
  const rows = await hub.sql<{ id: string }[]>`select id from saved_searches`
  const id = rows.map((row) => row.id).find((one) => !kept.has(one)) ?? ''
  kept.add(id)
  return `${path}/${id}`
}

/** Ids of all that was kept. */
const kept = new Set<string>()

/** Kinds of news and where they lead, as the page shows them. */
const newsOn = async (page: string, by = maria) => {
  const { html } = await by.get(page)
  return html
    .split('tn-badge">')
    .slice(1)
    .map((item) => ({
      what: item.slice(0, item.indexOf('<')),
      rid: item.match(/href="[^"]*\/([0-9a-f-]{36})"/)?.[1],
    }))
}

const see = (page: string) =>
  maria.post(`${page}/gesehen`, { zentrum: 'berlin', upto: String(hub.now()) })

const messages = () => hub.sql<{ text: string; path: string }[]>`select text, path from messages`

test('what comes, changes and goes is news, once, and what was seen is gone', async () => {
  await say('Korbmacherei plant ihre Touren')
  const search = await keep('q=korbmacherei')
  const rid = await say('Korbmacherei findet Auszubildende')
  await say('Reederei findet Auszubildende')
  await follow()

  expect(await newsOn(search)).toEqual([{ what: 'Neu', rid }])
  expect((await maria.get('/arbeit')).html).toContain('Neues zu „Meine &lt;Suche&gt;“')
  await see(search)
  await follow()
  expect(await newsOn(search)).toEqual([])

  await say('Korbmacherei findet und hält Auszubildende', {}, rid)
  await follow()
  expect(await newsOn(search)).toEqual([{ what: 'Geändert', rid }])
  await see(search)

  await withdraw(hub, { iss: hub.iss, rid, reason: 'outdated' })
  await follow()
  expect(await newsOn(search)).toEqual([{ what: 'Nicht mehr dabei', rid }])
})

test('what no longer fits is news, and of what was erased only that it is gone', async () => {
  const [one, other] = [await say('Kesselflickerei Alt'), await say('Kesselflickerei Neumann')]
  const search = await keep('q=kesselflickerei')
  await say('Blechnerei Alt', {}, one)
  await erase(hub, { iss: hub.iss, rid: other, reason: 'legal' })
  await follow()

  const { html } = await maria.get(search)

  expect((await newsOn(search)).map(({ what }) => what)).toEqual(Array(2).fill('Nicht mehr dabei'))
  expect(html).not.toContain('Neumann')
})

test('a centre that joins later is heard of like the others', async () => {
  const search = await keep('q=seifensiederei')
  const iss = 'https://hamburg.example/centres/hamburg'
  const { local: _, ...record } = asRecord({
    ...inputOf(caseFile),
    title: 'Seifensiederei im Hafen',
    visibility: 'public',
  }) as Record & { local?: unknown }
  const filled = { rid: numbered(7), record: record as Record }
  await fillFeed(hub.sql, [filled], { iss, slug: 'hamburg', name: 'Zukunftszentrum Hamburg' })
  await follow()

  expect(await newsOn(search)).toEqual([{ what: 'Neu', rid: numbered(7) }])
})

test('filters, several words and an empty question are followed as the list of hits has them', async () => {
  const searches = [
    await keep('q=&technology=Webstuhl'),
    await keep('q=weberei+nachfolge'),
    await keep('q=weberei+-nachfolge'),
  ]
  const [both, one] = [
    await say('Weberei regelt die Nachfolge', { technologies: ['Webstuhl'] }),
    await say('Weberei wird größer'),
  ]
  await follow()

  const found = await Promise.all(searches.map((search) => newsOn(search)))

  expect(found.map((news) => news.map(({ rid }) => rid).sort())).toEqual([
    [both],
    [both, one].sort(),
    [one],
  ])
})

test('what came and went before anybody was told is no news', async () => {
  const search = await keep('q=glockengiesserei', { rhythm: 'weekly' })
  const rid = await say('Glockengießerei in Not')
  await follow()
  await withdraw(hub, { iss: hub.iss, rid, reason: 'incorrect' })
  await follow()
  net.clock.now += 8 * 24 * hour
  await follow()
  await maria.signIn()

  expect(await newsOn(search)).toEqual([])
})

test('daily means from six in the morning, weekly on Mondays; a message is made where one is wanted', async () => {
  // A Tuesday, ten in the morning in Berlin.
  net.clock.now = Date.parse('2026-04-07T08:00:00Z')
  await maria.signIn()
  const daily = await keep('q=hufschmiede', { rhythm: 'daily', message: 'yes' })
  const weekly = await keep('q=hufschmiede', { rhythm: 'weekly' })
  await say('Hufschmiede zeigt, wie es geht')
  const toldAt = async (time: string) => {
    net.clock.now = Date.parse(time)
    await follow()
    await maria.signIn()
    return [(await newsOn(daily)).length, (await newsOn(weekly)).length, (await messages()).length]
  }

  expect(await toldAt('2026-04-08T03:59:00Z')).toEqual([0, 0, 0])
  expect(await toldAt('2026-04-08T04:01:00Z')).toEqual([1, 0, 1])
  expect(await toldAt('2026-04-13T03:59:00Z')).toEqual([1, 0, 1])
  expect(await toldAt('2026-04-13T04:01:00Z')).toEqual([1, 1, 1])
  const [message] = await messages()
  expect(message?.path).toBe(daily)
  expect(message?.text).not.toMatch(/hufschmiede/i)
})

test('two followers at once, and one that was killed before it noted anything, neither miss nor repeat', async () => {
  const search = await keep('q=zinngiesserei', { message: 'yes' })
  const rid = await say('Zinngießerei am Markt')
  await followLog(hub)

  await Promise.all([followSaved(hub), followSaved(hub), followSaved(hub)])
  const stale: SavedStep = { after: 0, upto: 5, touched: [], searches: [], hits: [] }
  const [again] = await noteSavedNews(hub.sql, stale, hub.now())
  await reindex(hub)
  await follow()

  expect(again?.noted).toBe(false)
  expect(await newsOn(search)).toEqual([{ what: 'Neu', rid }])
  expect(await messages()).toHaveLength(1)
})

test('a search is not kept with hits from before others have followed on, nor beyond what one may keep', async () => {
  await keep('q=drechslerei')
  await say('Drechslerei')
  await follow()
  const [owner] = await hub.sql<{ person: string }[]>`select person from saved_searches`
  const wish = { name: 'x', rhythm: 'daily', message: false, query: 'q=x' } as const
  const search = { ...wish, id: crypto.randomUUID(), person: owner?.person ?? '' }
  const saved = async (position: number, most: number) =>
    (await saveSearch(hub.sql, search, { hits: [], position, most }, hub.now()))[0]?.saved

  expect(await saved(0, 50)).toBe(false)
  expect(await saved(1_000_000, 1)).toBe(null)
  expect(await saved(1_000_000, 2)).toBe(true)
})

test('only who works for a centre keeps searches, and nobody sees or changes those of others', async () => {
  const search = await keep('q=sattlerei')
  const [stranger, anna] = [openBrowser(hub), await member()]
  const wishes = { zentrum: 'berlin', name: 'Fremd', rhythm: 'daily' }

  expect((await stranger.get(path)).location).toContain('/anmelden')
  expect((await stranger.post(path, { ...wishes, query: 'q=x' })).status).toBe(401)
  expect((await anna.get(search)).status).toBe(404)
  expect((await anna.get(`${search}/aendern`)).status).toBe(404)
  expect((await anna.post(search, wishes)).status).toBe(404)
  expect((await anna.post(`${search}/loeschen`, { zentrum: 'berlin' })).status).toBe(404)
  expect((await anna.get(path)).html).toContain('Noch keine')
  expect((await maria.get(path)).html).toContain('Meine &lt;Suche&gt;')
})

test('a search is changed and deleted, and what makes no sense is refused', async () => {
  const search = await keep('q=b%C3%B6ttcherei&land=DE-BE')
  const wishes = { zentrum: 'berlin', name: 'Fässer', rhythm: 'weekly' }

  await maria.post(search, { ...wishes, message: 'yes' })
  const changed = await maria.get(path)
  const refused = await Promise.all([
    maria.post(search, { ...wishes, name: ' ' }),
    maria.post(search, { ...wishes, rhythm: 'hourly' }),
    maria.post(path, { ...wishes, query: 'land=Atlantis' }),
    maria.get(`${path}/keine-id`),
    maria.post(search, { ...wishes, zentrum: 'brandenburg' }),
  ])
  await maria.post(`${search}/loeschen`, { zentrum: 'berlin' })

  expect(changed.html).toMatch(/Fässer[\s\S]*Wöchentlich, auch als Nachricht/)
  expect(refused.map(({ status }) => status)).toEqual([400, 400, 400, 404, 409])
  expect((await maria.get(path)).html).toContain('Noch keine')
})

test('under the hits staff are offered to keep the search, and the form is named after it', async () => {
  await say('Büchsenmacherei mit Zukunft')
  await followLog(hub)
  const query = 'q=B%C3%BCchsenmacherei&land=DE-BE'

  const [staff, anybody] = [
    await maria.get(`/suche?${query}`),
    await openBrowser(hub).get(`/suche?${query}`),
  ]
  const form = await maria.get(`${path}/neu?${query}`)

  expect(staff.html).toContain(`${path}/neu?${query.replace('&', '&amp;')}`)
  expect(anybody.html).not.toContain(path)
  expect(form.html).toContain('value="„Büchsenmacherei“, Berlin"')
  expect(dangersOf(form.html)).toEqual([])
})

test('with an account its searches end', async () => {
  await keep('q=wagnerei')
  const [owner] = await hub.sql<{ person: string }[]>`select person from saved_searches`
  const person = owner?.person ?? ''

  await closePerson(hub.sql, { person, centre: 'berlin', by: 'operator', now: hub.now() })

  expect(await hub.sql`select 1 from saved_searches`).toHaveLength(0)
})
