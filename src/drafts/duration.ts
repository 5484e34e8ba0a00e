/** A length of time as one writes it, a number and a unit, and as records have it (ISO 8601). */

export const units = { M: 'Minuten', H: 'Stunden', D: 'Tage', W: 'Wochen' } as const
export type Unit = keyof typeof units

export const isUnit = (text: string): text is Unit => Object.hasOwn(units, text)

export interface Amount {
  /** As typed, `1,5`. */
  count: string
  unit: Unit
}

/** `PT1H30M` from `1,5` hours. What is no such number stays as it was typed, for the checks to name. */
export const durationFrom = ({ count, unit }: Amount): string => {
  const typed = count.trim()
  const number = /^\d+([.,]\d+)?$/.test(typed) ? Number(typed.replace(',', '.')) : Number.NaN
  const duration = isoOf(number, unit)
  return duration ?? `${typed} ${units[unit]}`
}

const isoOf = (number: number, unit: Unit) => {
  if (unit !== 'H')
    return Number.isInteger(number) ? `P${unit === 'M' ? 'T' : ''}${number}${unit}` : undefined
  const minutes = Math.round(number * 60)
  if (Number.isNaN(minutes)) return undefined
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  if (hours === 0) return `PT${rest}M`
  return rest === 0 ? `PT${hours}H` : `PT${hours}H${rest}M`
}

/** What `durationFrom` was told, or somebody writes in words; undefined where one number does not say it, as of `P1DT2H`. */
export const amountIn = (duration: string): Amount | undefined => {
  if (duration.trim() === '') return { count: '', unit: 'H' }
  const [, clock, hours, rest] = /^PT((\d{1,3})H(\d{1,3})M)$/.exec(duration) ?? []
  if (clock) return hoursAndMinutes(Number(hours), Number(rest))
  const [letter = ''] = /^(?:PT\d{1,3}[MH]|P\d{1,3}[DW])$/.test(duration) ? duration.slice(-1) : ''
  if (isUnit(letter)) return { count: duration.replace(/\D/g, ''), unit: letter }
  const [, count = '', word = ''] = /^(.*\S)\s+(Minute|Stunde|Tag|Woche)[en]?$/.exec(duration) ?? []
  const unit = Object.entries(units).find(([, many]) => word !== '' && many.startsWith(word))?.[0]
  return unit && isUnit(unit) ? { count, unit } : undefined
}

/** Hours, where two places after the point say it. */
const hoursAndMinutes = (hours: number, rest: number): Amount =>
  rest % 3 === 0
    ? { count: String(Math.round((hours + rest / 60) * 100) / 100).replace('.', ','), unit: 'H' }
    : { count: String(hours * 60 + rest), unit: 'M' }
