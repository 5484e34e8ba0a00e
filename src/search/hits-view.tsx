import { More, type RecordItem, Teaser } from '../publications/teaser.tsx'
import { numberOf } from '../web/texts.ts'
import { mostRows } from './list.ts'
import type { Passage, Piece } from './passages.ts'
import { type SearchQuery, searchPath } from './query.ts'

export type Hit = RecordItem & { passages: Passage[]; why: string[] }

interface HitsProps {
  query: SearchQuery
  hits: Hit[]
  total: number
  /** Where the next page begins (`after`); null on the last one. */
  next: string | null
  mayKeep: boolean
}

/** The list of hits, its order, and the forms in which it can be had. */
export const Hits = ({ query, hits, total, next, mayKeep }: HitsProps) => (
  <>
    <Order query={query} />
    {hits.length > 0 ? <Listed hits={hits} after={query.after} /> : <Beyond query={query} />}
    {next && <More href={searchPath({ ...query, after: Number(next) })} />}
    {!next && hits.length > 0 && query.after + hits.length < total && (
      <p class="tn-told">
        Hier endet die Liste: Von sehr vielen Treffern stehen nur die{' '}
        {query.sort === 'newest' || query.q.trim() === '' ? 'neuesten' : 'besten'} darin. Mehr
        Wörter oder ein Filter führen zu den übrigen.
      </p>
    )}
    <Forms {...{ query, total, mayKeep }} />
  </>
)

const Listed = ({ hits, after }: { hits: Hit[]; after: number }) => (
  <ol class="tn-teasers" start={after + 1}>
    {hits.map((hit) => (
      <li>
        <HitView hit={hit} />
      </li>
    ))}
  </ol>
)

/** Behind the last hit. */
const Beyond = ({ query }: { query: SearchQuery }) => (
  <p class="tn-empty">
    So weit reicht die Liste nicht.{' '}
    <a href={searchPath({ ...query, after: 0 })}>Zum ersten Treffer</a>
  </p>
)

/** A hit: its teaser, with passages in place of the summary where there are some, and why it is one. */
export const HitView = ({ hit, because = 'Gefunden' }: { hit: Hit; because?: string }) => (
  <Teaser record={hit} level={3} showKind>
    {hit.passages.length > 0 ? <Passages passages={hit.passages} /> : hit.summary}
    {hit.why.length > 0 && (
      <span class="tn-why">
        <span class="tn-muted">{because}:</span> {hit.why.join(' · ')}
      </span>
    )}
  </Teaser>
)

const Passages = ({ passages }: { passages: Passage[] }) => (
  <>
    {passages.map(({ in: part, pieces }) => (
      <span class="tn-passage">
        <span class="tn-muted">{part}:</span> <Pieces pieces={pieces} />
      </span>
    ))}
  </>
)

const Pieces = ({ pieces }: { pieces: Piece[] }) => (
  <>{pieces.map(({ text, hit }) => (hit ? <mark>{text}</mark> : text))}</>
)

const orders = [
  ['relevance', 'Beste zuerst'],
  ['newest', 'Neueste zuerst'],
] as const

const Order = ({ query }: { query: SearchQuery }) =>
  query.q.trim() === '' ? null : (
    <nav class="tn-order" aria-label="Reihenfolge der Treffer">
      <ul>
        {orders.map(([sort, label]) => (
          <li>
            <a
              href={searchPath({ ...query, sort, after: 0 })}
              aria-current={query.sort === sort ? 'true' : undefined}
            >
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )

const Forms = ({ query, total, mayKeep }: Pick<HitsProps, 'query' | 'total' | 'mayKeep'>) => {
  const all = { ...query, after: 0 }
  return (
    <p class="tn-forms">
      Diese Trefferliste: <a href={searchPath(all)}>fester Link</a> ·{' '}
      <a href={searchPath(all, '/suche.atom')}>abonnieren (Atom)</a> ·{' '}
      <a href={searchPath(all, '/suche.csv')}>
        Tabelle (CSV{total > mostRows && `, höchstens ${numberOf(mostRows)} Treffer`})
      </a>{' '}
      · <a href={searchPath(all, '/suche.json')}>JSON</a>
      {mayKeep && (
        <>
          {' '}
          · <a href={searchPath(all, '/suche/gespeichert/neu')}>Suche speichern</a>
        </>
      )}
    </p>
  )
}
