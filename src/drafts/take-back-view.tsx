/** Taking a record back: what is to happen and why, and what that does at whom. */
import { reasons as allReasons, mustErase, type Reason } from '../exchange/entry.ts'
import type { Visitor } from '../staff/visitor.ts'
import { Notice, Select, Submit } from '../web/fields.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { countOf } from '../web/texts.ts'
import type { Arrival } from './arrival.ts'
import type { OwnRecord } from './published-view.tsx'
import { StaffForm } from './staff-form.tsx'
import { type How, ways } from './taking-back.ts'

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
        {how && !reason && <Notice look="danger" title="Wählen Sie bitte auch, warum." />}
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
