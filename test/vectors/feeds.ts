/** Vectors of a whole feed: from the pins to the head, as whoever verifies once gets it (schemas/EXCHANGE.md, section 11). */
import { withPart } from '../support/token.ts'
import { configuration, statement } from './trust.ts'
import type { Vector, Vectors } from './vector.ts'
import {
  anchor,
  berlin,
  cutAt,
  type Item,
  keys,
  kiww,
  nonsense,
  now,
  openFeed,
  record,
  rid,
  sig,
  tokenDigest,
} from './world.ts'

interface Page {
  epoch?: number
  entries: Item[]
  head: string | null
  more?: boolean
}

/** Pages as an entries endpoint answers them, one after the other. */
const answered = (pages: Page[]) => {
  const after = new Map<number, number>()
  return pages.map(({ epoch = 1, entries, head, more = false }) => {
    const next_after = (after.get(epoch) ?? 0) + entries.length
    after.set(epoch, next_after)
    return { iss: berlin, feed: 'public', epoch, entries, head, next_after, more }
  })
}

const trust = [await configuration(), await statement()]

const feed = (about: string, pages: Page[], expect: object, change: object = {}): Vector => ({
  ...{ about, kind: 'feed' },
  given: {
    ...{ anchor, pins: [keys.anchor.kid], centre: berlin, feed: 'public', now },
    ...{ history: trust, pages: answered(pages), ...change },
  },
  expect: { ...expect },
})

/** Three records: one stays, one is withdrawn, one erased. */
const writing = openFeed()
await writing.publish()
await writing.publish({ rid: rid(2) })
await writing.publish({ rid: rid(3) })
await writing.say({ op: 'withdraw', rid: rid(2), ver: 1, reason: 'outdated' })
await writing.say({ op: 'erase', rid: rid(3), ver: 1, reason: 'consent-revoked' })
const [one, two, three, four, five] = writing.items as [Item, Item, Item, Item, Item]
const head = await writing.head()

const without = ({ entry }: Item, status: string): Item => ({ entry, status })
/** As a stranger gets it. */
const items = [one, without(two, 'withdrawn'), without(three, 'erased'), four, five]

const proof = {
  epoch: 1,
  entries: 5,
  dig: tokenDigest(five.entry),
  contents: 1,
  takenBack: 2,
  faults: [],
  records: { published: 1, withdrawn: 1, erased: 1 },
  head: { size: 5, iat: now, exp: now + 86_400 },
}

export const validFeeds = async (): Promise<Vectors> => {
  const odd = openFeed()
  await odd.publish({ kind: 'recipe' }, '{"eggs":3}')
  const empty = openFeed()
  const older = await writing.head({ size: 4, dig: tokenDigest(four.entry) })
  return {
    feed: feed(
      'One record stays, one is withdrawn, one is erased.',
      [{ entries: items, head }],
      proof,
    ),
    'feed-pages': feed(
      'The same in three pages; only the last head counts.',
      [
        { entries: items.slice(0, 2), head: null, more: true },
        { entries: items.slice(2, 4), head: 'not looked at', more: true },
        { entries: items.slice(4), head },
      ],
      proof,
    ),
    'feed-withdrawn-content': feed(
      'A reader with an assertion gets the withdrawn content too.',
      [{ entries: [one, { ...two, status: 'withdrawn' }, ...items.slice(2)], head }],
      { ...proof, contents: 2, takenBack: 1 },
    ),
    'feed-older-head': feed(
      'A head that is still good, from before the last entry.',
      [{ entries: items, head: older }],
      { ...proof, head: { ...proof.head, size: 4 } },
    ),
    'feed-empty': feed('A feed that has just begun.', [{ entries: [], head: await empty.head() }], {
      ...{ ...proof, entries: 0, dig: '', contents: 0, takenBack: 0 },
      records: { published: 0, withdrawn: 0, erased: 0 },
      head: { ...proof.head, size: 0 },
    }),
    'feed-idle-entry': feed(
      'An entry without effect: it is counted and named, and nothing else.',
      [{ entries: odd.items, head: await odd.head() }],
      {
        ...{ ...proof, entries: 1, dig: odd.end().dig, contents: 1, takenBack: 0 },
        faults: [{ epoch: 1, seq: 1, fault: 'content: unknown-kind' }],
        records: { published: 0, withdrawn: 0, erased: 0 },
        head: { ...proof.head, size: 1 },
      },
    ),
  }
}

export const invalidFeeds = async (): Promise<Vectors> => {
  const refused = (about: string, pages: Page[], expect: object, change?: object) =>
    feed(about, pages, expect, change)
  const all = [{ entries: items, head }]
  const withHead = async (members: object) => [
    { entries: items, head: await writing.head({ ...members }) },
  ]
  const forged = { ...two, entry: withPart(two.entry, 2, nonsense.signature) }
  const versions = openFeed()
  await versions.publish()
  await versions.publish({ ver: 2 }, record({ title: 'Zweite Fassung' }))
  await versions.say({ op: 'erase', rid: rid(1), ver: 2, reason: 'other' })
  const [v1, v2, erasure] = versions.items as [Item, Item, Item]
  const idle = openFeed()
  await idle.publish()
  await idle.say({ op: 'erase', rid: rid(1), ver: 1, reason: 'other', mood: 'good' })
  const [shown, obeyed] = idle.items as [Item, Item]

  return {
    'feed-centre-unknown': refused(
      'A centre that the anchor does not state.',
      all,
      {
        reason: 'centre-unknown',
      },
      { centre: kiww },
    ),
    'feed-not-pinned': refused(
      'An anchor that nobody has compared.',
      all,
      {
        reason: 'centre-unknown',
      },
      { pins: [keys.stranger.kid] },
    ),
    'feed-trust-expired': refused(
      'A statement that is no longer fresh.',
      all,
      {
        reason: 'trust-expired',
      },
      { now: now - 3_600 + 7 * 86_400 },
    ),
    'feed-signature': refused(
      'A forged entry.',
      [{ entries: [one, forged, ...items.slice(2)], head }],
      { reason: 'signature', epoch: 1, seq: 2 },
    ),
    'feed-entry-left-out': refused(
      'An entry left out.',
      [{ entries: [one, ...items.slice(2)], head }],
      { reason: 'seq', epoch: 1, seq: 2 },
    ),
    'feed-content-withheld': refused(
      'A content held back that nothing took back.',
      [{ entries: [without(one, 'withheld'), ...items.slice(1)], head }],
      { reason: 'content-withheld', epoch: 1, seq: 1 },
    ),
    'feed-content-withheld-version': refused(
      'The erasure of one version does not explain why another one is missing.',
      [
        {
          entries: [without(v1, 'erased'), without(v2, 'erased'), erasure],
          head: await versions.head(),
        },
      ],
      { reason: 'content-withheld', epoch: 1, seq: 1 },
    ),
    'feed-content-withheld-idle': refused(
      'An erasure without effect explains nothing.',
      [{ entries: [without(shown, 'erased'), obeyed], head: await idle.head() }],
      { reason: 'content-withheld', epoch: 1, seq: 1 },
    ),
    'feed-head-missing': refused('No head.', [{ entries: items, head: null }], {
      reason: 'head: missing',
    }),
    'feed-head-beyond': refused(
      'The newest entry held back.',
      [{ entries: items.slice(0, 4), head }],
      { reason: 'head: beyond' },
    ),
    'feed-head-contradicts': refused(
      'A head that says something else of the last entry.',
      await withHead({ dig: nonsense.digest }),
      { reason: 'head: contradicts' },
    ),
    'feed-head-contradicts-earlier': refused(
      'A head that says something else of an earlier entry.',
      await withHead({ size: 2, dig: nonsense.digest }),
      { reason: 'head: contradicts' },
    ),
    'feed-head-contradicts-start': refused(
      'A head that says something else of the beginning.',
      await withHead({ size: 0, dig: nonsense.digest }),
      { reason: 'head: contradicts' },
    ),
    'feed-head-expired': refused(
      'A head that has expired: what came after it may be held back.',
      await withHead({ iat: now - 86_400, exp: now }),
      { reason: 'head: expired' },
    ),
    'feed-head-signature': refused(
      'A forged head.',
      [{ entries: items, head: withPart(head, 2, nonsense.signature) }],
      { reason: 'head: signature' },
    ),
  }
}

/** What the anchor states where a feed began anew, or ended. */
const statedWith = async (change: object) => ({
  history: [await configuration(), await statement({}, { ...change })],
})
const epoch = (number: number, base: { epoch: number; seq: number; dig: string }) => ({
  ...{ epoch: number, base },
})
const nothing = { epoch: 0, seq: 0, dig: '' }
const membersFeed = [epoch(1, nothing)]
const pointOf = (epoch: number, seq: number, items: Item[]) => ({
  ...{ epoch, seq, dig: tokenDigest(items[seq - 1]?.entry ?? '') },
})

/** Three entries, of which the anchor took the first two as the base of a second epoch. */
const twoEpochs = async () => {
  const first = openFeed()
  await first.publish()
  await first.publish({ rid: rid(2) })
  await first.say({ op: 'erase', rid: rid(1), ver: 1, reason: 'legal' })
  const base = pointOf(1, 2, first.items)
  const second = openFeed({ epoch: 2, base: base.dig })
  await second.say({ op: 'erase', rid: rid(1), ver: 1, reason: 'legal' })
  await second.publish({ rid: rid(3) })
  const feeds = { public: [epoch(1, nothing), epoch(2, base)], members: membersFeed }
  const [gone, ...rest] = first.items as [Item, Item, Item]
  return { first, second, base, feeds, items: [without(gone, 'erased'), ...rest] }
}

export const validEpochs = async (): Promise<Vectors> => {
  const { second, base, feeds, items } = await twoEpochs()
  const [, kept = one] = items
  const head = await second.head()
  const both = {
    ...{ ...proof, epoch: 2, entries: 4, dig: second.end().dig, contents: 2, takenBack: 1 },
    records: { published: 2, withdrawn: 0, erased: 1 },
    head: { ...proof.head, size: 2 },
  }
  const last: Page = { epoch: 2, entries: second.items, head }
  const third = openFeed({ epoch: 3, base: base.dig })
  await third.say({ op: 'erase', rid: rid(1), ver: 1, reason: 'legal' })
  const threeEpochs = {
    public: [epoch(1, nothing), epoch(2, base), epoch(3, base)],
    members: membersFeed,
  }
  const cut = [{ feed: 'public', ...pointOf(1, 4, writing.items) }]
  const newer = openFeed()
  await newer.publish()
  await newer.publish({ rid: rid(2) }, record(), keys.second)
  const replaced = [sig(keys.first, 1, [{ feed: 'public', ...pointOf(1, 1, newer.items) }])]

  return {
    'feed-two-epochs': feed(
      'A feed that began anew: the first epoch counts up to its base.',
      [{ entries: items.slice(0, 2), head: null }, last],
      both,
      await statedWith({ feeds }),
    ),
    'feed-beyond-base': feed(
      'What stands beyond the base is not looked at.',
      [
        {
          entries: [...items.slice(0, 2), { ...kept, entry: 'a.b' }],
          head: 'nor this',
          more: true,
        },
        last,
      ],
      both,
      await statedWith({ feeds }),
    ),
    'feed-epoch-that-counts-nothing': feed(
      'The third epoch has its base in the first: of the second nothing counts, and nobody asks for it.',
      [
        { entries: items.slice(0, 2), head: null },
        { epoch: 3, entries: third.items, head: await third.head() },
      ],
      {
        ...{ ...both, epoch: 3, entries: 3, dig: third.end().dig, contents: 1 },
        records: { published: 1, withdrawn: 0, erased: 1 },
        head: { ...proof.head, size: 1 },
      },
      await statedWith({ feeds: threeEpochs }),
    ),
    'feed-ended': feed(
      'Of a centre that has ended the anchor says which entry is the last; that needs no head.',
      [{ entries: [one, without(two, 'withdrawn'), three, four], head: null }],
      {
        ...{ ...proof, entries: 4, dig: cut[0]?.dig, contents: 2, takenBack: 1, head: null },
        records: { published: 2, withdrawn: 1, erased: 0 },
      },
      await statedWith({ status: 'ended', valid_through: cut }),
    ),
    'feed-ended-before-it-began': feed(
      'A centre of which nothing counts; nobody asks for its entries.',
      [],
      {
        ...{ ...proof, entries: 0, dig: '', contents: 0, takenBack: 0, head: null },
        records: { published: 0, withdrawn: 0, erased: 0 },
      },
      await statedWith({ status: 'ended', valid_through: [] }),
    ),
    'feed-key-replaced': feed(
      'A second key takes over after the cut of the first.',
      [{ entries: newer.items, head: await newer.head({}, keys.second) }],
      {
        ...{ ...proof, entries: 2, dig: newer.end().dig, contents: 2, takenBack: 0 },
        records: { published: 2, withdrawn: 0, erased: 0 },
        head: { ...proof.head, size: 2 },
      },
      await statedWith({ jwks: { keys: [...replaced, sig(keys.second, 2)] } }),
    ),
  }
}

export const invalidEpochs = async (): Promise<Vectors> => {
  const { first, second, feeds, items } = await twoEpochs()
  const last: Page = { epoch: 2, entries: second.items, head: await second.head() }
  const other = openFeed()
  other.items.push(...first.items.slice(0, 1))
  await other.publish({ rid: rid(4) })
  const fallen = openFeed({ epoch: 2, base: pointOf(1, 2, await underSecondKey()).dig })
  await fallen.publish({ rid: rid(3) })
  const newer = await underSecondKey()
  const cutElsewhere = [cutAt(2, nonsense.digest)]

  return {
    'feed-not-agreed': feed(
      'At the base stands another entry, though it is signed: the other branch of a fork.',
      [{ entries: [items[0] ?? one, other.items[1] ?? one], head: null }, last],
      { reason: 'not-agreed', epoch: 1, seq: 2 },
      await statedWith({ feeds }),
    ),
    'feed-not-agreed-cut': feed(
      'Where a key was cut stands another entry, under the next key.',
      [{ entries: newer, head: null }],
      { reason: 'not-agreed', epoch: 1, seq: 2 },
      await statedWith({ jwks: { keys: [sig(keys.first, 1, cutElsewhere), sig(keys.second, 2)] } }),
    ),
    'feed-not-reached': feed(
      'A source that has not got the closed epoch to its end.',
      [{ entries: items.slice(0, 1), head: null }],
      { reason: 'not-reached', epoch: 1, seq: 2 },
      await statedWith({ feeds }),
    ),
    'feed-base-forgotten': feed(
      'A new epoch that follows on something else than its base.',
      [
        { entries: items.slice(0, 2), head: null },
        { epoch: 2, entries: [await openFeed({ epoch: 2 }).publish()], head: null },
      ],
      { reason: 'prev', epoch: 2, seq: 1 },
      await statedWith({ feeds }),
    ),
    'feed-key-number-over-epochs': feed(
      'The numbers of the keys do not fall from one epoch to the next.',
      [
        { entries: newer, head: null },
        { epoch: 2, entries: fallen.items, head: null },
      ],
      { reason: 'key-number', epoch: 2, seq: 1 },
      await statedWith({
        jwks: { keys: [sig(keys.first, 1), sig(keys.second, 2)] },
        feeds: {
          public: [epoch(1, nothing), epoch(2, pointOf(1, 2, newer))],
          members: membersFeed,
        },
      }),
    ),
    'feed-epoch-of-the-future': feed(
      'An answer about an epoch that was not asked for.',
      [
        { entries: items.slice(0, 2), head: null },
        { ...last, epoch: 3 },
      ],
      { reason: 'form' },
      await statedWith({ feeds }),
    ),
  }
}

const underSecondKey = async () => {
  const feed = openFeed()
  await feed.publish()
  await feed.publish({ rid: rid(2) }, record(), keys.second)
  return feed.items
}

const asked = { iss: berlin, feed: 'public', epoch: 1, after: 0 }
const page = {
  ...{ iss: berlin, feed: 'public', epoch: 1, entries: [one] as object[], head: head as unknown },
  ...{ next_after: 1, more: true },
}
const json = { 'content-type': 'application/json' }

const answer = (about: string, given: object | null, expect: object): Vector => ({
  ...{ about, kind: 'answer' },
  given: {
    asked,
    answer: given && { status: 200, headers: json, body: JSON.stringify(page), ...given },
  },
  expect: { ...expect },
})
const body = (change: object) => ({ body: JSON.stringify({ ...page, ...change }) })

/** Values in an answer, as they are counted before it is parsed. */
const mostValues = 20_000
const filled = (zeros: number) => ({ filler: Array(zeros).fill(0) })
const valuesIn = (change: object) =>
  JSON.stringify({ ...page, ...change })
    .replaceAll(/"[^"]*"/g, '')
    .replaceAll(/[^,[{]/g, '').length
const room = mostValues - valuesIn(filled(1)) + 1

export const validAnswers = (): Vectors => ({
  'answer-largest': answer(
    '3 MiB: `blanks` so many blanks follow the body.',
    { blanks: 3 * 1024 * 1024 - JSON.stringify(page).length },
    { entries: 1, more: true },
  ),
  'answer-values': answer('20,000 values.', body(filled(room)), { entries: 1, more: true }),
  answer: answer('A page of one entry.', {}, { entries: 1, more: true }),
  'answer-charset': answer(
    'The media type may have parameters and any case.',
    { headers: { 'content-type': 'Application/JSON; charset=utf-8' } },
    { entries: 1, more: true },
  ),
  'answer-identity': answer(
    'Said to be not compressed.',
    { headers: { ...json, 'content-encoding': 'identity' } },
    { entries: 1, more: true },
  ),
  'answer-foreign-member': answer('A member of a newer peer.', body({ mood: 'good' }), {
    ...{ entries: 1, more: true },
  }),
})

export const invalidAnswers = (): Vectors => ({
  'answer-unreachable': answer('No answer.', null, { reason: 'unreachable' }),
  'answer-redirected': answer(
    'Sent elsewhere.',
    { status: 307, headers: { ...json, location: 'https://other.example/' } },
    { reason: 'redirected' },
  ),
  'answer-not-modified': answer(
    'Not modified is a redirection too.',
    { status: 304, body: null },
    {
      reason: 'redirected',
    },
  ),
  'answer-status': answer('Refused.', { status: 503 }, { reason: 'status-503' }),
  'answer-status-201': answer('Anything but 200.', { status: 201 }, { reason: 'status-201' }),
  'answer-encoded': answer(
    'Compressed, though nobody asked for it.',
    { headers: { ...json, 'content-encoding': 'gzip' } },
    { reason: 'encoded' },
  ),
  'answer-content-type': answer(
    'A page for people.',
    { headers: { 'content-type': 'text/html' } },
    { reason: 'content-type' },
  ),
  'answer-content-type-missing': answer(
    'Nobody says what it is.',
    { headers: {} },
    {
      reason: 'content-type',
    },
  ),
  'answer-too-large': answer(
    'A byte more than 3 MiB.',
    { blanks: 3 * 1024 * 1024 - JSON.stringify(page).length + 1 },
    { reason: 'too-large' },
  ),
  'answer-not-utf8': answer(
    'A byte that no UTF-8 has, in `base64`.',
    { body: undefined, base64: 'e/99' },
    { reason: 'not-utf8' },
  ),
  'answer-not-json': answer('No JSON.', { body: '<html>' }, { reason: 'not-json' }),
  'answer-form': answer('A list.', { body: '[]' }, { reason: 'form' }),
  'answer-form-missing': answer('No head.', body({ head: undefined }), { reason: 'form' }),
  'answer-form-head': answer('A head that is a number.', body({ head: 1 }), { reason: 'form' }),
  'answer-form-status': answer(
    'A status that there is not.',
    body({ entries: [{ ...one, status: 'new' }] }),
    { reason: 'form' },
  ),
  'answer-form-many': answer(
    'More than 200 entries.',
    body({ entries: Array(201).fill({ entry: 'a.b', status: 'present' }), next_after: 201 }),
    { reason: 'form' },
  ),
  'answer-form-feed': answer('Of the other feed.', body({ feed: 'members' }), { reason: 'form' }),
  'answer-form-iss': answer('Of another centre.', body({ iss: kiww }), { reason: 'form' }),
  'answer-form-epoch': answer('Of another epoch.', body({ epoch: 2 }), { reason: 'form' }),
  'answer-form-next': answer('A wrong count.', body({ next_after: 2 }), { reason: 'form' }),
  'answer-form-values': answer(
    'More values than an answer needs: each of them costs memory.',
    body(filled(room + 1)),
    { reason: 'form' },
  ),
  'answer-form-endless': answer(
    'Nothing, and yet there is more.',
    body({ entries: [], next_after: 0 }),
    { reason: 'form' },
  ),
})
