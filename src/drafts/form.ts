/** The form of a kind: its fields in steps. All of it follows from the kind's file. */
import { alt } from '../publications/attachment.ts'
import { closing, opening } from '../publications/envelope.ts'
import type { Field, Fields } from '../publications/field.ts'
import type { Kind } from '../publications/kind.ts'
import { altName, type DraftFile, type Written } from './draft.ts'
import { readValue, type Sent } from './form-value.ts'

/** A field with the name that it has in the form and in what is written. */
export interface FormField {
  name: string
  field: Field
}

export interface Step {
  /** In the address. */
  id: string
  label: string
  fields: FormField[]
}

/** Files have a place of their own, and the day of review follows from that of publishing. */
const { attachments: _, ...withoutFiles } = closing
const ending: Fields = {
  ...withoutFiles,
  reviewBy: { ...withoutFiles.reviewBy, required: false },
}

const localName = (name: string) => `local.${name}`

const named = (fields: Fields, names: readonly string[] = Object.keys(fields)): FormField[] =>
  names.flatMap((name) => {
    const field = fields[name]
    return field ? [{ name, field }] : []
  })

/** Everything that a draft of this kind may hold, in the order in which one writes it. */
export const formFields = (kind: Kind): FormField[] => [
  ...named(opening),
  ...named(kind.own),
  ...named(ending),
  ...localFields(kind),
]

const localFields = (kind: Kind): FormField[] =>
  Object.entries(kind.local).map(([name, field]) => ({ name: localName(name), field }))

const finding = ['topics', 'sectors', 'craft', 'companySizes', 'regions', 'keywords']
const using = ['authors', 'contact', 'language', 'licence', 'funding', 'related', 'sources']
const publishing = ['visibility', 'reviewBy']

/** The step in which files are added. */
export const filesStep = 'anlagen'

/** The steps in which one writes a record of this kind. */
export const stepsOf = (kind: Kind): Step[] => [
  { id: 'worum', label: 'Worum es geht', fields: named(opening) },
  ...chaptersOf(kind),
  { id: 'einordnung', label: 'Einordnung', fields: named(ending, finding) },
  { id: 'herkunft', label: 'Herkunft und Nutzung', fields: named(ending, using) },
  { id: filesStep, label: 'Anlagen', fields: [] },
  {
    id: 'veroeffentlichung',
    label: 'Veröffentlichung und Internes',
    fields: [...named(ending, publishing), ...localFields(kind)],
  },
]

/** What fits on a page. */
const mostInChapter = 6

/** A kind's own fields by its chapters, or a few at a time. */
const chaptersOf = (kind: Kind): Step[] => {
  const chapters = kind.chapters ?? evenly(kind.own)
  return chapters.map(({ label, fields }, n) => ({
    id: `inhalt-${n + 1}`,
    label,
    fields: named(kind.own, fields),
  }))
}

const evenly = (own: Fields) => {
  const names = Object.keys(own)
  const count = Math.ceil(names.length / mostInChapter)
  const size = Math.ceil(names.length / count)
  return Array.from({ length: count }, (_, n) => {
    const fields = names.slice(n * size, (n + 1) * size)
    return { label: own[fields[0] ?? '']?.label ?? 'Inhalt', fields }
  })
}

export const findStep = (kind: Kind, id: string | undefined) => {
  const steps = stepsOf(kind)
  return steps.find((step) => step.id === id) ?? steps[0]
}

/** What one writes of a file. */
export const altField = ({ id, name }: Pick<DraftFile, 'id' | 'name'>): FormField => ({
  name: altName(id),
  field: { ...alt, label: `Alternativtext zu „${name}“` },
})

/** The step that asks for the field at a path such as `findings[0].text`. */
export const stepWith = (kind: Kind, path: string): Step | undefined =>
  path.startsWith('attachments')
    ? findStep(kind, filesStep)
    : stepsOf(kind).find(({ fields }) => fields.some(({ name }) => isAt(path, name)))

const isAt = (path: string, name: string) =>
  path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`)

/** The field around a path. */
export const fieldAt = (kind: Kind, path: string) =>
  formFields(kind).find(({ name }) => isAt(path, name))

/** What a step's form brought, each of its fields by name; null where nothing is filled in. */
export const readFields = (fields: FormField[], sent: Sent) =>
  Object.fromEntries(
    fields.map(({ name, field }) => [name, readValue(field.look, sent, name) ?? null]),
  )

/** How much of what is needed a step already has. */
export const progressOf = ({ fields }: Step, written: Written) => {
  const needed = fields.filter(({ field }) => field.required)
  return { needed: needed.length, filled: needed.filter(({ name }) => name in written).length }
}
