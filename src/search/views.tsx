import { topics } from '../publications/vocabularies/topics.ts'
import { assets } from '../web/assets.ts'
import { SearchForm } from '../web/fields.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { countOf, numberOf } from '../web/texts.ts'
import type { FacetCounts } from './answer.ts'
import { type FacetName, facetLabel } from './facets.ts'
import { Chosen, Facets } from './facets-view.tsx'
import { type Hit, Hits } from './hits-view.tsx'
import { filtersIn, type SearchQuery, searchPath } from './query.ts'
import type { Unpublished } from './unpublished.ts'

export interface SearchViewProps {
  site: Site
  query: SearchQuery
  hits: Hit[]
  total: number
  /** Whether there are more than were counted. */
  capped: boolean
  facets: FacetCounts
  /** Names by slug. */
  centres: Map<string, string>
  correctedTo?: string
  didYouMean?: string
  /** Words that stand in no record. */
  unknown: string[]
  /** Where these are most of what was asked for: the rest of it. */
  withoutUnknown?: string
  /** Where nothing was found: hits without one of the filters, the most first. */
  fewer: { name: FacetName; value: string; total: number; capped: boolean }[]
  /** Where the next page begins (`after`); null on the last one. */
  next: string | null
  /** What the asker's own centre has not published yet. */
  own: Unpublished[]
  /** Whether who asks may keep the search, to be told what is new in it. */
  mayKeep: boolean
}

/** What a search is for, in a few words: `Pflege, Berlin`. */
export const titleOf = (query: SearchQuery, centres: Map<string, string>) => {
  const narrowed = filtersIn(query).map(({ name, value }) => facetLabel(name, value, centres))
  const parts = [query.q && inQuotes(query.q), ...narrowed].filter(Boolean)
  return parts.length > 0 ? `Suche nach ${parts.join(', ')}` : 'Suche'
}

/** What holds quotes already gets no others around it. */
const hasQuotes = (q: string) => /["„“”«»]/.test(q)
const inQuotes = (q: string) => (hasQuotes(q) ? q : `„${q}“`)

const Quoted = ({ q }: { q: string }) =>
  hasQuotes(q) ? (
    <bdi>{q}</bdi>
  ) : (
    <>
      „<bdi>{q}</bdi>“
    </>
  )

const isBegun = (query: SearchQuery) => query.q.trim() !== '' || filtersIn(query).length > 0

/** The search: its form, what was found, and advice when nothing was. */
export const SearchView = (props: SearchViewProps) => {
  const { site, query, centres, mayKeep } = props
  return (
    <Page
      site={site}
      title={titleOf(query, centres)}
      hidden={isBegun(query)}
      json={searchPath(query, '/api/search')}
      feed={searchPath({ ...query, after: 0 }, '/suche.atom')}
      scripts={[assets.search]}
    >
      <header class="tn-intro">
        <h1>Suche</h1>
        <SearchForm q={query.q} label="Wonach suchen Sie?" keep={filtersIn(query)} />
        <p class="tn-search-ways">
          Sitzt ein Betrieb vor Ihnen?{' '}
          <a href="/suche/betrieb">Vergleichbare Fälle nach Branche, Größe und Land finden</a>
        </p>
        {mayKeep && (
          <p>
            Was behalten Sie im Blick? <a href="/suche/gespeichert">Ihre gespeicherten Suchen</a>
          </p>
        )}
      </header>
      <p class="kern-sr-only" role="status" id="ansage" />
      <div id="ergebnis">
        <Results {...props} />
      </div>
    </Page>
  )
}

/** All that changes while one types. */
const Results = (props: SearchViewProps) => {
  const { query, total } = props
  if (!isBegun(query)) return <Beginning />
  return (
    <div class="tn-columns tn-columns--turned">
      <section aria-labelledby="treffer">
        <h2 id="treffer" tabindex={-1}>
          {headingOf(props)}
        </h2>
        <Chosen {...props} />
        <Corrections {...props} />
        {props.own.length > 0 && <Own own={props.own} />}
        {total === 0 ? <Nothing {...props} /> : <Hits {...props} />}
      </section>
      <Facets {...props} />
    </div>
  )
}

const headingOf = ({ query, total, capped, correctedTo }: SearchViewProps) => {
  const q = correctedTo ?? query.q
  const forWhat = q ? (
    <>
      {' '}
      für <Quoted q={q} />
    </>
  ) : null
  if (total === 0) return <>Kein Treffer{forWhat}</>
  return (
    <>
      {capped && 'Mehr als '}
      {countOf(total, 'Treffer', 'Treffer')}
      {forWhat}
    </>
  )
}

const Corrections = ({ query, correctedTo, didYouMean, unknown, capped }: SearchViewProps) => (
  <>
    {correctedTo && (
      <p class="tn-told">
        „<bdi>{query.q}</bdi>“ kommt so nicht vor; gesucht wurde nach „<bdi>{correctedTo}</bdi>“.{' '}
        <a href={searchPath({ ...query, q: quotedOf(query.q), after: 0 })}>
          Genau nach „<bdi>{query.q}</bdi>“ suchen
        </a>
      </p>
    )}
    {didYouMean && (
      <p class="tn-told">
        Meinten Sie{' '}
        <a href={searchPath({ ...query, q: didYouMean, after: 0 })}>
          <bdi>{didYouMean}</bdi>
        </a>
        ?
      </p>
    )}
    {unknown.length > 0 && !correctedTo && (
      <p class="tn-told">
        In keinem Beitrag kommt vor: <bdi>{unknown.join(', ')}</bdi>.
      </p>
    )}
    {capped && (
      <p class="tn-told">
        Es gibt sehr viele Treffer: Gezählt wurden {numberOf(10_000)}, die Zahlen neben den Filtern
        beziehen sich auf diese. Mehr Wörter oder ein Filter führen schneller zum Ziel.
      </p>
    )}
  </>
)

/** In quotes a word is taken as it is. */
const quotedOf = (q: string) =>
  q
    .replaceAll('"', '')
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => `"${word}"`)
    .join(' ')

/** What only the own centre sees. */
const Own = ({ own }: Pick<SearchViewProps, 'own'>) => (
  <section class="tn-told" aria-labelledby="unveroeffentlicht">
    <h3 id="unveroeffentlicht">Noch unveröffentlicht, nur für Ihr Zentrum</h3>
    <ul class="tn-list">
      {own.map(({ title, state, path }) => (
        <li>
          <a href={path}>
            <bdi>{title}</bdi>
          </a>{' '}
          <span class="tn-muted">{state}</span>
        </li>
      ))}
    </ul>
  </section>
)

const Beginning = () => (
  <section class="tn-suggestions" aria-labelledby="vorschlaege">
    <h2 id="vorschlaege">Oder beginnen Sie mit einem Thema</h2>
    <ul class="tn-chips">
      {topics.terms.map(({ id, de }) => (
        <li>
          <a href={searchPath({ topic: id })}>{de}</a>
        </li>
      ))}
    </ul>
  </section>
)

const Nothing = ({ query, centres, withoutUnknown, fewer, mayKeep }: SearchViewProps) => (
  <div class="tn-empty">
    <p>So geht es weiter:</p>
    <ul class="tn-list">
      {withoutUnknown && (
        <li>
          <a href={searchPath({ ...query, q: withoutUnknown, after: 0 })}>
            Nur nach „<bdi>{withoutUnknown}</bdi>“ suchen
          </a>
        </li>
      )}
      {fewer.map(({ name, value, total, capped }) => (
        <li>
          <a href={searchPath({ ...query, [name]: undefined, after: 0 })}>
            Ohne „{facetLabel(name, value, centres)}“ suchen
          </a>
          : {capped && 'mehr als '}
          {countOf(total, 'Treffer', 'Treffer')}
        </li>
      ))}
      {fewer.length === 0 && filtersIn(query).length > 1 && query.q && (
        <li>
          <a href={searchPath({ q: query.q })}>Ohne Eingrenzung suchen</a>
        </li>
      )}
      {query.q && (
        <>
          <li>Prüfen Sie die Schreibweise.</li>
          <li>
            Suchen Sie mit weniger oder allgemeineren Wörtern, etwa „Pflege“ statt
            „Pflegedokumentation“.
          </li>
        </>
      )}
      {mayKeep && (
        <li>
          <a href={searchPath({ ...query, after: 0 }, '/suche/gespeichert/neu')}>
            Speichern Sie die Suche
          </a>
          : Sie erfahren, sobald es dazu etwas gibt.
        </li>
      )}
      <li>
        Blättern Sie in den <a href="/fallbeispiele">Fallbeispielen</a> oder den{' '}
        <a href="/runde-tische">Ergebnissen Runder Tische</a>.
      </li>
      <li>
        {mayKeep
          ? 'Stellen Sie den anderen Zentren eine '
          : 'Lesen Sie, was Zentren einander fragen: '}
        <a href="/fachfragen">{mayKeep ? 'Fachfrage' : 'Fachfragen'}</a>. Wer Auskunft gibt, steht
        unter jedem Beitrag.
      </li>
    </ul>
  </div>
)
