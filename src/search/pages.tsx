import { Hono } from 'hono'
import type { Hub } from '../hub.ts'
import { audienceOf, itemOf } from '../publications/pages.tsx'
import { readQuery } from '../web/input.ts'
import { siteOf } from '../web/site.ts'
import { find, SearchQuery } from './find.ts'
import { SearchView } from './views.tsx'

const nothing = { hits: [], total: 0, next: null }

export const searchPages = new Hono<{ Bindings: Hub }>().get('/suche', async (c) => {
  const query = readQuery(c, SearchQuery)
  const { hits, total, next } =
    query.q.trim() === '' ? nothing : await find(c.env, audienceOf(c), query)
  const shown = hits.map(({ passage, ...hit }) => ({ ...itemOf(hit), passage }))
  return c.html(<SearchView site={siteOf(c)} q={query.q} hits={shown} total={total} next={next} />)
})
