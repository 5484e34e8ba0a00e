/** Figures for staff: of the centre's own referrals, and at the umbrella those that all centres have sent. */
import { Hono } from 'hono'
import { z } from 'zod'
import { allCentres, centreById } from '../federation/store.ts'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { postOf } from '../staff/guard.ts'
import { readQuery } from '../web/input.ts'
import { siteOf } from '../web/site.ts'
import { countEnded, Month } from './counts.ts'
import { allCounts } from './figures-store.ts'
import { FiguresView } from './figures-view.tsx'

export const figuresPages = new Hono<{ Bindings: Hub }>().get('/verweise/zahlen', async (c) => {
  const { monat } = readQuery(c, z.object({ monat: Month.optional() }))
  const post = postOf(c)
  const centre = await centreById(c.env.sql, post.iss)
  if (!centre) throw new Problem('not-found')
  const own = await countEnded(c.env, centre, monat)
  const counts = post.umbrella ? await allCounts(c.env.sql) : []
  const names = new Map(
    (await allCentres(c.env.sql)).map(({ id, organization_name }) => [id, organization_name]),
  )
  const sent = counts.filter(({ month }) => monat === undefined || month === monat)
  return c.html(
    <FiguresView site={siteOf(c)} {...{ post, own, sent, names, month: monat ?? '' }} />,
  )
})
