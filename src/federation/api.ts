/** The federation endpoints (OpenID Federation 1.0, sections 8 and 9) and the anchor's history. */
import { type Context, Hono } from 'hono'
import { runsAnchor } from '../config.ts'
import { type Hub, seconds } from '../hub.ts'
import { jsonFault } from '../signing/json.ts'
import { seal } from '../signing/seal.ts'
import { anchorHere } from './anchor.ts'
import { centreConfiguration } from './configuration.ts'
import { anchorKey } from './keys.ts'
import { retiredKeys } from './keys-store.ts'
import { historyPage } from './learn.ts'
import type { FederationError, HistoricalKeys } from './statement.ts'
import { newestIssued, newestIssuedAbout } from './store.ts'

type App = { Bindings: Hub }

const statementType = { 'content-type': 'application/entity-statement+jwt' }

export const federationApi = new Hono<App>()
  .get('/centres/:slug/.well-known/openid-federation', async (c) => {
    const slug = c.req.param('slug')
    return c.env.config.centres.some((own) => own.slug === slug)
      ? c.body(await centreConfiguration(c.env, slug), 200, statementType)
      : notFound(c, 'no such centre here')
  })
  .use('/trust-anchor/*', (c, next) =>
    runsAnchor(c.env.config) ? next() : Promise.resolve(notFound(c, 'no trust anchor here')),
  )
  .get('/trust-anchor/.well-known/openid-federation', async (c) => {
    const [own] = await newestIssuedAbout(c.env.sql, anchorHere(c.env))
    return own
      ? c.body(own.jws, 200, statementType)
      : notFound(c, 'the anchor has no configuration yet')
  })
  .get('/trust-anchor/fetch', async (c) => {
    const anchor = anchorHere(c.env)
    const sub = c.req.query('sub')
    if (!sub) return refuse(c, 400, 'invalid_request', 'sub is missing')
    if (sub === anchor) return refuse(c, 400, 'invalid_request', 'sub is the anchor itself')
    const [stated] = jsonFault(sub, false) ? [] : await newestIssuedAbout(c.env.sql, sub)
    return stated ? c.body(stated.jws, 200, statementType) : notFound(c, 'sub is not vouched for')
  })
  .get('/trust-anchor/list', async (c) => {
    const anchor = anchorHere(c.env)
    const unsupported = ['trust_marked', 'trust_mark_type', 'intermediate'].find((name) =>
      c.req.query(name),
    )
    if (unsupported) return refuse(c, 400, 'unsupported_parameter', unsupported)
    const type = c.req.query('entity_type')
    const subs = (await newestIssued(c.env.sql))
      .map(({ sub }) => sub)
      .filter((sub) => sub !== anchor)
    return c.json(type === undefined || type === 'knowledge_exchange' ? subs : [])
  })
  .get('/trust-anchor/historical-keys', async (c) => {
    const anchor = anchorHere(c.env)
    const key = await anchorKey(c.env, anchor)
    const retired = await retiredKeys(c.env.sql, anchor, 'fed', new Date(c.env.now()))
    const keys = retired.map(({ public: jwk, iat, exp }) => ({ ...jwk, iat, exp }))
    const payload: HistoricalKeys = { iss: anchor, iat: seconds(c.env), keys }
    return c.body(await seal('jwk-set+jwt', payload, key), 200, {
      'content-type': 'application/jwk-set+jwt',
    })
  })
  .get('/trust-anchor/history', async (c) => {
    const text = c.req.query('after') ?? '0'
    const after = Number(text)
    if (!/^\d{1,10}$/.test(text) || after > 2 ** 31 - 1) {
      return refuse(c, 400, 'invalid_request', 'after is not a position')
    }
    return c.json(await historyPage(c.env, after))
  })

const refuse = (
  c: Context<App>,
  status: 400 | 404,
  error: FederationError['error'],
  error_description: string,
) => c.json({ error, error_description } satisfies FederationError, status)

const notFound = (c: Context<App>, description: string) => refuse(c, 404, 'not_found', description)
