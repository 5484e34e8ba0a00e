/** When something happens: a day, and unless it takes the whole day a time on the clocks of its place. */
import { date, group, time } from './field.ts'

const fields = {
  day: date({ label: 'Tag', question: 'An welchem Tag?', required: true }),
  time: time({ label: 'Uhrzeit', question: 'Um wie viel Uhr? Leer heißt: den ganzen Tag.' }),
}

export interface Moment {
  /** `YYYY-MM-DD` */
  day: string
  /** `HH:MM` */
  time?: string | undefined
}

export const moment = <const R extends boolean = false>(words: {
  label: string
  question: string
  required?: R
}) => group({ ...words, fields, means: 'moment' })

/** Negative where one is before the other; a whole day begins with its first minute. */
export const compareMoments = (one: Moment, other: Moment) =>
  textOf(one) < textOf(other) ? -1 : textOf(one) > textOf(other) ? 1 : 0

const textOf = ({ day, time = '00:00' }: Moment) => `${day}T${time}`
