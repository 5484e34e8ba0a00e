import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { nudgePeers } from '../../src/exchange/nudge.ts'
import { jitter, outcomeOf, pace, pullDue } from '../../src/exchange/pulls.ts'
import { wantPull } from '../../src/exchange/pulls-store.ts'
import { feedStatus } from '../../src/exchange/status.ts'
import { publish } from '../../src/publications/publish.ts'
import { caseFile, inputOf } from '../publications/fixtures.ts'
import { openFederation, type TestFederation, type TestHub } from '../support/hub.ts'
import { openRogue, pageOf, type Rogue } from '../support/rogue.ts'

const claimed = {
  iss: 'https://a.example',
  feed: 'public' as const,
  wanted: 1,
  gap: 100,
  failures: 0,
}

describe('what a pull means for the next one', () => {
  test('one that a nudge caused in vain doubles the gap, up to a minute', () => {
    const gaps = [100, 800, 40_000, 60_000].map(
      (gap) => outcomeOf({ ...claimed, gap }, { received: 0 }, 0, 0).gap,
    )

    expect(gaps).toEqual([200, 1_600, 60_000, 60_000])
  })

  test.each([
    ['found something', { wanted: 9 }, { received: 1 }],
    ['was a poll that found nothing', { wanted: 0 }, { received: 0 }],
  ])('one that %s makes the gap short again', (_, claim, pulled) => {
    const outcome = outcomeOf({ ...claimed, gap: 6_400, ...claim }, pulled, 5_000, 9_000)

    expect(outcome.gap).toBe(50)
    expect(outcome.notBefore).toEqual(new Date(5_050))
    expect(outcome).not.toHaveProperty('retryAt')
  })

  test('one that failed is tried again after a pause that doubles up to five minutes, give or take a fifth', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000 }), (failures) => {
        const pulled = { received: 0, reason: 'prev' as const, reasonSeq: 7 }
        const outcome = outcomeOf({ ...claimed, failures }, pulled, 0, 1_000_000)

        const pause = Math.min(1_000 * 2 ** failures, 300_000)
        const after = (outcome.retryAt?.getTime() ?? 0) - 1_000_000
        expect(after).toBeGreaterThanOrEqual(0.8 * pause)
        expect(after).toBeLessThanOrEqual(1.2 * pause)
        expect(outcome).toMatchObject({ failures: failures + 1, reason: 'prev', reasonSeq: 7 })
      }),
    )
  })

  test('one that a mirror has more for goes on at once, whatever is the matter with the home', () => {
    const pulled = { received: 5, more: true, reason: 'unreachable' } as const
    const outcome = outcomeOf({ ...claimed, failures: 9 }, pulled, 0, 1_000)

    expect(outcome).toMatchObject({ reason: 'unreachable', retryAt: new Date(1_000) })
  })

  test('one that went well forgets all failures', () => {
    expect(outcomeOf({ ...claimed, failures: 9 }, { received: 3 }, 0, 0).failures).toBe(0)
  })

  test.each([
    ['well and quickly', {}, 2_000, true],
    ['well, but slowly', {}, 2_001, false],
    ['badly', { reason: 'unreachable' as const }, 10, false],
    ['not to the end', { more: true as const }, 10, false],
  ])('one that went %s says whether the feed is steady', (_, pulled, took, steady) => {
    expect(outcomeOf(claimed, { received: 3, ...pulled }, 0, took).steady).toBe(steady)
  })

  test('nodes that start together do not ask together', () => {
    const some = Array.from({ length: 50 }, () => jitter(pace.poll))

    expect(new Set(some).size).toBeGreaterThan(40)
    expect(Math.min(...some)).toBeGreaterThanOrEqual(0.8 * pace.poll)
    expect(Math.max(...some)).toBeLessThanOrEqual(1.2 * pace.poll)
  })
})

let net: TestFederation
let berlin: Rogue
let brandenburg: TestHub

beforeAll(async () => {
  net = await openFederation()
  brandenburg = net.brandenburg
  berlin = await openRogue(net.berlin, [brandenburg])
})
afterAll(() => net.close())
beforeEach(async () => {
  berlin.answer = undefined
  net.clock.now += 10 * 60_000
  await pullDue(brandenburg)
  net.clock.now += 60_000
  berlin.asked.length = 0
})

const nudge = (size = berlin.entries.length) =>
  wantPull(brandenburg.sql, {
    iss: net.berlin.iss,
    feed: 'public',
    epoch: 1,
    size,
    now: new Date(net.clock.now),
  })

/** Milliseconds between the starts of the next pulls of this feed, as the node itself paces them. */
const pacesOf = async (pulls: number, before?: () => Promise<unknown>) => {
  const starts: number[] = []
  while (starts.length < pulls) {
    await before?.()
    const asked = berlin.asked.length
    const wait = await pullDue(brandenburg)
    if (berlin.asked.length > asked) starts.push(net.clock.now)
    else net.clock.now += Math.max(wait, 1)
  }
  return starts.slice(1).map((start, i) => start - (starts[i] ?? 0))
}

const sizeHere = async () =>
  (await feedStatus(brandenburg)).find(
    ({ iss, feed }) => iss === net.berlin.iss && feed === 'public',
  )?.size

describe('a nudge', () => {
  test('brings news at once', async () => {
    await berlin.publish()
    await nudge()

    await pullDue(brandenburg)

    expect(await sizeHere()).toBe(berlin.entries.length)
    expect(berlin.asked).toHaveLength(1)
  })

  test('for what is held already asks nobody', async () => {
    const [answer] = await nudge()

    await pullDue(brandenburg)

    expect(answer).toEqual({ news: false })
    expect(berlin.asked).toHaveLength(0)
  })

  test('for an unknown feed leaves nothing behind', async () => {
    const rows = await wantPull(brandenburg.sql, {
      iss: 'https://a.example',
      feed: 'public',
      epoch: 1,
      size: 1,
      now: new Date(),
    })

    expect(rows).toEqual([])
    expect(await brandenburg.sql`select 1 from pulls where iss = 'https://a.example'`).toHaveLength(
      0,
    )
  })

  test('of many while a pull is running leads to one more, 50 ms after the start of the first', async () => {
    await berlin.publish()
    await nudge()
    berlin.answer = async (url) => {
      if (berlin.asked.length === 1) for (let i = 0; i < 5; i++) await nudge(1_000)
      return Response.json(pageOf(berlin, net.berlin, url))
    }

    const wait = await pullDue(brandenburg)
    const during = berlin.asked.length
    net.clock.now += wait
    await pullDue(brandenburg)
    await pullDue(brandenburg)

    expect(wait).toBe(50)
    expect(during).toBe(1)
    expect(berlin.asked).toHaveLength(2)
  })

  test('that lies again and again makes a node ask ever less often, and the truth often again', async () => {
    const paces = await pacesOf(14, () => nudge(1_000_000))

    expect(paces).toEqual([
      100, 200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600, 51_200, 60_000, 60_000, 60_000,
    ])

    const more = async () => {
      await berlin.publish()
      await nudge()
    }
    expect((await pacesOf(5, more)).slice(1)).toEqual([50, 50, 50])
    expect(await sizeHere()).toBe(berlin.entries.length)
  })
})

describe('a feed that fails', () => {
  test('is tried again with growing pauses while the others are polled as ever', async () => {
    berlin.answer = () => new Response('', { status: 500 })

    const paces = await pacesOf(12)

    paces.forEach((pause, i) => {
      expect(pause).toBeGreaterThanOrEqual(0.79 * Math.min(1_000 * 2 ** i, pace.longestRetry))
      expect(pause).toBeLessThanOrEqual(1.2 * Math.min(1_000 * 2 ** i, pace.poll) + 1)
    })
    const rows = await feedStatus(brandenburg)
    const reasons = rows
      .filter(({ own }) => !own)
      .map(({ slug, feed, reason }) => [slug, feed, reason])
    expect(reasons).toContainEqual(['berlin', 'public', 'status-500'])
    expect(reasons.filter(([, , reason]) => reason !== null)).toHaveLength(1)
    berlin.answer = undefined
    await pacesOf(1)
    expect((await feedStatus(brandenburg)).every(({ reason }) => reason === null)).toBe(true)
  })

  test('by a fault of ours is logged, and the others go on', async () => {
    const logged: unknown[] = []
    const judgeContent = () => {
      throw new Error('our fault')
    }
    const broken = {
      ...brandenburg,
      judgeContent,
      log: { ...brandenburg.log, error: (told: unknown) => logged.push(told) },
    }
    await berlin.publish()
    await nudge()

    await pullDue(broken as never)

    expect(logged).toMatchObject([{ err: { message: 'our fault' }, iss: net.berlin.iss }])
    expect((await feedStatus(brandenburg)).filter(({ reason }) => reason)).toMatchObject([
      { slug: 'berlin', reason: 'internal' },
    ])
    net.clock.now += 2_000
    await pullDue(brandenburg)
    expect(await sizeHere()).toBe(berlin.entries.length)
  })
})

describe('a feed without end', () => {
  const others = () => {
    const asked: string[] = []
    const reach = brandenburg.fetch
    const reader: TestHub = {
      ...brandenburg,
      fetch: async (input, init) => {
        const url = new URL(new Request(input, init).url)
        asked.push(url.host === 'berlin.example' ? String(url.searchParams.get('feed')) : url.host)
        return reach(input, init)
      },
    }
    return { asked, reader }
  }
  /** Berlin's public feed first. */
  const makeDue = () => brandenburg.sql`
    update pulls set due = ${new Date(net.clock.now)}::timestamptz
      - case when iss = ${net.berlin.iss} and feed = 'public' then interval '9 s' else interval '1 s' end
  `

  test('has its turn of a hundred pages, then the others have theirs', async () => {
    for (let i = 0; i < 103; i++) await berlin.say({ op: 'rate', stars: i })
    berlin.pageSize = 1
    await makeDue()
    const { asked, reader } = others()

    await pullDue(reader)

    expect(asked.slice(0, 100)).toEqual(Array(100).fill('public'))
    expect(asked.slice(100)).not.toContain('public')
    expect(asked).toContain('kiww.example')
    net.clock.now += 100
    await pullDue(reader)
    expect(await sizeHere()).toBe(berlin.entries.length)
    berlin.pageSize = 200
  })

  test('that comes slowly has its turn of some seconds', async () => {
    for (let i = 0; i < 8; i++) await berlin.say({ op: 'rate', stars: i })
    berlin.pageSize = 1
    berlin.answer = (url) => {
      net.clock.now += 4_000
      return Response.json(pageOf(berlin, net.berlin, url))
    }
    await makeDue()
    const { asked, reader } = others()

    await pullDue(reader)

    expect(asked.slice(0, 4)).toEqual(Array(4).fill('public'))
    expect(asked.slice(4, 7)).toContain('kiww.example')
    expect(await sizeHere()).toBe(berlin.entries.length)
    berlin.pageSize = 200
  })
})

describe('two processes', () => {
  test('do not pull the same feed at the same time', async () => {
    await berlin.publish()
    await nudge()

    await Promise.all([pullDue(brandenburg), pullDue(brandenburg), pullDue(brandenburg)])

    expect(berlin.asked).toHaveLength(1)
  })

  test('of which one dies while pulling: the other takes over after two minutes', async () => {
    const { sql } = brandenburg
    await sql`update pulls set claimed_until = ${new Date(net.clock.now + 120_000)}, due = '-infinity'`

    await pullDue(brandenburg)
    const before = berlin.asked.length
    net.clock.now += 120_000
    await pullDue(brandenburg)

    expect(before).toBe(0)
    expect(berlin.asked).toHaveLength(1)
  })
})

test('a run that may ask no more leaves the rest for the next', async () => {
  for (let i = 0; i < 4; i++) await berlin.publish()
  berlin.pageSize = 2
  await nudge()
  const before = await sizeHere()
  let questions = 1

  await pullDue({ ...brandenburg, mayAsk: () => questions-- > 0 })
  const halfway = await sizeHere()
  net.clock.now += 100
  await pullDue(brandenburg)

  expect(halfway).toBe((before ?? 0) + 2)
  expect(await sizeHere()).toBe(berlin.entries.length)
})

describe('telling the others', () => {
  const nudges = (hub: TestHub) => {
    const told: string[] = []
    const reach = hub.fetch
    const listening: TestHub = {
      ...hub,
      fetch: async (input, init) => {
        const url = new URL(new Request(input, init).url)
        if (url.pathname.endsWith('/nudges')) told.push(url.host)
        return reach(input, init)
      },
    }
    return { told, listening }
  }
  const news = async () => {
    const answer = await publish(net.kiww, { iss: net.kiww.iss, input: inputOf(caseFile) })
    if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
  }

  test('goes to every other node, once for each piece of news', async () => {
    const { told, listening } = nudges(net.kiww)
    await news()

    await Promise.all([nudgePeers(listening), nudgePeers(listening)])
    await nudgePeers(listening)

    expect(told.toSorted()).toEqual(['berlin.example', 'brandenburg.example'])
    await pullDue(brandenburg)
    const kiww = (await feedStatus(brandenburg)).find(
      ({ slug, feed }) => slug === 'kiww' && feed === 'public',
    )
    expect(kiww?.size).toBe(1)
  })

  test('who cannot be reached is left out, and no failure of ours', async () => {
    const { told, listening } = nudges(net.kiww)
    listening.fetch = async () => {
      throw new TypeError('fetch failed')
    }
    await news()

    await nudgePeers(listening)

    expect(told).toEqual([])
  })

  test('can be left to polling: without nudges news comes within six minutes', async () => {
    const { told, listening } = nudges(net.kiww)
    listening.config = { ...listening.config, nudges: false }
    await news()

    await nudgePeers(listening)
    net.clock.now += 6 * 60_000
    await pullDue(brandenburg)

    expect(told).toEqual([])
    const kiww = (await feedStatus(brandenburg)).find(
      ({ slug, feed }) => slug === 'kiww' && feed === 'public',
    )
    expect(kiww?.size).toBe(3)
  })
})
