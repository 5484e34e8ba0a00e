/** Keeping the index on Meilisearch: it follows PostgreSQL's, and can be lost at any time. */
import type { Meilisearch } from 'meilisearch'
import type { Hub } from '../hub.ts'
import {
  besideAt,
  besideTouched,
  type Found,
  logMark,
  type Mark,
  moveBeside,
  noteFound,
} from './beside-store.ts'
import { indexName, keepingClient } from './meilisearch-client.ts'
import { dropLeft } from './meilisearch-rebuild.ts'
import { type Kept, makeEmpty, makeReady, readMark, send } from './meilisearch-server.ts'

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
  await dropLeft(hub, client)
  const found = await lookAt(hub, client, uid)
  if (!found.ok) return found
  let done = 0
  for (;;) {
    const [[at], [log]] = await Promise.all([besideAt(hub.sql), logMark(hub.sql)])
    if (!at || !log || at.position >= at.end) return { ok: true, value: done }
    const upto = Math.min(at.position + step, at.end)
    const rows = await besideTouched(hub.sql, at.position, upto)
    const sent = await send(client, uid, rows, { life: log.life, position: upto })
    if (!sent.ok) return sent
    await moveBeside(hub.sql, at.position, upto)
    done += rows.length
  }
}

/**
 * Whether the index is as it was left. Whoever restores a server brings back an older one: it is followed on from
 * where it stands. One that follows another log, or does not say which, is emptied and filled again.
 */
const lookAt = async (hub: Hub, client: Meilisearch, uid: string): Promise<Kept> => {
  const [mark, [at], [log]] = await Promise.all([
    readMark(client, uid),
    besideAt(hub.sql),
    logMark(hub.sql),
  ])
  if (!at || !log) return { ok: true, value: 0 }
  const found = foundBy(mark, at.position, log)
  if (found === undefined) return { ok: true, value: 0 }
  if (found !== 'older') {
    const emptied = await makeEmpty(client, uid)
    if (!emptied.ok) return emptied
  }
  const from = found === 'older' ? (mark?.position ?? 0) : 0
  await moveBeside(hub.sql, at.position, from)
  // An index that was never filled is no news.
  if (at.position > 0) await tellFound(hub, uid, found, { left: at.position, from })
  return { ok: true, value: 0 }
}

/** What was sent and not noted yet, or follows once more, is no reason: PostgreSQL may know of less than there is. */
const foundBy = (mark: Mark | undefined, position: number, log: Mark): Found | undefined => {
  if (!mark) return 'lost'
  if (mark.life !== log.life || mark.position > log.position) return 'foreign'
  return mark.position < position ? 'older' : undefined
}

const sayings: { [found in Found]: string } = {
  lost: 'the index on Meilisearch is lost and is filled again',
  older: 'the index on Meilisearch is older than it was left and follows once more',
  foreign: 'the index on Meilisearch follows another log and is filled again',
}

const tellFound = async (hub: Hub, uid: string, found: Found, about: object) => {
  hub.log.warn({ index: uid, found, ...about }, sayings[found])
  await noteFound(hub.sql, found, hub.now())
}
