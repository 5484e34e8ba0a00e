/** A real browser: Debian's Chromium, driven over its own protocol. */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

const executablePath = places.find((path) => existsSync(path))

/**
 * Whether there is a browser. Without one these tests are left out, and say so; in CI (`CI=true`) that is a
 * failure, so that nobody takes silence for success.
 */
export const hasChromium = (): boolean => {
  if (executablePath) return true
  const advice = 'NO CHROMIUM: the browser tests do not run. apt-get install chromium'
  if (process.env.CI === 'true') throw new Error(advice)
  process.stderr.write(`\n*** ${advice} ***\n\n`)
  return false
}

export const openChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: executablePath ?? '',
    args: [
      `--disable-features=${[...disabledByPlaywright, ...popups]}`,
      // What runs once or twice on a page runs sooner than it is optimized: it saves a fifth of the work.
      '--js-flags=--no-opt,--no-maglev',
      // As root, as in most containers, Chromium's own sandbox does not start.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  })

/** Pages of Chromium's own behind the address bar, which nobody sees here: for each person a process and a second. */
const popups = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup']

/** A second list replaces the first; what ours could meet of it (playwright-core, chromiumSwitches.ts). */
const disabledByPlaywright = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
]

export interface Person {
  context: BrowserContext
  page: Page
  /** What her browser complained about: scripts that failed, what the policy refused. */
  complaints: string[]
  /** The passkeys of her device. */
  passkeys(): Promise<object[]>
}

/** Somebody at a device of her own, with a place for passkeys that asks for a finger and always gets one. */
export const openPerson = async (browser: Browser, passkeys: object[] = []): Promise<Person> => {
  const context = await browser.newContext({ locale: 'de-DE', viewport: desktop })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  const complaints: string[] = []
  page.on('pageerror', ({ message }) => complaints.push(message))
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) complaints.push(message.text())
  })
  const cdp = await context.newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  type Credential = Parameters<typeof cdp.send<'WebAuthn.addCredential'>>[1]
  for (const credential of passkeys) {
    await cdp.send('WebAuthn.addCredential', { authenticatorId, credential } as Credential)
  }
  const kept = async () =>
    (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials
  return { context, page, complaints, passkeys: kept }
}

export const desktop = { width: 1280, height: 900 }
/** WCAG 1.4.10: as wide as a page is at 400 % zoom. */
export const narrow = { width: 320, height: 800 }

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const asked = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  resultTypes: ['violations'],
  preload: false,
  // What is wrong is shown by its HTML; to find a selector for each element takes an eighth of the time.
  selectors: false,
}

/** What axe-core finds against WCAG 2.2 AA on a page as it is, each as its rule and where. */
export const violationsOn = async (page: Page): Promise<string[]> => {
  // After a form was sent its answer may be there before its styles.
  await page.waitForLoadState('load')
  // Reading it takes as long as what it does.
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe)
  const found = await page.evaluate(`axe.run(${JSON.stringify(asked)})`)
  const { violations } = found as { violations: { id: string; nodes: { html: string }[] }[] }
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}

/** Runs in the page: what lies beyond its edge, where nobody can scroll to it. */
export const cutOff = () => {
  const edge = document.documentElement.clientWidth + 1
  return [...document.querySelectorAll('body *')]
    .filter((element) => !element.closest('.tn-scroll, .kern-sr-only, svg'))
    .filter((element) => {
      const { right, width } = element.getBoundingClientRect()
      return width > 1 && right > edge
    })
    .map((element) => element.outerHTML.slice(0, 120))
}

/** Goes on with the tab key alone to what is called so; it must be seen where the focus is. */
export const tabTo = async (page: Page, name: string | RegExp) => {
  for (let step = 0; step < 80; step++) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(focusedNow)
    if (!focused) continue
    if (!focused.visible) throw new Error(`nobody sees that the focus is on "${focused.name}"`)
    if (typeof name === 'string' ? focused.name === name : name.test(focused.name)) return
  }
  throw new Error(`the tab key does not lead to ${name}`)
}

/** Goes there in the same way, and presses it. */
export const press = async (page: Page, name: string | RegExp) => {
  await tabTo(page, name)
  await page.keyboard.press('Enter')
}

/** Runs in the page. */
const focusedNow = () => {
  const element = document.activeElement
  if (!(element instanceof HTMLElement) || element === document.body) return undefined
  const label = (element as HTMLInputElement).labels?.[0]?.textContent
  const name = element.getAttribute('aria-label') ?? label ?? element.textContent ?? ''
  const style = getComputedStyle(element)
  const outlined =
    style.outlineStyle !== 'none' &&
    Number.parseFloat(style.outlineWidth) >= 2 &&
    !/ 0\)$/.test(style.outlineColor)
  const visible = outlined || style.boxShadow !== 'none'
  return { name: name.replaceAll(/\s+/g, ' ').trim(), visible }
}
