/** The texts of a draft, each with its place: what would be published, and nothing that stays here. */
import type { Field, Look } from '../publications/field.ts'
import { kindOf } from '../publications/kinds.ts'
import type { Draft } from './draft.ts'
import { formFields } from './form.ts'
import type { FormValue } from './form-value.ts'

export interface PlacedText {
  /** Of the field, such as `findings[0].text`. */
  path: string
  field: Field
  look: Look
  text: string
}

export const textsOf = ({ kind, written }: Pick<Draft, 'kind' | 'written'>): PlacedText[] =>
  formFields(kindOf(kind))
    .filter(({ name }) => !name.startsWith('local.'))
    .flatMap(({ name, field }) => {
      const value = written[name]
      return value === undefined ? [] : textsIn({ path: name, field, look: field.look }, value)
    })

type Place = Omit<PlacedText, 'text'>

const textsIn = (at: Place, value: FormValue): PlacedText[] => {
  const { look, path, field } = at
  if (look.as === 'group') {
    const members = value as Record<string, FormValue>
    return Object.entries(look.fields).flatMap(([name, member]) => {
      const inner = members[name]
      const place = { path: `${path}.${name}`, field: member, look: member.look }
      return inner === undefined ? [] : textsIn(place, inner)
    })
  }
  if (look.as === 'list') {
    return (value as FormValue[]).flatMap((item, n) =>
      textsIn({ path: `${path}[${n}]`, field, look: look.item }, item),
    )
  }
  return [{ ...at, text: String(value) }]
}
