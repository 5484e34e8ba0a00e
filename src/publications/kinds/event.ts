import type { Fault } from '../../problem.ts'
import { date, groups, line, lines, link, number, term, text, time, usual } from '../field.ts'
import { defineKind } from '../kind.ts'
import { describe, some } from '../linked-data.ts'
import { instantOf, isShown } from '../local-time.ts'
import { compareMoments, type Moment, moment } from '../moment.ts'
import { records } from '../reference.ts'
import { eventModes } from '../vocabularies/event-modes.ts'
import { eventStates } from '../vocabularies/event-states.ts'
import { eventTypes } from '../vocabularies/event-types.ts'
import { zones } from '../vocabularies/zones.ts'

/** When and where people meet, and what came of it. */
export const event = defineKind({
  id: 'event',
  label: 'Veranstaltung',
  plural: 'Veranstaltungen',
  path: 'veranstaltungen',
  listedAt: '/veranstaltungen',
  intro:
    'Tagungen, Workshops und Reflexionstreffen der Zukunftszentren. Wer den Kalender abonniert, erfährt auch, wenn etwas verlegt oder abgesagt wird.',

  fields: {
    type: term({
      label: 'Art',
      question: 'Was für eine Veranstaltung ist das?',
      from: eventTypes,
      required: true,
      weight: 'C',
    }),
    start: moment({ label: 'Beginn', question: 'Wann beginnt sie?', required: true }),
    end: moment({ label: 'Ende', question: 'Wann endet sie?', required: true }),
    zone: usual(
      {
        label: 'Zeitzone',
        question: 'In welcher Zeitzone gelten die Uhrzeiten?',
        from: zones,
        required: true,
        weight: false,
      },
      'Europe/Berlin',
    ),
    state: term({
      label: 'Stand',
      question: 'Findet sie statt wie geplant?',
      from: eventStates,
      required: true,
    }),
    mode: term({
      label: 'Teilnahme',
      question: 'Vor Ort oder online?',
      from: eventModes,
      required: true,
      weight: 'C',
    }),
    place: line({ label: 'Ort', question: 'Wo findet sie statt?', weight: 'C' }),
    registration: link({
      label: 'Anmeldung',
      question: 'Wo meldet man sich an?',
      required: true,
      weight: false,
    }),
    closingDate: date({ label: 'Anmeldeschluss', question: 'Bis wann kann man sich anmelden?' }),
    seats: number({
      label: 'Plätze',
      question: 'Wie viele können teilnehmen?',
      min: 1,
      max: 100_000,
      whole: true,
    }),
    organisers: lines({
      label: 'Veranstaltet von',
      question: 'Welche Einrichtungen laden ein?',
      max: 160,
      weight: 'C',
    }),
    description: text({
      label: 'Worum es geht',
      question: 'Was erwartet die Teilnehmenden?',
      weight: 'B',
    }),
    programme: groups({
      label: 'Programm',
      question: 'Was geschieht wann?',
      fields: {
        time: time({ label: 'Uhrzeit', question: 'Um wie viel Uhr?' }),
        title: line({ label: 'Programmpunkt', question: 'Was?', max: 300, required: true }),
      },
      most: 60,
      weight: 'C',
    }),
    results: records({
      label: 'Ergebnisse',
      question: 'Welche Beiträge sind daraus entstanden?',
    }),
  },

  teaser: ['type', 'start', 'mode', 'state'],
  kept: ['end', 'zone', 'place', 'registration', 'closingDate'],
  backlinks: { results: 'Entstanden bei' },
  day: ({ start }) => start.day,

  rules: ({ start, end, zone, mode, place, closingDate }) => [
    ...endFaults(start, end),
    ...shownFaults('start', start, zone),
    ...shownFaults('end', end, zone),
    ...(mode && mode !== 'online' && !place
      ? [
          {
            path: 'place',
            message: 'Das Feld „Ort“ fehlt. Findet sie nur online statt, gilt „Online“.',
          },
        ]
      : []),
    ...(hasDay(start) && closingDate && closingDate > start.day
      ? [
          {
            path: 'closingDate',
            message: `Der Anmeldeschluss (${closingDate}) liegt nach dem Beginn (${start.day}).`,
          },
        ]
      : []),
  ],

  mapping: (record) => ({
    ...describe(record),
    '@type': 'Event',
    startDate: isoOf(record.start, record.zone),
    endDate: isoOf(record.end, record.zone),
    eventStatus: `https://schema.org/${statuses[record.state]}`,
    eventAttendanceMode: `https://schema.org/${attendance[record.mode]}`,
    ...(record.place && { location: { '@type': 'Place', name: record.place } }),
    ...some(
      'organizer',
      record.organisers?.map((name) => ({ '@type': 'Organization', name })),
    ),
  }),
})

/** A day, or a moment. */
const isoOf = (moment: Moment, zone: string) =>
  moment.time ? new Date(instantOf(moment, zone)).toISOString() : moment.day

const statuses = {
  planned: 'EventScheduled',
  postponed: 'EventRescheduled',
  'moved-online': 'EventMovedOnline',
  cancelled: 'EventCancelled',
} as const

const attendance = {
  'on-site': 'OfflineEventAttendanceMode',
  online: 'OnlineEventAttendanceMode',
  hybrid: 'MixedEventAttendanceMode',
} as const

/** Of an unfinished one there may be the time alone. */
const hasDay = (moment: Partial<Moment> | undefined): moment is Moment => moment?.day !== undefined

/** In spring the clocks leave out an hour. */
const shownFaults = (field: string, moment: Moment | undefined, zone = 'Europe/Berlin'): Fault[] =>
  !hasDay(moment) || isShown(moment, zone)
    ? []
    : [
        {
          path: `${field}.time`,
          message: `Um ${moment.time} Uhr werden an diesem Tag die Uhren vorgestellt: Diese Uhrzeit gibt es nicht.`,
        },
      ]

const endFaults = (start: Moment | undefined, end: Moment | undefined): Fault[] => {
  if (!hasDay(start) || !hasDay(end)) return []
  if ((start.time === undefined) !== (end.time === undefined)) {
    const path = start.time === undefined ? 'start.time' : 'end.time'
    return [
      { path, message: 'Beginn und Ende brauchen beide eine Uhrzeit, oder keines von beiden.' },
    ]
  }
  if (compareMoments(end, start) >= 0) return []
  return [{ path: 'end', message: 'Das Ende liegt vor dem Beginn.' }]
}
