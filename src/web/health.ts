import { Hono } from 'hono'
import type { Hub } from '../hub.ts'

/** For who runs the node: alive means that it answers, ready that its database does too. */
export const healthApi = new Hono<{ Bindings: Hub }>()
  .get('/healthz', (c) => c.json({ status: 'ok' }))
  .get('/readyz', async (c) => {
    await c.env.sql`select 1 from log_end`
    return c.json({ status: 'ready' })
  })
