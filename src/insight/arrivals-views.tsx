import type { Copy } from '../exchange/node-answer.ts'
import { audienceOf, isWell, standingWords } from '../exchange/node-words.tsx'
import {
  CentreSelect,
  KindSelect,
  LandSelect,
  TopicSelect,
} from '../publications/filter-selects.tsx'
import { findKind } from '../publications/kinds.ts'
import { pathOf } from '../publications/teaser.tsx'
import { assets } from '../web/assets.ts'
import { DataTable } from '../web/data-table.tsx'
import { FilterPanel } from '../web/filter-panel.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { minuteOf, momentOf, numberOf } from '../web/texts.ts'
import type { Arrival, ArrivalFilter } from './arrivals-store.ts'

type ArrivalsViewProps = {
  site: Site
  arrivals: Arrival[]
  copies: Copy[]
  filter: ArrivalFilter
  centres: { slug: string; name: string }[]
}

export const ArrivalsView = ({ site, arrivals, copies, filter, centres }: ArrivalsViewProps) => (
  <Page site={site} title="Eingang" hidden scripts={[assets.live]}>
    <header class="tn-intro">
      <h1>Eingang</h1>
      <p class="tn-lead">Was alle Zentren veröffentlichen, sobald es hier ankommt.</p>
      <Health copies={copies} />
    </header>
    <div class="tn-columns">
      <aside class="tn-side" aria-labelledby="eingrenzen">
        <FilterForm filter={filter} centres={centres} />
      </aside>
      <div class="tn-figures">
        <section aria-labelledby="neuestes">
          <h2 id="neuestes">Neuestes zuerst</h2>
          <div data-live="always">
            <ArrivalList arrivals={arrivals} />
          </div>
        </section>
        <section aria-labelledby="folgen">
          <h2 id="folgen">Wie aktuell die Zentren hier sind</h2>
          <Copies copies={copies} />
          <p>
            Genaueres, auch zu Löschungen, zeigt der <a href="/knoten">Stand des Knotens</a>.
          </p>
        </section>
      </div>
    </div>
  </Page>
)

/** In short, as its table stands below all that arrived. */
const Health = ({ copies }: { copies: Copy[] }) => {
  if (copies.length === 0) return null
  const ill = copies.filter((copy) => !isWell(copy)).length
  return (
    <p class="tn-health">
      <span class={ill === 0 ? 'tn-badge tn-badge--success' : 'tn-badge tn-badge--warning'}>
        {ill === 0 ? 'Alle Beitragsfolgen aktuell' : `${ill} von ${copies.length} nicht aktuell`}
      </span>{' '}
      <a href="#folgen">Wie aktuell die Zentren hier sind</a>
    </p>
  )
}

const FilterForm = ({ filter, centres }: Pick<ArrivalsViewProps, 'filter' | 'centres'>) => (
  <FilterPanel title="Eingrenzen" action="/eingang">
    <KindSelect chosen={filter.kind} />
    <CentreSelect centres={centres} chosen={filter.centre} />
    <LandSelect name="land" chosen={filter.land} />
    <TopicSelect chosen={filter.topic} />
  </FilterPanel>
)

export const ArrivalList = ({ arrivals }: { arrivals: Arrival[] }) =>
  arrivals.length > 0 ? (
    <ol class="tn-things">
      {arrivals.map((arrival) => (
        <ArrivalItem arrival={arrival} />
      ))}
    </ol>
  ) : (
    <p class="tn-empty">Hier ist noch nichts angekommen.</p>
  )

const ArrivalItem = ({ arrival }: { arrival: Arrival }) => (
  <li>
    <div>
      <p class="tn-things__name">
        <bdi>{arrival.centre}</bdi> {wordsFor(arrival)}
        {arrival.feed === 'members' && <span class="tn-badge">nur für Zentren</span>}
      </p>
      <p>
        <About arrival={arrival} />
      </p>
      <p class="tn-muted">
        <time datetime={arrival.received_at.toISOString()}>
          {momentOf(arrival.received_at.getTime() / 1000)}
        </time>
      </p>
    </div>
  </li>
)

const About = ({ arrival: { kind, title, of: slug, rid } }: { arrival: Arrival }) => {
  const known = kind === null ? undefined : findKind(kind)
  if (!known || kind === null) return <>Ein Beitrag einer Art, die dieser Knoten noch nicht kennt</>
  if (title === null) return <>{known.label}, nicht mehr zu lesen</>
  return (
    <>
      {known.label}:{' '}
      <a href={pathOf({ kind, slug, rid })}>
        <bdi>{title}</bdi>
      </a>
    </>
  )
}

const wordsFor = ({ op, ver, role }: Arrival) => {
  if (op === 'publish')
    return ver === 1 ? 'hat veröffentlicht' : `hat Fassung ${ver} veröffentlicht`
  return (role === 'shelf' ? shelfWords[op] : words[op]) ?? 'hat etwas erklärt'
}

const words: Record<string, string> = {
  withdraw: 'hat zurückgezogen',
  erase: 'hat gelöscht',
  endorse: 'hat mitgezeichnet',
  decline: 'zeichnet nicht mit',
  retract: 'hat seine Erklärung zurückgenommen',
}

const shelfWords: Record<string, string> = {
  endorse: 'hat ins bundesweite Regal gestellt',
  decline: 'stellt nicht ins bundesweite Regal',
  retract: 'hat die Entscheidung zum bundesweiten Regal zurückgenommen',
}

const Copies = ({ copies }: { copies: Copy[] }) =>
  copies.length > 0 ? (
    <DataTable
      caption="Stand der Beitragsfolgen"
      columns={['Zentrum', 'Folge', 'Stand', 'Einträge', 'Es fehlen', 'Zuletzt geholt']}
      rows={copies.map(({ name, feed, epoch, state, size, stated, lastSuccess }) => [
        <bdi>{name}</bdi>,
        audienceOf({ feed, epoch }),
        <span
          class={isWell({ state }) ? 'tn-badge tn-badge--success' : 'tn-badge tn-badge--warning'}
        >
          {standingWords({ state })}
        </span>,
        numberOf(size),
        numberOf(Math.max(0, (stated ?? size) - size)),
        lastSuccess === undefined ? 'noch nie' : minuteOf(lastSuccess),
      ])}
    />
  ) : (
    <p>Dieser Knoten hält noch keine Kopien.</p>
  )
