/** Somebody at a browser, without one: follows links and fills in forms of a hub, and keeps its cookies. */
import { app } from '../../src/app.tsx'
import type { Hub } from '../../src/hub.ts'
import { type Authenticator, type Oddity, openAuthenticator } from './authenticator.ts'

export interface Page {
  status: number
  html: string
  headers: Headers
  /** Where it leads, if it does. */
  location: string | null
}

export interface Browser {
  cookies: Map<string, string>
  passkey: Authenticator
  get(path: string, headers?: Record<string, string>): Promise<Page>
  post(path: string, fields?: Fields, headers?: Record<string, string>): Promise<Page>
  /** Follows an invitation. */
  join(link: string, name?: string, oddity?: Oddity): Promise<Page>
  /** Shows its passkey. */
  signIn(oddity?: Oddity): Promise<Page>
}

export type Fields = Record<string, string | string[]>

export const openBrowser = (hub: Hub): Browser => {
  const { origin } = hub.config
  const cookies = new Map<string, string>()

  const ask = async (path: string, init: RequestInit, headers: Record<string, string>) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await app.request(
      path,
      { ...init, headers: { accept: 'text/html', ...(cookie && { cookie }), ...headers } },
      hub,
    )
    for (const line of answer.headers.getSetCookie()) keep(cookies, line)
    const { status, headers: answered } = answer
    return {
      status,
      html: await answer.text(),
      headers: answered,
      location: answered.get('location'),
    }
  }

  const browser: Browser = {
    cookies,
    passkey: openAuthenticator(origin),
    get: (path, headers = {}) => ask(path, {}, headers),
    post: (path, fields = {}, headers = {}) =>
      ask(path, { method: 'POST', body: formOf(fields) }, { origin, ...formType, ...headers }),
    join: async (link, name = 'Maria Öztürk', oddity = {}) => {
      const path = new URL(link).pathname
      const { html } = await browser.get(path)
      const { options, ceremony } = passkeyFormIn(html)
      const answer = browser.passkey.create(options, oddity)
      return browser.post(path, { name, ceremony, answer })
    },
    signIn: async (oddity = {}) => {
      const { html } = await browser.get('/anmelden?again=1')
      const { options, ceremony } = passkeyFormIn(html)
      const answer = browser.passkey.get(options, oddity)
      return browser.post('/anmelden', { to: '/arbeit', ceremony, answer })
    },
  }
  return browser
}

const formType = { 'content-type': 'application/x-www-form-urlencoded' }

const formOf = (fields: Fields) => {
  const form = new URLSearchParams()
  for (const [name, values] of Object.entries(fields)) {
    for (const value of [values].flat()) form.append(name, value)
  }
  return form.toString()
}

const keep = (cookies: Map<string, string>, line: string) => {
  const [pair = ''] = line.split(';')
  const [name = '', value = ''] = pair.split('=')
  if (/max-age=0/i.test(line)) cookies.delete(name)
  else cookies.set(name, value)
}

/** What the page's passkey form asks for. */
export const passkeyFormIn = (html: string) => ({
  options: JSON.parse(unescaped(html.match(/data-options="([^"]*)"/)?.[1] ?? '{}')),
  ceremony: html.match(/name="ceremony" value="([^"]*)"/)?.[1] ?? '',
})

const unescaped = (text: string) =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&')
