import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { append } from '../../src/exchange/append.ts'
import { compareHoldings } from '../../src/exchange/gossip.ts'
import { pullFeed } from '../../src/exchange/pull.ts'
import { feedStatus } from '../../src/exchange/status.ts'
import { centreById } from '../../src/federation/store.ts'
import { newRecordId } from '../../src/publications/record-id.ts'
import {
  answerFrom,
  beginAnew,
  held,
  nextEpoch,
  type Shelf,
  scribeOf,
  shelve,
  stateAnew,
} from '../support/chain.ts'
import { openFederation, type TestFederation, type TestHub } from '../support/hub.ts'
import type { Scribe } from '../support/rogue.ts'
import { base64url, otherSignature, withPart } from '../support/token.ts'

let net: TestFederation
let brandenburg: TestHub
let iss: string
/** Berlin says one thing here … */
let one: Scribe
/** … and another there. */
let other: Scribe
let home: Shelf
let mirror: Shelf
const mirrorEndpoint = 'https://kiww.example/exchange/v1/entries'

beforeAll(async () => {
  net = await openFederation()
  brandenburg = net.brandenburg
  iss = net.berlin.iss
  home = shelve(brandenburg, net.berlin.config.origin, iss, { entries: {}, asked: [] })
  mirror = shelve(brandenburg, net.kiww.config.origin, iss, { entries: {}, asked: [] })
})
afterAll(() => net.close())
beforeEach(async () => {
  await beginAnew(net, iss, brandenburg)
  one = await scribeOf(net.berlin)
  other = await scribeOf(net.berlin)
  Object.assign(home, { entries: { 1: one.entries }, head: null, answer: undefined })
  Object.assign(mirror, { entries: { 1: other.entries }, head: null, answer: undefined, asked: [] })
})

const pull = async (source?: string) => {
  const centre = await centreById(brandenburg.sql, iss)
  if (!centre) throw new Error('Berlin is not known')
  return pullFeed(brandenburg, centre, 'public', source)
}

/** Both branches have so many entries in common, and then go on by themselves. */
const part = async (common: number, ours: number, theirs: number) => {
  for (let i = 0; i < common; i++) await one.publish()
  other.entries.push(...one.entries)
  for (let i = 0; i < ours; i++) await one.publish()
  for (let i = 0; i < theirs; i++) await other.publish()
}

const digestsOf = (scribe: Scribe) => scribe.entries.map((_, i) => scribe.digestAt(i + 1))
const page = (rid: string) => app.request(`/api/records/berlin/${rid}`, {}, brandenburg)
const evidence = async () => {
  const query = `iss=${iss}&feed=public&epoch=1`
  const answer = await app.request(`/exchange/v1/evidence?${query}`, {}, brandenburg)
  return ((await answer.json()) as { pairs: [string, string][] }).pairs
}
const forkedAt = async () =>
  (await feedStatus(brandenburg)).find((row) => row.iss === iss && row.feed === 'public')?.forkedAt

describe('two entries at one number', () => {
  test('freeze the feed after the last common one; both are kept and served', async () => {
    await part(2, 2, 3)
    await pull()

    const met = await pull(mirrorEndpoint)

    expect(met).toEqual({ received: 0, reason: 'forked', reasonSeq: 3 })
    expect(await held(brandenburg, iss)).toEqual({ 1: digestsOf(one) })
    expect(await evidence()).toEqual([[one.entries[2]?.entry, other.entries[2]?.entry]])
    expect(await forkedAt()).toBe(3)
  })

  test('let nothing more count, of neither branch', async () => {
    await part(1, 1, 2)
    await pull()
    await pull(mirrorEndpoint)
    const rid = newRecordId(net.clock.now)
    await one.publish({ rid })

    const again = await pull()

    expect(again).toEqual({ received: 1, reason: 'forked', reasonSeq: 2 })
    expect((await held(brandenburg, iss))[1]).toHaveLength(2)
    expect((await page(rid)).status).toBe(404)
    expect(await pull(mirrorEndpoint)).toMatchObject({ reason: 'forked', reasonSeq: 2 })
  })

  test('leave what was shown where it is, marked', async () => {
    const [before, after] = [newRecordId(net.clock.now), newRecordId(net.clock.now)]
    await one.publish({ rid: before })
    other.entries.push(...one.entries)
    await one.publish({ rid: after })
    for (let i = 0; i < 2; i++) await other.publish()
    await pull()
    const unmarked = await (await page(after)).json()
    await pull(mirrorEndpoint)

    for (const rid of [before, after]) {
      expect(await (await page(rid)).json()).toMatchObject({ provenance: { forkedAt: 2 } })
      const html = await app.request(`/fallbeispiele/berlin/${rid}`, {}, brandenburg)
      expect(await html.text()).toContain('Diese Beitragsfolge widerspricht sich.')
    }
    expect((unmarked as { provenance: object }).provenance).not.toHaveProperty('forkedAt')
  })

  test.each(['erase', 'withdraw'])(
    'hide at once what the other branch takes back: %s',
    async (op) => {
      const rid = newRecordId(net.clock.now)
      await one.publish({ rid })
      other.entries.push(...one.entries)
      await one.publish()
      await other.publish()
      await other.say({ op, rid, ver: 1, reason: 'other' })
      await pull()
      const before = (await page(rid)).status

      await pull(mirrorEndpoint)

      expect([before, (await page(rid)).status]).toEqual([200, 404])
      const served = await app.request(
        `/exchange/v1/entries?iss=${iss}&feed=public&epoch=1`,
        {},
        brandenburg,
      )
      const { entries } = (await served.json()) as { entries: object[] }
      expect(entries[0]).toEqual({ entry: one.entries[0]?.entry, status: 'withheld' })
    },
  )

  test('hide at once what our own branch takes back afterwards', async () => {
    const rid = newRecordId(net.clock.now)
    await one.publish({ rid })
    other.entries.push(...one.entries)
    await one.publish()
    for (let i = 0; i < 2; i++) await other.publish()
    await pull()
    await pull(mirrorEndpoint)
    await one.say({ op: 'erase', rid, ver: 0, reason: 'consent-revoked' })

    await pull()

    expect((await page(rid)).status).toBe(404)
  })

  test('are found wherever the branches part', async () => {
    const sizes = fc.tuple(
      fc.integer({ min: 0, max: 12 }),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 6 }),
    )
    await fc.assert(
      fc.asyncProperty(sizes, async ([common, ours, theirs]) => {
        await beginAnew(net, iss, brandenburg)
        one.entries.length = 0
        other.entries.length = 0
        await part(common, ours, ours + theirs)
        await pull()

        const met = await pull(mirrorEndpoint)

        expect(met).toMatchObject({ reason: 'forked', reasonSeq: common + 1 })
      }),
      { numRuns: 8 },
    )
  })
})

describe('what is no fork', () => {
  test('the same entry under its other valid signature', async () => {
    await part(3, 0, 0)
    await pull()
    const last = other.entries.at(-1)
    if (!last) throw new Error('nothing was said')
    other.entries.splice(-1, 1, { ...last, entry: otherSignature(last.entry) })

    expect(await pull(mirrorEndpoint)).toEqual({ received: 0 })
    expect(await forkedAt()).toBeNull()
  })

  test('an entry that nobody signed: it stops that node’s answer, and nothing else', async () => {
    await part(2, 1, 3)
    await pull()
    for (const at of [2, 3]) {
      const item = other.entries[at]
      if (item) item.entry = withPart(item.entry, 2, base64url(Buffer.alloc(64, 3)))
    }
    await one.publish()

    expect(await pull(mirrorEndpoint)).toMatchObject({ reason: 'signature', reasonSeq: 3 })
    expect(await evidence()).toEqual([])
    expect(await pull()).toEqual({ received: 1 })
  })

  test('an entry under a key that was cut before', async () => {
    await part(2, 0, 2)
    const cut = [{ feed: 'public' as const, epoch: 1, seq: 2, dig: one.digestAt(2) }]
    await pull()
    await stateAnew(
      net,
      iss,
      ({ jwks }) => ({
        jwks: {
          keys: jwks.keys.map((jwk) => (jwk.use === 'sig' ? { ...jwk, valid_through: cut } : jwk)),
        },
      }),
      [brandenburg],
    )

    expect(await pull(mirrorEndpoint)).toMatchObject({ reason: 'key-cut', reasonSeq: 3 })
    expect(await forkedAt()).toBeNull()
  })

  test('an entry beside one that the anchor names', async () => {
    await part(1, 3, 5)
    await pull()
    const dig = one.digestAt(4)
    await stateAnew(
      net,
      iss,
      ({ jwks }) => ({
        jwks: {
          keys: [
            ...jwks.keys,
            {
              ...jwks.keys[0],
              use: 'sig',
              valid_through: [{ feed: 'public', epoch: 1, seq: 4, dig }],
            },
          ] as typeof jwks.keys,
        },
      }),
      [brandenburg],
    )

    const met = await pull(mirrorEndpoint)

    expect(met.reason).toMatch(/^(not-agreed|key-cut)$/)
    expect(await forkedAt()).toBeNull()
    expect(await held(brandenburg, iss)).toEqual({ 1: digestsOf(one) })
  })
})

describe('a signed head', () => {
  test('that contradicts the entry at its size freezes the feed as well', async () => {
    await part(2, 1, 1)
    const head = await other.head()
    home.head = head

    const answer = await pull()

    expect(answer).toEqual({ received: 3, reason: 'forked', reasonSeq: 3 })
    expect(await evidence()).toEqual([[one.entries[2]?.entry, head]])
  })

  test('that nobody signed freezes nothing', async () => {
    await part(2, 1, 1)
    home.head = withPart(await other.head(), 2, base64url(Buffer.alloc(64, 3)))

    expect(await pull()).toEqual({ received: 3, reason: 'head: signature' })
    expect(await forkedAt()).toBeNull()
  })
})

describe('holdings', () => {
  const row = (scribe: Scribe, size: number) => ({
    ...{ iss, feed: 'public' as const, epoch: 1, size },
    dig: scribe.digestAt(size),
  })

  test('that differ make two nodes find the fork of which each saw one branch', async () => {
    await part(2, 3, 2)
    await pull()

    const answer = await compareHoldings(brandenburg, row(other, 4), mirrorEndpoint)

    expect(answer).toEqual({ reason: 'forked', reasonSeq: 3 })
    expect(await evidence()).toEqual([[one.entries[2]?.entry, other.entries[2]?.entry]])
  })

  test('that agree, or reach further than ours, ask nobody', async () => {
    await part(2, 1, 4)
    await pull()

    expect(await compareHoldings(brandenburg, row(one, 3), mirrorEndpoint)).toBe('same')
    expect(await compareHoldings(brandenburg, row(other, 6), mirrorEndpoint)).toBe('not-comparable')
    expect(mirror.asked).toHaveLength(0)
  })

  test.each<[string, () => void]>([
    [
      'who then shows the very same entries',
      () => Object.assign(mirror, { entries: home.entries }),
    ],
    [
      'who then shows nothing',
      () => Object.assign(mirror, { answer: () => new Response('', { status: 503 }) }),
    ],
    [
      'who says something else each time',
      () => {
        let asked = 0
        mirror.answer = (url) => answerFrom(asked++ % 2 === 0 ? mirror : home, url, iss)
      },
    ],
    [
      'who shows what nobody signed',
      () => {
        for (const item of other.entries.slice(2)) {
          item.entry = withPart(item.entry, 2, base64url(Buffer.alloc(64, 3)))
        }
      },
    ],
  ])('of a liar %s freeze nothing', async (_, lie) => {
    await part(2, 2, 2)
    await pull()
    lie()

    const answer = await compareHoldings(
      brandenburg,
      { ...row(one, 4), dig: 'A'.repeat(43) },
      mirrorEndpoint,
    )

    expect(answer).not.toMatchObject({ reason: 'forked' })
    expect(await evidence()).toEqual([])
    expect(await forkedAt()).toBeNull()
  })
})

describe('a new epoch', () => {
  const startSecond = async (scribe: Scribe, seq: number) => {
    const base = { epoch: 1, seq, dig: scribe.digestAt(seq) }
    await stateAnew(net, iss, (stated) => nextEpoch(stated, base), [brandenburg])
    const second = await scribeOf(net.berlin, { epoch: 2, base: base.dig })
    Object.assign(home, { entries: { 1: scribe.entries, 2: second.entries } })
    return second
  }
  const fork = async () => {
    await part(2, 2, 3)
    await pull()
    await pull(mirrorEndpoint)
  }

  test('restarts the feed before the fork', async () => {
    await fork()
    const second = await startSecond(one, 2)
    await second.publish()

    expect(await pull()).toEqual({ received: 1 })
    expect(await held(brandenburg, iss)).toEqual({
      1: digestsOf(one).slice(0, 2),
      2: digestsOf(second),
    })
    expect(await evidence()).toHaveLength(1)
  })

  test.each([4, 5])('restarts it on the other branch, of which %i entries count', async (seq) => {
    await fork()
    const second = await startSecond(other, seq)
    await second.publish()

    const answer = await pull()

    expect(answer.reason).toBeUndefined()
    expect(await held(brandenburg, iss)).toEqual({
      1: digestsOf(other).slice(0, seq),
      2: digestsOf(second),
    })
  })

  test('restarts it on our own branch, with what has waited since', async () => {
    await fork()
    await one.publish()
    await pull()
    const second = await startSecond(one, 5)
    await second.publish()

    expect(await pull()).toEqual({ received: 1 })
    expect(await held(brandenburg, iss)).toEqual({ 1: digestsOf(one), 2: digestsOf(second) })
  })

  test('shows again what only the other branch took back', async () => {
    const rid = newRecordId(net.clock.now)
    await one.publish({ rid })
    other.entries.push(...one.entries)
    await one.publish()
    await other.say({ op: 'withdraw', rid, ver: 1, reason: 'other' })
    await other.publish()
    await pull()
    await pull(mirrorEndpoint)
    const hidden = (await page(rid)).status
    await startSecond(one, 2)

    await pull()

    expect([hidden, (await page(rid)).status]).toEqual([404, 200])
    expect(await forkedAt()).toBeNull()
  })
})

test('a node that meets a fork of its own feed signs no more, and says why', async () => {
  const { berlin } = net
  const operation = { op: 'erase', rid: newRecordId(0), ver: 0, reason: 'other' } as const
  const own = await append(berlin, { iss, feed: 'public', operation })
  await other.publish()
  shelve(berlin, net.kiww.config.origin, iss, mirror)
  const row = { ...{ iss, feed: 'public' as const, epoch: 1, size: 1 }, dig: other.digestAt(1) }

  const met = await compareHoldings(berlin, row, mirrorEndpoint)

  expect(own.seq).toBe(1)
  expect(met).toEqual({ reason: 'forked', reasonSeq: 1 })
  await expect(append(berlin, { iss, feed: 'public', operation })).rejects.toMatchObject({
    code: 'cannot-sign',
    detail: expect.stringContaining('gegabelt'),
  })
  expect(await append(berlin, { iss, feed: 'members', operation })).toMatchObject({ seq: 1 })
})
