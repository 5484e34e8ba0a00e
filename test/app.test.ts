import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { app } from '../src/app.tsx'
import { openTestHub, type TestHub } from './support/hub.ts'

let hub: TestHub
beforeAll(async () => {
  hub = await openTestHub('kiww')
})
afterAll(() => hub.close())

/** Of the node's own pages. */
const own = { origin: 'https://kiww.example' }

test.each([
  ['POST', '/api/records', 'GET, HEAD'],
  ['DELETE', '/fallbeispiele', 'GET, HEAD'],
  ['GET', '/exchange/v1/nudges', 'POST'],
])('%s %s is not the way to call it', async (method, path, allow) => {
  const answer = await app.request(path, { method, headers: own }, hub)

  expect(answer.status).toBe(405)
  expect(answer.headers.get('allow')).toBe(allow)
  expect(await answer.json()).toMatchObject({ code: 'method-not-allowed' })
})

test('what is nowhere is nowhere for every method', async () => {
  for (const method of ['GET', 'POST', 'PUT']) {
    const answer = await app.request('/nirgends', { method, headers: own }, hub)
    expect(answer.status).toBe(404)
  }
})

test('who waits for a database that does not answer is told so after ten seconds', async () => {
  vi.useFakeTimers()
  const hangs = (() => new Promise(() => {})) as unknown as TestHub['sql']
  let answered = false

  const answer = Promise.resolve(app.request('/readyz', {}, { ...hub, sql: hangs }))
  answer.then(() => {
    answered = true
  })
  await vi.advanceTimersByTimeAsync(9_000)
  const early = answered
  await vi.advanceTimersByTimeAsync(2_000)
  vi.useRealTimers()

  expect(early).toBe(false)
  expect((await answer).status).toBe(503)
})

test.each([
  '/api/records?foo=1',
  '/api/search?q=KI&sort=x',
  '/api/search?q=%ff',
  '/api/records?centre=%ED%A0%80',
])('a query like %s is refused, not guessed at', async (path) => {
  const answer = await app.request(path, {}, hub)

  expect(answer.status).toBe(400)
  expect(await answer.json()).toMatchObject({ code: 'invalid-input' })
})
