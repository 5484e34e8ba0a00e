/** What somebody may do next with a draft, by its state and her roles. */
import { hasRole } from '../staff/visitor.ts'
import { Select, Submit, TextArea } from '../web/fields.tsx'
import { minuteOf } from '../web/texts.ts'
import { isOpen } from './draft.ts'
import type { ReviewViewProps } from './review-view.tsx'
import { StaffForm } from './staff-form.tsx'

export const ReviewActs = (props: ReviewViewProps) => {
  const { draft, visitor } = props
  const writes = hasRole(visitor, ['editor'])
  const reviews = hasRole(visitor, ['reviewer'])
  return (
    <div class="tn-panel tn-acts">
      <h2>Nächster Schritt</h2>
      {isOpen(draft.state) && writes && <HandIn {...props} />}
      {draft.state === 'in-review' && reviews && !draft.own && <Decide {...props} />}
      {draft.state === 'in-review' && (draft.own || !reviews) && <Waits {...props} />}
      {draft.state === 'in-review' && <Route {...props} />}
      {draft.state === 'approved' && <Publish {...props} />}
      {draft.state === 'scheduled' && <Scheduled {...props} />}
      {!isOpen(draft.state) && writes && <TakeBack {...props} />}
      {writes && <Discard {...props} />}
    </div>
  )
}

const pathOf = ({ draft }: ReviewViewProps, act: string) => `/entwuerfe/${draft.id}/${act}`

const Revision = ({ draft }: ReviewViewProps) => (
  <input type="hidden" name="fassung" value={String(draft.revision)} />
)

const Reviewers = ({ draft, reviewers }: ReviewViewProps) => (
  <Select
    name="pruefung"
    label="Wer soll prüfen?"
    all="Wer Zeit hat"
    options={reviewers.map(({ id, name }) => ({ value: id, label: name }))}
    chosen={draft.reviewer ?? undefined}
  />
)

const HandIn = (props: ReviewViewProps) => {
  const failures = props.findings.some(({ level }) => level === 'failure')
  if (failures) return <p>Sobald alles Nötige da ist, geben Sie den Beitrag hier zur Prüfung ab.</p>
  return (
    <StaffForm visitor={props.visitor} action={pathOf(props, 'abgeben')}>
      <Revision {...props} />
      <Reviewers {...props} />
      <Submit label="Zur Prüfung abgeben" />
    </StaffForm>
  )
}

const Waits = ({ draft }: ReviewViewProps) => (
  <p>
    {draft.own
      ? 'Sie haben daran geschrieben: Prüfen muss jemand anderes.'
      : 'Der Beitrag wartet auf die Prüfung.'}
  </p>
)

const Decide = (props: ReviewViewProps) => (
  <>
    <StaffForm visitor={props.visitor} action={pathOf(props, 'freigeben')}>
      <Revision {...props} />
      <Submit label="Freigeben" />
    </StaffForm>
    <StaffForm visitor={props.visitor} action={pathOf(props, 'aenderungen')}>
      <Revision {...props} />
      <TextArea
        name="anmerkung"
        label="Was soll sich ändern?"
        most={2000}
        value={props.remark ?? ''}
      />
      <Submit look="secondary" label="Um Änderungen bitten" />
    </StaffForm>
  </>
)

const Route = (props: ReviewViewProps) =>
  props.reviewers.length > 0 ? (
    <StaffForm visitor={props.visitor} action={pathOf(props, 'weitergeben')}>
      <Reviewers {...props} />
      <Submit look="secondary" label="Prüfung weitergeben" />
    </StaffForm>
  ) : null

const Publish = (props: ReviewViewProps) => (
  <>
    <StaffForm visitor={props.visitor} action={pathOf(props, 'veroeffentlichen')}>
      <Submit label="Jetzt veröffentlichen" />
    </StaffForm>
    <StaffForm visitor={props.visitor} action={pathOf(props, 'vormerken')}>
      <div class="kern-form-input">
        <label class="kern-label" for="feld-zeitpunkt">
          Oder zu diesem Zeitpunkt
        </label>
        <div class="kern-hint" id="feld-zeitpunkt-hinweis">
          Deutsche Zeit.
        </div>
        <input
          class="kern-form-input__input"
          id="feld-zeitpunkt"
          name="zeitpunkt"
          type="datetime-local"
          aria-describedby="feld-zeitpunkt-hinweis"
        />
      </div>
      <Submit look="secondary" label="Vormerken" />
    </StaffForm>
  </>
)

const Scheduled = (props: ReviewViewProps) => (
  <>
    <p>
      Erscheint {minuteOf((props.draft.publish_at?.getTime() ?? 0) / 1000)}, sobald der Knoten dann
      läuft.
    </p>
    <StaffForm visitor={props.visitor} action={pathOf(props, 'vormerkung-aufheben')}>
      <Submit look="secondary" label="Vormerkung aufheben" />
    </StaffForm>
  </>
)

const TakeBack = (props: ReviewViewProps) => (
  <StaffForm visitor={props.visitor} action={pathOf(props, 'zurueckholen')}>
    <Submit look="secondary" label="Zurückholen und ändern" />
  </StaffForm>
)

const Discard = (props: ReviewViewProps) => (
  <details class="tn-details">
    <summary>Entwurf verwerfen</summary>
    <StaffForm visitor={props.visitor} action={pathOf(props, 'verwerfen')}>
      <p>
        Der Text, seine Anlagen und alle Anmerkungen werden gelöscht.
        {props.draft.base_ver > 0 && ' Die veröffentlichte Fassung bleibt, wie sie ist.'}
      </p>
      <Submit look="secondary" label="Endgültig verwerfen" />
    </StaffForm>
  </details>
)
