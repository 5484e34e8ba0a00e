/** What is captured at a round table, an item each. */
import { z } from 'zod'
import * as is from '../publications/strings.ts'
import { addressees } from '../publications/vocabularies/addressees.ts'
import { topics } from '../publications/vocabularies/topics.ts'
import { termOf } from '../publications/vocabulary.ts'

export type ItemKind = 'finding' | 'recommendation' | 'question' | 'agreement'

/** What belongs to an item by its kind, named as in the record. */
export interface Details {
  consensus?: string
  topic?: string
  to?: string
  who?: string
  by?: string
}

export interface Item {
  id: string
  kind: ItemKind
  text: string
  details: Details
  revision: number
  /** Whether it went into the result as it stands. */
  in_result: boolean
}

/** As what one captures something. `key`: typed with a colon before the text it says the same. */
export const sorts = [
  { id: 'konsens', key: 'k', label: 'Erkenntnis: Konsens', kind: 'finding', as: 'consensus' },
  { id: 'mehrheit', key: 'm', label: 'Erkenntnis: Mehrheit', kind: 'finding', as: 'majority' },
  { id: 'offen', key: 'o', label: 'Erkenntnis: offen', kind: 'finding', as: 'open' },
  { id: 'empfehlung', key: 'e', label: 'Empfehlung', kind: 'recommendation', as: undefined },
  { id: 'frage', key: 'f', label: 'Offene Frage', kind: 'question', as: undefined },
  { id: 'vereinbarung', key: 'v', label: 'Vereinbarung', kind: 'agreement', as: undefined },
] as const

export type Sort = (typeof sorts)[number]

export const sortOf = ({ kind, details }: Pick<Item, 'kind' | 'details'>): Sort =>
  sorts.find((sort) => sort.kind === kind && sort.as === details.consensus) ?? sorts[0]

/** Characters of an item: the longest that a record takes. */
export const longest = { text: 1500, who: 160 }

const optional = <S extends z.ZodType>(schema: S) =>
  z.union([z.literal('').transform(() => undefined), schema]).optional()

const Captured = z.object({
  art: z.enum(sorts.map(({ id }) => id)),
  text: is.text(longest.text),
  thema: optional(termOf(topics)),
  an: optional(termOf(addressees)),
  wer: optional(is.line(longest.who)),
  bis: optional(is.date),
})

const keyed = new RegExp(`^\\s*([${sorts.map(({ key }) => key).join('')}]):\\s*`, 'i')

/** What a form brought, as an item; undefined where it is none, with what is wrong. */
export const readItem = (
  fields: Record<string, string | string[]>,
): { ok: true; item: Pick<Item, 'kind' | 'text' | 'details'> } | { ok: false; fault: string } => {
  const { data, error } = Captured.safeParse(withKey(fields))
  if (!data) return { ok: false, fault: faultAt(String(error.issues[0]?.path[0])) }
  const { kind, as } = sorts.find(({ id }) => id === data.art) ?? sorts[0]
  const { text, thema: topic, an: to, wer: who, bis: by } = data
  const details = {
    finding: { ...(as && { consensus: as }), ...(topic && { topic }) },
    recommendation: { ...(to && { to }) },
    question: {},
    agreement: { ...(who && { who }), ...(by && { by }) },
  }[kind]
  return { ok: true, item: { kind, text, details } }
}

/** `v: Leitfaden verschicken` is an agreement, whatever was chosen. */
const withKey = (fields: Record<string, string | string[]>) => {
  const [start, key] = keyed.exec(String(fields.text ?? '')) ?? []
  if (start === undefined) return fields
  const sort = sorts.find((each) => each.key === key?.toLowerCase())
  return { ...fields, art: sort?.id, text: String(fields.text).slice(start.length) }
}

const faults: Record<string, string> = {
  art: 'Wählen Sie bitte, was es ist.',
  text: `Schreiben Sie bitte etwas, höchstens ${longest.text} Zeichen.`,
  thema: 'Dieses Thema gibt es nicht.',
  an: 'Diese Adresse gibt es nicht.',
  wer: `„Wer“ darf höchstens ${longest.who} Zeichen haben.`,
  bis: 'Nennen Sie bei „Bis wann“ bitte einen Tag, den es gibt.',
}

const faultAt = (name: string) => faults[name] ?? 'Das lässt sich so nicht speichern.'

/** An item as its form holds it. */
export const formOf = (item: Pick<Item, 'kind' | 'text' | 'details'>) => ({
  art: sortOf(item).id as string,
  text: item.text,
  thema: item.details.topic ?? '',
  an: item.details.to ?? '',
  wer: item.details.who ?? '',
  bis: item.details.by ?? '',
})

export type ItemForm = ReturnType<typeof formOf>

export const emptyForm: ItemForm = {
  ...{ art: sorts[0].id, text: '', thema: '', an: '', wer: '', bis: '' },
}
