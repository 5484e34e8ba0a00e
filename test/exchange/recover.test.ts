import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { append, bringBack } from '../../src/exchange/append.ts'
import { catchUp } from '../../src/exchange/catch-up.ts'
import { evidencePairs } from '../../src/exchange/evidence.ts'
import { nodeState } from '../../src/exchange/node-state.ts'
import { pullFeed } from '../../src/exchange/pull.ts'
import { acceptEnd } from '../../src/exchange/recover.ts'
import { signingStatus } from '../../src/exchange/signing-status.ts'
import type { Cut } from '../../src/federation/statement.ts'
import { centreById } from '../../src/federation/store.ts'
import type { Hub } from '../../src/hub.ts'
import { Problem } from '../../src/problem.ts'
import { newRecordId } from '../../src/publications/record-id.ts'
import { fileJournal } from '../../src/signing/file-journal.ts'
import type { Journal, Signed } from '../../src/signing/journal.ts'
import { makeKey } from '../../src/signing/keys.ts'
import { backUp } from '../support/backup.ts'
import { openFederation, type TestFederation } from '../support/hub.ts'
import { newJournal } from '../support/journal.ts'
import { goodRecord } from '../support/rogue.ts'
import { base64url, withPart } from '../support/token.ts'

let net: TestFederation
let berlin: Hub & { journal: Journal }
let iss: string
let directory: string
/** Puts every database back to where nothing was published. */
let startAnew: () => Promise<unknown>

beforeAll(async () => {
  net = await openFederation()
  iss = net.berlin.iss
  const backups = await Promise.all(
    [net.kiww, net.berlin, net.brandenburg].map(({ sql }) => backUp(sql)),
  )
  startAnew = () => Promise.all(backups.map((restore) => restore()))
})
afterAll(() => net.close())
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tn-recover-'))
  for (const name of ['kiww', 'berlin', 'brandenburg'] as const) {
    net[name].journal = await newJournal(join(directory, name), net[name].iss)
  }
  berlin = { ...net.berlin, journal: net.berlin.journal as Journal }
})
afterEach(async () => {
  back('kiww', 'brandenburg')
  await startAnew()
  await rm(directory, { recursive: true })
})

const remark = (hub: Hub = berlin) =>
  append(hub, {
    iss,
    feed: 'public',
    operation: { op: 'erase', rid: newRecordId(net.clock.now), ver: 0, reason: 'other' },
  })
const story = () =>
  append(berlin, {
    iss,
    feed: 'public',
    operation: { op: 'publish', rid: newRecordId(net.clock.now), ver: 1, kind: 'case-example' },
    content: Buffer.from(JSON.stringify(goodRecord)),
    local: { notes: 'bleibt hier' },
  })

const mirror = async (...hubs: Hub[]) => {
  for (const hub of hubs) {
    const centre = await centreById(hub.sql, iss)
    if (!centre) throw new Error('Berlin is not known')
    expect(await pullFeed(hub, centre, 'public')).not.toHaveProperty('reason')
  }
}

const entriesAt = (hub: Hub) => hub.sql<{ seq: number; jws: string; content: Buffer | null }[]>`
  select e.seq, e.jws, e.content from entries e join feeds f on f.id = e.feed_id
  where f.iss = ${iss} and f.feed = 'public' order by e.seq
`
const problemOf = async (act: Promise<unknown>) => {
  try {
    await act
    return undefined
  } catch (error) {
    if (error instanceof Problem) return { code: error.code, detail: error.detail }
    throw error
  }
}
const alone = () => {
  for (const name of ['kiww', 'brandenburg'] as const) net.network.delete(net[name].config.origin)
}
const back = (...names: ('kiww' | 'brandenburg')[]) => {
  for (const name of names) net.network.set(net[name].config.origin, net[name])
}

describe('a node restored from yesterday’s backup', () => {
  test('fetches its own entries back from whoever mirrors them, before it signs the next', async () => {
    await remark()
    const restore = await backUp(berlin.sql)
    await story()
    await remark()
    await story()
    await mirror(net.kiww, net.brandenburg)
    const before = await entriesAt(berlin)
    await restore()

    const next = await remark()

    expect(next.seq).toBe(5)
    const after = await entriesAt(berlin)
    expect(after.slice(0, 4)).toEqual([...before])
    expect(await entriesAt(net.kiww)).toEqual([...before])
  })

  test('appends the last one from the journal where the others have all but that, with what is local', async () => {
    const restore = await backUp(berlin.sql)
    await remark()
    await remark()
    await mirror(net.kiww, net.brandenburg)
    const last = await story()
    await restore()

    const next = await remark()

    expect(next.seq).toBe(4)
    const [entry] = await berlin.sql`select seq, local from entries where dig = ${last.dig}`
    expect(entry).toEqual({ seq: 3, local: { notes: 'bleibt hier' } })
  })

  test('publishes nothing and says why while nobody can be asked, and goes on by itself when somebody can', async () => {
    await remark()
    const restore = await backUp(berlin.sql)
    await remark()
    await remark()
    await mirror(net.kiww, net.brandenburg)
    await restore()
    alone()

    const refused = await problemOf(remark())
    const waits = await catchUp(berlin)
    const { stuck } = await signingStatus(berlin)
    back('kiww')
    const settled = await catchUp(berlin)

    expect(refused).toMatchObject({
      code: 'cannot-sign',
      detail: expect.stringMatching(/bis Eintrag 3 .*nur bis 1 .*Brandenburg, KIWW/),
    })
    expect(waits).toBeLessThan(60_000)
    expect(stuck).toMatchObject([{ is: 'forgotten', feed: { size: 1 }, last: { seq: 3 } }])
    expect(settled).toBeLessThan(60_000)
    expect(await remark()).toMatchObject({ seq: 4 })
  })

  test('takes what one node has and goes on with the next, but signs nothing while something is missing', async () => {
    const restore = await backUp(berlin.sql)
    await remark()
    await mirror(net.brandenburg)
    await remark()
    await mirror(net.kiww)
    await remark()
    await remark()
    await restore()

    const { standing, holders } = await bringBack(berlin, iss, 'public')

    expect(holders.map(({ gave }) => gave?.received)).toEqual([1, 1])
    expect(standing).toMatchObject({ is: 'forgotten', feed: { size: 2 }, last: { seq: 4 } })
    expect(await problemOf(remark())).toMatchObject({ code: 'cannot-sign' })
    expect(await problemOf(acceptEnd(berlin, iss, 'public', 2))).toMatchObject({ code: 'conflict' })
  })
})

test('a node that is simply offline publishes as ever', async () => {
  await remark()
  alone()

  expect(await remark()).toMatchObject({ seq: 2 })
})

describe('where the journal is missing', () => {
  let lost: Hub & { journal: Journal }
  beforeEach(() => {
    lost = { ...berlin, journal: fileJournal(join(directory, 'lost')) }
  })

  test('every active centre is asked; if none has more, the journal begins anew where the feed ends', async () => {
    await story()
    await remark()

    expect(await remark(lost)).toMatchObject({ seq: 3 })
    alone()
    expect(await remark(lost)).toMatchObject({ seq: 4 })
  })

  test('what one of them has more is fetched first', async () => {
    await remark()
    const restore = await backUp(berlin.sql)
    await remark()
    await mirror(net.kiww, net.brandenburg)
    await restore()

    expect(await remark(lost)).toMatchObject({ seq: 3 })
  })

  test('nothing is signed while one of them does not answer, also in a feed that seems empty', async () => {
    alone()
    back('kiww')

    const refused = await problemOf(remark(lost))

    expect(refused?.code).toBe('cannot-sign')
    expect(refused?.detail).toContain('ohne Auskunft von: Zukunftszentrum Brandenburg')
    await berlin.sql`
      update centres set metadata = jsonb_set(metadata, '{status}', '"suspended"')
      where slug = 'brandenburg'
    `
    expect(await remark(lost)).toMatchObject({ seq: 1 })
  })

  test('an operator may vouch for the end, but only for the one that is there', async () => {
    await remark()
    alone()

    expect(await problemOf(acceptEnd(lost, iss, 'public', 0))).toMatchObject({ code: 'conflict' })
    await acceptEnd(lost, iss, 'public', 1)

    expect(await remark(lost)).toMatchObject({ seq: 2 })
    expect(await problemOf(acceptEnd(lost, iss, 'public', 2))).toMatchObject({ code: 'conflict' })
  })

  test('a node that tells another entry at the same number does not count as having nothing more', async () => {
    await remark()
    await mirror(net.kiww, net.brandenburg)
    const other = await append(net.kiww, {
      iss: net.kiww.iss,
      feed: 'public',
      operation: { op: 'erase', rid: newRecordId(net.clock.now), ver: 0, reason: 'other' },
    })
    await net.kiww.sql`
      update entries e set jws = (select jws from entries where dig = ${other.dig})
      from feeds f where f.id = e.feed_id and f.iss = ${iss}
    `

    const { standing, holders } = await bringBack(lost, iss, 'public')

    expect(standing.is).toBe('uncertain')
    expect(holders.map(({ holds }) => holds)).toContain('other')
  })
})

test('a journal older than the database proves nothing: all are asked, as if it were missing', async () => {
  await remark()
  const old = (await berlin.journal.last(iss, 'public')) as Signed
  await remark()
  await berlin.journal.note(iss, 'public', old)
  alone()

  expect(await problemOf(remark())).toMatchObject({ code: 'cannot-sign' })
  back('kiww', 'brandenburg')
  expect(await remark()).toMatchObject({ seq: 3 })
})

test.each([
  ['at the same number', 0],
  ['at an earlier one', -1],
  ['at the one before its own', 1],
])(
  'a journal that tells another history than the database %s is believed by nobody',
  async (_, by) => {
    await remark()
    await remark()
    await mirror(net.kiww, net.brandenburg)
    const last = (await berlin.journal.last(iss, 'public')) as Signed
    await berlin.journal.note(iss, 'public', { ...last, seq: last.seq + by, dig: 'x', prev: 'y' })

    const refused = await problemOf(remark())

    expect(refused).toMatchObject({
      code: 'cannot-sign',
      detail: expect.stringContaining('verschiedene Einträge'),
    })
    expect(await problemOf(acceptEnd(berlin, iss, 'public', 2))).toMatchObject({ code: 'conflict' })
  },
)

describe('a journal that remembers another signed entry', () => {
  const proofs = async () =>
    (await evidencePairs(berlin.sql, { iss, feed: 'public', epoch: 1 })).pairs
  const gegabelt = { code: 'cannot-sign', detail: expect.stringContaining('gegabelt') }
  /** Berlin signs once more what it has forgotten to have signed; answers what it had signed before. */
  const signTwice = async (after: number) => {
    const restore = await backUp(berlin.sql)
    for (let i = 0; i < after; i++) await remark()
    const first = (await berlin.journal.last(iss, 'public')) as Signed
    await restore()
    await berlin.journal.note(iss, 'public', empty)
    await remark()
    return first
  }
  const empty = { epoch: 1, seq: 0, prev: '', dig: '', jws: '', mark: { life: 0, position: 0 } }
  const tokenAt = async (hub: Hub, seq: number) =>
    (await entriesAt(hub)).find((entry) => entry.seq === seq)?.jws

  test('at a number that is held freezes the feed, with both as proof', async () => {
    const first = await signTwice(1)
    await berlin.journal.note(iss, 'public', first)

    const waits = await catchUp(berlin)

    expect(waits).toBeLessThan(60_000)
    expect(await proofs()).toEqual([[await tokenAt(berlin, 1), first.jws]])
    expect(await problemOf(remark())).toMatchObject(gegabelt)
    expect((await nodeState(berlin, 'public')).own[0]).toMatchObject({ forkedAt: 1 })
  })

  test('that nobody signed proves nothing', async () => {
    const first = await signTwice(1)
    const jws = withPart(first.jws, 2, base64url(Buffer.alloc(64, 3)))
    await berlin.journal.note(iss, 'public', { ...first, jws })

    const refused = await problemOf(remark())

    expect(refused?.detail).toContain('verschiedene Einträge')
    expect(await proofs()).toEqual([])
  })

  test('that follows on another than the one held freezes the feed as well', async () => {
    const second = await signTwice(2)
    await berlin.journal.note(iss, 'public', second)

    expect(await problemOf(remark())).toMatchObject(gegabelt)
    expect(await proofs()).toEqual([[await tokenAt(berlin, 1), second.jws]])
  })

  test('than the one that the other nodes give back freezes the feed as well', async () => {
    const restore = await backUp(berlin.sql)
    const first = await signTwice(2)
    await remark()
    await mirror(net.kiww, net.brandenburg)
    await restore()
    await berlin.journal.note(iss, 'public', first)

    expect(await problemOf(remark())).toMatchObject(gegabelt)
    expect(await proofs()).toEqual([[await tokenAt(net.kiww, 2), first.jws]])
  })

  test('a node that holds the other branch is looked into while the journal is being looked for', async () => {
    const restore = await backUp(berlin.sql)
    await remark()
    await mirror(net.kiww)
    const mirrored = await tokenAt(net.kiww, 1)
    await restore()
    await berlin.journal.note(iss, 'public', empty)
    await remark()
    const lost = { ...berlin, journal: fileJournal(join(directory, 'lost')) }

    expect(await problemOf(remark(lost))).toMatchObject(gegabelt)
    expect(await proofs()).toEqual([[await tokenAt(berlin, 1), mirrored]])
  })
})

describe('an empty journal', () => {
  test('is believed where the keys were made here, without asking anybody', async () => {
    alone()

    expect(await remark()).toMatchObject({ seq: 1 })
  })

  test('is not where the anchor states a key of an earlier life, until its entries are cut off', async () => {
    const { publicJwk } = await makeKey('sig')
    const [centre] =
      await berlin.sql`select metadata -> 'jwks' -> 'keys' as keys from centres where entity_id = ${iss}`
    const earlier = (valid_through?: Cut[]) => berlin.sql`
      update centres set metadata = jsonb_set(metadata, '{jwks,keys}', ${berlin.sql.json([
        ...(centre?.keys ?? []),
        { ...publicJwk, ...(valid_through && { valid_through }) },
      ])})
      where entity_id = ${iss}
    `
    alone()

    await earlier()
    expect(await problemOf(remark())).toMatchObject({ code: 'cannot-sign' })
    await earlier([{ feed: 'public', epoch: 1, seq: 4, dig: 'x' }])
    expect(await problemOf(remark())).toMatchObject({ code: 'cannot-sign' })
    await earlier([{ feed: 'members', epoch: 1, seq: 4, dig: 'x' }])
    expect(await remark()).toMatchObject({ seq: 1 })
  })
})
