import type { Post } from '../staff/visitor.ts'
import { Submit } from '../web/fields.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { momentOf } from '../web/texts.ts'
import type { BarrierReport } from './store.ts'

type ReportsViewProps = { site: Site; post: Post; reports: BarrierReport[] }

export const ReportsView = ({ site, post, reports }: ReportsViewProps) => (
  <Page site={site} title="Gemeldete Barrieren" hidden>
    <article class="tn-narrow">
      <p class="tn-kicker">
        <a href="/verwaltung">Verwaltung</a>
      </p>
      <h1>Gemeldete Barrieren</h1>
      {reports.length === 0 ? (
        <p class="tn-empty">Zurzeit ist nichts offen.</p>
      ) : (
        <ul class="tn-things">
          {reports.map((report) => (
            <Item report={report} post={post} />
          ))}
        </ul>
      )}
      <p class="tn-muted">
        Antworten Sie innerhalb von vier Wochen. Was erledigt ist, wird hier gelöscht.
      </p>
    </article>
  </Page>
)

const Item = ({ report, post }: { report: BarrierReport; post: Post }) => {
  const moment = momentOf(Math.floor(report.made_at.getTime() / 1000))
  return (
    <li>
      <div>
        <p class="tn-things__name">{moment}</p>
        {report.page && (
          <p>
            Seite: <bdi>{report.page}</bdi>
          </p>
        )}
        <p class="tn-said-by-others" dir="auto">
          {report.report}
        </p>
        <p class="tn-muted">
          {report.contact ? (
            <>
              Antwort an: <bdi>{report.contact}</bdi>
            </>
          ) : (
            'Ohne Absender'
          )}
        </p>
      </div>
      <form method="post" action={`/verwaltung/rueckmeldungen/${report.id}/erledigt`}>
        <input type="hidden" name="zentrum" value={post.centre} />
        <Submit look="secondary" label="Erledigt" about={`Meldung vom ${moment}`} />
      </form>
    </li>
  )
}
