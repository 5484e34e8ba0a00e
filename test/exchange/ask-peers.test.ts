import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { askPeers, outcomeOf } from '../../src/exchange/ask-peers.ts'
import { pullDue } from '../../src/exchange/pulls.ts'
import { issue, ownStatement } from '../../src/federation/anchor.ts'
import { learnTrust } from '../../src/federation/learn.ts'
import { publish } from '../../src/publications/publish.ts'
import { erase } from '../../src/publications/take-back.ts'
import { followLog } from '../../src/search/follow.ts'
import { caseFile, inputOf } from '../publications/fixtures.ts'
import { openFederation, type TestFederation } from '../support/hub.ts'

const peer = { endpoint: 'https://a.example/exchange/v1/holdings', vain: 0 }

describe('what an answer means for the next question', () => {
  test('who holds all of ours is asked at the next poll', () => {
    const outcome = outcomeOf({ ...peer, vain: 7 }, { behind: false }, 9_000)

    expect(outcome).toEqual({ endpoint: peer.endpoint, vain: 0, now: new Date(9_000) })
  })

  test.each([{ behind: true }, { reason: 'unreachable' as const }])(
    'after %o the pause doubles up to five minutes, give or take a fifth',
    (asked) => {
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 2_000 }), (vain) => {
          const outcome = outcomeOf({ ...peer, vain }, asked, 1_000_000)

          const pause = Math.min(1_000 * 2 ** vain, 300_000)
          const after = (outcome.retryAt?.getTime() ?? 0) - 1_000_000
          expect(after).toBeGreaterThanOrEqual(0.8 * pause)
          expect(after).toBeLessThanOrEqual(1.2 * pause)
          expect(outcome).toMatchObject({ vain: vain + 1, ...('reason' in asked && asked) })
        }),
      )
    },
  )
})

let net: TestFederation
/** Whom Berlin asked what it holds, in order. */
let asked: string[]
/** What a host answers instead. */
const answers = new Map<string, () => Promise<Response> | Response>()

beforeAll(async () => {
  net = await openFederation()
  const reach = net.berlin.fetch
  net.berlin.fetch = async (input, init) => {
    const request = new Request(input, init)
    const { host, pathname } = new URL(request.url)
    if (!pathname.endsWith('/holdings')) return reach(input, init)
    asked.push(host)
    const instead = answers.get(host)
    return instead ? instead() : reach(input, init)
  }
})
afterAll(() => net.close())
beforeEach(async () => {
  asked = []
  answers.clear()
  net.clock.now += 10 * 60_000
  await everybodyFollows()
  await askPeers(net.berlin)
  asked = []
})

const say = async () => {
  const answer = await publish(net.berlin, { iss: net.berlin.iss, input: inputOf(caseFile) })
  if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
  return answer.published
}

const everybodyFollows = async () => {
  net.clock.now += 10 * 60_000
  for (const hub of [net.brandenburg, net.kiww]) {
    await pullDue(hub)
    await followLog(hub)
  }
}

const heldOfOurs = () => net.berlin.sql<{ slug: string; size: number; erased_through: number }[]>`
  select c.slug, h.size, h.erased_through
  from held_feeds h join feeds f on f.id = h.feed_id join centres c on c.entity_id = h.signer
  where f.iss = ${net.berlin.iss} and f.feed = 'public' order by c.slug
`

const healthOf = async (host: string) => {
  const [row] = await net.berlin.sql<
    { vain: number; reason: string | null; reason_since: Date | null; last_success: Date | null }[]
  >`
    select vain, reason, reason_since, last_success from peers
    where endpoint = ${`https://${host}/exchange/v1/holdings`}
  `
  return row
}

describe('the other nodes', () => {
  test('are asked every five minutes, give or take a fifth', async () => {
    const wait = await askPeers(net.berlin)
    expect(asked).toEqual([])
    expect(wait).toBeGreaterThanOrEqual(240_000)
    expect(wait).toBeLessThanOrEqual(360_000)

    net.clock.now += 360_000
    await askPeers(net.berlin)
    expect(asked.sort()).toEqual(['brandenburg.example', 'kiww.example'])
  })

  test('are asked a second after an own feed has grown, and again until they hold it', async () => {
    const { seq } = await say()

    const wait = await askPeers(net.berlin)
    expect([asked.length, wait]).toEqual([0, 1_000])

    net.clock.now += wait
    const again = await askPeers(net.berlin)
    expect(asked).toHaveLength(2)
    expect(again).toBeLessThanOrEqual(1_200)

    await everybodyFollows()
    const then = await askPeers(net.berlin)
    expect(await heldOfOurs()).toMatchObject([{ size: seq }, { size: seq }])
    expect(then).toBeGreaterThanOrEqual(240_000)
  })

  test('are asked again until they confirm an erasure', async () => {
    const { rid } = await say()
    await everybodyFollows()
    const [last] = await erase(net.berlin, { iss: net.berlin.iss, rid, reason: 'legal' })
    net.clock.now += 10 * 60_000
    for (const hub of [net.brandenburg, net.kiww]) await pullDue(hub)
    await followLog(net.kiww)

    const wait = await askPeers(net.berlin)
    const open = await heldOfOurs()
    await followLog(net.brandenburg)
    // Holdings of one second are of one age: the second ones must be younger to count.
    net.clock.now += Math.max(wait, 1_000)
    await askPeers(net.berlin)

    const seq = last?.seq ?? 0
    expect(wait).toBeLessThanOrEqual(1_200)
    expect(open.map((row) => row.erased_through)).toEqual([seq - 1, seq])
    expect(await heldOfOurs()).toMatchObject([{ erased_through: seq }, { erased_through: seq }])
    expect(asked.at(-1)).toBe('brandenburg.example')
  })

  test('one that cannot be asked is asked ever more rarely, the reason is kept, the others are unharmed', async () => {
    answers.set('brandenburg.example', () => Promise.reject(new TypeError('fetch failed')))
    net.clock.now += 360_000
    await askPeers(net.berlin)
    const first = await healthOf('brandenburg.example')
    net.clock.now += 60_000
    await askPeers(net.berlin)
    await say()
    const wait = await askPeers(net.berlin)
    net.clock.now += 1_000
    await askPeers(net.berlin)

    expect(first).toMatchObject({ vain: 1, reason: 'unreachable' })
    expect(await healthOf('brandenburg.example')).toMatchObject({
      vain: 2,
      reason_since: first?.reason_since,
    })
    expect(await healthOf('kiww.example')).toMatchObject({ reason: null })
    expect(wait).toBe(1_000)
    expect(asked.filter((host) => host === 'brandenburg.example')).toHaveLength(2)
    expect(asked.filter((host) => host === 'kiww.example')).toHaveLength(2)
  })

  test.each<[string, () => Response, string]>([
    ['that refuses', () => new Response('', { status: 503 }), 'status-503'],
    ['that says something else', () => Response.json({ hello: 1 }), 'form'],
    ['that signs nothing', () => Response.json({ holdings: 'x' }), 'holdings: token-parts'],
    ['that never ends', () => Response.json({ holdings: 'x'.repeat(300_000) }), 'too-large'],
  ])('one %s changes nothing that is kept, and the reason is kept', async (_, answer, reason) => {
    const before = await heldOfOurs()
    answers.set('kiww.example', answer)
    net.clock.now += 360_000

    await askPeers(net.berlin)

    expect(await healthOf('kiww.example')).toMatchObject({ reason })
    expect(await heldOfOurs()).toEqual(before)
  })

  test('one cannot speak for another', async () => {
    const reach = net.kiww.fetch
    answers.set('kiww.example', () => reach('https://brandenburg.example/exchange/v1/holdings'))
    net.clock.now += 360_000

    await askPeers(net.berlin)

    expect(await healthOf('kiww.example')).toMatchObject({ reason: 'holdings: iss' })
  })

  test('are asked one after the other where a run may not ask more', async () => {
    net.clock.now += 360_000

    await askPeers({ ...net.berlin, mayAsk: () => false })
    expect(asked).toEqual([])
  })

  // Last: Brandenburg stays suspended.
  test('one whose centre is suspended is not asked any more', async () => {
    await issue(net.kiww, net.brandenburg.iss, (before) => {
      const { jwks, metadata } = ownStatement(before?.jws ?? '')
      const stated = metadata.knowledge_exchange
      const exchange = { ...stated, status: 'suspended' as const, valid_through: [] }
      return { jwks, metadata: { knowledge_exchange: exchange } }
    })
    await learnTrust(net.berlin)
    net.clock.now += 360_000

    await askPeers(net.berlin)

    expect(asked).toEqual(['kiww.example'])
    expect(await healthOf('brandenburg.example')).toBeUndefined()
  })
})
