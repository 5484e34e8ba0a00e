/** From what was typed to what `publish` takes, and from a record back into the form. */
import type { Fields, Look } from '../publications/field.ts'
import type { Kind } from '../publications/kind.ts'
import type { DraftFile, Written } from './draft.ts'
import { amountIn, durationFrom } from './duration.ts'
import { formFields } from './form.ts'
import type { FormValue } from './form-value.ts'

/** What `readRecord` takes. What is no number or term stays the text that it is, for the checks to name. */
export const submissionOf = (
  kind: Kind,
  written: Written,
  files: Pick<DraftFile, 'name' | 'alt'>[],
) => {
  const content: Record<string, unknown> = { kind: kind.id }
  const local: Record<string, unknown> = {}
  for (const { name, field } of formFields(kind)) {
    const value = written[name]
    if (value === undefined) continue
    if (name.startsWith('local.')) local[name.slice('local.'.length)] = typed(field.look, value)
    else content[name] = typed(field.look, value)
  }
  const attachments = files.map(({ name, alt }) => ({
    file: name,
    ...(alt.trim() && { alt: joined(alt) }),
  }))
  return {
    ...content,
    ...(attachments.length > 0 && { attachments }),
    ...(Object.keys(local).length > 0 && { local }),
  }
}

/** A value as its look has it. */
const typed = (look: Look, value: FormValue): unknown => {
  if (look.as === 'group') return typedGroup(look.fields, value as Record<string, FormValue>)
  if (look.as === 'list') return (value as FormValue[]).map((item) => typed(look.item, item))
  const text = String(value).trim()
  switch (look.as) {
    case 'text':
      return String(value)
    case 'number':
      return numberIn(text)
    case 'flag':
      return flags.get(text) ?? text
    case 'duration': {
      const amount = text === '' ? undefined : amountIn(text)
      return amount ? durationFrom(amount) : text
    }
    case 'class': {
      const [scheme, code] = text.split(':')
      return code === undefined ? text : { scheme, code }
    }
    default:
      // A line that was pasted from a page may be broken.
      return text.includes('\n') ? joined(text) : text
  }
}

const joined = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .join(' ')

const typedGroup = (fields: Fields, value: Record<string, FormValue>) =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, { look }]) => {
      const member = value[name]
      return member === undefined ? [] : [[name, typed(look, member)]]
    }),
  )

export const yes = 'ja'
export const no = 'nein'
const flags = new Map([
  [yes, true],
  [no, false],
])

/** `1.234,5`, `1234.5` and `-3` are numbers; anything else stays text. */
const numberIn = (text: string) => {
  const plain = text.replaceAll(/[\s\u00a0\u202f]/g, '').replace('−', '-')
  if (/^-?\d{1,3}(\.\d{3})+(,\d+)?$/.test(plain)) {
    return Number(plain.replaceAll('.', '').replace(',', '.'))
  }
  return /^-?\d+([.,]\d+)?$/.test(plain) ? Number(plain.replace(',', '.')) : text
}

/** A published record, and what belongs to it here, as its form would hold it. */
export const writtenOf = (kind: Kind, record: object, local: object): Written => {
  const content = new Map(Object.entries(record))
  const kept = new Map(Object.entries(local))
  const written: Written = {}
  for (const { name, field } of formFields(kind)) {
    const value = name.startsWith('local.')
      ? kept.get(name.slice('local.'.length))
      : content.get(name)
    if (value !== undefined) written[name] = asTyped(field.look, value)
  }
  return written
}

const asTyped = (look: Look, value: unknown): FormValue => {
  if (look.as === 'list') return (value as unknown[]).map((item) => asTyped(look.item, item))
  if (look.as === 'group') {
    const members = new Map(Object.entries(value as object))
    return Object.fromEntries(
      Object.entries(look.fields).flatMap(([name, field]) => {
        const member = members.get(name)
        return member === undefined ? [] : [[name, asTyped(field.look, member)]]
      }),
    )
  }
  if (look.as === 'flag') return value ? yes : no
  if (look.as === 'number') return String(value).replace('.', ',')
  if (look.as === 'class') {
    const { scheme, code } = value as { scheme: string; code: string }
    return `${scheme}:${code}`
  }
  return String(value)
}
