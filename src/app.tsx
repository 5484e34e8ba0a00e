/** The map: every path and its room, and what a failure looks like. */
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { isDatabaseAway } from './database/connect.ts'
import { exchangeApi } from './exchange/api.ts'
import { federationApi } from './federation/api.ts'
import type { Hub } from './hub.ts'
import { openApi } from './openapi.ts'
import { Problem } from './problem.ts'
import { recordsApi } from './publications/api.ts'
import { recordPages } from './publications/pages.tsx'
import { searchApi } from './search/api.ts'
import { searchPages } from './search/pages.tsx'
import { canonicalPath } from './web/canonical-path.ts'
import { healthApi } from './web/health.ts'
import { ProblemView } from './web/problem-view.tsx'
import { secure } from './web/security.ts'
import { siteOf } from './web/site.ts'

type App = { Bindings: Hub }

/** What is public may be read by scripts of any site. */
const openData: MiddlewareHandler = (c, next) => {
  c.header('access-control-allow-origin', '*')
  return next()
}

export const app = new Hono<App>()
  .use(secure, canonicalPath)
  .use('/api/*', openData)
  .route('/', healthApi)
  .route('/', federationApi)
  .route('/exchange/v1', exchangeApi)
  .route('/api/records', recordsApi)
  .route('/api/search', searchApi)
  .get('/openapi.json', (c) => c.json(openApi(c.env.config.origin)))
  .route('/', recordPages)
  .route('/', searchPages)
  .notFound((c) => answer(c, new Problem('not-found')))
  .onError((error, c) => answer(c, asProblem(error, c.env)))

/** Anything but a Problem is a fault of ours, or the database's absence: logged with its cause, shown without. */
const asProblem = (error: unknown, hub: Hub) => {
  if (error instanceof Problem) return error
  hub.log.error({ err: error }, 'request failed')
  return new Problem(isDatabaseAway(error) ? 'unavailable' : 'internal')
}

const answer = (c: Context<App>, problem: Problem) =>
  wantsPage(c) ? problemPage(c, problem) : problemJson(c, problem)

/** Who prefers HTML, as browsers do, is a person. */
const wantsPage = (c: Context<App>) => (c.req.header('accept') ?? '').includes('text/html')

const problemPage = (c: Context<App>, problem: Problem) =>
  c.html(<ProblemView site={siteOf(c)} problem={problem} faults={problem.faults} />, problem.status)

/** RFC 9457, with the stable code that programs go by. */
const problemJson = (c: Context<App>, { status, title, code, detail, extra }: Problem) =>
  c.body(
    JSON.stringify({
      type: 'about:blank',
      title,
      status,
      code,
      ...(detail && { detail }),
      ...extra,
    }),
    status,
    {
      'content-type': 'application/problem+json',
      // RFC 9110, 11.6.1: who asks for proof says which.
      ...(status === 401 && { 'www-authenticate': 'Bearer' }),
    },
  )
