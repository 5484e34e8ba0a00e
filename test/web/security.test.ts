import { expect, test } from 'vitest'
import { headersAt, secured } from '../../src/web/security.ts'

const at = (origin: string, path = '/') => new Map(headersAt(origin)(origin + path))

test('every answer says what browsers may do with it', () => {
  expect(Object.fromEntries(at('http://localhost:8702'))).toEqual({
    'Content-Security-Policy':
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'same-origin',
    'Permissions-Policy': expect.stringContaining('camera=()'),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
  })
})

test('https is asked for two years, but only by a node that has it', () => {
  expect(at('http://localhost:8702').has('Strict-Transport-Security')).toBe(false)
  expect(at('https://transfer.example').get('Strict-Transport-Security')).toBe('max-age=63072000')
})

test('public data may be read by scripts of any site, pages may not', () => {
  const allowed = (path: string) =>
    at('https://transfer.example', path).get('Access-Control-Allow-Origin')

  expect(['/api/records', '/api/places?plz=14467'].map(allowed)).toEqual(['*', '*'])
  expect(['/', '/verweise', '/?to=/api/', '/exchange/v1/referrals'].map(allowed)).toEqual(
    Array(4).fill(undefined),
  )
})

test('data say less: they load nothing and stand in no frame', () => {
  expect(Object.fromEntries(at('http://localhost:8702', '/api/records'))).toEqual({
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
    'X-Content-Type-Options': 'nosniff',
    'Access-Control-Allow-Origin': '*',
  })
})

test('what a room says more strictly stays, and so do its cookies', () => {
  const said = new Response('x', { headers: { 'content-security-policy': 'sandbox' } })
  said.headers.append('set-cookie', 'a=1')
  said.headers.append('set-cookie', 'b=2')

  const { headers } = secured(said, 'http://localhost:8702', new Request('http://localhost:8702/'))

  expect(headers.get('content-security-policy')).toBe('sandbox')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.getSetCookie()).toEqual(['a=1', 'b=2'])
})
