/** What centres and others offer to companies. */
import { Hono } from 'hono'
import type { Hub } from '../hub.ts'
import { siteOf } from '../web/site.ts'
import { OfferingsView } from './offerings-view.tsx'

export const advicePages = new Hono<{ Bindings: Hub }>().get('/angebote', (c) =>
  c.html(<OfferingsView site={siteOf(c)} />),
)
