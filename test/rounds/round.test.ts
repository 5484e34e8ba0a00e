/** A round table from its preparation to the draft of its result, and what others may do with it. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { publish } from '../../src/publications/publish.ts'
import { erase } from '../../src/publications/take-back.ts'
import { writtenFrom } from '../../src/rounds/result.ts'
import { inputOf, tableFile } from '../publications/fixtures.ts'
import { type Browser, type Fields, openBrowser } from '../support/browser.ts'
import { openFederation, type TestFederation, type TestHub } from '../support/hub.ts'
import { dangersOf } from '../support/page.ts'
import { member } from '../support/staff.ts'

let net: TestFederation
let hub: TestHub
/** A moderator, another one who writes too, one elsewhere, and one who has other business. */
let mona: Browser
let emil: Browser
let stranger: Browser
let editor: Browser

beforeAll(async () => {
  net = await openFederation()
  hub = net.berlin
  mona = await member(hub, ['moderator'], 'Mona Runde')
  emil = await member(hub, ['moderator', 'editor'], 'Emil Echt')
  editor = await member(hub, ['editor'], 'Maria Öztürk')
  stranger = await member(net.brandenburg, ['moderator', 'reviewer'], 'Frieda Fremd')
})
afterAll(() => net.close())
beforeEach(() => hub.sql`truncate attempts`)

const prepared = {
  question: 'Wie kommen kleine Betriebe zu guten Daten?',
  date: '2026-04-02',
  place: 'Berlin',
  online: 'nein',
  groups: ['companies', 'unions'],
  agenda: 'Begrüßung\nBeispiele\nVereinbarungen',
}

const post = (by: Browser, path: string, fields: Fields = {}, headers = {}) =>
  by.post(path, { zentrum: by === stranger ? 'brandenburg' : 'berlin', ...fields }, headers)

/** Prepares one; answers its path. */
const prepare = async (by = mona, fields: Fields = prepared) => {
  const { location } = await post(by, '/runden/neu', fields)
  return location?.split('?')[0] ?? ''
}

const uuid = () => crypto.randomUUID()

/** Captures something as the script does. */
const capture = async (path: string, fields: Fields, by = mona) => {
  const all = { eintrag: uuid(), akt: uuid(), fassung: '0', art: 'konsens', ...fields }
  const answer = await post(by, `${path}/mitschrift`, all, { 'x-part': 'gespeichert' })
  return { status: answer.status, outcome: outcomeIn(answer.html) }
}

const outcomeIn = (text: string) => (text.startsWith('{') ? JSON.parse(text).outcome : undefined)

const listed = async (path: string) => {
  const { html } = await mona.get(`${path}/mitschrift`, { 'x-part': 'eintraege' })
  return [...html.matchAll(/data-text="true">([^<]*)/g)].map(([, text]) => text)
}

describe('a round table', () => {
  test('is prepared, and everything stands on its page and in the list', async () => {
    const path = await prepare()

    const page = await mona.get(path)
    const list = await mona.get('/runden')

    expect(page.status).toBe(200)
    for (const text of ['Wie kommen kleine Betriebe', 'Gewerkschaften', 'Begrüßung']) {
      expect(page.html).toContain(text)
    }
    expect(list.html).toContain(`href="${path}"`)
    expect(list.html).toContain('in Vorbereitung')
  })

  test('may be half prepared: nothing is judged', async () => {
    const path = await prepare(mona, {})

    expect((await mona.get(path)).html).toContain('Noch ohne Leitfrage')
  })

  test('that two people prepare at once loses the words of neither', async () => {
    const path = await prepare()
    await post(emil, `${path}/vorbereitung`, { ...prepared, place: 'Potsdam', fassung: '0' })

    const late = await post(mona, `${path}/vorbereitung`, {
      ...prepared,
      place: 'Bernau',
      fassung: '0',
    })
    const kept = (await mona.get(path)).html
    const again = await post(mona, `${path}/vorbereitung`, {
      ...prepared,
      place: 'Bernau',
      fassung: '1',
    })

    expect(late.status).toBe(409)
    expect(late.html).toContain('value="Bernau"')
    expect(late.html).toMatch(/Ort: <bdi>Potsdam<\/bdi>/)
    expect(kept).toContain('Potsdam')
    expect(again.location).toBe(`${path}?said=saved`)
    const id = path.split('/')[2] ?? ''
    const before =
      await hub.sql`select before ->> 'place' as place from round_revisions where round = ${id} order by revision`
    expect(before.map(({ place }) => place)).toEqual(['Berlin', 'Potsdam'])
  })

  test('is thrown away with all that was captured, and that is on record', async () => {
    const path = await prepare()
    await capture(path, { text: 'Flüchtiges' })

    const gone = await post(mona, `${path}/verwerfen`)

    expect(gone.location).toBe('/runden?said=discarded')
    expect((await mona.get(path)).status).toBe(404)
    const id = path.split('/')[2] ?? ''
    expect(await hub.sql`select from round_items where round = ${id}`).toEqual([])
    const events =
      await hub.sql`select event, details from audit where subject = ${id} order by seq`
    expect(events).toEqual(
      ['round.begun', 'round.captured', 'round.discarded'].map((event) => ({
        event,
        details: '{}',
      })),
    )
  })
})

describe('what is captured', () => {
  test('is kept once, however often the device sends it', async () => {
    const path = await prepare()
    const one = { eintrag: uuid(), akt: uuid(), text: 'Daten fehlen' }

    const answers = [await capture(path, one), await capture(path, one)]
    const together = await Promise.all([1, 2, 3].map(() => capture(path, { ...one, akt: uuid() })))

    expect([...answers, ...together].map(({ outcome }) => outcome)).toEqual(Array(5).fill('kept'))
    expect(await listed(path)).toEqual(['Daten fehlen'])
  })

  test('is changed; what was sent before comes again without undoing it', async () => {
    const path = await prepare()
    const eintrag = uuid()
    const first = { eintrag, akt: uuid(), text: 'Daten felen' }
    const second = { eintrag, akt: uuid(), text: 'Daten fehlen', fassung: '1' }
    await capture(path, first)
    await capture(path, second)

    const again = [await capture(path, first), await capture(path, second)]

    expect(again.map(({ outcome }) => outcome)).toEqual(['kept', 'kept'])
    expect(await listed(path)).toEqual(['Daten fehlen'])
    const acts =
      await hub.sql`select before ->> 'text' as text from round_acts where item = ${eintrag} order by revision`
    expect(acts.map(({ text }) => text)).toEqual([null, 'Daten felen'])
  })

  test('that somebody else changed meanwhile stands beside it: nothing is lost or overwritten', async () => {
    const path = await prepare()
    const eintrag = uuid()
    await capture(path, { eintrag, text: 'Ursprung' })
    await capture(path, { eintrag, text: 'Von Emil', fassung: '1' }, emil)
    const late = { eintrag, akt: uuid(), text: 'Von Mona', fassung: '1' }

    const answers = [await capture(path, late), await capture(path, late)]

    expect(answers.map(({ outcome }) => outcome)).toEqual(['beside', 'kept'])
    expect(await listed(path)).toEqual(['Von Mona', 'Von Emil'])
  })

  test('is deleted once, not when it was changed meanwhile, and does not come back', async () => {
    const path = await prepare()
    const eintrag = uuid()
    const made = { eintrag, akt: uuid(), text: 'Weg damit' }
    await capture(path, made)
    await capture(path, { eintrag, text: 'Doch nicht', fassung: '1' }, emil)

    const moved = await capture(path, { eintrag, fassung: '1', do: 'loeschen' })
    const still = await listed(path)
    const gone = [
      await capture(path, { eintrag, fassung: '2', do: 'loeschen' }),
      await capture(path, { eintrag, fassung: '2', do: 'loeschen' }),
    ]
    await capture(path, made)

    expect(moved.outcome).toBe('moved')
    expect(still).toEqual(['Doch nicht'])
    expect(gone.map(({ outcome }) => outcome)).toEqual(['gone', 'gone'])
    expect(await listed(path)).toEqual([])
  })

  test('may say by a letter what it is', async () => {
    const path = await prepare()

    await capture(path, { text: 'V: Leitfaden verschicken', wer: 'Kammer', bis: '2026-05-01' })
    await capture(path, { text: 'm:Mehr Zeit', thema: 'skilled-labour', an: 'kiww' })

    const { html } = await mona.get(`${path}/mitschrift`)
    expect(html).toContain('Wer: Kammer, Bis: 1. Mai 2026')
    expect(html).toContain('Thema: Fachkräfte')
    expect(html).not.toContain('An: KIWW')
    expect(await listed(path)).toEqual(['Mehr Zeit', 'Leitfaden verschicken'])
  })

  test('without a script goes by plain forms, and what is not taken stays in its form', async () => {
    const path = await prepare()
    const eintrag = uuid()
    const form = { eintrag, akt: uuid(), fassung: '0', art: 'frage', text: 'Wer zahlt?' }

    const added = await post(mona, `${path}/mitschrift`, form)
    const page = await mona.get(`${path}/mitschrift/${eintrag}`)
    const refused = await post(mona, `${path}/mitschrift`, {
      ...form,
      akt: uuid(),
      fassung: '1',
      text: ' ',
      wer: 'Rest',
    })

    expect(added.location).toBe(`${path}/mitschrift`)
    expect(page.html).toContain('Wer zahlt?')
    expect(refused.status).toBe(400)
    expect(refused.html).toContain('Schreiben Sie bitte etwas')
    expect(refused.html).toContain('value="Rest"')
    expect(await listed(path)).toEqual(['Wer zahlt?'])
  })

  test('belongs to its round table: under another one, or another centre, it is unknown', async () => {
    const [path, other] = [await prepare(), await prepare()]
    const eintrag = uuid()
    const akt = uuid()
    await capture(path, { eintrag, akt, text: 'Hier' })

    const answers = [
      await capture(other, { eintrag, text: 'Dort', fassung: '1' }),
      await capture(other, { akt, text: 'Dort' }),
      await capture(other, { eintrag, fassung: '1', do: 'loeschen' }),
      await capture(path, { text: 'Fremd' }, stranger),
    ]

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404])
    expect([await listed(path), await listed(other)]).toEqual([['Hier'], []])
  })
})

describe('the result', () => {
  test('is a draft of all that was prepared and captured, made once', async () => {
    const path = await prepare(emil)
    await capture(path, { text: 'Erstens', thema: 'ai-adoption' })
    await capture(path, { text: 'e: Zweitens', an: 'centre' })
    await capture(path, { text: 'f: Drittens?' })
    await capture(path, { text: 'v: Viertens', wer: 'Kammer', bis: '2026-05-01' })

    const made = await post(emil, `${path}/ergebnis`, {
      parteien: ['brandenburg', 'berlin', 'nirgends'],
    })
    const again = await post(emil, `${path}/ergebnis`)

    const [, , id = ''] = made.location?.split('/') ?? []
    expect(made.location).toBe(`/entwuerfe/${id}`)
    expect(again.status).toBe(409)
    const [draft] = await hub.sql`select kind, written from drafts where id = ${id}`
    expect(draft).toMatchObject({
      kind: 'round-table',
      written: {
        title: 'Runder Tisch: Wie kommen kleine Betriebe zu guten Daten?',
        question: prepared.question,
        groups: prepared.groups,
        findings: [{ text: 'Erstens', topic: 'ai-adoption', consensus: 'consensus' }],
        recommendations: [{ text: 'Zweitens', to: 'centre' }],
        openQuestions: ['Drittens?'],
        agreements: [{ what: 'Viertens', who: 'Kammer', by: '2026-05-01', state: 'open' }],
        topics: ['ai-adoption'],
        parties: ['brandenburg'],
      },
    })
    expect(Object.keys(draft?.written)).not.toContain('agenda')
  })

  test('of a moderator who does not write goes to the editors, who are told', async () => {
    const path = await prepare()
    await capture(path, { text: 'Erkenntnis' })

    const made = await post(mona, `${path}/ergebnis`)
    const late = await capture(path, { text: 'Vom Gerät ohne Netz' })

    expect(made.location).toBe(`${path}?said=drafted`)
    expect((await editor.get('/arbeit/nachrichten')).html).toContain('Ergebnis eines Runden Tischs')
    const { html } = await mona.get(path)
    expect(late.outcome).toBe('kept')
    expect(html).toMatch(/Nicht im Entwurf: 1\sEintrag/)
    expect((await mona.get('/runden')).html).toContain('Ergebnis im Entwurf')
  })

  test('can be made anew once its draft was thrown away', async () => {
    const path = await prepare(emil)
    const { location } = await post(emil, `${path}/ergebnis`)
    await post(emil, `${location}/verwerfen`)

    expect((await post(emil, `${path}/ergebnis`)).status).toBe(303)
  })

  test('stands in the list once it is published, and takes all that was captured with it when it is erased', async () => {
    const path = await prepare(emil)
    await capture(path, { text: 'Erkenntnis' })
    await post(emil, `${path}/ergebnis`)
    const id = path.split('/')[2] ?? ''
    const [round] = await hub.sql`select rid from rounds where id = ${id}`
    const rid = round?.rid as string
    const input = inputOf(tableFile)
    await publish(hub, { iss: hub.iss, input, rid, after: 0 })

    const list = (await mona.get('/runden')).html
    const page = (await mona.get(path)).html
    const discarded = await post(mona, `${path}/verwerfen`)
    await erase(hub, { iss: hub.iss, rid, reason: 'legal' })

    expect(list).toMatch(new RegExp(`href="/runde-tische/berlin/${rid}".*href="${path}"`, 's'))
    expect(page).toContain(`href="/runde-tische/berlin/${rid}"`)
    expect(discarded.status).toBe(409)
    expect((await mona.get(path)).status).toBe(404)
    expect(await hub.sql`select from round_acts where round = ${id}`).toEqual([])
  })

  test('of lines with breaks has none in its lists', () => {
    const item = { id: uuid(), kind: 'question', text: 'Was\n  nun?', details: {} } as const

    const written = writtenFrom({ prepared: {} }, [{ ...item, revision: 1, in_result: false }], [])

    expect(written).toEqual({ openQuestions: ['Was nun?'] })
  })
})

describe('whoever has no business here', () => {
  test('is sent away: without the role, and to what is another centre’s', async () => {
    const path = await prepare()
    const pages = ['', '/vorbereitung', '/mitschrift', `/mitschrift/${uuid()}`]
    const acts = ['/vorbereitung', '/mitschrift', '/ergebnis', '/verwerfen']

    const seen = []
    for (const page of pages) {
      seen.push([(await editor.get(path + page)).status, (await stranger.get(path + page)).status])
    }
    for (const act of acts) {
      const fields = { fassung: '0', eintrag: uuid(), akt: uuid(), text: 'x', art: 'frage' }
      seen.push([
        (await post(editor, path + act, fields)).status,
        (await post(stranger, path + act, fields)).status,
      ])
    }

    expect(seen).toEqual(Array(8).fill([403, 404]))
    expect((await openBrowser(hub).get(path)).location).toContain('/anmelden')
    expect((await mona.post(`${path}/verwerfen`, { zentrum: 'brandenburg' })).status).toBe(409)
    for (const odd of ['/runden/nobody', `/runden/${uuid()}`, `${path}/mitschrift/nobody`]) {
      expect((await mona.get(odd)).status).toBe(404)
    }
  })

  test.each([
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '\u202egnirts desrever',
    'zero\u200bwidth\ufeff',
    '{{7*7}}</template><script>',
    '😀'.repeat(60),
  ])('whatever somebody writes stays text: %j', async (text) => {
    const path = await prepare(mona, { question: text, place: text, series: text, agenda: text })
    const eintrag = uuid()
    await capture(path, { eintrag, text, art: 'vereinbarung', wer: text })
    const shown = [
      path,
      `${path}/vorbereitung`,
      `${path}/mitschrift`,
      `${path}/mitschrift/${eintrag}`,
      '/runden',
    ]

    for (const page of shown) {
      const { status, html } = await mona.get(page)
      expect([page, status]).toEqual([page, 200])
      expect(dangersOf(html)).toEqual([])
    }
    expect((await mona.get(`${path}/mitschrift`)).html).toContain('Wer: ')
  })

  test.each([
    ['U+0000', 'a%00b', 400],
    ['half a surrogate pair', '%ED%A0%80', 400],
    ['what is no UTF-8', '%ff', 400],
    ['a megabyte and more', 'x'.repeat(1024 * 1024), 413],
  ])('a text that holds %s is refused as a whole', async (_, text, status) => {
    const path = await prepare()
    const cookie = [...mona.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = {
      ...{ origin: hub.config.origin, cookie },
      'content-type': 'application/x-www-form-urlencoded',
    }
    for (const [page, name] of [
      ['/runden/neu', 'question'],
      [`${path}/vorbereitung`, 'agenda'],
      [`${path}/mitschrift`, 'text'],
      [`${path}/mitschrift`, 'wer'],
    ]) {
      const body = `zentrum=berlin&fassung=0&eintrag=${uuid()}&akt=${uuid()}&art=frage&${name}=${text}`
      const answer = await app.request(page ?? '', { method: 'POST', headers, body }, hub)
      expect([page, answer.status]).toEqual([page, status])
    }
  })

  test('what no form of ours would send is refused with a reason', async () => {
    const path = await prepare()

    const answers = [
      await capture(path, { text: 'x'.repeat(1501) }),
      await capture(path, { text: 'x', art: 'gibtsnicht' }),
      await capture(path, { text: 'x', art: 'vereinbarung', bis: '2026-02-30' }),
      await capture(path, { text: 'x', thema: 'gibtsnicht' }),
      await capture(path, { text: 'x', eintrag: 'gibtsnicht' }),
      await capture(path, { text: 'x', fassung: '-1' }),
      await capture(path, { text: ['x', 'y'] }),
    ]

    expect(answers.map(({ status }) => status)).toEqual(Array(7).fill(400))
    expect(await listed(path)).toEqual([])
  })
})
