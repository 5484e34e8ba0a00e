/** Journeys of staff in a real browser, by the keyboard alone, and every page against WCAG 2.2 AA. */
import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { readSettings } from '../src/config.ts'
import { federationKey } from '../src/federation/keys.ts'
import { learnTrust } from '../src/federation/learn.ts'
import { vouch } from '../src/federation/vouch.ts'
import { keepReport } from '../src/notices/store.ts'
import { type OpenHub, openHub } from '../src/open-hub.ts'
import { publish } from '../src/publications/publish.ts'
import { erase, withdraw } from '../src/publications/take-back.ts'
import { followLog } from '../src/search/follow.ts'
import { invite } from '../src/staff/invite.ts'
import type { Role } from '../src/staff/roles.ts'
import { nationJourneys } from './journeys/nation.ts'
import { referralJourneys } from './journeys/referrals.ts'
import { roundJourneys } from './journeys/rounds.ts'
import { type OpenNode, type Stage, writingJourneys } from './journeys/writing.ts'
import { fileOf, inputOf } from './publications/fixtures.ts'
import { openBrowser } from './support/browser.ts'
import {
  cutOff,
  desktop,
  hasChromium,
  narrow,
  openChromium,
  openPerson,
  type Person,
  press,
  tabTo,
  violationsOn,
} from './support/chromium.ts'
import { openTestDatabase, temporaryDirectory } from './support/database.ts'
import { type IdentityProvider, openIdentityProvider } from './support/identity-provider.ts'
import { type Env, endAll, freePorts, startCli } from './support/program.ts'

// A browser needs time where the machine is busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

describe.skipIf(!hasChromium())('in a browser', () => {
  let origin: string
  let place: string
  let database: Awaited<ReturnType<typeof openTestDatabase>>
  let house: IdentityProvider
  let hub: OpenHub
  /** The nationwide node, which mirrors the other and has a guest. */
  let kiww: OpenNode & { hub: OpenHub; close(): Promise<void> }
  let browser: Browser
  /** Paths of records: one that is there, one that was withdrawn. */
  let record: string
  let gone: string
  let event: string
  let question: string

  beforeAll(async () => {
    const port = await freePorts(2)
    origin = `http://localhost:${port}`
    place = await temporaryDirectory()
    database = await openTestDatabase()
    house = await openIdentityProvider(origin)
    const env: Env = {
      ORIGIN: origin,
      PORT: String(port),
      CENTRES: JSON.stringify([
        { slug: 'berlin', name: 'Zukunftszentrum Berlin', regions: ['DE-BE'] },
        { slug: 'brandenburg', name: 'Zukunftszentrum Brandenburg', regions: ['DE-BB'] },
      ]),
      DATABASE_URL: database.url,
      DATA_DIR: place,
      NODE_SECRET: randomBytes(32).toString('base64url'),
      OIDC_ISSUER: house.issuer,
      OIDC_CLIENT_ID: 'transfernetz',
      OIDC_CLIENT_SECRET: 'geheim',
      LOG_LEVEL: 'warn',
    }
    await startCli(['serve'], env).says('Transfernetz läuft')
    const settings = readSettings(env)
    const secret = env.NODE_SECRET as string
    hub = await openHub({ ...settings, databaseUrl: database.url, secret })
    kiww = await openKiww(port + 1)
    await fill()
    browser = await openChromium()
  })
  afterAll(async () => {
    await browser?.close()
    await hub?.close()
    await kiww?.close()
    await endAll()
    await house?.close()
    await database?.close()
    await rm(place, { recursive: true, force: true })
  })

  /** A node of its own, which trusts the anchor of the other. */
  const openKiww = async (port: number): Promise<typeof kiww> => {
    const its = await openTestDatabase()
    const anchor = hub.config.anchor.id
    const env: Env = {
      ORIGIN: `http://localhost:${port}`,
      PORT: String(port),
      CENTRES: JSON.stringify([
        { slug: 'kiww', name: 'KIWW', regions: [] },
        { slug: 'potsdam', name: 'Zukunftszentrum Potsdam', regions: ['DE-BB'] },
      ]),
      TRUST_ANCHOR: anchor,
      TRUST_ANCHOR_PINS: (await federationKey(hub, anchor)).kid,
      DATABASE_URL: its.url,
      DATA_DIR: join(place, 'kiww'),
      NODE_SECRET: randomBytes(32).toString('base64url'),
      LOG_LEVEL: 'warn',
    }
    await startCli(['serve'], env).says('Transfernetz läuft')
    const secret = env.NODE_SECRET as string
    const opened = await openHub({ ...readSettings(env), databaseUrl: its.url, secret })
    const close = async () => {
      await opened.close()
      await its.close()
    }
    return { origin: opened.config.origin, hub: opened, close }
  }

  /** Two records, one of which was withdrawn. */
  const fill = async () => {
    const iss = `${origin}/centres/berlin`
    const centres: [OpenHub, string][] = [
      [hub, iss],
      [hub, `${origin}/centres/brandenburg`],
      [kiww.hub, `${kiww.origin}/centres/kiww`],
      [kiww.hub, `${kiww.origin}/centres/potsdam`],
    ]
    for (const [its, entityId] of centres) {
      const { kid: fingerprint } = await federationKey(its, entityId)
      const answer = await vouch(hub, {
        entityId,
        fingerprint,
        umbrella: entityId.endsWith('/kiww'),
      })
      if (!answer.ok) throw new Error(answer.reason)
    }
    await learnTrust(hub)
    await learnTrust(kiww.hub)
    const [one, other] = [
      await publishFixture(iss, 'berlin-hotel-dienstplan'),
      await publishFixture(iss, 'brandenburg-baeckerei-absatzprognose'),
    ]
    await withdraw(hub, { iss, rid: other, reason: 'outdated' })
    for (const name of ['angebot-handwerk', 'raum-ki-mobil', 'baustein-diktieren']) {
      await publishFixture(iss, `brandenburg-${name}`)
    }
    event = `/veranstaltungen/berlin/${await publishFixture(iss, 'brandenburg-veranstaltung-tourenplanung')}`
    question = `/fachfragen/berlin/${await publishFixture(iss, 'brandenburg-frage-absatz-wetter')}`
    await followLog(hub)
    record = `/fallbeispiele/berlin/${one}`
    gone = `/fallbeispiele/berlin/${other}`
  }

  const publishFixture = async (iss: string, name: string) => {
    const answer = await publish(hub, { iss, input: inputOf(`${name}.json`), fileOf })
    if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
    return answer.published.rid
  }

  const link = (roles: Role[]) => invite(hub, { centre: 'berlin', roles, by: 'operator' })

  /** Follows an invitation with the keyboard alone. */
  const follow = async ({ page }: Person, roles: Role[], name: string) => {
    await page.goto(await link(roles))
    await tabTo(page, 'Ihr Name')
    await page.keyboard.type(name)
    await press(page, 'Passkey anlegen')
    await page.waitForURL(`${origin}/arbeit`)
  }

  /** Is let in with a passkey of paper: how one follows an invitation is told once. Answers her start page. */
  const enter: Stage['enter'] = async ({ context, page }, roles, name, at = {}) => {
    const { node = { origin, hub }, centre = 'berlin' } = at
    const visitor = openBrowser(node.hub)
    await visitor.join(await invite(node.hub, { centre, roles, by: 'operator' }), name)
    const cookies = [...visitor.cookies].map(([key, value]) => ({
      ...{ name: key, value },
      url: node.origin,
    }))
    await context.addCookies(cookies)
    await page.goto(`${node.origin}/arbeit`)
  }

  const signIn = async ({ page }: Person) => {
    await page.goto(`${origin}/anmelden`)
    await press(page, 'Mit Passkey anmelden')
    await page.waitForURL(`${origin}/arbeit`)
  }

  const headingOn = (page: Page) => page.locator('h1').textContent()

  test('invited, with a passkey, signed in; another device is signed out; and out – by the keyboard alone', async () => {
    const laptop = await openPerson(browser)
    await follow(laptop, ['editor'], 'Maria Öztürk')
    const phone = await openPerson(browser, await laptop.passkeys())
    await signIn(phone)

    await press(laptop.page, 'Maria Öztürk')
    await laptop.page.waitForURL('**/arbeit/zugang')
    await press(laptop.page, 'Auf allen anderen Geräten abmelden')
    await laptop.page.waitForURL('**/arbeit/zugang?said=ended')
    await phone.page.reload()

    expect(phone.page.url()).toBe(`${origin}/anmelden?to=%2Farbeit`)
    await press(laptop.page, 'Abmelden')
    await laptop.page.waitForURL('**/abmelden')
    expect(await headingOn(laptop.page)).toBe('Sie sind abgemeldet')
    // Not on the laptop, whose passkey is behind its copy now, as that of a thief would be.
    await signIn(phone)
    expect(await headingOn(phone.page)).toBe('Was auf Sie wartet')
    expect([...laptop.complaints, ...phone.complaints]).toEqual([])
    await laptop.context.close()
    await phone.context.close()
  })

  test('through the house’s own sign-in, by the keyboard alone', async () => {
    house.who = {
      sub: 'u-7',
      name: 'Anna Beispiel',
      roles: ['berlin:redaktion', 'berlin:einsicht'],
    }
    const person = await openPerson(browser)
    await person.page.goto(`${origin}/audit`)

    await press(person.page, /^Mit der zentralen Anmeldung/)
    await person.page.waitForURL(`${origin}/audit`)

    expect(await headingOn(person.page)).toBe('Protokoll')
    expect(await person.page.locator('.tn-account').textContent()).toContain('Anna Beispiel')
    expect(person.complaints).toEqual([])
    await person.context.close()
  })

  /** Wide and light, then narrow and dark: no violation, and nothing that sticks out. */
  const check = async (page: Page, where: string) => {
    await page.setViewportSize(desktop)
    await page.emulateMedia({ colorScheme: 'light' })
    expect({ where, wide: await violationsOn(page) }).toEqual({ where, wide: [] })
    await page.setViewportSize(narrow)
    await page.emulateMedia({ colorScheme: 'dark' })
    expect({ where, narrow: await violationsOn(page) }).toEqual({ where, narrow: [] })
    expect({ where, cut: await page.evaluate(cutOff) }).toEqual({ where, cut: [] })
  }

  const checkAll = async (page: Page, paths: string[]) => {
    for (const path of paths) {
      await page.goto(origin + path)
      await check(page, path)
    }
  }

  test('every page for everybody meets WCAG 2.2 AA', async () => {
    const { page, complaints } = await openPerson(browser)

    await checkAll(page, [
      '/',
      '/fallbeispiele',
      '/fallbeispiele?region=DE-HH',
      '/runde-tische',
      '/angebote',
      '/kompass?wo=Cottbus&topic=ai-adoption',
      '/kompass?wo=Neustadt',
      '/experimentierraeume',
      '/bausteine',
      '/veranstaltungen?monat=2026-12',
      '/fachfragen',
      event,
      record,
      gone,
      '/suche',
      '/suche?q=Hotel',
      '/suche?q=Quittenbrot',
      '/suche?q=Hotel&land=DE-HH',
      '/suche/betrieb?sector=wz2008:I&size=small',
      '/nirgends',
      '/knoten',
      '/impressum',
      '/datenschutz',
      '/barrierefreiheit',
      '/barrierefreiheit?said=reported',
      '/leichte-sprache',
      '/gebaerdensprache',
      '/anmelden',
      '/abmelden',
      '/einladung/nobody',
    ])

    await page.goto(`${origin}/barrierefreiheit`)
    await page.fill('#feld-report', ' ')
    await page.getByRole('button', { name: 'Barriere melden' }).click()
    await page.waitForSelector('[aria-invalid=true]')
    await check(page, 'a report without words')
    expect(complaints).toEqual([])
  })

  test('a phone finds advice by the keyboard alone, in the time one has', async () => {
    const { page, complaints } = await openPerson(browser)
    await page.setViewportSize(narrow)
    await page.goto(`${origin}/angebote`)

    await press(page, 'Beratungskompass')
    await page.waitForURL('**/kompass')
    await tabTo(page, 'Postleitzahl oder Ort')
    await page.keyboard.type('03046')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/kompass?wo=03046**')
    await tabTo(page, 'Kontakt aufnehmen: Handwerkskammer Spreeland')

    expect(await page.locator('#antwort').textContent()).toMatch(/^1.Angebot/)
    expect(complaints).toEqual([])
  })

  test('where a page’s scripts do not come, it is as accessible and says what is missing', async () => {
    const { page } = await openPerson(browser)
    await page.route('**/*.js', (route) => route.abort())

    await checkAll(page, ['/anmelden', new URL(await link(['editor'])).pathname])
    await page.fill('#feld-name', 'Maria')
    await page.getByRole('button', { name: 'Passkey anlegen' }).click()
    await page.waitForSelector('[role=alert].kern-alert')

    await check(page, 'an invitation without its script')
    expect(await page.locator('.kern-alert').textContent()).toContain('konnte nicht geprüft werden')
  })

  const saidOn = (page: Page, text: string) =>
    page.waitForFunction(
      (part) => document.querySelector('#ansage')?.textContent?.includes(part),
      text,
    )

  test('hits come as one types: they are read out, the focus stays, and back leads to them again', async () => {
    const { page, complaints } = await openPerson(browser)
    await page.goto(`${origin}/suche`)
    await tabTo(page, 'Wonach suchen Sie?')

    await page.keyboard.type('Hotel')
    await saidOn(page, 'Treffer für „Hotel“')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('suchwort')
    expect(page.url()).toBe(`${origin}/suche?q=Hotel`)
    expect(await page.title()).toContain('„Hotel“')
    expect(await page.locator('#ergebnis mark').first().textContent()).toMatch(/hotel/i)
    await check(page, 'hits as one types')

    await press(page, /Hotel/)
    await page.waitForURL(origin + record)
    await page.goBack()
    expect(await page.inputValue('#suchwort')).toBe('Hotel')
    expect(await page.locator('#ergebnis mark').count()).toBeGreaterThan(0)

    await page.fill('#suchwort', 'Quittenbrot')
    await saidOn(page, 'Kein Treffer für „Quittenbrot“')
    await check(page, 'no hit as one types')
    expect(complaints).toEqual([])
  })

  test('without its script the search answers when its button is pressed', async () => {
    const { page } = await openPerson(browser)
    await page.route('**/*.js', (route) => route.abort())
    await page.goto(`${origin}/suche`)

    await tabTo(page, 'Wonach suchen Sie?')
    await page.keyboard.type('Hotel')
    await page.keyboard.press('Enter')
    await page.waitForURL(`${origin}/suche?q=Hotel`)

    expect(await page.locator('#treffer').textContent()).toContain('Treffer für „Hotel“')
  })

  test('every page for staff meets WCAG 2.2 AA, also where something went wrong', async () => {
    const person = await openPerson(browser)
    const { page } = person
    await page.goto(await link(['administrator', 'auditor', 'editor']))
    await check(page, 'an invitation')
    await page.fill('#feld-name', 'Dr. Ina Sicht')
    await page.getByRole('button', { name: 'Passkey anlegen' }).click()
    await page.waitForURL('**/arbeit')
    await link(['editor'])
    const report = { id: crypto.randomUUID(), page: '/suche', report: 'Zu klein.', contact: '' }
    await keepReport(hub.sql, { ...report, made_at: new Date() })

    await checkAll(page, [
      '/arbeit',
      '/arbeit/zugang',
      '/arbeit/zugang?said=last',
      '/suche/gespeichert',
      '/suche/gespeichert/neu?q=Hotel',
      '/anmelden?again=1',
      '/verwaltung',
      '/verwaltung?said=no-role',
      '/fachfragen',
      `${question}/antworten`,
      '/angebote/pruefen',
      '/audit',
      '/audit/pruefung',
      `/audit/pruefung?known=${'x'.repeat(43)}`,
      '/fallbeispiele',
      '/verwaltung/rueckmeldungen',
      '/verwaltung/personen/nobody',
    ])
    await page.goto(`${origin}/suche/gespeichert/neu?q=Hotel`)
    await page.locator('main form button[type=submit]').last().click()
    await page.waitForURL(/gespeichert(\?|$)/)
    await check(page, 'saved searches')
    await page.locator('main .tn-things a', { hasText: 'ändern' }).first().click()
    await check(page, 'a saved search that is changed')
    await page.goto(`${origin}/verwaltung`)
    await page.click('.tn-things a')
    await check(page, 'a person')
    await page.goto(`${origin}/verwaltung`)
    await page.emulateMedia({ forcedColors: 'active' })
    await tabTo(page, /^Einsicht/)
    await page.emulateMedia({ forcedColors: 'none' })
    await page.check('#feld-roles-editor')
    await page.getByRole('button', { name: 'Link erzeugen' }).click()
    await check(page, 'a new link')
    await page.goto(`${origin}/abmelden`)
    await check(page, 'leaving')

    expect(person.complaints).toEqual([])
  })

  test('a device that declines is told in words, and the page stays usable', async () => {
    const { page } = await openPerson(browser)
    await page.goto(`${origin}/anmelden`)

    await page.getByRole('button', { name: 'Mit Passkey anmelden' }).click()
    await page.waitForSelector('[data-said]:not(:empty)')

    await check(page, 'a device that knows no passkey')
    expect(await page.locator('[data-said]').textContent()).toContain('abgebrochen')
  })

  const stage = () => ({ origin, hub, kiww, browser, follow, enter, check })
  referralJourneys(stage)
  roundJourneys(stage)
  writingJourneys(stage)
  nationJourneys(stage)

  /** Another node, as it would be known here: with a feed that is forked and has gaps, and what it holds of ours. */
  const knowHessen = async () => {
    const { sql } = hub
    const id = 'https://hessen.example/centres/hessen'
    await sql`
      insert into centres (entity_id, slug, name, statement, iat, exp, metadata)
      select ${id}, 'hessen', 'Zukunftszentrum Hessen', '', iat, exp,
        replace(metadata::text, ${origin}, 'https://hessen.example')::jsonb
      from centres where slug = 'berlin'
    `
    await sql`select know_feed(${id}, feed, 1, '') from unnest(array['public', 'members']) feed`
    await sql`
      update feeds f set size = 9, forked_at = 4, aligned = c.iat from centres c
      where c.entity_id = f.iss and f.iss = ${id} and f.feed = 'public'
    `
    await sql`
      insert into entries (feed_id, seq, position, dig, jws, iat, kid, key_number, fault, status, received_at)
      select id, n, 1000 + n, '', '', 1772442000, '', 1, 'member-unknown', 'withheld', now()
      from feeds, generate_series(1, 9) n where iss = ${id} and feed = 'public'
    `
    await sql`insert into holdings (signer, iat, exp, jws, received_at) values (${id}, 1, 2, '', now())`
    await sql`
      insert into held_feeds (signer, feed_id, size, dig, erased_through, size_since, erased_since)
      select ${id}, id, 1, '', 1, now(), now() from feeds where iss <> ${id} and feed = 'public'
    `
    await sql`update feeds set forked_at = 2 where iss <> ${id} and feed = 'public'`
  }

  test('how the node stands meets WCAG 2.2 AA, also with a fork, gaps and erasures not confirmed', async () => {
    const { page, complaints } = await openPerson(browser)
    const rid = record.split('/').at(-1) as string
    await erase(hub, { iss: `${origin}/centres/berlin`, rid, reason: 'legal' })
    await knowHessen()

    await checkAll(page, ['/knoten'])

    const said = (await page.locator('main').textContent())?.replaceAll('\u00a0', ' ')
    expect(said).toContain('Ab Eintrag 2 sind zwei verschiedene Folgen unterschrieben')
    expect(said).toContain('Der Inhalt von Eintrag 1 fehlt.')
    expect(said).toContain('1 Löschung, davon 1 offen')
    expect(said).toContain('Noch offen bei')
    expect(complaints).toEqual([])
  })
})
