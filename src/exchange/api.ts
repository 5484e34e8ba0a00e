/** The exchange endpoints (schemas/EXCHANGE.md, section 9). */
import { Hono } from 'hono'
import { z } from 'zod'
import { ownCentreIds } from '../config.ts'
import { FederationUrl, FeedName } from '../federation/statement.ts'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { parseInput, readJsonBody, readQuery } from '../web/input.ts'
import { sendFile } from '../web/send-file.ts'
import { readAssertion } from './assertion.ts'
import { attestHoldings } from './attest.ts'
import { fileOf, findBlob } from './blob.ts'
import { entryLimits } from './entry.ts'
import { evidencePairs } from './evidence.ts'
import { Nudge } from './nudge-body.ts'
import { entriesPage, findFeed, headOf } from './page.ts'
import { wantPull } from './pulls-store.ts'
import { takePush } from './push.ts'
import { Push } from './push-body.ts'

type App = { Bindings: Hub }

/** A number in a query, in its one decimal form. */
const number = z
  .string()
  .regex(/^(0|[1-9]\d{0,15})$/)
  .transform(Number)
  .pipe(z.int())
const epoch = number.pipe(z.int32().min(1))
export const EntriesQuery = z.object({
  iss: FederationUrl,
  feed: FeedName,
  epoch,
  after: number.default(0),
  limit: number.pipe(z.int().min(1)).default(entryLimits.page.entries),
})
export const HeadQuery = z.object({ iss: FederationUrl, feed: FeedName, epoch: epoch.optional() })
export const BlobQuery = z.object({
  iss: FederationUrl,
  feed: FeedName,
  dig: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
})

export const exchangeApi = new Hono<App>()
  .get('/entries', async (c) => {
    const { limit, ...query } = readQuery(c, EntriesQuery)
    const caller = await readAssertion(c.env, c.req.header('authorization'))
    const atMost = Math.min(limit, entryLimits.page.entries)
    return c.json(await entriesPage(c.env, { ...query, limit: atMost }, caller))
  })
  .post('/entries', async (c) => {
    if (c.env.admit?.() === false) throw new Problem('too-many-requests')
    const push = parseInput(Push, await readJsonBody(c))
    const caller = await readAssertion(c.env, c.req.header('authorization'))
    return c.json(await takePush(c.env, push, caller))
  })
  .get('/head', async (c) => {
    const query = readQuery(c, HeadQuery)
    const caller = await readAssertion(c.env, c.req.header('authorization'))
    const { feed } = await findFeed(c.env, query, caller)
    const { iss, epoch } = feed
    return c.json({ iss, feed: feed.feed, epoch, head: await headOf(c.env, feed) })
  })
  .get('/evidence', async (c) => {
    const query = readQuery(c, HeadQuery)
    const caller = await readAssertion(c.env, c.req.header('authorization'))
    const { feed } = await findFeed(c.env, query, caller)
    return c.json(await evidencePairs(c.env.sql, feed))
  })
  .get('/holdings', async (c) => {
    const caller = await readAssertion(c.env, c.req.header('authorization'))
    return c.json({ holdings: await attestHoldings(c.env, caller) })
  })
  .get('/blobs', async (c) => {
    const name = readQuery(c, BlobQuery)
    const caller = await readAssertion(c.env, c.req.header('authorization'))
    return sendFile(c, fileOf(c.env, name, await findBlob(c.env, name, caller)))
  })
  .post('/nudges', async (c) => {
    if (c.env.admit?.() === false) throw new Problem('too-many-requests')
    const nudge = parseInput(Nudge, await readJsonBody(c))
    // Of our own feeds nobody knows more than we do.
    if (ownCentreIds(c.env.config).includes(nudge.iss)) return c.json({ scheduled: false }, 202)
    const [known] = await wantPull(c.env.sql, { ...nudge, now: new Date(c.env.now()) })
    if (!known) throw new Problem('unknown-feed')
    if (known.news) c.env.wake?.('nudged')
    return c.json({ scheduled: known.news }, 202)
  })
