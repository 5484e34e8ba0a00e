/** Publishing what was approved, at once or when its time has come. */
import { ownCentreIds } from '../config.ts'
import type { Hub } from '../hub.ts'
import { type Fault, Problem } from '../problem.ts'
import { kindOf } from '../publications/kinds.ts'
import { type Published, publish } from '../publications/publish.ts'
import { afterSignIn } from '../staff/after-sign-in.ts'
import { tell } from '../staff/message-store.ts'
import type { Draft } from './draft.ts'
import { filesOf, namedFile } from './files-store.ts'
import { draftOf, dueDrafts, moveDraft } from './store.ts'
import { submissionOf } from './submission.ts'

export interface Publishing {
  id: string
  centre: string
  by: string
}

/**
 * Publishes an approved draft; with the entry the draft has done its work (migrations: draft_was_published). Problems:
 * `not-found`, `conflict` (it is not approved, or another version was published meanwhile), `cannot-sign`.
 */
export const publishDraft = async (
  hub: Hub,
  { id, centre, by }: Publishing,
): Promise<{ ok: true; published: Published } | { ok: false; faults: Fault[] }> => {
  const [draft] = await draftOf(hub.sql, centre, id, by)
  if (!draft) throw new Problem('not-found')
  if (draft.state !== 'approved' && draft.state !== 'scheduled') {
    throw new Problem('conflict', 'Dieser Entwurf ist nicht freigegeben.')
  }
  const answer = await publish(hub, {
    iss: draft.iss,
    input: await inputOf(hub, draft),
    rid: draft.rid,
    after: draft.base_ver,
    kept: { draft: { id, by } },
    fileOf: async (name) => (await namedFile(hub.sql, id, name))[0]?.bytes,
  })
  if (answer.ok && by !== draft.author) await tellAuthor(hub, draft, answer.published)
  return answer
}

/** It leads to where she may read it, whatever she is: who wrote as a moderator has no way to the drafts. */
const tellAuthor = (hub: Hub, { author, centre }: Draft, { kind, rid, feed }: Published) => {
  const page = `/${kindOf(kind).path}/${centre}/${rid}`
  const told = {
    subject: 'Ihr Beitrag ist veröffentlicht',
    text: 'Ihr Beitrag ist veröffentlicht. Hier können Sie ihn lesen.',
    path: feed === 'public' ? page : afterSignIn(page),
  }
  return tell(hub.sql, author, told, hub.now())
}

/** The draft as `publish` takes it. */
export const inputOf = async (hub: Hub, { id, kind, written }: Draft) =>
  submissionOf(kindOf(kind), written, await filesOf(hub.sql, id))

/** The chore: publishes what is due. What cannot be published is no longer to be, and somebody looks at it. */
export const publishDue = async (hub: Hub) => {
  if (!hub.journal) return
  const own = ownCentreIds(hub.config)
  for (const { id, centre, by } of await dueDrafts(hub.sql, own, new Date(hub.now()))) {
    const refusal = await refusalOf(hub, { id, centre, by })
    if (!refusal) continue
    hub.log.warn({ draft: id, reason: refusal }, 'a draft that was due cannot be published')
    await moveDraft(hub.sql, { id, centre, act: 'unschedule', by, now: new Date(hub.now()) })
  }
}

/** Why it was not published; undefined where it was, or will be as soon as this node may sign again. */
const refusalOf = async (hub: Hub, publishing: Publishing) => {
  try {
    const answer = await publishDraft(hub, publishing)
    return answer.ok ? undefined : JSON.stringify(answer.faults)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return error.code === 'cannot-sign' ? undefined : error.message
  }
}
