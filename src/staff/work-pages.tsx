/** Where staff begin: what waits for them. */
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { parseInput, readForm } from '../web/input.ts'
import { siteOf } from '../web/site.ts'
import { visitorOf } from './guard.ts'
import { chooseCentre } from './session-store.ts'
import type { WaitingSource } from './waiting.ts'
import { WorkView } from './work-views.tsx'

type App = { Bindings: Hub }

const Choice = z.object({ centre: z.string() })

/** `sources`: every room that may have something for somebody, in the order in which it is shown. */
export const workPages = (...sources: WaitingSource[]) =>
  new Hono<App>()
    .get('/arbeit', async (c) => {
      const visitor = visitorOf(c)
      const waiting = await Promise.all(sources.map((source) => source(c.env, visitor)))
      return c.html(<WorkView site={siteOf(c)} visitor={visitor} waiting={waiting.flat()} />)
    })
    .post('/arbeit/zentrum', changeCentre)

async function changeCentre(c: Context<App>) {
  const { posts, session } = visitorOf(c)
  const { centre } = parseInput(Choice, await readForm(c))
  if (!posts.some((post) => post.centre === centre)) throw new Problem('not-found')
  await chooseCentre(c.env.sql, session, centre)
  return c.redirect('/arbeit', 303)
}
