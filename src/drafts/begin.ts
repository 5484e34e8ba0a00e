/** Beginning a draft: a new record, or a new version of one that is published. */
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import type { Attachment } from '../publications/attachment.ts'
import type { Kind } from '../publications/kind.ts'
import { kindOf } from '../publications/kinds.ts'
import { readOne } from '../publications/reading.ts'
import { newRecordId } from '../publications/record-id.ts'
import { listRecords, publishedIn } from '../publications/store.ts'
import type { Post } from '../staff/visitor.ts'
import { altName, type Written } from './draft.ts'
import { beginDraft, type NewDraft } from './store.ts'
import { writtenOf } from './submission.ts'

/** Who writes, and for which centre. */
export interface Writer {
  post: Pick<Post, 'centre' | 'iss'>
  person: string
}

/** Begins a record of this kind; answers the id of its draft. */
export const begin = async (
  hub: Hub,
  writer: Writer,
  kind: Kind,
  written: Written = {},
): Promise<string> => {
  const [begun] = await beginDraft(hub.sql, await newDraft(hub, writer, kind, written))
  return begun?.id ?? ''
}

/** A draft of a new record, which begins with what its centre says in each. */
export const newDraft = async (
  hub: Hub,
  { post, person }: Writer,
  kind: Kind,
  written: Written,
): Promise<NewDraft> => ({
  id: crypto.randomUUID(),
  ...{ centre: post.centre, iss: post.iss, kind: kind.id },
  ...{ rid: newRecordId(hub.now()), base_ver: 0, feed: 'public', files: [] },
  written: { ...(await usualFor(hub, post.centre)), ...written },
  by: person,
  now: new Date(hub.now()),
})

/** What a centre says in each of its records, as its newest one says it. */
const usualFields = ['contact', 'funding', 'licence', 'language', 'visibility']

const usualFor = async (hub: Hub, centre: string): Promise<Written> => {
  const [newest] = await listRecords(hub.sql, { audience: 'members', centre, limit: 1 })
  if (!newest) return { language: 'de', visibility: 'public' }
  const one = await readOne(hub, 'members', centre, newest.rid)
  if (one.state !== 'published') return {}
  const all = writtenOf(kindOf(newest.kind), JSON.parse(one.content), {})
  return Object.fromEntries(Object.entries(all).filter(([name]) => usualFields.includes(name)))
}

/**
 * Begins a new version of a published record; answers the id of its draft, or of the one that somebody has begun
 * already. Problem: `not-found` (the centre has not published it).
 */
export const beginVersion = async (
  hub: Hub,
  { post, person }: Writer,
  rid: string,
): Promise<string> => {
  const one = await readOne(hub, 'members', post.centre, rid)
  if (one.state !== 'published' || one.found.iss !== post.iss) throw new Problem('not-found')
  const { kind, feed, ver } = one.found
  const [kept] = await publishedIn(hub.sql, post.iss, feed, rid)
  const [begun] = await beginDraft(hub.sql, {
    id: crypto.randomUUID(),
    ...{ centre: post.centre, iss: post.iss, kind: kind ?? '', rid, base_ver: ver, feed },
    ...goingOnWith(kind ?? '', one.content, kept?.local ?? {}),
    by: person,
    now: new Date(hub.now()),
  })
  if (!begun?.id) throw new Problem('not-found')
  return begun.id
}

/** The form and the files of a version that somebody goes on with. */
export const goingOnWith = (
  kind: string,
  content: string,
  local: object,
): Pick<NewDraft, 'written' | 'files'> => {
  const record = JSON.parse(content) as { attachments?: Attachment[] }
  const files = (record.attachments ?? []).map((file) => ({ id: crypto.randomUUID(), ...file }))
  const alts = Object.fromEntries(files.map(({ id, alt }) => [altName(id), alt]))
  return { written: { ...withoutDay(writtenOf(kindOf(kind), record, local)), ...alts }, files }
}

/** A new version is reviewed anew: its day of review is counted from then on. */
const withoutDay = ({ reviewBy: _, ...written }: Written): Written => written
