import { Control } from '../drafts/controls.tsx'
import type { Written } from '../drafts/draft.ts'
import { plainOf } from '../drafts/plain.ts'
import type { Post } from '../staff/visitor.ts'
import { Notice, Submit } from '../web/fields.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { nameOf, preparation, type Round } from './round.ts'

interface PreparationViewProps {
  site: Site
  post: Post
  /** Absent for a new one. */
  round?: Round
  written: Written
  /** Somebody else has saved meanwhile. */
  moved?: boolean
}

/** What one writes down before a round table. Nothing of it is judged: it may be half done. */
export const PreparationView = ({ site, post, round, written, moved }: PreparationViewProps) => (
  <Page site={site} title={round ? 'Vorbereitung' : 'Runden Tisch vorbereiten'} hidden>
    <div class="tn-narrow">
      <p class="tn-kicker">
        <a href="/runden">Runde Tische</a>
        {round && (
          <>
            {' · '}
            <a href={`/runden/${round.id}`}>
              <bdi>{nameOf(round)}</bdi>
            </a>
          </>
        )}
      </p>
      <h1>{round ? 'Vorbereitung' : 'Runden Tisch vorbereiten'}</h1>
      <p class="tn-lead">Alles lässt sich später ergänzen und ändern.</p>
      {round && moved && <Moved round={round} written={written} />}
      <form
        class="tn-form"
        method="post"
        action={round ? `/runden/${round.id}/vorbereitung` : '/runden/neu'}
        novalidate
      >
        <input type="hidden" name="zentrum" value={post.centre} />
        <input type="hidden" name="fassung" value={String(round?.revision ?? 0)} />
        {preparation.map(({ name, field }) => (
          <Control path={name} field={field} value={written[name]} />
        ))}
        <div>
          <Submit label="Speichern" />
        </div>
      </form>
    </div>
  </Page>
)

/** What stands there now, where it differs from what was typed. */
const Moved = ({ round, written }: { round: Round; written: Written }) => (
  <Notice look="warning" title="Inzwischen hat jemand anderes gespeichert.">
    <p>
      Ihr Text steht unten, gespeichert ist er noch nicht. Wenn Sie jetzt speichern, gilt er
      anstelle des anderen:
    </p>
    <ul class="tn-list">
      {preparation
        .filter(
          ({ name, field }) =>
            plainOf(field.look, round.prepared[name]) !== plainOf(field.look, written[name]),
        )
        .map(({ name, field }) => (
          <li>
            {field.label}: <bdi>{plainOf(field.look, round.prepared[name]) || 'nichts'}</bdi>
          </li>
        ))}
    </ul>
  </Notice>
)
