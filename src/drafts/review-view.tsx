/** Checking a draft, handing it in, and what its reviewer says. */
import { kindOf } from '../publications/kinds.ts'
import type { Visitor } from '../staff/visitor.ts'
import { Notice, Submit } from '../web/fields.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { countOf, minuteOf } from '../web/texts.ts'
import type { Finding } from './checks.ts'
import type { Difference } from './difference.ts'
import { Differences } from './difference-view.tsx'
import { altName, type Comment, type Draft, type DraftFile, isOpen, stateLabel } from './draft.ts'
import { FileList } from './files-view.tsx'
import { fieldAt, stepWith } from './form.ts'
import { titleOf } from './form-view.tsx'
import { idOf } from './frame.tsx'
import { Reading } from './reading-view.tsx'
import { ReviewActs } from './review-acts-view.tsx'
import type { ReviewSaid } from './review-said.ts'
import { StaffForm } from './staff-form.tsx'

export interface ReviewViewProps {
  site: Site
  visitor: Visitor
  draft: Draft
  findings: Finding[]
  comments: Comment[]
  files: DraftFile[]
  /** Who may review it. */
  reviewers: { id: string; name: string }[]
  /** What it changes of the published version; undefined where there is none. */
  differences: Difference[] | undefined
  said: ReviewSaid | undefined
  /** What somebody wrote who asked for changes, where it could not be taken. */
  remark?: string | undefined
}

/** What may be done with a draft at the moment, by this person. */
export const ReviewView = (props: ReviewViewProps) => {
  const { site, draft, findings, comments, files, differences, said } = props
  return (
    <Page site={site} title={`Prüfen: ${titleOf(draft)}`} hidden>
      <header class="tn-intro">
        <p class="tn-kicker">
          <a href="/entwuerfe">Entwürfe</a> · {kindOf(draft.kind).label}, {stateLabel(draft.state)}
        </p>
        <h1>
          <bdi>{titleOf(draft)}</bdi>
        </h1>
        <p>
          Von <bdi>{draft.author_name}</bdi>
          {draft.reviewer_name && (
            <>
              , Prüfung: <bdi>{draft.reviewer_name}</bdi>
            </>
          )}
          , zuletzt geändert {minuteOf(draft.changed_at.getTime() / 1000)}
          {isOpen(draft.state) && (
            <>
              . <a href={`/entwuerfe/${draft.id}`}>Weiter schreiben</a>
            </>
          )}
        </p>
      </header>
      {said && <Said {...props} said={said} />}
      <div class="tn-columns">
        <aside class="tn-side" aria-label="Nächster Schritt">
          <ReviewActs {...props} />
        </aside>
        <div class="tn-review">
          <Findings draft={draft} findings={findings} />
          <Comments {...props} comments={comments} />
          {differences && (
            <section aria-labelledby="unterschiede">
              <h2 id="unterschiede">Was die neue Fassung ändert</h2>
              {differences.length > 0 ? <Differences differences={differences} /> : <p>Nichts.</p>}
            </section>
          )}
          <section aria-labelledby="lesen">
            <h2 id="lesen">So liest sich der Beitrag</h2>
            <Reading {...props} />
            {files.length > 0 && <FileList {...props} />}
          </section>
        </div>
      </div>
    </Page>
  )
}

/** What was typed and has no field to go back into is shown, to be taken elsewhere. */
const Said = ({ said, remark, draft }: ReviewViewProps & { said: ReviewSaid }) => (
  <Notice look={said.look} title={said.title}>
    {remark && draft.state !== 'in-review' && (
      <p class="kern-body">
        Sie hatten geschrieben: <bdi>{remark}</bdi>
      </p>
    )}
  </Notice>
)

const levels = {
  failure: { label: 'Muss', badge: 'danger' },
  warning: { label: 'Bitte ansehen', badge: 'warning' },
  hint: { label: 'Hinweis', badge: 'info' },
} as const

const Findings = ({ draft, findings }: Pick<ReviewViewProps, 'draft' | 'findings'>) => {
  const failures = findings.filter(({ level }) => level === 'failure').length
  return (
    <section aria-labelledby="pruefung">
      <h2 id="pruefung">
        {failures > 0
          ? `Es fehlt noch etwas: ${countOf(failures, 'Angabe', 'Angaben')}`
          : 'Alles Nötige ist da'}
      </h2>
      {findings.length > 0 && (
        <ul class="tn-findings">
          {findings.map((finding) => (
            <FindingItem draft={draft} finding={finding} />
          ))}
        </ul>
      )}
    </section>
  )
}

const FindingItem = ({ draft, finding }: { draft: Draft; finding: Finding }) => {
  const { level, path, message, link } = finding
  const label = fieldAt(kindOf(draft.kind), path)?.field.label
  return (
    <li>
      <span class={`tn-badge tn-badge--${levels[level].badge}`}>{levels[level].label}</span>{' '}
      <bdi>{message}</bdi>{' '}
      {link && (
        <a href={link.path}>
          <bdi>{link.label}</bdi>
        </a>
      )}{' '}
      {path !== '' && isOpen(draft.state) && (
        <a href={placeOf(draft, path)}>Zum Feld{label && ` „${label}“`}</a>
      )}
    </li>
  )
}

/** Where one mends it. */
const placeOf = ({ id, kind }: Draft, path: string) => {
  const step = stepWith(kindOf(kind), path)
  return step ? `/entwuerfe/${id}?schritt=${step.id}#${idOf(path)}` : `/entwuerfe/${id}`
}

/** What a remark is about; the file that it was about may be gone. */
const placeNamed = ({ kind }: Draft, files: DraftFile[], field: string) => {
  if (field === '') return 'Zum Ganzen'
  const file = files.find(({ id }) => altName(id) === field)
  return file?.name ?? fieldAt(kindOf(kind), field)?.field.label ?? 'Zu einer entfernten Anlage'
}

const Comments = ({ draft, comments, files, visitor }: ReviewViewProps) => {
  const open = comments.filter(({ settled_at }) => settled_at === null)
  return (
    <section aria-labelledby="anmerkungen">
      <h2 id="anmerkungen">Anmerkungen</h2>
      {open.length === 0 && <p>Zurzeit keine offenen.</p>}
      <ul class="tn-things">
        {open.map((comment) => (
          <li>
            <div>
              <p class="tn-things__name">
                <bdi>{placeNamed(draft, files, comment.field)}</bdi>
              </p>
              <p class="tn-difference">
                <bdi>{comment.text}</bdi>
              </p>
              <p class="tn-muted">
                <bdi>{comment.name}</bdi>, {minuteOf(comment.at.getTime() / 1000)}
              </p>
            </div>
            <StaffForm
              visitor={visitor}
              action={`/entwuerfe/${draft.id}/anmerkungen/${comment.id}/erledigt`}
            >
              <Submit look="secondary" label="Erledigt" about={comment.text.slice(0, 60)} />
            </StaffForm>
          </li>
        ))}
      </ul>
    </section>
  )
}
