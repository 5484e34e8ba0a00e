/** The pages on which moderators prepare a round table and make its result. */
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { readFields } from '../drafts/form.ts'
import type { Sent } from '../drafts/form-value.ts'
import { allCentres } from '../federation/store.ts'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { postOf, readStaffForm, visitorOf } from '../staff/guard.ts'
import { hasRole } from '../staff/visitor.ts'
import { parseInput, readQuery } from '../web/input.ts'
import { siteOf } from '../web/site.ts'
import { ListView } from './list-view.tsx'
import { PreparationView } from './preparation-view.tsx'
import { makeResult } from './result.ts'
import { resultsBy } from './results.ts'
import { preparation, type Round, stageOf } from './round.ts'
import { RoundSaid, RoundView } from './round-view.tsx'
import {
  type Actor,
  beginRound,
  discardRound,
  itemsOf,
  listRounds,
  roundOf,
  saveRound,
} from './store.ts'

type App = { Bindings: Hub }

const Told = z.object({ said: RoundSaid.optional() })
const Saving = z.object({ fassung: z.coerce.number().int().min(0).max(2_000_000_000) })

/** A box ticked once comes as a text. */
const Parties = z.object({
  parteien: z.union([z.array(z.string()), z.string().transform((slug) => [slug])]).default([]),
})

export const roundPages = new Hono<App>()
  .get('/runden', async (c) => {
    const { post } = mustModerate(c)
    const [rounds, results] = await Promise.all([
      listRounds(c.env.sql, post.centre),
      resultsBy(c.env, post.iss),
    ])
    const { said } = readQuery(c, Told)
    return c.html(<ListView {...{ site: siteOf(c), post, rounds, results, said }} />)
  })
  .get('/runden/neu', (c) => {
    const { post } = mustModerate(c)
    return c.html(<PreparationView site={siteOf(c)} post={post} written={{}} />)
  })
  .post('/runden/neu', async (c) => {
    const { post } = mustModerate(c)
    const prepared = preparedIn(await readStaffForm(c))
    const id = crypto.randomUUID()
    await beginRound(c.env.sql, { id, iss: post.iss, prepared }, actorIn(c))
    return c.redirect(`/runden/${id}?said=begun`, 303)
  })
  .get('/runden/:id', async (c) => {
    const { post } = mustModerate(c)
    const round = await roundIn(c)
    const [items, centres] = await Promise.all([itemsOf(c.env.sql, round.id), otherCentres(c)])
    const writes = hasRole(visitorOf(c), ['editor', 'reviewer'])
    return c.html(
      <RoundView
        {...{ site: siteOf(c), post, round, items, centres, writes }}
        {...readQuery(c, Told)}
      />,
    )
  })
  .get('/runden/:id/vorbereitung', async (c) => {
    const { post } = mustModerate(c)
    const round = await roundIn(c)
    return c.html(
      <PreparationView site={siteOf(c)} post={post} round={round} written={round.prepared} />,
    )
  })
  .post('/runden/:id/vorbereitung', save)
  .post('/runden/:id/ergebnis', async (c) => {
    const { post, person } = mustModerate(c)
    const { parteien } = parseInput(Parties, await readStaffForm(c))
    const round = await roundIn(c)
    const known = (await otherCentres(c)).map(({ slug }) => slug)
    const parties = known.filter((slug) => parteien.includes(slug))
    const draft = await makeResult(c.env, { post, person }, round, parties)
    const writes = hasRole(visitorOf(c), ['editor'])
    return c.redirect(writes ? `/entwuerfe/${draft}` : `/runden/${round.id}?said=drafted`, 303)
  })
  .post('/runden/:id/verwerfen', async (c) => {
    mustModerate(c)
    await readStaffForm(c)
    const round = await roundIn(c)
    if (stageOf(round) === 'published') throw new Problem('conflict')
    const [row] = await discardRound(c.env.sql, round.id, actorIn(c))
    if (row?.outcome !== 'done') throw new Problem('not-found')
    return c.redirect('/runden?said=discarded', 303)
  })

/** Round tables are the moderators' business. */
export const mustModerate = (c: Context<App>) => {
  const visitor = visitorOf(c)
  if (!hasRole(visitor, ['moderator'])) throw new Problem('role-needed')
  return { post: postOf(c), person: visitor.person }
}

/** The round table of the path; of other centres there is none. */
export const roundIn = async (c: Context<App>): Promise<Round> => {
  const id = z.uuid().safeParse(c.req.param('id')).data
  const [round] = id ? await roundOf(c.env.sql, postOf(c).centre, id) : []
  if (!round) throw new Problem('not-found')
  return round
}

export const actorIn = (c: Context<App>): Actor => ({
  centre: postOf(c).centre,
  by: visitorOf(c).person,
  now: new Date(c.env.now()),
})

/** What the form holds; what is not filled in is left out. */
const preparedIn = (fields: Sent) =>
  Object.fromEntries(
    Object.entries(readFields(preparation, fields)).flatMap(([name, value]) =>
      value === null ? [] : [[name, value]],
    ),
  )

/** The centres that may be asked to sign with a result. */
const otherCentres = async (c: Context<App>) =>
  (await allCentres(c.env.sql))
    .filter(({ id, status }) => id !== postOf(c).iss && status === 'active')
    .map(({ slug, organization_name: name }) => ({ slug, name }))

/** Where somebody else has saved meanwhile, what was typed stays in the form and stands beside what is saved. */
async function save(c: Context<App>) {
  const { post } = mustModerate(c)
  const fields = await readStaffForm(c)
  const round = await roundIn(c)
  const prepared = preparedIn(fields)
  const { fassung: revision } = parseInput(Saving, fields)
  const [saved] = await saveRound(c.env.sql, { id: round.id, revision, prepared }, actorIn(c))
  if (saved?.outcome === 'saved') return c.redirect(`/runden/${round.id}?said=saved`, 303)
  if (saved?.outcome !== 'moved') throw new Problem('not-found')
  return c.html(
    <PreparationView site={siteOf(c)} post={post} round={round} written={prepared} moved />,
    409,
  )
}
