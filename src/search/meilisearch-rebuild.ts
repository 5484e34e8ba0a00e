/** Building the index on Meilisearch anew beside the one that answers, and swapping them at one stroke. */
import type { EnqueuedTask, Meilisearch } from 'meilisearch'
import type { Hub } from '../hub.ts'
import {
  beginBeside,
  besidePage,
  countIndexed,
  endBeside,
  logMark,
  rebuildBesideNow,
  stepBeside,
} from './beside-store.ts'
import {
  type EngineDocument,
  indexName,
  isNextOf,
  keepingClient,
  nextName,
} from './meilisearch-client.ts'
import { documentOf, dropIndex, ended, type Kept, makeReady, send } from './meilisearch-server.ts'

/** Documents in one batch: of the longest records, within the 100 MB that a server takes at once. */
const batch = 500

type Tell = (done: number, all: number) => Promise<void> | void

/** The new index: where it is, whose, and from which position of the log on it lacks something. */
interface Next {
  client: Meilisearch
  uid: string
  rebuild: string
  from: number
}

/** The batches are sent one after the other, and waited for in the end. */
export const rebuildBeside = async (hub: Hub, tell: Tell = () => undefined): Promise<Kept> => {
  const { meilisearch } = hub.config
  if (!meilisearch) return { ok: true, value: 0 }
  const client = keepingClient(meilisearch)
  const rebuild = crypto.randomUUID()
  const [begun] = await beginBeside(hub.sql, rebuild, hub.now())
  await dropLeft(hub, client)
  const next: Next = {
    ...{ client, rebuild, from: begun?.from ?? 0 },
    uid: nextName(hub.config, rebuild),
  }
  const filled = await fill(hub, next, tell)
  const swapped = filled.ok ? await swap(hub, next) : filled
  const [ours] = await stepBeside(hub.sql, rebuild, hub.now())
  // The old one, or what never took its place.
  await dropIndex(client, next.uid)
  await endBeside(hub.sql, rebuild)
  if (!ours) return begunAnew
  return swapped.ok ? filled : swapped
}

/** Who begins another drops this one. */
const begunAnew = { ok: false, reason: 'begun-anew' } as const

const swap = async (hub: Hub, { client, uid, rebuild }: Next): Promise<Kept> => {
  const live = indexName(hub.config)
  const ready = await makeReady(client, live)
  if (!ready.ok) return ready
  const [ours] = await stepBeside(hub.sql, rebuild, hub.now())
  if (!ours) return begunAnew
  return ended(client, await client.swapIndexes([{ indexes: [live, uid], rename: false }]))
}

const fill = async (hub: Hub, next: Next, tell: Tell): Promise<Kept> => {
  const { client, uid, from } = next
  const ready = await makeReady(client, uid)
  if (!ready.ok) return ready
  const sent = await sendAll(hub, next, tell)
  if (!sent.ok) return sent
  const [log] = await logMark(hub.sql)
  const marked = await send(client, uid, [], { life: log?.life ?? 1, position: from })
  if (!marked.ok) return marked
  // Besides, there is the mark.
  const held = (await client.index(uid).getStats()).numberOfDocuments - 1
  return held >= sent.value ? sent : missing(sent.value, held)
}

const missing = (expected: number, held: number) =>
  ({ ok: false, reason: 'documents-missing', expected, held }) as const

const sendAll = async (hub: Hub, { client, uid, rebuild }: Next, tell: Tell): Promise<Kept> => {
  const [indexed] = await countIndexed(hub.sql)
  const tasks: { task: EnqueuedTask; documents: number }[] = []
  let sent = 0
  for (let after = 0; ; ) {
    const rows = await besidePage(hub.sql, after, batch)
    const last = rows.at(-1)
    if (!last) break
    const [ours] = await stepBeside(hub.sql, rebuild, hub.now())
    if (!ours) return begunAnew
    const documents = rows.flatMap(documentOf)
    const task = await client.index<EngineDocument>(uid).addDocuments(documents)
    tasks.push({ task, documents: documents.length })
    sent += documents.length
    await tell(sent, indexed?.documents ?? 0)
    after = last.id
  }
  for (const { task, documents } of tasks) {
    const kept = await ended(client, task, documents)
    if (!kept.ok) return kept
    await stepBeside(hub.sql, rebuild, hub.now())
  }
  return { ok: true, value: sent }
}

/** Milliseconds after which an index that is being filled, and comes no further, counts as given up. */
const givenUp = 10 * 60_000

/**
 * Drops indexes whose builder was killed: they would keep what is erased. The server is asked first, since an index has
 * its row before it is made.
 */
export const dropLeft = async (hub: Hub, client: Meilisearch) => {
  const { results } = await client.getRawIndexes({ limit: 1_000 })
  const [begun] = await rebuildBesideNow(hub.sql)
  const isUnderWay = begun !== undefined && begun.steppedAt.getTime() >= hub.now() - givenUp
  const kept = isUnderWay ? nextName(hub.config, begun.rebuild) : undefined
  const left = results.map(({ uid }) => uid).filter((uid) => isNextOf(hub.config, uid))
  for (const uid of left) if (uid !== kept) await dropIndex(client, uid)
  if (begun && !isUnderWay) await endBeside(hub.sql, begun.rebuild)
}
