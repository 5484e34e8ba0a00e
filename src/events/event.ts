/** An event as lists and calendars show it. */
import { dayAfter, instantOf } from '../publications/local-time.ts'
import type { Moment } from '../publications/moment.ts'

export interface ListedEvent {
  iss: string
  slug: string
  rid: string
  centre: string
  ver: number
  /** Seconds since 1970, as signed. */
  changed: number
  title: string
  summary: string
  topics: string[]
  type: string
  state: 'planned' | 'postponed' | 'moved-online' | 'cancelled'
  mode: 'on-site' | 'online' | 'hybrid'
  start: Moment
  end: Moment
  /** IANA. */
  zone: string
  place: string | null
  registration: string
  closingDate: string | null
}

export const pathOf = ({ slug, rid }: Pick<ListedEvent, 'slug' | 'rid'>) =>
  `/veranstaltungen/${slug}/${rid}`

export const isAllDay = ({ start }: Pick<ListedEvent, 'start'>) => start.time === undefined

/** When it is over, in milliseconds since 1970. */
export const endOf = ({ start, end, zone }: Pick<ListedEvent, 'start' | 'end' | 'zone'>) =>
  start.time === undefined ? instantOf({ day: dayAfter(end.day) }, zone) : instantOf(end, zone)

/** Whether one can still register: it takes place, and neither its closing date nor its beginning is past. */
export const isOpen = (event: ListedEvent, now: number) => {
  const { state, start, zone, closingDate } = event
  if (state === 'cancelled' || instantOf(start, zone) < now) return false
  return closingDate === null || now < instantOf({ day: dayAfter(closingDate) }, zone)
}
