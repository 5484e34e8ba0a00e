import { describe, expect, test } from 'vitest'
import { readPage } from '../../src/exchange/client.ts'
import { readConfiguration, readHistory } from '../../src/federation/client.ts'
import { PeerFault, readJson, readText, requestPeer } from '../../src/federation/peer.ts'

const json = (body: string | Uint8Array<ArrayBuffer> | null, headers = {}, status = 200) =>
  new Response(body, { status, headers: { 'content-type': 'application/json', ...headers } })

/** An answer that goes on for as long as somebody listens; `sent` counts its bytes. */
const endless = () => {
  const told = { sent: 0, cancelled: false }
  const body = new ReadableStream({
    pull(controller) {
      told.sent += 1024
      controller.enqueue(new Uint8Array(1024).fill(0x20))
    },
    cancel() {
      told.cancelled = true
    },
  })
  return { told, answer: new Response(body, { headers: { 'content-type': 'application/json' } }) }
}

describe('an answer of a stranger', () => {
  test.each<[string, Response, string]>([
    ['that leads elsewhere', json(null, { location: 'https://a.example' }, 302), 'redirected'],
    ['that leads elsewhere for ever', json(null, { location: '/' }, 308), 'redirected'],
    ['that was not modified', json(null, {}, 304), 'redirected'],
    ['of an error', json('{}', {}, 500), 'status-500'],
    ['of nothing', json(null, {}, 204), 'status-204'],
    ['of a part', json('{}', {}, 206), 'status-206'],
    ['of the wrong type', json('{}', { 'content-type': 'text/html' }), 'content-type'],
    [
      'of a type that only begins alike',
      json('{}', { 'content-type': 'application/jsonx' }),
      'content-type',
    ],
    ['that is compressed', json('{}', { 'content-encoding': 'gzip' }), 'encoded'],
    [
      'that is compressed in another way',
      json('{}', { 'content-encoding': 'br, gzip' }),
      'encoded',
    ],
    ['that is no JSON', json('{'), 'not-json'],
    ['that is empty', json(''), 'not-json'],
    ['that is not UTF-8', json(Uint8Array.of(0x22, 0xff, 0x22)), 'not-utf8'],
    ['that is one byte too large', json(`"${'x'.repeat(99)}"`), 'too-large'],
  ])('%s is refused', async (_, answer, reason) => {
    expect(await readJson(answer, 100)).toEqual({ ok: false, reason })
  })

  test('of the largest size and with parameters of its type is read', async () => {
    const answer = json(`"${'x'.repeat(98)}"`, {
      'content-type': 'Application/JSON; charset=utf-8',
    })

    expect(await readJson(answer, 100)).toEqual({ ok: true, value: 'x'.repeat(98) })
  })

  test('without end is read no further than allowed', async () => {
    const { answer, told } = endless()

    expect(await readJson(answer, 10_000)).toEqual({ ok: false, reason: 'too-large' })
    expect(told.sent).toBeLessThan(20_000)
    expect(told.cancelled).toBe(true)
  })

  test('in as many pieces as it has bytes is read like any other', async () => {
    const text = JSON.stringify('x'.repeat(70_000))
    const pieces = new ReadableStream({
      start(controller) {
        for (const sign of text) controller.enqueue(Buffer.from(sign))
        controller.close()
      },
    })
    const answer = new Response(pieces, { headers: { 'content-type': 'application/json' } })

    expect(await readJson(answer, text.length)).toEqual({ ok: true, value: JSON.parse(text) })
  })

  test.each([
    ['lists', `[${'[],'.repeat(20_000)}[]]`],
    ['objects', `[${'{},'.repeat(20_000)}{}]`],
    ['numbers', `[${'1,'.repeat(20_000)}1]`],
    ['members', `{${'"a":1,'.repeat(20_000)}"a":1}`],
    ['texts', `["\\"",${'"\\\\",'.repeat(20_000)}""]`],
  ])('of twenty thousand %s is not made into values', async (_, text) => {
    expect(await readJson(json(text), 1_000_000)).toEqual({ ok: false, reason: 'form' })
  })

  test('may have any number of commas and brackets in its texts', async () => {
    const text = JSON.stringify([`${',[{'.repeat(10_000)}"\\"`, ',[{'.repeat(10_000)])

    expect((await readJson(json(text), 1_000_000)).ok).toBe(true)
  })

  test('that is refused for what it is, is not read at all', async () => {
    const { answer, told } = endless()

    await readText(answer, 'text/plain', 10_000)

    expect(told.cancelled).toBe(true)
    expect(told.sent).toBeLessThan(3_000)
  })

  test('that breaks off says that nobody was reached', async () => {
    const body = new ReadableStream({
      pull: (controller) => controller.error(new Error('connection lost')),
    })
    const answer = new Response(body, { headers: { 'content-type': 'application/json' } })

    expect(await readJson(answer, 100)).toEqual({ ok: false, reason: 'unreachable' })
  })
})

test('a request asks for no compression, follows nothing and ends after a while', async () => {
  const seen: Request[] = []
  const fetch: typeof globalThis.fetch = async (input, init) => {
    seen.push(new Request(input, init))
    return json('{}')
  }

  await requestPeer({ fetch }, 'https://a.example/x', { headers: { authorization: 'Bearer t' } })

  const [request] = seen
  expect(request?.redirect).toBe('manual')
  expect(request?.signal).toBeInstanceOf(AbortSignal)
  expect(Object.fromEntries(request?.headers ?? [])).toMatchObject({
    'accept-encoding': 'identity',
    authorization: 'Bearer t',
  })
})

test('a peer that cannot be reached is a reason, not an error', async () => {
  const fetch = async () => {
    throw new TypeError('fetch failed')
  }

  const answer = await requestPeer({ fetch }, 'https://a.example')

  expect(answer).toEqual({ ok: false, reason: 'unreachable' })
  expect(await readJson(answer, 100)).toEqual({ ok: false, reason: 'unreachable' })
})

test('why a request was given up is told, however deep it lies', async () => {
  const asked = (error: unknown) => requestPeer({ fetch: () => Promise.reject(error) }, 'https://a')
  const timeout = new DOMException('late', 'TimeoutError')

  expect(await asked(new PeerFault('address'))).toEqual({ ok: false, reason: 'address' })
  expect(await asked(new TypeError('x', { cause: new PeerFault('too-large') }))).toEqual({
    ok: false,
    reason: 'too-large',
  })
  expect(await asked(new TypeError('x', { cause: timeout }))).toEqual({
    ok: false,
    reason: 'too-slow',
  })
})

describe('a page of a feed', () => {
  const iss = 'https://berlin.example/centres/berlin'
  const query = { iss, feed: 'public' as const, epoch: 1, after: 5 }
  const entry = { entry: 'a.b.c', status: 'present' }
  const page = {
    iss,
    feed: 'public',
    epoch: 1,
    entries: [entry, entry],
    head: null,
    next_after: 7,
    more: true,
  }

  test('is taken as it was asked for, members of a newer peer aside', async () => {
    const answer = await readPage(Response.json({ ...page, extra: 1 }), query)

    expect(answer).toEqual({ ok: true, value: page })
  })

  test('may be the end, with nothing', async () => {
    const end = { ...page, entries: [], next_after: 5, more: false }

    expect((await readPage(Response.json(end), query)).ok).toBe(true)
  })

  test.each([
    ['of another centre', { iss: 'https://a.example' }],
    ['of the other feed', { feed: 'members' }],
    ['of another epoch', { epoch: 2 }],
    ['that leads to itself', { entries: [], next_after: 5 }],
    ['that leads back', { next_after: 1 }],
    ['that leaves numbers out', { next_after: 8 }],
    ['that goes on without entries', { entries: [], next_after: 9 }],
    ['of 201 entries', { entries: Array(201).fill(entry), next_after: 206 }],
    ['with an unknown status', { entries: [{ ...entry, status: 'lost' }, entry] }],
    ['with an entry that is no text', { entries: [{ ...entry, entry: 1 }, entry] }],
    ['with a content that is no text', { entries: [{ ...entry, content: {} }, entry] }],
    ['without a word about more', { more: undefined }],
    ['with a head that is no text', { head: {} }],
    ['with 2^53', { next_after: 2 ** 53 }],
  ])('%s is refused', async (_, change) => {
    const answer = await readPage(Response.json({ ...page, ...change }), query)

    expect(answer).toEqual({ ok: false, reason: 'form' })
  })

  test.each(['null', '[]', '"x"', '1e999', '{"entries":null}'])('%s is none', async (text) => {
    expect(await readPage(json(text), query)).toEqual({ ok: false, reason: 'form' })
  })
})

test('a configuration comes as entity-statement+jwt and nothing else', async () => {
  const answer = (type: string) => new Response('a.b.c', { headers: { 'content-type': type } })

  expect(await readConfiguration(answer('application/entity-statement+jwt'))).toMatchObject({
    ok: true,
  })
  expect(await readConfiguration(answer('application/jwt'))).toEqual({
    ok: false,
    reason: 'content-type',
  })
})

test('a page of the history is a list of texts without gaps in their numbers', async () => {
  const page = { statements: ['a.b.c'], next_after: 8, more: false }
  const form = { ok: false, reason: 'form' }

  expect(await readHistory(Response.json(page), 7)).toEqual({ ok: true, value: page })
  expect(await readHistory(Response.json({ ...page, statements: [1] }), 7)).toEqual(form)
  expect(await readHistory(Response.json({ ...page, next_after: 9 }), 7)).toEqual(form)
})
