import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { assertionFor } from '../../src/exchange/assertion.ts'
import type { EntriesPage } from '../../src/exchange/entry.ts'
import { Head } from '../../src/exchange/head.ts'
import { pullDue } from '../../src/exchange/pulls.ts'
import type { KnowledgeExchange } from '../../src/federation/statement.ts'
import { publish } from '../../src/publications/publish.ts'
import { tokenDigest } from '../../src/signing/digest.ts'
import { caseFile, inputOf } from '../publications/fixtures.ts'
import { nextEpoch, stateAnew } from '../support/chain.ts'
import { openFederation, type TestFederation } from '../support/hub.ts'
import { goodRecord, openRogue, type Rogue } from '../support/rogue.ts'
import { payloadOf } from '../support/token.ts'

let net: TestFederation

beforeAll(async () => {
  net = await openFederation()
  for (let i = 0; i < 3; i++) {
    const answer = await publish(net.berlin, { iss: net.berlin.iss, input: inputOf(caseFile) })
    if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
  }
})
afterAll(() => net.close())

type Query = Record<string, string | number | undefined>

const ask = (path: string, change: Query = {}, headers: Record<string, string> = {}) => {
  const query = { iss: net.berlin.iss, feed: 'public', epoch: 1, ...change }
  const url = new URL(`https://berlin.example/exchange/v1/${path}`)
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, String(value))
  }
  return app.request(url, { headers }, net.berlin)
}
const page = async (change: Query = {}) =>
  (await (await ask('entries', change)).json()) as EntriesPage
const head = async (change: Query = {}) =>
  ((await (await ask('head', change)).json()) as { head: string | null }).head

describe('the entries of a feed', () => {
  test('are answered in order, with a head that agrees', async () => {
    const { entries, ...rest } = await page()

    expect(rest).toEqual({
      iss: net.berlin.iss,
      feed: 'public',
      epoch: 1,
      head: expect.any(String),
      next_after: 3,
      more: false,
    })
    expect(entries.map(({ entry }) => payloadOf(entry).seq)).toEqual([1, 2, 3])
    expect(payloadOf(rest.head ?? '')).toMatchObject({
      size: 3,
      dig: tokenDigest(entries[2]?.entry ?? ''),
    })
  })

  test('are answered from any number on, and in pages', async () => {
    const first = await page({ limit: 2 })
    const rest = await page({ after: first.next_after, limit: 2 })
    const end = await page({ after: 3 })

    expect(first).toMatchObject({ next_after: 2, more: true })
    expect(rest).toMatchObject({ next_after: 3, more: false })
    expect(rest.entries).toHaveLength(1)
    expect(end).toMatchObject({ entries: [], next_after: 3, more: false })
  })

  test('are never more than 200 at once, whatever is asked for', async () => {
    expect((await ask('entries', { limit: 100_000 })).status).toBe(200)
  })

  const nan = 'invalid-input'
  test.each<[Query, number, string, string?]>([
    [{ after: 4 }, 400, 'future_cursor'],
    [{ after: 9007199254740991 }, 400, 'future_cursor'],
    [{ after: '9007199254740992' }, 400, nan, 'after'],
    [{ after: -1 }, 400, nan, 'after'],
    [{ after: '1e3' }, 400, nan, 'after'],
    [{ after: '1.0' }, 400, nan, 'after'],
    [{ after: '01' }, 400, nan, 'after'],
    [{ after: ' 1' }, 400, nan, 'after'],
    [{ after: '１' }, 400, nan, 'after'],
    [{ limit: 0 }, 400, nan, 'limit'],
    [{ limit: -5 }, 400, nan, 'limit'],
    [{ epoch: 0 }, 400, nan, 'epoch'],
    [{ epoch: 2 ** 31 }, 400, nan, 'epoch'],
    [{ epoch: undefined }, 400, nan, 'epoch'],
    [{ epoch: 2 }, 410, 'epoch_gone'],
    [{ feed: 'secret' }, 400, nan, 'feed'],
    [{ feed: undefined }, 400, nan, 'feed'],
    [{ iss: undefined }, 400, nan, 'iss'],
    [{ iss: 'berlin' }, 400, nan, 'iss'],
    [{ iss: 'https://a.example/\0' }, 400, nan, 'iss'],
    [{ iss: `https://a.example/${'x'.repeat(600)}` }, 400, nan, 'iss'],
    [{ iss: 'https://a.example' }, 404, 'unknown-feed'],
    [{ iss: 'https://a.example/' }, 400, nan, 'iss'],
    [{ feed: 'members' }, 401, 'unauthorized'],
    [{ feed: 'members', iss: 'https://a.example' }, 401, 'unauthorized'],
  ])('asked for with %o are answered %i %s', async (change, status, code, field) => {
    const answer = await ask('entries', change)

    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    const problem = (await answer.json()) as { code: string; faults?: { path: string }[] }
    expect(problem.code).toBe(code)
    expect(problem.faults?.map(({ path }) => path)).toEqual(field && [field])
  })

  test('beyond what is held here come with the size, of another epoch with the current one', async () => {
    expect(await (await ask('entries', { after: 9 })).json()).toMatchObject({ size: 3 })
    expect(await (await ask('entries', { epoch: 7 })).json()).toMatchObject({ epoch: 1 })
  })

  test('of a closed epoch are served for ever, and lead to the next one', async () => {
    const { dig } = payloadOf((await page()).head ?? '')
    const base = { epoch: 1, seq: 3, dig }
    await stateAnew(net, net.berlin.iss, (stated) => nextEpoch(stated, base), [net.berlin])

    const first = await page({ limit: 2 })
    const end = await page({ after: 2 })
    const beyond = await page({ after: 9 })

    expect(first).not.toHaveProperty('next_epoch')
    expect(end).toMatchObject({ next_after: 3, more: false, next_epoch: 2 })
    expect(beyond).toMatchObject({ entries: [], next_after: 9, more: false, next_epoch: 2 })
    expect(await page({ epoch: 2 })).toMatchObject({ entries: [], next_after: 0, more: false })
    const onlyFirst = ({ feeds }: KnowledgeExchange) => ({
      feeds: { ...feeds, public: feeds.public.slice(0, 1) },
    })
    await stateAnew(net, net.berlin.iss, onlyFirst, [net.berlin])
    await net.berlin.sql`delete from feeds where epoch = 2`
  })

  test('that are large come in pages of at most 2 MiB, but always one', async () => {
    const rogue = await openRogue(net.berlin, [net.brandenburg, net.kiww], 'members')
    const content = Buffer.alloc(262_144, ' ')
    content.write(JSON.stringify({ ...goodRecord, visibility: 'members' }))
    for (let i = 0; i < 13; i++) await rogue.publish({}, content)
    rogue.pageSize = 5
    net.clock.now += 6 * 60_000
    await pullAll()

    const sizes: number[] = []
    for (let after = 0; ; ) {
      const { authorization = '' } = await assertionFor(net.berlin, 'https://brandenburg.example')
      const url = `https://brandenburg.example/exchange/v1/entries?iss=${net.berlin.iss}&feed=members&epoch=1&after=${after}`
      const answer = await app.request(url, { headers: { authorization } }, net.brandenburg)
      const text = await answer.text()
      const { entries, more, next_after } = JSON.parse(text) as EntriesPage
      expect(text.length).toBeLessThan(2 * 1024 * 1024 + 10_000)
      sizes.push(entries.length)
      after = next_after
      if (!more) break
    }

    expect(sizes).toEqual([5, 5, 3])
  })
  const pullAll = async () => {
    await pullDue(net.brandenburg)
  }
})

describe('the head of an own feed', () => {
  beforeEach(() => {
    net.clock.now += 86_400_000
  })
  const iatOf = async () => payloadOf((await head()) ?? '').iat

  test('is of the agreed form, for a day', async () => {
    const claims = payloadOf((await head()) ?? '')

    expect(Head.parse(claims)).toMatchObject({
      iss: net.berlin.iss,
      feed: 'public',
      epoch: 1,
      size: 3,
    })
    expect(claims.exp - claims.iat).toBe(86_400)
    expect(claims.iat).toBe(net.clock.now / 1000)
  })

  test('is signed again without news when half its life is over, and not before', async () => {
    const first = await head()
    net.clock.now += 43_199_000
    const soon = await head()
    net.clock.now += 2_000
    const later = await head()

    expect(soon).toBe(first)
    expect(later).not.toBe(first)
    expect(await iatOf()).toBe(net.clock.now / 1000)
  })

  test('is signed again at once when there is news', async () => {
    const before = payloadOf((await head()) ?? '')
    await publish(net.berlin, { iss: net.berlin.iss, input: inputOf(caseFile) })

    const after = payloadOf((await head()) ?? '')

    expect(after.size).toBe(before.size + 1)
    expect(after.dig).not.toBe(before.dig)
  })

  test('of an empty feed says so', async () => {
    const { authorization = '' } = await assertionFor(net.brandenburg, 'https://berlin.example')
    const answer = await ask('head', { feed: 'members' }, { authorization })

    const { head: jws } = (await answer.json()) as { head: string }
    expect(payloadOf(jws)).toMatchObject({ feed: 'members', size: 0, dig: '' })
  })

  test('is nobody else’s to make: a mirror without one answers null', async () => {
    const url = `/exchange/v1/head?iss=${net.kiww.iss}&feed=public`

    expect(await (await app.request(url, {}, net.berlin)).json()).toEqual({
      iss: net.kiww.iss,
      feed: 'public',
      epoch: 1,
      head: null,
    })
  })

  test.each<[Query, number]>([
    [{ feed: 'members' }, 401],
    [{ epoch: 2 }, 410],
    [{ iss: 'https://a.example' }, 404],
    [{ iss: 'https://a.example/\0' }, 400],
  ])('asked for with %o is answered %i', async (change, status) => {
    expect((await ask('head', change)).status).toBe(status)
  })
})

describe('a nudge', () => {
  const right = () => ({ iss: net.kiww.iss, feed: 'public', epoch: 1, size: 1 })
  const send = (body: BodyInit, type = 'application/json') =>
    app.request(
      '/exchange/v1/nudges',
      { method: 'POST', body, headers: { 'content-type': type } },
      net.berlin,
    )
  const nudge = (change: object = {}) => send(JSON.stringify({ ...right(), ...change }))

  test('for a known feed is taken; for one of our own there is nothing to do', async () => {
    await net.berlin.sql`update pulls set due = 'infinity'`

    const own = await nudge({ iss: net.berlin.iss, size: 1_000_000 })
    const news = await nudge()

    expect([own.status, await own.json()]).toEqual([202, { scheduled: false }])
    expect([news.status, await news.json()]).toEqual([202, { scheduled: true }])
    const woken = await net.berlin.sql`select iss, wanted from pulls where due < 'infinity'`
    expect(woken.map((row) => ({ ...row }))).toEqual([{ iss: net.kiww.iss, wanted: 1 }])
  })

  test.each<[string, object, number, string, string[]?]>([
    ['for an unknown feed', { iss: 'https://a.example' }, 404, 'unknown-feed'],
    ['for an unknown epoch', { epoch: 9 }, 404, 'unknown-feed'],
    ['without a centre', { iss: undefined }, 400, 'invalid-input', ['iss']],
    ['with a wrong type', { size: '1' }, 400, 'invalid-input', ['size']],
    ['with 2^53', { size: 2 ** 53 }, 400, 'invalid-input', ['size']],
    ['with -1', { size: -1 }, 400, 'invalid-input', ['size']],
    ['with a fraction', { size: 1.5 }, 400, 'invalid-input', ['size']],
    ['with several faults', { feed: 'x', epoch: 0 }, 400, 'invalid-input', ['feed', 'epoch']],
    ['that names an address', { url: 'https://a.example' }, 400, 'invalid-input', ['']],
    ['with a lone surrogate', { iss: 'https://a.example/\ud800' }, 400, 'invalid-json'],
    ['with U+0000', { iss: 'https://a.example/\0' }, 400, 'invalid-json'],
    ['with U+0000 in a name', { '\0': 1 }, 400, 'invalid-json'],
    [
      'with an endless name',
      { iss: `https://a.example/${'x'.repeat(501)}` },
      400,
      'invalid-input',
      ['iss'],
    ],
  ])('%s is refused', async (_, change, status, code, fields) => {
    const answer = await nudge(change)

    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    const problem = (await answer.json()) as { code: string; faults?: { path: string }[] }
    expect(problem.code).toBe(code)
    expect(problem.faults?.map(({ path }) => path)).toEqual(fields)
  })

  test.each<[string, () => BodyInit, number, string, string?]>([
    ['no JSON', () => '{', 400, 'invalid-json'],
    ['nothing', () => '', 400, 'invalid-json'],
    ['a list', () => '[]', 400, 'invalid-input'],
    ['null', () => 'null', 400, 'invalid-input'],
    ['100,000 levels', () => '['.repeat(100_000) + ']'.repeat(100_000), 400, 'invalid-json'],
    ['a form', () => 'iss=1', 415, 'unsupported-media-type', 'application/x-www-form-urlencoded'],
    ['a text', () => '{}', 415, 'unsupported-media-type', 'text/plain'],
    ['10 MB', () => `"${'x'.repeat(10_000_000)}"`, 413, 'too-large'],
    ['10 MB without saying so', () => endless(10_000_000), 413, 'too-large'],
  ])('that is %s is refused', async (_, body, status, code, type = 'application/json') => {
    const init = { method: 'POST', body: body(), duplex: 'half', headers: { 'content-type': type } }

    const answer = await app.request('/exchange/v1/nudges', init as RequestInit, net.berlin)

    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({ code, status })
  })
  const endless = (bytes: number) => {
    let sent = 0
    return new ReadableStream({
      pull(controller) {
        sent += 65_536
        if (sent > bytes) controller.close()
        else controller.enqueue(new Uint8Array(65_536).fill(0x20))
      },
    })
  }

  test('from an address that sends too many is refused', async () => {
    const hub = { ...net.berlin, admit: () => false }
    const init = {
      method: 'POST',
      body: JSON.stringify(right()),
      headers: { 'content-type': 'application/json' },
    }

    const answer = await app.request('/exchange/v1/nudges', init, hub)

    expect(answer.status).toBe(429)
  })
})

test('a rogue of a test answers what the real feed would', async () => {
  const rogue: Rogue = await openRogue(net.kiww, [net.berlin])
  await rogue.publish()

  const answer = await net.berlin.fetch(
    `https://kiww.example/exchange/v1/entries?iss=${net.kiww.iss}&feed=public&epoch=1&after=0`,
  )

  expect(await answer.json()).toMatchObject({ entries: [{ status: 'present' }], next_after: 1 })
})
