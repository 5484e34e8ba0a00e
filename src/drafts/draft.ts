/** A draft: what somebody writes before it is a record. */
import type { FormValue } from './form-value.ts'

/** Where a draft stands. */
export const draftStates = [
  { id: 'draft', de: 'Entwurf' },
  { id: 'in-review', de: 'in Prüfung' },
  { id: 'changes-asked', de: 'Änderungen erbeten' },
  { id: 'approved', de: 'freigegeben' },
  { id: 'scheduled', de: 'zur Veröffentlichung vorgemerkt' },
  { id: 'published', de: 'veröffentlicht' },
] as const

export type DraftState = (typeof draftStates)[number]['id']

export const stateLabel = (state: DraftState) =>
  draftStates.find(({ id }) => id === state)?.de ?? state

/**
 * What was written, by field, as it was typed; what is called `local.…` never leaves the node, and `anlage.…` is the
 * alternative text of a file.
 */
export type Written = Record<string, FormValue>

/** Where the alternative text of a file is written. */
export const altName = (file: string) => `anlage.${file}`

export interface Draft {
  id: string
  centre: string
  iss: string
  kind: string
  /** The record that it will be. */
  rid: string
  /** The version of the record that it follows; 0 where there is none yet. */
  base_ver: number
  state: DraftState
  written: Written
  author: string
  author_name: string
  reviewer: string | null
  reviewer_name: string | null
  revision: number
  made_at: Date
  changed_at: Date
  publish_at: Date | null
  publish_by: string | null
  /** Whether the person who asks wrote a part of it. */
  own: boolean
}

/** A file of a draft. */
export interface DraftFile {
  id: string
  name: string
  alt: string
  type: string
  len: number
}

/** What a reviewer says of a field, or of all (an empty name). */
export interface Comment {
  id: string
  field: string
  text: string
  by: string
  name: string
  at: Date
  settled_at: Date | null
}

/** What somebody wrote in a field that others changed meanwhile. */
export interface Rival {
  field: string
  page: string
  value: FormValue
  name: string
  at: Date
}

/** Whether its text may be changed as it stands. */
export const isOpen = (state: DraftState) => state === 'draft' || state === 'changes-asked'
