/** Before several drafts are thrown away. */
import type { Post } from '../staff/visitor.ts'
import { Submit } from '../web/fields.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { stateLabel } from './draft.ts'
import type { ListedDraft } from './store.ts'

type DiscardViewProps = { site: Site; post: Post; drafts: ListedDraft[] }

export const DiscardView = ({ site, post, drafts }: DiscardViewProps) => (
  <Page site={site} title="Entwürfe verwerfen" hidden>
    <div class="tn-narrow">
      <p class="tn-kicker">
        <a href="/entwuerfe">Entwürfe</a>
      </p>
      <h1>{drafts.length === 1 ? 'Diesen Entwurf verwerfen?' : 'Diese Entwürfe verwerfen?'}</h1>
      <p class="tn-lead">
        Texte, Anlagen und Anmerkungen werden gelöscht und lassen sich nicht wiederherstellen. Was
        veröffentlicht ist, bleibt, wie es ist.
      </p>
      <form class="tn-form" method="post" action="/entwuerfe">
        <input type="hidden" name="zentrum" value={post.centre} />
        <input type="hidden" name="do" value="discard" />
        <input type="hidden" name="sicher" value="ja" />
        <ul class="tn-list">
          {drafts.map(({ id, title, author_name, state }) => (
            <li>
              <input type="hidden" name="draft" value={id} />
              <bdi>{title.trim() || 'Ohne Titel'}</bdi>, von <bdi>{author_name}</bdi>,{' '}
              {stateLabel(state)}
            </li>
          ))}
        </ul>
        <div class="tn-draft__end">
          <Submit label="Endgültig verwerfen" />
          <a class="kern-btn kern-btn--secondary" href="/entwuerfe">
            <span class="kern-label">Abbrechen</span>
          </a>
        </div>
      </form>
    </div>
  </Page>
)
