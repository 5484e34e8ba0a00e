/** What the catalogues may be narrowed to. */
import { z } from 'zod'
import { ListFilter } from '../publications/reading.ts'
import { formats } from '../publications/vocabularies/formats.ts'
import { ownData } from '../publications/vocabularies/own-data.ts'
import { termOf } from '../publications/vocabulary.ts'

const Narrowing = ListFilter.pick({ topic: true, centre: true, region: true })

/** So many of a catalogue stand on a page. */
export const pageSize = 50

const noSuchPlace = 'Diese Stelle der Liste gibt es nicht.'

/** How many were shown before. */
const after = z.coerce
  .number(noSuchPlace)
  .pipe(z.int(noSuchPlace).min(0, noSuchPlace).max(1_000_000, noSuchPlace))
  .default(0)

/** What stands on the page that begins behind so many, and where the next one begins. */
export const pageOf = <T>(all: T[], after: number) => ({
  shown: all.slice(after, after + pageSize),
  next: after + pageSize < all.length ? after + pageSize : null,
})

export const BlockQuery = Narrowing.extend({
  format: z.enum(termOf(formats).options, 'Dieses Format gibt es nicht.').optional(),
  dauer: z.enum(['short', 'day', 'longer'], 'Diese Dauer gibt es nicht.').optional(),
  after,
})
export type BlockQuery = z.output<typeof BlockQuery>

export const SpaceQuery = Narrowing.extend({
  daten: z.enum(termOf(ownData).options, 'Diese Auswahl gibt es nicht.').optional(),
  offen: z.literal('1', 'Diese Auswahl gibt es nicht.').optional(),
  after,
})
export type SpaceQuery = z.output<typeof SpaceQuery>
