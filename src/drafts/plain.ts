/** A value as a text that one can read and compare word by word. */
import type { Fields, Look } from '../publications/field.ts'
import { labelOf } from '../publications/vocabulary.ts'
import type { FormValue } from './form-value.ts'

export const plainOf = (look: Look, value: FormValue | undefined): string => {
  if (value === undefined) return ''
  if (look.as === 'group') return groupText(look.fields, value as Record<string, FormValue>, '\n')
  if (look.as === 'list')
    return (value as FormValue[]).map((item) => itemText(look.item, item)).join('\n')
  const text = String(value)
  if (look.as === 'term' || look.as === 'class') return labelOf(look.vocabulary, text)
  return look.as === 'date' ? germanDay(text) : text
}

/** `01.02.2025` from `2025-02-01`; what is no day stands for itself. */
const germanDay = (text: string) => text.replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$3.$2.$1')

const itemText = (item: Look, value: FormValue) =>
  item.as === 'group'
    ? groupText(item.fields, value as Record<string, FormValue>, '; ')
    : plainOf(item, value)

const groupText = (fields: Fields, value: Record<string, FormValue>, between: string) =>
  Object.entries(fields)
    .flatMap(([name, { label, look }]) =>
      value[name] === undefined ? [] : [`${label}: ${plainOf(look, value[name])}`],
    )
    .join(between)
