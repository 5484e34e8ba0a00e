/** The journey of a referral between two nodes, for the browser that test/browser.test.ts has opened. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { openPerson } from '../support/chromium.ts'
import type { Stage } from './writing.ts'

/** Writes down the company, as the second try; the first has an address that is none, and a seat that is not decided. */
const describe = async (page: Page, check: Stage['check']) => {
  const next = () => page.getByRole('button', { name: 'Weiter' }).click()
  await page.fill('#feld-name', 'Havelbäckerei Schulze')
  await page.selectOption('#feld-groesse', 'micro')
  await page.selectOption('#feld-branche', 'wz2008:C')
  await page.check('#feld-themen-ai-adoption')
  await page.fill('#feld-person', 'Erika Schulze')
  await page.fill('#feld-adresse', 'keine')
  await page.getByLabel('Per E-Mail').check()
  await next()
  await check(page, 'a new referral with a fault')
  await page.fill('#feld-adresse', 'schulze@havel.example')
  await next()
  await check(page, 'a seat that is not decided')
  await page.getByRole('link', { name: 'Angaben ändern' }).click()
  await page.fill('#feld-plz', '14467')
  await page.fill('#feld-ort', 'Potsdam')
  await next()
}

/** From the choice of a centre on: two are responsible, and none is chosen for her. */
const send = async (page: Page, centre: string, check?: Stage['check']) => {
  const next = () => page.getByRole('button', { name: 'Weiter' }).click()
  expect(await page.locator('input[name=to]:checked').count()).toBe(0)
  await page.locator(`input[name=to][value="${centre}"]`).check()
  await check?.(page, 'the choice of a centre')
  await next()
  await page.getByLabel('Schriftlich').check()
  await page.getByLabel(/Das Unternehmen hat in genau/).check()
  await check?.(page, 'the consent')
  await page.getByRole('button', { name: 'Verweis senden' }).click()
  await page.waitForURL('**?gesagt=sent')
  return new URL(page.url()).pathname
}

const stateOn = async (page: Page, url: string) => {
  await page.goto(url)
  return page.locator('.tn-lead').first().textContent()
}

/** Months in which Berlin’s referrals ended, so that there is something to count. */
const fillFigures = ({ hub, origin }: Stage) => hub.sql`
  insert into referrals (
    centre, id, side, other, state, land, topics, outcome, made_at, changed_at, sent_at, answered_at, ended_at
  )
  select ${`${origin}/centres/berlin`}, gen_random_uuid(), 'sender', 'https://x.example/centres/x', 'completed',
    'DE-BB', '["leadership"]', 'advised', t, t, t, t + interval '3 days', t + interval '20 days'
  from generate_series(1, 7), (values (timestamptz '2026-02-02')) as v (t)
`

export const referralJourneys = (stage: () => Stage) => {
  test('Berlin refers a company in Potsdam to another node, which accepts and completes; Berlin reads it; consent is revoked', async () => {
    const { browser, check, enter, origin, kiww } = stage()
    const potsdam = `${kiww.origin}/centres/potsdam`
    const [bea, paul] = [await openPerson(browser), await openPerson(browser)]
    const [{ page }, { page: there }] = [bea, paul]
    await enter(bea, ['adviser'], 'Bea Berlin')
    await enter(paul, ['adviser'], 'Paul Potsdam', { node: kiww, centre: 'potsdam' })

    // A postal code in two Länder: the page asks, and guesses nothing.
    await page.goto(`${origin}/zustaendig?plz=14715&ort=Neuort`)
    await page.getByRole('link', { name: 'Unternehmen verweisen' }).click()
    await describe(page, check)
    const path = await send(page, potsdam, check)

    const arrived = there.getByRole('link', { name: 'Havelbäckerei Schulze' })
    const inbox = async () => {
      await there.goto(`${kiww.origin}/verweise`)
      return arrived.count()
    }
    await expect.poll(inbox, { timeout: 20_000 }).toBe(1)
    await check(there, 'the inbox')
    await arrived.click()
    await check(there, 'a referral that came')
    await there.getByRole('button', { name: 'Annehmen' }).click()
    await there.selectOption('#feld-outcome', 'advised')
    await there.getByRole('button', { name: 'Abschließen' }).click()
    await there.waitForURL('**?gesagt=completed')
    await expect.poll(() => stateOn(page, origin + path), { timeout: 20_000 }).toBe('Abgeschlossen')
    await check(page, 'what became of it')

    // Another one, of which consent is revoked: at both nodes nothing is left to read.
    await page.goto(`${origin}/verweise/neu?plz=14467&ort=Potsdam`)
    await describe(page, async () => undefined)
    const revoked = await send(page, potsdam)
    await expect.poll(inbox, { timeout: 20_000 }).toBe(2)
    await page.selectOption('select[name=reason]', 'consent-revoked')
    await page.getByRole('button', { name: 'Zurückziehen' }).click()
    await page.waitForURL('**?gesagt=withdrawn')
    await expect
      .poll(() => stateOn(there, kiww.origin + revoked), { timeout: 20_000 })
      .toContain('Zurückgezogen')
    expect(await there.content()).not.toContain('Schulze')
    await check(there, 'a referral that was withdrawn')

    // Without any script, too.
    await fillFigures(stage())
    await bea.context.route('**/*.js', (route) => route.abort())
    for (const at of ['/verweise', '/verweise/zahlen', '/zustaendig?plz=69434', '/verweise/neu']) {
      await page.goto(origin + at)
      await check(page, `${at}, without scripts`)
    }
    expect([...bea.complaints, ...paul.complaints]).toEqual([])
    await bea.context.close()
    await paul.context.close()
  })
}
