import { More, type RecordItem, Teaser } from '../publications/teaser.tsx'
import { topics } from '../publications/vocabularies/topics.ts'
import { SearchForm } from '../web/fields.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { countOf } from '../web/texts.ts'
import type { Piece } from './find.ts'

export type Hit = RecordItem & { passage: Piece[] }

type SearchViewProps = {
  site: Site
  /** What was looked for; empty before the first search. */
  q: string
  hits: Hit[]
  total: number
  /** Where the next page begins (`after`); null on the last one. */
  next: string | null
}

/** The search: its form, what was found, and advice when nothing was. */
export const SearchView = ({ site, q, hits, total, next }: SearchViewProps) => (
  <Page site={site} title={q ? `Suche nach „${q}“` : 'Suche'} hidden={q !== ''}>
    <header class="tn-intro">
      <h1>Suche</h1>
      <SearchForm q={q} label="Wonach suchen Sie?" />
    </header>
    {q === '' && <Beginning />}
    {q !== '' && total === 0 && <Nothing q={q} />}
    {q !== '' && total > 0 && <Hits q={q} hits={hits} total={total} next={next} />}
  </Page>
)

const Hits = ({ q, hits, total, next }: Omit<SearchViewProps, 'site'>) => (
  <section aria-labelledby="treffer">
    <h2 id="treffer">
      {countOf(total, 'Treffer', 'Treffer')} für „<bdi>{q}</bdi>“
    </h2>
    <ol class="tn-teasers">
      {hits.map((hit) => (
        <li>
          <Teaser record={hit} level={3} showKind>
            {hit.passage.length > 0 ? <Passage pieces={hit.passage} /> : hit.summary}
          </Teaser>
        </li>
      ))}
    </ol>
    {next && <More href={searchPath(q, next)} />}
  </section>
)

const Passage = ({ pieces }: { pieces: Piece[] }) => (
  <>{pieces.map(({ text, hit }) => (hit ? <mark>{text}</mark> : text))}</>
)

const searchPath = (q: string, after?: string) =>
  `/suche?${new URLSearchParams({ q, ...(after && { after }) })}`

const Beginning = () => (
  <section class="tn-suggestions" aria-labelledby="vorschlaege">
    <h2 id="vorschlaege">Oder beginnen Sie mit einem Thema</h2>
    <ul class="tn-chips">
      {topics.terms.map(({ de }) => (
        <li>
          <a href={searchPath(de)}>{de}</a>
        </li>
      ))}
    </ul>
  </section>
)

const Nothing = ({ q }: { q: string }) => (
  <section class="tn-empty" aria-labelledby="treffer">
    <h2 id="treffer">
      Kein Treffer für „<bdi>{q}</bdi>“
    </h2>
    <ul class="tn-list">
      <li>Prüfen Sie die Schreibweise.</li>
      <li>
        Suchen Sie mit weniger oder allgemeineren Wörtern, etwa „Pflege“ statt
        „Pflegedokumentation“.
      </li>
      <li>
        Blättern Sie in den <a href="/fallbeispiele">Fallbeispielen</a> oder den{' '}
        <a href="/runde-tische">Ergebnissen Runder Tische</a>.
      </li>
    </ul>
  </section>
)
