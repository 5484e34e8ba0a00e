/** The catalogue of what can be learnt, with what others made of it. */
import type { Hub } from '../hub.ts'
import { type Audience, type ListedRecord, listRecords } from '../publications/store.ts'
import { type Use, usesOfBuildingBlocks } from './store.ts'

/** How long one has to take part. */
export const lengths = {
  short: { label: 'Bis zu vier Stunden', most: 4 * 60 },
  day: { label: 'Bis zu einem Tag', most: 8 * 60 },
  longer: { label: 'Länger als ein Tag', most: Number.POSITIVE_INFINITY },
} as const
export type Length = keyof typeof lengths

export interface BuildingBlock extends ListedRecord {
  format: string
  /** ISO 8601 */
  duration: string
  targetGroup: string
  /** How often it was tried. */
  tried: number
  /** Centres that took it over, by slug. */
  takenOver: Map<string, string>
  /** Case examples that used it. */
  cases: number
}

export interface BlockFilter {
  topic?: string | undefined
  centre?: string | undefined
  region?: string | undefined
  format?: string | undefined
  length?: Length | undefined
}

/** All of them, the most used first, which only who has all can tell: they are few, and small. */
export const buildingBlocks = async (
  hub: Hub,
  audience: Audience,
  { format, length, ...filter }: BlockFilter,
): Promise<BuildingBlock[]> => {
  const [records, uses] = await Promise.all([
    listRecords(hub.sql, { ...filter, audience, kind: 'building-block', limit: null }),
    usesOfBuildingBlocks(hub.sql, audience),
  ])
  const byBlock = Map.groupBy(uses, keyOf)
  return [...records]
    .map((record) => blockOf(record, byBlock.get(keyOf(record)) ?? []))
    .filter((block) => format === undefined || block.format === format)
    .filter((block) => length === undefined || lengthOf(block.duration) === length)
    .toSorted((a, b) => b.takenOver.size + b.cases - (a.takenOver.size + a.cases))
}

const keyOf = ({ iss, rid }: Pick<Use, 'iss' | 'rid'>) => `${iss} ${rid}`

const blockOf = (record: ListedRecord, uses: Use[]): BuildingBlock => {
  const { format, duration, targetGroup, tried } = record.teaser.own
  const adoptions = uses.filter(({ kind }) => kind === 'adoption')
  return {
    ...record,
    format: String(format),
    duration: String(duration),
    targetGroup: String(targetGroup),
    tried: Array.isArray(tried) ? tried.length : 0,
    takenOver: new Map(adoptions.map(({ slug, centre }) => [slug, centre])),
    cases: uses.length - adoptions.length,
  }
}

/** A day of learning has eight hours, a week five of them. */
const hour = 60
const minutes = { W: 5 * 8 * hour, D: 8 * hour, H: hour, M: 1 } as const

export const lengthOf = (duration: string): Length => {
  const total = [...duration.matchAll(/(\d+)([WDHM])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * minutes[unit as keyof typeof minutes],
    0,
  )
  if (total <= lengths.short.most) return 'short'
  return total <= lengths.day.most ? 'day' : 'longer'
}
