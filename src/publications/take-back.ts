import { ownCentreIds } from '../config.ts'
import { type Appended, append } from '../exchange/append.ts'
import { mustErase, type Reason, readOperation } from '../exchange/entry.ts'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { unverifiedPayload } from '../signing/unverified.ts'
import { finishNarrowing } from './narrow.ts'
import { erasuresOpen, versionsOf } from './store.ts'

export interface TakeBack {
  iss: string
  rid: string
  reason: Reason
  /** The record that stands in its place. */
  replacedBy?: { iss: string; rid: string } | undefined
}

/** A centre withdraws a record: it is no longer shown, its content stays with the centres. Answers the entry. */
export const withdraw = async (
  hub: Hub,
  { iss, rid, reason, replacedBy }: TakeBack,
): Promise<Appended> => {
  if (mustErase(reason)) {
    throw new Problem('invalid-input', 'Bei diesem Grund wird gelöscht, nicht zurückgezogen.')
  }
  await finishNarrowing(hub, iss, rid)
  const [newest] = await existing(hub, iss, rid)
  if (newest.state !== 'published') {
    throw new Problem('conflict', 'Dieser Beitrag ist nicht veröffentlicht.')
  }
  const operation = {
    op: 'withdraw' as const,
    rid,
    ver: newest.ver,
    reason,
    ...replaced(replacedBy),
  }
  const appended = await append(hub, { iss, feed: newest.feed, operation })
  hub.wake?.()
  return appended
}

/** A centre erases a record: all its contents, at every node, in each feed where it occurs. Answers the entries. */
export const erase = async (
  hub: Hub,
  { iss, rid, reason, replacedBy }: TakeBack,
): Promise<Appended[]> => {
  // What was narrowed is erased in its public feed, but not closed there.
  const left = (await existing(hub, iss, rid)).filter(({ closed }) => !closed)
  if (left.length === 0) throw new Problem('conflict', 'Dieser Beitrag ist bereits gelöscht.')
  const appended: Appended[] = []
  for (const { feed } of left) {
    const operation = { op: 'erase' as const, rid, ver: 0, reason, ...replaced(replacedBy) }
    appended.push(await append(hub, { iss, feed, operation }))
  }
  hub.wake?.()
  return appended
}

/** The chore: an erasure that was cut off between its two feeds goes on in the other, with the same words. */
export const finishErasures = async (hub: Hub) => {
  if (!hub.journal) return
  for (const { iss, rid, feed, jws } of await erasuresOpen(hub.sql, ownCentreIds(hub.config))) {
    const { operation } = readOperation(unverifiedPayload(jws) ?? {})
    if (operation?.op !== 'erase') continue
    // Whoever began it may be going on with it.
    const confirm = async () => {
      const open = await erasuresOpen(hub.sql, [iss])
      if (!open.some((each) => each.rid === rid)) throw new Problem('conflict')
    }
    await append(hub, { iss, feed, operation, confirm }).catch((error) => {
      if (!(error instanceof Problem)) throw error
      hub.log.warn({ iss, rid, reason: error.message }, 'erasure not finished')
    })
  }
}

const replaced = (by: TakeBack['replacedBy']) => (by ? { replaced_by: by } : {})

const existing = async (hub: Hub, iss: string, rid: string) => {
  const [newest, ...others] = await versionsOf(hub.sql, iss, rid)
  if (!newest) throw new Problem('not-found', 'Diesen Beitrag gibt es nicht.')
  return [newest, ...others] as const
}
