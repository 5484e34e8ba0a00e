/** Searches that staff keep: told of what comes, changes and goes in them, once each. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { narrow } from '../../src/publications/narrow.ts'
import { publish } from '../../src/publications/publish.ts'
import type { Record } from '../../src/publications/record.ts'
import { erase, withdraw } from '../../src/publications/take-back.ts'
import { followLog } from '../../src/search/follow.ts'
import { followSaved } from '../../src/search/follow-saved.ts'
import { reindex } from '../../src/search/reindex.ts'
import {
  noteSavedNews,
  type SavedStep,
  saveSearch,
  tellSavedNews,
} from '../../src/search/saved-store.ts'
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

test('nobody has seen what is to come, nor up to no time at all', async () => {
  const search = await keep('q=zeitreise')
  const seenUpTo = async (upto: string) =>
    (await maria.post(`${search}/gesehen`, { zentrum: 'berlin', upto })).status

  expect(await seenUpTo('1e300')).toBe(303)
  expect(await seenUpTo('-1')).toBe(400)
  expect(await seenUpTo('bald')).toBe(400)
})

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

let next = 1

/** What comes from a centre that joins later, a record for each title; answers their ids. */
const joins = async (...titles: string[]) => {
  const records = titles.map((title) => {
    const input = { ...inputOf(caseFile), title, visibility: 'public' }
    const { local: _, ...record } = asRecord(input) as Record & { local?: unknown }
    return { rid: numbered(next++), record: record as Record }
  })
  const iss = 'https://hamburg.example/centres/hamburg'
  await fillFeed(hub.sql, records, { iss, slug: 'hamburg', name: 'Zukunftszentrum Hamburg' })
  return records.map(({ rid }) => rid)
}

test('a centre that joins later is heard of like the others, by everybody who looks for the same', async () => {
  const search = await keep('q=seifensiederei')
  const anna = await member()
  const hers = await keep('q=seifensiederei', { by: anna })
  const [rid] = await joins('Seifensiederei im Hafen')
  await follow()

  expect(await newsOn(search)).toEqual([{ what: 'Neu', rid }])
  expect(await newsOn(hers, anna)).toEqual([{ what: 'Neu', rid }])
})

test('where enough has every word, what has most of them is no news any more, and what was found before is not gone', async () => {
  const before = await say('Zwirnerei am Fluss')
  await joins('Zwirnerei und Orgelpfeifen')
  const search = await keep('q=zwirnerei+orgelpfeifen')
  await joins(...Array.from({ length: 10 }, (_, n) => `Zwirnerei und Orgelpfeifen ${n}`))
  await follow()
  await see(search)

  await say('Zwirnerei am anderen Fluss', {}, before)
  await say('Zwirnerei im Wald')
  await follow()

  expect(await newsOn(search)).toEqual([{ what: 'Geändert', rid: before }])
})

test('when a word becomes known that was taken for an error, what was found by that is not told to be gone', async () => {
  const before = await say('Posamentenweberei bildet aus')
  const search = await keep('q=posamentenwebrei')
  const [rid] = await joins('Posamentenwebrei schreibt sich so')
  await follow()
  expect(await newsOn(search)).toEqual([{ what: 'Neu', rid }])
  await see(search)

  await say('Posamentenweberei bildet weiter aus', {}, before)
  await follow()
  expect(await newsOn(search)).toEqual([])

  await hub.sql`update saved_searches set reading = 'with other synonyms'`
  await withdraw(hub, { iss: hub.iss, rid: before, reason: 'outdated' })
  await follow()
  expect(await newsOn(search)).toEqual([])
})

test('what is understood anew meanwhile still tells of what was taken back', async () => {
  const rid = await say('Kürschnerei schließt')
  const search = await keep('q=kuerschnerei')
  await hub.sql`update saved_searches set reading = 'with other synonyms'`
  await hub.sql`delete from saved_hits`
  await hub.sql`insert into saved_hits select id, ${hub.iss}, ${rid}, 1 from saved_searches`

  await withdraw(hub, { iss: hub.iss, rid, reason: 'outdated' })
  await follow()

  expect(await newsOn(search)).toEqual([{ what: 'Nicht mehr dabei', rid }])
})

test('what is narrowed to the centres has changed; erased there, it is gone without a word of it', async () => {
  const rid = await say('Perlmuttknopfmacherei Neumann')
  const search = await keep('q=perlmuttknopfmacherei')
  await narrow(hub, { iss: hub.iss, rid })
  await follow()
  expect(await newsOn(search)).toEqual([{ what: 'Geändert', rid }])

  await erase(hub, { iss: hub.iss, rid, reason: 'legal' })
  await follow()

  expect(await newsOn(search)).toEqual([{ what: 'Nicht mehr dabei', rid }])
  expect((await maria.get(search)).html).not.toContain('Neumann')
})

test('a search for something that has no meaning any more rests, and says so', async () => {
  const rid = await say('Zeltmacherei im Sturm')
  const search = await keep('q=zeltmacherei')
  await hub.sql`update saved_searches set query = 'q=zeltmacherei&land=Atlantis'`
  await say('Zeltmacherei nach dem Sturm', {}, rid)
  await follow()

  expect(await newsOn(search)).toEqual([])
  expect((await maria.get(path)).html).toMatch(/Ruht: .* gibt es nicht mehr/)
})

test('of many news the newest are shown, of records of which nothing is known too, and all are seen at once', async () => {
  const search = await keep('q=ziseliererei')
  await hub.sql`
    insert into saved_news (search, iss, rid, what, noted_at, told_at)
    select id, ${hub.iss}, gen_random_uuid(), 'new', ${new Date(hub.now())}, ${new Date(hub.now())}
    from saved_searches, generate_series(1, 120)
  `

  const { html } = await maria.get(search)
  expect(await newsOn(search)).toHaveLength(100)
  expect(html).toMatch(/Von 120 Neuigkeiten stehen hier die neuesten 100\./)
  expect(html).toContain('Ein Beitrag von <bdi>Zukunftszentrum Berlin</bdi>')

  await see(search)
  expect((await maria.get(path)).html).not.toContain('Neuigkeiten')
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
  const weekly = await keep('q=hufschmiede&kind=case-example', { rhythm: 'weekly' })
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
  const stale: SavedStep = { after: 0, upto: 5, touched: [], searches: [], hits: [], anew: [] }
  const [again] = await noteSavedNews(hub.sql, stale, hub.now())
  await reindex(hub)
  await follow()

  expect(again?.noted).toBe(false)
  expect(await newsOn(search)).toEqual([{ what: 'Neu', rid }])
  expect(await messages()).toHaveLength(1)
})

test('whoever tells of news at the same moment as others tells them once between them', async () => {
  await keep('q=glockengiesserei', { message: 'yes' })
  await say('Glockengießerei am Markt')
  await follow()
  const said = { subject: 'Neues', text: 'Neues', path: '/suche/gespeichert/' }
  const counts: number[] = []
  for (let round = 0; round < 20; round++) {
    await hub.sql`delete from messages`
    await hub.sql`update saved_news set told_at = null`
    await Promise.all(Array.from({ length: 8 }, () => tellSavedNews(hub.sql, said, hub.now())))
    counts.push((await messages()).length)
  }

  expect(counts).toEqual(Array(20).fill(1))
})

test('a search is not kept with hits from before others have followed on, nor beyond what one may keep', async () => {
  await keep('q=drechslerei')
  await say('Drechslerei')
  await follow()
  const [owner] = await hub.sql<{ person: string }[]>`select person from saved_searches`
  const wish = { name: 'x', rhythm: 'daily', message: false, query: 'q=x', reading: '' } as const
  const search = { ...wish, id: crypto.randomUUID(), person: owner?.person ?? '' }
  const saved = async (position: number, most: number) =>
    (await saveSearch(hub.sql, search, { hits: [], position, most }, hub.now()))[0]?.saved

  expect(await saved(0, 50)).toBe('behind')
  expect(await saved(1_000_000, 1)).toBe('too-many')
  expect(await saved(1_000_000, 2)).toBe('saved')
  expect(await saved(1_000_000, 9)).toBe('known')
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
    maria.post(search, { ...wishes, name: ' ', message: 'yes' }),
    maria.post(search, { ...wishes, rhythm: 'hourly' }),
    maria.post(path, { ...wishes, query: 'land=Atlantis' }),
    maria.get(`${path}/keine-id`),
    maria.post(search, { ...wishes, zentrum: 'brandenburg' }),
  ])
  expect(refused[0]?.html).toMatch(/Geben Sie der Suche einen Namen\./)
  expect(refused[0]?.html).toMatch(/value="weekly" checked/)
  expect(refused[1]?.html).toMatch(/value="Fässer"[\s\S]*Wählen Sie, wann/)
  await maria.post(`${search}/loeschen`, { zentrum: 'berlin' })

  expect(changed.html).toMatch(/Fässer[\s\S]*Wöchentlich, auch als Nachricht/)
  expect(refused.map(({ status }) => status)).toEqual([400, 400, 400, 404, 409])
  expect((await maria.get(path)).html).toContain('Noch keine')
})

test('who keeps the same once more, or no word at all, is told, and loses nothing of what she wrote', async () => {
  await keep('q=kuperschmiede')
  const wishes = { zentrum: 'berlin', name: 'Noch einmal', rhythm: 'weekly' }

  const [again, none] = await Promise.all([
    maria.post(path, { ...wishes, query: 'q=kuperschmiede' }),
    maria.post(path, { ...wishes, query: 'q=%21%21' }),
  ])

  expect([again?.status, none?.status]).toEqual([409, 409])
  expect(again?.html).toMatch(/schon gespeichert[\s\S]*value="Noch einmal"/)
  expect(none?.html).toContain('kein Wort')
  expect(await hub.sql`select 1 from saved_searches`).toHaveLength(1)
})

test('where nothing is found, staff may keep the search until there is something', async () => {
  const query = 'q=%22Gibt+es+nicht%22'
  const staff = await maria.get(`/suche?${query}`)
  const search = await keep(query)
  const rid = await say('Gibt es nicht gibt es nicht')
  await follow()

  expect(staff.html).toContain(`${path}/neu?${query}`)
  expect(await newsOn(search)).toEqual([{ what: 'Neu', rid }])
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
  expect(staff.html).toContain(`href="${path}"`)
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
