/** Vectors of entries in their place, and of what they do (schemas/EXCHANGE.md, sections 5, 8 and 11). */
import { saltedDigest } from '../../src/signing/digest.ts'
import { otherSignature, withPart } from '../support/token.ts'
import type { Vector, Vectors } from './vector.ts'
import {
  base64url,
  cutAt,
  type Item,
  keys,
  kiww,
  nonsense,
  now,
  openFeed,
  record,
  rid,
  saltOf,
  sig,
  start,
  stated,
  tokenDigest,
} from './world.ts'

type Given = { after?: object; stated?: object; feed?: string; records?: object[] }

const entries = (about: string, items: Item[], expect: object, given: Given = {}): Vector => ({
  ...{ about, kind: 'entries' },
  given: { stated: stated(), feed: 'public', now, after: start, ...given, entries: items },
  expect: { faults: [], missing: [], ...expect },
})

/** All good: where the feed stands then. */
const standing = (items: Item[], before = 0) => ({
  size: before + items.length,
  dig: items.at(-1) ? tokenDigest(items.at(-1)?.entry ?? '') : '',
})

const state = (ver: number, state: string, closed = false) => ({ ver, state, closed })
const published = state(1, 'published')

/** A feed that does all there is to do. */
const wholeFeed = async () => {
  const feed = openFeed()
  await feed.publish()
  await feed.publish({ ver: 2 }, record({ title: 'Zweite Fassung' }))
  await feed.publish({ rid: rid(2) })
  await feed.say({
    ...{ op: 'withdraw', rid: rid(1), ver: 2, reason: 'outdated' },
    replaced_by: { iss: kiww, rid: rid(9) },
  })
  await feed.publish({ ver: 3 }, record({ title: 'Wieder da' }))
  await feed.say({ op: 'erase', rid: rid(2), ver: 1, reason: 'consent-revoked' })
  await feed.say({ op: 'erase', rid: rid(1), ver: 0, reason: 'other', continued: true })
  await feed.publish({ ver: 4 })
  await feed.publish({ rid: rid(3) })
  await feed.say({ op: 'erase', rid: rid(3), ver: 0, reason: 'legal' })
  await feed.say({ op: 'erase', rid: rid(4), ver: 2, reason: 'incorrect' })
  for (const op of ['endorse', 'decline', 'retract'] as const) {
    const role = op === 'endorse' ? 'shelf' : 'party'
    await feed.say({ op, rid: rid(9), ver: 1, of: kiww, role })
  }
  return feed.items
}

const one = async (members: object = {}, content?: unknown) => [
  await openFeed().publish({ ...members }, content),
]

/** The first, and a draft of the second. */
const second = async (members: object = {}, key = keys.first) => {
  const feed = openFeed()
  const first = await feed.publish()
  return { first, next: await feed.draft({ rid: rid(2), ...members }, record(), key) }
}

const bare = ({ entry }: Item, status = 'withheld'): Item => ({ entry, status })

export const validEntries = async (): Promise<Vectors> => {
  const whole = await wholeFeed()
  const rolled = openFeed()
  await rolled.publish()
  await rolled.publish({ rid: rid(2) }, record(), keys.second)
  const two = { jwks: { keys: [sig(keys.first, 1), sig(keys.second, 2)] } }
  const last = tokenDigest(rolled.items[0]?.entry ?? '')
  const replaced = {
    jwks: { keys: [sig(keys.first, 1, [cutAt(1, last)]), sig(keys.second, 2)] },
  }
  const ended = { status: 'ended', valid_through: [cutAt(1, last)] }
  const { first, next } = await second()
  const opened = openFeed({ epoch: 2, base: last })
  await opened.say({ op: 'erase', rid: rid(7), ver: 1, reason: 'legal' })
  const epochs = [
    { epoch: 1, base: { epoch: 0, seq: 0, dig: '' } },
    { epoch: 2, base: { epoch: 1, seq: 1, dig: last } },
  ]
  const early = await one({ iat: now + 300 })
  const withdrawn = { op: 'withdraw', rid: rid(1), ver: 4, reason: 'duplicate' }
  const withdrawal = await openFeed().say(withdrawn)
  const members = openFeed({ feed: 'members' })
  await members.publish({}, record({ visibility: 'members' }))

  return {
    'entries-every-operation': entries('Every operation.', whole, {
      ...standing(whole),
      records: {
        [rid(1)]: state(4, 'published'),
        [rid(2)]: state(1, 'erased'),
        [rid(3)]: state(1, 'erased', true),
        [rid(4)]: state(2, 'erased'),
      },
    }),
    'entries-none': entries('No entries.', [], { size: 0, dig: '', records: {} }),
    'entries-members': entries(
      'The members’ feed.',
      members.items,
      { ...standing(members.items), records: { [rid(1)]: published } },
      { feed: 'members' },
    ),
    'entries-key-rollover': entries(
      'A second key takes over, and the first has a cut at its last entry.',
      rolled.items,
      { ...standing(rolled.items), records: { [rid(1)]: published, [rid(2)]: published } },
      { stated: stated(replaced) },
    ),
    'entries-key-beside': entries(
      'A second key takes over while the first is still good.',
      rolled.items,
      { ...standing(rolled.items), records: { [rid(1)]: published, [rid(2)]: published } },
      { stated: stated(two) },
    ),
    'entries-ended': entries(
      'A centre that has ended: up to the cut everything counts.',
      rolled.items.slice(0, 1),
      { ...standing(rolled.items.slice(0, 1)), records: { [rid(1)]: published } },
      { stated: stated(ended) },
    ),
    'entries-other-signature': entries(
      'The entry before came with another signature: its digest is the same.',
      [{ ...first, entry: otherSignature(first.entry) }, next],
      { ...standing([first, next]), records: { [rid(1)]: published, [rid(2)]: published } },
    ),
    'entries-from-the-middle': entries(
      'What follows on entries that are held.',
      [next],
      { ...standing([next], 1), records: { [rid(2)]: published } },
      { after: { epoch: 1, seq: 1, dig: tokenDigest(first.entry), keyNumber: 1 } },
    ),
    'entries-new-epoch': entries(
      'The first entry of a new epoch follows on the base.',
      opened.items,
      { ...standing(opened.items), records: { [rid(7)]: state(1, 'erased') } },
      {
        stated: stated({ feeds: { public: epochs, members: epochs.slice(0, 1) } }),
        after: { epoch: 2, seq: 0, dig: last, keyNumber: 1 },
      },
    ),
    'entries-early': entries('A clock that is 300 s ahead.', early, {
      ...standing(early),
      records: { [rid(1)]: published },
    }),
    'entries-old': entries('The time of an entry is never used for order.', await one({ iat: 0 }), {
      ...standing(await one({ iat: 0 })),
      records: { [rid(1)]: published },
    }),
    'entries-content-withheld': entries(
      'A content is not given: accepted for now, and told.',
      [bare(first), next],
      {
        ...{ ...standing([first, next]), missing: [1] },
        records: { [rid(1)]: published, [rid(2)]: published },
      },
    ),
    'entries-withdrawn-unknown-before': entries(
      'A record whose versions came before.',
      [withdrawal],
      {
        ...standing([withdrawal]),
        records: { [rid(1)]: state(4, 'withdrawn') },
      },
      { records: [{ rid: rid(1), ...state(4, 'published') }] },
    ),
  }
}

/** The second entry stops the feed; the first stays. */
const stops = (about: string, reason: string, first: Item, bad: object, given?: Given): Vector =>
  entries(
    about,
    [first, bad as Item],
    { ...standing([first]), records: { [rid(1)]: published }, stop: { seq: 2, reason } },
    given,
  )

export const stoppingEntries = async (): Promise<Vectors> => {
  const { first, next } = await second()
  const bad = async (members: object) => (await second(members)).next
  const { next: strange } = await second({}, keys.stranger)
  const { next: newer } = await second({}, keys.second)
  const cut = (list: object[]) => stated({ jwks: { keys: [sig(keys.first, 1, list)] } })
  const dig = tokenDigest(first.entry)
  const back = { jwks: { keys: [sig(keys.first, 2), sig(keys.second, 1)] } }
  const content = base64url(JSON.stringify(record({ title: 'Ein anderer Titel' })))
  const changed = Buffer.from(next.content ?? '', 'base64url')
  changed[5] = 0x20
  const long = Buffer.alloc(17, 1)

  return {
    'entries-gate': stops('A token of another form.', 'token-parts', first, {
      ...{ entry: 'nonsense', status: 'present' },
    }),
    'entries-link-form': stops(
      'A number that is a text.',
      'link-form',
      first,
      await bad({ seq: '2' }),
    ),
    'entries-link-form-missing': stops(
      'No time.',
      'link-form',
      first,
      await bad({ iat: undefined }),
    ),
    'entries-link-form-epoch': stops('Epoch 0.', 'link-form', first, await bad({ epoch: 0 })),
    'entries-feed-iss': stops('Another centre’s.', 'feed', first, await bad({ iss: kiww })),
    'entries-feed-feed': stops('Of the other feed.', 'feed', first, await bad({ feed: 'members' })),
    'entries-feed-epoch': stops('Of another epoch.', 'feed', first, await bad({ epoch: 2 })),
    'entries-seq': stops('A gap.', 'seq', first, await bad({ seq: 3 })),
    'entries-seq-again': stops('The same entry again.', 'seq', first, first),
    'entries-prev': stops(
      'Another one before.',
      'prev',
      first,
      await bad({ prev: nonsense.digest }),
    ),
    'entries-prev-none': stops('None before.', 'prev', first, await bad({ prev: '' })),
    'entries-iat-future': stops('301 s ahead.', 'iat-future', first, await bad({ iat: now + 301 })),
    'entries-key-unknown': stops('A key that nobody states.', 'key-unknown', first, strange),
    'entries-key-unknown-use': stops(
      'A key that is stated for encryption.',
      'key-unknown',
      first,
      newer,
      {
        stated: stated({
          jwks: { keys: [sig(keys.first, 1), { ...keys.second.jwk, use: 'enc' }] },
        }),
      },
    ),
    'entries-key-number': stops(
      'A key with a lower number than the one before.',
      'key-number',
      first,
      newer,
      { stated: stated(back) },
    ),
    'entries-key-cut': stops('Beyond the cut of its key.', 'key-cut', first, next, {
      stated: cut([cutAt(1, dig)]),
    }),
    'entries-key-cut-other': stops(
      'At the cut another entry than the one that the cut names.',
      'key-cut',
      first,
      next,
      { stated: cut([cutAt(2, nonsense.digest)]) },
    ),
    'entries-signature': stops('A signature of nobody.', 'signature', first, {
      ...next,
      entry: withPart(next.entry, 2, nonsense.signature),
    }),
    'entries-signature-length': stops('A signature that is too short.', 'signature', first, {
      ...next,
      entry: withPart(next.entry, 2, nonsense.signature.slice(0, -4)),
    }),
    'entries-signature-der': stops('A signature in the form of ASN.1.', 'signature', first, {
      ...next,
      entry: withPart(next.entry, 2, derOf(next.entry)),
    }),
    'entries-content-missing': stops('Said to be there, but is not.', 'content-missing', first, {
      ...bare(next, 'present'),
    }),
    'entries-salt-missing': stops('A content without its salt.', 'content-missing', first, {
      ...next,
      salt: undefined,
    }),
    'entries-content-digest': stops('A content of the same length.', 'content-digest', first, {
      ...next,
      content: base64url(changed),
    }),
    'entries-content-digest-length': stops(
      'A content of another length.',
      'content-digest',
      first,
      {
        ...next,
        content,
      },
    ),
    'entries-content-digest-len': stops(
      'The right content, but another length was signed.',
      'content-digest',
      first,
      await bad({ len: 99 }),
    ),
    'entries-content-digest-salt': stops('Another salt.', 'content-digest', first, {
      ...next,
      salt: base64url(saltOf('another')),
    }),
    'entries-content-digest-padding': stops('A salt with padding.', 'content-digest', first, {
      ...next,
      salt: `${next.salt}==`,
    }),
    'entries-content-digest-long-salt': stops(
      'A salt of 17 bytes, though it was signed.',
      'content-digest',
      first,
      {
        ...(await bad({
          dig: saltedDigest(long, Buffer.from(next.content ?? '', 'base64url')),
        })),
        salt: base64url(long),
      },
    ),
    'entries-content-digest-unknown-operation': stops(
      'A wrong content beside an operation of a newer peer, which carries one.',
      'content-digest',
      first,
      { ...(await bad({ op: 'translate' })), content },
    ),
    'entries-key-cut-suspended': entries(
      'A suspended centre without a cut is cut at 0.',
      [first],
      { size: 0, dig: '', records: {}, stop: { seq: 1, reason: 'key-cut' } },
      { stated: stated({ status: 'suspended' }) },
    ),
    'entries-key-cut-other-feed': entries(
      'A feed that a cut does not list is cut at 0.',
      [first],
      { size: 0, dig: '', records: {}, stop: { seq: 1, reason: 'key-cut' } },
      { stated: cut([cutAt(5, nonsense.digest, 'members')]) },
    ),
    'entries-first-bad-decides': stops(
      'The first bad entry decides, not the first check: behind it is worse.',
      'signature',
      first,
      { ...next, entry: withPart(next.entry, 2, nonsense.signature) },
    ),
  }
}

/** R and S as ASN.1 integers. */
const derOf = (token: string) => {
  const raw = Buffer.from(token.split('.')[2] ?? '', 'base64url')
  const integer = (bytes: Buffer) => [2, 33, 0, ...bytes]
  return base64url([0x30, 70, ...integer(raw.subarray(0, 32)), ...integer(raw.subarray(32))])
}

/** One entry without effect, and another one behind it that has one. */
const without = async (
  about: string,
  fault: string,
  members: object,
  content?: unknown,
  records: ReturnType<typeof held> = [],
): Promise<Vector> => {
  const feed = openFeed()
  if (content === undefined) await feed.say({ ...members })
  else await feed.publish({ ...members }, content)
  await feed.publish({ rid: rid(5) })
  return entries(
    about,
    feed.items,
    {
      ...standing(feed.items),
      faults: [{ seq: 1, fault }],
      records: { ...standingOf(records), [rid(5)]: published },
    },
    { records },
  )
}
const standingOf = (records: ReturnType<typeof held>) =>
  Object.fromEntries(records.map(({ rid, ...standing }) => [rid, standing]))
const held = (ver: number, name: string, closed = false) => [
  { rid: rid(1), ...state(ver, name, closed) },
]

export const idleEntries = async (): Promise<Vectors> => {
  const erased = { op: 'erase', rid: rid(1), ver: 1, reason: 'other' }
  const withdrawn = { op: 'withdraw', rid: rid(1), ver: 1, reason: 'other' }
  const cases: Vectors = {
    'idle-operation-unknown': await without('An operation of a newer peer.', 'operation-unknown', {
      ...{ op: 'rate', stars: 5 },
    }),
    'idle-operation-unknown-content': await without(
      'An operation of a newer peer that carries a content: it is kept.',
      'operation-unknown',
      { op: 'translate' },
      record(),
    ),
    'idle-operation-none': await without('No operation.', 'operation-unknown', {
      ...{ rid: rid(1), ver: 1 },
    }),
    'idle-record-id': await without(
      'An id that is no UUID version 7.',
      'operation-unknown',
      {
        rid: '019cadf0-5c80-4a3e-9b51-2f4d8c6e7a10',
      },
      record(),
    ),
    'idle-version-zero': await without('Version 0.', 'operation-unknown', { ver: 0 }, record()),
    'idle-version-large': await without(
      'Version 2^31.',
      'operation-unknown',
      { ver: 2 ** 31 },
      record(),
    ),
    'idle-reason': await without('Only an erasure is for this reason.', 'operation-unknown', {
      ...withdrawn,
      reason: 'legal',
    }),
    'idle-continued': await without('continued is true or absent.', 'operation-unknown', {
      ...erased,
      continued: false,
    }),
    'idle-member-unknown': await without(
      'A member too many.',
      'member-unknown',
      { mood: 'good' },
      record(),
    ),
    'idle-member-unknown-content': await without(
      'A withdrawal with members of a publication: it carries no content, so bytes beside it are dropped.',
      'member-unknown',
      { ...withdrawn, len: 99 },
      record(),
    ),
    'idle-member-unknown-erase': await without(
      'An erasure with a member too many is not obeyed by half.',
      'member-unknown',
      { ...erased, from: 'tomorrow' },
    ),
    'idle-content-utf8': await without(
      'A content that is not UTF-8 stops nothing.',
      'content-utf8',
      {},
      Buffer.from([0x7b, 0xff, 0x7d]),
    ),
    'idle-content-invalid': await without(
      'A content that does not fit its kind stops nothing.',
      'content: invalid-content',
      {},
      '{"kind":"round-table"}',
    ),
    'idle-content-unknown-kind': await without(
      'A kind of a newer peer stops nothing.',
      'content: unknown-kind',
      { kind: 'recipe' },
      '{"eggs":3}',
    ),
    'idle-content-wrong-feed': await without(
      'A content meant for the other feed.',
      'content: wrong-feed',
      {},
      record({ visibility: 'members' }),
    ),
    'idle-record-closed': await without(
      'A closed record.',
      'record-closed',
      { ver: 5 },
      record(),
      held(4, 'erased', true),
    ),
    'idle-version-not-rising': await without(
      'The same version again.',
      'version-not-rising',
      { ver: 4 },
      record(),
      held(4, 'withdrawn'),
    ),
    'idle-record-unknown': await without('A withdrawal of nothing.', 'record-unknown', withdrawn),
    'idle-withdraw-closed': await without(
      'A withdrawal of a closed record.',
      'record-closed',
      withdrawn,
      undefined,
      held(1, 'erased', true),
    ),
    'idle-version-not-newest': await without(
      'A withdrawal of an older version.',
      'version-not-newest',
      withdrawn,
      undefined,
      held(2, 'published'),
    ),
    'idle-not-published': await without(
      'A withdrawal of what is withdrawn.',
      'not-published',
      withdrawn,
      undefined,
      held(1, 'withdrawn'),
    ),
    'idle-version-unknown': await without(
      'An erasure of a version that is still to come.',
      'version-unknown',
      { ...erased, ver: 3 },
      undefined,
      held(2, 'published'),
    ),
  }
  return cases
}
