/** What this node knows of the records that a record names. */
import type { Hub } from '../hub.ts'
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

/** The same record; wherever it names another one, title and path of that stand beside, and what became of it. */
export const named = async (hub: Hub, audience: Audience, record: Record): Promise<Record> => {
  const copy = structuredClone(record)
  const places = namings(kindOf(copy.kind).fields, copy).map(({ value }) => value)
  if (places.length === 0) return copy
  const known = await standingOf(hub.sql, audience, places)
  for (const place of places) {
    const found = known.find(({ iss, rid }) => iss === place.iss && rid === place.rid)
    if (found) Object.assign(place, nameOf(found, place.ver))
  }
  return copy
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
