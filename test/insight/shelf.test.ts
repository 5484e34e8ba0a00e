import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Written } from '../../src/drafts/draft.ts'
import { submissionOf } from '../../src/drafts/submission.ts'
import type { Kind } from '../../src/publications/kind.ts'
import { question } from '../../src/publications/kinds/question.ts'
import { publish } from '../../src/publications/publish.ts'
import { withdraw } from '../../src/publications/take-back.ts'
import { invite } from '../../src/staff/invite.ts'
import type { Role } from '../../src/staff/roles.ts'
import { inputOf } from '../publications/fixtures.ts'
import { openBrowser } from '../support/browser.ts'
import { copy, forgetCopies, listedIn, pagesOf } from '../support/copies.ts'
import { hear, openFederation, settle, type TestFederation, type TestHub } from '../support/hub.ts'
import { dangersOf, headingsOf, leapsOf } from '../support/page.ts'

let net: TestFederation
let rid: string
beforeAll(async () => {
  net = await openFederation()
  rid = await publishAt(net.berlin, {})
  await settle(net)
})
afterAll(() => net.close())

const publishAt = async (hub: TestHub, change: object, before?: string) => {
  const path = new URL('../../fixtures/records/berlin-hotel-dienstplan.json', import.meta.url)
  const input = { ...JSON.parse(await readFile(path, 'utf8')), title: 'Dienstplan <b>', ...change }
  const answer = await publish(hub, { iss: hub.iss, input, ...(before && { rid: before }) })
  if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
  return answer.published.rid
}

const member = async (roles: Role[], at: TestHub) => {
  const browser = openBrowser(at)
  const [{ slug = '' } = {}] = at.config.centres
  await browser.join(await invite(at, { centre: slug, roles, by: 'operator' }))
  return browser
}

const shelfAt = async (hub: TestHub) => (await openBrowser(hub).get('/regal')).html
const decide = (decision: string) => `/regal/berlin/${rid}/${decision}`
const kiww = { zentrum: 'kiww' }

test('what an editor of the umbrella puts on the shelf stands there at every node, in this version', async () => {
  const editor = await member(['curator'], net.kiww)
  for (const [query, shown] of [
    ['', true],
    ['?kind=case-example&topic=agile-work', true],
    ['?kind=round-table', false],
    ['?topic=sustainability', false],
  ] as const) {
    const { html } = await editor.get(`/regal/pruefen${query}`)
    expect({ query, shown: html.includes('Dienstplan &lt;b&gt;') }).toEqual({ query, shown })
  }
  expect((await editor.get('/regal/pruefen?kind=unsinn')).status).toBe(400)

  const done = await editor.post(decide('aufnehmen'), { ...kiww, topic: 'agile-work' })
  await settle(net)

  expect(done.location).toBe('/regal/pruefen?said=aufnehmen&topic=agile-work')
  expect((await editor.get('/regal/pruefen')).html).not.toContain('Dienstplan')
  for (const hub of [net.kiww, net.berlin, net.brandenburg]) {
    const html = await shelfAt(hub)
    expect(html).toContain('Dienstplan &lt;b&gt;')
    expect(html).not.toContain('Aus dem Regal nehmen')
    expect(leapsOf(headingsOf(html))).toEqual([])
    expect(dangersOf(html)).toEqual([])
  }
})

test('a new version leaves the shelf and waits for the editors, who see that an older one stood there', async () => {
  const editor = await member(['curator'], net.kiww)
  await publishAt(net.berlin, { title: 'Dienstplan, überarbeitet' }, rid)
  await settle(net)

  expect(await shelfAt(net.kiww)).not.toContain('Dienstplan')
  expect((await editor.get('/regal/pruefen')).html).toContain('Fassung 1 stand im Regal')
  expect((await editor.get('/arbeit')).html).toContain(
    'Ein Beitrag aus dem Regal hat eine neue Fassung',
  )

  await editor.post(decide('aufnehmen'), kiww)
  expect(await shelfAt(net.kiww)).toContain('Dienstplan, überarbeitet')
  expect((await editor.get('/arbeit')).html).not.toContain('aus dem Regal')
})

test('what is taken off the shelf is gone from it, and may be put there again', async () => {
  const editor = await member(['curator'], net.kiww)

  await editor.post(decide('entnehmen'), kiww)
  expect(await shelfAt(net.kiww)).not.toContain('Dienstplan')
  expect((await editor.post(decide('entnehmen'), kiww)).status).toBe(409)

  await editor.post(decide('ablehnen'), kiww)
  expect((await editor.get('/regal/pruefen')).html).not.toContain('Dienstplan')
  await editor.post(decide('aufnehmen'), kiww)
  expect(await shelfAt(net.kiww)).toContain('Dienstplan')
})

test('the shelf may be narrowed to a topic', async () => {
  const browser = openBrowser(net.kiww)

  const [with_, without] = await Promise.all([
    browser.get('/regal?topic=agile-work'),
    browser.get('/regal?topic=sustainability'),
  ])

  expect(with_.html).toContain('Dienstplan')
  expect(without.html).toContain('Zu diesem Thema steht noch nichts im Regal')
  expect((await browser.get('/regal?topic=unsinn')).status).toBe(400)
})

/** What the umbrella’s word on so many of these records says, the newest first. */
const decideAll = (count: number) => net.kiww.sql`
  insert into entries (
    feed_id, seq, position, dig, jws, op, rid, ver, of, role, iat, kid, key_number, status, received_at
  )
  select f.id, 9000 + n, 9000 + n, 'dig' || n, '', 'decline', rid, ver, r.iss, 'shelf', 0, '', 1, 'present', now()
  from (
    select *, row_number() over (order by changed desc, iss, rid) as n from records where teaser::text ~ ' Nr\\. \\d'
  ) r join feeds f on f.iss = ${net.kiww.iss} and f.feed = 'public'
  where n <= ${count}
`

test('behind thousands that are decided the list goes on, and one comes back to the same place of it', async () => {
  const editor = await member(['curator'], net.kiww)
  await copy(net.kiww, { iss: net.berlin.iss, rid }, 2_050, 'Dienstplan')
  const [others] = await net.kiww.sql`
    select count(*)::int as count from records
    where feed = 'public' and teaser -> 'topics' ? 'agile-work' and teaser::text !~ ' Nr\\. \\d'
  `
  // So that exactly the stretch is decided that a page looks into.
  await decideAll(2_000 - others?.count)

  const pages = await pagesOf(editor, '/regal/pruefen?topic=agile-work')
  const place = (pages[0] ?? '').match(/after=([\w-]+)/)?.[1] ?? ''
  const later = await editor.get(`/regal/pruefen?topic=agile-work&after=${place}`)
  const [one = ''] = listedIn(later.html)
  const sent = { ...kiww, topic: 'agile-work', after: place }
  const done = await editor.post(`/regal${one.replace('/fallbeispiele', '')}/unsinn`, sent)
  const wrong = await editor.get('/regal/pruefen?after=x')
  await net.kiww.sql`delete from entries where seq > 9000`
  await forgetCopies(net.kiww)

  const listed = pages.flatMap(listedIn)
  expect(pages[0]).toContain('An dieser Stelle der Liste ist über alle Beiträge entschieden.')
  expect(listed.filter((href) => href.includes(one))).toEqual([one])
  expect(new Set(listed).size).toBe(listed.length)
  expect(listed).toHaveLength(50 + others?.count)
  expect(later.html).toContain(`name="after" value="${place}"`)
  expect([done.status, wrong.status]).toEqual([404, 400])
})

test('the shelf itself may be long', async () => {
  await copy(net.kiww, { iss: net.berlin.iss, rid }, 45, 'Dienstplan')
  await net.kiww.sql`
    insert into entries (
      feed_id, seq, position, dig, jws, op, rid, ver, of, role, iat, kid, key_number, status, received_at
    )
    select f.id, 9000 + r.changed % 1000, 9000 + r.changed % 1000, 'dig' || rid, '', 'endorse', rid, ver, r.iss, 'shelf',
      r.changed, '', 1, 'present', now()
    from records r join feeds f on f.iss = ${net.kiww.iss} and f.feed = 'public' where teaser::text ~ ' Nr\\. \\d'
  `

  const pages = await pagesOf(openBrowser(net.kiww), '/regal')
  await net.kiww.sql`delete from entries where seq >= 9000`
  await forgetCopies(net.kiww)

  const listed = pages.flatMap(listedIn)
  expect(pages.length).toBeGreaterThan(2)
  expect(new Set(listed).size).toBe(listed.length)
  expect(listed.length).toBeGreaterThanOrEqual(45)
})

test('nobody else decides: no other role, no other centre, no stranger', async () => {
  const others = [
    await member(['editor', 'reviewer', 'administrator'], net.kiww),
    await member(['curator', 'editor'] as Role[], net.berlin),
  ]

  for (const browser of others) {
    expect((await browser.get('/regal/pruefen')).status).toBe(403)
    expect((await browser.post(decide('aufnehmen'), kiww)).status).toBe(403)
  }
  expect((await openBrowser(net.kiww).post(decide('aufnehmen'), kiww)).status).toBe(401)
})

test('an unknown record, an unknown decision and another centre’s form are refused', async () => {
  const editor = await member(['curator'], net.kiww)

  expect((await editor.post(`/regal/berlin/${crypto.randomUUID()}/aufnehmen`, kiww)).status).toBe(
    404,
  )
  expect((await editor.post('/regal/berlin/unsinn/aufnehmen', kiww)).status).toBe(404)
  expect((await editor.post(decide('verbrennen'), kiww)).status).toBe(404)
  expect((await editor.post(decide('constructor'), kiww)).status).toBe(404)
  expect((await editor.post(decide('aufnehmen'), { zentrum: 'berlin' })).status).toBe(409)
})

/** Signs what was begun as a draft, with what an editor adds. */
const publishFrom = async (hub: TestHub, kind: Kind, written: Written, more: object) => {
  const fixture = inputOf('berlin-frage-diktat-dialekt.json')
  const { contact, licence, funding } = fixture
  const { contact: _, licence: __, funding: ___, ...mine } = written
  const input = { ...submissionOf(kind, mine, []), contact, licence, funding, ...more }
  const answer = await publish(hub, { iss: hub.iss, input })
  if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
  return answer.published
}

test('an editor asks the home centre back with one button, and reads the answer beside the record', async () => {
  const editor = await member(['curator', 'editor'], net.kiww)
  const at = `/regal/berlin/${rid}/rueckfrage`

  const [begun, again] = await Promise.all([editor.post(at, kiww), editor.post(at, kiww)])
  // Whoever presses twice has asked once.
  expect(again.location).toBe(begun.location)
  const id = begun.location?.match(/^\/entwuerfe\/([\w-]+)\?/)?.[1] ?? ''
  const [draft] = await net.kiww.sql<{ kind: string; written: Written }[]>`
    select kind, written from drafts where id = ${id}`
  expect(draft).toMatchObject({
    kind: 'question',
    written: {
      title: 'Rückfrage: Dienstplan, überarbeitet',
      askedOf: ['berlin'],
      related: [{ rel: 'see-also', iss: net.berlin.iss, rid }],
      visibility: 'members',
    },
  })

  const text = { summary: 'Zur Quelle.', question: 'Woher stammen die Zahlen?', language: 'de' }
  const asked = await publishFrom(net.kiww, question, draft?.written ?? {}, text)
  expect((await editor.get('/regal')).html).toContain('Woher stammen die Zahlen?')
  expect((await editor.get('/regal')).html).toContain('nachgefragt')
  expect((await openBrowser(net.kiww).get('/regal')).html).not.toContain('Woher stammen')

  await hear(net.berlin)
  const about = { iss: net.kiww.iss, rid: asked.rid }
  const {
    about: _,
    evidence: __,
    related: ___,
    ...answered
  } = inputOf('brandenburg-antwort-diktat-dialekt.json')
  const said = await publish(net.berlin, { iss: net.berlin.iss, input: { ...answered, about } })
  expect(said).toMatchObject({ ok: true })
  await hear(net.kiww)

  const { html } = await editor.get('/regal')
  expect(html).toContain('Antwort von Zukunftszentrum Berlin')
  expect(html).toContain(`/fachfragen/kiww/${asked.rid}/antworten`)
})

test('a curator who does not write hands the question to the editors', async () => {
  const writing = await member(['editor'], net.kiww)
  const curator = await member(['curator'], net.kiww)
  await net.kiww.sql`delete from drafts`

  const done = await curator.post(`/regal/berlin/${rid}/rueckfrage`, kiww)
  await curator.post(`/regal/berlin/${rid}/rueckfrage`, kiww)

  expect(done.location).toBe('/regal/pruefen?said=rueckfrage')
  const { html } = await writing.get('/arbeit/nachrichten')
  expect(html.match(/Rückfrage zu einem Beitrag/g)).toHaveLength(1)
  const unknown = `/regal/berlin/${crypto.randomUUID()}/rueckfrage`
  expect((await curator.post(unknown, kiww)).status).toBe(404)
  const elsewhere = await member(['editor'], net.berlin)
  expect((await elsewhere.post(`/regal/berlin/${rid}/rueckfrage`, kiww)).status).toBe(403)
})

test('a record that is withdrawn leaves the shelf', async () => {
  await withdraw(net.berlin, { iss: net.berlin.iss, rid, reason: 'outdated' })
  await hear(net.kiww)

  expect(await shelfAt(net.kiww)).not.toContain('Dienstplan')
})
