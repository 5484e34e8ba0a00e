/** The journey of a round table, for the browser that test/browser.test.ts has opened. */
import type { Page, Request } from 'playwright-core'
import { expect, test } from 'vitest'
import { publishDraft } from '../../src/drafts/publish-draft.ts'
import { writtenOf } from '../../src/drafts/submission.ts'
import type { Hub } from '../../src/hub.ts'
import { kindOf } from '../../src/publications/kinds.ts'
import { inputOf, tableFile } from '../publications/fixtures.ts'
import { openPerson, press, tabTo } from '../support/chromium.ts'
import type { Stage } from './writing.ts'

/** Whether the node has all, as the page says it. */
const saying = (page: Page, text: string) =>
  page.locator('[data-said]', { hasText: text }).waitFor()

const typeLine = async (page: Page, text: string) => {
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
}

/** What editors and reviewers do with a draft is told elsewhere: completes, approves and publishes it. */
const publishResult = async (hub: Hub, path: string) => {
  const id = path.split('/').at(-1) ?? ''
  const { written } = formOfTable()
  const [draft] = await hub.sql`
    update drafts set state = 'approved', written = ${hub.sql.json(written)}::jsonb || written
    where id = ${id} returning author
  `
  const answer = await publishDraft(hub, { id, centre: 'berlin', by: draft?.author })
  if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
  return answer.published.rid
}

/** What is missing in a draft that was made of a round table, taken from another one. */
const formOfTable = () => {
  const table = inputOf(tableFile)
  const wanted = ['summary', 'contact', 'licence', 'funding', 'visibility', 'topics', 'language']
  const all = writtenOf(kindOf('round-table'), table, {})
  return { written: Object.fromEntries(wanted.flatMap((name) => [[name, all[name] ?? 'de']])) }
}

export const roundJourneys = (stage: () => Stage) => {
  test('a round table: prepared, captured without a connection, made a result, signed by another centre at its node – by the keyboard alone', async () => {
    const { origin, hub, kiww, browser, enter, check } = stage()
    const checkAll = async (at: Page, paths: string[], node = origin) => {
      for (const path of paths) {
        await at.goto(node + path)
        await check(at, path)
      }
    }
    const mona = await openPerson(browser)
    const { page, context } = mona
    await enter(mona, ['moderator', 'editor'], 'Mona Runde')
    await page.goto(`${origin}/runden`)
    await check(page, '/runden, empty')

    await press(page, 'Runden Tisch vorbereiten')
    await page.waitForURL('**/runden/neu')
    await tabTo(page, /^Leitfrage/)
    await page.keyboard.type('Wie kommen kleine Betriebe zu guten Daten?')
    await tabTo(page, /^Datum/)
    await page.fill('#feld-date', '2026-11-20')
    await tabTo(page, /^Ort/)
    await page.keyboard.type('Berlin')
    await tabTo(page, /^Tagesordnung/)
    await page.keyboard.type('Begrüßung')
    await check(page, '/runden/neu')
    await press(page, 'Speichern')
    await page.waitForURL('**?said=begun')
    await check(page, 'a round table, empty')

    await page.goto(`${page.url().split('?')[0]}/mitschrift`)
    await saying(page, 'Alles gespeichert')
    await check(page, 'capturing, empty')

    // What is written while the list is read anew waits neither for that nor for the next entry.
    const isReading = (request: Request) =>
      request.method() === 'GET' && request.url().endsWith('/mitschrift')
    let readings = 0
    // An answer that does not come would else be given up after some seconds. Tablets of before 2024 join no signals.
    await page.evaluate(() => {
      Reflect.deleteProperty(AbortSignal, 'any')
      AbortSignal.timeout = () => new AbortController().signal
    })
    await page.route('**/mitschrift', (route) => {
      const stays = isReading(route.request()) && readings++ === 0
      return stays ? undefined : route.continue()
    })
    const stuck = page.waitForRequest(isReading)
    await typeLine(page, 'Die Daten sind da.')
    await stuck
    const read = page.waitForResponse((response) => isReading(response.request()))
    await typeLine(page, 'o:Wem sie gehören')
    await saying(page, 'Alles gespeichert')
    await (await read).finished()
    await page.unroute('**/mitschrift')

    // The node takes it, but its answer is lost on the way: it is sent again, and not kept twice.
    let lost = 0
    await page.route('**/mitschrift', async (route) => {
      if (route.request().method() !== 'POST' || lost++ > 0) return route.continue()
      await route.fetch()
      return route.abort()
    })
    await typeLine(page, 'm:Niemand kennt sie.')
    await saying(page, '1 Eintrag nur auf diesem Gerät')
    await saying(page, 'Alles gespeichert')
    expect(lost).toBe(2)

    await context.setOffline(true)
    await page.keyboard.type('e:Eine Liste führen')
    await tabTo(page, /^An /)
    await page.keyboard.press('ArrowDown')
    await press(page, 'Hinzufügen')
    await typeLine(page, 'v:Muster verschicken')
    await saying(page, '2 Einträge nur auf diesem Gerät')
    await check(page, 'capturing without a connection')
    const round = page.url().replace('/mitschrift', '')
    page.once('dialog', (dialog) => dialog.accept())
    await page.reload().catch(() => undefined)
    const held = async () => (await hub.sql`select text from round_items`).length
    expect(await held()).toBe(3)
    await context.setOffline(false)
    await page.goto(round)
    await press(page, 'Mitschrift öffnen')
    await saying(page, 'Alles gespeichert')
    await page.locator('[data-items] > li:nth-child(5)').waitFor()
    expect(await page.locator('[data-items] [data-text]').allTextContents()).toEqual([
      'Muster verschicken',
      'Eine Liste führen',
      'Niemand kennt sie.',
      'Wem sie gehören',
      'Die Daten sind da.',
    ])
    await press(page, /^Ändern: Muster/)
    await check(page, 'changing an entry')
    await tabTo(page, /^Wer/)
    await page.keyboard.type('Kammer')
    await press(page, 'Speichern')
    await page.locator('[data-items] [data-details]', { hasText: 'Wer: Kammer' }).waitFor()

    await page.goto(round)
    await check(page, 'a round table')
    await tabTo(page, 'KIWW')
    await page.keyboard.press('Space')
    await press(page, 'Entwurf des Ergebnisses anlegen')
    await page.waitForURL('**/entwuerfe/*')
    const rid = await publishResult(hub, new URL(page.url()).pathname)

    const frieda = await openPerson(browser)
    await enter(frieda, ['moderator'], 'Frieda Frei', { node: kiww, centre: 'kiww' })
    const asked = frieda.page.getByRole('link', { name: /^Lesen und antworten/ })
    const arrived = async () => (await frieda.page.reload()) && asked.count()
    await expect.poll(arrived, { timeout: 20_000 }).toBe(1)
    await press(frieda.page, /^Lesen und antworten/)
    await frieda.page.waitForURL(`**/mitzeichnen/berlin/${rid}`)
    await frieda.page.getByRole('button', { name: 'Ablehnen' }).click()
    await frieda.page.waitForSelector('[aria-invalid=true]')
    await check(frieda.page, 'declining without a reason')
    await press(frieda.page, 'Diese Fassung mitzeichnen')
    await frieda.page.waitForURL('**?said=endorse')
    await check(frieda.page, 'signed')
    const theirs = ['/runden/mitzeichnen', '/runden/vereinbarungen', '/arbeit']
    await checkAll(frieda.page, theirs, kiww.origin)
    await checkAll(page, ['/runden', '/runden/vereinbarungen', `/runde-tische/berlin/${rid}`])
    const results = async () => {
      await page.goto(`${origin}/runden`)
      return page.locator('.tn-things').textContent()
    }
    await expect.poll(results, { timeout: 20_000 }).toContain('1 von 1 mitgezeichnet')
    await checkAll(page, ['/arbeit/nachrichten'])
    await press(page, /^Ihr Ergebnis wurde mitgezeichnet/)
    await page.waitForURL(`**/runde-tische/berlin/${rid}`)

    // Where the script does not come, its forms do.
    await page.route('**/*.js', (route) => route.abort())
    await page.goto(`${round}/mitschrift`)
    await check(page, 'capturing without a script')
    await tabTo(page, 'Erkenntnis: Konsens')
    await tabTo(page, 'Eintrag')
    await typeLine(page, 'f: Und wer bezahlt das?')
    await page.locator('[data-text]', { hasText: 'Und wer bezahlt das?' }).waitFor()
    await page.locator('[data-edit]').first().click()
    await check(page, 'an entry on its page')
    await page.unrouteAll()

    // Whoever signs out is told what would be lost; then nothing of it stays on the device.
    await page.goto(`${round}/mitschrift`)
    await context.setOffline(true)
    await typeLine(page, 'Noch etwas')
    await saying(page, 'Keine Verbindung')
    await press(page, 'Abmelden')
    await saying(page, 'Melden Sie sich trotzdem ab')
    await page.route('**/mitschrift', (route) => route.abort())
    await context.setOffline(false)
    await page.keyboard.press('Enter')
    await page.waitForURL('**/abmelden')
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([])

    expect([...mona.complaints, ...frieda.complaints]).toEqual([])
    await context.close()
    await frieda.context.close()
  })
}
