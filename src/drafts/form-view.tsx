/** Writing a draft, step by step. */
import type { Child, PropsWithChildren } from 'hono/jsx'
import { kindOf } from '../publications/kinds.ts'
import type { Post } from '../staff/visitor.ts'
import { assets } from '../web/assets.ts'
import { Notice } from '../web/fields.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { minuteOf } from '../web/texts.ts'
import type { Choices } from './choosable.ts'
import { Control } from './controls.tsx'
import { type Comment, type Draft, isOpen, stateLabel } from './draft.ts'
import { progressOf, type Step, stepsOf } from './form.ts'

export interface FormViewProps {
  site: Site
  post: Post
  person: string
  draft: Draft
  step: Step
  comments: Comment[]
  /** Records and centres that one may name in this step. */
  choices: Choices
  /** How many fields have two versions. */
  rivals: number
  /** Marks the open page, so that what is written on it is kept apart from what others write. */
  page: string
  /** The row that was just added. */
  row?: string | undefined
  said?: 'saved' | undefined
  /** What stands in the step for files instead of fields. */
  files?: Child
}

export const titleOf = ({ written }: Pick<Draft, 'written'>) =>
  String(written.title ?? '').trim() || 'Ohne Titel'

export const FormView = (props: FormViewProps) => {
  const { site, draft, step, rivals, said } = props
  const kind = kindOf(draft.kind)
  return (
    <Page
      site={site}
      title={`${step.label}: ${titleOf(draft)}`}
      hidden
      scripts={[assets.turndown, assets.markdown, assets.drafts, assets.records]}
    >
      <header class="tn-intro">
        <p class="tn-kicker">
          <a href="/entwuerfe">Entwürfe</a> · {kind.label}, {stateLabel(draft.state)}
        </p>
        <h1>
          <bdi>{titleOf(draft)}</bdi>
        </h1>
      </header>
      {said && <Notice look="success" title="Gespeichert." />}
      {rivals > 0 && <RivalsNotice draft={draft} />}
      {!isOpen(draft.state) && <Closed draft={draft} />}
      <SaveByEnter />
      <div class="tn-columns">
        <aside class="tn-side" aria-label="Schritte">
          <Steps {...props} />
        </aside>
        <section aria-labelledby="schritt">
          <h2 id="schritt">{step.label}</h2>
          {props.files ?? <Fields {...props} />}
        </section>
      </div>
    </Page>
  )
}

/** The enter key presses the first of a form's buttons on the page, wherever that stands: before those of the steps. */
const SaveByEnter = () => (
  <button
    class="kern-sr-only"
    type="submit"
    form="formular"
    name="do"
    value="speichern"
    tabindex={-1}
  >
    Speichern
  </button>
)

const RivalsNotice = ({ draft }: { draft: Draft }) => (
  <Notice look="warning" title="Von manchen Feldern gibt es zwei Versionen.">
    <p>
      Jemand hat zur selben Zeit daran geschrieben. Nichts ging verloren:{' '}
      <a href={`/entwuerfe/${draft.id}/versionen`}>Versionen vergleichen und wählen</a>
    </p>
  </Notice>
)

const Closed = ({ draft }: { draft: Draft }) => (
  <Notice look="info" title={`Dieser Entwurf ist ${stateLabel(draft.state)}.`}>
    <p>
      Was Sie hier ändern, wird daneben aufbewahrt und nicht übernommen.{' '}
      <a href={`/entwuerfe/${draft.id}/pruefen`}>Zur Prüfung</a>
    </p>
  </Notice>
)

/** They send the form on the way: nobody loses what she has just typed. */
const Steps = ({ draft, step }: FormViewProps) => (
  <nav class="tn-steps" aria-label="Schritte">
    <ol>
      {stepsOf(kindOf(draft.kind)).map((each) => (
        <li>
          <StepButton
            to={each.id}
            label={each.label}
            current={each.id === step.id}
            progress={progressWords(each, draft)}
          />
        </li>
      ))}
      <li>
        <StepButton to="pruefen" label="Prüfen und abgeben" current={false} progress="" />
      </li>
    </ol>
  </nav>
)

const progressWords = (step: Step, { written }: Draft) => {
  const { needed, filled } = progressOf(step, written)
  if (needed === 0) return ''
  return filled === needed ? 'vollständig' : `${filled} von ${needed} nötigen Angaben`
}

type StepButtonProps = { to: string; label: string; current: boolean; progress: string }

const StepButton = ({ to, label, current, progress }: StepButtonProps) => (
  <button
    class="tn-steps__step"
    type="submit"
    form="formular"
    name="zu"
    value={to}
    aria-current={current ? 'step' : undefined}
  >
    <span>{label}</span>
    {progress && <span class="tn-muted"> {progress}</span>}
  </button>
)

type DraftFormProps = PropsWithChildren<
  FormViewProps & { action?: string; enctype?: 'multipart/form-data' }
>

/** A form that is saved by itself while one writes. */
export const DraftForm = (props: DraftFormProps) => {
  const { draft, post, step, page, person, action, enctype, children } = props
  return (
    <form
      class="tn-form tn-draft"
      id="formular"
      method="post"
      action={action ?? `/entwuerfe/${draft.id}`}
      enctype={enctype}
      novalidate
      data-draft={draft.id}
      data-person={person}
    >
      <input type="hidden" name="zentrum" value={post.centre} />
      <input type="hidden" name="schritt" value={step.id} />
      <input type="hidden" name="fassung" value={String(draft.revision)} />
      <input type="hidden" name="seite" value={page} />
      {children}
    </form>
  )
}

const Fields = (props: FormViewProps) => {
  const { draft, step, comments, choices, row } = props
  return (
    <DraftForm {...props}>
      {step.fields.map(({ name, field }) => (
        <Control path={name} field={field} value={draft.written[name]} row={row} choices={choices}>
          <FieldComments comments={comments.filter((comment) => comment.field === name)} />
        </Control>
      ))}
      <SaveButtons draft={draft} />
    </DraftForm>
  )
}

export const SaveButtons = ({ draft }: { draft: Draft }) => (
  <div class="tn-draft__end">
    <button class="kern-btn kern-btn--primary" type="submit" name="do" value="weiter">
      <span class="kern-label">Speichern und weiter</span>
    </button>
    <button class="kern-btn kern-btn--secondary" type="submit" name="do" value="speichern">
      <span class="kern-label">Speichern</span>
    </button>
    <p class="tn-draft__said tn-muted" role="status" data-said>
      Zuletzt gespeichert: {minuteOf(draft.changed_at.getTime() / 1000)}
    </p>
  </div>
)

/** What a reviewer says of a field. */
export const FieldComments = ({ comments }: { comments: Comment[] }) => {
  const open = comments.filter(({ settled_at }) => settled_at === null)
  if (open.length === 0) return null
  return (
    <ul class="tn-comments">
      {open.map(({ name, text }) => (
        <li>
          <strong>
            <bdi>{name}</bdi>:
          </strong>{' '}
          <bdi>{text}</bdi>
        </li>
      ))}
    </ul>
  )
}
