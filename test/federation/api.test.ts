import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { issue, refreshStatements } from '../../src/federation/anchor.ts'
import { federationKey } from '../../src/federation/keys.ts'
import { learnTrust } from '../../src/federation/learn.ts'
import { historyPageSize } from '../../src/federation/statement.ts'
import { allCentres, newestIssued, newestIssuedAbout } from '../../src/federation/store.ts'
import { makeKey } from '../../src/signing/keys.ts'
import { openFederation, type TestFederation } from '../support/hub.ts'
import { payloadOf } from '../support/token.ts'

let net: TestFederation
beforeAll(async () => {
  net = await openFederation()
})
afterAll(() => net.close())

const ask = (path: string) => app.request(`https://kiww.example${path}`, {}, net.kiww)
const statementType = 'application/entity-statement+jwt'

describe('an entity’s configuration', () => {
  test('of a centre is its own word about itself, signed with its federation key', async () => {
    const answer = await app.request(
      '/centres/berlin/.well-known/openid-federation',
      {},
      net.berlin,
    )

    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe(statementType)
    const token = await answer.text()
    const claims = payloadOf(token)
    expect(claims).toMatchObject({
      iss: net.berlin.iss,
      sub: net.berlin.iss,
      authority_hints: [net.kiww.config.anchor.id],
      metadata: { knowledge_exchange: { slug: 'berlin', regions: ['DE-BE'] } },
    })
    const { kid } = await federationKey(net.berlin, net.berlin.iss)
    expect(claims.jwks.keys.map((jwk: { kid: string }) => jwk.kid)).toEqual([kid])
    expect(claims.exp - claims.iat).toBe(7 * 86_400)
    expect(JSON.stringify(claims)).not.toContain('"d":')
  })

  test('of the anchor lists its endpoints', async () => {
    const answer = await ask('/trust-anchor/.well-known/openid-federation')

    expect(answer.headers.get('content-type')).toBe(statementType)
    const { iss, sub, metadata } = payloadOf(await answer.text())
    expect([iss, sub]).toEqual([net.kiww.config.anchor.id, net.kiww.config.anchor.id])
    expect(metadata.federation_entity).toMatchObject({
      federation_fetch_endpoint: `${iss}/fetch`,
      federation_list_endpoint: `${iss}/list`,
      federation_historical_keys_endpoint: `${iss}/historical-keys`,
      history_endpoint: `${iss}/history`,
    })
  })

  test('of somebody who is not here is not found', async () => {
    const paths = ['/centres/kiww', '/trust-anchor'].map(
      (id) => `${id}/.well-known/openid-federation`,
    )

    for (const path of paths) expect((await app.request(path, {}, net.berlin)).status).toBe(404)
  })
})

describe('the anchor’s endpoints', () => {
  test('fetch answers the newest statement about a centre', async () => {
    const answer = await ask(`/trust-anchor/fetch?sub=${encodeURIComponent(net.berlin.iss)}&foo=1`)

    expect(answer.headers.get('content-type')).toBe(statementType)
    const { iss, sub, metadata } = payloadOf(await answer.text())
    expect({ iss, sub }).toEqual({ iss: net.kiww.config.anchor.id, sub: net.berlin.iss })
    expect(metadata.knowledge_exchange).toMatchObject({ umbrella: false, status: 'active' })
  })

  test('list names every centre, and nobody else', async () => {
    const all = [net.berlin.iss, net.brandenburg.iss, net.kiww.iss].toSorted()

    for (const query of ['', '?entity_type=knowledge_exchange', '?foo=bar']) {
      const answer = await ask(`/trust-anchor/list${query}`)
      expect(((await answer.json()) as string[]).toSorted()).toEqual(all)
    }
    expect(await (await ask('/trust-anchor/list?entity_type=openid_provider')).json()).toEqual([])
  })

  test.each([
    ['fetch', 400, 'invalid_request'],
    ['fetch?sub=', 400, 'invalid_request'],
    ['fetch?sub=https://kiww.example/trust-anchor', 400, 'invalid_request'],
    ['fetch?sub=https://nobody.example', 404, 'not_found'],
    ['fetch?sub=%00', 404, 'not_found'],
    ['fetch?sub=https://a.example/%00', 404, 'not_found'],
    ['fetch?sub=%ED%A0%80', 404, 'not_found'],
    ['list?trust_marked=true', 400, 'unsupported_parameter'],
    ['list?trust_mark_type=x', 400, 'unsupported_parameter'],
    ['list?intermediate=true', 400, 'unsupported_parameter'],
    ['history?after=-1', 400, 'invalid_request'],
    ['history?after=x', 400, 'invalid_request'],
    ['history?after=1.5', 400, 'invalid_request'],
    ['history?after=1e3', 400, 'invalid_request'],
    ['history?after=0x10', 400, 'invalid_request'],
    ['history?after=2147483648', 400, 'invalid_request'],
    ['history?after=9007199254740992', 400, 'invalid_request'],
  ])('%s is answered %i %s, in the form of OpenID', async (path, status, error) => {
    const answer = await ask(`/trust-anchor/${path}`)

    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toBe('application/json')
    expect(await answer.json()).toEqual({ error, error_description: expect.any(String) })
  })

  test('are nowhere else', async () => {
    for (const path of ['fetch?sub=x', 'list', 'historical-keys', 'history']) {
      const answer = await app.request(`/trust-anchor/${path}`, {}, net.berlin)
      expect(answer.status).toBe(404)
    }
  })

  test('historical keys are signed and hold retired keys alone', async () => {
    const owner = net.kiww.config.anchor.id
    const { kid, publicJwk } = await makeKey('fed')
    await net.kiww.sql`
      insert into keys (kid, owner, use, generation, public, sealed, made_at, retired_at)
      values (${kid}, ${owner}, 'fed', 9, ${net.kiww.sql.json(publicJwk)}, '', to_timestamp(10), to_timestamp(20))
    `

    const answer = await ask('/trust-anchor/historical-keys')

    expect(answer.headers.get('content-type')).toBe('application/jwk-set+jwt')
    const token = await answer.text()
    expect(
      JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()),
    ).toMatchObject({
      typ: 'jwk-set+jwt',
      kid: (await federationKey(net.kiww, owner)).kid,
    })
    expect(payloadOf(token)).toMatchObject({ iss: owner, keys: [{ kid, iat: 10, exp: 20 }] })
  })

  test('the history is told in pages, from the first statement on, and read to its end', async () => {
    const { jwks, metadata } = payloadOf(
      await (await ask(`/trust-anchor/fetch?sub=${net.berlin.iss}`)).text(),
    )
    for (let i = 0; i < historyPageSize; i++) {
      const sub = `https://centre${i}.example/centres/c${i}`
      const slug = `c${i}`
      const knowledge_exchange = { ...metadata.knowledge_exchange, slug }
      await issue(net.kiww, sub, () => ({ jwks, metadata: { knowledge_exchange } }))
    }

    const read = async (after: number) =>
      (await (await ask(`/trust-anchor/history?after=${after}`)).json()) as {
        statements: string[]
        next_after: number
        more: boolean
      }
    const first = await read(0)
    const second = await read(first.next_after)
    const end = await read(second.next_after)

    expect(first).toMatchObject({ next_after: historyPageSize, more: true })
    expect(payloadOf(first.statements[0] ?? '').sub).toBe(net.kiww.config.anchor.id)
    expect(first.statements.length + second.statements.length).toBe(historyPageSize + 4)
    expect(second.more).toBe(false)
    expect(end).toEqual({ statements: [], next_after: second.next_after, more: false })
    expect(await learnTrust(net.berlin)).toEqual({ ok: true, value: { learnt: historyPageSize } })
    expect(await allCentres(net.berlin.sql)).toHaveLength(historyPageSize + 3)
  })
})

test('after a day every statement is made anew, and not before', async () => {
  const history = async () => (await net.kiww.sql`select sub from issued_statements`).length
  const before = await history()
  const fresh = net.clock.now

  net.clock.now = fresh + 86_399_000 - 60_000
  await refreshStatements(net.kiww)
  const stillFresh = await history()
  net.clock.now = fresh + 2 * 86_400_000
  await refreshStatements(net.kiww)
  const renewed = await history()
  await refreshStatements(net.kiww)

  expect(stillFresh).toBe(before)
  expect(renewed).toBe(before + historyPageSize + 4)
  expect(await history()).toBe(renewed)
})

test('after years of daily statements it takes a few looks to find the newest, about anybody and about nobody', async () => {
  // Where nothing else meets so many.
  const { sql } = net.berlin
  await sql`
    insert into issued_statements (position, sub, iat, exp, jws)
    select p, 'https://old.example/centres/c' || p % 17, p, p, repeat('x', 200)
    from generate_series(1, 30000) p
  `
  await sql`analyze issued_statements`
  const looksOf = async (query: object) => {
    const rows = await sql`explain (analyze, buffers, format json) ${query as never}`
    const [{ Plan }] = rows[0]?.['QUERY PLAN'] ?? [{}]
    return Plan['Shared Hit Blocks'] + Plan['Shared Read Blocks']
  }

  expect(await looksOf(newestIssuedAbout(sql, 'https://nobody.example'))).toBeLessThan(20)
  expect(await looksOf(newestIssuedAbout(sql, 'https://old.example/centres/c3'))).toBeLessThan(20)
  expect(await looksOf(newestIssued(sql))).toBeLessThan(200)
  const newest = (await newestIssued(sql)).map(({ position }) => position)
  expect(newest.toSorted()).toEqual(Array.from({ length: 17 }, (_, n) => 29_984 + n))
})
