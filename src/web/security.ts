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

/** What stands on every answer, failures and files included: the doors put it there, the app knows nothing of it. */
export const securityHeaders = (origin: string): [string, string][] => [
  ...always,
  ...(origin.startsWith('https:') ? [strictTransport] : []),
]

const strictTransport: [string, string] = ['Strict-Transport-Security', `max-age=${twoYears}`]

/** An answer with these headers; where it says something stricter itself, that stays. */
export const secured = (answer: Response, origin: string) => {
  const whole = new Response(answer.body, answer)
  for (const [name, value] of securityHeaders(origin)) {
    if (!whole.headers.has(name)) whole.headers.set(name, value)
  }
  return whole
}
