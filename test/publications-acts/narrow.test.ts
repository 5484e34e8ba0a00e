import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { pullAfresh, pullDue } from '../../src/exchange/pulls.ts'
import type { FeedName } from '../../src/federation/statement.ts'
import type { Hub } from '../../src/hub.ts'
import { Problem } from '../../src/problem.ts'
import { finishNarrowings, narrow } from '../../src/publications/narrow.ts'
import { publish } from '../../src/publications/publish.ts'
import { readOne } from '../../src/publications/reading.ts'
import { erase, withdraw } from '../../src/publications/take-back.ts'
import { caseFile, inputOf, type Loose } from '../publications/fixtures.ts'
import { pdf } from '../support/files.ts'
import { openFederation, type TestFederation, type TestHub } from '../support/hub.ts'
import { signingTogether } from '../support/journal.ts'
import { payloadOf } from '../support/token.ts'

let net: TestFederation
let iss: string
let rid: string

beforeAll(async () => {
  net = await openFederation()
  iss = net.berlin.iss
})
afterAll(() => net.close())
beforeEach(async () => {
  rid = (await say()).rid
})

const say = async (change: Loose = {}, of?: string, hub: Hub = net.berlin) => {
  const input = { ...inputOf(caseFile), ...change }
  const answer = await publish(hub, { iss, input, rid: of })
  if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
  return answer.published
}

const pull = async (...hubs: TestHub[]) => {
  net.clock.now += 1_000
  for (const hub of hubs) {
    await pullAfresh(hub)
    await pullDue(hub)
  }
}
const stateFor = async (audience: FeedName, hub: Hub = net.berlin) => {
  try {
    const one = await readOne(hub, audience, 'berlin', rid)
    return [one.state, one.found.feed, one.found.ver]
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
}
const entriesOf = async () => {
  const rows = await net.berlin.sql<{ feed: FeedName; jws: string; content: Buffer | null }[]>`
    select f.feed, e.jws, e.content from entries e join feeds f on f.id = e.feed_id
    where e.rid = ${rid} order by e.position
  `
  return rows.map(({ feed, jws, content }) => {
    const { op, ver, continued } = payloadOf(jws)
    return { feed, op, ver, continued, content: content?.toString() }
  })
}

/** A node that dies between the two steps: nothing can be signed in the public feed. */
const halfWay = (): Hub => {
  const { journal } = net.berlin
  if (!journal) throw new Error('no journal')
  const note: typeof journal.note = (owner, feed, signed) =>
    feed === 'public' ? Promise.reject(new Error('killed')) : journal.note(owner, feed, signed)
  return { ...net.berlin, journal: { ...journal, note } }
}
const narrowHalfWay = () => expect(narrow(halfWay(), { iss, rid })).rejects.toThrow('killed')

const refuse = () => Promise.reject(new Problem('conflict'))

describe('narrowing', () => {
  test('takes a record from everybody, and the centres go on reading it, here and elsewhere', async () => {
    await say(
      { title: 'Zweite Fassung', local: { ...inputOf(caseFile).local, notes: 'intern' } },
      rid,
    )

    const narrowed = await narrow(net.berlin, { iss, rid, reason: 'consent-revoked' })
    await pull(net.kiww)

    expect(narrowed).toMatchObject({ ver: 3, published: {}, erased: {} })
    for (const hub of [net.berlin, net.kiww]) {
      expect(await stateFor('public', hub)).toEqual(['erased', 'public', 2])
      expect(await stateFor('members', hub)).toEqual(['published', 'members', 3])
    }
    const entries = await entriesOf()
    expect(entries.map(({ feed, op, ver }) => [feed, op, ver])).toEqual([
      ['public', 'publish', 1],
      ['public', 'publish', 2],
      ['members', 'publish', 3],
      ['public', 'erase', 0],
    ])
    expect(entries.at(-1)).toMatchObject({ continued: true })
    expect(entries.map(({ content }) => content === undefined)).toEqual([true, true, false, true])
    expect(JSON.parse(entries[2]?.content ?? '')).toMatchObject({
      title: 'Zweite Fassung',
      visibility: 'members',
    })
    const kept = await net.berlin
      .sql`select ver, local from entries where rid = ${rid} and local is not null`
    expect([...kept]).toEqual([{ ver: 3, local: expect.objectContaining({ notes: 'intern' }) }])
  })

  test('takes the files of the record along: nobody else may have them', async () => {
    const input = { ...inputOf(caseFile), attachments: [{ file: 'liste.pdf', alt: 'Eine Liste' }] }
    const fileOf = async () => pdf
    const answer = await publish(net.berlin, { iss, input, fileOf })
    if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
    const blobs = () => net.berlin.sql`
      select feed, bytes, staged from blobs where iss = ${iss} order by feed
    `
    rid = answer.published.rid
    const stuck = { ...net.berlin, journal: { ...net.berlin.journal, note: refuse } }
    await expect(narrow(stuck as Hub, { iss, rid })).rejects.toMatchObject({ code: 'conflict' })
    expect([...(await blobs())]).toEqual([{ feed: 'public', bytes: pdf, staged: null }])

    await narrow(net.berlin, { iss, rid })

    expect([...(await blobs())]).toEqual([{ feed: 'members', bytes: pdf, staged: null }])
  })

  test('is told to the public: gone there, and that it goes on', async () => {
    await narrow(net.berlin, { iss, rid })

    const page = await app.request(`/fallbeispiele/berlin/${rid}`, {}, net.berlin)
    const answer = await app.request(`/api/records/berlin/${rid}`, {}, net.berlin)

    expect(page.status).toBe(410)
    expect(await page.text()).toContain('Unter den Zentren gibt es ihn weiter.')
    expect(await answer.json()).toMatchObject({ tombstone: { state: 'erased', continued: true } })
  })

  test('is what a new version for the centres alone does to a public record', async () => {
    const published = await say({ visibility: 'members', title: 'Unter uns' }, rid)

    expect(published).toMatchObject({ ver: 2, narrowed: { seq: expect.any(Number) } })
    expect(await stateFor('public')).toEqual(['erased', 'public', 1])
    expect(await stateFor('members')).toEqual(['published', 'members', 2])
  })

  test('of what is not public is refused, and signs nothing', async () => {
    await narrow(net.berlin, { iss, rid })
    const before = await entriesOf()

    await expect(narrow(net.berlin, { iss, rid })).rejects.toMatchObject({ code: 'conflict' })
    expect(await entriesOf()).toEqual(before)
    rid = '01890a5d-ac96-774b-bcce-b302099a8057'
    await expect(narrow(net.berlin, { iss, rid })).rejects.toMatchObject({ code: 'not-found' })
  })

  test('at the same time as a new public version: one of them is told that the other was quicker', async () => {
    const together = signingTogether(net.berlin, 2)

    const both = await Promise.allSettled([
      narrow(together, { iss, rid }),
      say({ title: 'Neuer' }, rid, together),
    ])

    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const versions = (await entriesOf()).filter(({ op }) => op === 'publish')
    expect(versions.map(({ ver }) => ver)).toEqual([1, 2])
  })
})

describe('a narrowing cut off between its two steps', () => {
  test('leaves the record where it was, and is finished by itself, once', async () => {
    await narrowHalfWay()
    expect(await stateFor('public')).toEqual(['published', 'public', 1])
    expect(await stateFor('members')).toEqual(['published', 'members', 2])

    const together = signingTogether(net.berlin, 2)
    await Promise.all([finishNarrowings(together), finishNarrowings(together)])

    expect(await stateFor('public')).toEqual(['erased', 'public', 1])
    expect((await entriesOf()).map(({ op }) => op)).toEqual(['publish', 'publish', 'erase'])
  })

  test('is finished before anything else is done to the record', async () => {
    await narrowHalfWay()
    await withdraw(net.berlin, { iss, rid, reason: 'outdated' })
    expect([await stateFor('public'), await stateFor('members')]).toEqual([
      ['erased', 'public', 1],
      ['withdrawn', 'members', 2],
    ])

    rid = (await say()).rid
    await narrowHalfWay()
    await say({ visibility: 'public', title: 'Doch wieder für alle' }, rid)
    expect((await entriesOf()).map(({ feed, op, ver }) => [feed, op, ver])).toEqual([
      ['public', 'publish', 1],
      ['members', 'publish', 2],
      ['public', 'erase', 0],
      ['public', 'publish', 3],
    ])
  })

  test('that cannot be finished now is said to be open', async () => {
    const { journal } = net.berlin
    if (!journal) throw new Error('no journal')
    const stuck: Hub = {
      ...net.berlin,
      journal: {
        ...journal,
        last: (owner, feed) =>
          feed === 'public' ? Promise.resolve(undefined) : journal.last(owner, feed),
      },
      fetch: async () => {
        throw new TypeError('fetch failed')
      },
    }

    const published = await say({ visibility: 'members' }, rid, stuck)

    expect(published).toMatchObject({ ver: 2, narrowed: null })
    await finishNarrowings(net.berlin)
    expect(await stateFor('public')).toEqual(['erased', 'public', 1])
  })
})

describe('after narrowing', () => {
  test('a record may be opened to everybody again, and narrowed once more', async () => {
    await narrow(net.berlin, { iss, rid })
    await say({ visibility: 'public' }, rid)
    expect([await stateFor('public'), await stateFor('members')]).toEqual([
      ['published', 'public', 3],
      ['published', 'public', 3],
    ])

    await narrow(net.berlin, { iss, rid })

    expect([await stateFor('public'), await stateFor('members')]).toEqual([
      ['erased', 'public', 3],
      ['published', 'members', 4],
    ])
  })

  test('erasing closes it in both feeds, for ever', async () => {
    await narrow(net.berlin, { iss, rid })

    const erased = await erase(net.berlin, { iss, rid, reason: 'legal' })

    expect(erased).toHaveLength(2)
    for (const visibility of ['public', 'members']) {
      await expect(say({ visibility }, rid)).rejects.toMatchObject({ code: 'conflict' })
    }
    await expect(erase(net.berlin, { iss, rid, reason: 'legal' })).rejects.toMatchObject({
      code: 'conflict',
    })
  })
})
