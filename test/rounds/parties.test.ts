/** Results of round tables after they are published: who signs with them, and what becomes of what was agreed. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { pullAfresh, pullDue } from '../../src/exchange/pulls.ts'
import { publish } from '../../src/publications/publish.ts'
import { erase, withdraw } from '../../src/publications/take-back.ts'
import { remindOfAgreements } from '../../src/rounds/remind.ts'
import { keepReason } from '../../src/rounds/results-store.ts'
import { tellParties } from '../../src/rounds/tell-parties.ts'
import { sendMail } from '../../src/staff/send-mail.ts'
import { inputOf, type Loose, tableFile } from '../publications/fixtures.ts'
import { type Browser, type Fields, openBrowser } from '../support/browser.ts'
import { openFederation, type TestFederation, type TestHub } from '../support/hub.ts'
import { dangersOf } from '../support/page.ts'
import { member } from '../support/staff.ts'

let net: TestFederation
let berlin: TestHub
let brandenburg: TestHub
/** Moderators of both, a reviewer and an editor of Brandenburg. */
let mona: Browser
let frieda: Browser
let paula: Browser
let edith: Browser

beforeAll(async () => {
  net = await openFederation()
  ;({ berlin, brandenburg } = net)
  mona = await member(berlin, ['moderator', 'editor'], 'Mona Runde')
  frieda = await member(brandenburg, ['moderator'], 'Frieda Frei')
  paula = await member(brandenburg, ['reviewer'], 'Paula Prüf')
  edith = await member(brandenburg, ['editor', 'adviser'], 'Edith Eck')
})
afterAll(() => net.close())
beforeEach(async () => {
  for (const hub of [berlin, brandenburg])
    await hub.sql`truncate attempts, messages, agreement_notes`
})

const pull = async (...hubs: TestHub[]) => {
  net.clock.now += 1_000
  for (const hub of hubs) {
    await pullAfresh(hub)
    await pullDue(hub)
  }
}

/** Berlin publishes a result; answers its id. */
const say = async (change: Loose = {}, of?: string) => {
  net.clock.now += 1_000
  const asked = { parties: ['brandenburg', 'kiww'], agreements: [] }
  const input = { ...inputOf(tableFile), ...asked, ...change }
  const answer = await publish(berlin, { iss: berlin.iss, input, rid: of })
  if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
  await pull(brandenburg)
  return answer.published.rid
}

const place = (rid: string) => `/runden/mitzeichnen/berlin/${rid}`

const answer = (by: Browser, rid: string, fields: Fields) =>
  by.post(place(rid), { zentrum: 'brandenburg', fassung: '1', ...fields })

describe('another centre’s result that asks ours to sign', () => {
  test('waits for its moderators and reviewers, is read, and signed; both centres see who did', async () => {
    const rid = await say({ title: 'Mitzuzeichnen' })

    const waits = (await frieda.get('/arbeit')).html
    const asked = (await paula.get(place(rid))).html
    const signed = await answer(paula, rid, { wort: 'endorse' })
    await pull(berlin)

    expect(waits).toContain('„Mitzuzeichnen“ mitzeichnen')
    expect(asked).toContain(`href="/runde-tische/berlin/${rid}"`)
    expect(signed.location).toBe(`${place(rid)}?said=endorse`)
    expect((await frieda.get('/arbeit')).html).not.toContain('Mitzuzeichnen')
    const list = (await mona.get('/runden')).html
    expect(list).toContain('1 von 2 mitgezeichnet')
    expect(list).toMatch(/Noch ohne Antwort seit 2. März 2026.*KIWW/)
    const [event] =
      await brandenburg.sql`select event, subject, details from audit order by seq desc limit 1`
    expect(event).toEqual({
      ...{ event: 'endorsement.endorse', subject: rid },
      details: '{"of": "berlin", "ver": 1}',
    })
  })

  test('is declined with a reason that stays here, as a letter to whom the record names', async () => {
    const rid = await say({ title: 'Zu viel & „zu früh“?' })
    const reason = 'Punkt 3 fehlt.\nUnd: „50 %“ & mehr?'

    const without = await answer(frieda, rid, { wort: 'decline', grund: ' ' })
    const declined = await answer(frieda, rid, { wort: 'decline', grund: reason })
    const { html } = await frieda.get(declined.location ?? '')
    await pull(berlin)

    expect(without.status).toBe(400)
    expect(without.html).toContain('Nennen Sie bitte einen Grund')
    const href = html.match(/href="(mailto:[^"]*)"/)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const letter = new URL(href)
    expect(letter.pathname).toBe(inputOf(tableFile).contact.mailbox)
    expect(letter.searchParams.get('subject')).toBe('Mitzeichnung abgelehnt: Zu viel & „zu früh“?')
    expect(letter.searchParams.get('body')).toContain(reason.replace('\n', '\r\n'))
    const entries = await berlin.sql`select jws from entries where op = 'decline' and rid = ${rid}`
    expect(Buffer.from(entries[0]?.jws.split('.')[1], 'base64url').toString()).not.toContain(
      'Punkt',
    )
    expect((await mona.get('/runden')).html).toMatch(/Abgelehnt am .*Zukunftszentrum Brandenburg/)
  })

  test('is taken back, and waits again', async () => {
    const rid = await say({ title: 'Hin und her' })
    await answer(frieda, rid, { wort: 'endorse' })

    const back = await answer(frieda, rid, { wort: 'retract' })

    expect(back.location).toBe(`${place(rid)}?said=retract`)
    expect((await frieda.get('/arbeit')).html).toContain('„Hin und her“ mitzeichnen')
    expect((await answer(frieda, rid, { wort: 'retract' })).status).toBe(409)
  })

  test('asks again with each version, and nobody signs one that she has not read', async () => {
    const rid = await say({ title: 'Erste Fassung' })
    await answer(frieda, rid, { wort: 'endorse' })
    await say({ title: 'Zweite Fassung' }, rid)

    const waits = (await frieda.get('/arbeit')).html
    const old = await answer(frieda, rid, { wort: 'endorse' })
    const fresh = await answer(frieda, rid, { wort: 'endorse', fassung: '2' })
    await pull(berlin)

    expect(waits).toContain('eine neue Fassung veröffentlicht')
    expect(old.location).toBe(`${place(rid)}?said=new-version`)
    expect(fresh.location).toBe(`${place(rid)}?said=endorse`)
    expect((await mona.get('/runden')).html).toContain('1 von 2 mitgezeichnet')
  })

  test('among the centres is asked and signed among the centres', async () => {
    const rid = await say({ title: 'Vertraulich', visibility: 'members' })

    const signed = await answer(paula, rid, { wort: 'endorse' })
    await pull(berlin)
    await tellParties(berlin)
    const [told] = await berlin.sql`select path from messages where path like ${`%${rid}`}`

    expect(signed.location).toBe(`${place(rid)}?said=endorse`)
    // From an e-mail she comes as a stranger, and is led on when she has signed in.
    expect((await openBrowser(berlin).get(told?.path)).html).toContain('Mit Passkey anmelden')
    expect((await mona.get(told?.path)).location).toBe(`/runde-tische/berlin/${rid}`)
  })

  test('is there for nobody else: not asked, not the role, not signed in, not this centre', async () => {
    const rid = await say()
    const unasked = await say({ parties: ['kiww'] })

    expect((await frieda.get(place(unasked))).status).toBe(404)
    expect((await answer(frieda, unasked, { wort: 'endorse' })).status).toBe(404)
    expect((await mona.get(place(rid))).status).toBe(404)
    expect((await edith.get(place(rid))).status).toBe(403)
    expect((await answer(edith, rid, { wort: 'endorse' })).status).toBe(403)
    expect((await openBrowser(brandenburg).get(place(rid))).location).toContain('/anmelden')
    expect((await frieda.post(place(rid), { zentrum: 'berlin', wort: 'endorse' })).status).toBe(409)
    expect((await answer(frieda, rid, { wort: 'shelf' })).status).toBe(400)
    expect((await edith.get('/arbeit')).html).not.toContain('mitzeichnen')
    // Round tables themselves are no reviewer's business.
    expect((await paula.get('/runden')).status).toBe(403)
    expect((await paula.get('/runden/vereinbarungen')).status).toBe(403)
  })

  test('is erased with the reason why somebody declined', async () => {
    const rid = await say()
    await answer(frieda, rid, { wort: 'decline', grund: 'Nein' })
    expect(await brandenburg.sql`select from decline_reasons where rid = ${rid}`).toHaveLength(1)

    await erase(berlin, { iss: berlin.iss, rid, reason: 'legal' })
    await pull(brandenburg)

    const late = { centre: 'brandenburg', iss: berlin.iss, rid, ver: 1, reason: 'Zu spät' }
    await keepReason(brandenburg.sql, late, brandenburg.now())
    expect(await brandenburg.sql`select from decline_reasons where rid = ${rid}`).toEqual([])
    expect((await frieda.get(place(rid))).status).toBe(404)
  })

  test.each([
    '<script>alert(1)</script>',
    '"><img src=x>',
    '\u202egnirts',
    "'?subject=x&bcc=y@z.example",
  ])('may be declined for a reason that looks like anything: %j', async (grund) => {
    const rid = await say()

    await answer(frieda, rid, { wort: 'decline', grund })
    const { status, html } = await frieda.get(place(rid))

    expect(status).toBe(200)
    expect(dangersOf(html)).toEqual([])
    expect(html.match(/href="mailto:[^"]*"/)?.[0].match(/[?&]\w+=/g)).toHaveLength(1)
  })

  test.each([
    ['U+0000', '%00', 400],
    ['half a surrogate pair', '%ED%A0%80', 400],
    ['too much', 'x'.repeat(1_501), 400],
    ['a megabyte and more', 'x'.repeat(1024 * 1024), 413],
  ])('is not declined with a reason of %s', async (_, grund, status) => {
    const rid = await say()
    const cookie = [...frieda.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = {
      ...{ origin: brandenburg.config.origin, cookie },
      'content-type': 'application/x-www-form-urlencoded',
    }
    const body = `zentrum=brandenburg&fassung=1&wort=decline&grund=${grund}`

    const refused = await app.request(place(rid), { method: 'POST', headers, body }, brandenburg)

    expect(refused.status).toBe(status)
    expect(await brandenburg.sql`select from decline_reasons where rid = ${rid}`).toEqual([])
  })
})

describe('who is concerned', () => {
  /** What the chore has told there since, who heard what; run twice at once, as two processes would. */
  const heard = async (hub: TestHub) => {
    await Promise.all([tellParties(hub), tellParties(hub)])
    const messages = await hub.sql`
      delete from messages m using people p where p.id = m.person
      returning p.name, m.subject, m.text, m.path
    `
    return messages.map(({ name, subject }) => `${name}: ${subject}`).sort()
  }
  beforeEach(async () => {
    await pull(berlin)
    await Promise.all([heard(berlin), heard(brandenburg)])
  })

  test('is told when a result asks, and again when a new version does, and by a letter where she gave an address', async () => {
    const letters: string[] = []
    const mail = async ({ to, text }: { to: string; text: string }) => {
      letters.push(to, text)
    }
    await brandenburg.sql`update people set email = 'frei@b.example' where name = 'Frieda Frei'`

    const rid = await say({ title: 'Nur im Browser zu lesen' })
    await tellParties(brandenburg)
    await sendMail({ ...brandenburg, mail })
    const first = await heard(brandenburg)
    const meanwhile = await heard(brandenburg)
    await say({ title: 'Die zweite Fassung' }, rid)
    const second = await heard(brandenburg)

    const ask = 'Ein Runder Tisch bittet Ihr Zentrum um Mitzeichnung'
    expect(first).toEqual([`Frieda Frei: ${ask}`, `Paula Prüf: ${ask}`])
    expect(meanwhile).toEqual([])
    const anew = 'Eine neue Fassung bittet Ihr Zentrum um Mitzeichnung'
    expect(second).toEqual([`Frieda Frei: ${anew}`, `Paula Prüf: ${anew}`])
    expect(letters).toHaveLength(2)
    expect(letters[0]).toBe('frei@b.example')
    expect(letters[1]).toContain(brandenburg.config.origin + place(rid))
    expect(letters[1]).not.toContain('Nur im Browser')
    await brandenburg.sql`update people set email = null`
  })

  test('is not told of what asks others, was answered already, or was taken back again', async () => {
    await say({ parties: ['kiww'] })
    const answered = await say()
    await answer(frieda, answered, { wort: 'endorse' })
    const gone = await say()
    await withdraw(berlin, { iss: berlin.iss, rid: gone, reason: 'outdated' })
    await pull(brandenburg)

    expect(await heard(brandenburg)).toEqual([])
    expect(await heard(berlin)).toEqual([])
  })

  test('hears that another centre signs, declines or takes its word back, of the newest version alone', async () => {
    const rid = await say()
    const answers: string[][] = []
    for (const wort of ['endorse', 'decline', 'retract']) {
      await answer(frieda, rid, { wort, grund: 'Nein' })
      await pull(berlin)
      answers.push(await heard(berlin))
    }
    await answer(frieda, rid, { wort: 'endorse' })
    await say({}, rid)
    await pull(berlin)

    expect(answers).toEqual([
      ['Mona Runde: Ihr Ergebnis wurde mitgezeichnet'],
      ['Mona Runde: Ihr Ergebnis wurde nicht mitgezeichnet'],
      ['Mona Runde: Eine Antwort wurde zurückgenommen'],
    ])
    expect(await heard(berlin)).toEqual([])
  })
})

describe('what was agreed', () => {
  const day = (days: number) =>
    new Date(net.clock.now + days * 24 * 60 * 60_000).toISOString().slice(0, 10)

  let rid: string
  afterEach(() => withdraw(berlin, { iss: berlin.iss, rid, reason: 'outdated' }))

  const agree = async (...agreements: Loose[]) => {
    rid = await say({
      date: '2026-01-15',
      agreements: agreements.map((each) => ({ who: 'Kammer', state: 'open', ...each })),
    })
    return rid
  }

  const told = async () =>
    (
      await berlin.sql`
        select m.subject from messages m join people p on p.id = m.person
        where p.name = 'Mona Runde' order by m.made_at, m.subject
      `
    ).map(({ subject }) => subject)

  const later = async (days: number) => {
    net.clock.now += days * 24 * 60 * 60_000
    await Promise.all([remindOfAgreements(berlin), remindOfAgreements(berlin)])
  }

  test('is brought to mind once a week before its day and once when it is past', async () => {
    await agree({ what: 'Liste führen', by: day(10) }, { what: 'Ohne Frist' })

    await later(0)
    expect(await told()).toEqual([])
    await later(3)
    await later(1)
    expect(await told()).toEqual(['Vereinbarungen werden bald fällig'])
    await later(7)
    await later(1)
    expect(await told()).toEqual([
      'Vereinbarungen werden bald fällig',
      'Vereinbarungen sind überfällig',
    ])
    const mine = await member(berlin, ['moderator'], 'Mona Neu')
    expect((await mine.get('/arbeit')).html).toContain('Vereinbart: „Liste führen“')
  })

  test('is no more brought to mind once it is done, dropped or taken back', async () => {
    await agree({ what: 'Erledigtes', by: day(1), state: 'done' }, { what: 'Los', by: day(1) })
    const now = await member(berlin, ['moderator', 'editor'], 'Mona Jetzt')
    const { html } = await now.get('/runden/vereinbarungen')
    const mark = markIn(html, 'Los')

    const marked = await now.post('/runden/vereinbarungen', {
      zentrum: 'berlin',
      ...mark,
      stand: 'dropped',
    })
    await later(0)

    expect(marked.location).toBe('/runden/vereinbarungen?said=dropped')
    expect(await told()).toEqual([])
    const after = (await now.get('/runden/vereinbarungen')).html
    expect(after).toContain('nicht weiterverfolgt')
    expect(after).toContain('Neue Fassung beginnen')
    const theirs = await member(brandenburg, ['moderator'], 'Fiona Fremd')
    const stands = [
      await now.post('/runden/vereinbarungen', {
        zentrum: 'berlin',
        ...mark,
        vereinbarung: 'x',
        stand: 'done',
      }),
      await now.post('/runden/vereinbarungen', { zentrum: 'berlin', ...mark, stand: 'weg' }),
      await theirs.post('/runden/vereinbarungen', {
        zentrum: 'brandenburg',
        ...mark,
        stand: 'done',
      }),
    ]
    expect(stands.map(({ status }) => status)).toEqual([404, 400, 404])
    expect(mark.beitrag).toBe(rid)
  })

  test('is published as it stands in a new version, which asks the parties again', async () => {
    await agree({ what: 'Heft drucken', by: day(30) }, { what: 'Heft schreiben', by: day(20) })
    const now = await member(berlin, ['moderator', 'editor'], 'Mona Später')
    const { html } = await now.get('/runden/vereinbarungen')
    await now.post('/runden/vereinbarungen', {
      zentrum: 'berlin',
      ...markIn(html, 'Heft drucken'),
      stand: 'done',
    })

    const begun = await now.post('/runden/vereinbarungen/fassung', {
      zentrum: 'berlin',
      beitrag: rid,
    })

    const [, , id = ''] = begun.location?.split('/') ?? []
    const [draft] =
      await berlin.sql`select base_ver, written -> 'agreements' as agreements from drafts where id = ${id}`
    expect(draft).toMatchObject({
      base_ver: 1,
      agreements: [
        { what: 'Heft drucken', state: 'done' },
        { what: 'Heft schreiben', state: 'open' },
      ],
    })
    expect(
      (
        await now.post('/runden/vereinbarungen/fassung', {
          zentrum: 'berlin',
          beitrag: crypto.randomUUID(),
        })
      ).status,
    ).toBe(404)
  })

  test('that is changed in a new version is another one', async () => {
    await agree({ what: 'Termin', by: day(2) })
    await later(0)

    await say(
      {
        date: '2026-01-15',
        agreements: [{ what: 'Termin', who: 'Kammer', state: 'open', by: day(3) }],
      },
      rid,
    )
    await later(0)

    expect(await told()).toEqual(Array(2).fill('Vereinbarungen werden bald fällig'))
  })
})

/** What the form of an agreement sends. */
const markIn = (html: string, what: string) => {
  const around = html.split('<li>').find((part) => part.includes(`<bdi>${what}</bdi>`)) ?? ''
  const value = (name: string) =>
    around.match(new RegExp(`name="${name}" value="([^"]*)"`))?.[1] ?? ''
  return { beitrag: value('beitrag'), vereinbarung: value('vereinbarung') }
}
