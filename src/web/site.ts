import type { Context } from 'hono'
import type { Hub } from '../hub.ts'
import type { Site } from './layout.tsx'

/** Whose node this is and where on it one is. */
export const siteOf = (c: Context<{ Bindings: Hub }>): Site => ({
  centre: c.env.config.centres[0]?.name ?? '',
  path: c.req.path,
})
