/** A record of the own centre: where it has arrived, and what may be done with it. */
import type { FoundRecord } from '../publications/store.ts'
import type { Visitor } from '../staff/visitor.ts'
import { hasRole } from '../staff/visitor.ts'
import { assets } from '../web/assets.ts'
import { DataTable } from '../web/data-table.tsx'
import { Notice, Submit } from '../web/fields.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { countOf, momentOf } from '../web/texts.ts'
import type { Arrival } from './arrival.ts'
import { StaffForm } from './staff-form.tsx'
import { type TakeBackSaid, takeBackSayings } from './taking-back.ts'

export interface OwnRecord {
  found: FoundRecord
  title: string
  /** Its page. */
  path: string
}

interface PublishedViewProps {
  site: Site
  visitor: Visitor
  record: OwnRecord
  arrivals: Arrival[]
  said: TakeBackSaid | undefined
}

const states = {
  published: 'veröffentlicht',
  withdrawn: 'zurückgezogen',
  erased: 'gelöscht',
} as const

export const PublishedView = (props: PublishedViewProps) => {
  const { site, visitor, record, arrivals, said } = props
  const { found, title, path } = record
  return (
    <Page site={site} title={title} hidden scripts={[assets.live]}>
      <article class="tn-narrow">
        <p class="tn-kicker">
          <a href="/entwuerfe">Entwürfe</a> · {states[found.state]}, Fassung {found.ver}
        </p>
        <h1>
          <bdi>{title}</bdi>
        </h1>
        {said && <Notice look="success" title={takeBackSayings[said]} />}
        <p>
          <a href={path}>Zur Seite des Beitrags</a>
        </p>
        <section aria-labelledby="angekommen">
          <h2 id="angekommen">
            {found.state === 'published' ? 'Wo er angekommen ist' : 'Wo das angekommen ist'}
          </h2>
          <div data-live>
            <Arrivals arrivals={arrivals} />
          </div>
        </section>
        {hasRole(visitor, ['editor']) && found.state === 'published' && <Acts {...props} />}
      </article>
    </Page>
  )
}

/** Renewed by itself until it is everywhere. */
export const Arrivals = ({ arrivals }: { arrivals: Arrival[] }) => {
  const there = arrivals.filter((arrival) => arrival.there).length
  const everywhere = there === arrivals.length
  return (
    <>
      <p role="status" data-done={everywhere ? '' : undefined}>
        {arrivals.length === 0
          ? 'Noch ist kein anderer Knoten bekannt.'
          : everywhere
            ? `Überall: ${countOf(there, 'Knoten bestätigt', 'Knoten bestätigen')} es.`
            : `Bisher ${there} von ${countOf(arrivals.length, 'Knoten', 'Knoten')}. Laden Sie die Seite neu, um den neuesten Stand zu sehen.`}
      </p>
      {arrivals.length > 0 && (
        <DataTable
          caption="Andere Knoten"
          columns={['Knoten', 'Stand']}
          rows={arrivals.map(({ centres, there, since }) => [
            <bdi>{centres.join(', ')}</bdi>,
            <>
              <span class={`tn-badge tn-badge--${there ? 'success' : 'warning'}`}>
                {there ? 'angekommen' : 'steht noch aus'}
              </span>
              {there && since !== undefined && ` seit ${momentOf(since)}`}
            </>,
          ])}
        />
      )}
    </>
  )
}

const Acts = ({ visitor, record: { found } }: PublishedViewProps) => (
  <>
    <section aria-labelledby="fassung">
      <h2 id="fassung">Neue Fassung</h2>
      <p>
        Die veröffentlichte Fassung bleibt zu lesen, bis die neue geprüft und veröffentlicht ist.
      </p>
      <StaffForm visitor={visitor} action="/entwuerfe/neu">
        <input type="hidden" name="art" value={found.kind ?? ''} />
        <input type="hidden" name="zu" value={found.rid} />
        <div>
          <Submit label="Neue Fassung schreiben" />
        </div>
      </StaffForm>
    </section>
    <section aria-labelledby="zuruecknehmen">
      <h2 id="zuruecknehmen">Zurücknehmen</h2>
      <p>
        <a href={`/entwuerfe/beitraege/${found.rid}/zuruecknehmen`}>
          Zurückziehen, auf die Zentren beschränken oder löschen
        </a>
      </p>
    </section>
  </>
)
