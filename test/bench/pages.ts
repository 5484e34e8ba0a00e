/**
 * What a reader waits for: pages of 20 records against a bare hono JSX page of the same size, both in processes of
 * their own on the same database; and the start page in Chromium, on a processor that is four times slower.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readSettings } from '../../src/config.ts'
import type { EmbeddedDatabase } from '../../src/database/embedded.ts'
import { federationKey } from '../../src/federation/keys.ts'
import { learnTrust } from '../../src/federation/learn.ts'
import { vouch } from '../../src/federation/vouch.ts'
import { openHub } from '../../src/open-hub.ts'
import { publish } from '../../src/publications/publish.ts'
import { openChromium } from '../support/chromium.ts'
import { median } from './figures.ts'
import { freePort, rateOf, startChild, stopChild } from './reading.ts'

/** Short and many, in turn: on a shared machine the next second is like this one, the next minute is not. */
const rounds = 20
const visits = 5
const list = '/fallbeispiele'
const fixture = join(import.meta.dirname, '../../fixtures/records/berlin-hotel-dienstplan.json')

export const benchPages = async (database: EmbeddedDatabase, dataDir: string) => {
  await database.ensureDatabase('pages')
  const url = database.url('pages')
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const env = {
    ORIGIN: origin,
    PORT: String(port),
    CENTRES: '[{"slug":"berlin","name":"Zukunftszentrum Berlin","regions":["DE-BE"]}]',
    NODE_SECRET: 'A'.repeat(43),
    DATABASE_URL: url,
    DATA_DIR: join(dataDir, 'pages'),
    LOG_LEVEL: 'warn',
  }
  const served = await startChild(['dist/cli.js', 'serve'], { ...process.env, ...env })
  try {
    await prepare(env)
    const size = await sizeOf(origin + list)
    const script = ['test/bench/bare-page.ts', url, ...size.map(String)]
    const bare = await startChild(script, process.env)
    const bareUrl = `http://127.0.0.1:${bare.said.trim()}/`
    console.log(
      `  Elemente und Byte: ${size.join(', ')}; die bare Seite: ${(await sizeOf(bareUrl)).join(', ')}`,
    )
    const ratios = await compare(origin + list, bareUrl)
    await stopChild(bare.child)
    return { ratio: median(ratios), ...(await visit(origin)) }
  } finally {
    await stopChild(served.child)
  }
}

/** How many elements a page has, and how many bytes. */
const sizeOf = async (url: string) => {
  const html = await (await fetch(url)).text()
  return [(html.match(/<[a-z]/g) ?? []).length, Buffer.byteLength(html)]
}

/** Joins the node to its own anchor, publishes 20 records, and copies them to where the bare server looks. */
const prepare = async (env: Record<string, string>) => {
  const { DATABASE_URL: databaseUrl = '', NODE_SECRET: secret = '' } = env
  const hub = await openHub({ ...readSettings(env), databaseUrl, secret })
  const iss = `${hub.config.origin}/centres/berlin`
  const { kid: fingerprint } = await federationKey(hub, iss)
  const vouched = await vouch(hub, { entityId: iss, fingerprint })
  if (!vouched.ok) throw new Error(vouched.reason)
  await learnTrust(hub)
  const input = JSON.parse(await readFile(fixture, 'utf8'))
  for (let n = 1; n <= 20; n++) {
    const answer = await publish(hub, { iss, input: { ...input, title: `${input.title} ${n}` } })
    if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
  }
  await hub.sql`
    create table bare_rows as
    select r.rid, r.teaser ->> 'title' as title, r.teaser ->> 'summary' as summary, c.name as centre
    from records r join centres c on c.entity_id = r.iss
  `
  await hub.close()
}

const compare = async (own: string, bare: string) => {
  const ratios: number[] = []
  for (let round = 0; round < rounds; round++) {
    const [bareRate, ownRate] = [await rateOf(bare, 1), await rateOf(own, 1)]
    ratios.push(ownRate / bareRate)
  }
  console.log(`  Verhältnisse: ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')}`)
  return ratios
}

/** Each visit is somebody's first. Milliseconds to the first content, and bytes over the line. */
const visit = async (origin: string) => {
  const browser = await openChromium()
  const paints: number[] = []
  let transferred = 0
  for (let n = 0; n < visits; n++) {
    const context = await browser.newContext()
    const page = await context.newPage()
    const cdp = await context.newCDPSession(page)
    await cdp.send('Network.enable')
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 })
    let bytes = 0
    cdp.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength
    })
    await page.goto(origin, { waitUntil: 'networkidle' })
    const painted = 'performance.getEntriesByName("first-contentful-paint")[0]?.startTime'
    paints.push(Number(await (await page.waitForFunction(painted)).jsonValue()))
    transferred = Math.max(transferred, bytes)
    await context.close()
  }
  await browser.close()
  return { paint: median(paints), transferred }
}
