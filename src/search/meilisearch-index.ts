/** Keeping the index on Meilisearch: it follows PostgreSQL's, and can be lost at any time. */
import { isDeepStrictEqual } from 'node:util'
import { type EnqueuedTask, type Meilisearch, MeilisearchApiError, type Task } from 'meilisearch'
import type { Hub } from '../hub.ts'
import {
  type BesideRow,
  besideAt,
  besidePage,
  besideTouched,
  countIndexed,
  filledBeside,
  moveBeside,
} from './index-store.ts'
import {
  type EngineDocument,
  indexName,
  keepingClient,
  nextName,
  settings,
} from './meilisearch-client.ts'

/** Why the other engine could not be brought up to date. */
export type Trouble =
  /** The task ended otherwise than well; `code` as Meilisearch names it, such as `no_space_left_on_device`. */
  | { reason: 'task-failed'; code: string }
  /** The server does not know the task any more. */
  | { reason: 'task-lost' }
  /** The server says that all is well, but holds less than it was given. */
  | { reason: 'documents-missing'; expected: number; held: number }

export type Kept = { ok: true; value: number } | ({ ok: false } & Trouble)

/** Entries of the log in one step. */
const step = 500

/**
 * Brings the other engine as far as PostgreSQL's index is; without one it does nothing. Answers how many records it
 * took in or out. What failed is done again by the next run: the same documents under the same keys.
 */
export const followBeside = async (hub: Hub): Promise<Kept> => {
  const { meilisearch } = hub.config
  if (!meilisearch) return { ok: true, value: 0 }
  const client = keepingClient(meilisearch)
  const uid = indexName(hub.config)
  const ready = await makeReady(client, uid)
  if (!ready.ok) return ready
  await dropGivenUp(hub, client)
  await startAgainIfLost(hub, client, uid)
  let done = 0
  for (;;) {
    const [at] = await besideAt(hub.sql)
    if (!at || at.position >= at.end) return { ok: true, value: done }
    const upto = Math.min(at.position + step, at.end)
    const rows = await besideTouched(hub.sql, at.position, upto)
    const sent = await send(client, uid, rows)
    if (!sent.ok) return sent
    await moveBeside(hub.sql, at.position, upto)
    done += rows.length
  }
}

/** The index is there and has our settings. */
const makeReady = async (client: Meilisearch, uid: string): Promise<Kept> => {
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

const unlessMissing = (error: unknown) => {
  if (codeOf(error) === 'index_not_found') return undefined
  throw error
}

const codeOf = (error: unknown) =>
  error instanceof MeilisearchApiError ? error.cause?.code : undefined

/** A server that came back empty has forgotten what we told it. */
const startAgainIfLost = async (hub: Hub, client: Meilisearch, uid: string) => {
  const [at] = await besideAt(hub.sql)
  if (!at || at.position === 0) return
  const { numberOfDocuments } = await client.index(uid).getStats()
  const [indexed] = await countIndexed(hub.sql)
  if (numberOfDocuments > 0 || indexed?.documents === 0) return
  hub.log.warn({ index: uid }, 'the index on Meilisearch is empty and is filled again')
  await moveBeside(hub.sql, at.position, 0)
}

/** Milliseconds after which an index that was filled beside, and has not grown since, counts as given up. */
const givenUp = 60 * 60_000

/** Whose builder was killed: it would keep what is erased. */
const dropGivenUp = async ({ config, now }: Hub, client: Meilisearch) => {
  const left = await client.getRawIndex(nextName(config)).catch(unlessMissing)
  if (left && Date.parse(left.updatedAt) < now() - givenUp)
    await ended(client, await client.deleteIndex(left.uid))
}

const send = async (client: Meilisearch, uid: string, rows: BesideRow[]): Promise<Kept> => {
  const documents = rows.flatMap(documentOf)
  const gone = rows.filter(({ terms }) => terms === null).map(({ key }) => key)
  const index = client.index<EngineDocument>(uid)
  if (gone.length > 0) {
    const deleted = await ended(client, await index.deleteDocuments(gone))
    if (!deleted.ok) return deleted
  }
  if (documents.length === 0) return { ok: true, value: 0 }
  return ended(client, await index.addDocuments(documents), documents.length)
}

const documentOf = ({ iss, rid, feed, key, changed, facets, head, terms }: BesideRow) =>
  changed === null || facets === null || head === null || terms === null
    ? []
    : [{ key, iss, rid, feed, changed, facets, head, terms }]

/** Waits until a task has ended, and judges how; `documents` is how many it should have taken in. */
const ended = async (
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

/** Documents in one batch of a rebuild: of the longest records, within the 100 MB that a server takes at once. */
const batch = 500

/**
 * Builds the index anew beside the one that answers, and swaps them once everything is in it. The batches are sent
 * one after the other, and waited for in the end.
 */
export const rebuildBeside = async (
  hub: Hub,
  tell: (done: number, all: number) => Promise<void> | void = () => undefined,
): Promise<Kept> => {
  const { meilisearch } = hub.config
  if (!meilisearch) return { ok: true, value: 0 }
  const client = keepingClient(meilisearch)
  const [live, next] = [indexName(hub.config), nextName(hub.config)]
  const [before] = await besideAt(hub.sql)
  const empty = await makeEmpty(client, next)
  if (!empty.ok) return empty
  const filled = await fill(hub, client, next, tell)
  const swapped = filled.ok ? await swap(client, live, next) : filled
  if (swapped.ok) await filledBeside(hub.sql, before?.end ?? 0)
  // The old one, or what never took its place.
  await ended(client, await client.deleteIndex(next))
  return swapped.ok ? filled : swapped
}

const swap = async (client: Meilisearch, live: string, next: string): Promise<Kept> => {
  const ready = await makeReady(client, live)
  if (!ready.ok) return ready
  const task = await client.swapIndexes([{ indexes: [live, next], rename: false }])
  return ended(client, task)
}

const makeEmpty = async (client: Meilisearch, uid: string): Promise<Kept> => {
  const old = await client.index(uid).getStats().catch(unlessMissing)
  if (old) {
    const deleted = await ended(client, await client.deleteIndex(uid))
    if (!deleted.ok) return deleted
  }
  return makeReady(client, uid)
}

const fill = async (
  hub: Hub,
  client: Meilisearch,
  uid: string,
  tell: (done: number, all: number) => Promise<void> | void,
): Promise<Kept> => {
  const [indexed] = await countIndexed(hub.sql)
  const all = indexed?.documents ?? 0
  const tasks: { task: EnqueuedTask; documents: number }[] = []
  let sent = 0
  for (let after = 0; ; ) {
    const rows = await besidePage(hub.sql, after, batch)
    const last = rows.at(-1)
    if (!last) break
    const documents = rows.flatMap(documentOf)
    const task = await client.index<EngineDocument>(uid).addDocuments(documents)
    tasks.push({ task, documents: documents.length })
    sent += documents.length
    await tell(sent, all)
    after = last.id
  }
  for (const { task, documents } of tasks) {
    const kept = await ended(client, task, documents)
    if (!kept.ok) return kept
  }
  const { numberOfDocuments: held } = await client.index(uid).getStats()
  return held >= sent
    ? { ok: true, value: sent }
    : { ok: false, reason: 'documents-missing', expected: sent, held }
}
