import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { assertionFor } from '../../src/exchange/assertion.ts'
import { attestHoldings } from '../../src/exchange/attest.ts'
import { type HeldEpoch, openHoldings } from '../../src/exchange/holdings.ts'
import { differences, storeHoldings } from '../../src/exchange/peers-store.ts'
import { pullDue } from '../../src/exchange/pulls.ts'
import { issue, ownStatement } from '../../src/federation/anchor.ts'
import type { Centre } from '../../src/federation/centre.ts'
import { signingKey } from '../../src/federation/keys.ts'
import { learnTrust } from '../../src/federation/learn.ts'
import type { KnowledgeExchange } from '../../src/federation/statement.ts'
import { centreById } from '../../src/federation/store.ts'
import type { Hub } from '../../src/hub.ts'
import { publish } from '../../src/publications/publish.ts'
import { erase } from '../../src/publications/take-back.ts'
import { beginBeside, forgetBeside, moveBeside } from '../../src/search/beside-store.ts'
import { followLog } from '../../src/search/follow.ts'
import { type SigningKey, seal } from '../../src/signing/seal.ts'
import { caseFile, inputOf } from '../publications/fixtures.ts'
import { openFederation, type TestFederation, type TestHub } from '../support/hub.ts'
import { base64url, otherSignature, payloadOf, withPart } from '../support/token.ts'

let net: TestFederation

beforeAll(async () => {
  net = await openFederation()
})
afterAll(() => net.close())
beforeEach(() => {
  net.clock.now += 3_600_000
})

const say = async (visibility = 'public') => {
  const input = { ...inputOf(caseFile), visibility }
  const answer = await publish(net.berlin, { iss: net.berlin.iss, input })
  if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
  return answer.published
}

const statedBy = async (hub: Hub, caller?: TestHub) => {
  const centre = caller && (await centreById(hub.sql, caller.iss))
  return payloadOf(await attestHoldings(hub, centre)) as { iss: string; feeds: HeldEpoch[] }
}

const rowOf = ({ feeds }: { feeds: HeldEpoch[] }, iss: string, feed = 'public') =>
  feeds.find((row) => row.iss === iss && row.feed === feed)

describe('what a node holds', () => {
  test('is told anybody of public feeds, and centres of all', async () => {
    const { dig } = await say()
    await say('members')
    const url = 'https://berlin.example/exchange/v1/holdings'
    const headers = await assertionFor(net.brandenburg, url)

    const open = await (await app.request(url, {}, net.berlin)).json()
    const whole = await (await app.request(url, { headers }, net.berlin)).json()

    const feedsIn = (answer: unknown) => payloadOf((answer as { holdings: string }).holdings).feeds
    expect(feedsIn(open)).toHaveLength(3)
    expect(feedsIn(open)[0]).toMatchObject({ iss: net.berlin.iss, feed: 'public', size: 1, dig })
    expect(feedsIn(open).map(({ feed }: HeldEpoch) => feed)).not.toContain('members')
    expect(feedsIn(whole)).toHaveLength(6)
    expect(feedsIn(whole)[0]).toMatchObject({ iss: net.berlin.iss, feed: 'members', size: 1 })
  })

  test('has a row for each epoch, closed ones too', async () => {
    await net.berlin.sql`select know_feed(${net.berlin.iss}, 'public', 2, 'x')`

    const { feeds } = await statedBy(net.berlin)
    await net.berlin.sql`delete from feeds where epoch = 2`

    const own = feeds.filter(({ iss }) => iss === net.berlin.iss)
    expect(own.map(({ epoch, size }) => [epoch, size])).toEqual([
      [1, 1],
      [2, 0],
    ])
  })

  test('is signed in the name of the first of its centres that may sign', async () => {
    const fresh = { slug: 'neu', name: 'Neu', regions: [] }
    const config = { ...net.berlin.config, centres: [fresh, ...net.berlin.config.centres] }

    const { iss } = await statedBy({ ...net.berlin, config })

    expect(iss).toBe(net.berlin.iss)
    await expect(
      attestHoldings({ ...net.berlin, config: { ...config, centres: [fresh] } }, undefined),
    ).rejects.toMatchObject({ code: 'cannot-sign' })
  })

  test('confirms an erasure only when the index has followed it', async () => {
    const { rid } = await say()
    net.clock.now += 600_000
    await pullDue(net.brandenburg)
    await followLog(net.brandenburg)
    const before = rowOf(await statedBy(net.brandenburg), net.berlin.iss)
    const [last] = await erase(net.berlin, { iss: net.berlin.iss, rid, reason: 'legal' })
    net.clock.now += 600_000
    await pullDue(net.brandenburg)

    const pulled = rowOf(await statedBy(net.brandenburg), net.berlin.iss)
    await followLog(net.brandenburg)
    const indexed = rowOf(await statedBy(net.brandenburg), net.berlin.iss)

    expect(before?.erased_through).toBe(before?.size)
    expect(pulled?.size).toBe(last?.seq)
    expect(pulled?.erased_through).toBe((last?.seq ?? 0) - 1)
    expect(indexed?.erased_through).toBe(last?.seq)
  })

  test('confirms an erasure only when a second engine has followed too, or is given up', async () => {
    await followLog(net.berlin)
    const held = async () => rowOf(await statedBy(net.berlin), net.berlin.iss)
    await moveBeside(net.berlin.sql, 0, 1)

    const behind = await held()
    await forgetBeside(net.berlin.sql)
    const without = await held()
    await beginBeside(net.berlin.sql, crypto.randomUUID(), net.clock.now)
    await publish(net.berlin, { iss: net.berlin.iss, input: inputOf(caseFile) })
    await followLog(net.berlin)
    const filling = await held()
    await forgetBeside(net.berlin.sql)

    expect(filling?.erased_through).toBe((filling?.size ?? 0) - 1)
    expect(behind?.erased_through).toBeLessThan(behind?.size ?? 0)
    expect(without?.erased_through).toBe(without?.size)
  })

  test('confirms nothing before an index was ever begun', async () => {
    net.clock.now += 600_000
    await pullDue(net.kiww)

    const row = rowOf(await statedBy(net.kiww), net.berlin.iss)

    expect(row).toMatchObject({ erased_through: 0 })
    expect(row?.size).toBeGreaterThan(0)
  })
})

const keyOf = async (hub: TestHub): Promise<SigningKey> => {
  const key = await signingKey(hub, await centreById(hub.sql, hub.iss))
  if (!key) throw new Error('no key')
  return key
}

/** Brandenburg's holdings with claims changed, signed with its key or another. */
const bent = async (change: object = {}, key?: SigningKey, typ = 'transfernetz-holdings+jwt') => {
  const whole = payloadOf(
    await attestHoldings(net.brandenburg, await centreOf(net.brandenburg, net.berlin.iss)),
  )
  return seal(typ as never, { ...whole, ...change }, key ?? (await keyOf(net.brandenburg)))
}

const centreOf = async (hub: Hub, iss: string): Promise<Centre> => {
  const centre = await centreById(hub.sql, iss)
  if (!centre) throw new Error('not known')
  return centre
}

const readBy = async (token: string, speakers = [net.brandenburg.iss]) => {
  const centres = await Promise.all(speakers.map((iss) => centreOf(net.berlin, iss)))
  return openHoldings(token, centres, net.clock.now / 1000)
}

const row: HeldEpoch = {
  iss: 'https://a.example/centres/a',
  feed: 'public',
  epoch: 1,
  size: 3,
  dig: 'x'.repeat(43),
  erased_through: 3,
}

describe('holdings', () => {
  test('are read as they were signed', async () => {
    const token = await bent({ feeds: [row] })

    expect(await readBy(token)).toEqual({ ok: true, holdings: payloadOf(token) })
  })

  const now = () => net.clock.now / 1000
  test.each<[string, () => object, string]>([
    ['with a member we do not know', () => ({ color: 'red' }), 'form'],
    ['without rows', () => ({ feeds: undefined }), 'form'],
    ['with two rows about one epoch', () => ({ feeds: [row, { ...row, size: 4 }] }), 'form'],
    ['that erased more than they hold', () => ({ feeds: [{ ...row, erased_through: 4 }] }), 'form'],
    ['with a row that says more', () => ({ feeds: [{ ...row, note: '' }] }), 'form'],
    ['with a size below nothing', () => ({ feeds: [{ ...row, size: -1 }] }), 'form'],
    ['with a digest that is none', () => ({ feeds: [{ ...row, dig: 'x' }] }), 'form'],
    ['that end before they begin', () => ({ exp: now() - 1 }), 'form'],
    ['for longer than a day', () => ({ exp: now() + 86_401 }), 'form'],
    ['of a centre elsewhere', () => ({ iss: net.kiww.iss }), 'iss'],
    ['of nobody', () => ({ iss: 'https://a.example' }), 'iss'],
    ['from 301 seconds ahead', () => ({ iat: now() + 301 }), 'iat-future'],
    ['of yesterday', () => ({ iat: now() - 86_400, exp: now() }), 'expired'],
  ])('%s are refused', async (_, change, reason) => {
    expect(await readBy(await bent(change()))).toEqual({ ok: false, reason })
  })

  test('of another type, of more than 256 KiB or under another key are refused', async () => {
    const many = Array.from({ length: 1_400 }, (_, i) => ({ ...row, epoch: i + 1 }))
    const broken = withPart(await bent(), 2, base64url(Buffer.alloc(64, 5)))

    expect(await readBy(await bent({}, undefined, 'transfernetz-head+jwt'))).toEqual({
      ok: false,
      reason: 'header-typ',
    })
    expect(await readBy(await bent({ feeds: many }))).toMatchObject({ reason: 'token-size' })
    expect(await readBy(await bent({ feeds: many.slice(0, 900) }))).toMatchObject({ ok: true })
    expect(await readBy(await bent({}, await keyOf(net.kiww)))).toMatchObject({
      reason: 'key-unknown',
    })
    expect(await readBy(broken)).toMatchObject({ reason: 'signature' })
  })

  test('are taken from any centre of that node, and from no other', async () => {
    const both = [net.kiww.iss, net.brandenburg.iss]

    expect(await readBy(await bent(), both)).toMatchObject({ ok: true })
    expect(await readBy(await bent(), [net.kiww.iss])).toMatchObject({ reason: 'iss' })
  })
})

interface Kept {
  iat: number
  size: number
  erased_through: number
  size_since: Date
  erased_since: Date
}

const keptOf = (iss: string) => net.berlin.sql<Kept[]>`
  select s.iat, h.size, h.erased_through, h.size_since, h.erased_since
  from held_feeds h join feeds f on f.id = h.feed_id join holdings s on s.signer = h.signer
  where h.signer = ${net.brandenburg.iss} and f.iss = ${iss}
`

const keep = async (feeds: HeldEpoch[], iat = net.clock.now / 1000) => {
  const token = await bent({ feeds, iat, exp: iat + 60 })
  return storeHoldings(net.berlin.sql, payloadOf(token), token, new Date(net.clock.now))
}

describe('of what a peer says it holds', () => {
  const about = (change: Partial<HeldEpoch> = {}) => ({ ...row, iss: net.berlin.iss, ...change })

  test('rows about feeds that nobody knows are ignored', async () => {
    await keep([row, about(), about({ epoch: 7 }), about({ feed: 'members' })])

    const rows = await net.berlin.sql`select 1 from held_feeds`
    expect(rows).toHaveLength(2)
  })

  test('it is remembered since when it says so', async () => {
    await keep([about({ size: 2, erased_through: 2 })])
    const [first] = await keptOf(net.berlin.iss)
    net.clock.now += 60_000
    await keep([about({ size: 3, erased_through: 2 })])
    const [second] = await keptOf(net.berlin.iss)
    net.clock.now += 60_000
    await keep([about({ size: 3, erased_through: 3 })])
    const [third] = await keptOf(net.berlin.iss)

    expect(second?.size_since.getTime()).toBe((first?.size_since.getTime() ?? 0) + 60_000)
    expect(second?.erased_since).toEqual(first?.erased_since)
    expect(third?.size_since).toEqual(second?.size_since)
    expect(third?.erased_since.getTime()).toBe((first?.erased_since.getTime() ?? 0) + 120_000)
  })

  test('older holdings change nothing, and what newer ones no longer state is gone', async () => {
    await keep([about({ size: 9, erased_through: 9 })])
    net.clock.now += 60_000
    const past = net.clock.now / 1000 - 60

    expect(await keep([about()], past - 1)).toEqual([{ stored: false }])
    expect(await keptOf(net.berlin.iss)).toMatchObject([{ size: 9 }])
    // Asked again within a second, as after news.
    expect(await keep([about({ size: 10, erased_through: 9 })], past)).toEqual([{ stored: true }])
    expect(await keptOf(net.berlin.iss)).toMatchObject([{ size: 10 }])
    expect(await keep([])).toEqual([{ stored: true }])
    expect(await keptOf(net.berlin.iss)).toEqual([])
  })

  test('the newest is kept as the peer signed it', async () => {
    await keep([about()])

    const [kept] = await net.berlin.sql`select jws from holdings`
    expect(await readBy(kept?.jws)).toMatchObject({ ok: true })
  })

  test('a digest that differs at one number is found, where we hold that number', async () => {
    const { seq, dig } = await say()
    const held = { size: seq, dig, erased_through: 0 }

    await keep([about(held)])
    expect(await differences(net.berlin.sql, net.brandenburg.iss)).toEqual([])
    net.clock.now += 60_000
    await keep([about({ ...held, size: seq + 1, dig: row.dig })])
    expect(await differences(net.berlin.sql, net.brandenburg.iss)).toEqual([])
    net.clock.now += 60_000
    await keep([about({ ...held, dig: row.dig })])
    expect(await differences(net.berlin.sql, net.brandenburg.iss)).toEqual([
      { iss: net.berlin.iss, feed: 'public', epoch: 1, size: seq, dig: row.dig },
    ])
  })
})

/** The anchor states Brandenburg anew, with something changed; Berlin learns it. */
const state = async (change: (stated: KnowledgeExchange) => Partial<KnowledgeExchange>) => {
  await issue(net.kiww, net.brandenburg.iss, (before) => {
    const { jwks, metadata } = ownStatement(before?.jws ?? '')
    const stated = metadata.knowledge_exchange
    return { jwks, metadata: { knowledge_exchange: { ...stated, ...change(stated) } } }
  })
  await learnTrust(net.berlin)
}

// Last: Brandenburg's key stays cut.
test('holdings under a key with a cut, or of a centre that is not active, are refused', async () => {
  const token = await bent()
  const cutAtEnd = [{ feed: 'public' as const, epoch: 1, seq: 9, dig: row.dig }]

  await state(() => ({ status: 'suspended', valid_through: cutAtEnd }))
  const whileSuspended = await readBy(token)
  await state(() => ({ status: 'active', valid_through: undefined }))
  const afterwards = await readBy(token)
  await state(({ jwks }) => ({
    jwks: { keys: jwks.keys.map((jwk) => ({ ...jwk, valid_through: cutAtEnd })) },
  }))
  const underCutKey = await readBy(token)
  const otherForm = await readBy(otherSignature(token))

  expect(afterwards).toMatchObject({ ok: true })
  expect([whileSuspended, underCutKey, otherForm]).toEqual(
    Array(3).fill({ ok: false, reason: 'key-retired' }),
  )
})
