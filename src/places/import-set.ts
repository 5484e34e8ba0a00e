import type { Hub } from '../hub.ts'
import type { PlaceSet } from './place.ts'
import { importers } from './read-sets.ts'
import { importPlaces } from './store.ts'

export type ImportAnswer = { ok: true; set: PlaceSet; count: number } | { ok: false }

/**
 * Takes a file of places in, in place of the older one of its kind; which kind it is, its form says. `version`: as
 * its maker calls it, or the day on which it was fetched. Not ok where it is no kind that is known.
 */
export const importSet = async (
  hub: Hub,
  { text, version }: { text: string; version: string },
): Promise<ImportAnswer> => {
  for (const importer of importers) {
    const read = importer.read(text)
    if (!read) continue
    const set: PlaceSet = { ...importer.set, version, ...(read.asOf && { asOf: read.asOf }) }
    const [row] = await importPlaces(hub.sql, set, read.places, new Date(hub.now()))
    return { ok: true, set, count: row?.count ?? 0 }
  }
  return { ok: false }
}
