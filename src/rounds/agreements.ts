/** What was agreed at a centre's round tables, as far as it is published, and what became of it. */
import { createHash } from 'node:crypto'
import { beginVersion, type Writer } from '../drafts/begin.ts'
import type { FormValue } from '../drafts/form-value.ts'
import { draftOf, saveDraft } from '../drafts/store.ts'
import type { Hub } from '../hub.ts'
import { roundTable } from '../publications/kinds/round-table.ts'
import { type AgreementNote, agreementsIn, notesOf } from './agreements-store.ts'

/** As the record has it, or as staff here have said since. */
type State = 'open' | 'in-progress' | 'done' | 'dropped'

export interface Agreement {
  rid: string
  /** Of the result. */
  title: string
  path: string
  what: string
  who: string
  /** `2026-03-03` */
  by: string | undefined
  state: State
  /** Whether the published record says something else. */
  differs: boolean
  dig: string
}

/** Of an agreement's words: one that is changed is another one. */
export const digestOf = ({
  what,
  who,
  by,
}: {
  what: string
  who: string
  by?: string | undefined
}) =>
  createHash('sha256')
    .update(JSON.stringify([what, who, by ?? '']))
    .digest('base64url')

/** All of a centre, what is due first; what has no day comes last. */
export const agreementsOf = async (hub: Hub, iss: string): Promise<Agreement[]> => {
  const [records, notes] = await Promise.all([agreementsIn(hub.sql, iss), notesOf(hub.sql, iss)])
  const noteOn = (rid: string, dig: string) =>
    notes.find((note) => note.rid === rid && note.dig === dig)
  return records
    .flatMap(({ rid, slug, title, agreements }) =>
      agreements.map((agreement) => {
        const dig = digestOf(agreement)
        const path = `/${roundTable.path}/${slug}/${rid}`
        return { rid, title, path, dig, ...asNoted(agreement, noteOn(rid, dig)) }
      }),
    )
    .sort((one, other) => (one.by ?? '9').localeCompare(other.by ?? '9'))
}

const asNoted = (
  { what, who, by, state }: { what: string; who: string; by?: string; state: State },
  note: AgreementNote | undefined,
) => ({
  ...{ what, who, by },
  state: note?.state ?? state,
  differs: note?.state != null && note.state !== state,
})

export const isOpen = ({ state }: Pick<Agreement, 'state'>) =>
  state === 'open' || state === 'in-progress'

const daysAhead = 7

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10)

/** `late`: its day is past. `soon`: it comes within a week. Undefined where nobody has to be reminded. */
export const dueness = (agreement: Pick<Agreement, 'by' | 'state'>, now: number) => {
  const { by } = agreement
  if (by === undefined || !isOpen(agreement)) return undefined
  if (by < dayOf(now)) return 'late'
  return by <= dayOf(now + daysAhead * 24 * 60 * 60_000) ? 'soon' : undefined
}

/**
 * Begins a new version of a result that says what became of its agreements; answers the draft's id. It is a version
 * like any other: it is reviewed, and its parties are asked again. Problem: `not-found`.
 */
export const beginVersionWithStates = async (
  hub: Hub,
  writer: Writer,
  rid: string,
): Promise<string> => {
  const { centre, iss } = writer.post
  const id = await beginVersion(hub, writer, rid)
  const [draft] = await draftOf(hub.sql, centre, id, writer.person)
  const known = (await agreementsOf(hub, iss)).filter((each) => each.rid === rid && each.differs)
  const rows = (draft?.written.agreements ?? []) as { [name: string]: FormValue }[]
  await saveDraft(hub.sql, {
    ...{ id, centre, by: writer.person, page: crypto.randomUUID() },
    revision: draft?.revision ?? 0,
    fields: { agreements: rows.map((row) => withState(row, known)) },
    rivals: [],
    now: new Date(hub.now()),
  })
  return id
}

const withState = (row: { [name: string]: FormValue }, known: Agreement[]) => {
  const { what = '', who = '', by } = row as { what?: string; who?: string; by?: string }
  const state = known.find(({ dig }) => dig === digestOf({ what, who, by }))?.state
  return state ? { ...row, state } : row
}
