/** A Meilisearch server as we find and leave it: an index with our settings, tasks that end, documents, and a mark. */
import { isDeepStrictEqual } from 'node:util'
import { type EnqueuedTask, type Meilisearch, MeilisearchApiError, type Task } from 'meilisearch'
import type { BesideRow, Mark } from './beside-store.ts'
import { type EngineDocument, type MarkDocument, markKey, settings } from './meilisearch-client.ts'

/** Why the other engine could not be brought up to date. */
export type Trouble =
  /** The task ended otherwise than well; `code` as Meilisearch names it, such as `no_space_left_on_device`. */
  | { reason: 'task-failed'; code: string }
  /** The server does not know the task any more. */
  | { reason: 'task-lost' }
  /** The server says that all is well, but holds less than it was given. */
  | { reason: 'documents-missing'; expected: number; held: number }
  /** Somebody else has begun to build the index anew. */
  | { reason: 'begun-anew' }

export type Kept = { ok: true; value: number } | ({ ok: false } & Trouble)

// -- index and settings ----------------------------------------------------------

/** The index is there and has our settings. */
export const makeReady = async (client: Meilisearch, uid: string): Promise<Kept> => {
  const found = await client.index(uid).getSettings().catch(unlessMissing)
  if (found && hasOurs(found)) return { ok: true, value: 0 }
  if (!found) {
    const made = await ended(client, await client.createIndex(uid, { primaryKey: 'key' }))
    if (!made.ok) return made
  }
  return ended(client, await client.index(uid).updateSettings(settings))
}

const hasOurs = (found: object) =>
  Object.entries(settings).every(([name, ours]) => {
    const theirs = new Map(Object.entries(found)).get(name)
    return isDeepStrictEqual(inOrder(pick(theirs, ours)), inOrder(ours))
  })

/** The server lists attributes in an order of its own. */
const inOrder = (value: unknown) => (Array.isArray(value) ? value.toSorted() : value)

/** Of an object the members that we set; the server has more. */
const pick = (theirs: unknown, ours: unknown): unknown => {
  const isObject = typeof ours === 'object' && ours !== null && !Array.isArray(ours)
  if (!isObject || typeof theirs !== 'object' || theirs === null) return theirs
  const members = new Map<string, unknown>(Object.entries(theirs))
  return Object.fromEntries(
    Object.entries(ours).map(([name, own]) => [name, pick(members.get(name), own)]),
  )
}

const missing = ['index_not_found', 'document_not_found']

export const unlessMissing = (error: unknown) => {
  if (missing.includes(codeOf(error) ?? '')) return undefined
  throw error
}

const codeOf = (error: unknown) =>
  error instanceof MeilisearchApiError ? error.cause?.code : undefined

export const dropIndex = async (client: Meilisearch, uid: string): Promise<Kept> =>
  ended(client, await client.deleteIndex(uid))

// -- documents -------------------------------------------------------------------

/**
 * Takes documents in and out, and then marks how far the index has come: in the one task, so that no backup has the
 * one without the other.
 */
export const send = async (
  client: Meilisearch,
  uid: string,
  rows: BesideRow[],
  mark: Mark,
): Promise<Kept> => {
  const gone = rows.filter(({ terms }) => terms === null).map(({ key }) => key)
  const index = client.index<EngineDocument | MarkDocument>(uid)
  if (gone.length > 0) {
    const deleted = await ended(client, await index.deleteDocuments(gone))
    if (!deleted.ok) return deleted
  }
  const marked: MarkDocument = { key: markKey, ...mark }
  const documents = [...rows.flatMap(documentOf), marked]
  return ended(client, await index.addDocuments(documents), documents.length)
}

export const documentOf = ({ iss, rid, feed, key, changed, facets, head, terms }: BesideRow) =>
  changed === null || facets === null || head === null || terms === null
    ? []
    : [{ key, iss, rid, feed, changed, facets, head, terms }]

/** How far an index has come, as it says itself; undefined where it says nothing of that. */
export const readMark = async (client: Meilisearch, uid: string): Promise<Mark | undefined> => {
  const found = await client
    .index<MarkDocument>(uid)
    .getDocument(markKey, { fields: ['life', 'position'] })
    .catch(unlessMissing)
  const { life, position } = found ?? {}
  return Number.isSafeInteger(life) && Number.isSafeInteger(position)
    ? { life: Number(life), position: Number(position) }
    : undefined
}

export const makeEmpty = async (client: Meilisearch, uid: string): Promise<Kept> =>
  ended(client, await client.index(uid).deleteAllDocuments())

// -- tasks -----------------------------------------------------------------------

/** Waits until a task has ended, and judges how; `documents` is how many it should have taken in. */
export const ended = async (
  client: Meilisearch,
  { taskUid }: EnqueuedTask,
  documents?: number,
): Promise<Kept> => {
  const task = await client.tasks.waitForTask(taskUid).catch((error: unknown) => {
    if (codeOf(error) === 'task_not_found') return undefined
    throw error
  })
  return task ? judge(task, documents) : { ok: false, reason: 'task-lost' }
}

const judge = ({ status, error, details }: Task, documents?: number): Kept => {
  if (status !== 'succeeded') {
    return { ok: false, reason: 'task-failed', code: error?.code ?? status }
  }
  const held = details?.indexedDocuments ?? 0
  return documents === undefined || held >= documents
    ? { ok: true, value: documents ?? 0 }
    : { ok: false, reason: 'documents-missing', expected: documents, held }
}
