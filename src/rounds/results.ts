/** Published results of round tables, with who signed with them and who was asked to. */

import { allCentres } from '../federation/store.ts'
import type { Hub } from '../hub.ts'
import { count, type Endorsements } from '../publications/endorsements.ts'
import { roundTable } from '../publications/kinds/round-table.ts'
import { type AskedRecord, recordsAsking, resultsOf } from './results-store.ts'

export interface Result extends Pick<AskedRecord, 'iss' | 'rid' | 'ver' | 'title'> {
  path: string
  /** When this version was signed, in seconds since 1970: since then its parties are asked. */
  since: number
  parties: Endorsements['parties']
}

/** Those of a centre, the newest first. */
export const resultsBy = async (hub: Hub, iss: string): Promise<Result[]> => {
  const [records, centres] = await Promise.all([resultsOf(hub.sql, iss), allCentres(hub.sql)])
  const names = new Map(centres.map((centre) => [centre.slug, centre.organization_name]))
  return records.map((record) => ({
    ...{ iss, rid: record.rid, ver: record.ver, title: record.title, since: record.iat },
    path: pathOf(record),
    parties: count(record.words ?? [], record.parties ?? [], names).parties,
  }))
}

/** A result of another centre that asks ours to sign with it. */
export interface Asked extends Omit<AskedRecord, 'words' | 'parties'> {
  path: string
  /** What ours has said of this version. */
  answer: 'endorsed' | 'declined' | undefined
  /** When it said so, in seconds since 1970. */
  answeredAt: number | undefined
  /** Whether it has signed with an older version. */
  before: boolean
}

/** What other centres ask this one to sign with, the newest first. */
export const askedOf = async (
  hub: Hub,
  { centre, iss }: { centre: string; iss: string },
): Promise<Asked[]> => {
  const records = await recordsAsking(hub.sql, { slug: centre, iss })
  return records.map(({ words, parties: _, ...record }) => {
    const said = words?.find((word) => word.iss === iss && word.role === 'party')
    return {
      ...record,
      path: pathOf(record),
      answer: said && (said.word === 'endorse' ? 'endorsed' : 'declined'),
      answeredAt: said?.at,
    }
  })
}

const pathOf = ({ slug, rid }: Pick<AskedRecord, 'slug' | 'rid'>) =>
  `/${roundTable.path}/${slug}/${rid}`
