import type { Db } from '../hub.ts'
import type { Place, PlaceSet } from './place.ts'

/** When a set was last imported; null where none ever was. */
export const lastImport = (sql: Db) => sql<{ at: Date | null }[]>`
  select max(imported_at) as at from place_sets
`

export const importedSets = (sql: Db) => sql<PlaceSet[]>`
  select id, title, version, licence, attribution, to_char(as_of, 'YYYY-MM-DD') as "asOf"
  from place_sets order by id
`

/** A place of a set; columns that are empty are left out. */
export const importedPlaces = async (sql: Db): Promise<Place[]> => {
  const rows = await sql<{ place: Place }[]>`
    select jsonb_strip_nulls(jsonb_build_object(
      'plz', plz, 'name', name, 'kreis', kreis, 'land', land, 'ags', ags, 'set', set_id
    )) as place
    from places
  `
  return rows.map(({ place }) => place)
}

/** Puts a set in the place of an older one; answers how many places it has. */
export const importPlaces = (sql: Db, set: PlaceSet, places: Omit<Place, 'set'>[], at: Date) => {
  // As `json`: 114 is its oid.
  const asJson = (value: unknown) => sql.typed(value as never, 114)
  return sql<{ count: number }[]>`
    select import_places(${asJson(set)}, ${asJson(places)}, ${at}) as count
  `
}
