/** How the node stands, as JSON. */
import { Hono } from 'hono'
import type { Hub } from '../hub.ts'
import { nodeState } from './node-state.ts'

export const nodeApi = new Hono<{ Bindings: Hub }>().get('/', async (c) =>
  c.json(await nodeState(c.env, 'public')),
)
