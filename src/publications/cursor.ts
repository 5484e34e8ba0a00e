/** Where a page of a list begins: the place of the last entry before it, as an address carries it. */
import { z } from 'zod'
import { parseObject } from '../signing/json.ts'

/** base64url of JSON: readers pass it on, and need not know what it says. */
export const cursorOf = (place: readonly unknown[]) =>
  Buffer.from(JSON.stringify(place)).toString('base64url')

/** The member `after` of a query, read by the schema of what `cursorOf` was given. */
export const cursorAt = <Place extends z.ZodType>(place: Place) =>
  z
    .string()
    .optional()
    .transform((text, ctx): z.output<Place> | undefined => {
      if (text === undefined) return undefined
      const found = place.safeParse(readTuple(text))
      if (found.success) return found.data
      ctx.addIssue({ code: 'custom', message: 'Diese Stelle der Liste gibt es nicht.' })
      return z.NEVER
    })

const readTuple = (text: string) =>
  parseObject(`{"cursor":${Buffer.from(text, 'base64url').toString()}}`)?.cursor
