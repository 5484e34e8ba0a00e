import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { append, type Statement, settleJournal } from '../../src/exchange/append.ts'
import type { Hub } from '../../src/hub.ts'
import { Problem } from '../../src/problem.ts'
import { newRecordId } from '../../src/publications/record-id.ts'
import { tokenDigest } from '../../src/signing/digest.ts'
import { fileJournal } from '../../src/signing/file-journal.ts'
import type { Journal, Signed } from '../../src/signing/journal.ts'
import { openFederation, openTestHub, type TestFederation } from '../support/hub.ts'
import { newJournal } from '../support/journal.ts'
import { goodRecord } from '../support/rogue.ts'
import { payloadOf } from '../support/token.ts'

let net: TestFederation
let directory: string
/** Berlin with a journal of this test alone, on a feed that nobody wrote to. */
let berlin: Hub & { journal: Journal }
let iss: string

beforeAll(async () => {
  net = await openFederation()
  iss = net.berlin.iss
})
afterAll(() => net.close())
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tn-append-'))
  berlin = { ...net.berlin, journal: await newJournal(directory, iss) }
  await net.berlin.sql`truncate entries, records cascade`
  await net.berlin.sql`update feeds set size = 0, dig = '', signer = null, key_number = 0`
  await net.berlin.sql`update log_end set position = 0`
})
afterEach(() => rm(directory, { recursive: true }))

const publication = (rid = newRecordId(net.clock.now), ver = 1): Statement => ({
  iss,
  feed: 'public',
  operation: { op: 'publish', rid, ver, kind: 'case-example' },
  content: Buffer.from(JSON.stringify(goodRecord)),
})
/** An entry without content: quick. */
const remark = (feed: Statement['feed'] = 'public'): Statement => ({
  iss,
  feed,
  operation: { op: 'erase', rid: newRecordId(net.clock.now), ver: 0, reason: 'other' },
})

const log = () => net.berlin.sql<{ seq: number; dig: string; jws: string; position: number }[]>`
  select e.seq, e.dig, e.jws, e.position from entries e join feeds f on f.id = e.feed_id
  where f.iss = ${iss} and f.feed = 'public' order by e.seq
`
const codeOf = async (act: Promise<unknown> | (() => unknown)) => {
  try {
    await (typeof act === 'function' ? act() : act)
    return undefined
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
}

/** The same journal, doing something else before or after it notes. */
const noting = (around: {
  before?: (signed: Signed) => Promise<void>
  after?: () => void
}): Hub => ({
  ...berlin,
  journal: {
    ...berlin.journal,
    note: async (owner, feed, signed) => {
      await around.before?.(signed)
      await berlin.journal.note(owner, feed, signed)
      around.after?.()
    },
  },
})

const crash = () => {
  throw new Error('killed')
}

describe('an own entry', () => {
  test('follows on the one before, in the feed and in the log', async () => {
    const first = await append(berlin, publication())
    const second = await append(berlin, remark())

    const [one, two] = await log()
    expect(first).toEqual({ epoch: 1, seq: 1, dig: one?.dig })
    expect(second).toEqual({ epoch: 1, seq: 2, dig: two?.dig })
    expect(payloadOf(one?.jws ?? '')).toMatchObject({ iss, feed: 'public', seq: 1, prev: '' })
    expect(payloadOf(two?.jws ?? '').prev).toBe(tokenDigest(one?.jws ?? ''))
    expect([one?.position, two?.position]).toEqual([1, 2])
  })

  test('is in the journal before it is in the database', async () => {
    const seen: number[] = []

    await append(noting({ before: async () => void seen.push((await log()).length) }), remark())

    expect(seen).toEqual([0])
    expect(await berlin.journal.last(iss, 'public')).toMatchObject({ seq: 1, prev: '' })
  })

  test('that the journal cannot note is not stored, and its number stays free', async () => {
    const failing = noting({ before: crash })

    await expect(append(failing, remark())).rejects.toThrow('killed')
    expect(await log()).toHaveLength(0)
    expect(await append(berlin, remark())).toMatchObject({ seq: 1 })
  })

  test('that would break a rule is neither noted nor stored, and says which rule', async () => {
    const { operation } = publication()
    await append(berlin, { ...publication(), operation })

    const again = append(berlin, { ...publication(), operation })

    await expect(again).rejects.toMatchObject({
      code: 'conflict',
      extra: { reason: 'version-not-rising' },
    })
    expect(await berlin.journal.last(iss, 'public')).toMatchObject({ seq: 1 })
    expect(await append(berlin, remark())).toMatchObject({ seq: 2 })
  })

  test.each([
    ['a content that nobody could show', '{"kind":"case-example"}', 'content: invalid-content'],
    ['a content for the other feed', '', 'content: wrong-feed'],
    ['a content of 257 KiB', 'x'.repeat(257 * 1024), 'operation-unknown'],
  ])('with %s never leaves', async (_, text, reason) => {
    const content = Buffer.from(text || JSON.stringify({ ...goodRecord, visibility: 'members' }))

    const answer = append(berlin, { ...publication(), content })

    await expect(answer).rejects.toMatchObject({ code: 'conflict', extra: { reason } })
    expect(await log()).toHaveLength(0)
  })
})

describe('nothing is signed', () => {
  test('without a journal', async () => {
    const { journal: _, ...without } = berlin

    expect(await codeOf(() => append(without, remark()))).toBe('cannot-sign')
  })

  test('before the anchor has vouched for the centre', async () => {
    const alone = await openTestHub('berlin', { clock: net.clock })

    expect(await codeOf(append(alone, remark()))).toBe('cannot-sign')
    await alone.close()
  })

  test('for a centre of somebody else', async () => {
    const strange = { ...remark(), iss: net.brandenburg.iss }

    expect(await codeOf(append(berlin, strange))).toBe('cannot-sign')
  })

  test.each([
    ['two ahead', (last: Signed) => ({ ...last, seq: last.seq + 2 })],
    ['one ahead of another history', (last: Signed) => ({ ...last, seq: last.seq + 1, prev: 'A' })],
    ['in a later epoch', (last: Signed) => ({ ...last, epoch: 2 })],
  ])('where the journal is %s and nobody can help', async (_, ahead) => {
    await append(berlin, remark())
    const last = await berlin.journal.last(iss, 'public')
    await berlin.journal.note(iss, 'public', ahead(last as Signed))

    expect(await codeOf(append(berlin, remark()))).toBe('cannot-sign')
    expect(await codeOf(settleJournal(berlin, iss, 'public'))).toBe('cannot-sign')
    expect(await log()).toHaveLength(1)
  })

  test('for a feed that was refused, but others go on at once', async () => {
    await append(berlin, remark())
    const lost: Hub = {
      ...berlin,
      journal: fileJournal(join(directory, 'empty')),
      fetch: async () => {
        throw new TypeError('fetch failed')
      },
    }
    expect(await codeOf(append(lost, remark()))).toBe('cannot-sign')

    const [right] =
      await berlin.sql`select signer from feeds where iss = ${iss} and feed = 'public'`
    expect(right).toEqual({ signer: null })
    expect(await append(berlin, remark())).toMatchObject({ seq: 2 })
    expect(await append(berlin, remark('members'))).toMatchObject({ seq: 1 })
  })
})

describe('after a crash between noting and storing', () => {
  const crashed = async (statement: Statement) => {
    await append(berlin, remark())
    await expect(append(noting({ after: crash }), statement)).rejects.toThrow('killed')
    const noted = await berlin.journal.last(iss, 'public')
    expect(await log()).toHaveLength(1)
    return noted as Signed
  }

  test('the start appends those very bytes, with their content', async () => {
    const noted = await crashed(publication())

    await settleJournal(berlin, iss, 'public')

    expect((await log())[1]).toMatchObject({ seq: 2, jws: noted.jws, dig: noted.dig })
    const [stored] = await net.berlin.sql`select content from entries where seq = 2`
    expect(stored?.content.toString('base64url')).toBe(noted.content)
  })

  test('so does whoever signs next, before anything else', async () => {
    const noted = await crashed(publication())

    const next = await append(berlin, remark())

    expect(next.seq).toBe(3)
    expect((await log()).map(({ dig }) => dig)).toEqual([expect.any(String), noted.dig, next.dig])
  })

  test('a start with nothing to append changes nothing', async () => {
    await append(berlin, remark())

    await settleJournal(berlin, iss, 'public')
    await settleJournal(berlin, iss, 'members')

    expect(await log()).toHaveLength(1)
  })
})

describe('two processes on one database and one journal', () => {
  test('never sign the same number: of 100 appends each gets its own', async () => {
    const noted: number[] = []
    const process = () => {
      const journal = fileJournal(directory)
      const note: Journal['note'] = async (owner, feed, signed) => {
        noted.push(signed.seq)
        await journal.note(owner, feed, signed)
      }
      return { ...net.berlin, journal: { ...journal, note } }
    }
    const [one, two] = [process(), process()]

    const appended = await Promise.all(
      Array.from({ length: 100 }, (_, i) => append(i % 2 ? one : two, remark())),
    )

    const numbers = Array.from({ length: 100 }, (_, i) => i + 1)
    expect(noted).toEqual(numbers)
    expect(appended.map(({ seq }) => seq).toSorted((a, b) => a - b)).toEqual(numbers)
    const entries = await log()
    expect(entries.map(({ position }) => position)).toEqual(numbers)
    const before = entries.map(({ jws }) => payloadOf(jws).prev)
    expect(before).toEqual(['', ...entries.slice(0, -1).map(({ dig }) => dig)])
  }, 30_000)

  test('one that has lost its right meanwhile stores nothing, and its signature is overwritten', async () => {
    const robbed = noting({
      after: () =>
        robbery.push(
          net.berlin
            .sql`update feeds set signer = gen_random_uuid(), signer_until = clock_timestamp()`,
        ),
    })
    const robbery: PromiseLike<unknown>[] = []
    const journal = robbed.journal as Journal
    const waiting: Hub = {
      ...robbed,
      journal: {
        ...journal,
        note: async (...all) => {
          await journal.note(...all)
          await Promise.all(robbery)
        },
      },
    }

    await append(berlin, remark())
    const { mark: _, ...before } = (await berlin.journal.last(iss, 'public')) as Signed

    expect(await codeOf(append(waiting, remark()))).toBe('conflict')
    expect(await log()).toHaveLength(1)
    expect(await berlin.journal.last(iss, 'public')).toMatchObject(before)
    expect(await append(berlin, remark())).toMatchObject({ seq: 2 })
  })

  test('one that died while signing loses its right some seconds later', async () => {
    await net.berlin.sql`
      update feeds set signer = gen_random_uuid(), signer_until = clock_timestamp() + interval '300 ms'
    `
    const begun = performance.now()
    const rights: number[] = []
    const watched = noting({
      before: async () => {
        const [row] = await net.berlin.sql<{ left: number }[]>`
          select extract(epoch from signer_until - clock_timestamp())::float8 as left from feeds
          where iss = ${iss} and feed = 'public'
        `
        rights.push(row?.left ?? 0)
      },
    })

    await append(watched, remark())

    expect(performance.now() - begun).toBeGreaterThan(250)
    expect(rights[0]).toBeGreaterThan(0.3)
    expect(rights[0]).toBeLessThanOrEqual(5)
  })
})
