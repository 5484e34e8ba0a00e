/** Journeys of those who write and review, for the browser that test/browser.test.ts has opened. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { readFields, stepsOf } from '../../src/drafts/form.ts'
import { saveDraft } from '../../src/drafts/store.ts'
import type { Hub } from '../../src/hub.ts'
import { kindOf } from '../../src/publications/kinds.ts'
import type { Role } from '../../src/staff/roles.ts'
import { formOf } from '../drafts/support.ts'
import { caseFile, inputOf } from '../publications/fixtures.ts'
import { openPerson, type Person, press, tabTo } from '../support/chromium.ts'
import { pdf } from '../support/files.ts'

/** A node that answers there, and its hub. */
export interface OpenNode {
  origin: string
  hub: Hub
}

/** What stands ready: a node, KIWW's beside it, a browser, and ways to use them. */
export interface Stage extends OpenNode {
  kiww: OpenNode
  browser: Browser
  /** Follows an invitation to Berlin by the keyboard alone. */
  follow(person: Person, roles: Role[], name: string): Promise<void>
  /** Begins where whoever has just followed one begins; at Berlin, unless told. */
  enter(
    person: Person,
    roles: Role[],
    name: string,
    at?: { node?: OpenNode; centre?: string },
  ): Promise<void>
  check(page: Page, where: string): Promise<void>
}

const samples = join(import.meta.dirname, '../drafts/samples')

const said = (page: Page, words: string) =>
  page.waitForFunction(
    (text) => document.querySelector('[data-said]')?.textContent?.includes(text),
    words,
  )

/** What a step that somebody saves by hand would bring, for all but the first. */
const writeTheRest = async ({ hub }: Stage, id: string) => {
  const kind = kindOf('case-example')
  const steps = new Map(formOf('case-example', inputOf(caseFile)))
  const [{ author = '' } = {}] = await hub.sql`select author from drafts where id = ${id}`
  for (const step of stepsOf(kind).slice(1)) {
    await saveDraft(hub.sql, {
      ...{ id, centre: 'berlin', by: String(author), page: 'rest', revision: 0, rivals: [] },
      fields: readFields(step.fields, steps.get(step.id) ?? {}),
      now: new Date(hub.now()),
    })
  }
}

const idIn = (page: Page) => new URL(page.url()).pathname.split('/')[2] ?? ''

/** A first draft, begun with the keyboard alone. */
const begin = async (page: Page, title: string) => {
  await press(page, 'Entwürfe')
  await page.waitForURL('**/entwuerfe')
  await press(page, 'Neuen Beitrag beginnen')
  await page.waitForURL('**/entwuerfe/neu')
  await press(page, 'Beginnen: Fallbeispiel')
  await page.waitForURL(/entwuerfe\/[0-9a-f-]{36}$/)
  await tabTo(page, /^Titel/)
  await page.keyboard.type(title)
}

/** The second version of what somebody has just published, with a file, as its reviewer sees it. */
const reviewNewVersion = async ({ check }: Stage, writer: Page, reviewer: Page) => {
  await writer.goBack()
  await writer.getByRole('button', { name: 'Neue Fassung schreiben' }).click()
  await writer.fill('#feld-title', 'Getippt mit der Tastatur, dann **geändert**')
  await said(writer, 'Gespeichert um')
  await writer.getByRole('button', { name: 'Anlagen', exact: true }).click()
  // What is said of a file is not saved, and nobody told so, before the file is.
  const savings: string[] = []
  writer.on('request', (request) => {
    if (request.headers()['x-part'] === 'saved') savings.push(request.url())
  })
  await writer.setInputFiles('#datei', { name: 'a.pdf', mimeType: '', buffer: pdf })
  await writer.fill('#feld-alt', 'Der Leitfaden')
  await writer.getByRole('button', { name: 'Hochladen' }).click()
  await writer.waitForSelector('#feld-attachments')
  expect(savings).toEqual([])
  await writer.getByRole('button', { name: 'Prüfen und abgeben' }).click()
  await writer.getByRole('button', { name: 'Zur Prüfung abgeben' }).click()
  await writer.waitForURL('**/pruefen?said=submit')

  await reviewer.goto(writer.url())
  const remark = reviewer.locator('details', { hasText: 'Anmerkung schreiben: a.pdf' })
  await remark.locator('summary').click()
  await remark.getByRole('textbox').fill('Welche Fassung ist das?')
  await remark.getByRole('button').click()
  await reviewer.waitForURL('**/pruefen?said=remarked')
  await reviewer.locator('.tn-reading summary').first().click()
  await check(reviewer, 'a review with what changes, a remark, and room for another')
  expect(await reviewer.locator('.tn-differences').textContent()).toContain('Der Leitfaden')
}

export const writingJourneys = (stage: () => Stage) => {
  test('invited, first draft, review by a second person, published, seen at KIWW – by the keyboard alone', async () => {
    const { browser, follow, enter, check, origin, kiww } = stage()
    const [maria, ines] = [await openPerson(browser), await openPerson(browser)]
    await follow(maria, ['editor'], 'Maria Öztürk')
    await begin(maria.page, 'Getippt mit der Tastatur')
    await tabTo(maria.page, /^Zusammenfassung/)
    await maria.page.keyboard.type('Zwei Sätze über das, was gelang.')
    await said(maria.page, 'Gespeichert um')
    expect(await maria.page.evaluate(() => document.activeElement?.id)).toBe('feld-summary')
    await check(maria.page, 'the form with its first step filled')
    await writeTheRest(stage(), idIn(maria.page))
    await maria.page.reload()
    await press(maria.page, /^Prüfen und abgeben/)
    await maria.page.waitForURL('**/pruefen')
    await check(maria.page, 'a draft that may be handed in')
    await press(maria.page, 'Zur Prüfung abgeben')
    await maria.page.waitForURL('**/pruefen?said=submit')

    await enter(ines, ['reviewer'], 'Ines Prüfer')
    await press(ines.page, /^Zur Prüfung: .Getippt mit der Tastatur/)
    await ines.page.waitForURL('**/pruefen')
    await check(ines.page, 'a review')
    await press(ines.page, 'Freigeben')
    await ines.page.waitForURL('**/pruefen?said=approve')
    await press(ines.page, 'Jetzt veröffentlichen')
    await ines.page.waitForURL('**/entwuerfe/beitraege/*')
    await check(ines.page, 'what was published')
    await press(ines.page, 'Zur Seite des Beitrags')
    await ines.page.waitForURL('**/fallbeispiele/berlin/*')

    expect(await ines.page.locator('h1').textContent()).toBe('Getippt mit der Tastatur')
    const there = kiww.origin + new URL(ines.page.url()).pathname
    const arrived = async () => (await ines.page.goto(there))?.status()
    await expect.poll(arrived, { timeout: 20_000 }).toBe(200)
    expect(await ines.page.locator('h1').textContent()).toBe('Getippt mit der Tastatur')
    await tabTo(ines.page, /^geprüft: unterschrieben von Zukunftszentrum Berlin/)
    await maria.page.goto(`${origin}/entwuerfe?stand=published`)
    await check(maria.page, 'the list of drafts')
    await maria.page.click('.tn-things__name a')
    await maria.page.goto(`${maria.page.url()}/zuruecknehmen?wie=loeschen&grund=legal`)
    await check(maria.page, 'what taking back would do')
    await reviewNewVersion(stage(), maria.page, ines.page)
    expect([...maria.complaints, ...ines.complaints]).toEqual([])
    await maria.context.close()
    await ines.context.close()
  })

  test('two tabs on the same field, a connection that drops, and a device that is left clean', async () => {
    const { browser, enter, check, origin } = stage()
    const person = await openPerson(browser)
    const { page, context } = person
    await enter(person, ['editor'], 'Jonas Weiß')
    await check(page, 'what waits for an editor')
    await page.goto(`${origin}/entwuerfe/neu`)
    await check(page, 'a new draft')
    await page.getByRole('button', { name: 'Beginnen: Ergebnis eines Runden Tischs' }).click()
    const address = page.url()
    const other = await context.newPage()
    await other.goto(address)

    await page.fill('#feld-title', 'Aus dem ersten Fenster')
    await said(page, 'Gespeichert um')
    await other.fill('#feld-title', 'Aus dem zweiten Fenster')
    await said(other, 'Beide Versionen sind gespeichert')
    await other.getByRole('link', { name: 'Vergleichen und wählen' }).click()
    await check(other, 'two versions')
    await other.getByRole('button', { name: /^Diese Version nehmen/ }).click()
    await other.goto(address)
    expect(await other.inputValue('#feld-title')).toBe('Aus dem zweiten Fenster')
    await page.close()

    await context.setOffline(true)
    await other.fill('#feld-summary', 'Ohne Netz geschrieben')
    await said(other, 'Keine Verbindung')
    await other.getByRole('button', { name: 'Speichern und weiter' }).click()
    await said(other, 'auf diesem Gerät aufbewahrt')
    expect(other.url()).toBe(address)
    await check(other, 'a form without a connection')
    await other.close()
    await context.setOffline(false)
    const again = await context.newPage()
    await again.goto(address)
    await check(again, 'an offer of what the device has kept')
    // Whoever types before the script has come is not forgotten by it.
    const { promise: typed, resolve: bring } = Promise.withResolvers<void>()
    await again.route(/drafts[^/]*\.js$/, async (route) => {
      await typed
      await route.continue()
    })
    await again.getByRole('button', { name: 'Übernehmen' }).click()
    await again.waitForFunction(
      () =>
        (document.querySelector('#feld-summary') as HTMLTextAreaElement | null)?.value ===
        'Ohne Netz geschrieben',
    )

    await again.route(/entwuerfe\/[0-9a-f-]{36}$/, (route) =>
      route.request().method() === 'POST' ? route.fulfill({ status: 401 }) : route.continue(),
    )
    await again.fill('#feld-summary', 'Nach dem Ende der Sitzung')
    bring()
    await said(again, 'Ihre Sitzung ist beendet')
    await again.unrouteAll()
    await again.getByRole('button', { name: 'Abmelden' }).click()
    await again.waitForURL('**/abmelden')
    expect(await again.evaluate(() => localStorage.length)).toBe(0)
    await context.close()
  })

  test('what is pasted from Word and Excel is Markdown without debris, and the toolbar writes what it says', async () => {
    const { browser, enter, origin, check } = stage()
    const person = await openPerson(browser)
    const { page } = person
    await enter(person, ['editor'], 'Paula Paste')
    await page.goto(`${origin}/entwuerfe/neu`)
    await page.getByRole('button', { name: 'Beginnen: Fallbeispiel' }).click()
    const sample = (name: string) => readFile(join(samples, name), 'utf8')

    await page.waitForSelector('.tn-toolbar')
    for (const copied of ['word-paste', 'excel-paste']) {
      await page.fill('#feld-easyLanguage', '')
      await page.evaluate(
        (html) => {
          const area = document.querySelector('#feld-easyLanguage') as HTMLTextAreaElement
          area.focus()
          const clipboardData = new DataTransfer()
          clipboardData.setData('text/html', html)
          area.dispatchEvent(new ClipboardEvent('paste', { clipboardData, cancelable: true }))
        },
        await sample(`${copied}.html`),
      )
      expect(person.complaints).toEqual([])
      const pasted = await page.inputValue('#feld-easyLanguage')
      expect(pasted).toBe((await sample(`${copied}.md`)).trimEnd())
    }

    await page.fill('#feld-easyLanguage', 'ganz wichtig')
    await page.locator('#feld-easyLanguage').selectText()
    await page.keyboard.press('Control+b')
    expect(await page.inputValue('#feld-easyLanguage')).toBe('**ganz wichtig**')
    await page.getByRole('button', { name: 'Vorschau' }).click()
    await page.waitForSelector('.tn-preview strong')
    await check(page, 'a preview')
    expect(person.complaints).toEqual([])
    await person.context.close()
  })

  test('every step is as accessible with nothing in it, with a failure, and without its scripts', async () => {
    const { browser, enter, check, origin } = stage()
    const person = await openPerson(browser)
    const { page } = person
    await enter(person, ['editor'], 'Ohne Skript')
    await page.route('**/*.js', (route) => route.abort())
    await page.goto(`${origin}/entwuerfe/neu`)
    await page.getByRole('button', { name: 'Beginnen: Fallbeispiel' }).click()
    const address = page.url()

    for (const { id } of stepsOf(kindOf('case-example'))) {
      await page.goto(`${address}?schritt=${id}`)
      await check(page, `step ${id} without scripts`)
    }
    await page.goto(`${address}?schritt=anlagen`)
    await page.setInputFiles('#datei', { name: 'a.exe', mimeType: '', buffer: Buffer.from('MZ') })
    await page.getByRole('button', { name: 'Hochladen' }).click()
    await check(page, 'a file that was refused')
    await page.setInputFiles('#datei', { name: 'a.pdf', mimeType: '', buffer: pdf })
    await page.fill('#feld-alt', 'Der Leitfaden')
    await page.keyboard.press('Enter')
    await page.waitForURL(/schritt=anlagen&said=saved/)
    const described = page.getByLabel('Alternativtext zu „a.pdf“')
    expect(await described.inputValue()).toBe('Der Leitfaden')
    await check(page, 'a file that was added')
    await page.goto(`${address}/pruefen`)
    await check(page, 'a draft that lacks everything')
    await page.goto(`${origin}/entwuerfe`)
    await check(page, 'the list of drafts without scripts')
    await page
      .getByLabel(/^Auswählen/)
      .first()
      .check()
    await page.getByRole('button', { name: 'verwerfen' }).click()
    await check(page, 'before drafts are thrown away')
    await person.context.close()
  })
}
