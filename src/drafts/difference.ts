/** What a new version changes, field by field and word by word. */
import { diffWordsWithSpace } from 'diff'
import type { Kind } from '../publications/kind.ts'
import type { DraftFile, Written } from './draft.ts'
import { formFields } from './form.ts'
import { plainOf } from './plain.ts'

export interface Difference {
  name: string
  label: string
  parts: { text: string; change: 'same' | 'added' | 'removed' }[]
}

/** Of the fields that are published; those that stay as they are, are left out. */
export const differencesBetween = (kind: Kind, before: Written, after: Written): Difference[] =>
  formFields(kind)
    .filter(({ name }) => !name.startsWith('local.'))
    .flatMap(({ name, field: { label, look } }) => {
      const [old, new_] = [plainOf(look, before[name]), plainOf(look, after[name])]
      return old.trim() === new_.trim() ? [] : [{ name, label, parts: partsOf(old, new_) }]
    })

/** Milliseconds after which two texts that have little in common are shown one after the other. */
const patience = 500

const asWhole = (before: string, after: string) => [
  { value: before, added: false, removed: true },
  { value: after, added: true, removed: false },
]

/** Two texts word by word. */
export const partsOf = (before: string, after: string): Difference['parts'] =>
  (diffWordsWithSpace(before, after, { timeout: patience }) ?? asWhole(before, after)).map(
    ({ value, added, removed }) => ({
      text: value,
      change: added ? 'added' : removed ? 'removed' : 'same',
    }),
  )

/** The names of files that are new, and of those that go. */
export const fileDifferences = (before: string[], after: Pick<DraftFile, 'name'>[]) => {
  const names = after.map(({ name }) => name)
  return {
    added: names.filter((name) => !before.includes(name)),
    removed: before.filter((name) => !names.includes(name)),
  }
}
