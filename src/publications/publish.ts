import { type Appended, append, type Statement } from '../exchange/append.ts'
import { listedBy } from '../exchange/blobs-store.ts'
import type { FeedName } from '../federation/statement.ts'
import type { Hub } from '../hub.ts'
import { type Fault, Problem } from '../problem.ts'
import type { JsonObject } from '../signing/json.ts'
import { attach, type FileReader, withStaged } from './attach.ts'
import { finishIfPossible, finishNarrowing } from './narrow.ts'
import { complete, readRecord } from './record.ts'
import { newRecordId } from './record-id.ts'
import { versionsOf } from './store.ts'

export interface Published extends Appended {
  iss: string
  rid: string
  ver: number
  kind: string
  feed: FeedName
  /** Where the record was public and now is for the centres alone: its erasure there, or null where that has to wait. */
  narrowed?: Appended | null
}

interface Publication {
  iss: string
  /** What a file for `transfernetz publish` holds. */
  input: unknown
  /** The record that this is a new version of. */
  rid?: string | undefined
  /** The version of `rid` that it must follow, where somebody has one in mind: 0 where there must be none yet. */
  after?: number
  /** What else belongs to it and stays here. */
  kept?: JsonObject
  /** Where the files are that it names. */
  fileOf?: FileReader
}

const noFiles: FileReader = async () => undefined

/**
 * A centre publishes a record: a new one, or a new version. Nothing is stored where there is a fault. A public record
 * that is to be for the centres alone is narrowed (narrow.ts).
 */
export const publish = async (
  hub: Hub,
  publication: Publication,
): Promise<{ ok: true; published: Published } | { ok: false; faults: Fault[] }> => {
  const { iss, rid, kept } = publication
  const taken = await takeIn(hub, publication)
  if (!taken.ok) return taken
  const { record, local, attached } = taken
  if (rid !== undefined) await finishNarrowing(hub, iss, rid)
  const before = rid === undefined ? [] : await versionsOf(hub.sql, iss, rid)
  refuseUnexpected(publication, before[0]?.ver)
  // Whoever erased it erased it everywhere, also where only one feed ever had it.
  if (before.some(({ closed }) => closed)) {
    throw new Problem('conflict', 'Dieser Beitrag ist gelöscht und kommt nicht wieder.')
  }
  const narrows = record.visibility === 'members' && before.some(isPublic)

  const version = { iss, rid: rid ?? newRecordId(hub.now()), ver: (before[0]?.ver ?? 0) + 1 }
  const statement: Statement = {
    iss,
    feed: record.visibility,
    operation: { op: 'publish', rid: version.rid, ver: version.ver, kind: record.kind },
    content: Buffer.from(JSON.stringify(record)),
    local: { ...local, ...kept },
    confirm: async () => {
      const now = rid === undefined ? [] : await versionsOf(hub.sql, iss, rid)
      if (JSON.stringify(now) !== JSON.stringify(before)) throw new Problem('conflict')
    },
  }
  const appended = await withStaged(hub, statement, attached, () => append(hub, statement))
  hub.wake?.()
  const published = { ...version, kind: record.kind, feed: record.visibility, ...appended }
  if (!narrows) return { ok: true, published }
  const narrowed = (await finishIfPossible(hub, iss, version.rid)) ?? null
  return { ok: true, published: { ...published, narrowed } }
}

const refuseUnexpected = ({ rid, after }: Publication, newest: number | undefined) => {
  if (after !== undefined && after !== (newest ?? 0)) {
    throw new Problem('conflict', 'Inzwischen ist eine andere Fassung veröffentlicht worden.')
  }
  if (rid !== undefined && after !== 0 && newest === undefined) {
    throw new Problem('not-found', 'Diesen Beitrag gibt es nicht.')
  }
}

const isPublic = ({ feed, state }: { feed: FeedName; state: string }) =>
  feed === 'public' && state === 'published'

/** The record with its files, as they will be signed. */
const takeIn = async (hub: Hub, { iss, input, rid, fileOf = noFiles }: Publication) => {
  const reading = readRecord(input)
  if (!reading.ok) return reading
  const { visibility, attachments = [] } = reading.record
  const before = rid === undefined ? [] : await listedBy(hub.sql, iss, visibility, rid)
  const attaching = await attach(attachments, fileOf, before)
  if (!attaching.ok) return attaching
  const { attached } = attaching
  const listed = attached.map(({ attachment }) => attachment)
  const record = complete(reading.record, listed, hub.now())
  return { ok: true, record, local: reading.local, attached } as const
}
