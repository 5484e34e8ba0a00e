/** The calendar of all centres. */
import { type Context, Hono } from 'hono'
import { RecordId } from '../exchange/entry.ts'
import { allCentres } from '../federation/store.ts'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { event as kind } from '../publications/kinds/event.ts'
import { dayAfter } from '../publications/local-time.ts'
import { audienceOf } from '../publications/pages.tsx'
import { readQuery } from '../web/input.ts'
import { siteOf } from '../web/site.ts'
import { isoDateOf } from '../web/texts.ts'
import { asCalendar } from './calendar.ts'
import { endOf, type ListedEvent } from './event.ts'
import { firstDayOf, lastDayOf, type Month, monthOf } from './month.ts'
import { CalendarQuery, PageQuery } from './query.ts'
import { type EventFilter, listEvents } from './store.ts'
import { EventsView } from './views.tsx'

type App = { Bindings: Hub }

/** On a page, and in a calendar: what is older than the latest so many, nobody looks up there any more. */
const most = { listed: 200, subscribed: 2_000 } as const

export const eventPages = new Hono<App>()
  .get('/veranstaltungen', async (c) => {
    const query = readQuery(c, PageQuery)
    const { monat, vergangen, ...narrowed } = query
    const today = isoDateOf(c.env.now() / 1000)
    const audience = audienceOf(c)
    const list = (filter: EventFilter) =>
      listEvents(c.env.sql, audience, { ...narrowed, ...filter }, most.listed)
    const listed = monat
      ? [...(await list(daysIn(monat)))]
      : inTime(
          [...(await list(vergangen ? { to: today, latestFirst: true } : { from: today }))],
          c.env.now(),
          vergangen === '1',
        )
    const month = monat ?? monthOf(listed[0]?.start.day ?? today)
    const [ofMonth, centres] = await Promise.all([list(daysIn(month)), allCentres(c.env.sql)])
    return c.html(
      <EventsView
        site={siteOf(c)}
        query={query}
        events={listed}
        month={month}
        days={daysOf([...ofMonth], month)}
        centres={centres.map(({ slug, organization_name: name }) => ({ slug, name }))}
        intro={kind.intro}
        now={c.env.now()}
        origin={c.env.config.origin}
      />,
    )
  })
  // Programs that subscribe cannot sign in: they see what everybody may see.
  .get('/veranstaltungen.ics', async (c) => {
    const query = readQuery(c, CalendarQuery)
    const latest = { ...query, latestFirst: true }
    const events = await listEvents(c.env.sql, 'public', latest, most.subscribed)
    return sendCalendar(c, [...events], 'Veranstaltungen der Zukunftszentren', 'veranstaltungen')
  })
  .get('/veranstaltungen/:slug/:rid/kalender.ics', async (c) => {
    const { slug, rid } = c.req.param()
    if (!RecordId.safeParse(rid).success) throw new Problem('not-found')
    const [event] = await listEvents(c.env.sql, audienceOf(c), { centre: slug, rid }, 1)
    if (!event) throw new Problem('not-found')
    return sendCalendar(c, [event], event.title, 'veranstaltung')
  })

const daysIn = (month: Month) => ({ from: firstDayOf(month), to: lastDayOf(month) })

/** What is over, or what is not. */
const inTime = (events: ListedEvent[], now: number, past: boolean) =>
  events.filter((event) => endOf(event) < now === past)

/** How much takes place on each day of a month: an event on all of its days. */
const daysOf = (events: ListedEvent[], month: Month) => {
  const days = new Map<string, number>()
  const last = lastDayOf(month)
  for (let day = firstDayOf(month); day <= last; day = dayAfter(day)) {
    const count = events.filter((event) => takesPlaceOn(event, day)).length
    if (count > 0) days.set(day, count)
  }
  return days
}

const takesPlaceOn = ({ start, end, state }: ListedEvent, day: string) =>
  state !== 'cancelled' && start.day <= day && day <= end.day

const sendCalendar = (c: Context<App>, events: ListedEvent[], name: string, file: string) => {
  c.header('content-disposition', `attachment; filename="${file}.ics"`)
  return c.body(asCalendar(events, { name, origin: c.env.config.origin }), 200, {
    'content-type': 'text/calendar; charset=utf-8',
  })
}
