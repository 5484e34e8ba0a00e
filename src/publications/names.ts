/** What this node knows of the records that a record names. */
import { allCentres } from '../federation/store.ts'
import type { Hub } from '../hub.ts'
import type { Look } from './field.ts'
import { findKind, kindOf } from './kinds.ts'
import type { Record } from './record.ts'
import { type Audience, standingOf } from './store.ts'
import { namings } from './walk.ts'

/** What is known of a record that is named, beside `{iss, rid, ver?}`. Without a path it is not here. */
export interface Named {
  title?: string
  path?: string
  /** What became of it, where it is no longer as it was named. */
  now?: 'newer' | 'withdrawn' | 'erased'
}

type Standing = Awaited<ReturnType<typeof standingOf>>[number]

/**
 * The same record; wherever it names another one, title and path of that stand beside, and what became of it. Centres
 * stand there by their names.
 */
export const named = async (hub: Hub, audience: Audience, record: Record): Promise<Record> => {
  const copy = await withCentres(hub, record)
  const places = namings(kindOf(copy.kind).fields, copy).map(({ value }) => value)
  if (places.length === 0) return copy
  const known = await standingOf(hub.sql, audience, places)
  for (const place of places) {
    const found = known.find(({ iss, rid }) => iss === place.iss && rid === place.rid)
    if (found) Object.assign(place, nameOf(found, place.ver))
  }
  return copy
}

/** A copy in which centres have names instead of slugs, as far as they are known. */
const withCentres = async (hub: Hub, record: Record): Promise<Record> => {
  const { fields } = kindOf(record.kind)
  if (!namesCentres({ as: 'group', fields })) return structuredClone(record)
  const centres = await allCentres(hub.sql)
  const names = new Map(centres.map(({ slug, organization_name: name }) => [slug, name]))
  return copyOf({ as: 'group', fields }, record, names) as Record
}

const namesCentres = (look: Look): boolean => {
  if (look.as === 'list') return namesCentres(look.item)
  if (look.as === 'group')
    return Object.values(look.fields).some((field) => namesCentres(field.look))
  return look.as === 'line' && look.means === 'centre'
}

const copyOf = (look: Look, value: unknown, names: Map<string, string>): unknown => {
  if (look.as === 'list') return (value as unknown[]).map((each) => copyOf(look.item, each, names))
  if (look.as === 'group') {
    const members = Object.entries(value as object)
    return Object.fromEntries(
      members.map(([name, member]) => {
        const field = look.fields[name]
        return [name, field ? copyOf(field.look, member, names) : member]
      }),
    )
  }
  return look.as === 'line' && look.means === 'centre' ? (names.get(String(value)) ?? value) : value
}

const nameOf = ({ kind, slug, rid, title, state, ver }: Standing, meant?: number): Named => {
  const path = kind && findKind(kind)?.path
  return {
    ...(title !== null && { title }),
    ...(path && { path: `/${path}/${slug}/${rid}` }),
    ...(state !== 'published' && { now: state }),
    ...(state === 'published' && meant !== undefined && ver > meant && { now: 'newer' }),
  }
}
