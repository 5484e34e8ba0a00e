import { DateField } from '../web/choices.tsx'
import { DataTable } from '../web/data-table.tsx'
import { Checks, Submit } from '../web/fields.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { calendarDateOf, dateOf, numberOf } from '../web/texts.ts'
import { type Indicator, indicators, type Period, type Report } from './report.ts'

type ReportViewProps = { site: Site; report: Report; indicators: Indicator[] }

/** A page to print: what is for choosing stays on the screen. */
export const ReportView = ({ site, report, indicators: chosen }: ReportViewProps) => {
  const { period, centres } = report
  return (
    <Page site={site} title="Bericht">
      <header class="tn-intro">
        <p class="tn-kicker tn-screen">
          <a href="/zahlen">Zahlen</a>
        </p>
        <h1>Bericht der Zukunftszentren</h1>
        <p class="tn-lead">
          {calendarDateOf(period.von)} bis {calendarDateOf(period.bis)}
        </p>
      </header>
      <div class="tn-stack tn-report">
        <section aria-labelledby="je-zentrum">
          <h2 id="je-zentrum">Je Zentrum</h2>
          <DataTable
            caption="Was die Zentren in diesem Zeitraum getan haben"
            columns={['Zentrum', ...chosen.map(({ label }) => label)]}
            rows={[
              ...centres.map((row) => [
                <bdi>{row.centre}</bdi>,
                ...chosen.map((indicator) => numberOf(row[indicator.id])),
              ]),
              [
                'Zusammen',
                ...chosen.map((indicator) =>
                  numberOf(centres.reduce((sum, row) => sum + row[indicator.id], 0)),
                ),
              ],
            ]}
          />
          <p class="tn-muted">
            Gezählt ist, was die Zentren in diesem Zeitraum unterschrieben haben und was auf diesem
            Knoten angekommen ist. Stand: {dateOf(report.at)}.
          </p>
        </section>
        <section class="tn-screen" aria-labelledby="anpassen">
          <h2 id="anpassen">Anpassen</h2>
          <form class="tn-form" method="get" action="/zahlen/bericht">
            <DateField name="von" label="Von" value={period.von} />
            <DateField name="bis" label="Bis" value={period.bis} />
            <Checks
              name="zeigt"
              legend="Was der Bericht zeigt"
              options={indicators.map(({ id, label }) => ({ value: id, label }))}
              chosen={chosen.map(({ id }) => id)}
            />
            <div>
              <Submit label="Bericht erstellen" />
            </div>
          </form>
          <p>
            Drucken Sie die Seite, oder speichern Sie sie im Druckdialog als PDF. Dieselben Zahlen
            gibt es als <a href={pathOf('/zahlen/bericht.csv', period, chosen)}>CSV</a> und als{' '}
            <a href={pathOf('/zahlen/bericht.xlsx', period, chosen)}>Excel-Datei</a>.
          </p>
        </section>
      </div>
    </Page>
  )
}

const pathOf = (path: string, { von, bis }: Period, chosen: Indicator[]) => {
  const query = [['von', von], ['bis', bis], ...chosen.map(({ id }) => ['zeigt', id])]
  return `${path}?${new URLSearchParams(query)}`
}
