import { type LandId, landIds, nameOfLand } from '../places/lands.ts'
import { LandMap } from '../places/map.tsx'
import { LandSelect } from '../publications/filter-selects.tsx'
import { experimentSpace as kind } from '../publications/kinds/experiment-space.ts'
import { More } from '../publications/teaser.tsx'
import { ownData } from '../publications/vocabularies/own-data.ts'
import { prices } from '../publications/vocabularies/prices.ts'
import { spaceTypes } from '../publications/vocabularies/space-types.ts'
import { labelOf } from '../publications/vocabulary.ts'
import { addressOf } from '../web/address.ts'
import { Select } from '../web/fields.tsx'
import { FilterPanel } from '../web/filter-panel.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { calendarDateOf, countOf } from '../web/texts.ts'
import { pageOf, type SpaceQuery } from './query.ts'
import { landsOf, openingOf, type Space } from './spaces.ts'
import { Span } from './span.tsx'

interface SpacesViewProps {
  site: Site
  query: SpaceQuery
  spaces: Space[]
  /** `2026-03-03` */
  today: string
}

/** Where AI can be tried out: on the map, and one by one. */
export const SpacesView = (props: SpacesViewProps) => {
  const { site, query, spaces } = props
  const { shown, next } = pageOf(spaces, query.after)
  return (
    <Page site={site} title="Experimentierräume" json="/api/records?kind=experiment-space">
      <header class="tn-intro">
        <p class="tn-kicker">
          <a href="/angebote">Angebote</a>
        </p>
        <h1>Experimentierräume</h1>
        <p class="tn-lead">{kind.intro}</p>
      </header>
      <div class="tn-columns">
        <section aria-labelledby="raeume">
          <h2 id="raeume">{countOf(spaces.length, 'Experimentierraum', 'Experimentierräume')}</h2>
          {spaces.length === 0 && (
            <p class="tn-empty">
              Zu dieser Auswahl gibt es noch keinen.{' '}
              <a href="/experimentierraeume">Alle anzeigen</a>
            </p>
          )}
          {shown.length < spaces.length && (
            <Span
              after={query.after}
              shown={shown.length}
              path={addressOf('/experimentierraeume', { ...query, after: undefined })}
            />
          )}
          <ol class="tn-offers" start={query.after + 1}>
            {shown.map((space) => (
              <li>
                <SpaceItem space={space} today={props.today} />
              </li>
            ))}
          </ol>
          {next !== null && (
            <More href={addressOf('/experimentierraeume', { ...query, after: String(next) })} />
          )}
        </section>
        <aside class="tn-side tn-stack-narrow">
          <FilterForm query={props.query} />
          <Lands {...props} />
        </aside>
      </div>
    </Page>
  )
}

/** Where they stand or go. What everybody can use from anywhere says nothing on a map. */
const Lands = ({ spaces }: SpacesViewProps) => {
  const local = spaces.filter((space) => landsOf(space).length < landIds.length)
  const lands = landIds.filter((land) => local.some((space) => landsOf(space).includes(land)))
  if (lands.length === 0) return null
  return (
    <section class="tn-panel" aria-labelledby="karte">
      <h2 id="karte">Vor Ort</h2>
      <LandMap lands={lands} />
      <ul class="tn-land-counts">
        {lands.map((land) => (
          <li>
            <a href={`/experimentierraeume?region=${land}`}>{nameOfLand(land)}</a>
            <span class="tn-muted">{countIn(local, land)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

const countIn = (spaces: Space[], land: LandId) =>
  spaces.filter((space) => landsOf(space).includes(land)).length

type SpaceItemProps = { space: Space; today: string }

const SpaceItem = ({ space, today }: SpaceItemProps) => (
  <article class="tn-offer">
    <h3>
      <a href={`/experimentierraeume/${space.slug}/${space.rid}`}>
        <bdi>{space.teaser.title}</bdi>
      </a>
    </h3>
    <p class="tn-teaser__from">
      <span class="tn-kind">{labelOf(spaceTypes, space.type)}</span>
      <span>
        <Where space={space} />
      </span>
      {space.price && <span>{labelOf(prices, space.price)}</span>}
    </p>
    <p class="tn-teaser__summary">{space.teaser.summary}</p>
    <p class="tn-about">
      <Opened space={space} today={today} />
      <span>{labelOf(ownData, space.ownData)}</span>
    </p>
    {space.booking && openingOf(space, today) !== 'over' && (
      <p class="tn-actions">
        <a
          class="kern-btn kern-btn--primary"
          href={space.booking}
          rel="noopener nofollow"
          aria-label={`Termin vereinbaren: ${space.teaser.title}`}
        >
          <span class="kern-label">Termin vereinbaren</span>
        </a>
      </p>
    )}
  </article>
)

const Where = ({ space }: { space: Space }) => {
  if (space.place) return <bdi>{space.place.address}</bdi>
  const lands = landsOf(space)
  return <>{lands.length === landIds.length ? 'überall' : lands.map(nameOfLand).join(', ')}</>
}

const Opened = ({ space, today }: SpaceItemProps) => {
  const { open } = space
  switch (openingOf(space, today)) {
    case 'later':
      return <span class="tn-badge">Öffnet am {calendarDateOf(open?.from ?? '')}</span>
    case 'over':
      return (
        <span class="tn-badge tn-badge--warning">
          Geschlossen seit {calendarDateOf(open?.to ?? '')}
        </span>
      )
    default:
      return <span class="tn-badge tn-badge--success">Jetzt geöffnet</span>
  }
}

const FilterForm = ({ query }: { query: SpaceQuery }) => (
  <FilterPanel title="Liste eingrenzen" action="/experimentierraeume">
    <LandSelect chosen={query.region} />
    <Select
      name="daten"
      label="Eigene Daten"
      all="Alle"
      options={ownData.terms.map(({ id, de }) => ({ value: id, label: de }))}
      chosen={query.daten}
    />
    <Select
      name="offen"
      label="Öffnung"
      all="Alle"
      options={[{ value: '1', label: 'Jetzt geöffnet' }]}
      chosen={query.offen}
    />
  </FilterPanel>
)
