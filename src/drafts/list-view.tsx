/** All drafts of a centre. */
import { kinds } from '../publications/kinds.ts'
import type { Post } from '../staff/visitor.ts'
import { Notice, Select } from '../web/fields.tsx'
import { FilterPanel } from '../web/filter-panel.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { countOf, minuteOf } from '../web/texts.ts'
import type { BulkAct, BulkOutcome } from './bulk.ts'
import { draftStates, stateLabel } from './draft.ts'
import type { DraftFilter, ListedDraft } from './store.ts'

export interface ListViewProps {
  site: Site
  post: Post
  drafts: ListedDraft[]
  filter: DraftFilter & { mine?: boolean }
  /** Whether the person writes, and may begin one. */
  writes: boolean
  /** What became of what was done with several. */
  outcome?: BulkOutcome | undefined
}

export const ListView = (props: ListViewProps) => {
  const { site, post, drafts, writes, outcome } = props
  return (
    <Page site={site} title="Entwürfe" hidden>
      <header class="tn-intro">
        <p class="tn-kicker">
          <bdi>{post.name}</bdi>
        </p>
        <h1>Entwürfe</h1>
        <p class="tn-lead">Was Ihr Zentrum gerade schreibt, prüft und veröffentlicht.</p>
        {writes && (
          <p class="tn-actions">
            <a class="kern-btn kern-btn--primary" href="/entwuerfe/neu">
              <span class="kern-label">Neuen Beitrag beginnen</span>
            </a>
          </p>
        )}
      </header>
      {outcome && <Outcome {...outcome} />}
      <div class="tn-columns">
        <aside class="tn-side" aria-labelledby="eingrenzen">
          <Filter {...props} />
        </aside>
        <section aria-labelledby="liste">
          <h2 id="liste">{countOf(drafts.length, 'Entwurf', 'Entwürfe')}</h2>
          {drafts.length > 0 ? <Bulk {...props} /> : <Nothing {...props} />}
        </section>
      </div>
    </Page>
  )
}

const done: Record<BulkAct, string> = {
  submit: 'Zur Prüfung abgegeben',
  'take-back': 'Zurückgeholt',
  publish: 'Veröffentlicht',
  discard: 'Verworfen',
}

const Outcome = ({ act, wanted, done: count }: BulkOutcome) => {
  if (wanted === 0) return <Notice look="warning" title="Es war kein Entwurf angekreuzt." />
  const all = count >= wanted
  return (
    <Notice look={all ? 'success' : 'warning'} title={`${done[act]}: ${count} von ${wanted}.`}>
      {!all && <p>Bei den anderen war noch nicht alles bereit: Sie blieben, wie sie waren.</p>}
    </Notice>
  )
}

const isNarrowed = ({ state, kind, mine }: ListViewProps['filter']) =>
  Boolean(state || kind || mine)

const Nothing = ({ filter, writes }: ListViewProps) => (
  <p class="tn-empty">
    {isNarrowed(filter)
      ? 'Zu dieser Auswahl gibt es keinen Entwurf.'
      : writes
        ? 'Zurzeit schreibt niemand an einem Beitrag.'
        : 'Zurzeit wartet nichts auf eine Prüfung.'}
  </p>
)

const Filter = ({ filter }: ListViewProps) => (
  <FilterPanel
    title="Liste eingrenzen"
    action="/entwuerfe"
    beside={isNarrowed(filter) && <a href="/entwuerfe">Filter aufheben</a>}
  >
    <Select
      name="stand"
      label="Stand"
      all="Alle außer veröffentlichten"
      options={draftStates.map(({ id, de }) => ({ value: id, label: de }))}
      chosen={filter.state}
    />
    <Select
      name="art"
      label="Beitragsart"
      all="Alle Arten"
      options={kinds.map(({ id, label }) => ({ value: id, label }))}
      chosen={filter.kind}
    />
    <Select
      name="von"
      label="Von wem"
      all="Von allen"
      options={[{ value: 'mir', label: 'Nur eigene' }]}
      chosen={filter.mine ? 'mir' : undefined}
    />
  </FilterPanel>
)

const Bulk = ({ post, drafts, writes }: ListViewProps) => (
  <form class="tn-form" method="post" action="/entwuerfe">
    <input type="hidden" name="zentrum" value={post.centre} />
    <ul class="tn-things tn-drafts">
      {drafts.map((draft) => (
        <Item draft={draft} />
      ))}
    </ul>
    <fieldset class="tn-bulk">
      <legend class="kern-label">Mit den angekreuzten Entwürfen</legend>
      <div class="tn-draft__end">
        {writes && (
          <>
            <Act value="submit" label="zur Prüfung abgeben" />
            <Act value="take-back" label="zurückholen" />
          </>
        )}
        <Act value="publish" label="veröffentlichen" />
        {writes && <Act value="discard" label="verwerfen" />}
      </div>
    </fieldset>
  </form>
)

const Act = ({ value, label }: { value: string; label: string }) => (
  <button class="kern-btn kern-btn--secondary" type="submit" name="do" value={value}>
    <span class="kern-label">{label}</span>
  </button>
)

const Item = ({ draft }: { draft: ListedDraft }) => {
  const title = draft.title.trim() || 'Ohne Titel'
  return (
    <li>
      <div class="kern-form-check">
        <input
          class="kern-form-check__checkbox"
          type="checkbox"
          id={`wahl-${draft.id}`}
          name="draft"
          value={draft.id}
          aria-label={`Auswählen: ${title}`}
        />
      </div>
      <div>
        <p class="tn-things__name">
          <a href={pathTo(draft)}>
            <bdi>{title}</bdi>
          </a>
          <span class={`tn-badge tn-badge--${looks[draft.state]}`}>{stateLabel(draft.state)}</span>
        </p>
        <p>
          {kinds.find(({ id }) => id === draft.kind)?.label}
          {draft.base_ver > 0 && `, neue Fassung (bisher ${draft.base_ver})`}, von{' '}
          <bdi>{draft.author_name}</bdi>
          {draft.reviewer_name && (
            <>
              , Prüfung: <bdi>{draft.reviewer_name}</bdi>
            </>
          )}
        </p>
        <p class="tn-muted">
          {draft.publish_at
            ? `Erscheint ${minuteOf(draft.publish_at.getTime() / 1000)}`
            : `Zuletzt geändert ${minuteOf(draft.changed_at.getTime() / 1000)}`}
          {draft.comments > 0 &&
            `, ${countOf(draft.comments, 'offene Anmerkung', 'offene Anmerkungen')}`}
          {draft.rivals > 0 && `, ${countOf(draft.rivals, 'Feld', 'Felder')} mit zwei Versionen`}
        </p>
      </div>
    </li>
  )
}

const looks = {
  draft: 'info',
  'in-review': 'info',
  'changes-asked': 'warning',
  approved: 'success',
  scheduled: 'success',
  published: 'success',
} as const

/** Where one goes on with it. */
export const pathTo = ({ id, rid, state }: Pick<ListedDraft, 'id' | 'rid' | 'state'>) => {
  if (state === 'published') return `/entwuerfe/beitraege/${rid}`
  return state === 'draft' || state === 'changes-asked'
    ? `/entwuerfe/${id}`
    : `/entwuerfe/${id}/pruefen`
}
