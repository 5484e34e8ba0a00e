/** Referrals from Land to Land, as the centres have signed and sent them to the umbrella, month by month. */
import { allCentres } from '../federation/store.ts'
import type { Hub } from '../hub.ts'
import { allCounts } from '../referrals/figures-store.ts'
import type { Cut } from './figures.ts'

export interface Pair {
  /** `DE-BE DE-BB`, as the counts have it. */
  pair: string
  count: number
}

/** Counts of whole months that lie in the cut, the most first. What was too few to be told in its month is not in it. */
export const referredPairs = async (hub: Hub, { centre, land, von, bis }: Cut): Promise<Pair[]> => {
  const [counts, centres] = await Promise.all([allCounts(hub.sql), allCentres(hub.sql)])
  const iss = centres.find(({ slug }) => slug === centre)?.id
  const rows = [...counts]
    .filter((sent) => centre === undefined || sent.iss === iss)
    .filter(({ month }) => (!von || `${month}-01` >= von) && (!bis || lastDayOf(month) <= bis))
    .flatMap(({ figures }) => figures.rows)
    .filter(({ table, key }) => table === 'pair' && (!land || landsIn(key).includes(land)))
  const totals = new Map<string, number>()
  for (const { key, n } of rows) totals.set(key, (totals.get(key) ?? 0) + n)
  return [...totals].map(([pair, count]) => ({ pair, count })).toSorted((a, b) => b.count - a.count)
}

const landsIn = (key: string) => key.split(/[ +]/)

const lastDayOf = (month: string) => {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10)
}
