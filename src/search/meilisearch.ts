/** The engine on Meilisearch: it finds and counts; what may be seen, and in which order, PostgreSQL's index says. */
import type { Meilisearch, SearchParams } from 'meilisearch'
import type { Hub } from '../hub.ts'
import { type Counts, type Engine, type Found, limits, type Wanted } from './engine.ts'
import { readFacetTerm } from './facets.ts'
import { all, lexeme, type Match } from './match.ts'
import { indexName, isRecord, searchClient } from './meilisearch-client.ts'
import { chosen, openTo, weighKeys, wholeMatch } from './postgres.ts'

type Key = { iss: string; rid: string; feed: string }

export const meilisearchEngine = (hub: Hub): Engine | undefined => {
  const { meilisearch } = hub.config
  if (!meilisearch) return undefined
  const index = indexName(hub.config)
  const client = searchClient(meilisearch)
  return {
    find: (wanted) => find(hub, client, index, wanted),
    newest: (wanted, offset, limit) => newest(hub, client, index, wanted, offset, limit),
    count: (wanted) => count(client, index, wanted),
  }
}

type Attribute = 'head' | 'terms'

/** As Meilisearch's filters have it; words in a row it does not know: they are looked at again afterwards. */
export const asFilter = (match: Match, attribute: Attribute = 'terms'): string => {
  if ('lexeme' in match) return `${attribute} = ${JSON.stringify(match.lexeme)}`
  if ('phrase' in match) return asFilter(all(match.phrase.map(lexeme)), attribute)
  if ('not' in match) return `NOT (${asFilter(match.not, 'terms')})`
  const [list, word] = 'all' in match ? [match.all, ' AND '] : [match.any, ' OR ']
  return list.length === 0 ? '' : `(${list.map((one) => asFilter(one, attribute)).join(word)})`
}

const hitsFor = (filter: string, limit: number, offset = 0): SearchParams => ({
  filter: filter === '' ? isRecord : filter,
  sort: ['changed:desc'],
  limit,
  offset,
})

/** Half of the candidates have the words in title or summary, if there are so many; the rest has them anywhere. */
const find = async (
  { sql }: Hub,
  client: Meilisearch,
  index: string,
  wanted: Wanted,
): Promise<Found> => {
  const match = wholeMatch(wanted)
  const half = limits.candidates / 2
  const { results } = await client.multiSearch<{ queries: never[] }, Key>({
    queries: [
      { indexUid: index, ...hitsFor(asFilter(match, 'head'), half) },
      { indexUid: index, ...hitsFor(asFilter(match), half) },
    ] as never[],
  })
  const hits = results.map((result) => keysIn(result.hits))
  const candidates = await weighKeys(sql, wanted, [...new Map(hits.flat().map(named)).values()])
  const complete = (hits[1]?.length ?? 0) < half
  return {
    candidates,
    total: complete && candidates.length < limits.ranked ? candidates.length : undefined,
  }
}

const named = (key: Key): [string, Key] => [`${key.iss} ${key.rid} ${key.feed}`, key]

/** What is no key of ours would be no hit anyway. */
const keysIn = (hits: unknown[]): Key[] =>
  hits.flatMap((hit) => {
    const { iss, rid, feed } = (hit ?? {}) as { [member: string]: unknown }
    const isKey =
      typeof iss === 'string' &&
      typeof feed === 'string' &&
      uuid.test(typeof rid === 'string' ? rid : '')
    return isKey ? [{ iss, rid: String(rid), feed }] : []
  })

const uuid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/

const newest = async (
  { sql }: Hub,
  client: Meilisearch,
  index: string,
  wanted: Wanted,
  offset: number,
  limit: number,
) => {
  const filter = asFilter(wholeMatch(wanted))
  const { hits } = await client.index(index).search(null, hitsFor(filter, limit, offset))
  const candidates = await weighKeys(sql, wanted, keysIn(hits), limit)
  return candidates.toSorted((a, b) => b.changed - a.changed)
}

/** Counts with every filter, and for each filter in use what its other values would give. */
const count = async (client: Meilisearch, index: string, wanted: Wanted): Promise<Counts> => {
  const filters = chosen(wanted.filters)
  const without = (left?: string): Match =>
    all([
      wanted.match,
      ...filters.filter(({ name }) => name !== left).map(({ term }) => lexeme(term)),
      ...openTo(wanted.audience),
    ])
  const queries = [undefined, ...filters.map(({ name }) => name)].map((left) => ({
    indexUid: index,
    ...hitsFor(asFilter(without(left)), 0),
    facets: ['facets'],
  }))
  const { results } = await client.multiSearch({ queries })
  const facets: Counts['facets'] = {}
  for (const [n, { facetDistribution }] of results.entries()) {
    const name = filters[n - 1]?.name
    for (const [term, hits] of Object.entries(facetDistribution?.facets ?? {})) {
      const facet = readFacetTerm(term)?.name
      if (name === undefined ? !filters.some((one) => one.name === facet) : facet === name) {
        facets[term] = hits
      }
    }
  }
  const total = results[0]?.estimatedTotalHits ?? 0
  return { total: Math.min(total, limits.counted), capped: total > limits.counted, facets }
}
