import { Hono } from 'hono'
import type { Hub } from '../hub.ts'
import { asItem } from '../publications/api.ts'
import { readQuery } from '../web/input.ts'
import { find, SearchQuery } from './find.ts'

export const searchApi = new Hono<{ Bindings: Hub }>().get('/', async (c) => {
  const query = readQuery(c, SearchQuery.strict())
  const { hits, total, next } = await find(c.env, 'public', query)
  return c.json({
    hits: hits.map(({ passage, ...hit }) => ({ ...asItem(hit), passage })),
    total,
    next,
  })
})
