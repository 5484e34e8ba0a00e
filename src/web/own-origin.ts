import type { Context } from 'hono'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'

const safe = ['GET', 'HEAD', 'OPTIONS']

/** Below these paths programs call, which have no cookies and send no origin. */
const forPrograms = /^\/(api|exchange|trust-anchor|centres)\//

/**
 * Whatever changes something comes from a page of this node: browsers say so with each such request, whatever its
 * content type, and a page elsewhere cannot make them say it. Programs need not, but a browser is never let pass
 * for one.
 */
export const refuseForeignOrigin = ({ req, env }: Context<{ Bindings: Hub }>) => {
  if (!safe.includes(req.method) && !isOwn(env.config.origin, req)) {
    throw new Problem('foreign-origin')
  }
}

interface Asked {
  path: string
  header(name: string): string | undefined
}

const isOwn = (own: string, asked: Asked) => {
  const origin = asked.header('origin')
  return origin === undefined ? forPrograms.test(asked.path) : origin === own
}
