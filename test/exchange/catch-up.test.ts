import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { askPeers } from '../../src/exchange/ask-peers.ts'
import { attestHoldings } from '../../src/exchange/attest.ts'
import { catchUp, lookBack, showAnyway } from '../../src/exchange/catch-up.ts'
import { noteMark, noteTakingBack } from '../../src/exchange/note-mark.ts'
import { pullAfresh, pullDue } from '../../src/exchange/pulls.ts'
import { takePush } from '../../src/exchange/push.ts'
import { signingStatus } from '../../src/exchange/signing-status.ts'
import { refreshStatements } from '../../src/federation/anchor.ts'
import { learnTrust } from '../../src/federation/learn.ts'
import { publish } from '../../src/publications/publish.ts'
import { erase } from '../../src/publications/take-back.ts'
import { fileJournal } from '../../src/signing/file-journal.ts'
import { caseFile, inputOf } from '../publications/fixtures.ts'
import { backUp } from '../support/backup.ts'
import { openFederation, type TestFederation, type TestHub } from '../support/hub.ts'
import { newJournal } from '../support/journal.ts'
import { openSigner } from '../support/signer.ts'
import { payloadOf } from '../support/token.ts'

const names = ['kiww', 'berlin', 'brandenburg'] as const

let net: TestFederation
let directory: string
/** Milliseconds. */
let start: number
/** Puts every database back to where nothing was published. */
let startAnew: () => Promise<unknown>
/** Of Berlin, mirrored by KIWW. */
let rid: string
/** Puts KIWW's database back to where it has the record. */
let restore: () => Promise<unknown>

beforeAll(async () => {
  net = await openFederation()
  start = net.clock.now
  const backups = await Promise.all(names.map((name) => backUp(net[name].sql)))
  startAnew = () => Promise.all(backups.map((each) => each()))
})
afterAll(() => net.close())
beforeEach(async () => {
  net.clock.now = start
  directory = await mkdtemp(join(tmpdir(), 'tn-catch-up-'))
  for (const name of names) {
    net[name].journal = await newJournal(join(directory, name), net[name].iss)
  }
  rid = await story()
  await pull(net.kiww)
  await noteMark(net.kiww)
  restore = await backUp(net.kiww.sql)
})
afterEach(async () => {
  for (const name of names) net.network.set(net[name].config.origin, net[name])
  await startAnew()
  await rm(directory, { recursive: true })
})

const story = async () => {
  const answer = await publish(net.berlin, { iss: net.berlin.iss, input: inputOf(caseFile) })
  if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
  return answer.published.rid
}
const eraseIt = () => erase(net.berlin, { iss: net.berlin.iss, rid, reason: 'consent-revoked' })

const pull = async (hub: TestHub) => {
  net.clock.now += 1_000
  await pullAfresh(hub)
  await pullDue(hub)
}
const minutes = (count: number) => {
  net.clock.now += count * 60_000
}
const leave = (name: (typeof names)[number]) => net.network.delete(net[name].config.origin)

const ask = (hub: TestHub, path: string, init?: RequestInit) =>
  app.request(`${hub.config.origin}${path}`, init, hub)
const statusOf = async (path: string, init?: RequestInit) =>
  (await ask(net.kiww, path, init)).status
const recordStatus = () => statusOf(`/api/records/berlin/${rid}`)

describe('a node restored from a backup that still has what was erased since', () => {
  beforeEach(async () => {
    await eraseIt()
    await pull(net.kiww)
    await noteTakingBack(net.kiww)
    expect(await recordStatus()).toBe(410)
    await restore()
  })

  test('shows and serves nothing, but says that it lives and who it is', async () => {
    expect(await recordStatus()).toBe(200)

    await lookBack(net.kiww)

    const feed = `iss=${encodeURIComponent(net.berlin.iss)}&feed=public`
    const closed = [
      '/',
      '/fallbeispiele',
      `/fallbeispiele/berlin/${rid}`,
      '/suche?q=Belege',
      '/api/records',
      `/api/records/berlin/${rid}`,
      '/api/search?q=Belege',
      `/exchange/v1/entries?${feed}&epoch=1`,
      `/exchange/v1/head?${feed}`,
      '/exchange/v1/holdings',
    ]
    for (const path of closed) {
      const answer = await ask(net.kiww, path)
      expect([path, answer.status]).toEqual([path, 503])
      expect(await answer.json()).toMatchObject({ code: 'catching-up' })
    }
    const open = [
      '/healthz',
      '/readyz',
      '/trust-anchor/.well-known/openid-federation',
      '/trust-anchor/history',
      '/centres/kiww/.well-known/openid-federation',
    ]
    for (const path of open) expect([path, await statusOf(path)]).toEqual([path, 200])
    const body = JSON.stringify({ iss: net.berlin.iss, feed: 'public', epoch: 1, size: 9 })
    const headers = { 'content-type': 'application/json' }
    expect(await statusOf('/exchange/v1/nudges', { method: 'POST', body, headers })).toBe(202)
    const page = await ask(net.kiww, '/', { headers: { accept: 'text/html' } })
    expect(page.status).toBe(503)
    expect(await page.text()).toContain('Dieser Knoten holt gerade nach')
  })

  test('shows everything again once every feed was pulled, and what was erased is gone', async () => {
    await lookBack(net.kiww)
    const waits = await catchUp(net.kiww)
    const before = await recordStatus()

    await pull(net.kiww)
    await catchUp(net.kiww)

    expect(waits).toBeLessThan(5_000)
    expect(before).toBe(503)
    expect(await recordStatus()).toBe(410)
    expect(await net.kiww.sql`select 1 from entries where content is not null`).toHaveLength(0)
  })

  test('waits for every single feed, however long – or until an operator decides', async () => {
    leave('brandenburg')
    await lookBack(net.kiww)
    minutes(600)
    await pull(net.kiww)
    await catchUp(net.kiww)

    expect(await recordStatus()).toBe(503)
    const { absence } = await signingStatus(net.kiww)
    expect(absence).toMatchObject({
      kind: 'restored',
      behind: [
        { name: 'Zukunftszentrum Brandenburg', feed: 'public', reason: 'unreachable' },
        { name: 'Zukunftszentrum Brandenburg', feed: 'members', reason: 'unreachable' },
      ],
    })

    await showAnyway(net.kiww)

    expect(await recordStatus()).toBe(410)
    await lookBack(net.kiww)
    expect(await recordStatus()).toBe(410)
  })

  test('is noticed also while it runs, and after a restart it is still silent', async () => {
    await catchUp(net.kiww)
    expect(await recordStatus()).toBe(503)

    await lookBack(net.kiww)

    expect(await recordStatus()).toBe(503)
  })

  test('is noticed a second time, though its log is no longer than it was', async () => {
    await lookBack(net.kiww)
    await pull(net.kiww)
    await catchUp(net.kiww)
    expect(await recordStatus()).toBe(410)

    await restore()
    await lookBack(net.kiww)

    expect(await recordStatus()).toBe(503)
  })
})

test('a restored node that forgot its own erasure fetches it back before it shows anything', async () => {
  const restoreBerlin = await backUp(net.berlin.sql)
  await eraseIt()
  await story()
  await pull(net.brandenburg)
  await restoreBerlin()
  await lookBack(net.berlin)
  await pull(net.berlin)
  const record = () => ask(net.berlin, `/api/records/berlin/${rid}`)
  expect((await record()).status).toBe(503)
  leave('brandenburg')
  await catchUp(net.berlin)
  expect((await record()).status).toBe(503)

  for (const name of names) net.network.set(net[name].config.origin, net[name])
  await catchUp(net.berlin)
  await catchUp(net.berlin)

  expect((await record()).status).toBe(410)
})

test('a restored node fetches back from others what a centre with its own signer brought to it', async () => {
  const signer = await openSigner(net, net.berlin)
  const push = async (after: number) => {
    const entries = signer.entries.slice(after)
    const body = { iss: signer.iss, feed: 'public', epoch: 1, entries, head: null } as const
    await takePush(net.berlin, body, undefined)
    await pull(net.brandenburg)
  }
  await signer.publish()
  await push(0)
  await noteMark(net.berlin)
  const restoreBerlin = await backUp(net.berlin.sql)
  await signer.say({
    op: 'erase',
    rid: payloadOf(signer.entries[0]?.entry ?? '').rid,
    ver: 0,
    reason: 'legal',
  })
  await push(1)
  await noteTakingBack(net.berlin)
  await restoreBerlin()
  await lookBack(net.berlin)
  await pull(net.berlin)
  const list = () => ask(net.berlin, '/api/records')
  leave('brandenburg')
  await catchUp(net.berlin)
  expect((await list()).status).toBe(503)
  net.network.set(net.brandenburg.config.origin, net.brandenburg)
  await pull(net.berlin)

  await catchUp(net.berlin)

  const { records } = (await (await list()).json()) as { records: { slug: string }[] }
  expect(records.map(({ slug }) => slug)).toEqual(['berlin'])
})

test('a node whose journal was restored with its database learns from others that it has said more', async () => {
  await noteMark(net.berlin)
  const restoreBerlin = await backUp(net.berlin.sql)
  await cp(join(directory, 'berlin'), join(directory, 'snapshot'), { recursive: true })
  await story()
  await pull(net.brandenburg)
  await restoreBerlin()
  net.berlin.journal = fileJournal(join(directory, 'snapshot'))
  await lookBack(net.berlin)
  await catchUp(net.berlin)
  minutes(6)

  await askPeers(net.berlin)
  await catchUp(net.berlin)

  await story()
  const numbers = await net.berlin.sql`select seq from entries order by seq`
  expect(numbers.map(({ seq }) => seq)).toEqual([1, 2, 3])
})

test('what the anchor says anew may mean more to pull: all feeds are pulled once more', async () => {
  await pull(net.brandenburg)
  await noteMark(net.brandenburg)
  await net.brandenburg.sql`update log_end set position = position - 1`
  await lookBack(net.brandenburg)
  await pull(net.brandenburg)
  minutes(24 * 60)
  await refreshStatements(net.kiww)
  const silent = async () => (await ask(net.brandenburg, '/')).status === 503

  await catchUp(net.brandenburg)
  expect(await silent()).toBe(true)
  await catchUp(net.brandenburg)
  expect(await silent()).toBe(true)
  await pull(net.brandenburg)
  await catchUp(net.brandenburg)

  expect(await silent()).toBe(false)
})

describe('how far the log has come', () => {
  test('is noted as soon as something was taken back, and with every signature', async () => {
    const noted = async () => (await net.kiww.journal?.mark())?.position
    const end = async () => (await net.kiww.sql`select position from log_end`)[0]?.position
    const before = await noted()
    await story()
    await pull(net.kiww)
    await noteTakingBack(net.kiww)
    expect(await noted()).toBe(before)

    await eraseIt()
    await pull(net.kiww)
    await noteTakingBack(net.kiww)
    expect(await noted()).toBe(await end())

    const beforeBerlin = (await net.berlin.journal?.mark())?.position
    await story()
    expect((await net.berlin.journal?.mark())?.position).toBeGreaterThan(beforeBerlin ?? 0)
  })

  test('is noted before this node confirms what it has erased', async () => {
    await eraseIt()
    await pull(net.kiww)

    await attestHoldings(net.kiww, undefined)

    const [end] = await net.kiww.sql`select life, position from log_end`
    expect(await net.kiww.journal?.mark()).toEqual(end)
  })

  test('being behind by publications alone silences nobody: nothing that was erased comes back', async () => {
    await story()
    await pull(net.kiww)
    await noteTakingBack(net.kiww)
    await restore()

    await lookBack(net.kiww)

    expect(await recordStatus()).toBe(200)
  })
})

describe('a node that was away', () => {
  test('for longer than an hour first pulls every feed', async () => {
    await eraseIt()
    minutes(90 * 24 * 60)
    await refreshStatements(net.kiww)
    await lookBack(net.kiww)
    await learnTrust(net.kiww)
    await catchUp(net.kiww)
    expect(await recordStatus()).toBe(503)

    await pull(net.kiww)
    await catchUp(net.kiww)

    expect(await recordStatus()).toBe(410)
  })

  test('waits a minute for those that do not answer, but longer for those that are coming', async () => {
    minutes(61)
    leave('brandenburg')
    await lookBack(net.kiww)
    await pull(net.kiww)
    await catchUp(net.kiww)
    expect(await recordStatus()).toBe(503)
    minutes(1)
    const reason = (text: string | null) =>
      net.kiww.sql`update pulls set reason = ${text} where feed = 'members'`
    await reason(null)
    await catchUp(net.kiww)
    expect(await recordStatus()).toBe(503)

    await reason('unreachable')
    await catchUp(net.kiww)
    expect(await recordStatus()).toBe(200)
  })

  test('waits ten minutes at the most', async () => {
    minutes(61)
    await lookBack(net.kiww)
    await pull(net.kiww)
    await net.kiww.sql`update pulls set last_success = null`
    minutes(9)
    await catchUp(net.kiww)
    expect(await recordStatus()).toBe(503)

    minutes(1)
    await catchUp(net.kiww)
    expect(await recordStatus()).toBe(200)
  })

  test('for a while only, or has never pulled anything, shows what it has at once', async () => {
    minutes(59)
    await lookBack(net.kiww)
    expect(await recordStatus()).toBe(200)

    await net.kiww.sql`update pulls set last_success = null`
    minutes(9_000)
    await lookBack(net.kiww)
    expect(await recordStatus()).toBe(200)
  })
})
