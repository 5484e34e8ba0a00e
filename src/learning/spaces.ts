/** Where AI can be tried out, and whether that is so today. */
import type { Hub } from '../hub.ts'
import { type LandId, landIds } from '../places/lands.ts'
import type { Area } from '../publications/area.ts'
import { type Audience, type ListedRecord, listRecords } from '../publications/store.ts'

export interface Space extends ListedRecord {
  type: string
  ownData: string
  price?: string
  booking?: string
  place?: { address: string; land: LandId }
  /** Where it goes, or for whom it is. */
  area: Area[]
  open?: { from: string; to?: string }
}

export type Opening = 'open' | 'later' | 'over'

/** Who says nothing about it is open. */
export const openingOf = ({ open }: Pick<Space, 'open'>, today: string): Opening => {
  if (open && today < open.from) return 'later'
  return open?.to && open.to < today ? 'over' : 'open'
}

/** The Länder where it can be used. */
export const landsOf = ({ place, area }: Pick<Space, 'place' | 'area'>): LandId[] => {
  const named = new Set([place?.land, ...area.map(({ land }) => land)])
  return landIds.filter((land) => named.has(land))
}

export interface SpaceFilter {
  topic?: string | undefined
  centre?: string | undefined
  /** Where it can be used, ISO 3166-2. */
  region?: string | undefined
  ownData?: string | undefined
  /** Only what is open on this day. */
  openOn?: string | undefined
}

/** All of them, those that are open first. */
export const spaces = async (
  hub: Hub,
  audience: Audience,
  { region, ownData, openOn, ...filter }: SpaceFilter,
  today: string,
): Promise<Space[]> => {
  const query = { ...filter, audience, kind: 'experiment-space', limit: null }
  const records = await listRecords(hub.sql, query)
  return [...records]
    .map(spaceOf)
    .filter((space) => region === undefined || landsOf(space).some((land) => land === region))
    .filter((space) => ownData === undefined || space.ownData === ownData)
    .filter((space) => openOn === undefined || openingOf(space, openOn) === 'open')
    .toSorted((a, b) => order[openingOf(a, today)] - order[openingOf(b, today)])
}

const order = { open: 0, later: 1, over: 2 } as const

const spaceOf = (record: ListedRecord): Space => {
  // The schema of its kind made sure of it when it came in.
  const own = record.teaser.own as Partial<Space>
  return { ...record, area: [], type: '', ownData: '', ...own }
}
