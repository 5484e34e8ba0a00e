/** Everything from everybody, as it comes in. */
import { Hono } from 'hono'
import { z } from 'zod'
import { nodeState } from '../exchange/node-state.ts'
import { allCentres } from '../federation/store.ts'
import type { Hub } from '../hub.ts'
import { landIds } from '../places/lands.ts'
import { kinds } from '../publications/kinds.ts'
import { topics } from '../publications/vocabularies/topics.ts'
import { only } from '../staff/guard.ts'
import { readQuery } from '../web/input.ts'
import { siteOf } from '../web/site.ts'
import { latestArrivals } from './arrivals-store.ts'
import { ArrivalList, ArrivalsView } from './arrivals-views.tsx'

const Filter = z.strictObject({
  centre: z.string().max(40).optional(),
  kind: z.enum(kinds.map(({ id }) => id)).optional(),
  topic: z.enum(topics.terms.map(({ id }) => id)).optional(),
  land: z.enum(landIds).optional(),
})

/** So many are shown. */
const most = 60

export const arrivalPages = new Hono<{ Bindings: Hub }>().get('/eingang', only(), async (c) => {
  const filter = readQuery(c, Filter)
  const arrivals = await latestArrivals(c.env.sql, filter, most)
  c.header('vary', 'x-part')
  // The script asks for the list alone, to renew it.
  if (c.req.header('x-part') === 'live') return c.html(<ArrivalList arrivals={arrivals} />)
  const [state, centres] = await Promise.all([nodeState(c.env, 'members'), allCentres(c.env.sql)])
  return c.html(
    <ArrivalsView
      site={siteOf(c)}
      arrivals={arrivals}
      copies={state.mirrored}
      filter={filter}
      centres={centres.map(({ slug, organization_name: name }) => ({ slug, name }))}
    />,
  )
})
