/** A month as a sheet of weeks, from Monday on. */

/** `2026-12` */
export type Month = string

export const monthOf = (date: string): Month => date.slice(0, 7)

export const monthAfter = (month: Month, months: number): Month => {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7)
}

export const firstDayOf = (month: Month) => `${month}-01`

export const lastDayOf = (month: Month) => {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10)
}

/** Weeks of seven places: a day, or nothing where the month has none. */
export const weeksOf = (month: Month): (string | undefined)[][] => {
  const days = Number(lastDayOf(month).slice(8))
  const before = (new Date(firstDayOf(month)).getUTCDay() + 6) % 7
  const places = Array.from({ length: Math.ceil((before + days) / 7) * 7 }, (_, n) => {
    const day = n - before + 1
    return day >= 1 && day <= days ? `${month}-${String(day).padStart(2, '0')}` : undefined
  })
  return Array.from({ length: places.length / 7 }, (_, week) =>
    places.slice(week * 7, week * 7 + 7),
  )
}

const name = new Intl.DateTimeFormat('de-DE', { month: 'long', year: 'numeric', timeZone: 'UTC' })

/** `Dezember 2026` */
export const monthName = (month: Month) => name.format(new Date(firstDayOf(month)))
