import { Hono } from 'hono'
import { expect, test } from 'vitest'
import type { Hub } from '../../src/hub.ts'
import { secure } from '../../src/web/security.ts'

const app = new Hono<{ Bindings: Hub }>()
  .use(secure)
  .get('/page', (c) => c.text('x'))
  .get('/broken', () => {
    throw new Error('broken')
  })
  .onError((_, c) => c.text('', 500))

// The middleware asks for the origin and nothing else.
const at = (origin: string) => ({ config: { origin } }) as Hub

test.each(['/page', '/broken', '/unknown'])('every answer is secured: %s', async (path) => {
  const { headers } = await app.request(path, {}, at('http://localhost:8702'))

  expect(headers.get('content-security-policy')).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  )
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('referrer-policy')).toBe('same-origin')
  expect(headers.get('permissions-policy')).toContain('camera=()')
  expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
  expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
})

test('https is asked for two years, but only by a node that has it', async () => {
  const plain = await app.request('/page', {}, at('http://localhost:8702'))
  const https = await app.request('/page', {}, at('https://transfer.example'))

  expect(plain.headers.has('strict-transport-security')).toBe(false)
  expect(https.headers.get('strict-transport-security')).toBe('max-age=63072000')
})
