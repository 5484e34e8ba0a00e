/** Taking a public record back among the centres: it goes on in the members feed, and is erased in the public one. */
import { ownCentreIds } from '../config.ts'
import { type Appended, append, type Statement } from '../exchange/append.ts'
import type { Reason } from '../exchange/entry.ts'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { type JsonObject, parseObject } from '../signing/json.ts'
import { narrowingsOf, publishedIn, versionsOf } from './store.ts'

export interface Narrowed {
  ver: number
  /** The entry in the members feed. */
  published: Appended
  /** The erasure in the public feed; undefined where it has to wait. */
  erased: Appended | undefined
}

/**
 * First the next version is published for the centres, then everything is erased that everybody could read: at no
 * moment is the record nowhere, and what a crash leaves half done is finished by itself.
 * Problems: `not-found`, `conflict` (the record is not public).
 */
export const narrow = async (
  hub: Hub,
  { iss, rid, reason = 'other' }: { iss: string; rid: string; reason?: Reason },
): Promise<Narrowed> => {
  await finishNarrowing(hub, iss, rid)
  const before = await versionsOf(hub.sql, iss, rid)
  if (before.length === 0) throw new Problem('not-found', 'Diesen Beitrag gibt es nicht.')
  const [open] = await publishedIn(hub.sql, iss, 'public', rid)
  if (!open) throw new Problem('conflict', 'Dieser Beitrag ist nicht öffentlich.')

  const record: JsonObject = { ...parseObject(open.content), visibility: 'members' }
  const ver = (before[0]?.ver ?? 0) + 1
  const statement: Statement = {
    iss,
    feed: 'members',
    operation: { op: 'publish', rid, ver, kind: open.kind },
    content: Buffer.from(JSON.stringify(record)),
    ...(open.local && { local: open.local }),
    confirm: async () => {
      const now = await versionsOf(hub.sql, iss, rid)
      if (JSON.stringify(now) !== JSON.stringify(before)) throw new Problem('conflict')
    },
  }
  const published = await append(hub, statement)
  hub.wake?.()
  return { ver, published, erased: await finishIfPossible(hub, iss, rid, reason) }
}

/** What cannot be signed now is finished by the chore. */
export const finishIfPossible = (hub: Hub, iss: string, rid: string, reason?: Reason) =>
  finishNarrowing(hub, iss, rid, reason).catch((error) => {
    if (!(error instanceof Problem)) throw error
    hub.log.warn({ iss, rid, reason: error.message }, 'narrowing not finished')
    return undefined
  })

/**
 * Erases in the public feed what goes on among the centres: a record whose members feed has the higher version can
 * only be one that was being narrowed. Answers the erasure, or undefined where there is nothing to finish.
 */
export const finishNarrowing = async (
  hub: Hub,
  iss: string,
  rid: string,
  reason: Reason = 'other',
): Promise<Appended | undefined> => {
  const isHalfDone = async () => (await narrowingsOf(hub.sql, [iss], rid)).length > 0
  if (!(await isHalfDone())) return undefined
  const operation = { op: 'erase', rid, ver: 0, reason, continued: true } as const
  const erased = await append(hub, {
    iss,
    feed: 'public',
    operation,
    // Somebody else may be finishing it too.
    confirm: async () => {
      if (!(await isHalfDone())) throw new Problem('conflict')
    },
  })
  hub.wake?.()
  return erased
}

/** The chore: finishes what a crash left half done. */
export const finishNarrowings = async (hub: Hub) => {
  if (!hub.journal) return
  for (const { iss, rid } of await narrowingsOf(hub.sql, ownCentreIds(hub.config))) {
    await finishIfPossible(hub, iss, rid)
  }
}
