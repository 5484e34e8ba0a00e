/** Records that one may name in a form. */
import { allCentres } from '../federation/store.ts'
import type { Hub } from '../hub.ts'
import type { Fields, Look } from '../publications/field.ts'
import type { Kind } from '../publications/kind.ts'
import { findKind, kinds } from '../publications/kinds.ts'
import { listRecords, standingOf } from '../publications/store.ts'
import type { Written } from './draft.ts'
import type { FormField } from './form.ts'
import type { FormValue } from './form-value.ts'

export interface Choosable {
  iss: string
  rid: string
  ver: number
  title: string
  /** `Fallbeispiel` */
  kind: string
}

/** What a form offers beside its vocabularies. */
export interface Choices {
  records: Choosable[]
  /** Of which kinds they are: what is not among the records is looked for in these. */
  kinds: { id: string; label: string }[]
  centres: { slug: string; name: string }[]
}

/** So many, the newest first, can be leafed through. */
const most = 300

/** For the fields of a step. */
export const choicesFor = async (
  hub: Hub,
  kind: Kind,
  fields: FormField[],
  written: Written,
): Promise<Choices> => {
  const asking = fields.filter(({ field }) => namesRecords(field.look))
  const [records, centres] = await Promise.all([
    recordsFor(hub, kind, asking, written),
    allCentres(hub.sql),
  ])
  const ids = kindsFor(kind, asking)
  return {
    records,
    kinds: kinds
      .filter(({ id }) => ids?.includes(id) ?? true)
      .map(({ id, label }) => ({ id, label })),
    centres: centres.map(({ slug, organization_name: name }) => ({ slug, name })),
  }
}

/** The newest records, and those that are named already; nothing where none is asked for. */
const recordsFor = async (
  hub: Hub,
  kind: Kind,
  asking: FormField[],
  written: Written,
): Promise<Choosable[]> => {
  if (asking.length === 0) return []
  const named = asking.flatMap(({ name, field }) => referencesIn(field.look, written[name]))
  const [newest, standing] = await Promise.all([
    Promise.all(
      (kindsFor(kind, asking) ?? [undefined]).map((id) =>
        listRecords(hub.sql, { audience: 'members', kind: id, limit: most }),
      ),
    ),
    standingOf(hub.sql, 'members', named),
  ])
  const found = [
    ...newest.flat().map(({ iss, rid, ver, kind: of, teaser }) => ({
      iss,
      rid,
      ver,
      kind: of,
      title: teaser.title,
    })),
    ...standing,
  ].flatMap(({ iss, rid, ver, kind: of, title }) => {
    const label = of && findKind(of)?.label
    return label && title ? [{ iss, rid, ver, title, kind: label }] : []
  })
  return [...new Map(found.map((each) => [`${each.iss} ${each.rid}`, each])).values()]
}

/** Where one begins a record of this kind at another, only such others are meant. */
const kindsFor = ({ follows }: Kind, asking: FormField[]): readonly string[] | undefined =>
  asking.every(({ name }) => name === follows?.field) ? follows?.kinds : undefined

const namesRecords = (look: Look): boolean => {
  if (look.as === 'list') return namesRecords(look.item)
  if (look.as !== 'group') return false
  return (
    look.means === 'record' || Object.values(look.fields).some(({ look: of }) => namesRecords(of))
  )
}

const referencesIn = (look: Look, value: FormValue | undefined): { iss: string; rid: string }[] => {
  if (value === undefined) return []
  if (look.as === 'list')
    return (value as FormValue[]).flatMap((each) => referencesIn(look.item, each))
  if (look.as !== 'group') return []
  const members = value as Record<string, FormValue>
  if (look.means === 'record') return isReference(members) ? [members] : []
  return inFields(look.fields, members)
}

const inFields = (fields: Fields, members: Record<string, FormValue>) =>
  Object.entries(fields).flatMap(([name, { look }]) => referencesIn(look, members[name]))

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/

/** Whatever somebody has typed there may be no id at all. */
const isReference = (members: Record<string, FormValue>): members is { iss: string; rid: string } =>
  typeof members.iss === 'string' && typeof members.rid === 'string' && uuid.test(members.rid)
