import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { append } from '../../src/exchange/append.ts'
import { pullFeed } from '../../src/exchange/pull.ts'
import { exchangeOf, issue, refreshStatements, restate } from '../../src/federation/anchor.ts'
import { ensureKeys, federationKey, signingKey } from '../../src/federation/keys.ts'
import { learnTrust } from '../../src/federation/learn.ts'
import type { HistoryPage } from '../../src/federation/statement.ts'
import {
  allCentres,
  centreById,
  lastIssuedPosition,
  newestIssuedAbout,
  trustState,
} from '../../src/federation/store.ts'
import { newRecordId } from '../../src/publications/record-id.ts'
import { backUp } from '../support/backup.ts'
import { openFederation, openTestHub, type TestFederation } from '../support/hub.ts'
import { payloadOf } from '../support/token.ts'

const day = 86_400_000

let net: TestFederation
let honest: typeof fetch
beforeAll(async () => {
  net = await openFederation()
  honest = net.brandenburg.fetch
})
afterAll(() => net.close())
beforeEach(() => {
  net.brandenburg.fetch = honest
})

const berlinAtBrandenburg = async () => {
  const centre = await centreById(net.brandenburg.sql, net.berlin.iss)
  if (!centre) throw new Error('Berlin is not known')
  return centre
}

const cursorAtBrandenburg = async () => {
  const [state] = await trustState(net.brandenburg.sql, net.kiww.config.anchor.id)
  return state?.cursor ?? 0
}

/** The anchor states Berlin anew, with something changed. */
const state = async (change: object) => {
  const [newest] = await newestIssuedAbout(net.kiww.sql, net.berlin.iss)
  const { jwks, metadata } = payloadOf(newest?.jws ?? '')
  const knowledge_exchange = { ...metadata.knowledge_exchange, ...change }
  await issue(net.kiww, net.berlin.iss, () => ({ jwks, metadata: { knowledge_exchange } }))
}

test('a node learns the centres, their feeds, and nothing twice', async () => {
  const again = await learnTrust(net.brandenburg)

  expect(again).toEqual({ ok: true, value: { learnt: 0 } })
  expect((await allCentres(net.brandenburg.sql)).map(({ slug }) => slug)).toEqual([
    'berlin',
    'brandenburg',
    'kiww',
  ])
  expect(await net.brandenburg.sql`select 1 from feeds`).toHaveLength(6)
  expect(await net.brandenburg.sql`select 1 from pulls`).toHaveLength(6)
})

test('a node whose other process was quicker, but had seen less, reads to the end all the same', async () => {
  const pins = net.berlin.config.anchor.pins
  const network = new Map(net.network)
  const slow = await openTestHub('berlin', { network, pins, clock: net.clock })
  const reach = slow.fetch
  /** Asked before Brandenburg joined. */
  const early: typeof fetch = async (input, init) => {
    const answer = await reach(input, init)
    const { statements } = (await answer.json()) as { statements: string[] }
    return Response.json({ statements: statements.slice(0, 2), next_after: 2, more: false })
  }
  let first = true
  slow.fetch = async (input, init) => {
    const answer = await reach(input, init)
    if (first) {
      first = false
      await learnTrust({ ...slow, fetch: early })
    }
    return answer
  }

  await learnTrust(slow)

  expect(await allCentres(slow.sql)).toHaveLength(3)
  await slow.close()
})

test('a node that pinned another key believes nobody', async () => {
  const stranger = await openTestHub('berlin', {
    network: new Map(net.network),
    pins: ['A'.repeat(43)],
    clock: net.clock,
  })

  await learnTrust(stranger)

  expect(await allCentres(stranger.sql)).toEqual([])
  await stranger.close()
})

test('a node whose clock is an hour slow knows everybody as soon as it is right', async () => {
  const clock = { now: net.clock.now - 3_600_000 }
  const pins = net.berlin.config.anchor.pins
  const slow = await openTestHub('berlin', { network: new Map(net.network), pins, clock })

  await learnTrust(slow)
  const before = await allCentres(slow.sql)
  clock.now = net.clock.now
  await learnTrust(slow)

  expect(before).toEqual([])
  expect(await allCentres(slow.sql)).toHaveLength(3)
  await slow.close()
})

test.each([
  ['unreachable', () => Promise.reject(new TypeError('fetch failed'))],
  ['status-500', async () => new Response('', { status: 500 })],
  ['redirected', async () => new Response('', { status: 301 })],
  ['not-json', async () => new Response('<', { headers: { 'content-type': 'application/json' } })],
  ['form', async () => Response.json({ statements: 'all' })],
])('an anchor that is %s changes nothing', async (reason, answer) => {
  const before = await allCentres(net.brandenburg.sql)
  net.brandenburg.fetch = answer

  expect(await learnTrust(net.brandenburg)).toEqual({ ok: false, reason })
  expect(await allCentres(net.brandenburg.sql)).toEqual(before)
})

test.each([
  ['leads back to itself', ['a.b.c'], 0],
  ['says nothing, and that there is more', [], undefined],
])('a page that %s ends the reading', async (_, statements, next_after) => {
  let asked = 0
  net.brandenburg.fetch = async (input) => {
    if (++asked > 3) throw new Error('asked again and again')
    const after = Number(new URL(new Request(input).url).searchParams.get('after'))
    return Response.json({ statements, next_after: next_after ?? after, more: true })
  }

  expect(await learnTrust(net.brandenburg)).toEqual({ ok: false, reason: 'form' })
})

/** Whoever holds the anchor's address says what nobody signed. */
const babble = async (input: Parameters<typeof fetch>[0], pages: number) => {
  const asked = new URL(new Request(input).url)
  const after = Number(asked.searchParams.get('after'))
  const statements = Array(200).fill('a.b.c')
  return Response.json({ statements, next_after: after + 200, more: after < (pages - 1) * 200 })
}

test('who had the anchor’s address for an hour and said a lot has not made anybody deaf', async () => {
  const before = await cursorAtBrandenburg()
  net.brandenburg.fetch = (input) => babble(input, 4)
  expect(await learnTrust(net.brandenburg)).toEqual({ ok: true, value: { learnt: 0 } })
  expect(await cursorAtBrandenburg()).toBeLessThanOrEqual(before)

  net.brandenburg.fetch = honest
  await state({ regions: ['DE-BE', 'DE-ST'] })
  await learnTrust(net.brandenburg)

  expect((await berlinAtBrandenburg()).regions).toEqual(['DE-BE', 'DE-ST'])
})

test('a history without end is read for a while, and later on; one line of the log tells of each page', async () => {
  const logged: unknown[] = []
  let asked = 0
  const reader = {
    ...net.brandenburg,
    fetch: (input: Parameters<typeof fetch>[0]) => {
      asked++
      return babble(input, Number.POSITIVE_INFINITY)
    },
    log: { ...net.brandenburg.log, warn: (told: unknown) => logged.push(told) },
  }

  expect(await learnTrust(reader as never)).toEqual({ ok: true, value: { learnt: 0, more: true } })

  expect(asked).toBe(200)
  expect(logged).toHaveLength(200)
  // The first tells that another history stands there than the one that was read.
  expect(logged[0]).not.toHaveProperty('count')
  expect(logged[1]).toMatchObject({ count: 200, reasons: ['token-base64url'] })
})

test('a history longer than a run, most of it signed by keys that no longer count, is read to its end', async () => {
  const before = Array(500).fill('a.b.c')
  const network = new Map(net.network)
  const pins = net.berlin.config.anchor.pins
  const fresh = await openTestHub('berlin', { network, pins, clock: net.clock })
  const reach = fresh.fetch
  fresh.fetch = async (input, init) => {
    const { origin, pathname, searchParams } = new URL(new Request(input, init).url)
    const after = Number(searchParams.get('after'))
    const junk = before.slice(after, after + 200)
    if (junk.length > 0) {
      return Response.json({ statements: junk, next_after: after + junk.length, more: true })
    }
    const page = await (await reach(`${origin}${pathname}?after=${after - 500}`)).json()
    return Response.json({
      ...(page as object),
      next_after: (page as HistoryPage).next_after + 500,
    })
  }

  const runs: unknown[] = []
  for (let run = 0; run < 4; run++) runs.push(await learnTrust({ ...fresh, mayAsk: () => false }))

  const more = { ok: true, value: { learnt: 0, more: true } }
  expect(runs).toEqual([more, more, more, { ok: true, value: { learnt: expect.any(Number) } }])
  expect(await allCentres(fresh.sql)).toHaveLength(3)
  await fresh.close()
})

test('an older statement told again by whoever holds the anchor’s address changes nothing', async () => {
  const [old] = await newestIssuedAbout(net.kiww.sql, net.berlin.iss)
  await state({ regions: ['DE-BE', 'DE-SN'] })
  await learnTrust(net.brandenburg)
  net.brandenburg.fetch = async (input) => {
    const after = Number(new URL(new Request(input).url).searchParams.get('after'))
    return Response.json({ statements: [old?.jws], next_after: after + 1, more: false })
  }

  expect(await learnTrust(net.brandenburg)).toMatchObject({ ok: true })

  expect((await berlinAtBrandenburg()).regions).toEqual(['DE-BE', 'DE-SN'])
  net.brandenburg.fetch = honest
  await state({ regions: ['DE-BE', 'DE-MV'] })
  await learnTrust(net.brandenburg)
  expect((await berlinAtBrandenburg()).regions).toEqual(['DE-BE', 'DE-MV'])
})

test.each([
  ['as much as was lost', 2, 2],
  ['less than was lost', 3, 1],
  ['more than was lost', 1, 3],
])(
  'an anchor that was restored from a backup is heard at once, also where it has said %s since',
  async (_, lost, since) => {
    const restore = await backUp(net.kiww.sql)
    for (let count = 0; count < lost; count++) await state({ regions: ['DE-BE', 'DE-HH'] })
    await learnTrust(net.brandenburg)
    await restore()
    net.clock.now += 60_000
    for (let count = 0; count < since; count++) await state({ regions: ['DE-BE', 'DE-TH'] })

    await learnTrust(net.brandenburg)
    await learnTrust(net.berlin)

    expect((await berlinAtBrandenburg()).regions).toEqual(['DE-BE', 'DE-TH'])
    const ends = [net.brandenburg, net.berlin].map((hub) =>
      trustState(hub.sql, hub.config.anchor.id),
    )
    const [end] = await lastIssuedPosition(net.kiww.sql)
    for (const [trust] of await Promise.all(ends)) expect(trust?.cursor).toBe(end?.position)
  },
)

test('an anchor that was restored from a backup takes nothing back that it has stated since', async () => {
  const { kiww, berlin, brandenburg } = net
  const restore = await backUp(kiww.sql)
  const { jwks } = await berlinAtBrandenburg()
  const cut = [{ feed: 'public' as const, epoch: 1, seq: 0, dig: '' }]
  const keys = jwks.keys.map((jwk) => (jwk.use === 'sig' ? { ...jwk, valid_through: cut } : jwk))
  await state({ jwks: { keys } })
  const cutAt = async () => {
    await learnTrust(brandenburg)
    const now = await berlinAtBrandenburg()
    return [now.regions, now.jwks.keys.find(({ use }) => use === 'sig')?.valid_through]
  }

  await restore()
  net.clock.now += 60_000
  await restate(kiww, berlin.iss, (stated) => ({ ...stated, regions: ['DE-BB'] }))
  const stated = await cutAt()
  await restore()
  net.clock.now += 60_000
  await refreshStatements(kiww)
  const kept = await exchangeOf(kiww, berlin.iss)

  expect(stated).toEqual([['DE-BB'], cut])
  expect(kept).toMatchObject({ regions: ['DE-BB'], jwks: { keys } })
  await state({ jwks })
  for (const hub of [kiww, berlin, brandenburg]) await learnTrust(hub)
})

test('a new epoch that the anchor states becomes a feed', async () => {
  const base = { epoch: 1, seq: 0, dig: '' }
  const first = { epoch: 1, base: { epoch: 0, seq: 0, dig: '' } }
  const before = (await berlinAtBrandenburg()).feeds

  await state({ feeds: { ...before, members: [first, { epoch: 2, base }] } })
  await learnTrust(net.brandenburg)

  const feeds = await net.brandenburg.sql`
    select feed, epoch from feeds where iss = ${net.berlin.iss} order by feed, epoch
  `
  expect(feeds.map(({ feed, epoch }) => `${feed} ${epoch}`)).toEqual([
    'members 1',
    'members 2',
    'public 1',
  ])
  await state({ feeds: before })
  await learnTrust(net.brandenburg)
})

test('a centre that is suspended signs nothing any more, and is active again when the anchor says so', async () => {
  await state({ status: 'suspended', valid_through: [] })
  await learnTrust(net.berlin)
  const suspended = await signingKey(net.berlin, await centreById(net.berlin.sql, net.berlin.iss))

  await state({ status: 'active', valid_through: undefined })
  await learnTrust(net.berlin)
  const active = await signingKey(net.berlin, await centreById(net.berlin.sql, net.berlin.iss))

  expect(suspended).toBeUndefined()
  expect(active).toMatchObject({ n: 1 })
})

test('a centre signs with the highest key that is not cut, and only with one it holds', async () => {
  const { jwks } = await berlinAtBrandenburg()
  const { n: _, ...old } = jwks.keys.find(({ use }) => use === 'sig') ?? jwks.keys[0] ?? {}
  const strange = { ...old, kid: 'A'.repeat(43) }
  const key = async (keys: object[]) => {
    const centre = { ...(await berlinAtBrandenburg()), jwks: { keys: keys as never } }
    return signingKey(net.berlin, centre)
  }

  expect(
    await key([
      { ...old, n: 1 },
      { ...strange, n: 2 },
    ]),
  ).toMatchObject({ n: 1 })
  expect(await key([{ ...old, n: 1, valid_through: [] }])).toBeUndefined()
  expect(await key([{ ...strange, n: 1 }])).toBeUndefined()
})

test('making keys again makes none', async () => {
  const before = await federationKey(net.berlin, net.berlin.iss)

  await Promise.all([ensureKeys(net.berlin), ensureKeys(net.berlin)])

  expect((await federationKey(net.berlin, net.berlin.iss)).kid).toBe(before.kid)
  expect(await net.berlin.sql`select 1 from keys`).toHaveLength(3)
})

test('a statement is good for seven days; after that what is new waits until there is a new one', async () => {
  const { iat } = await berlinAtBrandenburg()
  const operation = { op: 'erase', rid: newRecordId(0), ver: 0, reason: 'other' } as const
  const say = () => append(net.berlin, { iss: net.berlin.iss, feed: 'public', operation })
  const held = async () => (await net.brandenburg.sql`select from entries where op = 'erase'`).count

  net.clock.now = (iat + 7 * 86_400 - 1) * 1000
  await say()
  const lastSecond = await pullFeed(net.brandenburg, await berlinAtBrandenburg(), 'public')
  net.clock.now += 1000
  await say()
  const expired = await pullFeed(net.brandenburg, await berlinAtBrandenburg(), 'public')
  const waiting = await held()
  await refreshStatements(net.kiww)
  await learnTrust(net.berlin)
  await learnTrust(net.brandenburg)
  const renewed = await pullFeed(net.brandenburg, await berlinAtBrandenburg(), 'public')

  expect(lastSecond).toEqual({ received: 1 })
  expect(expired).toEqual({ received: 1 })
  expect(waiting).toBe(1)
  expect(renewed).toEqual({ received: 0 })
  expect(await held()).toBe(2)
  expect((await berlinAtBrandenburg()).exp * 1000).toBe(net.clock.now + 7 * day)
})
