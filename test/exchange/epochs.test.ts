import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { alignFeeds } from '../../src/exchange/align.ts'
import { append } from '../../src/exchange/append.ts'
import { pullFeed } from '../../src/exchange/pull.ts'
import { pullDue } from '../../src/exchange/pulls.ts'
import { repeatTakenBack } from '../../src/exchange/repeat.ts'
import { centreById } from '../../src/federation/store.ts'
import { newRecordId } from '../../src/publications/record-id.ts'
import { followLog } from '../../src/search/follow.ts'
import {
  beginAnew,
  held,
  nextEpoch,
  type Shelf,
  scribeOf,
  shelve,
  stateAnew,
} from '../support/chain.ts'
import { openFederation, type TestFederation, type TestHub } from '../support/hub.ts'
import { goodRecord, type Scribe } from '../support/rogue.ts'

let net: TestFederation
let brandenburg: TestHub
let iss: string
let first: Scribe
let home: Shelf

beforeAll(async () => {
  net = await openFederation()
  brandenburg = net.brandenburg
  iss = net.berlin.iss
  home = shelve(brandenburg, net.berlin.config.origin, iss, { entries: {}, asked: [] })
})
afterAll(() => net.close())
beforeEach(async () => {
  await beginAnew(net, iss, brandenburg)
  first = await scribeOf(net.berlin)
  Object.assign(home, {
    entries: { 1: first.entries },
    head: null,
    pageSize: 200,
    answer: undefined,
  })
})

const pull = async () => {
  const centre = await centreById(brandenburg.sql, iss)
  if (!centre) throw new Error('Berlin is not known')
  return pullFeed(brandenburg, centre, 'public')
}

/** The anchor states a second epoch on entry `seq` of the first, and Berlin writes it. */
const startSecond = async (seq: number, dig = first.digestAt(seq)) => {
  await stateAnew(net, iss, (stated) => nextEpoch(stated, { epoch: 1, seq, dig }), [brandenburg])
  const second = await scribeOf(net.berlin, { epoch: 2, base: dig })
  home.entries[2] = second.entries
  return second
}

const digestsOf = (scribe: Scribe, upto = scribe.entries.length) =>
  Array.from({ length: upto }, (_, i) => scribe.digestAt(i + 1))

const titled = (title: string) => ({ ...goodRecord, title })
const page = (rid: string) => app.request(`/api/records/berlin/${rid}`, {}, brandenburg)
const found = async (word: string) => {
  await followLog(brandenburg)
  const answer = await app.request(`/api/search?q=${word}`, {}, brandenburg)
  return ((await answer.json()) as { total: number }).total
}
const entries = async (query: string) => {
  const answer = await app.request(
    `/exchange/v1/entries?iss=${iss}&feed=public&${query}`,
    {},
    brandenburg,
  )
  return answer.json()
}

describe('a node that is new', () => {
  test('pulls the closed epoch up to its base and then the current one, and nothing beyond', async () => {
    home.pageSize = 2
    for (let i = 0; i < 5; i++) await first.publish()
    const second = await startSecond(3)
    for (let i = 0; i < 3; i++) await second.publish()

    const answer = await pull()

    expect(answer).toEqual({ received: 6 })
    expect(await held(brandenburg, iss)).toEqual({ 1: digestsOf(first, 3), 2: digestsOf(second) })
  })

  test('takes nothing of an epoch that no base leads to', async () => {
    for (let i = 0; i < 4; i++) await first.publish()
    const lost = await startSecond(4)
    await lost.publish()
    const base = { epoch: 1, seq: 2, dig: first.digestAt(2) }
    await stateAnew(net, iss, (stated) => nextEpoch(stated, base), [brandenburg])
    const third = await scribeOf(net.berlin, { epoch: 3, base: base.dig })
    home.entries[3] = third.entries
    await third.publish()

    expect(await pull()).toEqual({ received: 3 })
    expect(await held(brandenburg, iss)).toEqual({
      1: digestsOf(first, 2),
      2: [],
      3: digestsOf(third),
    })
  })

  test('shows nothing before it has reached the base', async () => {
    home.pageSize = 2
    const rid = newRecordId(net.clock.now)
    await first.publish({ rid })
    for (let i = 0; i < 4; i++) await first.publish()
    await startSecond(5)
    home.entries[1] = first.entries.slice(0, 3)

    const behind = await pull()
    const early = (await page(rid)).status
    home.entries[1] = first.entries
    const complete = await pull()

    expect(behind).toEqual({ received: 3, reason: 'not-reached', reasonSeq: 5 })
    expect(early).toBe(404)
    expect(complete).toEqual({ received: 2 })
    expect((await page(rid)).status).toBe(200)
  })

  test('takes nothing of a chain that does not lead to the base', async () => {
    const forged = await scribeOf(net.berlin)
    for (let i = 0; i < 3; i++) await first.publish()
    for (let i = 0; i < 3; i++) await forged.publish()
    await startSecond(3)
    home.entries[1] = forged.entries

    expect(await pull()).toMatchObject({ reason: 'not-agreed', reasonSeq: 3 })
    expect(await held(brandenburg, iss)).toEqual({ 1: [], 2: [] })

    home.entries[1] = first.entries
    expect(await pull()).toEqual({ received: 3 })
    expect(await held(brandenburg, iss)).toEqual({ 1: digestsOf(first), 2: [] })
  })

  test('refuses an entry under an older key than the epoch before ended with', async () => {
    await first.publish()
    await pull()
    await brandenburg.sql`update feeds set key_number = 2 where iss = ${iss} and feed = 'public'`
    const second = await startSecond(1)
    await second.publish()

    expect(await pull()).toEqual({ received: 0, reason: 'key-number', reasonSeq: 1 })
  })
})

describe('what stood after the base', () => {
  const canary = 'Kanarienvogel'

  test('becomes evidence, and lists, pages and search lose it', async () => {
    const [kept, gone] = [newRecordId(net.clock.now), newRecordId(net.clock.now)]
    await first.publish({ rid: kept }, titled('Kranich'))
    await first.publish({ rid: gone }, titled(canary))
    await first.publish({ rid: kept, ver: 2 }, titled(`Kranich ${canary}`))
    await pull()
    const before = await found(canary)
    await startSecond(1)

    await pull()

    expect(before).toBe(2)
    expect(await found(canary)).toBe(0)
    expect(await found('Kranich')).toBe(1)
    expect((await page(gone)).status).toBe(404)
    expect(await (await page(kept)).json()).toMatchObject({ ver: 1, record: { title: 'Kranich' } })
    expect(await evidence()).toEqual([
      { seq: 2, kind: 'beyond', jws: first.entries[1]?.entry },
      { seq: 3, kind: 'beyond', jws: first.entries[2]?.entry },
    ])
    expect(
      await brandenburg.sql`select from entries where content::text like ${hexOf(canary)}`,
    ).toEqual([])
    expect(
      await brandenburg.sql`select from search_words where shown ilike ${`%${canary}%`}`,
    ).toEqual([])
  })
  const hexOf = (word: string) => `%${Buffer.from(word).toString('hex')}%`

  test('goes at once, before anybody is asked for the new epoch', async () => {
    for (let i = 0; i < 3; i++) await first.publish()
    await pull()
    home.answer = () => new Response('', { status: 503 })
    await startSecond(1)

    await alignFeeds(brandenburg)

    expect(await held(brandenburg, iss)).toEqual({ 1: digestsOf(first, 1), 2: [] })
  })

  test('goes also at the node that wrote it', async () => {
    const { berlin } = net
    await beginAnew(net, iss, berlin)
    for (let i = 0; i < 3; i++) await first.publish()
    shelve(berlin, net.berlin.config.origin, iss, home)
    const centre = await centreById(berlin.sql, iss)
    if (!centre) throw new Error('Berlin is not known')
    await pullFeed(berlin, centre, 'public')
    await startSecond(2)
    await stateAnew(net, iss, () => ({}), [berlin])

    await pullDue(berlin)

    expect(await held(berlin, iss)).toEqual({ 1: digestsOf(first, 2), 2: [] })
  })

  test.each([1, 99, 101, 230])('goes whole, however long it is: %i entries', async (count) => {
    const rid = newRecordId(net.clock.now)
    await first.publish({ rid })
    for (let i = 0; i < count; i++) await first.say({ op: 'erase', rid, ver: 1, reason: 'other' })
    await pull()
    await startSecond(1)

    await pull()

    expect(await held(brandenburg, iss)).toEqual({ 1: digestsOf(first, 1), 2: [] })
    expect(await evidence()).toHaveLength(count)
  })

  test('goes once, when several find out at the same time', async () => {
    for (let i = 0; i < 150; i++) await first.say({ op: 'rate', stars: i })
    await pull()
    await startSecond(10)

    await Promise.all([alignFeeds(brandenburg), pull(), alignFeeds(brandenburg), pull()])
    await pull()

    expect(await held(brandenburg, iss)).toEqual({ 1: digestsOf(first, 10), 2: [] })
    expect(await evidence()).toHaveLength(140)
    const [{ size, keys } = {}] = await brandenburg.sql`
      select size, key_number as keys from feeds where iss = ${iss} and feed = 'public' and epoch = 1
    `
    expect([size, keys]).toEqual([10, 1])
  })

  test('leaves records as the rest of the chain has them: withdrawn no more, erased without content', async () => {
    const [withdrawn, erased] = [newRecordId(net.clock.now), newRecordId(net.clock.now)]
    await first.publish({ rid: withdrawn })
    await first.publish({ rid: erased })
    await first.say({ op: 'withdraw', rid: withdrawn, ver: 1, reason: 'outdated' })
    await first.say({ op: 'erase', rid: erased, ver: 0, reason: 'legal' })
    await pull()
    await startSecond(2)

    await pull()

    const records = await brandenburg.sql`
      select rid, state, closed, teaser is not null as shown from records where iss = ${iss}
    `
    expect(records).toContainEqual({
      rid: withdrawn,
      state: 'published',
      closed: false,
      shown: true,
    })
    expect(records).toContainEqual({ rid: erased, state: 'published', closed: false, shown: false })
    expect(await entries('epoch=1')).toMatchObject({
      entries: [{ status: 'present' }, { status: 'withheld' }],
    })
  })

  test('keeps a record hidden that it took back, until the new epoch has said the same again', async () => {
    const rid = newRecordId(net.clock.now)
    await first.publish({ rid })
    await first.say({ op: 'withdraw', rid, ver: 1, reason: 'outdated' })
    await pull()
    const second = await startSecond(1)
    await second.say({ op: 'withdraw', rid, ver: 1, reason: 'outdated' })
    const answers: number[] = []

    home.answer = () => new Response('', { status: 503 })
    await pull()
    answers.push((await page(rid)).status)
    home.answer = undefined
    await pull()
    answers.push((await page(rid)).status)

    expect(answers).toEqual([404, 410])
    expect(await entries('epoch=1')).toMatchObject({ entries: [{ status: 'withdrawn' }] })
  })

  test('is not shown again because a mirror knows of nothing new', async () => {
    const rid = newRecordId(net.clock.now)
    await first.publish({ rid })
    await first.say({ op: 'withdraw', rid, ver: 1, reason: 'outdated' })
    await pull()
    const second = await startSecond(1)
    home.entries[2] = []
    const mirror = { entries: home.entries, asked: [] }
    shelve(brandenburg, 'https://kiww.example', iss, mirror)
    const centre = await centreById(brandenburg.sql, iss)
    if (!centre) throw new Error('Berlin is not known')

    await pullFeed(brandenburg, centre, 'public', 'https://kiww.example/exchange/v1/entries')
    const behind = (await page(rid)).status
    Object.assign(mirror, { head: await second.head() })
    await pullFeed(brandenburg, centre, 'public', 'https://kiww.example/exchange/v1/entries')

    expect([behind, (await page(rid)).status]).toEqual([404, 200])
  })

  test('leaves records exactly as one who never saw it has them', async () => {
    const rids = [1, 2, 3].map((i) => newRecordId(net.clock.now + i))
    const step = fc.record({
      op: fc.constantFrom('publish', 'publish', 'withdraw', 'erase', 'erase all'),
      rid: fc.constantFrom(...rids),
      ver: fc.integer({ min: 1, max: 4 }),
    })
    const records = () => brandenburg.sql`
      select r.rid, r.ver, r.state, r.closed, r.kind, r.seq, r.changed, r.first_published
      from records r where iss = ${iss} order by rid
    `
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 3, maxLength: 14 }),
        fc.nat(),
        async (steps, nat) => {
          const at = 1 + (nat % steps.length)
          await beginAnew(net, iss, brandenburg)
          first.entries.length = 0
          for (const { op, rid, ver } of steps) {
            net.clock.now += 1_000
            if (op === 'publish') await first.publish({ rid, ver })
            else if (op === 'erase all')
              await first.say({ op: 'erase', rid, ver: 0, reason: 'other' })
            else await first.say({ op, rid, ver, reason: 'other' })
          }
          home.entries = { 1: first.entries.slice(0, at) }
          await pull()
          const never = await records()
          home.entries = { 1: first.entries }
          await pull()
          await startSecond(at)

          await pull()

          expect([...(await records())]).toEqual([...never])
        },
      ),
      { numRuns: 6 },
    )
  })

  const evidence = () => brandenburg.sql`
    select seq, kind, jws from evidence where iss = ${iss} order by seq
  `
})

test('a chain that is not an ancestor of the base gives way to the one that is', async () => {
  const { clock } = net
  const [common, wrong, right] = [
    newRecordId(clock.now),
    newRecordId(clock.now),
    newRecordId(clock.now),
  ]
  await first.publish({ rid: common })
  const other = await scribeOf(net.berlin)
  other.entries.push(...first.entries)
  await first.publish({ rid: wrong })
  await other.publish({ rid: right })
  await other.publish()
  await pull()
  home.entries[1] = other.entries
  const second = await startSecond(3, other.digestAt(3))
  await second.publish()

  const answer = await pull()

  expect(answer.reason).toBeUndefined()
  expect(await held(brandenburg, iss)).toEqual({ 1: digestsOf(other), 2: digestsOf(second) })
  const statuses = await Promise.all(
    [common, wrong, right].map(async (rid) => (await page(rid)).status),
  )
  expect(statuses).toEqual([200, 404, 200])
})

test('a centre whose feed begins anew first repeats what it had taken back, then goes on', async () => {
  const { berlin } = net
  await beginAnew(net, iss, berlin)
  const say = (members: object) =>
    append(berlin, { iss, feed: 'public', ...members } as Parameters<typeof append>[1])
  const content = Buffer.from(JSON.stringify(goodRecord))
  const publishing = (rid: string, ver = 1) => ({
    ...{ operation: { op: 'publish', rid, ver, kind: 'case-example' }, content },
  })
  const [withdrawn, erased, later] = [1, 2, 3].map(() => newRecordId(net.clock.now)) as [
    ...[string, string, string],
  ]
  await say(publishing(withdrawn))
  await say(publishing(erased))
  const { dig } = await say(publishing(later))
  await say({ operation: { op: 'withdraw', rid: withdrawn, ver: 1, reason: 'outdated' } })
  await say({ operation: { op: 'erase', rid: erased, ver: 0, reason: 'legal' } })
  await say(publishing(later, 2))
  await say({ operation: { op: 'withdraw', rid: later, ver: 2, reason: 'other' } })
  const base = { epoch: 1, seq: 3, dig }
  await stateAnew(net, iss, (stated) => nextEpoch(stated, base), [berlin, brandenburg])
  await alignFeeds(berlin)

  await expect(say(publishing(newRecordId(0)))).rejects.toMatchObject({ code: 'conflict' })
  await repeatTakenBack(berlin)
  await repeatTakenBack(berlin)
  const next = await say(publishing(newRecordId(0)))

  expect(next).toMatchObject({ epoch: 2, seq: 4 })
  const operations = await berlin.sql`
    select e.op, e.rid, e.ver, e.fault from entries e join feeds f on f.id = e.feed_id
    where f.epoch = 2 and e.seq < 4 order by e.seq
  `
  expect(operations.map((row) => ({ ...row }))).toEqual([
    { op: 'withdraw', rid: withdrawn, ver: 1, fault: null },
    { op: 'erase', rid: erased, ver: 0, fault: null },
    { op: 'withdraw', rid: later, ver: 1, fault: null },
  ])
  const states = await berlin.sql`select rid, state, hidden from records where iss = ${iss}`
  expect(states).toContainEqual({ rid: withdrawn, state: 'withdrawn', hidden: false })
  expect(states).toContainEqual({ rid: erased, state: 'erased', hidden: false })
  expect(states).toContainEqual({ rid: later, state: 'withdrawn', hidden: false })
})

describe('a closed epoch', () => {
  test('is served to its base for ever, and says there which one follows', async () => {
    for (let i = 0; i < 3; i++) await first.publish()
    const second = await startSecond(2)
    await second.publish()
    await pull()

    expect(await entries('epoch=1&limit=1')).toMatchObject({ next_after: 1, more: true })
    expect(await entries('epoch=1&limit=1')).not.toHaveProperty('next_epoch')
    expect(await entries('epoch=1')).toMatchObject({ next_after: 2, more: false, next_epoch: 2 })
    expect(await entries('epoch=1&after=2')).toMatchObject({ entries: [], next_epoch: 2 })
    expect(await entries('epoch=1&after=77')).toMatchObject({ entries: [], next_epoch: 2 })
    expect(await entries('epoch=2')).not.toHaveProperty('next_epoch')
  })

  test('is not served beyond its base, also before it was cut back', async () => {
    for (let i = 0; i < 3; i++) await first.publish()
    await pull()
    await startSecond(1)

    expect(await entries('epoch=1')).toMatchObject({
      entries: [{ entry: first.entries[0]?.entry }],
      next_epoch: 2,
    })
  })

  test('that a mirror does not hold to its end sends nobody on to the next', async () => {
    for (let i = 0; i < 3; i++) await first.publish()
    await pull()
    await first.publish()
    await startSecond(4)

    expect(await entries('epoch=1&after=3')).not.toHaveProperty('next_epoch')
    expect(await entries('epoch=1&after=4')).toHaveProperty('next_epoch')
  })
})

describe('a cut', () => {
  const endAt = (seq: number) =>
    stateAnew(
      net,
      iss,
      () => ({
        status: 'ended',
        valid_through: [{ feed: 'public', epoch: 1, seq, dig: first.digestAt(seq) }],
      }),
      [brandenburg],
    )

  test('of a centre that has ended lets its feed arrive up to there, and no further', async () => {
    for (let i = 0; i < 4; i++) await first.publish()
    await endAt(3)

    expect(await pull()).toEqual({ received: 3 })
    expect(await pull()).toEqual({ received: 0 })
    expect(await held(brandenburg, iss)).toEqual({ 1: digestsOf(first, 3) })
  })

  test('takes off what is held beyond it, so that every node holds the same', async () => {
    for (let i = 0; i < 4; i++) await first.publish()
    await pull()
    await endAt(3)

    await alignFeeds(brandenburg)

    expect(await held(brandenburg, iss)).toEqual({ 1: digestsOf(first, 3) })
  })

  test('of a key takes off what it signed later', async () => {
    for (let i = 0; i < 4; i++) await first.publish()
    await pull()
    const cut = [{ feed: 'public' as const, epoch: 1, seq: 2, dig: first.digestAt(2) }]
    await stateAnew(
      net,
      iss,
      ({ jwks }) => ({
        jwks: {
          keys: jwks.keys.map((jwk) => (jwk.n === 1 ? { ...jwk, valid_through: cut } : jwk)),
        },
      }),
      [brandenburg],
    )

    await alignFeeds(brandenburg)

    expect(await held(brandenburg, iss)).toEqual({ 1: digestsOf(first, 2) })
  })
})
