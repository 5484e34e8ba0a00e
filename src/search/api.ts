/** The search for programs. */
import { Hono } from 'hono'
import { z } from 'zod'
import { allCentres } from '../federation/store.ts'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { readOne } from '../publications/reading.ts'
import { readQuery } from '../web/input.ts'
import { asAnswer, asHit } from './answer.ts'
import { find } from './find.ts'
import { inputOf, SearchQuery } from './query.ts'
import { CompanyQuery, casesLike, recordsLike } from './similar.ts'

export const searchApi = new Hono<{ Bindings: Hub }>()
  .get('/', async (c) => {
    const query = readQuery(c, SearchQuery.strict())
    const [found, centres] = await Promise.all([
      find(c.env, 'public', inputOf(query)),
      centreNames(c.env),
    ])
    return c.json(asAnswer(found, centres))
  })
  .get('/company', async (c) => {
    const company = readQuery(c, CompanyQuery.strict())
    const hits = await casesLike(c.env, 'public', company)
    return c.json({ hits: hits.map(asHit) })
  })
  .get('/similar/:slug/:rid', async (c) => {
    readQuery(c, z.strictObject({}))
    const one = await readOne(c.env, 'public', c.req.param('slug'), c.req.param('rid'))
    if (one.state !== 'published') throw new Problem('not-found')
    const hits = await recordsLike(c.env, 'public', one.found, one.content)
    return c.json({ hits: hits.map(asHit) })
  })

/** Names of the centres that are known, by slug. */
export const centreNames = async (hub: Hub) =>
  new Map((await allCentres(hub.sql)).map(({ slug, organization_name: name }) => [slug, name]))
