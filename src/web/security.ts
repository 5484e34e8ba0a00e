import { pathIn } from './canonical-path.ts'

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

type Header = [string, string]

const strictTransport: Header = ['Strict-Transport-Security', `max-age=${twoYears}`]

/** What is public may be read by scripts of any site. */
const openData: Header = ['Access-Control-Allow-Origin', '*']

/**
 * What stands on every answer of this origin to a request, by its URL – failures and files included: the doors put it
 * there, the app knows nothing of it.
 */
export const headersAt = (origin: string) => {
  const all = origin.startsWith('https:') ? [...always, strictTransport] : always
  const ofApi = [...all, openData]
  return (url: string): Header[] => (pathIn(url).startsWith('/api/') ? ofApi : all)
}

/** An answer to a request with these headers; where it says something stricter itself, that stays. */
export const secured = (answer: Response, origin: string, { url }: Request) => {
  const whole = new Response(answer.body, answer)
  for (const [name, value] of headersAt(origin)(url)) {
    if (!whole.headers.has(name)) whole.headers.set(name, value)
  }
  return whole
}
