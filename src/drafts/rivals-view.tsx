/** Two versions of the same field, side by side. */
import type { Post } from '../staff/visitor.ts'
import { Submit } from '../web/fields.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { minuteOf } from '../web/texts.ts'
import { type Draft, isOpen, type Rival } from './draft.ts'
import type { FormField } from './form.ts'
import { titleOf } from './form-view.tsx'
import { plainOf } from './plain.ts'

type RivalsViewProps = {
  site: Site
  post: Post
  draft: Draft
  rivals: Rival[]
  /** All that the draft may hold. */
  fields: FormField[]
}

export const RivalsView = ({ site, post, draft, rivals, fields }: RivalsViewProps) => (
  <Page site={site} title={`Zwei Versionen: ${titleOf(draft)}`} hidden>
    <header class="tn-intro">
      <p class="tn-kicker">
        <a href={`/entwuerfe/${draft.id}`}>
          <bdi>{titleOf(draft)}</bdi>
        </a>
      </p>
      <h1>Zwei Versionen</h1>
      <p class="tn-lead">
        {rivals.length > 0
          ? 'Diese Felder wurden an zwei Stellen zugleich geändert. Nehmen Sie jeweils die Version, die bleiben soll.'
          : 'Alles ist entschieden: Von jedem Feld gibt es nur noch eine Version.'}
      </p>
    </header>
    {rivals.map((rival, n) => (
      <RivalSection {...{ post, draft, rival, fields }} number={n + 1} />
    ))}
    <p class="tn-actions">
      <a class="kern-btn kern-btn--secondary" href={`/entwuerfe/${draft.id}`}>
        <span class="kern-label">Weiter schreiben</span>
      </a>
    </p>
  </Page>
)

type RivalProps = Pick<RivalsViewProps, 'post' | 'draft'> & { rival: Rival }
type RivalSectionProps = RivalProps & Pick<RivalsViewProps, 'fields'> & { number: number }

const RivalSection = ({ post, draft, rival, fields, number }: RivalSectionProps) => {
  const field = fields.find(({ name }) => name === rival.field)?.field
  if (!field) return null
  const id = `version-${number}`
  return (
    <section class="tn-rival" aria-labelledby={id}>
      <h2 id={id}>{field.label}</h2>
      <div class="tn-rival__both">
        <div class="tn-panel">
          <h3>Was im Entwurf steht</h3>
          <p class="tn-difference" dir="auto">
            {plainOf(field.look, draft.written[rival.field]) || '(leer)'}
          </p>
          <Choose post={post} draft={draft} rival={rival} take={false} label={field.label} />
        </div>
        <div class="tn-panel">
          <h3>
            Daneben, von <bdi>{rival.name}</bdi>
          </h3>
          <p class="tn-muted">{minuteOf(rival.at.getTime() / 1000)}</p>
          <p class="tn-difference" dir="auto">
            {plainOf(field.look, rival.value ?? undefined) || '(leer)'}
          </p>
          {isOpen(draft.state) && (
            <Choose post={post} draft={draft} rival={rival} take label={field.label} />
          )}
        </div>
      </div>
    </section>
  )
}

type ChooseProps = RivalProps & { take: boolean; label: string }

const Choose = ({ post, draft, rival, take, label }: ChooseProps) => (
  <form method="post" action={`/entwuerfe/${draft.id}/versionen`}>
    <input type="hidden" name="zentrum" value={post.centre} />
    <input type="hidden" name="feld" value={rival.field} />
    <input type="hidden" name="seite" value={rival.page} />
    <input type="hidden" name="wahl" value={take ? 'daneben' : 'entwurf'} />
    <Submit
      look="secondary"
      label={take ? 'Diese Version nehmen' : 'Diese Version behalten'}
      about={label}
    />
  </form>
)
