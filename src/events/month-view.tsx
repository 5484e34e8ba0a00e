import { Icon } from '../web/icons.tsx'
import { calendarDateOf, countOf } from '../web/texts.ts'
import { firstDayOf, type Month, monthAfter, monthName, weeksOf } from './month.ts'

const weekdays = [
  ['Mo', 'Montag'],
  ['Di', 'Dienstag'],
  ['Mi', 'Mittwoch'],
  ['Do', 'Donnerstag'],
  ['Fr', 'Freitag'],
  ['Sa', 'Samstag'],
  ['So', 'Sonntag'],
] as const

interface MonthSheetProps {
  month: Month
  /** On which days how much takes place. */
  days: Map<string, number>
  pathOf(month: Month): string
}

/** A month at a glance: a day with something on it leads to that month’s list. */
export const MonthSheet = ({ month, days, pathOf }: MonthSheetProps) => (
  <section class="tn-panel tn-month" aria-labelledby="monat">
    <div class="tn-month__head">
      <a href={pathOf(monthAfter(month, -1))}>
        <Icon name="arrow-back" />
        <span class="kern-sr-only">{monthName(monthAfter(month, -1))}</span>
      </a>
      <h2 id="monat">{monthName(month)}</h2>
      <a href={pathOf(monthAfter(month, 1))}>
        <Icon name="arrow-forward" />
        <span class="kern-sr-only">{monthName(monthAfter(month, 1))}</span>
      </a>
    </div>
    <table aria-labelledby="monat">
      <thead>
        <tr>
          {weekdays.map(([short, long]) => (
            <th scope="col" abbr={long}>
              {short}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(month).map((week) => (
          <tr>
            {week.map((day) => (
              <td>{day && <Day day={day} count={days.get(day) ?? 0} path={pathOf(month)} />}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
    <p class="kern-sr-only">Beginnt am {calendarDateOf(firstDayOf(month))}.</p>
  </section>
)

type DayProps = { day: string; count: number; path: string }

const Day = ({ day, count, path }: DayProps) => {
  const number = Number(day.slice(8))
  if (count === 0) return <>{number}</>
  const about = `${calendarDateOf(day)}: ${countOf(count, 'Veranstaltung', 'Veranstaltungen')}`
  return (
    <a href={`${path}#termine`} aria-label={about}>
      {number}
    </a>
  )
}
