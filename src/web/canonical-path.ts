import type { MiddlewareHandler } from 'hono'
import { Problem } from '../problem.ts'

/** What only another spelling of a path would need; guards and routes must never disagree about one. */
const otherSpelling = /\/\/|\\|;|%2f|%5c|%2e|%00|\/\.{1,2}(\/|$)/i

/** One form of every path: anything else is refused before a route sees it. */
export const canonicalPath: MiddlewareHandler = async (c, next) => {
  const [path = ''] = c.req.url.slice(new URL(c.req.url).origin.length).split('?')
  if (otherSpelling.test(path)) throw new Problem('invalid-path')
  await next()
}
