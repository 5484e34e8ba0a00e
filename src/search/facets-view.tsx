import { Icon } from '../web/icons.tsx'
import { numberOf } from '../web/texts.ts'
import type { FacetCounts } from './answer.ts'
import { type FacetName, facetLabel, facetNames, facets as known } from './facets.ts'
import { filtersIn, type SearchQuery, searchPath } from './query.ts'

interface Props {
  query: SearchQuery
  facets: FacetCounts
  /** Names by slug. */
  centres: Map<string, string>
}

/** What the results are narrowed to; each way leads back out. */
export const Chosen = ({ query, centres }: Omit<Props, 'facets'>) => {
  const filters = filtersIn(query)
  if (filters.length === 0) return null
  return (
    <div class="tn-chosen">
      <p id="gewaehlt">Eingegrenzt auf:</p>
      <ul class="tn-chips" aria-labelledby="gewaehlt">
        {filters.map(({ name, value }) => (
          <li>
            <a href={searchPath({ ...query, [name]: undefined, after: 0 })}>
              {facetLabel(name, value, centres)}
              <Icon name="close" />
              <span class="kern-sr-only"> aufheben</span>
            </a>
          </li>
        ))}
      </ul>
      {filters.length > 1 && <a href={searchPath({ q: query.q })}>Alle aufheben</a>}
    </div>
  )
}

/** What the results can be narrowed to, with how many there then are. */
export const Facets = (props: Props) => {
  const useful = facetNames.filter((name) => choicesOf(props, name).length > 0)
  if (useful.length === 0) return null
  return (
    <aside class="tn-side" aria-labelledby="eingrenzen">
      <div class="tn-panel tn-facets">
        <h2 id="eingrenzen">Treffer eingrenzen</h2>
        {useful.map((name) => (
          <Facet {...props} name={name} />
        ))}
      </div>
    </aside>
  )
}

/** A facet with one value for every hit narrows nothing. */
const choicesOf = ({ facets, query }: Props, name: FacetName) => {
  const counts = facets[name] ?? []
  return counts.length > 1 || query[name] !== undefined ? counts : []
}

/** So many values are open to see. */
const mostSeen = 6

const Facet = (props: Props & { name: FacetName }) => {
  const { name, query } = props
  const counts = choicesOf(props, name)
  const isOpen = query[name] !== undefined || name === 'topic' || name === 'sector'
  return (
    <details class="tn-details tn-facet" open={isOpen}>
      <summary>{known[name].label}</summary>
      <ul>
        {counts.slice(0, mostSeen).map((count) => (
          <Choice {...props} {...count} />
        ))}
      </ul>
      {counts.length > mostSeen && (
        <details class="tn-details">
          <summary>Weitere ({counts.length - mostSeen})</summary>
          <ul>
            {counts.slice(mostSeen).map((count) => (
              <Choice {...props} {...count} />
            ))}
          </ul>
        </details>
      )}
    </details>
  )
}

type ChoiceProps = Props & { name: FacetName; value: string; label: string; count: number }

const Choice = ({ query, name, value, label, count }: ChoiceProps) => {
  const isChosen = query[name] === value
  const target = { ...query, [name]: isChosen ? undefined : value, after: 0 }
  return (
    <li>
      <a href={searchPath(target)} aria-current={isChosen ? 'true' : undefined}>
        <span>{label}</span> <span class="tn-count">{numberOf(count)}</span>
      </a>
    </li>
  )
}
