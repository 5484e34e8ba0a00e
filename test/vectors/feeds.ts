/** Vectors of a whole feed: from the pins to the head, as whoever verifies once gets it (schemas/EXCHANGE.md, section 11). */
import { withPart } from '../support/token.ts'
import { configuration, statement } from './trust.ts'
import type { Vector, Vectors } from './vector.ts'
import {
  anchor,
  berlin,
  type Item,
  keys,
  kiww,
  nonsense,
  now,
  openFeed,
  record,
  rid,
  tokenDigest,
} from './world.ts'

interface Page {
  entries: Item[]
  head: string | null
  more?: boolean
}

/** Pages as an entries endpoint answers them, one after the other. */
const answered = (pages: Page[]) => {
  let after = 0
  return pages.map(({ entries, head, more = false }) => {
    after += entries.length
    return { iss: berlin, feed: 'public', epoch: 1, entries, head, next_after: after, more }
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
        faults: [{ seq: 1, fault: 'content: unknown-kind' }],
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
      { reason: 'signature', seq: 2 },
    ),
    'feed-entry-left-out': refused(
      'An entry left out.',
      [{ entries: [one, ...items.slice(2)], head }],
      { reason: 'seq', seq: 2 },
    ),
    'feed-content-withheld': refused(
      'A content held back that nothing took back.',
      [{ entries: [without(one, 'withheld'), ...items.slice(1)], head }],
      { reason: 'content-withheld', seq: 1 },
    ),
    'feed-content-withheld-version': refused(
      'The erasure of one version does not explain why another one is missing.',
      [
        {
          entries: [without(v1, 'erased'), without(v2, 'erased'), erasure],
          head: await versions.head(),
        },
      ],
      { reason: 'content-withheld', seq: 1 },
    ),
    'feed-content-withheld-idle': refused(
      'An erasure without effect explains nothing.',
      [{ entries: [without(shown, 'erased'), obeyed], head: await idle.head() }],
      { reason: 'content-withheld', seq: 1 },
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

export const validAnswers = (): Vectors => ({
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
    'More than 3 MiB: `blanks` so many blanks follow the body.',
    { blanks: 3 * 1024 * 1024 },
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
  'answer-form-endless': answer(
    'Nothing, and yet there is more.',
    body({ entries: [], next_after: 0 }),
    { reason: 'form' },
  ),
})
