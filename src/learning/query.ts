/** What the catalogues may be narrowed to. */
import { z } from 'zod'
import { ListFilter } from '../publications/reading.ts'
import { formats } from '../publications/vocabularies/formats.ts'
import { ownData } from '../publications/vocabularies/own-data.ts'
import { termOf } from '../publications/vocabulary.ts'

const Narrowing = ListFilter.pick({ topic: true, centre: true, region: true })

export const BlockQuery = Narrowing.extend({
  format: z.enum(termOf(formats).options, 'Dieses Format gibt es nicht.').optional(),
  dauer: z.enum(['short', 'day', 'longer'], 'Diese Dauer gibt es nicht.').optional(),
})
export type BlockQuery = z.output<typeof BlockQuery>

export const SpaceQuery = Narrowing.extend({
  daten: z.enum(termOf(ownData).options, 'Diese Auswahl gibt es nicht.').optional(),
  offen: z.literal('1', 'Diese Auswahl gibt es nicht.').optional(),
})
export type SpaceQuery = z.output<typeof SpaceQuery>
