import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { append } from '../../src/exchange/append.ts'
import { pullDue } from '../../src/exchange/pulls.ts'
import { Problem } from '../../src/problem.ts'
import { publish } from '../../src/publications/publish.ts'
import { readOne } from '../../src/publications/reading.ts'
import { newRecordId } from '../../src/publications/record-id.ts'
import { erase, finishErasures, withdraw } from '../../src/publications/take-back.ts'
import { caseFile, inputOf, type Loose, tableFile } from '../publications/fixtures.ts'
import { openFederation, type TestFederation } from '../support/hub.ts'
import { signingTogether } from '../support/journal.ts'
import { payloadOf } from '../support/token.ts'

let net: TestFederation
let iss: string

beforeAll(async () => {
  net = await openFederation()
  iss = net.berlin.iss
})
afterAll(() => net.close())

const say = async (change: Loose = {}, rid?: string) => {
  const answer = await publish(net.berlin, { iss, input: { ...inputOf(caseFile), ...change }, rid })
  if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
  return answer.published
}
const read = async (rid: string, audience: 'public' | 'members' = 'public') => {
  const one = await readOne(net.berlin, audience, 'berlin', rid)
  return one.state === 'published' ? { ...one, record: JSON.parse(one.content) } : one
}

const codeOf = async (act: Promise<unknown>) => {
  try {
    await act
    return undefined
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
}

const entries = () => net.berlin.sql<{ feed: string; jws: string }[]>`
  select f.feed, e.jws from entries e join feeds f on f.id = e.feed_id order by e.position
`
const details = (rid: string) =>
  net.berlin
    .sql`select ver, local as details from entries where rid = ${rid} and local is not null order by ver`

describe('publishing', () => {
  test('makes a record that everybody can read', async () => {
    const published = await say()

    expect(published).toMatchObject({ iss, ver: 1, kind: 'case-example', epoch: 1 })
    expect(await read(published.rid)).toMatchObject({
      state: 'published',
      record: { title: inputOf(caseFile).title, visibility: 'public' },
      found: { feed: 'public', seq: published.seq, dig: published.dig, via: null },
    })
  })

  test('fills in when a record should be looked at again', async () => {
    const { rid } = await say({ reviewBy: undefined })

    expect(await read(rid)).toMatchObject({ record: { reviewBy: '2027-03-02' } })
  })

  test('for the centres puts it where only they read', async () => {
    const { rid } = await say({ visibility: 'members' })

    expect(await codeOf(read(rid))).toBe('not-found')
    expect(await read(rid, 'members')).toMatchObject({ found: { feed: 'members' } })
  })

  test('has each version once, though two are published to different feeds at the same time', async () => {
    const { rid } = await say({ visibility: 'members' })
    const hub = signingTogether(net.berlin, 2)
    const sayTogether = (visibility: string) =>
      publish(hub, { iss, input: { ...inputOf(caseFile), visibility }, rid })

    const answers = await Promise.allSettled([sayTogether('members'), sayTogether('public')])

    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const versions = await net.berlin
      .sql`select ver from entries where rid = ${rid} and op = 'publish' order by ver`
    expect(versions.map(({ ver }) => ver)).toEqual([1, 2])
  })

  test('keeps at home what is local', async () => {
    const { rid } = await say({ local: { ...inputOf(caseFile).local, notes: 'Kanarienvogel' } })

    expect(await details(rid)).toMatchObject([{ ver: 1, details: { notes: 'Kanarienvogel' } }])
    const [kept] = await net.berlin.sql`select content from entries where rid = ${rid}`
    expect(kept?.content.toString()).not.toContain('Kanarienvogel')
  })

  test('a new version takes the place of the old one', async () => {
    const { rid } = await say()
    const second = await say({ title: 'Besser erzählt' }, rid)

    expect(second).toMatchObject({ rid, ver: 2 })
    expect(await read(rid)).toMatchObject({
      found: { ver: 2 },
      record: { title: 'Besser erzählt' },
    })
  })

  test('counts versions over both feeds when a record is opened to everybody', async () => {
    const { rid } = await say({ visibility: 'members' })

    const opened = await say({ visibility: 'public' }, rid)

    expect(opened.ver).toBe(2)
    expect(await read(rid)).toMatchObject({ found: { feed: 'public', ver: 2 } })
    expect(await read(rid, 'members')).toMatchObject({ found: { feed: 'public', ver: 2 } })
  })

  test('stores nothing of a file with faults', async () => {
    const before = await entries()
    const input = { ...inputOf(caseFile), title: '', sectors: 'C' }

    const answer = await publish(net.berlin, { iss, input })

    expect(answer).toMatchObject({ ok: false, faults: [{ path: 'title' }, { path: 'sectors' }] })
    expect(await entries()).toEqual(before)
  })

  test('a new version of what does not exist is not found', async () => {
    const rid = newRecordId(net.clock.now)

    expect(await codeOf(publish(net.berlin, { iss, rid, input: inputOf(caseFile) }))).toBe(
      'not-found',
    )
  })

  test('for another centre is refused', async () => {
    const other = net.brandenburg.iss

    expect(await codeOf(publish(net.berlin, { iss: other, input: inputOf(caseFile) }))).toBe(
      'cannot-sign',
    )
  })

  test('needs neither a peer nor the anchor', async () => {
    const cut = async () => {
      throw new TypeError('fetch failed')
    }

    const answer = await publish({ ...net.berlin, fetch: cut }, { iss, input: inputOf(tableFile) })

    expect(answer).toMatchObject({ ok: true })
  })
})

describe('withdrawing', () => {
  test('leaves a tombstone with the reason and what stands in its place', async () => {
    const [first, second] = [await say(), await say()]

    const { seq } = await withdraw(net.berlin, {
      iss,
      rid: first.rid,
      reason: 'duplicate',
      replacedBy: { iss, rid: second.rid },
    })

    expect(await read(first.rid)).toMatchObject({
      state: 'withdrawn',
      reason: 'duplicate',
      replacedBy: { iss, rid: second.rid },
      found: { seq },
    })
  })

  test('is undone by a new version', async () => {
    const { rid } = await say()
    await withdraw(net.berlin, { iss, rid, reason: 'outdated' })

    await say({ title: 'Wieder da' }, rid)

    expect(await read(rid)).toMatchObject({ state: 'published', record: { title: 'Wieder da' } })
  })

  test('lets a record go on among the centres', async () => {
    const { rid } = await say()
    await withdraw(net.berlin, { iss, rid, reason: 'other' })

    const narrowed = await say({ visibility: 'members' }, rid)

    expect(narrowed.ver).toBe(2)
    expect(await read(rid)).toMatchObject({ state: 'withdrawn' })
    expect(await read(rid, 'members')).toMatchObject({ state: 'published', found: { ver: 2 } })
  })

  test('twice is a conflict, of nothing not found', async () => {
    const { rid } = await say()
    await withdraw(net.berlin, { iss, rid, reason: 'outdated' })
    const before = await entries()

    const again = await codeOf(withdraw(net.berlin, { iss, rid, reason: 'outdated' }))
    const nothing = await codeOf(
      withdraw(net.berlin, { iss, rid: newRecordId(net.clock.now), reason: 'other' }),
    )

    expect([again, nothing]).toEqual(['conflict', 'not-found'])
    expect(await entries()).toEqual(before)
  })

  test.each(['consent-revoked', 'legal'] as const)(
    'is not enough where the reason is %s',
    async (reason) => {
      const { rid } = await say()

      expect(await codeOf(withdraw(net.berlin, { iss, rid, reason }))).toBe('invalid-input')
      expect(await read(rid)).toMatchObject({ state: 'published' })
    },
  )
})

describe('erasing', () => {
  test('leaves nothing of any version in either feed, here and with others', async () => {
    const canary = 'Kanarienvogel'
    const local = { ...inputOf(caseFile).local, notes: canary }
    const { rid } = await say({ visibility: 'members', title: canary, local })
    await say({ title: canary, local }, rid)
    await say({ title: canary, local }, rid)
    net.clock.now += 10 * 60_000
    await pullDue(net.brandenburg)

    const erased = await erase(net.berlin, { iss, rid, reason: 'consent-revoked' })
    net.clock.now += 10 * 60_000
    await pullDue(net.brandenburg)

    expect(erased).toHaveLength(2)
    expect(await details(rid)).toHaveLength(0)
    for (const hub of [net.berlin, net.brandenburg]) {
      const left = await hub.sql`
        select 1 from entries where rid = ${rid} and (content is not null or salt is not null)
      `
      expect(left).toHaveLength(0)
      expect(await readOne(hub, 'members', 'berlin', rid)).toMatchObject({
        state: 'erased',
        reason: 'consent-revoked',
      })
    }
    const feeds = (await entries()).slice(-2).map(({ feed, jws }) => [feed, payloadOf(jws).ver])
    expect(feeds.toSorted()).toEqual([
      ['members', 0],
      ['public', 0],
    ])
  })

  test('is for ever: no new version comes after it', async () => {
    const { rid } = await say()
    await erase(net.berlin, { iss, rid, reason: 'legal' })

    for (const visibility of ['public', 'members']) {
      const input = { ...inputOf(caseFile), visibility }
      expect(await codeOf(publish(net.berlin, { iss, rid, input }))).toBe('conflict')
    }
    expect(await read(rid)).toMatchObject({ state: 'erased' })
  })

  test('of what was withdrawn takes its content too', async () => {
    const { rid } = await say()
    await withdraw(net.berlin, { iss, rid, reason: 'outdated' })

    await erase(net.berlin, { iss, rid, reason: 'legal' })

    const [kept] = await net.berlin
      .sql`select status, content from entries where rid = ${rid} and op = 'publish'`
    expect(kept).toMatchObject({ status: 'erased', content: null })
  })

  test('twice is a conflict, and signs nothing', async () => {
    const { rid } = await say({ visibility: 'members' })
    await say({}, rid)
    await erase(net.berlin, { iss, rid, reason: 'legal' })
    const before = await entries()

    const again = erase(net.berlin, { iss, rid, reason: 'legal' })

    await expect(again).rejects.toMatchObject({
      code: 'conflict',
      detail: 'Dieser Beitrag ist bereits gelöscht.',
    })
    expect(await entries()).toEqual(before)
  })

  test('goes on where it was interrupted, in the feed that is left', async () => {
    const { rid } = await say({ visibility: 'members' })
    await say({}, rid)
    const operation = { op: 'erase' as const, rid, ver: 0, reason: 'legal' as const }
    await append(net.berlin, { iss, feed: 'public', operation })

    const erased = await erase(net.berlin, { iss, rid, reason: 'legal' })

    expect(erased).toHaveLength(1)
    expect((await entries()).at(-1)?.feed).toBe('members')
  })

  test('is finished by itself where nobody goes on', async () => {
    const { rid } = await say({ visibility: 'members' })
    await say({}, rid)
    const operation = { op: 'erase' as const, rid, ver: 0, reason: 'legal' as const }
    await append(net.berlin, { iss, feed: 'public', operation })

    const together = signingTogether(net.berlin, 2)
    await Promise.all([finishErasures(together), finishErasures(together)])

    const last = (await entries()).slice(-2).map(({ feed, jws }) => [feed, payloadOf(jws).reason])
    expect(last).toEqual([
      ['public', 'legal'],
      ['members', 'legal'],
    ])
    expect(await readOne(net.berlin, 'members', 'berlin', rid)).toMatchObject({ state: 'erased' })
  })

  test('of nothing is not found', async () => {
    const rid = newRecordId(net.clock.now)

    expect(await codeOf(erase(net.berlin, { iss, rid, reason: 'legal' }))).toBe('not-found')
  })
})
