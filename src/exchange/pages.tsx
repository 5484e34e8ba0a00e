/** The page of the node itself. */
import { Hono } from 'hono'
import type { Hub } from '../hub.ts'
import { siteOf } from '../web/site.ts'
import { nodeState } from './node-state.ts'
import { NodeView } from './node-view.tsx'
import type { StandingSource } from './sentence.ts'

/** Who works for a centre also sees the feeds that the centres share among themselves. */
export const nodePages = (...sources: StandingSource[]) =>
  new Hono<{ Bindings: Hub }>().get('/knoten', async (c) => {
    const audience = c.get('visitor')?.post ? 'members' : 'public'
    const [state, ...others] = await Promise.all([
      nodeState(c.env, audience),
      ...sources.map((source) => source(c.env)),
    ])
    return c.html(<NodeView {...{ site: siteOf(c), state, audience, others }} />)
  })
