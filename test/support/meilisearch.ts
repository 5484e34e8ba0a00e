/**
 * A stand-in for a Meilisearch server, as far as its API documentation goes and we use it: keys, indexes, settings,
 * documents, search by filters, swaps – and tasks, which are done later. It can be told to go wrong.
 */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Trouble {
  /** Every task ends failed, with this code. */
  failWith?: string
  /** Tasks are forgotten before anybody asks for them. */
  loseTasks?: boolean
  /** Documents are taken on and wait. */
  holdDocuments?: boolean
  /** Tasks are said to have succeeded, and nothing was done. */
  pretend?: boolean
  /** Of the documents sent, only so many are kept; how many is told truthfully. */
  keepOnly?: number
  /** Hits are made up. */
  lie?: boolean
  /** Nobody is answered. */
  hang?: boolean
}

type Json = { [member: string]: unknown }

interface Index {
  /** When documents came or went last. */
  updatedAt: string
  settings: Json
  documents: Map<string, Json>
}

interface Job {
  uid: number
  indexUid: string | null
  type: string
  run(): { details?: Json }
  polled: number
  view?: Json
}

export interface MeilisearchDouble {
  url: string
  key: string
  searchKey: string
  trouble: Trouble
  indexes: Map<string, Index>
  /** Method and path of every request, in order. */
  asked: string[]
  close(): Promise<void>
}

const key = 'may-do-everything'
const searchKey = 'may-search'

class Refusal extends Error {
  readonly status: number
  readonly code: string
  constructor(status: number, code: string) {
    super(code)
    this.status = status
    this.code = code
  }
}

export const openMeilisearch = async (): Promise<MeilisearchDouble> => {
  const indexes = new Map<string, Index>()
  const jobs: Job[] = []
  const double: MeilisearchDouble = {
    ...{ url: '', key, searchKey, trouble: {}, indexes, asked: [] },
    close: async () => {
      server.closeAllConnections()
      const closed = once(server, 'close')
      server.close()
      await closed
    },
  }

  const indexOf = (uid: string) => {
    const index = indexes.get(uid)
    if (!index) throw new Refusal(404, 'index_not_found')
    return index
  }

  const enqueue = (type: string, indexUid: string | null, run: Job['run']) => {
    const job: Job = { uid: jobs.length, indexUid, type, run, polled: 0 }
    jobs.push(job)
    const enqueuedAt = new Date().toISOString()
    return { taskUid: job.uid, indexUid, status: 'enqueued', type, enqueuedAt }
  }

  /** A task is waiting, then under way, then done; and those before it are done before. */
  const taskOf = (uid: number) => {
    const job = jobs[uid]
    if (!job || double.trouble.loseTasks) throw new Refusal(404, 'task_not_found')
    job.polled++
    const waits = double.trouble.holdDocuments && job.type === 'documentAdditionOrUpdate'
    if (job.polled === 1 || waits) return viewOf(job, { status: 'enqueued' })
    for (const earlier of jobs.slice(0, uid + 1)) finish(earlier)
    return viewOf(job, job.view ?? {})
  }

  const finish = (job: Job) => {
    if (job.view) return
    const { failWith, pretend } = double.trouble
    if (failWith) {
      const error = { message: failWith, code: failWith, type: 'internal', link: '' }
      job.view = { status: 'failed', error }
      return
    }
    try {
      job.view = { status: 'succeeded', ...(pretend ? {} : job.run()) }
    } catch (error) {
      const code = error instanceof Refusal ? error.code : 'internal'
      job.view = {
        status: 'failed',
        error: { message: code, code, type: 'invalid_request', link: '' },
      }
    }
  }

  const viewOf = ({ uid, indexUid, type }: Job, view: Json) => ({
    ...{ uid, indexUid, type, error: null, details: {}, canceledBy: null, batchUid: null },
    ...{ duration: null, startedAt: null, finishedAt: null, enqueuedAt: new Date().toISOString() },
    ...view,
  })

  const addTo = (uid: string, documents: Json[]) => {
    const kept = documents.slice(0, double.trouble.keepOnly ?? documents.length)
    const index = indexOf(uid)
    index.updatedAt = new Date().toISOString()
    for (const document of kept) index.documents.set(String(document.key), document)
    return { details: { receivedDocuments: documents.length, indexedDocuments: kept.length } }
  }

  const viewOfIndex = (uid: string) => {
    const { updatedAt } = indexOf(uid)
    return { uid, primaryKey: 'key', createdAt: updatedAt, updatedAt }
  }

  const search = (uid: string, query: Json) => {
    const { settings, documents } = indexOf(uid)
    const filterable = settings.filterableAttributes as string[]
    const fits = filterOf(String(query.filter ?? ''), filterable)
    const found = [...documents.values()].filter(fits)
    const hits = found.toSorted((a, b) => Number(b.changed) - Number(a.changed))
    const { offset = 0, limit = 20 } = query as { offset?: number; limit?: number }
    const most = (settings.pagination as { maxTotalHits: number }).maxTotalHits
    const shown = hits.slice(0, most).slice(offset, offset + limit)
    const displayed = settings.displayedAttributes as string[]
    const lies = [
      { iss: 'https://evil.example', rid: crypto.randomUUID(), feed: 'public' },
      null,
      7,
    ]
    return {
      indexUid: uid,
      hits: [
        ...(double.trouble.lie ? lies : []),
        ...shown.map((hit) => Object.fromEntries(displayed.map((name) => [name, hit[name]]))),
        // What does not fit the question, from the other end of the index.
        ...(double.trouble.lie ? [...documents.values()].slice(0, 50) : []),
      ],
      ...{ query: '', offset, limit, processingTimeMs: 1 },
      estimatedTotalHits: Math.min(hits.length, most),
      ...(Array.isArray(query.facets) && { facetDistribution: { facets: countFacets(hits) } }),
    }
  }

  const routes: [string, RegExp, (match: string[], body: Json) => unknown][] = [
    ['GET', /^\/tasks\/(\d+)$/, ([uid]) => taskOf(Number(uid))],
    [
      'POST',
      /^\/indexes$/,
      (_, { uid }) =>
        enqueue('indexCreation', String(uid), () => {
          if (indexes.has(String(uid))) throw new Refusal(409, 'index_already_exists')
          const updatedAt = new Date().toISOString()
          indexes.set(String(uid), { updatedAt, settings: { ...defaults }, documents: new Map() })
          return {}
        }),
    ],
    [
      'GET',
      /^\/indexes$/,
      () => ({
        results: [...indexes.keys()].map(viewOfIndex),
        ...{ offset: 0, limit: 1_000, total: indexes.size },
      }),
    ],
    [
      'DELETE',
      /^\/indexes\/([\w-]+)$/,
      ([uid = '']) =>
        enqueue('indexDeletion', uid, () => {
          indexOf(uid)
          indexes.delete(uid)
          return {}
        }),
    ],
    ['GET', /^\/indexes\/([\w-]+)$/, ([uid = '']) => viewOfIndex(uid)],
    ['GET', /^\/indexes\/([\w-]+)\/settings$/, ([uid = '']) => indexOf(uid).settings],
    [
      'PATCH',
      /^\/indexes\/([\w-]+)\/settings$/,
      ([uid = ''], body) =>
        enqueue('settingsUpdate', uid, () => {
          Object.assign(indexOf(uid).settings, body)
          return {}
        }),
    ],
    [
      'GET',
      /^\/indexes\/([\w-]+)\/stats$/,
      ([uid = '']) => ({ numberOfDocuments: indexOf(uid).documents.size, isIndexing: false }),
    ],
    [
      'POST',
      /^\/indexes\/([\w-]+)\/documents$/,
      ([uid = ''], body) =>
        enqueue('documentAdditionOrUpdate', uid, () => addTo(uid, body as unknown as Json[])),
    ],
    [
      'GET',
      /^\/indexes\/([\w-]+)\/documents\/([\w-]+)$/,
      ([uid = '', id = '']) => {
        const document = indexOf(uid).documents.get(id)
        if (!document) throw new Refusal(404, 'document_not_found')
        return document
      },
    ],
    [
      'DELETE',
      /^\/indexes\/([\w-]+)\/documents$/,
      ([uid = '']) =>
        enqueue('documentDeletion', uid, () => {
          indexOf(uid).documents.clear()
          return {}
        }),
    ],
    [
      'POST',
      /^\/indexes\/([\w-]+)\/documents\/delete-batch$/,
      ([uid = ''], body) =>
        enqueue('documentDeletion', uid, () => {
          for (const one of body as unknown as string[]) indexOf(uid).documents.delete(one)
          return {}
        }),
    ],
    [
      'POST',
      /^\/swap-indexes$/,
      (_, body) =>
        enqueue('indexSwap', null, () => {
          for (const {
            indexes: [a = '', b = ''],
          } of body as unknown as { indexes: string[] }[]) {
            const [one, other] = [indexOf(a), indexOf(b)]
            indexes.set(a, other).set(b, one)
          }
          return {}
        }),
    ],
    ['POST', /^\/indexes\/([\w-]+)\/search$/, ([uid = ''], body) => search(uid, body)],
    [
      'POST',
      /^\/multi-search$/,
      (_, { queries }) => ({
        results: (queries as Json[]).map((query) => search(String(query.indexUid), query)),
      }),
    ],
  ]

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname } = new URL(request.url ?? '/', 'http://double')
    double.asked.push(`${request.method} ${pathname}`)
    const chunks: Uint8Array[] = []
    for await (const chunk of request) chunks.push(chunk as Uint8Array)
    if (double.trouble.hang) return
    const send = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    try {
      admit(request, pathname)
      const text = Buffer.concat(chunks).toString()
      for (const [method, path, act] of routes) {
        const match = pathname.match(path)
        if (method !== request.method || !match) continue
        const result = act(match.slice(1), text ? (JSON.parse(text) as Json) : {})
        send((result as Json).taskUid === undefined ? 200 : 202, result)
        return
      }
      throw new Refusal(404, 'not_found')
    } catch (error) {
      const { status, code } = error instanceof Refusal ? error : new Refusal(500, 'internal')
      send(status, { message: String(error), code, type: 'invalid_request', link: '' })
    }
  }

  const server = createServer((request, response) => void answer(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // `address` is a text for pipes only.
  double.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return double
}

const defaults = {
  displayedAttributes: ['*'],
  searchableAttributes: ['*'],
  filterableAttributes: [],
  sortableAttributes: [],
  rankingRules: ['words', 'typo', 'proximity', 'attribute', 'sort', 'exactness'],
  typoTolerance: { enabled: true, disableOnWords: [] },
  faceting: { maxValuesPerFacet: 100, sortFacetValuesBy: { '*': 'alpha' } },
  pagination: { maxTotalHits: 1000 },
}

const isSearch = (path: string) => path === '/multi-search' || path.endsWith('/search')

const admit = ({ headers }: IncomingMessage, path: string) => {
  const given = headers.authorization
  if (given === undefined) throw new Refusal(401, 'missing_authorization_header')
  if (given === `Bearer ${searchKey}` && isSearch(path)) return
  if (given !== `Bearer ${key}`) throw new Refusal(403, 'invalid_api_key')
}

const countFacets = (documents: Json[]) => {
  const counts: { [term: string]: number } = {}
  for (const { facets } of documents) {
    for (const term of facets as string[]) counts[term] = (counts[term] ?? 0) + 1
  }
  return counts
}

type Fits = (document: Json) => boolean

/** Filters as documented: `a = "x"`, `a EXISTS`, NOT, AND, OR, in this order, and brackets. */
const filterOf = (text: string, filterable: string[]): Fits => {
  if (text === '') return () => true
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[()=]|[^\s()="]+/g) ?? []
  let at = 0
  const take = (wanted?: string) => {
    const token = tokens[at++] ?? ''
    if (wanted !== undefined && token !== wanted) throw new Refusal(400, 'invalid_search_filter')
    return token
  }
  const any = (): Fits => {
    const list = [every()]
    while (tokens[at] === 'OR') {
      take()
      list.push(every())
    }
    return (document) => list.some((fits) => fits(document))
  }
  const every = (): Fits => {
    const list = [one()]
    while (tokens[at] === 'AND') {
      take()
      list.push(one())
    }
    return (document) => list.every((fits) => fits(document))
  }
  const one = (): Fits => {
    if (tokens[at] === 'NOT') {
      take()
      const fits = one()
      return (document) => !fits(document)
    }
    if (tokens[at] === '(') {
      take()
      const fits = any()
      take(')')
      return fits
    }
    const attribute = take()
    if (!filterable.includes(attribute)) throw new Refusal(400, 'invalid_search_filter')
    if (tokens[at] === 'EXISTS') {
      take()
      return (document) => document[attribute] !== undefined
    }
    take('=')
    const value = JSON.parse(take()) as string
    return (document) => ((document[attribute] ?? []) as string[]).includes(value)
  }
  const fits = any()
  if (at !== tokens.length) throw new Refusal(400, 'invalid_search_filter')
  return fits
}
