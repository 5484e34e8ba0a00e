/** What other records say of one: the other end of every reference. */
import type { Hub } from '../hub.ts'
import { findKind } from './kinds.ts'
import { type Audience, type ListedRecord, mentionsOf } from './store.ts'

/** Records that name one in the same way. */
export interface Mentions {
  /** `Daraus gefolgert` */
  label: string
  records: ListedRecord[]
}

/** In the order of the kinds' own words; what is merely related stands last. */
export const mentions = async (
  hub: Hub,
  audience: Audience,
  named: { iss: string; rid: string },
): Promise<Mentions[]> => {
  const groups = new Map<string, ListedRecord[]>()
  for (const { field, ...record } of await mentionsOf(hub.sql, audience, named)) {
    const label = findKind(record.kind)?.backlinks[field] ?? elsewhere
    const group = groups.get(label) ?? []
    // Who names it in two fields says it once.
    if (!group.some(({ iss, rid }) => iss === record.iss && rid === record.rid)) {
      groups.set(label, [...group, record])
    }
  }
  return [...groups]
    .map(([label, records]) => ({ label, records }))
    .toSorted((a, b) => Number(a.label === elsewhere) - Number(b.label === elsewhere))
}

const elsewhere = 'Außerdem genannt in'
