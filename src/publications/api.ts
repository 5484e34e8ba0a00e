/** Records as JSON. */
import { Hono } from 'hono'
import { z } from 'zod'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { readQuery } from '../web/input.ts'
import type { ListItem } from './answers.ts'
import { endorsementsOf } from './endorsements.ts'
import { kindOf } from './kinds.ts'
import { provenanceOf } from './provenance.ts'
import { ListFilter, listPage, pageSize, readOne } from './reading.ts'
import type { ListedRecord } from './store.ts'

const limits = 'Zwischen 1 und 100 sind möglich.'

/** A filter that is misspelt must not pass for the whole list. */
export const ListQuery = ListFilter.extend({
  limit: z.coerce
    .number(limits)
    .pipe(z.int(limits).min(1, limits).max(100, limits))
    .default(pageSize),
}).strict()

export const recordsApi = new Hono<{ Bindings: Hub }>()
  .get('/', async (c) => {
    const { limit, ...filter } = readQuery(c, ListQuery)
    const { records, next } = await listPage(c.env, 'public', filter, limit)
    return c.json({ records: records.map(asItem), next })
  })
  .get('/:slug/:rid', async (c) => {
    const one = await readOne(c.env, 'public', c.req.param('slug'), c.req.param('rid'))
    const provenance = { ...provenanceOf(one.found), entry: one.found.jws }
    if (one.state !== 'published') {
      const { state, reason, replacedBy, continued } = one
      const tombstone = { state, reason, replacedBy, ...(continued && { continued }) }
      throw new Problem('gone', undefined, { tombstone, provenance })
    }
    const { iss, slug, kind, ver } = one.found
    const endorsements = await endorsementsOf(c.env, one)
    const about = { iss, slug, rid: c.req.param('rid'), kind, ver, endorsements, provenance }
    return c.body(withContent(about, one.content), 200, { 'content-type': 'application/json' })
  })

/** The answer with the content as its last member, in the very bytes that were signed. */
const withContent = (about: object, content: string) =>
  `${JSON.stringify(about).slice(0, -1)},"record":${content}}`

/** A record in a list, with the path of its page. */
export const asItem = ({
  teaser,
  changed,
  first_published,
  feed: _,
  ...record
}: ListedRecord): ListItem => ({
  ...record,
  ...teaser,
  published: changed,
  firstPublished: first_published,
  page: `/${kindOf(record.kind).path}/${record.slug}/${record.rid}`,
})
