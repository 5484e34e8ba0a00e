import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type HistoryContext, judgeHistory } from '../../src/federation/history.ts'
import { Keyring } from '../../src/signing/keyring.ts'
import { makeKey, type PublicJwk } from '../../src/signing/keys.ts'
import { type SigningKey, seal } from '../../src/signing/seal.ts'
import { base64url } from '../support/token.ts'

const anchor = 'https://kiww.example/trust-anchor'
const berlin = 'https://berlin.example/centres/berlin'
const now = 1_772_000_000
const keyring = new Keyring(base64url(Buffer.alloc(32, 7)))

type Key = SigningKey & { publicJwk: PublicJwk }
const newKey = async (): Promise<Key> => {
  const { kid, publicJwk, privateJwk } = await makeKey('fed')
  return { kid, publicJwk, key: await keyring.open(kid, await keyring.seal(privateJwk)) }
}

let first: Key
let second: Key
let third: Key
let context: HistoryContext

beforeAll(async () => {
  first = await newKey()
  second = await newKey()
  third = await newKey()
})
beforeEach(() => {
  context = { anchor, pins: [first.kid], keys: [], configurationIat: 0, now }
})

type Claims = Record<string, unknown>
const statement = (claims: Claims, key: Key) =>
  seal(
    'entity-statement+jwt',
    { iss: anchor, iat: now, exp: now + 60, jwks: { keys: [first.publicJwk] }, ...claims },
    key,
  )

/** A configuration of the anchor that lists these keys. */
const configuration = (listed: Key[], key: Key, claims: Claims = {}) =>
  statement(
    {
      sub: anchor,
      jwks: { keys: listed.map(({ publicJwk }) => publicJwk) },
      metadata: {
        federation_entity: {
          organization_name: 'Vertrauensanker',
          federation_fetch_endpoint: `${anchor}/fetch`,
          federation_list_endpoint: `${anchor}/list`,
          federation_historical_keys_endpoint: `${anchor}/historical-keys`,
          history_endpoint: `${anchor}/history`,
        },
      },
      ...claims,
    },
    key,
  )

const epochs = [{ epoch: 1, base: { epoch: 0, seq: 0, dig: '' } }]
const centre = (key: Key, claims: Claims = {}) =>
  statement(
    {
      sub: berlin,
      metadata: {
        knowledge_exchange: {
          organization_name: 'Zukunftszentrum Berlin',
          'organization_name#de': 'Zukunftszentrum Berlin',
          slug: 'berlin',
          operator: berlin,
          regions: ['DE-BE'],
          entries_endpoint: 'https://berlin.example/exchange/v1/entries',
          head_endpoint: 'https://berlin.example/exchange/v1/head',
          holdings_endpoint: 'https://berlin.example/exchange/v1/holdings',
          evidence_endpoint: 'https://berlin.example/exchange/v1/evidence',
          blobs_endpoint: 'https://berlin.example/exchange/v1/blobs',
          nudge_endpoint: 'https://berlin.example/exchange/v1/nudges',
          suites: ['tn1'],
          jwks: { keys: [{ ...first.publicJwk, use: 'sig', n: 1 }] },
          umbrella: false,
          status: 'active',
          feeds: { public: epochs, members: epochs },
        },
      },
      ...claims,
    },
    key,
  )

const judge = async (statements: Promise<string>[], more: Partial<HistoryContext> = {}) => {
  const learnt = await judgeHistory(await Promise.all(statements), { ...context, ...more })
  return {
    keys: learnt.keys.map(({ kid }) => kid),
    centres: learnt.centres.map(({ id, iat }) => ({ id, iat })),
    refused: learnt.refused.map(({ reason }) => reason),
    configurationIat: learnt.configurationIat,
  }
}

describe('the first configuration', () => {
  test('counts under a pinned key, and then what it vouches for counts', async () => {
    const learnt = await judge([configuration([first], first), centre(first)])

    expect(learnt).toEqual({
      keys: [first.kid],
      centres: [{ id: berlin, iat: now }],
      refused: [],
      configurationIat: now,
    })
  })

  test('under a key that nobody pinned is refused, and all that follows', async () => {
    const learnt = await judge([configuration([second], second), centre(second)])

    expect(learnt).toMatchObject({ keys: [], centres: [], refused: ['key-unknown', 'key-unknown'] })
  })

  test('under a pinned key that it does not list is refused', async () => {
    const learnt = await judge([configuration([second], first)])

    expect(learnt).toMatchObject({ keys: [], refused: ['key-unknown'] })
  })

  test('that names a stranger’s key by the pinned thumbprint is refused', async () => {
    const disguised = { ...second, publicJwk: { ...second.publicJwk, kid: first.kid } }

    const learnt = await judge([configuration([disguised], { ...second, kid: first.kid })])

    expect(learnt).toMatchObject({ keys: [], refused: ['key-unknown'] })
  })

  test('has to come first: a pinned key alone vouches for nobody', async () => {
    const learnt = await judge([centre(first), configuration([first], first)])

    expect(learnt).toMatchObject({ keys: [first.kid], centres: [], refused: ['key-unknown'] })
  })
})

describe('when the anchor changes its keys', () => {
  const roll = () => [
    configuration([first], first),
    configuration([first, second], first, { iat: now + 1 }),
    configuration([second], second, { iat: now + 2 }),
  ]

  test('a new key counts once a counted one lists it', async () => {
    const learnt = await judge([...roll().slice(0, 2), centre(second)])

    expect(learnt).toMatchObject({
      keys: [first.kid, second.kid],
      centres: [{ id: berlin }],
      refused: [],
    })
  })

  test('a key that is no longer listed stops counting, pinned or not', async () => {
    const learnt = await judge([
      ...roll(),
      centre(first),
      configuration([first], first, { iat: now + 3 }),
      configuration([third], second, { iat: now + 4 }),
      centre(second),
      centre(third),
    ])

    expect(learnt).toMatchObject({
      keys: [third.kid],
      centres: [{ id: berlin }],
      refused: ['key-unknown', 'key-unknown', 'key-unknown'],
      configurationIat: now + 4,
    })
  })

  test('a key that signs for itself before it is listed does not count', async () => {
    const learnt = await judge([
      configuration([first], first),
      configuration([second], second, { iat: now + 1 }),
    ])

    expect(learnt).toMatchObject({ keys: [first.kid], refused: ['key-unknown'] })
  })

  test('an expired configuration still hands its keys on', async () => {
    const long = { iat: now - 1_000_000, exp: now - 900_000 }

    const learnt = await judge([
      configuration([first, second], first, long),
      configuration([second], second, { iat: now - 2, exp: now - 1 }),
      centre(second),
    ])

    expect(learnt).toMatchObject({ keys: [second.kid], refused: [], centres: [{ id: berlin }] })
  })

  test('what was learnt on one page counts on the next, and pins no longer do', async () => {
    const learnt = await judge([centre(first), centre(second)], { keys: [second.publicJwk] })

    expect(learnt).toMatchObject({ refused: ['key-unknown'], centres: [{ id: berlin }] })
  })

  test.each([0, -1])('a configuration whose iat rises by %i is refused', async (by) => {
    const learnt = await judge([
      configuration([first], first),
      configuration([second], first, { iat: now + by }),
    ])

    expect(learnt).toMatchObject({ keys: [first.kid], refused: ['iat-not-rising'] })
  })
})

describe('a statement', () => {
  const known = () => ({ keys: [first.publicJwk], configurationIat: now })

  test.each<[string, Claims, string]>([
    ['of another issuer', { iss: 'https://evil.example' }, 'iss'],
    ['from 301 s ahead', { iat: now + 301 }, 'iat-future'],
    ['without iat', { iat: undefined }, 'form'],
    ['with a fraction of a second', { iat: 0.5 }, 'form'],
    ['without keys', { jwks: { keys: [] } }, 'form'],
    ['with critical claims', { crit: ['foo'] }, 'form'],
    ['with a metadata policy', { metadata_policy: {} }, 'form'],
    ['with constraints', { constraints: {} }, 'form'],
    ['without metadata', { metadata: {} }, 'form'],
    ['about nothing', { sub: 'berlin' }, 'form'],
  ])('%s is refused', async (_, claims, reason) => {
    expect(await judge([centre(first, claims)], known())).toMatchObject({
      centres: [],
      refused: [reason],
    })
  })

  test.each<[string, Claims]>([
    ['of another issuer', { iss: 'https://evil.example' }],
    ['from the future', { iat: now + 301 }],
    ['with critical claims', { crit: ['foo'] }],
    ['with a metadata policy', { metadata_policy: {} }],
    ['without metadata', { metadata: {} }],
  ])('of the anchor about itself %s is refused', async (_, claims) => {
    const learnt = await judge(
      [configuration([second], first, { iat: now + 1, ...claims })],
      known(),
    )

    expect(learnt.keys).toEqual([first.kid])
    expect(learnt.refused).toHaveLength(1)
  })

  test('from 300 s ahead is taken: clocks differ', async () => {
    expect(await judge([centre(first, { iat: now + 300 })], known())).toMatchObject({ refused: [] })
  })

  test('that has expired is learnt: whoever uses it looks at its end', async () => {
    expect(await judge([centre(first, { exp: now - 1 })], known())).toMatchObject({ refused: [] })
  })

  test('about a centre replaces the one before only with a later iat', async () => {
    const learnt = await judge(
      [5, 7, 7, 6].map((iat) => centre(first, { iat })),
      known(),
    )

    expect(learnt.centres).toEqual([{ id: berlin, iat: 7 }])
    expect(learnt.refused).toEqual(['iat-not-rising', 'iat-not-rising'])
  })

  test('with claims that are foreign to us is taken', async () => {
    expect(await judge([centre(first, { foo: 1.5 })], known())).toMatchObject({ refused: [] })
  })

  test('signed by another key under the name of a counted one is refused', async () => {
    const forged = centre({ ...second, kid: first.kid })

    expect(await judge([forged], known())).toMatchObject({ centres: [], refused: ['signature'] })
  })

  test('that is none leaves the others as they are', async () => {
    const learnt = await judge([Promise.resolve('nonsense'), centre(first)], known())

    expect(learnt).toMatchObject({ refused: ['token-parts'], centres: [{ id: berlin }] })
  })
})
