import { CentreSelect, LandSelect, TopicSelect } from '../publications/filter-selects.tsx'
import { eventModes } from '../publications/vocabularies/event-modes.ts'
import { eventStates } from '../publications/vocabularies/event-states.ts'
import { eventTypes } from '../publications/vocabularies/event-types.ts'
import { zones } from '../publications/vocabularies/zones.ts'
import { labelOf } from '../publications/vocabulary.ts'
import { addressOf } from '../web/address.ts'
import { FilterPanel } from '../web/filter-panel.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { calendarDateOf, clockOf } from '../web/texts.ts'
import { isAllDay, isOpen, type ListedEvent, pathOf } from './event.ts'
import { type Month, monthAfter, monthName, monthOf } from './month.ts'
import { MonthSheet } from './month-view.tsx'
import { Subscribe } from './subscribe-view.tsx'

export interface EventQuery {
  topic?: string | undefined
  centre?: string | undefined
  region?: string | undefined
  /** `2026-12` */
  monat?: string | undefined
  /** Whether those that are over are wanted. */
  vergangen?: '1' | undefined
}

export interface EventsViewProps {
  site: Site
  query: EventQuery
  events: ListedEvent[]
  /** The month whose sheet is shown, with the days in it on which something takes place. */
  month: Month
  days: Map<string, number>
  centres: { slug: string; name: string }[]
  intro: string
  /** Milliseconds since 1970. */
  now: number
  /** Of the node, for addresses that stand outside of it. */
  origin: string
}

/** What takes place, by month, with the sheet of one beside it. */
export const EventsView = (props: EventsViewProps) => {
  const { site, query, events, month, days, intro } = props
  return (
    <Page site={site} title="Veranstaltungen" json="/api/records?kind=event">
      <header class="tn-intro">
        <p class="tn-kicker">
          <a href="/angebote">Angebote</a>
        </p>
        <h1>Veranstaltungen</h1>
        <p class="tn-lead">{intro}</p>
      </header>
      <div class="tn-columns">
        <section aria-labelledby="termine">
          <h2 id="termine">{headingOf(query)}</h2>
          <Ways query={query} />
          {events.length > 0 ? <Months {...props} /> : <Nothing query={query} />}
        </section>
        <aside class="tn-side tn-stack-narrow">
          <MonthSheet
            month={month}
            days={days}
            pathOf={(to) => eventsPath({ ...query, vergangen: undefined, monat: to })}
          />
          <FilterForm {...props} />
          <Subscribe
            origin={props.origin}
            topic={query.topic}
            centre={query.centre}
            region={query.region}
          />
        </aside>
      </div>
    </Page>
  )
}

const headingOf = ({ monat, vergangen }: EventQuery) => {
  if (monat) return monthName(monat)
  return vergangen ? 'Was war' : 'Was kommt'
}

const eventsPath = (query: EventQuery) => addressOf('/veranstaltungen', { ...query })

const Ways = ({ query }: { query: EventQuery }) => (
  <nav class="tn-order" aria-label="Zeitraum">
    <ul>
      <li>
        <a
          href={eventsPath({ ...query, monat: undefined, vergangen: undefined })}
          aria-current={!query.monat && !query.vergangen ? 'page' : undefined}
        >
          Was kommt
        </a>
      </li>
      <li>
        <a
          href={eventsPath({ ...query, monat: undefined, vergangen: '1' })}
          aria-current={query.vergangen && !query.monat ? 'page' : undefined}
        >
          Was war
        </a>
      </li>
    </ul>
  </nav>
)

const Nothing = ({ query }: { query: EventQuery }) => (
  <div class="tn-empty">
    <p>Hier ist nichts eingetragen.</p>
    <p>
      <a href="/veranstaltungen">Alle kommenden Veranstaltungen</a>
      {query.monat && (
        <>
          {' '}
          oder{' '}
          <a href={eventsPath({ ...query, monat: monthAfter(query.monat, 1) })}>
            der nächste Monat
          </a>
        </>
      )}
    </p>
  </div>
)

const Months = (props: EventsViewProps) => {
  const months = [...new Set(props.events.map(({ start }) => monthOf(start.day)))]
  return (
    <>
      {months.map((month) => (
        <div class="tn-month-list">
          {props.query.monat === undefined && <h3>{monthName(month)}</h3>}
          <ol>
            {props.events
              .filter(({ start }) => monthOf(start.day) === month)
              .map((event) => (
                <li>
                  <EventItem event={event} level={props.query.monat ? 3 : 4} now={props.now} />
                </li>
              ))}
          </ol>
        </div>
      ))}
    </>
  )
}

const weekday = new Intl.DateTimeFormat('de-DE', { weekday: 'short', timeZone: 'UTC' })
const shortMonth = new Intl.DateTimeFormat('de-DE', { month: 'short', timeZone: 'UTC' })

type EventItemProps = { event: ListedEvent; level: 3 | 4; now: number }

const EventItem = ({ event, level, now }: EventItemProps) => {
  const Heading = level === 3 ? 'h3' : 'h4'
  const day = new Date(event.start.day)
  return (
    <article class={event.state === 'cancelled' ? 'tn-event tn-event--off' : 'tn-event'}>
      <p class="tn-event__day" aria-hidden="true">
        <span>{weekday.format(day)}</span>
        <strong>{Number(event.start.day.slice(8))}</strong>
        <span>{shortMonth.format(day)}</span>
      </p>
      <div class="tn-event__body">
        <Heading>
          <a href={pathOf(event)}>
            <bdi>{event.title}</bdi>
          </a>
        </Heading>
        <p class="tn-event__when">
          {event.state !== 'planned' && <State state={event.state} />} <Span event={event} />
        </p>
        <p class="tn-teaser__from">
          <span class="tn-kind">{labelOf(eventTypes, event.type)}</span>
          <span>{event.mode === 'online' ? 'Online' : <bdi>{event.place}</bdi>}</span>
          {event.mode === 'hybrid' && <span>{labelOf(eventModes, 'hybrid')}</span>}
          <span>
            <bdi>{event.centre}</bdi>
          </span>
        </p>
        <p>{event.summary}</p>
        <p class="tn-about">
          {isOpen(event, now) && <Registration event={event} />}
          <a href={`${pathOf(event)}/kalender.ics`}>
            In den Kalender<span class="kern-sr-only">: {event.title}</span>
          </a>
        </p>
      </div>
    </article>
  )
}

const Registration = ({ event }: { event: ListedEvent }) => (
  <span>
    <a href={event.registration} rel="noopener nofollow">
      Anmelden<span class="kern-sr-only">: {event.title}</span>
    </a>
    {event.closingDate && ` bis ${calendarDateOf(event.closingDate)}`}
  </span>
)

const State = ({ state }: Pick<ListedEvent, 'state'>) => (
  <strong class="tn-badge tn-badge--warning">{labelOf(eventStates, state)}</strong>
)

/** From when to when, on the clocks of its place. */
const Span = ({ event }: { event: ListedEvent }) => {
  const { start, end, zone } = event
  const foreign = zone === 'Europe/Berlin' ? '' : ` (${labelOf(zones, zone)})`
  const first = <time datetime={start.day}>{calendarDateOf(start.day)}</time>
  const last = end.day !== start.day && <time datetime={end.day}>{calendarDateOf(end.day)}</time>
  if (isAllDay(event))
    return last ? (
      <>
        {first} bis {last}
      </>
    ) : (
      <>{first}, ganztägig</>
    )
  return (
    <>
      {first}, {clockOf(start.time ?? '')} bis {last && <>{last}, </>}
      {clockOf(end.time ?? '')}
      {foreign}
    </>
  )
}

const FilterForm = ({ query, centres }: EventsViewProps) => (
  <FilterPanel title="Liste eingrenzen" action="/veranstaltungen">
    <TopicSelect chosen={query.topic} />
    <CentreSelect centres={centres} chosen={query.centre} />
    <LandSelect chosen={query.region} />
    {query.vergangen && <input type="hidden" name="vergangen" value="1" />}
    {query.monat && <input type="hidden" name="monat" value={query.monat} />}
  </FilterPanel>
)
