import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Written } from '../../src/drafts/draft.ts'
import { submissionOf } from '../../src/drafts/submission.ts'
import { groupAlike } from '../../src/insight/alike.ts'
import { endorse } from '../../src/publications/endorse.ts'
import { synthesis } from '../../src/publications/kinds/synthesis.ts'
import { publish } from '../../src/publications/publish.ts'
import { erase, withdraw } from '../../src/publications/take-back.ts'
import { invite } from '../../src/staff/invite.ts'
import type { Role } from '../../src/staff/roles.ts'
import { inputOf, tableFile } from '../publications/fixtures.ts'
import { type Browser, openBrowser } from '../support/browser.ts'
import { hear, openFederation, settle, type TestFederation, type TestHub } from '../support/hub.ts'
import { dangersOf, headingsOf, leapsOf } from '../support/page.ts'

const place = '/synthesen/zusammenstellen'
const question = 'Was brauchen kleine Betriebe am Anfang?'

let net: TestFederation
let editor: Browser
const rids: Record<string, string> = {}

beforeAll(async () => {
  net = await openFederation()
  rids.berlin = await publishTable(net.berlin, {
    title: 'Tisch in Berlin',
    parties: ['brandenburg', 'kiww'],
    findings: [
      {
        text: 'Am Anfang steht das Anliegen des Betriebs, nicht das Werkzeug.',
        consensus: 'consensus',
      },
      { text: 'Ohne Zeit lernt niemand.', topic: 'ai-adoption', consensus: 'majority' },
      { text: 'Führung lernt mit.', topic: 'leadership', consensus: 'consensus' },
    ],
    recommendations: [{ text: 'Zuerst zuhören.', to: 'centre' }],
    agreements: [
      { what: 'Prüfliste erproben', who: 'Zentrum', by: '2026-09-30', state: 'open' },
      { what: 'Längst erledigt', who: 'Zentrum', state: 'done' },
    ],
  })
  rids.brandenburg = await publishTable(net.brandenburg, {
    title: 'Tisch in Neuruppin',
    parties: ['berlin'],
    findings: [
      {
        text: 'Nicht das Werkzeug steht am Anfang, sondern ein Anliegen aus dem Betrieb.',
        consensus: 'open',
      },
    ],
    recommendations: [{ text: 'Zuerst zuhören.', to: 'centre' }],
    agreements: undefined,
  })
  rids.members = await publishTable(net.brandenburg, {
    title: 'Unter uns',
    visibility: 'members',
    parties: undefined,
    findings: [{ text: 'Förderanträge dauern zu lange.', consensus: 'consensus' }],
    recommendations: undefined,
    agreements: undefined,
  })
  await settle(net)
  const about = { of: 'berlin', rid: rids.berlin ?? '', role: 'party' as const }
  await endorse(net.brandenburg, 'endorse', { iss: net.brandenburg.iss, ...about })
  await endorse(net.kiww, 'decline', { iss: net.kiww.iss, ...about })
  await hear(net.kiww)
  editor = await member(net.kiww, ['editor'])
})
afterAll(() => net.close())

const publishTable = async (hub: TestHub, change: object, rid?: string) => {
  const { related: _, ...table } = inputOf(tableFile)
  const input = { ...table, topics: ['ai-adoption'], ...change }
  const answer = await publish(hub, { iss: hub.iss, input, ...(rid && { rid }) })
  if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
  return answer.published.rid
}

const member = async (hub: TestHub, roles: Role[]) => {
  const browser = openBrowser(hub)
  const [{ slug = '' } = {}] = hub.config.centres
  await browser.join(await invite(hub, { centre: slug, roles, by: 'operator' }))
  return browser
}

const gathered = (frage = question) =>
  editor.get(`${place}?${new URLSearchParams({ topic: 'ai-adoption', frage })}`)

/** By the name of its field, the number that each finding has. */
const numbersOn = (html: string) =>
  Object.fromEntries(
    [...html.matchAll(/name="(nr [^"]*)"[^>]*?value="(\d*)"/g)].map(([, name, n]) => [name, n]),
  )

const ticked = (html: string, name: string) =>
  [...html.matchAll(new RegExp(`name="${name}" value="([^"]*)" checked`, 'g'))].map(
    ([, key]) => key ?? '',
  )

const nameOf = (centre: 'berlin' | 'brandenburg', rid: string | undefined, n: number) =>
  `nr ${centre}/${rid}/1/f/${n}`

const fieldsOn = (html: string) => ({
  zentrum: 'kiww',
  topic: 'ai-adoption',
  frage: question,
  empfehlung: ticked(html, 'empfehlung'),
  vereinbarung: ticked(html, 'vereinbarung'),
  ...(numbersOn(html) as Record<string, string>),
})

const draftAt = async (location: string | null) => {
  const id = location?.split('/').at(-1) ?? ''
  const [draft] = await net.kiww.sql<{ kind: string; written: Written }[]>`
    select kind, written from drafts where id = ${id}`
  return draft
}

test('findings that say the same are proposed as one, with all who stand behind it', async () => {
  const { status, html } = await gathered()

  expect(status).toBe(200)
  expect(numbersOn(html)).toEqual({
    [nameOf('berlin', rids.berlin, 0)]: '1',
    [nameOf('brandenburg', rids.brandenburg, 0)]: '1',
    [nameOf('berlin', rids.berlin, 1)]: expect.stringMatching(/[23]/),
    [nameOf('brandenburg', rids.members, 0)]: expect.stringMatching(/[23]/),
    // About another topic: in sight, and left out.
    [nameOf('berlin', rids.berlin, 2)]: '',
  })
  const text = html.replaceAll('\u00a0', ' ').replaceAll(/<[^>]*>/g, '')
  expect(text).toContain('2 Zentren aus 2 Ländern: Berlin, Brandenburg')
  expect(text).toContain('Offen blieb es bei: „Tisch in Neuruppin“. Nicht mitgezeichnet: KIWW.')
  expect(text).toMatch(/Bleibt weg.*Führung lernt mit/s)
  expect(text).not.toContain('Längst erledigt')
  expect(ticked(html, 'empfehlung')).toHaveLength(1)
  expect(leapsOf(headingsOf(html))).toEqual([])
  expect(dangersOf(html)).toEqual([])
})

test('the editor decides what is one and what is left out; what is left out stays in sight', async () => {
  const fields = fieldsOn((await gathered()).html)

  const { html } = await editor.post(place, {
    ...fields,
    do: 'ordnen',
    [nameOf('brandenburg', rids.brandenburg, 0)]: '9',
    [nameOf('brandenburg', rids.members, 0)]: '',
  })

  expect(html).toContain('Erkenntnis 9')
  expect(html).toMatch(/Bleibt weg.*Förderanträge dauern zu lange/s)
  expect(numbersOn(html)).toMatchObject({ [nameOf('brandenburg', rids.members, 0)]: '' })
})

let written: Written | undefined

test('the choice becomes a draft that names every source in its version', async () => {
  const fields = fieldsOn((await gathered()).html)

  const done = await editor.post(place, {
    ...fields,
    do: 'entwurf',
    [nameOf('brandenburg', rids.members, 0)]: '',
  })

  expect(done.location).toMatch(/^\/entwuerfe\/[\w-]+$/)
  const draft = await draftAt(done.location)
  written = draft?.written
  const berlin = { iss: net.berlin.iss, rid: rids.berlin, ver: '1' }
  const brandenburg = { iss: net.brandenburg.iss, rid: rids.brandenburg, ver: '1' }
  expect(draft?.kind).toBe('synthesis')
  expect(written).toMatchObject({
    title: `Synthese: ${question}`,
    question,
    topics: ['ai-adoption'],
    visibility: 'public',
    regions: [{ land: 'DE-BE' }, { land: 'DE-BB' }],
    recommendations: [{ text: 'Zuerst zuhören.', to: 'centre' }],
    openAgreements: [{ what: 'Prüfliste erproben', who: 'Zentrum', by: '2026-09-30' }],
    findings: [
      {
        text: 'Am Anfang steht das Anliegen des Betriebs, nicht das Werkzeug.',
        consensus: 'open',
        dissent: 'Offen blieb es bei: „Tisch in Neuruppin“. Nicht mitgezeichnet: KIWW.',
        centres: ['berlin', 'brandenburg'],
        lands: ['DE-BE', 'DE-BB'],
      },
      { consensus: 'majority', sources: [berlin] },
    ],
  })
  expect(written).toMatchObject({ findings: [{ sources: [berlin, brandenburg] }, {}] })
  expect(written?.derivedFrom).toEqual(expect.arrayContaining([berlin, brandenburg]))
})

test('what is for the centres alone makes the draft so', async () => {
  const fields = fieldsOn((await gathered()).html)

  const done = await editor.post(place, { ...fields, do: 'entwurf' })

  expect((await draftAt(done.location))?.written.visibility).toBe('members')
})

test('without a finding, or with one that is not there as it was, nothing is begun', async () => {
  const fields = fieldsOn((await gathered()).html)
  const none = Object.fromEntries(
    Object.entries(fields).filter(([name]) => !name.startsWith('nr ')),
  )

  const empty = await editor.post(place, { ...none, do: 'entwurf' })
  const stale = await editor.post(place, {
    ...fields,
    do: 'entwurf',
    [`nr berlin/${rids.berlin}/7/f/0`]: '1',
  })

  expect([empty.status, stale.status]).toEqual([400, 400])
  expect(empty.html).toContain('mindestens einer Erkenntnis')
  expect(stale.html).toContain('Inzwischen hat sich ein Ergebnis geändert')
  expect((await editor.post(place, { ...fields, do: 'entwurf', topic: 'x' })).status).toBe(400)
  expect((await editor.get(`${place}?topic=unsinn`)).status).toBe(400)
})

test('only editors find the way there', async () => {
  const adviser = await member(net.kiww, ['adviser'])

  expect((await editor.get('/synthesen')).html).toContain(`href="${place}"`)
  expect((await adviser.get('/synthesen')).html).not.toContain(place)
  expect((await adviser.get(place)).status).toBe(403)
  expect((await openBrowser(net.kiww).get(place)).location).toMatch(/^\/anmelden/)
})

/** Signed by KIWW, from the draft as it was begun and what else an editor has to say. */
const published = async () => {
  const { contact, licence, funding } = inputOf(tableFile)
  const { contact: _, licence: __, funding: ___, ...mine } = written ?? {}
  const input = {
    ...submissionOf(synthesis, { ...mine, summary: 'Aus zwei Tischen.', language: 'de' }, []),
    ...{ contact, licence, funding },
  }
  const answer = await publish(net.kiww, { iss: net.kiww.iss, input })
  if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
  return `/synthesen/kiww/${answer.published.rid}`
}

test('a synthesis tells what was found, who stands behind it, and when its sources change or vanish', async () => {
  const path = await published()
  const shown = async () => (await openBrowser(net.kiww).get(path)).html
  const waiting = async () =>
    (await editor.get('/arbeit')).html.replaceAll('\u00a0', ' ').replaceAll(/<[^>]*>/g, '')

  const before = await shown()
  expect(before.replaceAll(/<[^>]*>/g, '')).toContain(
    'Dahinter stehen: Zukunftszentrum Berlin, Zukunftszentrum Brandenburg',
  )
  expect(before).toContain(`href="/runde-tische/brandenburg/${rids.brandenburg}"`)
  expect(before).not.toContain('neue Fassung')
  expect(await waiting()).not.toContain('Grundlagen haben sich geändert')

  await publishTable(net.berlin, { title: 'Tisch in Berlin, ergänzt' }, rids.berlin)
  await hear(net.kiww)
  expect(await shown()).toContain('hat inzwischen eine neue Fassung')
  expect(await waiting()).toContain('1 Beitrag hat eine neue Fassung.')

  await withdraw(net.berlin, { iss: net.berlin.iss, rid: rids.berlin ?? '', reason: 'other' })
  await hear(net.kiww)
  expect(await shown()).toContain('wurde inzwischen zurückgenommen')
  expect(await waiting()).toContain('1 Beitrag wurde zurückgenommen.')

  const { iss } = net.brandenburg
  await erase(net.brandenburg, { iss, rid: rids.brandenburg ?? '', reason: 'legal' })
  await hear(net.kiww)
  expect(await shown()).toContain('inzwischen gelöscht')
  expect(await waiting()).toContain('2 Beiträge wurden zurückgenommen.')
})

test('texts are alike by what they share, not by how they are written', () => {
  const groups = groupAlike([
    'Beschäftigte lernen am besten am eigenen Arbeitsplatz.',
    'Der Betriebsrat gehört von Anfang an dazu.',
    'Am eigenen Arbeitsplatz lernt der Beschäftigte am besten!',
    '',
    'Betriebsräte gehören an den Anfang.',
  ])

  expect(groups).toEqual([[0, 2], [1, 4], [3]])
})
