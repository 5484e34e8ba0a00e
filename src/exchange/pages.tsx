/** The page of the node itself. */
import { Hono } from 'hono'
import type { Hub } from '../hub.ts'
import { siteOf } from '../web/site.ts'
import { nodeState } from './node-state.ts'
import { NodeView } from './node-view.tsx'

/** Who works for a centre also sees the feeds that the centres share among themselves. */
export const nodePages = new Hono<{ Bindings: Hub }>().get('/knoten', async (c) => {
  const audience = c.get('visitor')?.post ? 'members' : 'public'
  const state = await nodeState(c.env, audience)
  return c.html(<NodeView site={siteOf(c)} state={state} audience={audience} />)
})
