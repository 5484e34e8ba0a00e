/** Events as a calendar file (RFC 5545), which programs fetch again and again. */
import ical, { type ICalEventData, ICalEventStatus } from 'ical-generator'
import { dayAfter, instantOf } from '../publications/local-time.ts'
import { eventStates } from '../publications/vocabularies/event-states.ts'
import { topics } from '../publications/vocabularies/topics.ts'
import { labelOf } from '../publications/vocabulary.ts'
import { isAllDay, type ListedEvent, pathOf } from './event.ts'

/** Seconds after which a program may ask again. */
const refresh = 60 * 60

interface About {
  name: string
  origin: string
}

export const asCalendar = (events: ListedEvent[], { name, origin }: About) => {
  const calendar = ical({ name, ttl: refresh, prodId: '//Transfernetz//Veranstaltungen//DE' })
  for (const event of events) calendar.createEvent(asEntry(event, origin))
  return calendar.toString()
}

/**
 * Times are in UTC, so that no program needs to know the rules of a zone; whole days are days, whose end is the day
 * after (3.6.1). What is moved or cancelled keeps its id and counts up (3.8.7.4).
 */
const asEntry = (event: ListedEvent, origin: string): ICalEventData => {
  const page = origin + pathOf(event)
  const signed = new Date(event.changed * 1000)
  return {
    id: `${event.rid}.${event.slug}@${new URL(event.iss).host}`,
    sequence: event.ver,
    stamp: signed,
    lastModified: signed,
    ...spanOf(event),
    status: event.state === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    summary: titleOf(event),
    description: descriptionOf(event, page),
    location: event.mode === 'online' ? 'Online' : event.place,
    categories: event.topics.map((id) => ({ name: labelOf(topics, id) })),
    url: page,
  }
}

const spanOf = (event: ListedEvent) => {
  const { start, end, zone } = event
  return isAllDay(event)
    ? { allDay: true, start: new Date(start.day), end: new Date(dayAfter(end.day)) }
    : { start: new Date(instantOf(start, zone)), end: new Date(instantOf(end, zone)) }
}

/** Many calendars show nothing else. */
const titleOf = ({ state, title }: ListedEvent) =>
  state === 'cancelled' || state === 'postponed'
    ? `${labelOf(eventStates, state)}: ${title}`
    : title

const descriptionOf = ({ summary, state, registration, closingDate }: ListedEvent, page: string) =>
  [
    summary,
    ...(state === 'cancelled' ? [] : [`Anmeldung: ${registration}`]),
    ...(closingDate && state !== 'cancelled' ? [`Anmeldeschluss: ${germanDay(closingDate)}`] : []),
    `Mehr dazu: ${page}`,
  ].join('\n')

const germanDay = (date: string) => date.split('-').toReversed().join('.')
