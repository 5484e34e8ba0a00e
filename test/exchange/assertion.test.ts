import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { assertionFor, readAssertion } from '../../src/exchange/assertion.ts'
import { issue, ownStatement, refreshStatements } from '../../src/federation/anchor.ts'
import { signingKey } from '../../src/federation/keys.ts'
import { learnTrust } from '../../src/federation/learn.ts'
import { centreById } from '../../src/federation/store.ts'
import { Problem } from '../../src/problem.ts'
import { publish } from '../../src/publications/publish.ts'
import { erase, withdraw } from '../../src/publications/take-back.ts'
import { type SigningKey, seal } from '../../src/signing/seal.ts'
import { caseFile, inputOf } from '../publications/fixtures.ts'
import { openFederation, type TestFederation } from '../support/hub.ts'
import { base64url, otherSignature, payloadOf, withPart } from '../support/token.ts'

let net: TestFederation
/** Brandenburg asks, Berlin listens. */
let key: SigningKey

beforeAll(async () => {
  net = await openFederation()
  const found = await signingKey(
    net.brandenburg,
    await centreById(net.brandenburg.sql, net.brandenburg.iss),
  )
  if (!found) throw new Error('Brandenburg has no key')
  key = found
})
afterAll(() => net.close())
beforeEach(() => {
  net.clock.now += 3_600_000
})

const token = (claims: object = {}, typ = 'transfernetz-assertion+jwt' as const) => {
  const iat = net.clock.now / 1000
  const { iss } = net.brandenburg
  const right = {
    iss,
    sub: iss,
    aud: 'https://berlin.example',
    iat,
    exp: iat + 60,
    jti: crypto.randomUUID(),
  }
  return seal(typ, { ...right, ...claims }, key)
}

const read = (authorization: string | undefined) => readAssertion(net.berlin, authorization)

const refusalOf = async (authorization: string) => {
  try {
    return await read(authorization)
  } catch (error) {
    if (error instanceof Problem) return { code: error.code, reason: error.extra.reason }
    throw error
  }
}

describe('an assertion', () => {
  test('shows who asks', async () => {
    const { authorization } = await assertionFor(
      net.brandenburg,
      'https://berlin.example/exchange/v1/entries?x',
    )

    expect(await read(authorization)).toMatchObject({ id: net.brandenburg.iss })
  })

  test('is not needed to ask for what is public', async () => {
    expect(await read(undefined)).toBeUndefined()
  })

  test.each<[string, object, string]>([
    ['for another node', { aud: 'https://kiww.example' }, 'aud'],
    ['for a page of ours', { aud: 'https://berlin.example/exchange/v1/entries' }, 'aud'],
    ['for many', { aud: ['https://berlin.example'] }, 'form'],
    ['about another', { sub: 'https://kiww.example/centres/kiww' }, 'sub'],
    ['of nobody we know', { iss: 'https://a.example', sub: 'https://a.example' }, 'iss'],
    [
      'of another centre',
      { iss: 'https://kiww.example/centres/kiww', sub: 'https://kiww.example/centres/kiww' },
      'key-unknown',
    ],
    ['without a name of its own', { jti: undefined }, 'form'],
    ['with a short name', { jti: 'x' }, 'form'],
    ['with a member we do not know', { admin: true }, 'form'],
  ])('%s proves nothing', async (_, claims, reason) => {
    expect(await refusalOf(`Bearer ${await token(claims)}`)).toEqual({
      code: 'unauthorized',
      reason,
    })
  })

  test.each([
    ['61 seconds long', 0, 61, 'exp'],
    ['that ends as it begins', 0, 0, 'exp'],
    ['that ends before', 0, -1, 'exp'],
    ['from 301 seconds ahead', 301, 60, 'time'],
    ['that ended 301 seconds ago', -361, 60, 'time'],
    ['of a fraction of a second', 0.5, 60, 'number-unsafe'],
  ])('%s proves nothing', async (_, from, lasts, reason) => {
    const iat = net.clock.now / 1000 + from

    expect(await refusalOf(`Bearer ${await token({ iat, exp: iat + lasts })}`)).toMatchObject({
      reason,
    })
  })

  test.each([
    ['300 seconds ahead', 300],
    ['that ended 300 seconds ago', -360],
  ])('%s is taken: clocks differ', async (_, from) => {
    const iat = net.clock.now / 1000 + from

    expect(await read(`Bearer ${await token({ iat, exp: iat + 60 })}`)).toMatchObject({
      id: net.brandenburg.iss,
    })
  })

  test.each([
    ['Basic eDp5', 'form'],
    ['Bearer', 'form'],
    ['Bearer ', 'form'],
    ['Bearer a b', 'form'],
    ['Bearer nonsense', 'token-parts'],
  ])('„%s“ is none', async (authorization, reason) => {
    expect(await refusalOf(authorization)).toEqual({ code: 'unauthorized', reason })
  })

  test('of another type or with a broken signature proves nothing', async () => {
    const broken = withPart(await token(), 2, base64url(Buffer.alloc(64, 5)))
    const entry = await token({}, 'transfernetz-head+jwt' as never)

    expect(await refusalOf(`Bearer ${broken}`)).toMatchObject({ reason: 'signature' })
    expect(await refusalOf(`Bearer ${entry}`)).toMatchObject({ reason: 'header-typ' })
  })

  test('is good once, under either signature, also when it comes twice at the same time', async () => {
    const one = await token()
    const two = await token()

    const together = await Promise.all([refusalOf(`Bearer ${one}`), refusalOf(`Bearer ${one}`)])
    await read(`Bearer ${two}`)

    expect(together.filter((answer) => answer && 'reason' in answer)).toEqual([
      { code: 'unauthorized', reason: 'jti' },
    ])
    expect(await refusalOf(`Bearer ${otherSignature(two)}`)).toMatchObject({ reason: 'jti' })
  })

  test('is good once to its very last moment', async () => {
    const one = `Bearer ${await token()}`
    await read(one)

    net.clock.now += 360_000 + 900
    const answers = [await refusalOf(one), await refusalOf(one), await refusalOf(one)]
    net.clock.now -= 900

    expect(answers).toEqual(Array(3).fill({ code: 'unauthorized', reason: 'jti' }))
  })

  test('that was refused is not used up by that', async () => {
    const one = await token()
    await refusalOf(`Bearer ${withPart(one, 2, base64url(Buffer.alloc(64, 5)))}`)

    expect(await read(`Bearer ${one}`)).toMatchObject({ id: net.brandenburg.iss })
  })

  test('is forgotten once nobody could use it again', async () => {
    await read(`Bearer ${await token()}`)
    net.clock.now += 3_600_000

    await read(`Bearer ${await token()}`)

    expect(await net.berlin.sql`select 1 from used_assertions`).toHaveLength(1)
  })

  test('of one who makes very many is refused for a while, and remembered no more; others are heard', async () => {
    const { iss } = net.brandenburg
    const until = new Date(net.clock.now + 360_000)
    await net.berlin.sql`
      insert into used_assertions (iss, jti, until) select ${iss}, n::text, ${until} from generate_series(1, 19999) n
    `

    expect(await read(`Bearer ${await token()}`)).toMatchObject({ id: iss })
    for (let i = 0; i < 3; i++) {
      expect(await refusalOf(`Bearer ${await token()}`)).toMatchObject({
        code: 'too-many-requests',
      })
    }
    const [kept] = await net.berlin.sql`select count(*) as n from used_assertions`
    expect(kept?.n).toBe(20_000)
    const { authorization } = await assertionFor(net.kiww, net.berlin.config.origin)
    expect(await read(authorization)).toMatchObject({ id: net.kiww.iss })

    net.clock.now += 361_000
    expect(await read(`Bearer ${await token()}`)).toMatchObject({ id: iss })
  })

  test('of a node that nobody vouched for is not even made', async () => {
    const strange = {
      ...net.brandenburg,
      config: { ...net.brandenburg.config, origin: 'https://b.example' },
    }

    expect(await assertionFor(strange, 'https://berlin.example')).toEqual({})
  })
})

interface Page {
  entries: { status: string; content?: string }[]
}

/** What Berlin sends of a feed to Brandenburg, or to anybody. */
const ask = async (feed: string, asked: 'by a centre' | 'by anybody') => {
  const url = `https://berlin.example/exchange/v1/entries?iss=${net.berlin.iss}&feed=${feed}&epoch=1`
  const headers = asked === 'by a centre' ? { authorization: `Bearer ${await token()}` } : {}
  const answer = await app.request(url, { headers }, net.berlin)
  const body = (await answer.json()) as Page & { code?: string }
  const entries = body.entries?.map(
    ({ status, content }) => `${status}${content ? ' with content' : ''}`,
  )
  return { status: answer.status, code: body.code, entries }
}

describe('what only centres read', () => {
  beforeAll(async () => {
    const say = async (visibility: string) => {
      const input = { ...inputOf(caseFile), visibility }
      const answer = await publish(net.berlin, { iss: net.berlin.iss, input })
      if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
      return { iss: net.berlin.iss, rid: answer.published.rid }
    }
    await say('public')
    await withdraw(net.berlin, { ...(await say('public')), reason: 'outdated' })
    await erase(net.berlin, { ...(await say('public')), reason: 'legal' })
    await say('members')
  })

  test('is the members feed and what was withdrawn', async () => {
    expect(await ask('members', 'by anybody')).toEqual({ status: 401, code: 'unauthorized' })
    expect(await ask('members', 'by a centre')).toMatchObject({ entries: ['present with content'] })
    const [first, , erased, ...rest] = ['present with content', '', 'present', 'erased', 'present']
    expect(await ask('public', 'by anybody')).toMatchObject({
      entries: [first, 'withdrawn', erased, ...rest],
    })
    expect(await ask('public', 'by a centre')).toMatchObject({
      entries: [first, 'withdrawn with content', erased, ...rest],
    })
  })

  test('is asked for with a bad assertion: refused, though the feed is public', async () => {
    const url = `https://berlin.example/exchange/v1/entries?iss=${net.berlin.iss}&feed=public&epoch=1`

    const answer = await app.request(
      url,
      { headers: { authorization: 'Bearer nonsense' } },
      net.berlin,
    )

    expect(answer.status).toBe(401)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(await answer.json()).toMatchObject({ code: 'unauthorized', reason: 'token-parts' })
  })

  /** The anchor states Brandenburg anew, with something changed. */
  const state = async (change: (exchange: ReturnType<typeof exchangeOf>) => object) => {
    await issue(net.kiww, net.brandenburg.iss, (before) => {
      const exchange = exchangeOf(before?.jws ?? '')
      const { jwks } = payloadOf(before?.jws ?? '')
      return { jwks, metadata: { knowledge_exchange: { ...exchange, ...change(exchange) } } }
    })
    await learnTrust(net.berlin)
  }
  const exchangeOf = (jws: string) => ownStatement(jws).metadata.knowledge_exchange

  test('goes on under the last known keys when the anchor was not heard of for a week', async () => {
    net.clock.now += 30 * 86_400_000

    expect(await ask('members', 'by a centre')).toMatchObject({ status: 200 })

    await refreshStatements(net.kiww)
    await learnTrust(net.berlin)
  })

  test.each(['suspended', 'ended'])(
    'a centre that is %s gets without content, so that erasures reach it',
    async (status) => {
      await state(() => ({ status, valid_through: [] }))

      expect(await ask('members', 'by a centre')).toMatchObject({ entries: ['withheld'] })
      expect(await ask('public', 'by a centre')).toMatchObject({
        entries: ['withheld', 'withheld', 'present', 'erased', 'present'],
      })
      await state(() => ({ status: 'active', valid_through: undefined }))
    },
  )

  test('a retired key shows nothing any more', async () => {
    await state(({ jwks }) => ({
      jwks: {
        keys: jwks.keys.map((jwk) => (jwk.use === 'sig' ? { ...jwk, valid_through: [] } : jwk)),
      },
    }))

    expect(await refusalOf(`Bearer ${await token()}`)).toMatchObject({ reason: 'key-unknown' })
  })
})
