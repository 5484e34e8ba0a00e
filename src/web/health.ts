import { Hono } from 'hono'
import { askDatabase } from '../database/ready.ts'
import type { Hub } from '../hub.ts'

/** For who runs the node: alive means that it answers, ready that its database does too. */
export const healthApi = new Hono<{ Bindings: Hub }>()
  .get('/healthz', (c) => c.json({ status: 'ok' }))
  .get('/readyz', async (c) => {
    await askDatabase(c.env.sql)
    return c.json({ status: 'ready' })
  })
