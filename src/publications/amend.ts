import { type Appended, append, type Statement } from '../exchange/append.ts'
import type { FeedName } from '../federation/statement.ts'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { finishNarrowing } from './narrow.ts'
import { type Record, readPublished } from './record.ts'
import { publishedIn, versionsOf } from './store.ts'

export interface Amendment {
  iss: string
  rid: string
  /** The version that it must follow. */
  after: number
  change(record: Record): object
}

/**
 * A centre changes something of a published record that follows from what others said or did, and that nobody has to
 * write: a new version, whose files stay. It may become public, but is narrowed by other means (narrow.ts).
 * Problems: `not-found`, `conflict` (another version stands there by now), `invalid-input`, those of `append`.
 */
export const amend = async (
  hub: Hub,
  { iss, rid, after, change }: Amendment,
): Promise<Appended & { ver: number }> => {
  await finishNarrowing(hub, iss, rid)
  const before = await versionsOf(hub.sql, iss, rid)
  const [newest] = before
  if (!newest) throw new Problem('not-found', 'Diesen Beitrag gibt es nicht.')
  if (newest.ver !== after || newest.state !== 'published') throw new Problem('conflict')
  const [open] = await publishedIn(hub.sql, iss, newest.feed, rid)
  if (!open) throw new Problem('conflict')

  const record = changed(change(JSON.parse(open.content) as Record), open.kind)
  const feed: FeedName = record.visibility
  const ver = after + 1
  const statement: Statement = {
    iss,
    feed,
    operation: { op: 'publish', rid, ver, kind: open.kind },
    content: Buffer.from(JSON.stringify(record)),
    ...(open.local && { local: open.local }),
    confirm: async () => {
      const now = await versionsOf(hub.sql, iss, rid)
      if (JSON.stringify(now) !== JSON.stringify(before)) throw new Problem('conflict')
    },
  }
  const appended = await append(hub, statement)
  hub.wake?.()
  return { ...appended, ver }
}

const changed = (content: object, kind: string) => {
  const judged = readPublished(content, kind)
  if (!judged.ok) throw new Problem('invalid-input', 'So lässt sich der Beitrag nicht ändern.')
  return judged.record
}
