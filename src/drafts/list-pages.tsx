/** The list of a centre's drafts, and what is done with several of them at once. */
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { postOf, readStaffForm, visitorOf } from '../staff/guard.ts'
import { hasRole } from '../staff/visitor.ts'
import { parseInput, readQuery } from '../web/input.ts'
import { siteOf } from '../web/site.ts'
import { actOnMany, type BulkOutcome, bulkActs } from './bulk.ts'
import { DiscardView } from './discard-view.tsx'
import { draftStates } from './draft.ts'
import { ListView } from './list-view.tsx'
import { type DraftFilter, listDrafts } from './store.ts'

type App = { Bindings: Hub }

const count = z.coerce.number().int().min(0).max(1_000)

const ListQuery = z.object({
  stand: z.enum(draftStates.map(({ id }) => id)).optional(),
  art: z.string().max(40).optional(),
  von: z.literal('mir').optional(),
  tat: z.enum(bulkActs).optional(),
  gewollt: count.default(0),
  getan: count.default(0),
})

const Chosen = z.object({
  do: z.enum(bulkActs),
  draft: z.union([z.array(z.uuid()), z.uuid().transform((id) => [id])]).default([]),
  sicher: z.literal('ja').optional(),
})

export const listPages = new Hono<App>()
  .get('/entwuerfe', showList)
  .post('/entwuerfe', async (c) => {
    const { do: act, draft: ids, sicher } = parseInput(Chosen, await readStaffForm(c))
    if (act === 'discard' && ids.length > 0 && !sicher) return ask(c, ids)
    return c.redirect(saying(await actOnMany(c.env, visitorOf(c), act, ids)), 303)
  })

const saying = ({ act, wanted, done }: BulkOutcome) =>
  `/entwuerfe?${new URLSearchParams({ tat: act, gewollt: String(wanted), getan: String(done) })}`

const listed = (c: Context<App>, filter: DraftFilter) =>
  listDrafts(c.env.sql, postOf(c).centre, visitorOf(c).person, filter)

/** What is gone does not come back: first one sees what it is. */
const ask = async (c: Context<App>, ids: string[]) => {
  if (!hasRole(visitorOf(c), ['editor'])) throw new Problem('role-needed')
  const drafts = (await listed(c, {})).filter(({ id }) => ids.includes(id))
  if (drafts.length === 0) throw new Problem('not-found')
  return c.html(<DiscardView site={siteOf(c)} post={postOf(c)} drafts={drafts} />)
}

async function showList(c: Context<App>) {
  const { stand, art, von, tat, gewollt, getan } = readQuery(c, ListQuery)
  const writes = hasRole(visitorOf(c), ['editor'])
  const filter = { state: stand, kind: art, mine: von === 'mir' }
  const author = von === 'mir' ? visitorOf(c).person : undefined
  const drafts = await listed(c, { ...filter, author, submitted: !writes })
  const outcome = tat && { act: tat, wanted: gewollt, done: getan }
  return c.html(
    <ListView {...{ site: siteOf(c), post: postOf(c), drafts, filter, writes, outcome }} />,
  )
}
