import { stepsOf } from '../../src/drafts/form.ts'
import type { FormValue } from '../../src/drafts/form-value.ts'
import { isLines, isTicked } from '../../src/drafts/form-value.ts'
import { writtenOf } from '../../src/drafts/submission.ts'
import type { Look } from '../../src/publications/field.ts'
import { kindOf } from '../../src/publications/kinds.ts'
import type { Fields } from '../support/browser.ts'

/** What somebody would type to write this record: the fields of each step. */
export const formOf = (id: string, { local = {}, ...record }: { local?: object }) => {
  const kind = kindOf(id)
  const written = writtenOf(kind, record, local)
  return stepsOf(kind)
    .filter(({ fields }) => fields.length > 0)
    .map(({ id, fields }): [string, Fields] => [
      id,
      Object.fromEntries(
        fields.flatMap(({ name, field }) => typed(field.look, name, written[name])),
      ),
    ])
}

const typed = (
  look: Look,
  path: string,
  value: FormValue | undefined,
): [string, string | string[]][] => {
  if (value === undefined) return []
  if (look.as === 'list') {
    const items = value as FormValue[]
    if (isLines(look.item)) return [[path, items.join('\n')]]
    if (isTicked(look.item)) return [[path, items as string[]]]
    return items.flatMap((item, n) => typed(look.item, `${path}[${n}]`, item))
  }
  if (look.as === 'group') {
    const members = value as Record<string, FormValue>
    return Object.entries(look.fields).flatMap(([name, field]) =>
      typed(field.look, `${path}.${name}`, members[name]),
    )
  }
  return [[path, String(value)]]
}
