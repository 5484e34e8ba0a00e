/** Who is asking, and who may enter. */
import type { Context, MiddlewareHandler } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { CookieOptions } from 'hono/utils/cookie'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { readForm } from '../web/input.ts'
import type { Account } from '../web/layout.tsx'
import type { Role } from './roles.ts'
import { readSession } from './session.ts'
import { sessionLimits } from './session-store.ts'
import { hasJustShown, hasRole, type Post, type Visitor } from './visitor.ts'

declare module 'hono' {
  interface ContextVariableMap {
    visitor: Visitor | undefined
  }
}

type App = { Bindings: Hub }

/**
 * A cookie's name and nature. `__Host-` binds it to the one https origin; on localhost, where all ports share their
 * cookies, the name carries the port.
 */
const cookieOf = ({ config }: Hub, name: string): [string, CookieOptions] => {
  const { protocol, port } = new URL(config.origin)
  const secure = protocol === 'https:'
  const options: CookieOptions = { path: '/', httpOnly: true, sameSite: 'Lax', secure }
  return [secure ? `__Host-${name}` : `${name}-${port || '80'}`, options]
}

export const readCookie = (c: Context<App>, name: string) =>
  getCookie(c, cookieOf(c.env, name)[0]) ?? ''

/** `milliseconds`: how long the browser is to keep it. */
export const keepCookie = (c: Context<App>, name: string, value: string, milliseconds: number) => {
  const [full, options] = cookieOf(c.env, name)
  setCookie(c, full, value, { ...options, maxAge: Math.floor(milliseconds / 1000) })
}

export const dropCookie = (c: Context<App>, name: string) => {
  const [full, options] = cookieOf(c.env, name)
  deleteCookie(c, full, options)
}

const session = 'transfernetz'

export const keepSession = (c: Context<App>, token: string) =>
  keepCookie(c, session, token, sessionLimits.absolute)

export const dropSession = (c: Context<App>) => dropCookie(c, session)

/** Finds out who is asking: with each request anew, so that what was changed or ended counts at once. */
export const recognise: MiddlewareHandler<App> = async (c, next) => {
  const token = readCookie(c, session)
  const visitor = token === '' ? undefined : await readSession(c.env, token)
  if (visitor) {
    c.set('visitor', visitor)
    c.set('account', accountOf(visitor))
  }
  // What somebody may see who is signed in stays with her, also on the way and after she has left.
  if (token !== '') c.header('cache-control', 'private, no-store')
  await next()
}

/** Only who is signed in, and with roles given only who has one of them at the centre she is working for. */
export const only =
  (...wanted: Role[]): MiddlewareHandler<App> =>
  async (c, next) => {
    const visitor = c.get('visitor')
    if (!visitor) throw new Problem('sign-in-needed')
    if (wanted.length > 0 && !hasRole(visitor, wanted)) throw new Problem('role-needed')
    await next()
  }

/** Who is asking, behind `only`. */
export const visitorOf = (c: Context<App>): Visitor => {
  const visitor = c.get('visitor')
  if (!visitor) throw new Problem('sign-in-needed')
  return visitor
}

/** Whether who is asking may change who gets in. */
export const isFresh = (c: Context<App>) => hasJustShown(visitorOf(c), c.env.now())

/** Only who has just shown that it is she, behind `only`. */
export const afresh: MiddlewareHandler<App> = async (c, next) => {
  if (!isFresh(c)) throw new Problem('sign-in-again')
  await next()
}

/** For which centre, behind `only` with roles. */
export const postOf = (c: Context<App>): Post => {
  const { post } = visitorOf(c)
  if (!post) throw new Problem('role-needed')
  return post
}

/** Where staff find their work. */
const ways: { path: string; label: string; for: Role[] }[] = [
  { path: '/arbeit', label: 'Arbeit', for: [] },
  { path: '/eingang', label: 'Eingang', for: [] },
  { path: '/entwuerfe', label: 'Entwürfe', for: ['editor', 'reviewer'] },
  { path: '/verweise', label: 'Verweise', for: ['adviser'] },
  { path: '/runden', label: 'Runde Tische', for: ['moderator'] },
  { path: '/runden/mitzeichnen', label: 'Mitzeichnen', for: ['moderator', 'reviewer'] },
  { path: '/verwaltung', label: 'Verwaltung', for: ['administrator'] },
  { path: '/audit', label: 'Protokoll', for: ['auditor'] },
]

const accountOf = (visitor: Visitor): Account => ({
  name: visitor.name,
  unread: visitor.unread,
  ...(visitor.post && { centre: visitor.post.name }),
  ways: ways.filter((way) => way.for.length === 0 || hasRole(visitor, way.for)),
})

/**
 * The fields of a form on a page for staff. It names the centre that its page was about: whoever changed to another
 * one meanwhile, in a second window, must not act for that by mistake.
 */
export const readStaffForm = async (c: Context<App>) => {
  const { zentrum, ...fields } = await readForm(c)
  if (zentrum !== postOf(c).centre) throw new Problem('wrong-centre')
  return fields
}
