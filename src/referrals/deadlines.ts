/** By when what must have happened: working days of the recipient's Land, fixed as days when a referral is sent. */
import { isHoliday } from 'feiertagejs'
import { z } from 'zod'
import type { LandId } from '../places/lands.ts'

const day = z.iso.date()

/** The last day, in Germany, of each. Both sides go by these, whatever their calendars say. */
export const Deadlines = z.strictObject({
  /** Delivered, else it expires. */
  delivery: day,
  /** Accepted or declined, else it expires. */
  answer: day,
  /** The outcome is asked for. Nothing expires. */
  outcome: day,
})
export type Deadlines = z.infer<typeof Deadlines>

const workingDays = { tell: 2, delivery: 5, answer: 10 }
const daysToOutcome = 90

const inGermany = new Intl.DateTimeFormat('sv-SE', {
  dateStyle: 'short',
  timeZone: 'Europe/Berlin',
})

/** The day in Germany, `2026-03-03`. */
export const dayOf = (milliseconds: number) => inGermany.format(milliseconds)

/** `tell`: the day after which the sender is told that nothing was delivered yet. */
export const deadlinesFrom = (now: number, lands: LandId[]): Deadlines & { tell: string } => {
  const today = dayOf(now)
  return {
    tell: afterWorkingDays(today, workingDays.tell, lands),
    delivery: afterWorkingDays(today, workingDays.delivery, lands),
    answer: afterWorkingDays(today, workingDays.answer, lands),
    outcome: plusDays(today, daysToOutcome),
  }
}

/** The day so many working days after one. */
export const afterWorkingDays = (from: string, count: number, lands: LandId[]): string => {
  let day = from
  for (let left = count; left > 0; ) {
    day = plusDays(day, 1)
    if (isWorkingDay(day, lands)) left--
  }
  return day
}

/** A holiday in one of several Länder is none to work on; who serves none keeps those of all Germany. */
export const isWorkingDay = (day: string, lands: LandId[]) => {
  const weekday = new Date(day).getUTCDay()
  if (weekday === 0 || weekday === 6) return false
  const regions = lands.length > 0 ? lands.map(regionOf) : (['BUND'] as const)
  return !regions.some((region) => isHoliday(day, region))
}

type Region = Exclude<LandId extends `DE-${infer R}` ? R : never, never>
const regionOf = (land: LandId) => land.slice(3) as Region

const plusDays = (day: string, count: number) => {
  const at = new Date(day)
  at.setUTCDate(at.getUTCDate() + count)
  return at.toISOString().slice(0, 10)
}
