/** The German pages of the search, and its lists in other forms. */
import { type Context, Hono } from 'hono'
import type { Hub } from '../hub.ts'
import { asItem } from '../publications/api.ts'
import { audienceOf, itemOf } from '../publications/pages.tsx'
import { readQuery } from '../web/input.ts'
import { siteOf } from '../web/site.ts'
import { asAnswer, facetCounts } from './answer.ts'
import { centreNames } from './api.ts'
import { CompanyView } from './company-view.tsx'
import { type FoundRecord, find, findListed } from './find.ts'
import { asAtom, asCsv } from './forms.ts'
import { takenBackSince } from './hits-store.ts'
import { listAll } from './list.ts'
import { filtersIn, inputOf, SearchQuery, searchPath, TitlesQuery, WholeQuery } from './query.ts'
import { CompanyQuery, casesLike } from './similar.ts'
import { type UnpublishedSource, unpublishedWith } from './unpublished.ts'
import { SearchView, titleOf } from './views.tsx'

type App = { Bindings: Hub }

/** `unpublished`: what staff find beside what is published. */
export const searchPages = (unpublished: UnpublishedSource) =>
  new Hono<App>()
    .get('/suche', async (c) => {
      const query = readQuery(c, SearchQuery)
      const mayKeep = audienceOf(c) === 'members'
      const [results, own] = await Promise.all([resultsOf(c, query), ownOf(c, query, unpublished)])
      return c.html(<SearchView {...{ site: siteOf(c), query, mayKeep, own, ...results }} />)
    })
    .get('/suche.json', async (c) => {
      const query = readQuery(c, SearchQuery.strict())
      const [found, centres] = await Promise.all([
        find(c.env, audienceOf(c), inputOf(query)),
        centreNames(c.env),
      ])
      return c.json(asAnswer(found, centres))
    })
    .get('/suche/titel.json', async (c) => {
      const { q, kinds } = readQuery(c, TitlesQuery)
      const input = { q, filters: {}, sort: 'relevance', after: 0, limit: titles } as const
      const hits = await findListed(c.env, audienceOf(c), { ...input, kinds: kinds?.split(',') })
      return c.json({ hits: hits.map(asItem) })
    })
    .get('/suche.csv', async (c) => {
      const query = readQuery(c, WholeQuery)
      const hits = await listAll(c.env, audienceOf(c), inputOf({ ...query, after: 0 }))
      c.header('content-disposition', 'attachment; filename="transfernetz-suche.csv"')
      return c.body(asCsv(hits, c.env.config.origin), 200, {
        'content-type': 'text/csv; charset=utf-8; header=present',
      })
    })
    .get('/suche.atom', (c) => showFeed(c))
    .get('/suche/betrieb', async (c) => {
      const company = readQuery(c, CompanyQuery)
      const hits = await casesLike(c.env, audienceOf(c), company)
      return c.html(<CompanyView site={siteOf(c)} company={company} hits={hits.map(asHitItem)} />)
    })

/** On the first page, and where nothing is asked that only published records have. */
const ownOf = async (c: Context<App>, query: SearchQuery, unpublished: UnpublishedSource) => {
  const visitor = c.get('visitor')
  const narrowed = filtersIn(query).some(({ name }) => name !== 'kind')
  if (!visitor || query.q.trim() === '' || query.after > 0 || narrowed) return []
  const own = await unpublished(c.env, visitor)
  return unpublishedWith(
    query.q,
    own.filter(({ kind }) => query.kind === undefined || kind === query.kind),
  )
}

const resultsOf = async (c: Context<App>, query: SearchQuery) => {
  const [found, centres] = await Promise.all([
    find(c.env, audienceOf(c), inputOf(query)),
    centreNames(c.env),
  ])
  const { hits, facets, ...rest } = found
  const fewer = found.total === 0 ? await withFewerFilters(c, query) : []
  return {
    hits: hits.map(asHitItem),
    facets: facetCounts(facets, centres),
    centres,
    fewer,
    ...rest,
  }
}

/** Where nothing was found: how many hits there are without one of the filters, the most first. */
const withFewerFilters = async (c: Context<App>, query: SearchQuery) => {
  const counts = await Promise.all(
    filtersIn(query).map(async ({ name, value }) => {
      const input = inputOf({ ...query, [name]: undefined, sort: 'relevance', after: 0 })
      const { total, capped } = await find(c.env, audienceOf(c), { ...input, limit: 1 })
      return { name, value, total, capped }
    }),
  )
  return counts.filter(({ total }) => total > 0).toSorted((a, b) => b.total - a.total)
}

const asHitItem = ({ passages, why, ...record }: FoundRecord) => ({
  ...itemOf(record),
  passages,
  why,
})

/** So many titles are proposed as one types. */
const titles = 8

/** Entries of a feed, and for so many days what was taken back. */
const feed = { entries: 50, days: 30 } as const

const showFeed = async (c: Context<App>) => {
  const query = readQuery(c, WholeQuery)
  const { config, sql } = c.env
  const now = Math.floor(c.env.now() / 1000)
  const newest = inputOf({ ...query, sort: 'newest', after: 0 })
  const [hits, centres, gone] = await Promise.all([
    findListed(c.env, audienceOf(c), { ...newest, limit: feed.entries }),
    centreNames(c.env),
    takenBackSince(sql, audienceOf(c), now - feed.days * 86_400),
  ])
  const about = {
    title: `Transfernetz: ${titleOf({ ...query, after: 0 }, centres)}`,
    origin: config.origin,
    path: searchPath({ ...query, sort: 'relevance' }, '/suche.atom'),
    page: searchPath(query),
    now,
  }
  return c.body(asAtom(hits, [...gone], about), 200, {
    'content-type': 'application/atom+xml; charset=utf-8',
  })
}
