/** The German pages of records. */
import { type Context, Hono } from 'hono'
import type { Child } from 'hono/jsx'
import { allCentres } from '../federation/store.ts'
import type { Hub } from '../hub.ts'
import { hasRole } from '../staff/visitor.ts'
import { readQuery } from '../web/input.ts'
import { sendFile } from '../web/send-file.ts'
import { siteOf } from '../web/site.ts'
import { isoDateOf } from '../web/texts.ts'
import { downloadsOf, findDownload } from './downloads.ts'
import { endorsementsOf } from './endorsements.ts'
import type { Kind } from './kind.ts'
import { kinds } from './kinds.ts'
import { mentions } from './mentions.ts'
import { type Named, named } from './names.ts'
import { provenanceOf } from './provenance.ts'
import { type GoneRecord, ListFilter, listPage, type PublishedRecord, readOne } from './reading.ts'
import type { Record } from './record.ts'
import { RecordView } from './record-view.tsx'
import { type Audience, countRecords, type ListedRecord, titlesOf } from './store.ts'
import { pathOf, type RecordItem } from './teaser.tsx'
import { TombstoneView } from './tombstone-view.tsx'
import { HomeView, RecordListView } from './views.tsx'

type App = { Bindings: Hub }

/** Each kind has a page of its own. */
const FilterOfKind = ListFilter.omit({ kind: true })

/** For whom a page is: who is signed in and works for a centre sees what the centres share among themselves. */
export const audienceOf = (c: Context<App>): Audience =>
  c.get('visitor')?.post ? 'members' : 'public'

/** What rooms above this one have to add to the page of a record. */
export type Beside = (hub: Hub, audience: Audience, record: PublishedRecord) => Promise<Child>

export const recordPages = (...besides: Beside[]) => {
  const pages = new Hono<App>()
    .get('/', showHome)
    .get('/anlagen/:slug/:rid/:dig', async (c) =>
      sendFile(c, await findDownload(c.env, audienceOf(c), c.req.param())),
    )
  for (const kind of kinds) {
    if (!kind.listedAt) pages.get(`/${kind.path}`, (c) => showList(c, kind))
    pages.get(`/${kind.path}/:slug/:rid`, (c) =>
      showRecord(c, kind, besides, c.req.param('slug'), c.req.param('rid')),
    )
  }
  return pages
}

const showHome = async (c: Context<App>) => {
  const audience = audienceOf(c)
  const [{ records }, counts] = await Promise.all([
    listPage(c.env, audience, {}, 12),
    countRecords(c.env.sql, audience),
  ])
  return c.html(<HomeView site={siteOf(c)} newest={records.map(itemOf)} counts={[...counts]} />)
}

/** All records of a kind; `more` stands below what the page is about. */
export const showList = async (c: Context<App>, kind: Kind, more?: Child) => {
  const query = readQuery(c, FilterOfKind)
  const [{ records, next }, centres] = await Promise.all([
    listPage(c.env, audienceOf(c), { ...query, kind: kind.id }),
    allCentres(c.env.sql),
  ])
  const { after: _, ...filter } = query
  return c.html(
    <RecordListView
      site={siteOf(c)}
      kind={kind}
      records={records.map(itemOf)}
      filter={filter}
      centres={centres.map(({ slug, organization_name: name }) => ({ slug, name }))}
      next={next}
      more={more}
    />,
  )
}

const showRecord = async (
  c: Context<App>,
  kind: Kind,
  besides: Beside[],
  slug: string,
  rid: string,
) => {
  const one = await readOne(c.env, audienceOf(c), slug, rid)
  if (one.found.kind !== kind.id) return c.notFound()
  if (one.state !== 'published') return showTombstone(c, kind, one)
  return showPublished(c, kind, besides, one)
}

const showPublished = async (
  c: Context<App>,
  kind: Kind,
  besides: Beside[],
  one: PublishedRecord,
) => {
  const { found, content } = one
  const audience = audienceOf(c)
  const record = await named(c.env, audience, JSON.parse(content) as Record)
  const [endorsements, mentioned, more] = await Promise.all([
    endorsementsOf(c.env, one),
    mentions(c.env, audience, found),
    Promise.all(besides.map((beside) => beside(c.env, audience, one))),
  ])
  const rid = c.req.param('rid') ?? ''
  return c.html(
    <RecordView
      site={siteOf(c)}
      kind={kind}
      slug={found.slug}
      rid={rid}
      record={record}
      provenance={provenanceOf(found)}
      related={relatedTo(record)}
      endorsements={endorsements}
      downloads={await downloadsOf(c.env, found, rid, record)}
      today={isoDateOf(c.env.now() / 1000)}
      own={looksAfter(c, found.iss)}
      mentions={mentioned}
      beside={more}
    />,
  )
}

/** Whether the reader writes or reviews for the centre whose record it is. */
const looksAfter = (c: Context<App>, iss: string) => {
  const visitor = c.get('visitor')
  return visitor?.post?.iss === iss && hasRole(visitor, ['editor', 'reviewer'])
}

const relatedTo = ({ related = [] }: Record) =>
  related.flatMap(({ rel, title, path }: { rel: string } & Named) =>
    title && path ? [{ rel, title, path }] : [],
  )

const showTombstone = async (
  c: Context<App>,
  kind: Kind,
  { found, state, reason, replacedBy, continued }: GoneRecord,
) => {
  const [replacement] = replacedBy ? await titlesOf(c.env.sql, audienceOf(c), [replacedBy]) : []
  const tombstone = {
    op: state === 'erased' ? ('erase' as const) : ('withdraw' as const),
    centre: found.centre,
    at: found.iat,
    continued,
    ...(reason && { reason }),
    ...(replacement && { replacedBy: pathOf(replacement) }),
  }
  return c.html(<TombstoneView site={siteOf(c)} kind={kind} tombstone={tombstone} />, 410)
}

/** A row of a list as its view takes it. */
export const itemOf = ({ teaser, changed, ...row }: ListedRecord): RecordItem => ({
  ...row,
  title: teaser.title,
  summary: teaser.summary,
  topics: teaser.topics,
  regions: teaser.regions,
  teaser: teaser.own,
  published: changed,
})
