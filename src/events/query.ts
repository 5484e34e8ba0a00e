/** What may be asked of the calendar. */
import { z } from 'zod'
import { ListFilter } from '../publications/reading.ts'

const Narrowing = ListFilter.pick({ topic: true, centre: true, region: true })
export const CalendarQuery = Narrowing.strict()

export const PageQuery = Narrowing.extend({
  monat: z
    .string()
    .regex(/^(19|2\d)\d\d-(0[1-9]|1[0-2])$/, 'Diesen Monat gibt es nicht.')
    .optional(),
  vergangen: z.literal('1', 'Diese Liste gibt es nicht.').optional(),
})
