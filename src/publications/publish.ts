import { type Appended, append } from '../exchange/append.ts'
import type { FeedName } from '../federation/statement.ts'
import type { Hub } from '../hub.ts'
import { type Fault, Problem } from '../problem.ts'
import { finishIfPossible, finishNarrowing } from './narrow.ts'
import { complete, readRecord } from './record.ts'
import { newRecordId } from './record-id.ts'
import { versionsOf } from './store.ts'

export interface Published extends Appended {
  iss: string
  rid: string
  ver: number
  kind: string
  /** Where the record was public and now is for the centres alone: its erasure there, or null where that has to wait. */
  narrowed?: Appended | null
}

/**
 * A centre publishes a record: a new one, or with `rid` a new version. `input` is what a file for
 * `transfernetz publish` holds. Nothing is stored where there is a fault. A public record that is to be for the
 * centres alone is narrowed (narrow.ts).
 */
export const publish = async (
  hub: Hub,
  { iss, input, rid }: { iss: string; input: unknown; rid?: string | undefined },
): Promise<{ ok: true; published: Published } | { ok: false; faults: Fault[] }> => {
  const reading = readRecord(input)
  if (!reading.ok) return reading
  const record = complete(reading.record, hub.now())
  if (rid !== undefined) await finishNarrowing(hub, iss, rid)
  const before = rid === undefined ? [] : await versionsOf(hub.sql, iss, rid)
  if (rid !== undefined && before.length === 0)
    throw new Problem('not-found', 'Diesen Beitrag gibt es nicht.')
  const narrows = record.visibility === 'members' && before.some(isPublic)

  const version = { iss, rid: rid ?? newRecordId(hub.now()), ver: (before[0]?.ver ?? 0) + 1 }
  const appended = await append(hub, {
    iss,
    feed: record.visibility,
    operation: { op: 'publish', rid: version.rid, ver: version.ver, kind: record.kind },
    content: Buffer.from(JSON.stringify(record)),
    local: { ...reading.local },
    confirm: async () => {
      const now = rid === undefined ? [] : await versionsOf(hub.sql, iss, rid)
      if (JSON.stringify(now) !== JSON.stringify(before)) throw new Problem('conflict')
    },
  })
  hub.wake?.()
  const published = { ...version, kind: record.kind, ...appended }
  if (!narrows) return { ok: true, published }
  const narrowed = (await finishIfPossible(hub, iss, version.rid)) ?? null
  return { ok: true, published: { ...published, narrowed } }
}

const isPublic = ({ feed, state }: { feed: FeedName; state: string }) =>
  feed === 'public' && state === 'published'
