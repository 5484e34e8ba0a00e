import { Problem } from '../problem.ts'

/** What only another spelling of a path would need; guards and routes must never disagree about one. */
const otherSpelling = /\/\/|\\|;|%2f|%5c|%2e|%00|\/\.{1,2}(\/|$)/i

/** One form of every path: anything else is refused before a route sees it. */
export const refuseOtherSpelling = (url: string) => {
  if (otherSpelling.test(pathIn(url))) throw new Problem('invalid-path')
}

/** The path as it was written: behind scheme and host, before the query. */
export const pathIn = (url: string) => {
  const start = url.indexOf('/', url.indexOf('//') + 2)
  const end = url.indexOf('?', start)
  return end === -1 ? url.slice(start) : url.slice(start, end)
}
