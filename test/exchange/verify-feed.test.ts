import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { append } from '../../src/exchange/append.ts'
import { assertionFor } from '../../src/exchange/assertion.ts'
import type { EntriesPage } from '../../src/exchange/entry.ts'
import { pullDue } from '../../src/exchange/pulls.ts'
import { type VerifyWorld, verifyFeed, verifyFiles } from '../../src/exchange/verify-feed.ts'
import { issue, ownStatement } from '../../src/federation/anchor.ts'
import { federationKey, signingKey } from '../../src/federation/keys.ts'
import { centreById, newestIssuedAbout } from '../../src/federation/store.ts'
import { publish } from '../../src/publications/publish.ts'
import { newRecordId } from '../../src/publications/record-id.ts'
import { erase, withdraw } from '../../src/publications/take-back.ts'
import { seal } from '../../src/signing/seal.ts'
import { caseFile, inputOf } from '../publications/fixtures.ts'
import {
  answerFrom,
  beginAnew,
  nextEpoch,
  type Shelf,
  scribeOf,
  shelve,
  stateAnew,
} from '../support/chain.ts'
import { pdf } from '../support/files.ts'
import { openFederation, type TestFederation } from '../support/hub.ts'
import type { Scribe } from '../support/rogue.ts'
import { base64url, payloadOf, withPart } from '../support/token.ts'

let net: TestFederation
let pins: string[]
/** Bends what is answered on the way to the one who verifies. */
let bend: (url: URL, answer: Response) => Response | Promise<Response>

beforeAll(async () => {
  net = await openFederation()
  pins = [(await federationKey(net.kiww, net.kiww.config.anchor.id)).kid]
  const rids: string[] = []
  for (let i = 0; i < 3; i++) {
    const answer = await publish(net.berlin, { iss: net.berlin.iss, input: inputOf(caseFile) })
    if (answer.ok) rids.push(answer.published.rid)
  }
  const [, second = '', third = ''] = rids
  await withdraw(net.berlin, { iss: net.berlin.iss, rid: second, reason: 'outdated' })
  await erase(net.berlin, { iss: net.berlin.iss, rid: third, reason: 'legal' })
  await pullDue(net.brandenburg)
})
afterAll(() => net.close())
beforeEach(() => {
  bend = (_, answer) => answer
})

const world = (): VerifyWorld => {
  const { judgeContent, now } = net.brandenburg
  const fetch: typeof globalThis.fetch = async (input, init) =>
    bend(new URL(new Request(input, init).url), await net.brandenburg.fetch(input, init))
  return { judgeContent, now, fetch }
}
const verify = (
  change: Partial<Parameters<typeof verifyFeed>[1]> = {},
  { showing }: Pick<VerifyWorld, 'showing'> = {},
) => {
  const anchor = net.kiww.config.anchor.id
  const wanted = { anchor, pins, entityId: net.berlin.iss, feed: 'public' as const, ...change }
  return verifyFeed({ ...world(), ...(showing && { showing }) }, wanted)
}

const bendPage = (change: (page: EntriesPage) => object) => {
  bend = async (url, answer) => {
    if (!url.pathname.endsWith('/entries')) return answer
    const page = (await answer.json()) as EntriesPage
    return Response.json({ ...page, ...change(page) })
  }
}
/** The page with its first entry changed. */
const first = (change: (item: EntriesPage['entries'][number]) => object) =>
  bendPage(({ entries: [one, ...rest] }) => ({
    entries: [one && { ...one, ...change(one) }, ...rest],
  }))

describe('a feed is verified by anybody, from any node', () => {
  test.each([undefined, 'https://brandenburg.example'])('from %s', async (from) => {
    const verdict = await verify({ from })

    expect(verdict).toMatchObject({
      ok: true,
      proof: {
        from: from ?? 'https://berlin.example',
        epoch: 1,
        entries: 5,
        contents: 1,
        takenBack: 2,
        faults: [],
        records: { published: 1, withdrawn: 1, erased: 1 },
        centre: { id: net.berlin.iss, slug: 'berlin' },
        head: { size: 5 },
      },
    })
  })
})

describe('the feed among the centres', () => {
  const shared = { feed: 'members', from: 'https://brandenburg.example' } as const

  beforeAll(async () => {
    const input = { ...inputOf(caseFile), visibility: 'members' }
    const answer = await publish(net.berlin, { iss: net.berlin.iss, input })
    if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
    net.clock.now += 6 * 60_000
    await pullDue(net.brandenburg)
  })

  test('is verified by a centre that shows who it is', async () => {
    const verdict = await verify(shared, { showing: (url) => assertionFor(net.kiww, url) })

    expect(verdict).toMatchObject({ ok: true, proof: { feed: 'members', entries: 1, contents: 1 } })
  })

  test('is verified by nobody else', async () => {
    expect(await verify(shared)).toEqual({ ok: false, reason: 'status-401' })
  })
})

describe('files', () => {
  const from = 'https://kiww.example'

  beforeAll(async () => {
    const fileOf = async () => pdf
    const input = { ...inputOf(caseFile), attachments: [{ file: 'a.pdf', alt: 'Eine Liste' }] }
    const { iss } = net.kiww
    const [kept, gone] = await Promise.all(
      [1, 2].map(() => publish(net.kiww, { iss, input, fileOf })),
    )
    if (!kept?.ok || !gone?.ok) throw new Error('nothing was published')
    await withdraw(net.kiww, { iss, rid: gone.published.rid, reason: 'outdated' })
  })
  const verdictOn = async () => {
    const verdict = await verify({ entityId: net.kiww.iss, from })
    if (!verdict.ok) throw new Error(verdict.reason)
    expect(verdict.proof.files).toHaveLength(1)
    return verifyFiles(world(), verdict.proof)
  }

  test('that contents list are fetched and compared, but for those that were taken back', async () => {
    expect(await verdictOn()).toBeUndefined()
  })

  test.each<[string, (answer: Response) => Response, string]>([
    ['another file', () => new Response(Buffer.alloc(pdf.length, 65)), 'blob: blob-digest'],
    ['one that never ends', () => new Response(Buffer.alloc(pdf.length + 1)), 'blob: too-large'],
    ['none', () => new Response('', { status: 404 }), 'blob: status-404'],
  ])('prove nothing where the node has %s', async (_, answer, reason) => {
    bend = (url, good) => (url.pathname.endsWith('/blobs') ? answer(good) : good)

    expect(await verdictOn()).toEqual({ ok: false, reason, epoch: 1, seq: expect.any(Number) })
  })
})

test('a writer who signs on and on is not followed for ever', async () => {
  const { iss } = net.brandenburg
  const scribe = await scribeOf(net.brandenburg)
  const head = await scribe.head()
  const operation = { op: 'erase', rid: newRecordId(0), ver: 0, reason: 'other' }
  for (let i = 0; i < 1_300; i++) await scribe.say(operation)
  bend = (url, answer) =>
    url.pathname.endsWith('/entries')
      ? answerFrom({ entries: { 1: scribe.entries }, head, asked: [] }, url, iss)
      : answer

  const verdict = await verify({ entityId: iss })

  expect(verdict).toEqual({ ok: false, reason: 'endless', epoch: 1, seq: 1_200 })
})

describe('a node that lies is found out', () => {
  const signed = base64url(Buffer.alloc(64, 3))

  test.each<[string, () => void, object]>([
    [
      'about an entry',
      () => first(({ entry }) => ({ entry: withPart(entry, 2, signed) })),
      { reason: 'signature', epoch: 1, seq: 1 },
    ],
    [
      'about a content',
      () => first(() => ({ content: base64url('{}') })),
      { reason: 'content-digest', epoch: 1, seq: 1 },
    ],
    [
      'by keeping a content back',
      () => first(() => ({ content: undefined, status: 'withheld' })),
      { reason: 'content-withheld', epoch: 1, seq: 1 },
    ],
    [
      'by leaving an entry out',
      () => bendPage(({ entries }) => ({ entries: entries.slice(1), next_after: 4 })),
      { reason: 'seq', epoch: 1, seq: 1 },
    ],
    [
      'by keeping the newest back',
      () => bendPage(({ entries }) => ({ entries: entries.slice(0, 4), next_after: 4 })),
      { reason: 'head: beyond' },
    ],
    [
      'by leaving the head out',
      () => bendPage(() => ({ head: null })),
      { reason: 'head: missing' },
    ],
    [
      'with the head of another feed',
      () => bendPage(({ entries }) => ({ head: entries[0]?.entry })),
      { reason: 'head: header-typ' },
    ],
    ['with another feed', () => bendPage(() => ({ feed: 'members' })), { reason: 'form' }],
  ])('%s', async (_, lie, verdict) => {
    lie()

    expect(await verify({ from: 'https://brandenburg.example' })).toEqual({ ok: false, ...verdict })
  })

  test('by keeping back what another version’s erasure does not cover', async () => {
    const { iss } = net.berlin
    const input = inputOf(caseFile)
    const first = await publish(net.berlin, { iss, input })
    if (!first.ok) throw new Error(JSON.stringify(first.faults))
    const { rid, seq } = first.published
    await publish(net.berlin, { iss, input, rid })
    const operation = { op: 'erase', rid, ver: 2, reason: 'legal' } as const
    await append(net.berlin, { iss, feed: 'public', operation })
    bendPage(({ entries }) => ({
      entries: entries.map((item, i) =>
        i === seq - 1 ? { entry: item.entry, status: 'erased' } : item,
      ),
    }))

    expect(await verify()).toEqual({ ok: false, reason: 'content-withheld', epoch: 1, seq })
  })

  test('with a head that is a day old', async () => {
    net.clock.now += 86_400_000
    const verdict = await verify({ from: 'https://brandenburg.example' })
    net.clock.now -= 86_400_000

    expect(verdict).toEqual({ ok: false, reason: 'head: expired' })
  })

  test('with an old head that says something else of an earlier entry', async () => {
    const key = await signingKey(net.berlin, await centreById(net.berlin.sql, net.berlin.iss))
    if (!key) throw new Error('Berlin has no key')
    const iat = net.clock.now / 1000
    const claims = {
      iss: net.berlin.iss,
      feed: 'public',
      epoch: 1,
      size: 2,
      dig: 'A'.repeat(43),
      iat,
      exp: iat + 60,
    }
    const head = await seal('transfernetz-head+jwt', claims, key)
    bendPage(() => ({ head }))

    expect(await verify()).toEqual({ ok: false, reason: 'head: contradicts' })
  })
})

describe('trust', () => {
  test('ends where nobody vouches', async () => {
    expect(await verify({ entityId: 'https://a.example' })).toEqual({
      ok: false,
      reason: 'centre-unknown',
    })
    expect(await verify({ pins: ['A'.repeat(43)] })).toEqual({
      ok: false,
      reason: 'centre-unknown',
    })
  })

  test('ends after seven days', async () => {
    net.clock.now += 7 * 86_400_000
    const verdict = await verify()
    net.clock.now -= 7 * 86_400_000

    expect(verdict).toEqual({ ok: false, reason: 'trust-expired' })
  })

  test('needs the anchor', async () => {
    bend = (url, answer) =>
      url.pathname.includes('trust-anchor') ? new Response('', { status: 503 }) : answer

    expect(await verify()).toEqual({ ok: false, reason: 'anchor: status-503' })
  })

  test('ends where the anchor’s host says ever more that nobody signed', async () => {
    let asked = 0
    const babbled: VerifyWorld = {
      ...world(),
      fetch: async (input) => {
        const after = Number(new URL(new Request(input).url).searchParams.get('after'))
        if (++asked > 1_000) throw new Error('asked on and on')
        return Response.json({ statements: ['a.b.c'], next_after: after + 1, more: true })
      },
    }
    const wanted = { anchor: net.kiww.config.anchor.id, pins, entityId: net.berlin.iss }

    const verdict = await verifyFeed(babbled, { ...wanted, feed: 'public' })

    expect(verdict).toEqual({ ok: false, reason: 'anchor: endless' })
  })

  test('is what the newest statement says, also when an older one is told after it', async () => {
    const [old] = await newestIssuedAbout(net.kiww.sql, net.berlin.iss)
    await issue(net.kiww, net.berlin.iss, (before) => {
      const { jwks, metadata } = ownStatement(before?.jws ?? '')
      const suspended = { ...metadata.knowledge_exchange, status: 'suspended', valid_through: [] }
      return { jwks, metadata: { knowledge_exchange: suspended } }
    })
    const suspended = await verify()
    bend = async (url, answer) => {
      if (!url.pathname.endsWith('/history')) return answer
      const page = (await answer.json()) as { statements: string[]; next_after: number }
      if (url.searchParams.get('after') === '0') return Response.json({ ...page, more: true })
      return Response.json({ statements: [old?.jws], next_after: page.next_after + 1, more: false })
    }

    const replayed = await verify()

    const nothing = { ok: true, proof: { entries: 0, centre: { status: 'suspended' } } }
    expect(suspended).toMatchObject(nothing)
    expect(replayed).toMatchObject(nothing)
    expect(payloadOf(old?.jws ?? '').metadata.knowledge_exchange.status).toBe('active')
  })

  test('still lets the writer speak to itself', async () => {
    const operation = {
      op: 'erase',
      rid: newRecordId(net.clock.now),
      ver: 0,
      reason: 'other',
    } as const

    expect(
      await append(net.berlin, { iss: net.berlin.iss, feed: 'public', operation }),
    ).toMatchObject({ seq: 9 })
  })
})

describe('over all epochs', () => {
  const brandenburg = 'https://brandenburg.example'
  let first: Scribe
  let second: Scribe
  let other: Scribe
  let shelf: Shelf

  beforeAll(async () => {
    await beginAnew(net, net.berlin.iss, net.brandenburg)
    first = await scribeOf(net.berlin)
    shelf = shelve(net.brandenburg, brandenburg, net.berlin.iss, { entries: {}, asked: [] })
    shelf.pageSize = 2
    for (let i = 0; i < 4; i++) await first.publish()
    other = await scribeOf(net.berlin)
    for (let i = 0; i < 3; i++) await other.publish()
    const base = { epoch: 1, seq: 3, dig: first.digestAt(3) }
    await stateAnew(net, net.berlin.iss, (stated) => nextEpoch(stated, base), [])
    second = await scribeOf(net.berlin, { epoch: 2, base: base.dig })
    await second.publish()
    await second.say({ op: 'erase', rid: ridOf(first, 1), ver: 1, reason: 'legal' })
  })
  beforeEach(async () => {
    const [erased, ...rest] = first.entries
    const entries = [{ entry: erased?.entry ?? '', status: 'erased' as const }, ...rest]
    Object.assign(shelf, { entries: { 1: entries, 2: second.entries }, head: await second.head() })
  })
  const ridOf = (scribe: Scribe, seq: number) =>
    payloadOf(scribe.entries[seq - 1]?.entry ?? '').rid as string

  test('it is verified up to each base and then to the end; a later epoch may have taken back what is missing', async () => {
    expect(await verify({ from: brandenburg })).toMatchObject({
      ok: true,
      proof: {
        ...{ epoch: 2, entries: 5, contents: 3, takenBack: 1, dig: second.digestAt(2) },
        records: { published: 3, erased: 1 },
        head: { size: 2 },
      },
    })
  })

  test.each<[string, () => void, object]>([
    [
      'a node that stops before the base',
      () => Object.assign(shelf.entries, { 1: shelf.entries[1]?.slice(0, 2) }),
      { reason: 'not-reached', epoch: 1, seq: 3 },
    ],
    [
      'a node that serves another chain than the base was built on',
      () => Object.assign(shelf.entries, { 1: other.entries }),
      { reason: 'not-agreed', epoch: 1, seq: 3 },
    ],
    [
      'a node that does not know the new epoch',
      () => Reflect.deleteProperty(shelf.entries, 2),
      { reason: 'status-410' },
    ],
  ])('%s proves nothing', async (_, lie, verdict) => {
    lie()

    expect(await verify({ from: brandenburg })).toEqual({ ok: false, ...verdict })
  })
  test('of a centre that has ended the anchor says what the last entry is; no head is needed', async () => {
    shelf.head = null
    const cut = { feed: 'public' as const, epoch: 2, seq: 1, dig: second.digestAt(1) }
    const ended = { status: 'ended' as const, valid_through: [cut] }
    await stateAnew(net, net.berlin.iss, () => ended, [])
    shelf.entries = { 1: first.entries, 2: second.entries }

    const verdict = await verify({ from: brandenburg })

    expect(verdict).toMatchObject({
      ok: true,
      proof: { entries: 4, head: undefined, centre: { status: 'ended' } },
    })
  })
})
