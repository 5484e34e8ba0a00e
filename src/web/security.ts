import type { MiddlewareHandler } from 'hono'
import type { Hub } from '../hub.ts'

/** Everything from here, nothing inline, in nobody's frame. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const twoYears = 2 * 365 * 24 * 60 * 60

const always = Object.entries({
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  // Not `no-referrer`: with it browsers send `Origin: null` with our own forms.
  'Referrer-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
})

/** Puts the security headers on every answer, failures included: before the handler, so that it answers only once. */
export const secure: MiddlewareHandler<{ Bindings: Hub }> = async (c, next) => {
  for (const [name, value] of always) c.header(name, value)
  if (c.env.config.origin.startsWith('https:')) {
    c.header('Strict-Transport-Security', `max-age=${twoYears}`)
  }
  await next()
}
