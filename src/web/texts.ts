const zone = 'Europe/Berlin'

const day = new Intl.DateTimeFormat('de-DE', { dateStyle: 'long', timeZone: zone })
const calendarDay = new Intl.DateTimeFormat('de-DE', { dateStyle: 'long', timeZone: 'UTC' })
const time = new Intl.DateTimeFormat('de-DE', { timeStyle: 'medium', timeZone: zone })
const minute = new Intl.DateTimeFormat('de-DE', {
  ...{ day: '2-digit', month: '2-digit', year: 'numeric' },
  ...{ hour: '2-digit', minute: '2-digit', timeZone: zone },
})
const isoDay = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone: zone })
const decimal = new Intl.NumberFormat('de-DE')

/** `3. März 2026`, the day in Germany. `at` in seconds since 1970. */
export const dateOf = (at: number) => day.format(at * 1000)

/** `3. März 2026, 14:05:09 Uhr`, German time. `at` in seconds since 1970. */
export const momentOf = (at: number) => `${dateOf(at)}, ${time.format(at * 1000)} Uhr`

/** `03.03.2026, 14:05 Uhr`, German time, for tables. `at` in seconds since 1970. */
export const minuteOf = (at: number) => `${minute.format(at * 1000)}\u00a0Uhr`

/** `2026-03-03`, the day in Germany. `at` in seconds since 1970. */
export const isoDateOf = (at: number) => isoDay.format(at * 1000)

/** `3. März 2026` from `2026-03-03`; anything that is no such day stands for itself. */
export const calendarDateOf = (date: string) => {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(date) : Number.NaN
  return Number.isNaN(at) ? date : calendarDay.format(at)
}

/** `9:00 Uhr` from `09:00`. */
export const clockOf = (time: string) => `${time.replace(/^0/, '')}\u00a0Uhr`

const units = { W: ['Woche', 'Wochen'], D: ['Tag', 'Tage'], H: ['Stunde', 'Stunden'] } as const

/** `3 Stunden 30 Minuten` from `PT3H30M`. */
export const durationOf = (duration: string) =>
  [...duration.matchAll(/(\d+)([WDHM])/g)]
    .map(([, count, unit]) => {
      const [one, many] = units[unit as keyof typeof units] ?? ['Minute', 'Minuten']
      return countOf(Number(count), one, many)
    })
    .join(' ')

/** `1.250` or `1,5 Tage`. */
export const numberOf = (value: number, unit?: string) =>
  unit ? `${decimal.format(value)}\u00a0${unit}` : decimal.format(value)

/** `640 Byte`, `12 KB`, `1,3 MB`: of a thousand each, as shops and browsers count. */
export const sizeOf = (bytes: number) => {
  if (bytes < 1_000) return numberOf(bytes, 'Byte')
  if (bytes < 999_500) return numberOf(Math.round(bytes / 1_000), 'KB')
  return numberOf(Math.round(bytes / 100_000) / 10, 'MB')
}

/** `1 Beitrag`, `12 Beiträge`, `keine Beiträge` is left to the view. */
export const countOf = (count: number, one: string, many: string) =>
  numberOf(count, count === 1 ? one : many)

/** Text for a place that cannot isolate writing directions, such as the title of a window. */
export const withoutDirections = (text: string) =>
  text.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
