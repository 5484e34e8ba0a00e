/** Vectors of the anchor's history and of configurations (schemas/EXCHANGE.md, sections 4 and 11). */
import { withPart } from '../support/token.ts'
import type { TestKey } from './keys.ts'
import { signed } from './sign.ts'
import type { Vector, Vectors } from './vector.ts'
import { anchor, berlin, cutAt, keys, kiww, nonsense, now, sig, stated } from './world.ts'

const typ = 'entity-statement+jwt'
const week = 7 * 86_400

type Members = Record<string, unknown>

const fed = ({ jwk }: TestKey) => ({ ...jwk, use: 'sig' })

/** The anchor about itself. */
export const configuration = (
  members: Members = {},
  listed: TestKey[] = [keys.anchor],
  key = keys.anchor,
) =>
  signed(
    typ,
    {
      ...{ iss: anchor, sub: anchor, iat: now - 86_400, exp: now - 86_400 + week },
      jwks: { keys: listed.map(fed) },
      metadata: {
        federation_entity: {
          organization_name: 'Vertrauensanker der Zukunftszentren',
          federation_fetch_endpoint: `${anchor}/fetch`,
          federation_list_endpoint: `${anchor}/list`,
          federation_historical_keys_endpoint: `${anchor}/historical-keys`,
          history_endpoint: `${anchor}/history`,
        },
      },
      ...members,
    },
    key,
  )

const at = (name: string) => `https://berlin.example/exchange/v1/${name}`
const exchange = (change: Members = {}) => ({
  organization_name: 'Zukunftszentrum Berlin',
  slug: 'berlin',
  operator: berlin,
  regions: ['DE-BE'],
  entries_endpoint: at('entries'),
  head_endpoint: at('head'),
  holdings_endpoint: at('holdings'),
  evidence_endpoint: at('evidence'),
  blobs_endpoint: at('blobs'),
  nudge_endpoint: at('nudges'),
  suites: ['tn1'],
  ...change,
})

/** The anchor about Berlin. */
export const statement = (members: Members = {}, change: Members = {}, key = keys.anchor) => {
  const { id: _, ...facts } = stated(change)
  return signed(
    typ,
    {
      ...{ iss: anchor, sub: berlin, iat: now - 3_600, exp: now - 3_600 + week },
      jwks: { keys: [fed(keys.fed)] },
      metadata: {
        knowledge_exchange: {
          ...exchange({ 'organization_name#de': 'Zukunftszentrum Berlin', umbrella: false }),
          ...facts,
        },
      },
      ...members,
    },
    key,
  )
}

const history = (
  about: string,
  statements: string[],
  expect: object,
  pins = [keys.anchor.kid],
): Vector => ({
  ...{ about, kind: 'history' },
  given: { anchor, pins, now, statements },
  expect: { refused: [], read: statements.length, ...expect },
})

const counted = [keys.anchor.kid]
const berlinStands = (change: object = {}) => ({
  [berlin]: {
    ...{ iat: now - 3_600, exp: now - 3_600 + week, status: 'active' },
    keys: [keys.first.kid],
    ...change,
  },
})
const known = { keys: counted, centres: berlinStands() }

export const validTrust = async (): Promise<Vectors> => {
  const [begin, about] = [await configuration(), await statement()]
  const overlap = await configuration({ iat: now - 7_200 }, [keys.anchor, keys.anchor2])
  const alone = await configuration({ iat: now - 5_400 }, [keys.anchor2], keys.anchor2)
  const anew = await statement({}, {}, keys.anchor2)
  const cut = {
    jwks: { keys: [sig(keys.first, 1, [cutAt(3, nonsense.digest)]), sig(keys.second, 2)] },
  }
  const later = await statement({ iat: now - 1_800 }, cut)
  const ended = await statement({ iat: now - 1_800 }, { status: 'ended', valid_through: [] })

  return {
    history: history('The anchor, and what it states of Berlin.', [begin, about], known),
    'history-early': history(
      'A clock that is 300 s ahead.',
      [begin, await statement({ iat: now + 300 })],
      { keys: counted, centres: berlinStands({ iat: now + 300 }) },
    ),
    'history-none': history('Nothing yet.', [], { keys: [], centres: {} }),
    'history-newer-statement': history(
      'A newer statement takes the place of the one before: the first key has a cut.',
      [begin, about, later],
      {
        keys: counted,
        centres: berlinStands({ iat: now - 1_800, keys: [keys.first.kid, keys.second.kid] }),
      },
    ),
    'history-ended': history('A centre that has ended is still stated.', [begin, about, ended], {
      keys: counted,
      centres: berlinStands({ iat: now - 1_800, status: 'ended' }),
    }),
    'history-rollover': history(
      'The key of the anchor changes: first both count, then the new one alone.',
      [begin, about, overlap, alone, await statement({ iat: now - 1_800 }, {}, keys.anchor2)],
      { keys: [keys.anchor2.kid], centres: berlinStands({ iat: now - 1_800 }) },
    ),
    'history-rollover-new-pin': history(
      'Who has only the new key as a pin cannot read the beginning, but all that was issued anew.',
      [begin, about, alone, anew],
      {
        ...{ keys: [keys.anchor2.kid], centres: berlinStands() },
        refused: [1, 2].map((position) => ({ position, reason: 'key-unknown' })),
      },
      [keys.anchor2.kid],
    ),
    'history-expired-configuration': history(
      'A configuration may have expired; a statement too, and then it is no longer fresh.',
      [
        await configuration({ iat: now - 2 * week, exp: now - week }),
        await statement({ iat: now - 2 * week, exp: now - week }),
      ],
      { keys: counted, centres: berlinStands({ iat: now - 2 * week, exp: now - week }) },
    ),
    'history-foreign-member': history(
      'A claim of other software is ignored.',
      [begin, await statement({ trust_marks: [] })],
      known,
    ),
    'configuration-early': joining(
      'A clock that is 300 s ahead.',
      await request({ iat: now + 300 }),
      { keys: [keys.fed.kid], slug: 'berlin' },
    ),
    configuration: joining('A centre that wants to join.', await request(), {
      keys: [keys.fed.kid],
      slug: 'berlin',
    }),
  }
}

/** A good beginning, and a statement that changes nothing. */
const refused = async (about: string, reason: string, bad: string, behind: string[] = []) => {
  const statements = [await configuration(), await statement(), bad, ...behind]
  return history(about, statements, { ...known, refused: [{ position: 3, reason }] })
}
const later = { iat: now - 1_800 }

export const invalidTrust = async (): Promise<Vectors> => ({
  'history-gate': await refused('An entry in place of a statement.', 'token-parts', 'a.b'),
  'history-key-unknown': await refused(
    'A statement under a key that does not count.',
    'key-unknown',
    await statement(later, {}, keys.stranger),
  ),
  'history-key-of-the-centre': await refused(
    'A statement that the centre made about itself in the name of the anchor.',
    'key-unknown',
    await statement(later, {}, keys.fed),
  ),
  'history-signature': await refused(
    'A signature of nobody.',
    'signature',
    withPart(await statement(later), 2, nonsense.signature),
  ),
  'history-iss': await refused(
    'Of another anchor.',
    'iss',
    await statement({ ...later, iss: kiww }),
  ),
  'history-form': await refused('No end.', 'form', await statement({ ...later, exp: undefined })),
  'history-form-crit': await refused(
    'Rules that a verifier here would not apply.',
    'form',
    await statement({ ...later, crit: ['x'] }),
  ),
  'history-form-policy': await refused(
    'A policy, which this profile does not have.',
    'form',
    await statement({ ...later, metadata_policy: {} }),
  ),
  'history-form-constraints': await refused(
    'Constraints, which this profile does not have.',
    'form',
    await statement({ ...later, constraints: {} }),
  ),
  'history-form-status': await refused(
    'A status that there is not.',
    'form',
    await statement(later, { status: 'asleep' }),
  ),
  'history-form-configuration': await refused(
    'A configuration of the anchor without its endpoints: its keys do not count.',
    'form',
    await configuration({ ...later, metadata: {} }, [keys.anchor, keys.stranger]),
  ),
  'history-iat-not-rising': await refused(
    'Older than the one before.',
    'iat-not-rising',
    await statement({ iat: now - 7_200 }, { status: 'ended' }),
  ),
  'history-iat-not-rising-same': await refused(
    'Of the same second as the one before.',
    'iat-not-rising',
    await statement({}, { status: 'ended' }),
  ),
  'history-configuration-not-rising': await refused(
    'A configuration as old as the one before.',
    'iat-not-rising',
    await configuration({}, [keys.anchor, keys.anchor2]),
  ),
  'history-iat-future': history(
    'From the future: reading ends before it, and what stands behind is for later.',
    [
      await configuration(),
      await statement(),
      await statement({ iat: now + 301 }),
      await statement(later, { status: 'ended' }),
    ],
    { ...known, read: 2, refused: [{ position: 3, reason: 'iat-future' }] },
  ),
  'history-pin-gone': history(
    'A pinned key that a later configuration does not list counts no more.',
    [
      await configuration(),
      await statement(),
      await configuration({ iat: now - 7_200 }, [keys.anchor2]),
      await statement(later, { status: 'ended' }),
    ],
    {
      ...{ keys: [keys.anchor2.kid], centres: berlinStands() },
      refused: [{ position: 4, reason: 'key-unknown' }],
    },
  ),
  'history-not-pinned': history(
    'An anchor that nobody has compared.',
    [await configuration(), await statement()],
    {
      ...{ keys: [], centres: {} },
      refused: [1, 2].map((position) => ({ position, reason: 'key-unknown' })),
    },
    [keys.stranger.kid],
  ),
  'history-pin-borrowed': history(
    'A configuration that names the pinned kid for another key.',
    [
      await configuration(
        {
          jwks: { keys: [{ ...keys.stranger.jwk, kid: keys.anchor.kid }] },
        },
        [],
        { ...keys.stranger, kid: keys.anchor.kid },
      ),
    ],
    { keys: [], centres: {}, refused: [{ position: 1, reason: 'key-unknown' }] },
  ),
  ...(await invalidConfigurations()),
})

/** Berlin about itself: its request to join. */
const request = (members: Members = {}, key = keys.fed, change: Members = {}) =>
  signed(
    typ,
    {
      ...{ iss: berlin, sub: berlin, iat: now - 60, exp: now - 60 + week },
      jwks: { keys: [fed(keys.fed)] },
      authority_hints: [anchor],
      metadata: {
        knowledge_exchange: exchange({
          jwks: { keys: [{ ...keys.first.jwk, use: 'sig' }] },
          ...change,
        }),
      },
      ...members,
    },
    key,
  )

const joining = (
  about: string,
  token: string,
  expect: object,
  fingerprint: string | undefined = keys.fed.kid,
): Vector => ({
  ...{ about, kind: 'configuration' },
  given: { anchor, now, centre: berlin, fingerprint, configuration: token },
  expect: { ...expect },
})
const not = async (
  about: string,
  reason: string,
  token: string | Promise<string>,
  fingerprint?: string,
) => joining(about, await token, { reason }, fingerprint)

const otherName = { ...keys.first.jwk, kid: keys.second.kid, use: 'sig' }
const flat = { ...keys.first.jwk, y: `${'A'.repeat(42)}E`, use: 'sig' }

const invalidConfigurations = async (): Promise<Vectors> => ({
  'configuration-fingerprint': await not(
    'The key that was compared is not listed.',
    'fingerprint',
    request(),
    keys.stranger.kid,
  ),
  'configuration-unproven': await not(
    'Signed by another key than the one that was compared.',
    'unproven',
    request({ jwks: { keys: [fed(keys.fed), fed(keys.stranger)] } }, keys.stranger),
  ),
  'configuration-signature': await not(
    'A signature of nobody.',
    'signature',
    withPart(await request(), 2, nonsense.signature),
  ),
  'configuration-iss': await not('Of another centre.', 'iss', request({ iss: kiww, sub: kiww })),
  'configuration-iat-future': await not('301 s ahead.', 'iat-future', request({ iat: now + 301 })),
  'configuration-expired': await not('Expired.', 'expired', request({ exp: now })),
  'configuration-authority-hints': await not(
    'A centre of another anchor.',
    'authority-hints',
    request({ authority_hints: ['https://other.example/trust-anchor'] }),
  ),
  'configuration-keys-kid': await not(
    'A key that is not named by its thumbprint.',
    'keys',
    request({}, keys.fed, { jwks: { keys: [otherName] } }),
  ),
  'configuration-keys-curve': await not(
    'A point that is not on the curve.',
    'keys',
    request({}, keys.fed, { jwks: { keys: [flat] } }),
  ),
  'configuration-keys-two-uses': await not(
    'The federation key signs entries too.',
    'keys',
    request({}, keys.fed, { jwks: { keys: [fed(keys.fed)] } }),
  ),
})
