/** Journeys of those who look at what the whole country knows, for the browser that test/browser.test.ts has opened. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { confirmationLink } from '../../src/advice/confirm.ts'
import type { Hub } from '../../src/hub.ts'
import { followLog } from '../../src/insight/follow.ts'
import { publish } from '../../src/publications/publish.ts'
import { inputOf, tableFile } from '../publications/fixtures.ts'
import { openPerson, press, tabTo } from '../support/chromium.ts'
import type { Stage } from './writing.ts'

const publishAt = async (hub: Hub, centre: string, input: object) => {
  const iss = `${hub.config.origin}/centres/${centre}`
  const answer = await publish(hub, { iss, input })
  if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
  return { iss, rid: answer.published.rid, ver: 1 }
}

/** Two round tables say nearly the same, a synthesis says it once more. */
const prepare = async (hub: Hub) => {
  const { related: _, ...table } = inputOf(tableFile)
  const one = await publishAt(hub, 'kiww', { ...table, parties: ['potsdam'] })
  const other = { title: 'Runder Tisch in Neuruppin', parties: ['kiww'], agreements: undefined }
  const two = await publishAt(hub, 'potsdam', { ...table, ...other })
  const derivedFrom = [one, two]
  const synthesis = inputOf('kiww-synthese-kleinbetriebe.json')
  const findings = synthesis.findings.map((each: object) => ({ ...each, sources: derivedFrom }))
  const made = await publishAt(hub, 'kiww', { ...synthesis, findings, derivedFrom })
  const offer = await publishAt(hub, 'potsdam', inputOf('brandenburg-angebot-handwerk.json'))
  await followLog(hub)
  const { link } = await confirmationLink(hub, 'potsdam', offer.rid)
  return { synthesis: `/synthesen/kiww/${made.rid}`, confirming: new URL(link).pathname }
}

/** Pages of a printed page, each as wide as it is. */
const printed = async (page: Page) => {
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  return [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, width, height]) =>
    Number(width) > Number(height) ? 'landscape' : 'portrait',
  )
}

/** A form lists the newest records; what is older is found by its words. */
const nameAnOldRecord = async (page: Page) => {
  await page.goto(`${page.url().split('?')[0]}?schritt=herkunft`)
  const select = page.locator('select[name="related[1]"]')
  await select.evaluate((list: HTMLSelectElement) => list.replaceChildren())
  await press(page, 'Nicht dabei? Verwandte Beiträge, Nr. 2')
  await tabTo(page, /^Nach Titel suchen für: Verwandte Beiträge, Nr. 2/)
  await page.keyboard.type('Neuruppin')
  await page.waitForSelector('.tn-found button')
  await press(page, 'Runder Tisch in Neuruppin')
  expect(await page.evaluate(() => document.activeElement?.id)).toBe(
    await select.getAttribute('id'),
  )
  await page.waitForFunction(() =>
    /^Gespeichert/.test(document.querySelector('[data-said]')?.textContent ?? ''),
  )
  await page.reload()
  expect(await select.locator('option:checked').textContent()).toBe('Runder Tisch in Neuruppin')
}

export const nationJourneys = (stage: () => Stage) => {
  let paths: Awaited<ReturnType<typeof prepare>>

  test('what the whole country knows meets WCAG 2.2 AA, and the report is one sheet of paper', async () => {
    const { kiww, browser, check } = stage()
    const { origin } = kiww
    paths = await prepare(kiww.hub)
    const { page, context, complaints } = await openPerson(browser)

    const shown = [
      ...['/wissen', '/erkenntnisse', '/synthesen', paths.synthesis],
      ...['/regal', '/zahlen', '/zahlen/bericht', paths.confirming],
    ]
    for (const path of shown) {
      await page.goto(origin + path)
      await check(page, path)
    }

    await page.goto(`${origin}/zahlen/bericht`)
    expect(await printed(page)).toEqual(['landscape'])
    expect(complaints).toEqual([])
    await context.close()
  })

  test('the umbrella gathers findings for a synthesis, asks a centre back, fills the shelf and drafts a newsletter – by the keyboard alone', async () => {
    const { kiww, browser, enter, check } = stage()
    const { origin } = kiww
    const nora = await openPerson(browser)
    const { page, context, complaints } = nora
    await enter(nora, ['editor', 'curator'], 'Nora Nation', { node: kiww, centre: 'kiww' })

    await page.goto(`${origin}/synthesen`)
    await press(page, 'Erkenntnisse Runder Tische zusammenstellen')
    await page.waitForURL('**/zusammenstellen')
    await tabTo(page, 'Thema')
    await page.keyboard.type('Mitbe')
    await tabTo(page, /^Leitfrage/)
    await page.keyboard.type('Was hilft Betrieben ohne Betriebsrat?')
    await page.keyboard.press('Enter')
    await page.waitForURL('**topic=co-determination**')
    await check(page, 'findings side by side')
    expect(await page.locator('legend').first().textContent()).toBe('Erkenntnis 1')
    expect(await page.locator('fieldset').first().textContent()).toMatch(/2\sZentren/)
    await press(page, 'Entwurf anlegen')
    await page.waitForURL('**/entwuerfe/*')
    expect(await page.inputValue('#feld-title')).toBe(
      'Synthese: Was hilft Betrieben ohne Betriebsrat?',
    )

    await page.goto(`${origin}/regal/pruefen`)
    await check(page, '/regal/pruefen')
    const title = String(await page.locator('.tn-teasers h2').first().textContent())
    await press(page, `Beim Zentrum nachfragen: ${title}`)
    await page.waitForURL('**/entwuerfe/**')
    expect(await page.locator('h1').textContent()).toBe(`Rückfrage: ${title}`)
    await nameAnOldRecord(page)
    await check(page, 'a record that was looked for')
    await page.goto(`${origin}/regal/pruefen`)
    await press(page, `Ins Regal stellen: ${title}`)
    await page.waitForURL('**?said=aufnehmen')
    await page.goto(`${origin}/regal`)
    expect(await page.locator('main').textContent()).toContain(title)

    await page.goto(`${origin}/eingang`)
    await check(page, '/eingang')
    expect(await page.locator('main').textContent()).toContain('hat ins bundesweite Regal gestellt')
    const read = page.locator('[data-live] a', { hasText: title })
    await read.first().focus()
    await publishAt(kiww.hub, 'potsdam', inputOf('brandenburg-raum-ki-mobil.json'))
    await page.waitForSelector('[data-live] a >> text=KI-Mobil')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(title)
    await page.goto(`${origin}/zahlen/rundbrief`)
    await check(page, '/zahlen/rundbrief')
    const download = page.waitForEvent('download')
    await press(page, 'Als HTML herunterladen')
    expect((await download).suggestedFilename()).toBe('rundbrief.html')
    expect(complaints).toEqual([])
    await context.close()
  })
}
