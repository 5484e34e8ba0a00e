import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { assertionFor } from '../../src/exchange/assertion.ts'
import type { TravellingEntry } from '../../src/exchange/entry.ts'
import { nudgePeers } from '../../src/exchange/nudge.ts'
import { pullDue } from '../../src/exchange/pulls.ts'
import { feedStatus } from '../../src/exchange/status.ts'
import { verifyFeed } from '../../src/exchange/verify-feed.ts'
import { refreshStatements } from '../../src/federation/anchor.ts'
import { federationKey, signingKey } from '../../src/federation/keys.ts'
import { learnTrust } from '../../src/federation/learn.ts'
import { centreById } from '../../src/federation/store.ts'
import type { Hub } from '../../src/hub.ts'
import { newRecordId } from '../../src/publications/record-id.ts'
import { tokenDigest } from '../../src/signing/digest.ts'
import { openFederation, settle, type TestFederation, type TestHub } from '../support/hub.ts'
import { goodRecord, openScribe, type Scribe } from '../support/rogue.ts'
import { openSigner, type Signer } from '../support/signer.ts'
import { base64url, otherSignature, withPart } from '../support/token.ts'

let net: TestFederation
let signer: Signer
/** How many of its entries are at its node. */
let held = 0

beforeAll(async () => {
  net = await openFederation()
  signer = await openSigner(net, net.berlin)
})
afterAll(() => net.close())

type Loose = ReturnType<typeof JSON.parse>

const post = (hub: Hub, body: string, headers: Record<string, string> = {}) =>
  app.request(
    `${hub.config.origin}/exchange/v1/entries`,
    { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } },
    hub,
  )

/** What the signer brings: all it has said, from a number on, with its head; `change` goes over it. */
const bringing = async (after = 0, change: object = {}) => ({
  ...{ iss: signer.iss, feed: 'public', epoch: 1 },
  entries: signer.entries.slice(after),
  head: await signer.head(),
  ...change,
})

const push = async (body: object, hub: Hub = net.berlin): Promise<Loose> => {
  const answer = await post(hub, JSON.stringify(body))
  const told = (await answer.json()) as Loose
  if (answer.ok && hub === net.berlin) held = told.size
  return { status: answer.status, ...told }
}

const heldBy = async (hub: TestHub) => {
  const url = `/exchange/v1/entries?iss=${signer.iss}&feed=public&epoch=1`
  const { entries, head } = (await (await app.request(url, {}, hub)).json()) as Loose
  return { entries, head }
}
const sizeAt = async (hub: TestHub) => {
  const [feed] = await hub.sql`select size from feeds where iss = ${signer.iss} and feed = 'public'`
  return feed?.size
}

const evidenceAt = async (hub: TestHub) => {
  const url = `/exchange/v1/evidence?iss=${signer.iss}&feed=public&epoch=1`
  return ((await (await app.request(url, {}, hub)).json()) as Loose).pairs
}

/** How its feed stands at its node. */
const report = async () => {
  const reports = await feedStatus(net.berlin)
  const found = reports.find(({ iss, feed }) => iss === signer.iss && feed === 'public')
  if (!found) throw new Error('no such feed')
  return found
}

/** Everything it has said is at its node before a test begins. */
beforeEach(async () => {
  await push(await bringing(held))
})

describe('a centre with its own signer', () => {
  test('is shown and found at its node, and mirrored and proved everywhere', async () => {
    const title = 'Eine Werkstatt ohne Knoten'
    const rid = newRecordId(net.clock.now)
    await signer.publish({ rid }, { ...goodRecord, title })
    const brought = await bringing()

    const answer = await push(brought)
    await settle(net)

    expect(answer).toEqual({
      status: 200,
      size: 1,
      dig: tokenDigest(signer.entries[0]?.entry ?? ''),
      faults: [],
    })
    for (const hub of [net.berlin, net.brandenburg]) {
      expect(await heldBy(hub)).toEqual({ entries: brought.entries, head: brought.head })
      const hits = (await (await app.request('/api/search?q=ohne+Knoten', {}, hub)).json()) as Loose
      expect(hits.hits).toMatchObject([{ iss: signer.iss, title }])
    }
    const pins = [(await federationKey(net.kiww, net.kiww.config.anchor.id)).kid]
    const wanted = { anchor: net.kiww.config.anchor.id, pins, entityId: signer.iss }
    const verdict = await verifyFeed(net.kiww, { ...wanted, feed: 'public' })
    expect(verdict).toMatchObject({ ok: true, proof: { entries: 1, head: { size: 1 } } })
  })

  test('is said to have brought its records itself, to people and to programs', async () => {
    const rid = newRecordId(net.clock.now)
    await signer.publish({ rid })
    await push(await bringing(held))
    const read = (path: string) => app.request(path, {}, net.berlin)

    const record = (await (await read(`/api/records/werkstatt/${rid}`)).json()) as Loose
    const page = await (await read(`/fallbeispiele/werkstatt/${rid}`)).text()

    expect(record.provenance).toMatchObject({ own: false, over: null })
    expect(page).toContain('selbst hierher gebracht')
    expect(page).not.toContain('pushed')
    expect(page).not.toContain('geholt')
  })

  test('is told of by its node, which asks nobody else for its feeds', async () => {
    await settle(net)
    const asked: string[] = []
    const told: Loose[] = []
    const hub = {
      ...net.berlin,
      fetch: async (input: RequestInfo | URL, init?: RequestInit) => {
        const request = new Request(input, init)
        asked.push(request.url)
        if (request.method === 'POST') told.push(await request.clone().json())
        return net.berlin.fetch(request)
      },
    }
    await signer.publish()
    await push(await bringing())
    net.clock.now += 6 * 60_000

    await pullDue(hub)
    await nudgePeers(hub)
    await nudgePeers(hub)

    expect(asked.filter((url) => url.includes('werkstatt'))).toEqual([])
    const nudge = { iss: signer.iss, feed: 'public', epoch: 1, size: signer.entries.length }
    expect(told).toEqual([nudge, nudge])
    expect(await report()).toMatchObject({ reason: null, lastSuccess: expect.any(Date) })
  })

  test('may bring its entries to any other node as well', async () => {
    await signer.publish()
    const answer = await push(await bringing(), net.brandenburg)

    expect(answer).toMatchObject({ status: 200, size: signer.entries.length })
    expect(await sizeAt(net.brandenburg)).toBe(signer.entries.length)
  })

  test('may bring entries without effect among others, and is told of these', async () => {
    const before = signer.entries.length
    const rid = newRecordId(net.clock.now)
    await signer.publish({ rid })
    await signer.say({ op: 'rate', stars: 5 })
    await signer.publish({ kind: 'recipe' }, '{"eggs":3}')
    await signer.say({ op: 'withdraw', rid, ver: 1, reason: 'outdated' })
    await signer.say({ op: 'withdraw', rid, ver: 1, reason: 'outdated' })

    const answer = await push(await bringing())

    expect(answer).toMatchObject({
      status: 200,
      size: before + 5,
      faults: [
        { seq: before + 2, fault: 'operation-unknown' },
        { seq: before + 3, fault: 'content: unknown-kind' },
        { seq: before + 5, fault: 'not-published' },
      ],
    })
    expect(await sizeAt(net.berlin)).toBe(before + 5)
  })
})

describe('repeating is no harm', () => {
  test('the same again changes nothing, wakes nobody and is answered the same', async () => {
    await signer.publish()
    const body = await bringing()
    const first = await push(body)
    const heard = (await report()).lastSuccess
    const woken: unknown[] = []
    net.clock.now += 1_000

    const again = await push(body, { ...net.berlin, wake: (news) => woken.push(news) })

    expect(again).toEqual(first)
    expect(woken).toEqual([])
    expect((await report()).lastSuccess).toEqual(heard)
    expect(await sizeAt(net.berlin)).toBe(signer.entries.length)
  })

  test('an entry that is held under another signature is the same entry', async () => {
    await signer.publish()
    await push(await bringing())
    const [item] = signer.entries.slice(-1) as [TravellingEntry]
    const resigned = { ...item, entry: otherSignature(item.entry) }

    const answer = await push(await bringing(0, { entries: [resigned] }))

    expect(answer).toMatchObject({ status: 200, size: signer.entries.length })
    expect((await heldBy(net.berlin)).entries.at(-1).entry).toBe(item.entry)
  })

  test('what is new is taken behind what is held', async () => {
    const woken: unknown[] = []
    await signer.publish()
    await push(await bringing())
    await signer.publish()

    const answer = await push(await bringing(), {
      ...net.berlin,
      wake: (news) => woken.push(news),
    })

    expect(answer).toMatchObject({ status: 200, size: signer.entries.length })
    expect(woken).toEqual(['stored'])
  })

  test('of two that bring the same at once both are right, and it is stored once', async () => {
    for (let i = 0; i < 5; i++) await signer.publish()
    const body = await bringing()

    const answers = await Promise.all([1, 2, 3, 4].map(() => push(body)))

    expect(answers.map(({ status, size }) => [status, size])).toEqual(
      answers.map(() => [200, signer.entries.length]),
    )
    expect(await sizeAt(net.berlin)).toBe(signer.entries.length)
  })

  test('a content that was erased does not come back', async () => {
    const rid = newRecordId(net.clock.now)
    const item = await signer.publish({ rid })
    await signer.say({ op: 'erase', rid, ver: 1, reason: 'legal' })
    const body = await bringing()
    await push(body)

    await push(body)

    expect((await heldBy(net.berlin)).entries.at(-2)).toEqual({
      entry: item.entry,
      status: 'erased',
    })
  })
})

describe('a head', () => {
  const later = (seconds: number) => {
    const iat = net.clock.now / 1000 + seconds
    return { iat, exp: iat + 60 }
  }

  test('alone makes the feed fresh', async () => {
    await signer.publish()
    await push(await bringing())
    net.clock.now += 3_600_000
    const head = await signer.head()

    const answer = await push(await bringing(0, { entries: [], head }))

    expect(answer).toMatchObject({ status: 200, size: signer.entries.length })
    expect((await heldBy(net.berlin)).head).toBe(head)
  })

  test('that is older than the one held is taken without effect', async () => {
    const old = await signer.head(later(-60))
    const { head } = await heldBy(net.berlin)

    const answer = await push(await bringing(0, { entries: [], head: old }))

    expect(answer.status).toBe(200)
    expect((await heldBy(net.berlin)).head).toBe(head)
  })

  test('may be of the time before the first entry', async () => {
    const empty = await signer.head({ ...later(-60), size: 0, dig: '' })

    expect(await push(await bringing(0, { entries: [], head: empty }))).toMatchObject({
      status: 200,
      size: signer.entries.length,
    })
  })

  test('beyond what is held shows that some are missing here', async () => {
    await signer.publish()
    const before = await heldBy(net.berlin)

    const answer = await push(await bringing(0, { entries: [] }))

    expect(answer).toMatchObject({ status: 409, code: 'does-not-follow', reason: 'beyond' })
    expect(answer).toMatchObject({ size: held, head: before.head })
    expect(answer).not.toHaveProperty('seq')
  })

  test('need not come along', async () => {
    await signer.publish()

    const answer = await push(await bringing(0, { head: null }))

    expect(answer).toMatchObject({ status: 200, size: signer.entries.length })
  })

  test.each<[string, () => Promise<string>]>([
    ['token-parts', async () => 'nonsense'],
    ['header-typ', async () => signer.entries[0]?.entry ?? ''],
    ['signature', async () => withPart(await signer.head(), 2, base64url(Buffer.alloc(64, 1)))],
    ['key-unknown', async () => signer.head({}, await strangersKey())],
    ['form', () => signer.head({ size: '1' })],
    ['feed', () => signer.head({ feed: 'members' })],
    ['iat-future', () => signer.head(later(3_600))],
    ['contradicts', () => signer.head({ dig: 'A'.repeat(43) })],
    ['contradicts', () => signer.head({ size: 0 })],
    ['contradicts', () => signer.head({ size: signer.entries.length - 1 })],
  ])('that is wrong (%s) lets nothing in, not even good entries', async (reason, head) => {
    await signer.publish()
    await signer.publish()
    const before = await heldBy(net.berlin)

    const answer = await push(await bringing(0, { head: await head() }))

    expect(answer).toMatchObject({ status: 422, code: 'head-refused', reason })
    expect(await heldBy(net.berlin)).toEqual(before)
  })
})

/** KIWW's: stated by the anchor, but not as the signer's. */
const strangersKey = async () => {
  const key = await signingKey(net.kiww, await centreById(net.kiww.sql, net.kiww.iss))
  if (!key) throw new Error('KIWW has no key')
  return key
}

describe('an entry that does not hold', () => {
  const bend = (item: TravellingEntry, part: 0 | 1 | 2, text: string) => ({
    ...item,
    entry: withPart(item.entry, part, text),
  })
  const forged = base64url(Buffer.alloc(64, 3))

  test.each<[string, () => Promise<object>]>([
    ['token-parts', async () => ({ entry: 'nonsense', status: 'present' })],
    ['token-size', async () => ({ entry: 'x'.repeat(10_000), status: 'present' })],
    ['token-base64url', async () => bend(await signer.draft(), 1, 'AB')],
    ['token-canonical', async () => bend(await signer.draft(), 1, base64url('{"seq": 1}'))],
    [
      'number-unsafe',
      async () => bend(await signer.draft(), 1, base64url('{"seq":9007199254740992}')),
    ],
    ['string-malformed', async () => bend(await signer.draft(), 1, base64url('{"op":"\\ud800"}'))],
    ['string-nul', async () => bend(await signer.draft(), 1, base64url('{"op":"\\u0000"}'))],
    ['link-form', () => signer.draft({ iat: 'now' })],
    ['feed', () => signer.draft({ iss: net.kiww.iss })],
    ['feed', () => signer.draft({ feed: 'members' })],
    ['feed', () => signer.draft({ epoch: 2 })],
    ['iat-future', () => signer.draft({ iat: net.clock.now / 1000 + 3_600 })],
    ['key-unknown', async () => signer.sign({ op: 'x' }, undefined, await strangersKey())],
    ['signature', async () => bend(await signer.draft(), 2, forged)],
    ['content-digest', async () => ({ ...(await signer.draft()), content: base64url('{}') })],
    ['content-digest', async () => ({ ...(await signer.draft()), salt: 'A'.repeat(22) })],
    ['content-missing', async () => ({ entry: (await signer.draft()).entry, status: 'present' })],
  ])('%s: is refused with its number, and so is everything beside it', async (reason, bad) => {
    await signer.publish()
    const before = await heldBy(net.berlin)
    const seq = signer.entries.length + 1

    const answer = await push(
      await bringing(0, { entries: [...signer.entries.slice(held - 1), await bad()] }),
    )

    expect(answer).toMatchObject({ status: 422, code: 'entry-refused', reason, seq })
    expect(await heldBy(net.berlin)).toEqual(before)
  })

  test.each<[string, (stand: number) => Promise<object[]>]>([
    ['seq', async () => [await signer.draft({ seq: signer.entries.length + 2 })]],
    ['prev', async () => [await signer.draft({ prev: 'A'.repeat(43) })]],
    ['seq', async (stand) => [await signer.publish(), signer.entries[stand - 1] ?? {}]],
  ])('%s: is told what it has to follow on', async (reason, entries) => {
    const stand = signer.entries.length
    const { head } = await heldBy(net.berlin)

    const answer = await push(await bringing(0, { entries: await entries(stand), head: null }))

    expect(answer).toMatchObject({
      ...{ status: 409, code: 'does-not-follow', reason, head, size: stand },
      dig: tokenDigest(signer.entries[stand - 1]?.entry ?? ''),
    })
    expect(await sizeAt(net.berlin)).toBe(stand)
  })

  test('whose feed lost its end here, as after a restore, begins where its node says', async () => {
    await signer.publish()
    await signer.publish()
    const late = await push(await bringing(signer.entries.length - 1))

    const answer = await push(await bringing(late.size))

    expect(late).toMatchObject({ status: 409, code: 'does-not-follow' })
    expect(answer).toMatchObject({ status: 200, size: signer.entries.length })
  })
})

describe('who may not', () => {
  test('brings entries of a feed whose keys are kept at that node', async () => {
    const body = { ...(await bringing()), iss: net.berlin.iss }

    expect(await push(body)).toMatchObject({ status: 403, code: 'own-feed' })
  })

  test('brings entries of a feed that nobody knows, or of another epoch', async () => {
    const unknown = { iss: 'https://a.example/centres/a' }

    expect(await push(await bringing(0, unknown))).toMatchObject({
      ...{ status: 404, code: 'unknown-feed' },
    })
    expect(await push(await bringing(0, { epoch: 2 }))).toMatchObject({
      ...{ status: 410, code: 'epoch_gone', epoch: 1 },
    })
  })

  test('brings the members’ feed without showing who asks, or learns anything of it', async () => {
    const members = await bringing(0, { feed: 'members', entries: [], head: await signer.head() })
    const headers = await assertionFor(net.kiww, net.berlin.config.origin)

    const stranger = await push(members)
    const peer = await post(net.berlin, JSON.stringify(members), headers)

    expect(stranger).toMatchObject({ status: 401, code: 'unauthorized' })
    expect(stranger).not.toHaveProperty('head')
    expect(await peer.json()).toMatchObject({ code: 'head-refused', reason: 'feed' })
  })

  test('calls too often', async () => {
    const answer = await push(await bringing(), { ...net.berlin, admit: () => false })

    expect(answer).toMatchObject({ status: 429, code: 'too-many-requests' })
  })
})

describe('a body that is none', () => {
  test.each<[string, object, string[]]>([
    ['nothing but a name', { iss: undefined }, ['iss']],
    ['a centre of another form', { iss: 'werkstatt' }, ['iss']],
    ['a feed that there is not', { feed: 'secret' }, ['feed']],
    ['an epoch of 2^53', { epoch: 2 ** 53 }, ['epoch']],
    ['epoch 0', { epoch: 0 }, ['epoch']],
    ['entries in no list', { entries: {} }, ['entries']],
    ['201 entries', { entries: Array(201).fill({ entry: 'x', status: 'present' }) }, ['entries']],
    ['an entry that is a text', { entries: ['x'] }, ['entries.0']],
    ['an unknown status', { entries: [{ entry: 'x', status: 'new' }] }, ['entries.0.status']],
    [
      'a content that is an object',
      { entries: [{ entry: 'x', status: 'present', content: {} }] },
      ['entries.0.content'],
    ],
    [
      'an unknown member beside an entry',
      { entries: [{ entry: 'x', status: 'present', url: '' }] },
      ['entries.0'],
    ],
    ['a head that is a number', { head: 1 }, ['head']],
    ['no head at all', { head: undefined }, ['head']],
    ['an unknown member', { next_after: 1 }, ['']],
  ])('%s: says where', async (_, change, paths) => {
    const answer = await push(await bringing(0, change))

    expect(answer).toMatchObject({ status: 400, code: 'invalid-input' })
    expect(answer.faults.map(({ path }: { path: string }) => path)).toEqual(paths)
  })

  test.each<[string, () => string, number, string, string?]>([
    ['no JSON', () => '{', 400, 'invalid-json'],
    ['a lone surrogate', () => '{"iss":"\\ud800"}', 400, 'invalid-json'],
    ['U+0000', () => '{"iss":"\\u0000"}', 400, 'invalid-json'],
    ['10 MB', () => `"${'x'.repeat(10_000_000)}"`, 413, 'too-large'],
    ['a text', () => '{}', 415, 'unsupported-media-type', 'text/plain'],
  ])('%s', async (_, body, status, code, type = 'application/json') => {
    const answer = await post(net.berlin, body(), { 'content-type': type })

    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(await answer.json()).toMatchObject({ code })
  })

  test('of two contents of the largest size fits, of three does not', async () => {
    const filler = (bytes: number) => `{"kind":"x","text":"${'x'.repeat(bytes - 22)}"}`
    const largest = () => signer.publish({ kind: 'x' }, filler(256 * 1024))
    const before = signer.entries.length
    await largest()
    await largest()
    const two = await push(await bringing(before))
    for (let i = 0; i < 3; i++) await largest()

    const three = await push(await bringing(before + 2))

    expect(two).toMatchObject({ status: 200, size: before + 2 })
    expect(three).toMatchObject({ status: 413, code: 'too-large' })
    await push(
      await bringing(before + 2, { entries: signer.entries.slice(before + 2, -1), head: null }),
    )
  })
})

describe('while the anchor’s word has expired', () => {
  test('what is brought waits, what it takes back is hidden at once, and all of it counts later', async () => {
    const rid = newRecordId(net.clock.now)
    await signer.publish({ rid })
    await push(await bringing(held))
    const before = held
    net.clock.now += 8 * 86_400_000
    await signer.publish()
    const first = await push(await bringing(before))
    await signer.say({ op: 'erase', rid, ver: 1, reason: 'legal' })

    const second = await push(await bringing(first.size))
    const again = await push(await bringing(before))
    const wrong = await push(await bringing(before, { head: 'a.b' }))
    const hidden = await app.request(`/api/records/werkstatt/${rid}`, {}, net.berlin)
    const waiting = await sizeAt(net.berlin)
    await refreshStatements(net.kiww)
    for (const hub of [net.berlin, net.brandenburg]) await learnTrust(hub)
    await pullDue(net.berlin)

    expect([first, second]).toMatchObject([
      { status: 200, size: before + 1, waits: 'trust' },
      { status: 200, size: before + 2, waits: 'trust' },
    ])
    expect(again).toEqual(second)
    expect(wrong).toMatchObject({ status: 422, code: 'head-refused' })
    expect(hidden.status).toBe(404)
    expect(waiting).toBe(before)
    expect(await sizeAt(net.berlin)).toBe(before + 2)
    expect((await app.request(`/api/records/werkstatt/${rid}`, {}, net.berlin)).status).toBe(410)
  })
})

// Last: after a fork nothing more of that feed counts.
describe('another entry where one is held', () => {
  let other: Scribe
  let contradiction: TravellingEntry

  beforeEach(async () => {
    await signer.publish()
    await push(await bringing(held))
    other = openScribe({
      iss: signer.iss,
      feed: 'public',
      key: signer.key,
      now: () => net.clock.now,
    })
    other.entries.push(...signer.entries.slice(0, -1))
    contradiction = await other.publish()
  })

  test('is nothing if anybody else made it up', async () => {
    const entry = withPart(contradiction.entry, 2, base64url(Buffer.alloc(64, 3)))

    const answer = await push(await bringing(0, { entries: [{ ...contradiction, entry }] }))

    const seq = signer.entries.length
    expect(answer).toMatchObject({ status: 422, code: 'entry-refused', reason: 'signature', seq })
  })

  test.each<[string, object]>([
    ['link-form', { seq: '1' }],
    ['feed', { feed: 'members' }],
  ])('is judged like any other: %s', async (reason, members) => {
    const bad = await other.draft({ seq: 1, ...members })

    const answer = await push(await bringing(0, { entries: [bad], head: null }))

    expect(answer).toMatchObject({ status: 422, code: 'entry-refused', reason })
  })

  test('is a fork if the centre signed it too: told, kept as evidence, and nothing more counts', async () => {
    const before = await heldBy(net.berlin)
    const seq = signer.entries.length

    const told = await push(await bringing(0, { entries: other.entries.slice(-2), head: null }))
    await signer.publish()
    const later = await push(await bringing(held))

    expect(told).toMatchObject({ status: 409, code: 'fork', seq, size: seq, head: before.head })
    expect(await evidenceAt(net.berlin)).toEqual([
      [signer.entries[seq - 1]?.entry, contradiction.entry],
    ])
    expect(later).toMatchObject({ status: 200, size: seq + 1, waits: 'fork' })
    expect(await heldBy(net.berlin)).toEqual(before)
    net.clock.now += 6 * 60_000
    await pullDue(net.berlin)
    expect(await report()).toMatchObject({ size: seq, reason: 'forked', reasonSeq: seq })
  })

  test('need not be an entry: a head that says something else of one is enough', async () => {
    const { brandenburg } = net
    await push(await bringing(await sizeAt(brandenburg), { head: null }), brandenburg)
    const { size, dig } = { size: 1, dig: 'A'.repeat(43) }
    const head = await signer.head({ size, dig })

    const told = await push(await bringing(0, { entries: [], head }), brandenburg)

    expect(told).toMatchObject({ status: 409, code: 'fork', seq: 1 })
    expect(await evidenceAt(brandenburg)).toEqual([[signer.entries[0]?.entry, head]])
  })
})
