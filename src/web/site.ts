import type { Context } from 'hono'
import type { Hub } from '../hub.ts'
import type { Account, Site } from './layout.tsx'

declare module 'hono' {
  interface ContextVariableMap {
    /** Who is signed in, as pages show it. */
    account: Account | undefined
  }
}

/** Whose node this is, where on it one is, and as whom. */
export const siteOf = (c: Context<{ Bindings: Hub }>): Site => ({
  centre: c.env.config.centres[0]?.name ?? '',
  path: c.req.path,
  account: c.get('account'),
})
