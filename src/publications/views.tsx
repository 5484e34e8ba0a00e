import type { Child } from 'hono/jsx'
import type { CentreStatus } from '../federation/statement.ts'
import { SearchForm } from '../web/fields.tsx'
import { FilterPanel } from '../web/filter-panel.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { countOf } from '../web/texts.ts'
import { CentreSelect, LandSelect, TopicSelect } from './filter-selects.tsx'
import type { Kind } from './kind.ts'
import { kindOf } from './kinds.ts'
import { More, type RecordItem, TeaserList } from './teaser.tsx'
import { regions } from './vocabularies/regions.ts'
import { topics } from './vocabularies/topics.ts'
import { labelOf } from './vocabulary.ts'

/** How many records of a kind a centre has published. */
export interface Count {
  slug: string
  /** Name of the centre. */
  centre: string
  status: CentreStatus
  kind: string
  count: number
}

type HomeViewProps = { site: Site; newest: RecordItem[]; counts: Count[] }

/** What is new, and from whom. */
export const HomeView = ({ site, newest, counts }: HomeViewProps) => (
  <Page site={site} title="Neues" json="/api/records">
    <div class="tn-hero">
      <h1>Was Zukunftszentren voneinander lernen</h1>
      <p class="tn-lead">
        Fallbeispiele aus der Beratung und Ergebnisse Runder Tische: damit eine gute Lösung nicht an
        der Landesgrenze endet. Jeder Beitrag ist von dem Zentrum unterschrieben, das ihn
        veröffentlicht, und wurde hier geprüft.
      </p>
      <SearchForm label="Alle Beiträge durchsuchen" />
    </div>
    <div class="tn-columns">
      <section aria-labelledby="neues">
        <h2 id="neues">Neu veröffentlicht</h2>
        {newest.length > 0 ? (
          <TeaserList records={newest} level={3} showKind />
        ) : (
          <p class="tn-empty">
            Noch liegt hier kein Beitrag vor. Sobald ein Zentrum etwas veröffentlicht, erscheint es
            an dieser Stelle.
          </p>
        )}
      </section>
      {counts.length > 0 && <Contributors counts={counts} />}
    </div>
  </Page>
)

/** Who shares how much; every number is a way in. */
const Contributors = ({ counts }: { counts: Count[] }) => {
  const centres = new Map(counts.map((count) => [count.slug, count]))
  return (
    <aside class="tn-side" aria-labelledby="zentren">
      <div class="tn-panel">
        <h2 id="zentren">Wer hier teilt</h2>
        <ul class="tn-contributors">
          {[...centres].map(([slug, { centre, status }]) => (
            <li>
              <bdi>{centre}</bdi>
              {status !== 'active' && <span class="tn-badge">{resting[status]}</span>}
              <ul>
                {counts.map((row) => row.slug === slug && row.count > 0 && <CountItem row={row} />)}
              </ul>
            </li>
          ))}
        </ul>
      </div>
    </aside>
  )
}

const resting = { suspended: 'ruht', ended: 'beendet' }

const CountItem = ({ row: { slug, centre, kind: name, count } }: { row: Count }) => {
  const kind = kindOf(name)
  return (
    <li>
      <a href={listPath(kind, { centre: slug })}>
        {countOf(count, kind.label, kind.plural)}
        <span class="kern-sr-only">
          , <bdi>{centre}</bdi>
        </span>
      </a>
    </li>
  )
}

/** What a list is narrowed to; the names are those of the API. */
export interface Filter {
  topic?: string | undefined
  /** Slug of the centre. */
  centre?: string | undefined
  region?: string | undefined
}

const listPath = (kind: Kind, filter: Filter, after?: string) => {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...filter, after })) {
    if (value) query.set(name, value)
  }
  return query.size > 0 ? `/${kind.path}?${query}` : `/${kind.path}`
}

type RecordListViewProps = {
  site: Site
  kind: Kind
  records: RecordItem[]
  filter: Filter
  centres: { slug: string; name: string }[]
  /** Where the next page begins (`after`); null on the last one. */
  next: string | null
  /** Stands below what the page is about. */
  more?: Child
}

/** All records of one kind, newest first. */
export const RecordListView = (props: RecordListViewProps) => {
  const { site, kind, records, filter, next } = props
  const title = titleOf(props)
  return (
    <Page site={site} title={title} json={`/api/records?kind=${kind.id}`}>
      <header class="tn-intro">
        <h1>
          <bdi>{title}</bdi>
        </h1>
        <p class="tn-lead">{kind.intro}</p>
        {props.more}
      </header>
      <div class="tn-columns">
        <aside class="tn-side" aria-labelledby="eingrenzen">
          <FilterForm {...props} />
        </aside>
        <section aria-label="Beiträge">
          {records.length > 0 ? (
            <TeaserList records={records} level={2} />
          ) : (
            <Nothing kind={kind} filter={filter} />
          )}
          {next && <More href={listPath(kind, filter, next)} />}
        </section>
      </div>
    </Page>
  )
}

/** `Fallbeispiele: KI einführen, Berlin`: what the list is narrowed to, as far as it is known. */
const titleOf = ({ kind, filter, centres }: RecordListViewProps) => {
  const narrowedTo = [
    filter.topic && labelOf(topics, filter.topic),
    centres.find(({ slug }) => slug === filter.centre)?.name,
    filter.region && labelOf(regions, filter.region),
  ].filter(Boolean)
  return narrowedTo.length > 0 ? `${kind.plural}: ${narrowedTo.join(', ')}` : kind.plural
}

const isNarrowed = (filter: Filter) => Object.values(filter).some(Boolean)

const FilterForm = ({ kind, filter, centres }: RecordListViewProps) => (
  <FilterPanel
    title="Liste eingrenzen"
    action={`/${kind.path}`}
    beside={isNarrowed(filter) && <a href={listPath(kind, {})}>Filter aufheben</a>}
  >
    <TopicSelect chosen={filter.topic} />
    <CentreSelect centres={centres} chosen={filter.centre} />
    <LandSelect chosen={filter.region} />
  </FilterPanel>
)

const Nothing = ({ kind, filter }: { kind: Kind; filter: Filter }) =>
  isNarrowed(filter) ? (
    <div class="tn-empty">
      <p>Zu dieser Auswahl gibt es hier noch keinen Beitrag.</p>
      <p>
        Wählen Sie weniger Einschränkungen, <a href={listPath(kind, {})}>zeigen Sie alle an</a> oder
        nutzen Sie die <a href="/suche">Suche</a>, die in allen Texten sucht.
      </p>
    </div>
  ) : (
    <p class="tn-empty">
      Noch liegt hier kein Beitrag dieser Art vor. Sobald ein Zentrum einen veröffentlicht,
      erscheint er an dieser Stelle.
    </p>
  )
