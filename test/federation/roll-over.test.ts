import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { issue, refreshStatements, statedAbout } from '../../src/federation/anchor.ts'
import { anchorKey, usableKeys } from '../../src/federation/keys.ts'
import { learnTrust } from '../../src/federation/learn.ts'
import { rollOver } from '../../src/federation/roll-over.ts'
import { allCentres, centreById, newestIssued, trustState } from '../../src/federation/store.ts'
import { Problem } from '../../src/problem.ts'
import { type SigningKey, seal } from '../../src/signing/seal.ts'
import { unverifiedKid } from '../../src/signing/unverified.ts'
import { openFederation, openTestHub, type TestFederation, type TestHub } from '../support/hub.ts'
import { payloadOf } from '../support/token.ts'

const day = 86_400_000

let net: TestFederation
let anchor: string
/** The anchor's keys, oldest first. */
let keys: string[]
/** The first of them, as who had copied it would use it later. */
let stolen: SigningKey
const readers: TestHub[] = []

beforeAll(async () => {
  net = await openFederation()
  anchor = net.kiww.config.anchor.id
  stolen = await anchorKey(net.kiww, anchor)
  keys = [stolen.kid]
})
afterAll(async () => {
  for (const reader of readers) await reader.close()
  await net.close()
})

/** A node that never read anything and goes by these pins. */
const newReader = async (pins: string[]) => {
  const reader = await openTestHub('berlin', {
    network: new Map(net.network),
    pins,
    clock: net.clock,
  })
  readers.push(reader)
  return reader
}
const centresAt = async (hub: TestHub) => {
  await learnTrust(hub)
  return (await allCentres(hub.sql)).length
}
const signers = async () => {
  const newest = await newestIssued(net.kiww.sql)
  return [...new Set(newest.map(({ jws }) => unverifiedKid(jws)))]
}
const listed = async () => {
  const { jwks } = payloadOf(
    (await newestIssued(net.kiww.sql)).find(({ sub }) => sub === anchor)?.jws ?? '',
  )
  return jwks.keys.map(({ kid }: { kid: string }) => kid)
}
/** A key is made and the time of the overlap goes by. */
const change = async () => {
  keys.push(await rollOver(net.kiww))
  net.clock.now += 7 * day
  await refreshStatements(net.kiww)
}

describe('the anchor changes its key', () => {
  test('with an overlap in which both are listed and the old one signs', async () => {
    keys.push(await rollOver(net.kiww))
    net.clock.now += 7 * day - 1
    await refreshStatements(net.kiww)

    expect(await listed()).toEqual([...keys].reverse())
    expect(await signers()).toEqual([keys[0]])
    await expect(rollOver(net.kiww)).rejects.toThrow(Problem)
  })

  test('and after it states everything anew under the new one alone', async () => {
    net.clock.now += 1
    await refreshStatements(net.kiww)

    expect(await listed()).toEqual([keys[1]])
    expect(await signers()).toEqual([keys[1]])
    expect((await usableKeys(net.kiww, anchor, 'fed')).map(({ kid }) => kid)).toEqual([keys[1]])
  })

  test('also when it was stopped after making the key', async () => {
    const broken = { ...net.kiww, sql: refusing(net.kiww.sql, 'issue_statement') }
    await expect(rollOver(broken)).rejects.toThrow('stopped')
    const [made] = await usableKeys(net.kiww, anchor, 'fed')
    keys.push(made?.kid ?? '')
    net.clock.now += 8 * day

    // Nobody has heard of the new key yet: its time begins now.
    await refreshStatements(net.kiww)
    expect(await signers()).toEqual([keys[1]])
    net.clock.now += 7 * day
    await refreshStatements(net.kiww)
    expect(await signers()).toEqual([keys[2]])
  })

  /** A database on which one function cannot be called. */
  const refusing = (sql: TestHub['sql'], name: string) =>
    new Proxy(sql, {
      apply: (target, self, [strings, ...values]) => {
        if (String(strings).includes(name)) throw new Error('stopped')
        return Reflect.apply(target, self, [strings, ...values])
      },
    })
})

describe('whoever reads on', () => {
  test('and slept through several changes follows the history to the newest key', async () => {
    const before = await centresAt(net.brandenburg)
    await change()
    await change()

    expect(before).toBe(3)
    expect(await centresAt(net.brandenburg)).toBe(3)
    const [centre] = await allCentres(net.brandenburg.sql)
    expect(centre?.exp).toBeGreaterThan(net.clock.now / 1000)
  })

  test('believes nothing any more under a key that is no longer listed, although it pinned it', async () => {
    const stated = await statedAbout(net.kiww, net.berlin.iss)
    const iat = Math.floor(net.clock.now / 1000) + 1
    const forged = await seal('entity-statement+jwt', { ...stated, iat }, stolen)
    const honest = net.brandenburg.fetch
    const [state] = await trustState(net.brandenburg.sql, anchor)
    const next_after = (state?.cursor ?? 0) + 1
    let told = 0
    net.brandenburg.fetch = async () => {
      told++
      return Response.json({ statements: [forged], next_after, more: false })
    }

    await learnTrust(net.brandenburg)

    expect(net.brandenburg.config.anchor.pins).toEqual([stolen.kid])
    expect(told).toBe(1)
    expect((await trustState(net.brandenburg.sql, anchor))[0]).toEqual(state)
    const berlin = await centreById(net.brandenburg.sql, net.berlin.iss)
    expect(berlin?.iat).toBeLessThan(iat)
    net.brandenburg.fetch = honest
  })
})

describe('whoever comes new', () => {
  test('by the first pin follows all changes, by the newest one reads what that key states', async () => {
    const [byFirst, byNewest] = [
      await newReader([keys[0] ?? '']),
      await newReader([keys.at(-1) ?? '']),
    ]

    expect([await centresAt(byFirst), await centresAt(byNewest)]).toEqual([3, 3])
  })

  test('by a pin that no key of the anchor has, knows nobody – until the right one is set', async () => {
    const reader = await newReader(['A'.repeat(43)])
    const wrong = await centresAt(reader)
    reader.config.anchor.pins = [keys.at(-1) ?? '']

    expect([wrong, await centresAt(reader)]).toEqual([0, 3])
  })
})

test('an anchor that lost its keys is believed again where new pins were set, and only there', async () => {
  const lost = await openTestHub('kiww', { network: new Map(), clock: net.clock })
  readers.push(lost)
  net.clock.now += day
  await refreshStatements(lost)
  const before = await statedAbout(net.kiww, net.berlin.iss)
  await issue(lost, net.berlin.iss, () => ({ jwks: before?.jwks, metadata: before?.metadata }))
  for (const hub of [net.berlin, net.brandenburg]) {
    hub.fetch = (await newReaderOf(lost)).fetch
    hub.config.anchor.pins =
      hub === net.berlin ? [(await anchorKey(lost, anchor)).kid] : [keys[0] ?? '']
  }

  await learnTrust(net.berlin)
  await learnTrust(net.brandenburg)

  const iatAt = async (hub: TestHub) =>
    (await allCentres(hub.sql)).find(({ id }) => id === net.berlin.iss)?.iat
  expect(await iatAt(net.berlin)).toBe(Math.floor(net.clock.now / 1000))
  expect(await iatAt(net.brandenburg)).toBeLessThan(Math.floor(net.clock.now / 1000))
})

const newReaderOf = async (hub: TestHub) => {
  const reader = await openTestHub('berlin', { network: new Map([[hub.config.origin, hub]]) })
  readers.push(reader)
  return reader
}
