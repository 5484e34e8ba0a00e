/** How we speak to a Meilisearch server: which index, which settings, which keys. */
import { Meilisearch, type Settings } from 'meilisearch'
import type { Config } from '../config.ts'
import { limits } from './engine.ts'

export type MeilisearchConfig = NonNullable<Config['meilisearch']>

/** A document there: everything that engine needs, and no text. */
export interface EngineDocument {
  /** Of (iss, rid, feed), as a document's name there must be. */
  key: string
  iss: string
  rid: string
  feed: string
  /** Seconds since 1970. */
  changed: number
  /** `land=DE-BE` … */
  facets: string[]
  /** Lexemes of title and summary, and of the whole record, as PostgreSQL's index has them. */
  head: string[]
  terms: string[]
}

/** How far the index has come, kept in it: a backup of the server brings both back. No hit, since it has no terms. */
export interface MarkDocument {
  key: typeof markKey
  life: number
  position: number
}

/** No key of a record: those are digests. */
export const markKey = 'mark'

/** What every record has, and the mark has not. */
export const isRecord = 'terms EXISTS'

/** Managed here: whoever changes them on the server has them changed back. */
export const settings = {
  // Nothing is searched by words there; this is the smallest that it takes.
  searchableAttributes: ['head'],
  filterableAttributes: ['facets', 'head', 'terms'],
  sortableAttributes: ['changed'],
  displayedAttributes: ['iss', 'rid', 'feed', 'life', 'position'],
  rankingRules: ['sort'],
  typoTolerance: { enabled: false },
  faceting: { maxValuesPerFacet: 1_000, sortFacetValuesBy: { '*': 'count' } },
  // Of more hits it does not tell how many there are.
  pagination: { maxTotalHits: limits.counted + 1 },
} satisfies Settings

/** One server may serve several nodes: each has an index of its own. */
export const indexName = ({ origin }: Pick<Config, 'origin'>) =>
  `transfernetz-${new URL(origin).host.replaceAll(/[^a-z0-9-]/gi, '-')}`

/** An index that is built beside; each builder fills one of her own. */
export const nextName = (config: Pick<Config, 'origin'>, rebuild: string) =>
  `${indexName(config)}-next-${rebuild}`

export const isNextOf = (config: Pick<Config, 'origin'>, uid: string) =>
  uid.startsWith(`${indexName(config)}-next-`) && uuidAtEnd.test(uid)

const uuidAtEnd = /-next-[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/

/** Milliseconds. Whoever searches is not kept waiting; the other engine answers then. */
const patience = { searching: 1_500, keeping: 30_000, task: 300_000 }

/** For searching: with the key that may do nothing else. */
export const searchClient = ({ url, searchKey }: MeilisearchConfig) =>
  new Meilisearch({ host: url, apiKey: searchKey, timeout: patience.searching })

/** For keeping the index. */
export const keepingClient = ({ url, key }: MeilisearchConfig) =>
  new Meilisearch({
    host: url,
    apiKey: key,
    timeout: patience.keeping,
    defaultWaitOptions: { timeout: patience.task, interval: 25 },
  })
