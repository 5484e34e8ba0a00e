/** Times on the clocks of a place, and the moments that they are. */
import type { Moment } from './moment.ts'

const minute = 60_000
const day = 24 * 60 * minute

/** Milliseconds since 1970 of a local time in a zone (IANA). A whole day stands for its first minute. */
export const instantOf = ({ day, time = '00:00' }: Moment, zone: string): number => {
  const asUtc = Date.parse(`${day}T${time}Z`)
  // The offset of the guess may be that of the other side of a change of clocks; that of the second is right.
  const guess = asUtc - offsetAt(asUtc, zone)
  return asUtc - offsetAt(guess, zone)
}

/** Whether the clocks of a place ever show this: in spring an hour is left out. */
export const isShown = ({ day, time }: Moment, zone: string) => {
  if (time === undefined) return true
  const instant = instantOf({ day, time }, zone)
  return instant + offsetAt(instant, zone) === Date.parse(`${day}T${time}Z`)
}

const germanDays = new Intl.DateTimeFormat('sv-SE', {
  ...{ dateStyle: 'short', timeZone: 'Europe/Berlin' },
})

/** `2026-03-03`, the day in Germany. `at` in milliseconds since 1970. */
export const germanDayOf = (at: number) => germanDays.format(at)

/** The day after a calendar day. */
export const dayAfter = (date: string) =>
  new Date(Date.parse(date) + day).toISOString().slice(0, 10)

/** Milliseconds by which the clocks of a zone are ahead of UTC. */
const offsetAt = (instant: number, zone: string) => {
  const parts = new Map(
    clockOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0
  const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'))
  return shown - Math.floor(instant / minute) * minute
}

const clocks = new Map<string, Intl.DateTimeFormat>()

const clockOf = (timeZone: string) => {
  const known = clocks.get(timeZone)
  if (known) return known
  const clock = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit' },
  })
  clocks.set(timeZone, clock)
  return clock
}
