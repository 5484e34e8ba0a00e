/** A round table of a centre: what is prepared before it, and where it stands. */
import type { DraftState, Written } from '../drafts/draft.ts'
import type { FormField } from '../drafts/form.ts'
import { type Field, lines } from '../publications/field.ts'
import { roundTable } from '../publications/kinds/round-table.ts'

const { question, date, place, online, groups, series } = roundTable.own

const agenda = lines({
  label: 'Tagesordnung',
  question: 'Was soll in welcher Reihenfolge besprochen werden?',
  max: 200,
})

/** What one writes down beforehand, asked of what is still to come. All but the agenda goes into the result. */
export const preparation: FormField[] = Object.entries<Field>({
  question: { ...question, question: 'Über welche Frage soll gesprochen werden?' },
  date: { ...date, question: 'Wann findet er statt?' },
  place: { ...place, question: 'Wo findet er statt?' },
  online: { ...online, question: 'Findet er online statt?' },
  groups: { ...groups, question: 'Wer sitzt am Tisch? Bitte Gruppen, keine Namen.' },
  series,
  agenda,
}).map(([name, field]) => ({ name, field }))

export interface Round {
  id: string
  centre: string
  iss: string
  prepared: Written
  revision: number
  changed_at: Date
  /** When its first line was captured. */
  begun_at: Date | null
  /** The record that is made of it, once there is a draft. */
  rid: string | null
  /** The draft of its result, while there is one. */
  draft: string | null
  draft_state: DraftState | null
  /** Whether its result is published, in whatever state it is now. */
  published: boolean
  /** How much was captured. */
  items: number
}

const stages = {
  prepared: 'in Vorbereitung',
  running: 'wird mitgeschrieben',
  drafted: 'Ergebnis im Entwurf',
  published: 'Ergebnis veröffentlicht',
} as const

export type Stage = keyof typeof stages

export const stageOf = ({ begun_at, draft, published }: Round): Stage => {
  if (published) return 'published'
  if (draft) return 'drafted'
  return begun_at ? 'running' : 'prepared'
}

export const stageLabel = (stage: Stage) => stages[stage]

export const nameOf = ({ prepared }: Pick<Round, 'prepared'>) =>
  String(prepared.question ?? '').trim() || 'Noch ohne Leitfrage'
