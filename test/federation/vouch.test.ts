import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { refreshStatements } from '../../src/federation/anchor.ts'
import { centreConfiguration } from '../../src/federation/configuration.ts'
import { federationKey } from '../../src/federation/keys.ts'
import { learnTrust } from '../../src/federation/learn.ts'
import { centreById, newestIssuedAbout } from '../../src/federation/store.ts'
import { vouch } from '../../src/federation/vouch.ts'
import type { Hub } from '../../src/hub.ts'
import { Problem } from '../../src/problem.ts'
import { Keyring } from '../../src/signing/keyring.ts'
import { makeKey } from '../../src/signing/keys.ts'
import { type SigningKey, seal } from '../../src/signing/seal.ts'
import { openFederation, type TestFederation } from '../support/hub.ts'
import { base64url, payloadOf } from '../support/token.ts'

let net: TestFederation
let fingerprint: string
/** What Berlin answers when it is asked for its configuration; undefined: what is right. */
let configuration: string | Response | undefined

beforeAll(async () => {
  net = await openFederation()
  fingerprint = (await federationKey(net.berlin, net.berlin.iss)).kid
  const reach = net.kiww.fetch
  net.kiww.fetch = async (input, init) => {
    if (configuration === undefined) return reach(input, init)
    if (configuration instanceof Response) return configuration
    return new Response(configuration, {
      headers: { 'content-type': 'application/entity-statement+jwt' },
    })
  }
})
afterAll(() => net.close())
beforeEach(() => {
  configuration = undefined
})

// biome-ignore lint/suspicious/noExplicitAny: tests bend every claim
type Claims = any

/** Berlin's configuration with claims changed, signed by its federation key or another; it has all its signing keys. */
const bent = async (bend: (claims: Claims) => void, key?: SigningKey) => {
  const claims = payloadOf(await centreConfiguration(net.berlin, 'berlin'))
  const { keys } = claims.metadata.knowledge_exchange.jwks
  for (const { n: _, ...jwk } of (await stated()).jwks.keys) {
    if (jwk.use === 'sig' && jwk.kid !== keys[0].kid) keys.push(jwk)
  }
  bend(claims)
  return seal(
    'entity-statement+jwt',
    claims,
    key ?? (await federationKey(net.berlin, net.berlin.iss)),
  )
}

const ask = (more: Partial<Parameters<typeof vouch>[1]> = {}) =>
  vouch(net.kiww, { entityId: net.berlin.iss, fingerprint, ...more })

const stated = async () => {
  const [newest] = await newestIssuedAbout(net.kiww.sql, net.berlin.iss)
  return payloadOf(newest?.jws ?? '').metadata.knowledge_exchange
}

const signingKeys = async () =>
  (await stated()).jwks.keys
    .filter(({ use }: Claims) => use === 'sig')
    .map(({ kid, n }: Claims) => [kid, n])

describe('the anchor vouches for nobody', () => {
  const stranger = async (): Promise<SigningKey> => {
    const { kid, privateJwk } = await makeKey('fed')
    const keys = new Keyring(base64url(Buffer.alloc(32, 7)))
    return { kid, key: await keys.open(kid, await keys.seal(privateJwk)) }
  }
  const exchange = (bend: (metadata: Claims) => void) => (claims: Claims) =>
    bend(claims.metadata.knowledge_exchange)

  test.each<[string, (claims: Claims) => void, string]>([
    ['who speaks for another', (c) => (c.iss = net.brandenburg.iss), 'iss'],
    ['who speaks about another', (c) => (c.sub = net.brandenburg.iss), 'iss'],
    [
      'who does not look up to it',
      (c) => (c.authority_hints = ['https://a.example']),
      'authority-hints',
    ],
    ['whose configuration has expired', (c) => (c.exp = net.clock.now / 1000), 'expired'],
    ['whose configuration is of tomorrow', (c) => (c.iat += 86_400), 'iat-future'],
    ['who means critical claims', (c) => (c.crit = ['foo']), 'fingerprint'],
    ['with a metadata policy', (c) => (c.metadata_policy = {}), 'fingerprint'],
    ['without a signing key', exchange((m) => (m.jwks.keys = [])), 'fingerprint'],
    ['with a path for a slug', exchange((m) => (m.slug = '../kiww')), 'fingerprint'],
    ['with the slug of another', exchange((m) => (m.slug = 'brandenburg')), 'slug'],
    ['whose key has a false name', exchange((m) => (m.jwks.keys[0].kid = 'k1')), 'keys'],
    ['who lists a key twice', exchange((m) => m.jwks.keys.push(m.jwks.keys[0])), 'keys'],
    [
      'whose key is on no curve',
      exchange((m) => (m.jwks.keys[0] = offCurve(m.jwks.keys[0]))),
      'keys',
    ],
    [
      'who signs entries with the federation key',
      (c) => c.metadata.knowledge_exchange.jwks.keys.push({ ...c.jwks.keys[0], use: 'sig' }),
      'keys',
    ],
  ])('%s', async (_, bend, reason) => {
    const before = await stated()
    configuration = await bent(bend)

    expect(await ask()).toEqual({ ok: false, reason })
    expect(await stated()).toEqual(before)
  })

  const offCurve = (jwk: Claims) => {
    const x = base64url(Buffer.alloc(32, 1))
    return { ...jwk, x, y: x, kid: thumbprintOfOnes }
  }
  /** Of the key whose coordinates are 32 bytes of 1 each: no point of the curve. */
  const thumbprintOfOnes = 'kfv5pYOoKvFSAoMeLuQkCs3xFPnXDX9zXTxR6_Fyt3w'

  test('whose fingerprint is not the one compared', async () => {
    expect(await ask({ fingerprint: (await stranger()).kid })).toEqual({
      ok: false,
      reason: 'fingerprint',
    })
  })

  test('whose configuration somebody else signed', async () => {
    const other = await stranger()

    configuration = await bent(() => {}, other)
    expect(await ask()).toEqual({ ok: false, reason: 'unproven' })
    configuration = await bent(() => {}, { ...other, kid: fingerprint })
    expect(await ask()).toEqual({ ok: false, reason: 'signature' })
  })

  test.each<[string, () => string | Response, string]>([
    ['who is not there', () => new Response('', { status: 404 }), 'status-404'],
    ['who leads elsewhere', () => new Response('', { status: 302 }), 'redirected'],
    ['who sends another type', () => new Response('a.b.c'), 'content-type'],
    ['who sends nonsense', () => 'nonsense', 'fingerprint'],
    ['who sends too much', () => 'x'.repeat(300_000), 'too-large'],
  ])('%s', async (_, answer, reason) => {
    configuration = answer()

    expect(await ask()).toEqual({ ok: false, reason })
  })

  test('where it is not run', async () => {
    await expect(vouch(net.berlin, { entityId: net.berlin.iss, fingerprint })).rejects.toThrow(
      Problem,
    )
  })
})

describe('when a centre comes with a new key', () => {
  const newSigningKey = async () => ({ ...(await makeKey('sig')).publicJwk, use: 'sig' })

  test('its old ones keep their numbers, in whatever order it lists them', async () => {
    const [[first]] = await signingKeys()
    const second = await newSigningKey()
    const third = await newSigningKey()

    configuration = await bent((c) => c.metadata.knowledge_exchange.jwks.keys.unshift(second))
    await ask()
    configuration = await bent((c) => {
      c.metadata.knowledge_exchange.jwks.keys.reverse().unshift(third)
    })
    await ask()

    expect(await signingKeys()).toEqual([
      [first, 1],
      [second.kid, 2],
      [third.kid, 3],
    ])
  })

  test('it has to name the ones that still count: who lost them may have lost what they signed', async () => {
    const before = await stated()
    const only = await newSigningKey()
    configuration = await bent((c) => {
      c.metadata.knowledge_exchange.jwks.keys = [only]
    })

    expect(await ask()).toEqual({ ok: false, reason: 'keys-missing' })
    expect(await stated()).toEqual(before)
  })

  test('it cannot number or cut keys itself', async () => {
    const before = await signingKeys()
    const key = { ...(await newSigningKey()), n: 99, valid_through: [] }
    configuration = await bent((c) => c.metadata.knowledge_exchange.jwks.keys.push(key))

    await ask()

    expect(await signingKeys()).toEqual([...before, [key.kid, before.length + 1]])
    const { jwks } = await stated()
    expect(jwks.keys.find(({ kid }: Claims) => kid === key.kid)).not.toHaveProperty('valid_through')
  })

  test('encryption keys are those of now', async () => {
    const { publicJwk } = await makeKey('enc')
    configuration = await bent((c) => {
      const exchange = c.metadata.knowledge_exchange
      exchange.jwks.keys = exchange.jwks.keys.filter(({ use }: Claims) => use === 'sig')
      exchange.jwks.keys.push(publicJwk)
    })

    await ask()

    const { jwks } = await stated()
    expect(jwks.keys.filter(({ use }: Claims) => use === 'enc')).toEqual([publicJwk])
  })

  test('two that come at once are both stated', async () => {
    const [early, late] = [await newSigningKey(), await newSigningKey()]
    const before = await signingKeys()
    const add = (key: Claims) => bent((c) => c.metadata.knowledge_exchange.jwks.keys.push(key))
    const earlier = await add(early)
    const later = await add(late)
    // The second comes while the first is about to be signed.
    const meanwhile = once(async () => {
      configuration = later
      await ask()
    })

    configuration = earlier
    await vouch(interrupted(net.kiww, meanwhile), { entityId: net.berlin.iss, fingerprint })

    const added = (await signingKeys()).slice(before.length)
    expect(added.map(([kid]: Claims) => kid).toSorted()).toEqual([early.kid, late.kid].toSorted())
  })
})

/** The hub, doing something else each time before it signs. */
const interrupted = (hub: Hub, act: () => Promise<void>): Hub => {
  const keys = Object.create(hub.keys) as Keyring
  keys.open = async (kid, sealed) => {
    await act()
    return hub.keys.open(kid, sealed)
  }
  return { ...hub, keys }
}

const once = (act: () => Promise<void>) => {
  let done = false
  return async () => {
    if (done) return
    done = true
    await act()
  }
}

describe('a centre that is known', () => {
  /** Berlin's configuration with another federation key before its own, signed by that or the old one. */
  const withNew = async (signedBy: 'old' | 'new') => {
    const { kid, publicJwk, privateJwk } = await makeKey('fed')
    const key = {
      kid,
      key: await net.berlin.keys.open(kid, await net.berlin.keys.seal(privateJwk)),
    }
    const jws = await bent(
      (c) => {
        c.jwks.keys = [publicJwk, ...c.jwks.keys]
      },
      signedBy === 'new' ? key : undefined,
    )
    return { kid, key, jws }
  }
  const federationKeys = async () => {
    const [newest] = await newestIssuedAbout(net.kiww.sql, net.berlin.iss)
    return payloadOf(newest?.jws ?? '').jwks.keys.map(({ kid }: Claims) => kid)
  }
  const askAgain = (more: { fingerprint?: string } = {}) =>
    vouch(net.kiww, { entityId: net.berlin.iss, ...more })
  afterEach(async () => {
    configuration = await bent(() => {})
    expect(await ask()).toMatchObject({ ok: true })
    expect(await federationKeys()).toEqual([fingerprint])
  })

  test('is stated anew without comparing, on proof by the federation key that is stated', async () => {
    configuration = await bent(() => {})

    expect(await askAgain()).toMatchObject({ ok: true })
  })

  test('hands over to a new federation key by the old one, which then proves nothing more', async () => {
    const { kid, jws } = await withNew('old')

    configuration = jws
    expect(await askAgain()).toMatchObject({ ok: true, jwks: [{ kid }] })
    configuration = await bent(() => {})
    expect(await askAgain()).toEqual({ ok: false, reason: 'unproven' })
    configuration = jws
    expect(await askAgain({ fingerprint: kid })).toEqual({ ok: false, reason: 'unproven' })
  })

  test('that has lost its federation key is known again by the new one, once that was compared', async () => {
    const { kid, jws } = await withNew('new')
    configuration = jws

    expect(await askAgain()).toEqual({ ok: false, reason: 'unproven' })
    expect(await askAgain({ fingerprint: kid })).toMatchObject({ ok: true, jwks: [{ kid }] })
  })

  test('is not brought back to what it said before', async () => {
    const early = await bent(() => {})
    net.clock.now += 60_000
    configuration = await bent(() => {})
    await askAgain()
    configuration = early

    expect(await askAgain()).toEqual({ ok: false, reason: 'iat-older' })
  })

  test('may hand its configuration over where nobody answers at its address', async () => {
    const handed = await bent(() => {})
    configuration = new Response('', { status: 404 })

    const answer = await vouch(net.kiww, { entityId: net.berlin.iss, configuration: handed })

    expect(answer).toMatchObject({ ok: true })
  })

  test('cannot use a key for two things, one after the other', async () => {
    const [[first]] = await signingKeys()
    configuration = await bent((c) => {
      for (const jwk of c.metadata.knowledge_exchange.jwks.keys) {
        if (jwk.kid === first) jwk.use = 'enc'
      }
    })

    expect(await ask()).toEqual({ ok: false, reason: 'keys' })
  })
})

test('a centre that nobody knows yet is not taken in without comparing', async () => {
  const entityId = 'https://hessen.example/centres/hessen'

  expect(await vouch(net.kiww, { entityId })).toEqual({ ok: false, reason: 'fingerprint-needed' })
})

test('a daily renewal never undoes what was stated meanwhile', async () => {
  net.clock.now += 2 * 86_400_000
  const key = { ...(await makeKey('sig')).publicJwk, use: 'sig' }
  const changed = await bent((c) => c.metadata.knowledge_exchange.jwks.keys.push(key))
  const meanwhile = once(async () => {
    configuration = changed
    await ask()
  })

  await refreshStatements(interrupted(net.kiww, meanwhile))

  expect((await signingKeys()).map(([kid]: Claims) => kid)).toContain(key.kid)
})

test('only the anchor says who is the umbrella, and whether a centre is active', async () => {
  configuration = await bent((c) =>
    Object.assign(c.metadata.knowledge_exchange, {
      umbrella: true,
      status: 'ended',
      feeds: { public: [], members: [] },
    }),
  )

  await ask({ umbrella: true })

  const { umbrella, status, feeds } = await stated()
  expect({ umbrella, status }).toEqual({ umbrella: false, status: 'active' })
  expect(feeds.public).toEqual([{ epoch: 1, base: { epoch: 0, seq: 0, dig: '' } }])
})

test('what a centre claims counts nowhere before the anchor states it', async () => {
  const before = await centreById(net.brandenburg.sql, net.berlin.iss)
  net.berlin.config.centres[0]?.regions.push('DE-BB')

  await learnTrust(net.brandenburg)

  const now = await centreById(net.brandenburg.sql, net.berlin.iss)
  expect(before?.regions).toEqual(['DE-BE'])
  expect(now?.regions).toEqual(['DE-BE'])
})

test('each statement about a centre is later than the one before, within one second too', async () => {
  configuration = await bent(() => {})
  await ask()
  const [first] = await newestIssuedAbout(net.kiww.sql, net.berlin.iss)
  await ask()
  const [second] = await newestIssuedAbout(net.kiww.sql, net.berlin.iss)

  expect(second?.iat).toBeGreaterThan(first?.iat ?? 0)
  expect(await learnTrust(net.berlin)).toMatchObject({ ok: true })
  expect((await centreById(net.berlin.sql, net.berlin.iss))?.iat).toBe(second?.iat)
})
