import { beforeEach, describe, expect, test } from 'vitest'
import type { TravellingEntry } from '../../src/exchange/entry.ts'
import type { Cursor } from '../../src/exchange/link.ts'
import type { RecordState } from '../../src/exchange/rules.ts'
import { type FeedContext, verifyPage } from '../../src/exchange/verify.ts'
import type { VerifyKey } from '../../src/federation/centre.ts'
import { judgeContent } from '../../src/publications/judge.ts'
import { newRecordId } from '../../src/publications/record-id.ts'
import { saltedDigest, tokenDigest } from '../../src/signing/digest.ts'
import { Keyring } from '../../src/signing/keyring.ts'
import { importVerifyKey, makeKey } from '../../src/signing/keys.ts'
import type { SigningKey } from '../../src/signing/seal.ts'
import { goodRecord, openScribe, type Scribe } from '../support/rogue.ts'
import { base64url, otherSignature, payloadOf, withPart } from '../support/token.ts'

const iss = 'https://berlin.example/centres/berlin'
const now = Date.parse('2026-03-02T09:00:00Z')
const keyring = new Keyring(base64url(Buffer.alloc(32, 7)))

const newSigner = async () => {
  const { kid, privateJwk, publicJwk } = await makeKey('sig')
  const key = await keyring.open(kid, await keyring.seal(privateJwk))
  return { kid, key, verify: await importVerifyKey(publicJwk) }
}
type Signer = SigningKey & { verify: VerifyKey['key'] }
const counted = (signer: Signer, n: number, cuts: VerifyKey['cuts'] = []) =>
  [signer.kid, { key: signer.verify, n, retired: cuts.length > 0, cuts }] as const

const start: Cursor = { epoch: 1, seq: 0, dig: '', keyNumber: 0 }

let signer: Signer
let newer: Signer
let scribe: Scribe
let context: FeedContext

beforeEach(async () => {
  signer = await newSigner()
  newer = await newSigner()
  scribe = openScribe({ iss, feed: 'public', key: signer, now: () => now })
  context = {
    centre: { id: iss },
    feed: 'public',
    keys: new Map([counted(signer, 1), counted(newer, 2)]),
    now: now / 1000,
    judgeContent,
    statesOf: async () => new Map(),
  }
})

const verify = (entries: TravellingEntry[], cursor = start) => verifyPage(entries, cursor, context)

test('a good page passes whole, with every record where it stands', async () => {
  const rid = newRecordId(now)
  await scribe.publish({ rid })
  await scribe.publish({ rid, ver: 2 })
  await scribe.say({ op: 'withdraw', rid, ver: 2, reason: 'outdated' })
  const last = await scribe.publish({ rid, ver: 3 })

  const page = await verify(scribe.entries)

  expect(page.stop).toBeUndefined()
  expect(page.entries.map(({ seq, fault }) => [seq, fault])).toEqual(
    [1, 2, 3, 4].map((seq) => [seq, undefined]),
  )
  expect(page.states.get(rid)).toMatchObject({ ver: 3, state: 'published', seq: 4 })
  expect(page.cursor).toEqual({ epoch: 1, seq: 4, dig: tokenDigest(last.entry), keyNumber: 1 })
})

test('an empty page changes nothing', async () => {
  expect(await verify([])).toEqual({ entries: [], states: new Map(), cursor: start })
})

describe('what stops a feed, in the order in which it is looked at', () => {
  /** Each with the fault of its name, and with none of those before. */
  const faults: [string, () => Promise<TravellingEntry>][] = [
    ['header-typ', async () => ({ entry: await scribe.head(), status: 'present' })],
    ['link-form', () => scribe.draft({ prev: 'short', iss: 'https://else.example' })],
    ['feed', () => scribe.draft({ iss: 'https://else.example', seq: 9, prev: other })],
    ['seq', () => scribe.draft({ seq: 9, prev: other, iat: now })],
    ['prev', () => scribe.draft({ prev: other, iat: now })],
    ['iat-future', async () => scribe.sign({ iat: now }, undefined, await newSigner())],
    ['key-unknown', async () => forged(await scribe.sign({}, undefined, await newSigner()))],
    ['signature', async () => ({ ...forged(await scribe.draft()), content: 'e30' })],
    ['content-digest', async () => ({ ...(await scribe.draft({ ver: 0.5 })), content: 'e30' })],
  ]
  const other = 'A'.repeat(43)
  const forged = (item: TravellingEntry) => ({
    ...item,
    entry: withPart(item.entry, 2, base64url(Buffer.alloc(64, 1))),
  })

  test.each(faults.slice(0, -1))('%s', async (reason, bad) => {
    await scribe.publish()

    const page = await verify([...scribe.entries, await bad()])

    expect(page.stop).toEqual({ seq: 2, reason })
    expect(page.entries).toHaveLength(1)
    expect(page.cursor.seq).toBe(1)
  })

  test.each([
    ['content of the same length', (item: TravellingEntry) => changed(item)],
    ['shorter content', (item: TravellingEntry) => ({ ...item, content: 'e30' })],
    ['content with spare bits', (item: TravellingEntry) => ({ ...item, content: 'AB' })],
    ['no content', ({ content: _, ...item }: TravellingEntry) => item, 'content-missing'],
    ['no salt', ({ salt: _, ...item }: TravellingEntry) => item, 'content-missing'],
    ['another salt', (item: TravellingEntry) => ({ ...item, salt: 'A'.repeat(22) })],
    ['padded salt', (item: TravellingEntry) => ({ ...item, salt: `${item.salt}==` })],
  ])('%s beside a good entry', async (_, bend, reason = 'content-digest') => {
    await scribe.publish()

    const page = await verify([...scribe.entries, bend(await scribe.draft())])

    expect(page.stop).toEqual({ seq: 2, reason })
    expect(page.entries).toHaveLength(1)
  })

  test('content of another length than was signed', async () => {
    const page = await verify([await scribe.draft({ len: 1_000 })])

    expect(page.stop).toEqual({ seq: 1, reason: 'content-digest' })
  })

  test('a salt of any length but 16 bytes, even one that was signed', async () => {
    const content = Buffer.from(JSON.stringify(goodRecord))
    for (const length of [0, 15, 17, 100_000]) {
      const salt = Buffer.alloc(length, 1)
      const item = await scribe.draft({ dig: saltedDigest(salt, content) })

      const page = await verify([{ ...item, salt: salt.toString('base64url') }])

      expect(page.stop).toEqual({ seq: 1, reason: 'content-digest' })
    }
  })

  test('the first bad entry counts, not the first check', async () => {
    await scribe.publish()
    const signature = forged(await scribe.publish())
    const gate = { entry: 'a.b', status: 'present' } as const

    const page = await verify([scribe.entries[0] as TravellingEntry, signature, gate])

    expect(page.stop).toEqual({ seq: 2, reason: 'signature' })
  })

  test('content that fails comes before a bad entry behind it', async () => {
    const first = await scribe.publish()

    const page = await verify([{ ...first, content: 'e30' }, { ...first }])

    expect(page).toMatchObject({ stop: { seq: 1, reason: 'content-digest' }, entries: [] })
  })

  const changed = (item: TravellingEntry) => {
    const content = Buffer.from(item.content ?? '', 'base64url')
    content[5] = 0x20
    return { ...item, content: content.toString('base64url') }
  }
})

describe('the place of an entry', () => {
  test.each([
    ['another centre', { iss: 'https://berlin.example/centres/berlin2' }, 'feed'],
    ['the other feed', { feed: 'members' }, 'feed'],
    ['another epoch', { epoch: 2 }, 'feed'],
    ['an unknown feed', { feed: 'secret' }, 'link-form'],
    ['a number before', { seq: 1 }, 'seq'],
    ['a number after', { seq: 3 }, 'seq'],
    ['the number 0', { seq: 0 }, 'link-form'],
    ['no number', { seq: undefined }, 'link-form'],
    ['a text for a number', { seq: '2' }, 'link-form'],
    ['no predecessor', { prev: '' }, 'prev'],
    ['no time', { iat: undefined }, 'link-form'],
    ['a time before 1970', { iat: -1 }, 'link-form'],
    ['a time 301 s ahead', { iat: now / 1000 + 301 }, 'iat-future'],
  ])('%s is refused', async (_, members, reason) => {
    await scribe.publish()

    const page = await verify([...scribe.entries, await scribe.draft(members)])

    expect(page.stop).toEqual({ seq: 2, reason })
  })

  test('a time 300 s ahead, or years ago, is none of our business', async () => {
    await scribe.publish({ iat: now / 1000 + 300 })
    await scribe.publish({ iat: 0 })

    const page = await verify(scribe.entries)

    expect(page.stop).toBeUndefined()
  })

  test('an entry twice, or two in the wrong order, break the row', async () => {
    await scribe.publish()
    await scribe.publish()
    const [first, second] = scribe.entries as [TravellingEntry, TravellingEntry]

    expect((await verify([first, first])).stop).toEqual({ seq: 2, reason: 'seq' })
    expect((await verify([second, first])).stop).toEqual({ seq: 1, reason: 'seq' })
  })

  test('the next entry follows on the digest, whichever signature the one before came with', async () => {
    const first = await scribe.publish()
    const second = await scribe.publish()

    const page = await verify([{ ...first, entry: otherSignature(first.entry) }, second])

    expect(page.stop).toBeUndefined()
  })
})

describe('the key of an entry', () => {
  const sayWith = async (key: SigningKey) => {
    const item = await scribe.sign({ op: 'unknown' }, undefined, key)
    scribe.entries.push(item)
    return item
  }

  test('may be a newer one, but never again an older one', async () => {
    await sayWith(signer)
    await sayWith(newer)
    const older = await scribe.sign({ op: 'unknown' }, undefined, signer)

    const page = await verify([...scribe.entries, older])

    expect(page.stop).toEqual({ seq: 3, reason: 'key-number' })
    expect(page.cursor.keyNumber).toBe(2)
  })

  test('is held against what came on earlier pages', async () => {
    const page = await verify([await scribe.draft()], { ...start, keyNumber: 2 })

    expect(page.stop).toEqual({ seq: 1, reason: 'key-number' })
  })

  test('counts up to its cut and no further', async () => {
    await sayWith(signer)
    const last = await sayWith(signer)
    await sayWith(signer)
    const cut = { feed: 'public' as const, epoch: 1, seq: 2, dig: tokenDigest(last.entry) }
    context.keys = new Map([counted(signer, 1, [[cut]])])

    const page = await verify(scribe.entries)

    expect(page.stop).toEqual({ seq: 3, reason: 'key-cut' })
    expect(page.entries).toHaveLength(2)
  })

  test('at the cut nothing but the entry of that digest counts', async () => {
    const last = await sayWith(signer)
    const cut = { feed: 'public' as const, epoch: 1, seq: 1, dig: 'A'.repeat(43) }
    context.keys = new Map([counted(signer, 1, [[cut]])])

    expect((await verify([last])).stop).toEqual({ seq: 1, reason: 'key-cut' })
  })

  test('cut in the other feed only is cut at 0 in this one', async () => {
    const last = await sayWith(signer)
    const cut = { feed: 'members' as const, epoch: 1, seq: 5, dig: 'A'.repeat(43) }
    context.keys = new Map([counted(signer, 1, [[cut]])])

    expect((await verify([last])).stop).toEqual({ seq: 1, reason: 'key-cut' })
  })

  test('is looked at in the order known, number, cut', async () => {
    context.keys = new Map([counted(signer, 1, [[]])])
    const item = await scribe.draft()

    const page = await verify([item], { ...start, keyNumber: 2 })

    expect(page.stop?.reason).toBe('key-number')
  })
})

describe('what is kept without effect', () => {
  const rid = newRecordId(now)
  const text = JSON.stringify(goodRecord)
  const withTitle = (title: string) => text.replace(JSON.stringify(goodRecord.title), `"${title}"`)

  test.each([
    ['an unknown operation', { op: 'rate' }, text, 'operation-unknown'],
    ['no operation', { op: undefined }, text, 'operation-unknown'],
    ['a record id of another form', { rid: 'r1' }, text, 'operation-unknown'],
    ['a version of 2^31', { ver: 2 ** 31 }, text, 'operation-unknown'],
    ['version 0', { ver: 0 }, text, 'operation-unknown'],
    ['a content said to be larger than allowed', { len: 262_145 }, text, 'operation-unknown'],
    ['an unknown member', { mood: 'good' }, text, 'member-unknown'],
    ['an unknown kind', { kind: 'recipe' }, text, 'content: unknown-kind'],
    ['a kind that is not the content’s', { kind: 'round-table' }, text, 'content: invalid-content'],
    ['a content that breaks its schema', {}, '{"kind":"case-example"}', 'content: invalid-content'],
    [
      'a content for the other feed',
      {},
      text.replace('"public"', '"members"'),
      'content: wrong-feed',
    ],
    ['a content that is no object', {}, '[]', 'content-json'],
    ['a content that is no JSON', {}, '{}}', 'content-json'],
    ['a content with a byte order mark', {}, `\ufeff${text}`, 'content-json'],
    ['a content that is not UTF-8', {}, Buffer.from([0x7b, 0xff, 0x7d]), 'content-utf8'],
    ['U+0000', {}, withTitle('\\u0000'), 'string-nul'],
    ['a lone surrogate', {}, withTitle('\\ud800'), 'string-malformed'],
    [
      'a member twice',
      {},
      text.replace('{', '{"kind":"case-example",'),
      'content-duplicate-member',
    ],
    ['a name like an integer', {}, text.replace('{', '{"1":1,'), 'name-integer'],
    ['the name __proto__', {}, text.replace('{', '{"__proto__":{},'), 'name-proto'],
    ['200,000 levels', {}, `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'too-deep'],
  ])('%s', async (_, members, content, fault) => {
    await scribe.publish({ rid, ...members }, content)
    await scribe.publish()

    const page = await verify(scribe.entries)

    expect(page.stop).toBeUndefined()
    expect(page.entries.map((entry) => entry.fault)).toEqual([fault, undefined])
    expect(page.states.has(rid)).toBe(false)
  })

  test('a content that has no effect is kept byte for byte', async () => {
    const item = await scribe.publish({}, withTitle('\\ud800'))

    const page = await verify(scribe.entries)

    expect(page.entries[0]?.content?.toString('base64url')).toBe(item.content)
    expect(page.entries[0]?.salt?.toString('base64url')).toBe(item.salt)
  })

  test('the content of an operation that only a newer peer knows is proved and kept too', async () => {
    const item = await scribe.publish({ op: 'translate', rid })

    const page = await verify(scribe.entries)
    const bent = await verify([{ ...item, content: 'e30' }])

    expect(page.entries[0]).toMatchObject({ fault: 'operation-unknown', claim: { rid, ver: 1 } })
    expect(page.entries[0]?.content?.toString('base64url')).toBe(item.content)
    expect(bent.stop).toEqual({ seq: 1, reason: 'content-digest' })
  })

  test('other forms of the same JSON are no fault in a content', async () => {
    await scribe.publish({}, JSON.stringify(goodRecord, null, 2).replace('public', '\\u0070ublic'))

    expect((await verify(scribe.entries)).entries[0]?.fault).toBeUndefined()
  })

  test('an operation with an unknown member is not obeyed by half', async () => {
    await scribe.publish({ rid })
    await scribe.say({ op: 'erase', rid, ver: 1, reason: 'legal', from: 'tomorrow' })

    const page = await verify(scribe.entries)

    expect(page.entries[1]?.fault).toBe('member-unknown')
    expect(page.states.get(rid)?.state).toBe('published')
  })

  test.each([
    ['withdraw', 'consent-revoked'],
    ['withdraw', 'legal'],
    ['withdraw', 'mood'],
    ['erase', 'mood'],
  ])('a %s because of „%s“ is none', async (op, reason) => {
    await scribe.publish({ rid })
    await scribe.say({ op, rid, ver: 1, reason })

    expect((await verify(scribe.entries)).entries[1]?.fault).toBe('operation-unknown')
  })

  test('a rule that is broken names itself and leaves the record as it was', async () => {
    await scribe.publish({ rid, ver: 2 })
    await scribe.publish({ rid, ver: 2 })
    await scribe.say({ op: 'withdraw', rid, ver: 1, reason: 'other' })

    const page = await verify(scribe.entries)

    expect(page.entries.map(({ fault }) => fault)).toEqual([
      undefined,
      'version-not-rising',
      'version-not-newest',
    ])
    expect(page.states.get(rid)).toMatchObject({ ver: 2, state: 'published', seq: 1 })
  })
})

describe('a missing content', () => {
  test.each(['withdrawn', 'erased', 'withheld'] as const)(
    'is accepted for now where the node says %s',
    async (status) => {
      const { content: _, salt: _s, ...item } = await scribe.publish()

      const page = await verify([{ ...item, status }])

      expect(page.stop).toBeUndefined()
      expect(page.entries[0]).toMatchObject({ status: 'withheld' })
      expect([...page.states.values()]).toMatchObject([{ state: 'published', teaser: null }])
    },
  )

  test('what travels beside an entry that has no content is dropped', async () => {
    const rid = newRecordId(now)
    await scribe.publish({ rid })
    const taken = await scribe.say({ op: 'withdraw', rid, ver: 1, reason: 'other' })
    Object.assign(taken, { content: 'e30', salt: 'A'.repeat(22) })

    const page = await verify(scribe.entries)

    expect(page.stop).toBeUndefined()
    expect(page.entries[1]).not.toHaveProperty('content')
  })
})

test('rules look at where a record stood before the page', async () => {
  const rid = newRecordId(now)
  const before: RecordState = {
    rid,
    ver: 4,
    state: 'withdrawn',
    closed: false,
    kind: 'case-example',
    seq: 9,
    changed: 1,
    first_published: 1,
    teaser: null,
  }
  const asked: string[][] = []
  context.statesOf = async (rids) => {
    asked.push(rids)
    return new Map([[rid, before]])
  }
  await scribe.publish({ rid, ver: 4 })
  await scribe.publish({ rid, ver: 5 })

  const page = await verify(scribe.entries)

  expect(asked).toEqual([[rid]])
  expect(page.entries.map(({ fault }) => fault)).toEqual(['version-not-rising', undefined])
  expect(page.states.get(rid)).toMatchObject({ ver: 5, state: 'published', first_published: 1 })
})

test('a page reports only records that its entries changed', async () => {
  const rid = newRecordId(now)
  const before = { rid, ver: 4, seq: 9, closed: false, state: 'published' } as RecordState
  context.statesOf = async () => new Map([[rid, before]])
  await scribe.publish({ rid, ver: 4 })
  await scribe.say({ op: 'erase', rid, ver: 3, reason: 'legal' })

  const page = await verify(scribe.entries)

  expect(page.entries.map(({ fault }) => fault)).toEqual(['version-not-rising', undefined])
  expect(page.states).toEqual(new Map())
})

test('the entries of a test are what they seem', async () => {
  const item = await scribe.publish()

  expect(payloadOf(item.entry)).toMatchObject({
    iss,
    feed: 'public',
    seq: 1,
    prev: '',
    op: 'publish',
  })
})
