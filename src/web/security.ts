import { pathIn } from './canonical-path.ts'

type Header = [string, string]

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

const noSniffing: Header = ['X-Content-Type-Options', 'nosniff']

const ofPages: Header[] = Object.entries({
  'Content-Security-Policy': contentSecurityPolicy,
  // Not `no-referrer`: with it browsers send `Origin: null` with our own forms.
  'Referrer-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
})

const strictTransport: Header = ['Strict-Transport-Security', `max-age=${twoYears}`]

/** Data are no document: nothing is loaded by them, and no frame shows them. Scripts of any site may read them. */
const ofData: Header[] = Object.entries({
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Access-Control-Allow-Origin': '*',
})

/**
 * What stands on every answer of this origin to a request, by its URL – failures and files included: the doors put it
 * there, the app knows nothing of it.
 */
export const headersAt = (origin: string) => {
  const always = origin.startsWith('https:') ? [noSniffing, strictTransport] : [noSniffing]
  const [pages, data] = [ofPages, ofData].map((own) => [...always, ...own]) as [Header[], Header[]]
  return (url: string): Header[] => (pathIn(url).startsWith('/api/') ? data : pages)
}

/** An answer to a request with these headers; where it says something stricter itself, that stays. */
export const secured = (answer: Response, origin: string, { url }: Request) => {
  const whole = new Response(answer.body, answer)
  for (const [name, value] of headersAt(origin)(url)) {
    if (!whole.headers.has(name)) whole.headers.set(name, value)
  }
  return whole
}
