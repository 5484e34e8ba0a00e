import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import type { Endorsement, Role } from '../../src/exchange/entry.ts'
import { pullFeed } from '../../src/exchange/pull.ts'
import { pullAfresh, pullDue } from '../../src/exchange/pulls.ts'
import type { Centre } from '../../src/federation/centre.ts'
import { centreById } from '../../src/federation/store.ts'
import { endorse } from '../../src/publications/endorse.ts'
import { endorsementsOf } from '../../src/publications/endorsements.ts'
import { publish } from '../../src/publications/publish.ts'
import { readOne } from '../../src/publications/reading.ts'
import { erase, withdraw } from '../../src/publications/take-back.ts'
import { inputOf, type Loose, tableFile } from '../publications/fixtures.ts'
import { openFederation, type TestFederation, type TestHub } from '../support/hub.ts'
import { openRogue, type Rogue } from '../support/rogue.ts'

let net: TestFederation
/** Of Berlin; asks Brandenburg and KIWW to endorse it. */
let rid: string
/** Brandenburg saying what its own software would not. */
let loose: Rogue

beforeAll(async () => {
  net = await openFederation()
})
afterAll(() => net.close())
beforeEach(async () => {
  rid = await say()
})

const say = async (change: Loose = {}, of?: string) => {
  net.clock.now += 1_000
  const input = { ...inputOf(tableFile), ...change }
  const answer = await publish(net.berlin, { iss: net.berlin.iss, input, rid: of })
  if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
  await pull(net.brandenburg, net.kiww)
  return answer.published.rid
}
const pull = async (...hubs: TestHub[]) => {
  net.clock.now += 1_000
  for (const hub of hubs) {
    await pullAfresh(hub)
    await pullDue(hub)
  }
}

type Name = 'kiww' | 'berlin' | 'brandenburg'
const speak = (
  name: Name,
  op: Endorsement['op'] = 'endorse',
  { role = 'party', of = 'berlin' }: { role?: Role; of?: string } = {},
) => {
  net.clock.now += 1_000
  return endorse(net[name], op, { iss: net[name].iss, of, rid, role })
}

const told = async (hub: TestHub = net.berlin, audience: 'public' | 'members' = 'public') => {
  const one = await readOne(hub, audience, 'berlin', rid)
  if (one.state !== 'published') throw new Error(one.state)
  return endorsementsOf(hub, one)
}
const answers = async (hub: TestHub = net.berlin, audience: 'public' | 'members' = 'public') =>
  (await told(hub, audience))?.parties.map(({ slug, answer }) => [slug, answer])

describe('a round table', () => {
  test('is endorsed by those whom it asks, and everybody who mirrors both sees who did', async () => {
    const { ver } = await speak('brandenburg')
    await pull(net.berlin, net.kiww)

    expect(ver).toBe(1)
    for (const hub of [net.berlin, net.kiww, net.brandenburg]) {
      expect(await told(hub)).toEqual({
        parties: [
          {
            slug: 'brandenburg',
            centre: 'Zukunftszentrum Brandenburg',
            answer: 'endorsed',
            at: expect.any(Number),
          },
          { slug: 'kiww', centre: 'KIWW', answer: null, at: null },
        ],
        shelf: [],
      })
    }
  })

  test('shows the latest word of each', async () => {
    await speak('brandenburg', 'endorse')
    await speak('kiww', 'decline')
    await pull(net.berlin)
    expect(await answers()).toEqual([
      ['brandenburg', 'endorsed'],
      ['kiww', 'declined'],
    ])

    await speak('brandenburg', 'retract')
    await speak('kiww', 'endorse')
    await pull(net.berlin)
    expect(await answers()).toEqual([
      ['brandenburg', null],
      ['kiww', 'endorsed'],
    ])
  })

  test('needs new endorsements when there is a new version', async () => {
    await speak('brandenburg')
    await pull(net.berlin)

    await say({ title: 'Neu gefasst' }, rid)
    expect(await answers()).toEqual([
      ['brandenburg', null],
      ['kiww', null],
    ])

    await speak('brandenburg')
    await pull(net.berlin)
    expect((await answers())?.[0]).toEqual(['brandenburg', 'endorsed'])
  })

  test('among the centres is endorsed among the centres', async () => {
    rid = await say({ visibility: 'members' })

    await speak('brandenburg')
    await pull(net.berlin)

    expect(await answers(net.berlin, 'members')).toContainEqual(['brandenburg', 'endorsed'])
    const [feed] = await net.berlin.sql`
      select f.feed from entries e join feeds f on f.id = e.feed_id
      where e.op = 'endorse' and e.rid = ${rid}
    `
    expect(feed).toEqual({ feed: 'members' })
  })

  test('takes its endorsements with it when it is withdrawn or erased', async () => {
    await speak('brandenburg')
    await pull(net.berlin)
    await withdraw(net.berlin, { iss: net.berlin.iss, rid, reason: 'outdated' })
    const page = await app.request(`/runde-tische/berlin/${rid}`, {}, net.berlin)
    expect(page.status).toBe(410)
    expect(await page.text()).not.toContain('Brandenburg')
    await pull(net.brandenburg)
    await expect(speak('brandenburg', 'retract')).rejects.toMatchObject({ code: 'gone' })

    await erase(net.berlin, { iss: net.berlin.iss, rid, reason: 'legal' })
    await pull(net.kiww)
    await expect(speak('kiww')).rejects.toMatchObject({ code: 'gone' })
  })

  test('says on its page and to programs who signed with it', async () => {
    await speak('brandenburg')
    await speak('kiww', 'endorse', { role: 'shelf' })
    await pull(net.berlin)

    const page = await (await app.request(`/runde-tische/berlin/${rid}`, {}, net.berlin)).text()
    const answer = await app.request(`/api/records/berlin/${rid}`, {}, net.berlin)

    expect(page).toContain('mitgezeichnet: 1 von 2')
    expect(page).toContain('Bundesweites Regal')
    expect(page).toMatch(/Mitgezeichnet von: <bdi>Zukunftszentrum Brandenburg<\/bdi>/)
    expect(page).toMatch(/Noch ohne Antwort seit 2. März 2026: <bdi>KIWW<\/bdi>/)
    expect(await answer.json()).toMatchObject({
      endorsements: {
        parties: [{ slug: 'brandenburg', answer: 'endorsed' }, {}],
        shelf: [{ slug: 'kiww' }],
      },
    })
  })
})

describe('nobody says what would not count', () => {
  const problem = (code: string) => ({ code })

  test('as a party that was not asked, or for the shelf without being the umbrella', async () => {
    rid = await say({ parties: ['kiww'] })

    await expect(speak('brandenburg')).rejects.toMatchObject(problem('invalid-input'))
    await expect(speak('brandenburg', 'endorse', { role: 'shelf' })).rejects.toMatchObject(
      problem('invalid-input'),
    )
    expect(await speak('kiww', 'endorse', { role: 'shelf' })).toMatchObject({ ver: 1 })
    expect(await speak('kiww', 'endorse', { role: 'party' })).toMatchObject({ ver: 1 })
  })

  test('twice, or to take back what was never said', async () => {
    await expect(speak('brandenburg', 'retract')).rejects.toMatchObject(problem('conflict'))
    await speak('brandenburg')
    await expect(speak('brandenburg')).rejects.toMatchObject(problem('conflict'))
    await speak('brandenburg', 'retract')
    await expect(speak('brandenburg', 'retract')).rejects.toMatchObject(problem('conflict'))
  })

  test('of a record that is not there, or of somebody else with that id', async () => {
    await expect(speak('brandenburg', 'endorse', { of: 'kiww' })).rejects.toMatchObject(
      problem('not-found'),
    )
  })

  test('two at once: one of them is told that it has been said', async () => {
    const both = await Promise.allSettled([speak('brandenburg'), speak('brandenburg')])

    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })
})

describe('what other software says all the same', () => {
  let said: Record<string, unknown>
  beforeAll(async () => {
    net = await openFederation()
    loose = await openRogue(net.brandenburg, [net.berlin, net.kiww])
  })
  beforeEach(async () => {
    const [entry] = await net.berlin.sql`select ver from records where rid = ${rid}`
    said = { op: 'endorse', of: net.berlin.iss, rid, ver: entry?.ver, role: 'party' }
  })
  const hear = async (...members: Record<string, unknown>[]) => {
    for (const each of members) await loose.say({ ...said, ...each })
    await pull(net.berlin)
    return { answer: (await answers())?.[0]?.[1], shelf: (await told())?.shelf }
  }

  test('counts only if it was asked, and puts nothing on the shelf', async () => {
    rid = await say({ parties: ['kiww'] })
    said = { ...said, rid }
    await hear({}, { role: 'shelf' })

    expect(await told()).toMatchObject({ parties: [{ slug: 'kiww', answer: null }], shelf: [] })
  })

  test('counts only for that version, that record and that feed', async () => {
    expect(await hear({ ver: 2 })).toMatchObject({ answer: null })
    expect(await hear({ of: net.kiww.iss })).toMatchObject({ answer: null })
    const members = await openRogue(net.brandenburg, [net.berlin], 'members')
    await members.say(said)
    expect(await hear({ extra: true })).toMatchObject({ answer: null })
    expect(await hear({})).toMatchObject({ answer: 'endorsed' })
  })

  test('may take back what it never said: that changes nothing', async () => {
    expect(await hear({ op: 'retract' })).toMatchObject({ answer: null })
    expect(await hear({ op: 'decline' }, { op: 'endorse' })).toMatchObject({ answer: 'endorsed' })
  })

  test('may come before the record that it is about', async () => {
    const input = inputOf(tableFile)
    const answer = await publish(net.berlin, { iss: net.berlin.iss, input })
    if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
    rid = answer.published.rid
    await loose.say({ ...said, rid, ver: 1 })
    const brandenburg = await centreById(net.kiww.sql, net.brandenburg.iss)
    await pullFeed(net.kiww, brandenburg as Centre, 'public')
    await expect(told(net.kiww)).rejects.toMatchObject({ code: 'not-found' })

    await pull(net.kiww)

    expect((await answers(net.kiww))?.[0]).toEqual(['brandenburg', 'endorsed'])
  })
})
