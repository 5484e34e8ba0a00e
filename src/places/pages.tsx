import { Hono } from 'hono'
import type { Hub } from '../hub.ts'
import { hasRole } from '../staff/visitor.ts'
import { readQuery } from '../web/input.ts'
import { siteOf } from '../web/site.ts'
import { answerPlace, PlaceQuery } from './answer.ts'
import { seatRuleOf } from './seat-rule.ts'
import { ResponsibleView } from './views.tsx'

export const placesPages = new Hono<{ Bindings: Hub }>().get('/zustaendig', async (c) => {
  const query = readQuery(c, PlaceQuery)
  const asked = query.plz !== undefined || query.ort !== undefined
  const found = asked ? await answerPlace(c.env, query) : undefined
  const visitor = c.get('visitor')
  const refers = visitor !== undefined && hasRole(visitor, ['adviser'])
  const rule = seatRuleOf(c.env.config)
  return c.html(<ResponsibleView site={siteOf(c)} {...{ query, found, rule, refers }} />)
})
