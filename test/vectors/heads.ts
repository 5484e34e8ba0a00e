/** Vectors of heads and holdings (schemas/EXCHANGE.md, section 7). */
import { withPart } from '../support/token.ts'
import { signed } from './sign.ts'
import type { Vector, Vectors } from './vector.ts'
import {
  berlin,
  cutAt,
  entryType,
  keys,
  kiww,
  nonsense,
  now,
  openFeed,
  sig,
  stated,
} from './world.ts'

const feed = openFeed()
await feed.publish()
const { seq: size, dig } = feed.end()

const head = (about: string, token: string, expect: object, centre: object = stated()): Vector => ({
  ...{ about, kind: 'head' },
  given: { stated: centre, feed: 'public', epoch: 1, now, head: token },
  expect: { ...expect },
})
const good = { size, dig, iat: now, exp: now + 86_400 }
const refused = async (about: string, reason: string, members: object, centre?: object) =>
  head(about, await feed.head({ ...members }), { reason }, centre)

const retired = stated({ jwks: { keys: [sig(keys.first, 1, [cutAt(9, nonsense.digest)])] } })
const forged = async () => withPart(await feed.head(), 2, nonsense.signature)
const entryAsHead = async () => feed.items[0]?.entry ?? ''

export const validHeads = async (): Promise<Vectors> => ({
  head: head('The head of a feed with one entry.', await feed.head(), good),
  'head-empty': head('The head of an empty feed.', await openFeed().head(), {
    ...{ ...good, size: 0, dig: '' },
  }),
  'head-early': head(
    'A clock that is 300 s ahead.',
    await feed.head({ iat: now + 300, exp: now + 600 }),
    { ...good, iat: now + 300, exp: now + 600 },
  ),
  'head-expired': head(
    'A head that has expired proves content, not freshness.',
    await feed.head({ iat: now - 90_000, exp: now - 3_600 }),
    { ...good, iat: now - 90_000, exp: now - 3_600 },
  ),
  holdings: holdings('Two rows, one of them of a closed epoch.', await list(), {
    ...{ iss: berlin, iat: now, exp: now + 3_600 },
    feeds: rows,
  }),
  'holdings-early': holdings(
    'A clock that is 300 s ahead, and a life of 24 hours.',
    await list({ iat: now + 300, exp: now + 300 + 86_400 }),
    { iss: berlin, iat: now + 300, exp: now + 300 + 86_400, feeds: rows },
  ),
  'holdings-none': holdings('A node that holds nothing yet.', await list({ feeds: [] }), {
    ...{ iss: berlin, iat: now, exp: now + 3_600 },
    feeds: [],
  }),
})

export const invalidHeads = async (): Promise<Vectors> => ({
  'head-gate': head('An entry in place of a head.', await entryAsHead(), { reason: 'header-typ' }),
  'head-key-unknown': head('A key that nobody states.', await feed.head({}, keys.stranger), {
    reason: 'key-unknown',
  }),
  'head-signature': head('A signature of nobody.', await forged(), { reason: 'signature' }),
  'head-key-retired': await refused(
    'A key with a cut, wherever it lies.',
    'key-retired',
    {},
    retired,
  ),
  'head-key-retired-suspended': await refused(
    'A suspended centre says nothing new.',
    'key-retired',
    {},
    stated({ status: 'suspended' }),
  ),
  'head-form': await refused('A size that is a text.', 'form', { size: '1' }),
  'head-form-more': await refused('A member too many.', 'form', { mood: 'good' }),
  'head-form-life': await refused('A life of more than a day.', 'form', { exp: now + 86_401 }),
  'head-form-order': await refused('An end before its beginning.', 'form', { exp: now }),
  'head-feed': await refused('Of the other feed.', 'feed', { feed: 'members' }),
  'head-feed-iss': await refused('Of another centre.', 'feed', { iss: kiww }),
  'head-feed-epoch': await refused('Of another epoch.', 'feed', { epoch: 2 }),
  'head-iat-future': await refused('301 s ahead.', 'iat-future', {
    ...{ iat: now + 301, exp: now + 600 },
  }),
})

const holdingsType = 'transfernetz-holdings+jwt'
const row = { iss: berlin, feed: 'public', epoch: 1, size: 3, dig: nonsense.digest }
const rows = [
  { ...row, erased_through: 3 },
  { ...row, epoch: 2, erased_through: 1 },
]
const list = (members: object = {}, key = keys.first, typ = holdingsType) =>
  signed(typ, { iss: berlin, iat: now, exp: now + 3_600, feeds: rows, ...members }, key)

const holdings = (
  about: string,
  token: string,
  expect: object,
  centre: object = stated(),
): Vector => ({
  ...{ about, kind: 'holdings' },
  given: { stated: [centre], now, holdings: token },
  expect: { ...expect },
})
const unheld = async (about: string, reason: string, members: object, centre?: object) =>
  holdings(about, await list({ ...members }), { reason }, centre)

export const invalidHoldings = async (): Promise<Vectors> => ({
  'holdings-gate': holdings('Another type.', await list({}, keys.first, entryType), {
    reason: 'header-typ',
  }),
  'holdings-form': await unheld('No rows.', 'form', { feeds: undefined }),
  'holdings-form-receipt': await unheld('A receipt for more than is held.', 'form', {
    feeds: [{ ...row, erased_through: 4 }],
  }),
  'holdings-form-twice': await unheld('An epoch twice.', 'form', {
    feeds: [rows[0], rows[0]],
  }),
  'holdings-form-life': await unheld('A life of more than a day.', 'form', { exp: now + 86_401 }),
  'holdings-form-order': await unheld('No life.', 'form', { exp: now }),
  'holdings-iss': await unheld('Of a centre that is not at this node.', 'iss', { iss: kiww }),
  'holdings-iat-future': await unheld('301 s ahead.', 'iat-future', {
    ...{ iat: now + 301, exp: now + 600 },
  }),
  'holdings-expired': await unheld('A second too old.', 'expired', { iat: now - 60, exp: now }),
  'holdings-key-retired': await unheld('A key with a cut.', 'key-retired', {}, retired),
  'holdings-key-unknown': holdings('A key that nobody states.', await list({}, keys.stranger), {
    reason: 'key-unknown',
  }),
  'holdings-signature': holdings(
    'A signature of nobody.',
    withPart(await list(), 2, nonsense.signature),
    { reason: 'signature' },
  ),
})
