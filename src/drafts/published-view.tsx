/** A record of the own centre: where it has arrived, and what may be done with it. */
import { reasons as allReasons, mustErase, type Reason } from '../exchange/entry.ts'
import type { FoundRecord } from '../publications/store.ts'
import type { Visitor } from '../staff/visitor.ts'
import { hasRole } from '../staff/visitor.ts'
import { assets } from '../web/assets.ts'
import { DataTable } from '../web/data-table.tsx'
import { Notice, Select, Submit } from '../web/fields.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { countOf, momentOf } from '../web/texts.ts'
import type { Arrival } from './arrival.ts'
import { StaffForm } from './staff-form.tsx'
import { type How, type TakeBackSaid, takeBackSayings, ways } from './taking-back.ts'

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

/** As people say it. */
export const reasonLabels: Record<Reason, string> = {
  'consent-revoked': 'Eine Einwilligung wurde widerrufen',
  legal: 'Rechtliche Gründe',
  incorrect: 'Der Inhalt ist nicht richtig',
  outdated: 'Der Inhalt ist überholt',
  duplicate: 'Der Beitrag ist doppelt vorhanden',
  other: 'Ein anderer Grund',
}

interface TakeBackViewProps {
  site: Site
  visitor: Visitor
  record: OwnRecord
  arrivals: Arrival[]
  /** How many versions and files go. */
  versions: number
  files: number
  how: How | undefined
  reason: Reason | undefined
}

/** First what is to happen and why, then what that does at whom. */
export const TakeBackView = (props: TakeBackViewProps) => {
  const { site, record, how, reason } = props
  return (
    <Page site={site} title={`Zurücknehmen: ${record.title}`} hidden>
      <article class="tn-narrow">
        <p class="tn-kicker">
          <a href={`/entwuerfe/beitraege/${record.found.rid}`}>
            <bdi>{record.title}</bdi>
          </a>
        </p>
        <h1>Zurücknehmen</h1>
        <Question {...props} />
        {how && reason && <Preview {...props} how={how} reason={reason} />}
      </article>
    </Page>
  )
}

const Question = ({ record, how, reason }: TakeBackViewProps) => (
  <form
    class="tn-form"
    method="get"
    action={`/entwuerfe/beitraege/${record.found.rid}/zuruecknehmen`}
  >
    <fieldset class="kern-fieldset">
      <legend class="kern-label">Was soll geschehen?</legend>
      <div class="kern-fieldset__body">
        {Object.entries(ways)
          .filter(([id]) => id !== 'beschraenken' || record.found.feed === 'public')
          .map(([id, { label, hint }]) => (
            <div class="kern-form-check">
              <input
                class="kern-form-check__radio"
                type="radio"
                id={`wie-${id}`}
                name="wie"
                value={id}
                checked={id === (how ?? 'zurueckziehen')}
              />
              <label class="kern-label" for={`wie-${id}`}>
                {label}
                <span class="tn-muted"> – {hint}</span>
              </label>
            </div>
          ))}
      </div>
    </fieldset>
    <Select
      name="grund"
      label="Warum?"
      all="Bitte wählen"
      options={allReasons.map((value) => ({ value, label: reasonLabels[value] }))}
      chosen={reason}
    />
    <div>
      <Submit look="secondary" label="Zeigen, was das bewirkt" />
    </div>
  </form>
)

type PreviewProps = TakeBackViewProps & { how: How; reason: Reason }

const Preview = (props: PreviewProps) => {
  const { visitor, record, arrivals, how, reason } = props
  if (how !== 'loeschen' && mustErase(reason)) {
    return (
      <Notice look="warning" title="Aus diesem Grund bleibt nichts aufbewahrt.">
        <p>Wählen Sie „Löschen“: Alle Knoten entfernen dann den Inhalt.</p>
      </Notice>
    )
  }
  const holders = arrivals.filter(({ there }) => there)
  return (
    <section aria-labelledby="bewirkt">
      <h2 id="bewirkt">Was das bewirkt</h2>
      <ul class="tn-list">
        <li>Hier: {ways[how].here}</li>
        {holders.map(({ centres }) => (
          <li>
            <bdi>{centres.join(', ')}</bdi>: {ways[how].there}
          </li>
        ))}
        {holders.length < arrivals.length && (
          <li>Knoten, bei denen der Beitrag noch aussteht, erhalten nur den Vermerk.</li>
        )}
        {how !== 'zurueckziehen' && <li>{amount(props)}</li>}
        <li>Der Vermerk nennt allen den Grund: {reasonLabels[reason]}.</li>
        {how === 'loeschen' && (
          <li>
            <strong>Das lässt sich nicht rückgängig machen.</strong>
          </li>
        )}
      </ul>
      <StaffForm
        visitor={visitor}
        action={`/entwuerfe/beitraege/${record.found.rid}/zuruecknehmen`}
      >
        <input type="hidden" name="wie" value={how} />
        <input type="hidden" name="grund" value={reason} />
        <div>
          <Submit label={ways[how].confirm} />
        </div>
      </StaffForm>
    </section>
  )
}

const amount = ({ versions, files }: PreviewProps) => {
  const parts = [
    countOf(versions, 'Fassung', 'Fassungen'),
    ...(files > 0 ? [countOf(files, 'Anlage', 'Anlagen')] : []),
  ]
  return `Entfernt: ${parts.join(' und ')}.`
}
