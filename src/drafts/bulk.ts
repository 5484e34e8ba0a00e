/** The same act on several drafts, each by itself. */
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { hasRole, type Visitor } from '../staff/visitor.ts'
import { failuresIn } from './checks.ts'
import { publishDraft } from './publish-draft.ts'
import { discardDraft, draftOf, moveDraft } from './store.ts'

export const bulkActs = ['submit', 'take-back', 'publish', 'discard'] as const
export type BulkAct = (typeof bulkActs)[number]

interface One {
  id: string
  centre: string
  by: string
  now: Date
}

/** What became of it: how many were wanted, and with how many it was done. */
export interface BulkOutcome {
  act: BulkAct
  wanted: number
  done: number
}

/** Does it where it may be done. */
export const actOnMany = async (
  hub: Hub,
  visitor: Visitor,
  act: BulkAct,
  ids: string[],
): Promise<BulkOutcome> => {
  if (act !== 'publish' && !hasRole(visitor, ['editor'])) throw new Problem('role-needed')
  const [centre, now] = [visitor.post?.centre ?? '', new Date(hub.now())]
  let done = 0
  for (const id of ids) {
    if (await acts[act](hub, { id, centre, by: visitor.person, now })) done += 1
  }
  return { act, wanted: ids.length, done }
}

const acts: Record<BulkAct, (hub: Hub, one: One) => Promise<boolean>> = {
  submit: async (hub, one) => {
    const [draft] = await draftOf(hub.sql, one.centre, one.id, one.by)
    if (!draft || (await failuresIn(hub, draft)).length > 0) return false
    return isDone(await moveDraft(hub.sql, { ...one, act: 'submit', revision: draft.revision }))
  },
  'take-back': async (hub, one) => isDone(await moveDraft(hub.sql, { ...one, act: 'take-back' })),
  publish: async (hub, one) => {
    try {
      return (await publishDraft(hub, one)).ok
    } catch (error) {
      if (error instanceof Problem) return false
      throw error
    }
  },
  discard: async (hub, { id, centre, by, now }) =>
    isDone(await discardDraft(hub.sql, id, centre, by, now)),
}

const isDone = ([row]: { outcome: string }[]) => row?.outcome === 'done'
