/** The map: every path and its room, and what a failure looks like. */
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { advicePages } from './advice/pages.tsx'
import { waitingOffers } from './advice/waiting.ts'
import { isDatabaseAway } from './database/connect.ts'
import { filePages } from './drafts/file-pages.tsx'
import { followUps } from './drafts/follow-up.tsx'
import { importPages } from './drafts/import-pages.tsx'
import { listPages } from './drafts/list-pages.tsx'
import { draftPages } from './drafts/pages.tsx'
import { publishedPages } from './drafts/published-pages.tsx'
import { reviewPages } from './drafts/review-pages.tsx'
import { searchedDrafts } from './drafts/searched.ts'
import { waitingDrafts } from './drafts/waiting.ts'
import { eventPages } from './events/pages.tsx'
import { exchangeApi } from './exchange/api.ts'
import { nodeApi } from './exchange/node-api.ts'
import { nodePages } from './exchange/pages.tsx'
import { federationApi } from './federation/api.ts'
import type { Hub } from './hub.ts'
import { arrivalPages } from './insight/arrivals-pages.tsx'
import { newsletterPages } from './insight/newsletter-pages.tsx'
import { insightPages } from './insight/pages.tsx'
import { shelfPages, waitingForShelf } from './insight/shelf-pages.tsx'
import { synthesisPages } from './insight/synthesis-pages.tsx'
import { learningPages } from './learning/pages.tsx'
import { noticePages } from './notices/pages.tsx'
import { reportPages } from './notices/report-pages.tsx'
import { waitingReports } from './notices/waiting.ts'
import { openApi } from './openapi.ts'
import { overviewPages } from './overview/pages.tsx'
import { placesApi } from './places/api.ts'
import { placesPages } from './places/pages.tsx'
import { Problem } from './problem.ts'
import { recordsApi } from './publications/api.ts'
import { recordPages } from './publications/pages.tsx'
import { waitingReviews, waitingShaken } from './publications/waiting.ts'
import { questionPages } from './questions/pages.tsx'
import { waitingQuestions } from './questions/waiting.ts'
import { referralsApi } from './referrals/api.ts'
import { figuresPages } from './referrals/figures-pages.tsx'
import { referralFormPages } from './referrals/form-pages.tsx'
import { referralPages } from './referrals/pages.tsx'
import { waitingReferrals } from './referrals/waiting.ts'
import { agreementPages } from './rounds/agreements-pages.tsx'
import { capturePages } from './rounds/capture-pages.tsx'
import { roundPages } from './rounds/pages.tsx'
import { partyPages } from './rounds/parties-pages.tsx'
import { waitingAgreements, waitingParties } from './rounds/waiting.ts'
import { searchApi } from './search/api.ts'
import { searchPages } from './search/pages.tsx'
import { savedPages, waitingNews } from './search/saved-pages.tsx'
import { similarCases } from './search/similar-view.tsx'
import { searchStanding } from './search/standing.tsx'
import { accessPages } from './staff/access-pages.tsx'
import { afterSignIn } from './staff/after-sign-in.ts'
import { auditPages } from './staff/audit-pages.tsx'
import { only, recognise } from './staff/guard.ts'
import { messagePages } from './staff/message-pages.tsx'
import { waitingForStaff } from './staff/own-waiting.ts'
import { peoplePages } from './staff/people-pages.tsx'
import { roleIds } from './staff/roles.ts'
import { signInPages } from './staff/sign-in-pages.tsx'
import { workPages } from './staff/work-pages.tsx'
import { refuseOtherSpelling } from './web/canonical-path.ts'
import { healthApi } from './web/health.ts'
import { refuseForeignOrigin } from './web/own-origin.ts'
import { ProblemView } from './web/problem-view.tsx'
import { siteOf } from './web/site.ts'

type App = { Bindings: Hub }

/** Milliseconds after which whoever asks is answered, whatever the database does. */
const patience = 10_000

/** Whoever brings a file over a slow line has that long. */
const patienceWith = ({ req }: Context) =>
  req.method === 'POST' && req.header('content-type')?.startsWith('multipart/form-data')
    ? 30 * patience
    : patience

/** The act goes on; only the answer does not wait for it. */
const inTime = (c: Context, act: Promise<void>) =>
  new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => reject(new Problem('unavailable')), patienceWith(c))
    act.then(resolve, reject).finally(() => clearTimeout(late))
  })

/** What holds for every request, in one step: each step takes its time, and they are few that need one. */
const enter: MiddlewareHandler<App> = (c, next) => {
  refuseOtherSpelling(c.req.url)
  refuseForeignOrigin(c)
  return inTime(c, next())
}

/** What others have erased meanwhile must not be seen once more; to be told something is welcome. */
const caughtUp: MiddlewareHandler<App> = async (c, next) => {
  if (c.req.method !== 'POST' && (await c.env.showsNothing?.())) throw new Problem('catching-up')
  return next()
}

export const app = new Hono<App>()
  .use(enter)
  .route('/', healthApi)
  .route('/', federationApi)
  .get('/openapi.json', (c) => c.json(openApi(c.env.config.origin)))
  .use(caughtUp)
  .route('/exchange/v1', exchangeApi)
  .route('/exchange/v1', referralsApi)
  .route('/api/records', recordsApi)
  .route('/api/search', searchApi)
  .route('/api/places', placesApi)
  .route('/api/node', nodeApi)
  // From here on people ask, and some are known.
  .use(recognise)
  .use('/arbeit/*', only())
  .use('/entwuerfe/*', only('editor', 'reviewer'))
  .use('/runden/*', only('moderator', 'reviewer'))
  .use('/verwaltung/*', only('administrator'))
  .use('/suche/gespeichert/*', only())
  .use('/audit/*', only('auditor'))
  .use('/verweise/*', only('adviser'))
  .use('/angebote/pruefen/*', only('editor'))
  .route('/', publishedPages)
  .route('/', importPages)
  .route('/', listPages)
  .route('/', draftPages)
  .route('/', reviewPages)
  .route('/', filePages)
  .use('/fachfragen/:slug/:rid/antworten/*', only(...roleIds))
  .route('/', eventPages)
  .route('/', partyPages)
  .route('/', agreementPages)
  .route('/', capturePages)
  .route('/', roundPages)
  .route('/', learningPages)
  .route('/', questionPages)
  .route('/', overviewPages)
  .route('/', recordPages(followUps, similarCases))
  .route('/', searchPages(searchedDrafts))
  .route('/', savedPages)
  .route('/', advicePages)
  .route('/', placesPages)
  .route('/', insightPages)
  .route('/', newsletterPages)
  .route('/', arrivalPages)
  .route('/', shelfPages)
  .route('/', synthesisPages)
  .route('/', figuresPages)
  .route('/', referralFormPages)
  .route('/', referralPages)
  .route('/', noticePages)
  .route('/', reportPages)
  .route('/', signInPages)
  .route(
    '/',
    workPages(
      waitingDrafts,
      waitingReferrals,
      waitingReports,
      waitingReviews,
      waitingShaken,
      waitingOffers,
      waitingQuestions,
      waitingForShelf,
      waitingNews,
      waitingParties,
      waitingAgreements,
      waitingForStaff,
    ),
  )
  .route('/', accessPages)
  .route('/', messagePages)
  .route('/', peoplePages)
  .route('/', nodePages(searchStanding))
  .route('/', auditPages)
  .notFound((c) => answer(c, missing(c)))
  .onError((error, c) => answer(c, asProblem(error, c.env)))

/** Nothing is here – or only nothing for this method (RFC 9110, 15.5.6). */
const missing = (c: Context<App>) => {
  const allow = ['GET', 'POST'].filter((method) =>
    app.router.match(method, c.req.path)[0].some(([[, route]]) => route.method === method),
  )
  if (allow.length === 0) return new Problem('not-found')
  c.header('allow', allow.join(', ').replace('GET', 'GET, HEAD'))
  return new Problem('method-not-allowed')
}

/** Anything but a Problem is a fault of ours, or the database's absence: logged with its cause, shown without. */
const asProblem = (error: unknown, hub: Hub) => {
  if (error instanceof Problem) return error
  hub.log.error({ err: error }, 'request failed')
  return new Problem(isDatabaseAway(error) ? 'unavailable' : 'internal')
}

const answer = (c: Context<App>, problem: Problem) => {
  if (!wantsPage(c)) return problemJson(c, problem)
  return problem.code === 'sign-in-needed' && c.req.method === 'GET'
    ? c.redirect(afterSignIn(pathOf(c)), 303)
    : problemPage(c, problem)
}

/** Where somebody wanted to go, to be led there after signing in. */
const pathOf = (c: Context<App>) => {
  const { pathname, search } = new URL(c.req.url)
  return pathname + search
}

/** Below these paths programs ask. */
const forPrograms = /^\/(api|exchange|trust-anchor|centres)\//

/** Elsewhere who takes HTML, as browsers do, is a person. */
const wantsPage = (c: Context<App>) =>
  !forPrograms.test(c.req.path) && (c.req.header('accept') ?? '').includes('text/html')

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
      // RFC 9110, 14.4: who asks for too much is told how much there is.
      ...(status === 416 && { 'content-range': `bytes */${extra.size}` }),
    },
  )
