/** What a new version changes, field by field and word by word. */
import { diffLines, diffWordsWithSpace } from 'diff'
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
const partsOf = (before: string, after: string): Difference['parts'] =>
  (diffWordsWithSpace(before, after, { timeout: patience }) ?? asWhole(before, after)).map(partOf)

type Change = { value: string; added: boolean; removed: boolean }

const partOf = ({ value, added, removed }: Change): Difference['parts'][number] => ({
  text: value,
  change: added ? 'added' : removed ? 'removed' : 'same',
})

type File = Pick<DraftFile, 'name' | 'alt' | 'len'>

/**
 * Which files come and go, and what is said of them; nothing where they stay as they are. `same`: the names of those
 * that are byte for byte what they were.
 */
export const fileDifferences = (
  before: File[],
  after: File[],
  same: ReadonlySet<string>,
): Difference[] => {
  const names = new Set(before.map(({ name }) => name))
  const isNew = ({ name }: File) => names.has(name) && !same.has(name)
  const [old, new_] = [listed(before, () => false), listed(after, isNew)]
  const parts = diffLines(old, new_).map(partOf)
  return old === new_ ? [] : [{ name: 'attachments', label: 'Anlagen', parts }]
}

const listed = (files: File[], isNew: (file: File) => boolean) =>
  files
    .map((file) => `${file.name} (${aboutOf(file, isNew(file))}): ${file.alt.trim()}\n`)
    .sort()
    .join('')

const aboutOf = ({ len }: File, isNew: boolean) =>
  `${kilobytes(len)} KB${isNew ? ', neuer Inhalt' : ''}`

const kilobytes = (bytes: number) => Math.max(1, Math.round(bytes / 1_000))
