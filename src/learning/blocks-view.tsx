import { CentreSelect, LandSelect, TopicSelect } from '../publications/filter-selects.tsx'
import { buildingBlock as kind } from '../publications/kinds/building-block.ts'
import { More } from '../publications/teaser.tsx'
import { formats } from '../publications/vocabularies/formats.ts'
import { topics } from '../publications/vocabularies/topics.ts'
import { labelOf } from '../publications/vocabulary.ts'
import { addressOf } from '../web/address.ts'
import { Select } from '../web/fields.tsx'
import { FilterPanel } from '../web/filter-panel.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { countOf, durationOf } from '../web/texts.ts'
import { type BuildingBlock, lengths } from './building-blocks.ts'
import { type BlockQuery, pageOf } from './query.ts'
import { Span } from './span.tsx'

interface BlocksViewProps {
  site: Site
  query: BlockQuery
  blocks: BuildingBlock[]
  centres: { slug: string; name: string }[]
  /** Slug of the centre that the reader works for. */
  own: string | undefined
}

/** What can be learnt, the most used first. */
export const BlocksView = (props: BlocksViewProps) => {
  const { query, blocks } = props
  const { shown, next } = pageOf(blocks, query.after)
  return (
    <Page
      site={props.site}
      title="Qualifizierungsbausteine"
      json="/api/records?kind=building-block"
    >
      <header class="tn-intro">
        <p class="tn-kicker">
          <a href="/angebote">Angebote</a>
        </p>
        <h1>Qualifizierungsbausteine</h1>
        <p class="tn-lead">{kind.intro}</p>
      </header>
      <div class="tn-columns">
        <aside class="tn-side">
          <FilterForm {...props} />
        </aside>
        <section aria-labelledby="katalog">
          <h2 id="katalog">{countOf(blocks.length, 'Baustein', 'Bausteine')}</h2>
          {blocks.length === 0 && (
            <p class="tn-empty">
              Zu dieser Auswahl gibt es noch keinen Baustein. <a href="/bausteine">Alle anzeigen</a>
            </p>
          )}
          {shown.length < blocks.length && (
            <Span
              after={query.after}
              shown={shown.length}
              path={addressOf('/bausteine', { ...query, after: undefined })}
            />
          )}
          <ol class="tn-offers" start={query.after + 1}>
            {shown.map((block) => (
              <li>
                <Block block={block} own={props.own} />
              </li>
            ))}
          </ol>
          {next !== null && (
            <More href={addressOf('/bausteine', { ...query, after: String(next) })} />
          )}
        </section>
      </div>
    </Page>
  )
}

type BlockProps = { block: BuildingBlock; own: string | undefined }

const Block = ({ block, own }: BlockProps) => (
  <article class="tn-offer">
    <h3>
      <a href={`/bausteine/${block.slug}/${block.rid}`}>
        <bdi>{block.teaser.title}</bdi>
      </a>
    </h3>
    <p class="tn-teaser__from">
      <span class="tn-kind">{labelOf(formats, block.format)}</span>
      <span>{durationOf(block.duration)}</span>
      <span>
        <bdi>{block.centre}</bdi>
      </span>
    </p>
    <p class="tn-teaser__summary">{block.teaser.summary}</p>
    <p>
      <span class="tn-muted">Für:</span> {block.targetGroup}
    </p>
    <Uses block={block} own={own} />
    <ul class="tn-tags" aria-label="Themen">
      {block.teaser.topics.map((id) => (
        <li>{labelOf(topics, id)}</li>
      ))}
    </ul>
  </article>
)

const listed = new Intl.ListFormat('de', { type: 'conjunction' })

/** What others made of it, which says more than its goals. */
const Uses = ({ block: { tried, takenOver, cases }, own }: BlockProps) => {
  const facts = [
    tried > 0 && (tried === 1 ? 'einmal erprobt' : `${tried}-mal erprobt`),
    takenOver.size > 0 && `übernommen von ${listed.format(takenOver.values())}`,
    cases > 0 && `eingesetzt in ${countOf(cases, 'Fallbeispiel', 'Fallbeispielen')}`,
  ].filter((fact) => typeof fact === 'string')
  if (facts.length === 0) return null
  return (
    <p class="tn-about">
      {own !== undefined && takenOver.has(own) && (
        <strong class="tn-badge tn-badge--success">Bei uns übernommen</strong>
      )}
      {facts.map((fact) => (
        <span>{fact}</span>
      ))}
    </p>
  )
}

const FilterForm = ({ query, centres }: BlocksViewProps) => (
  <FilterPanel title="Katalog eingrenzen" action="/bausteine">
    <TopicSelect chosen={query.topic} />
    <Select
      name="format"
      label="Format"
      all="Jedes Format"
      options={formats.terms.map(({ id, de }) => ({ value: id, label: de }))}
      chosen={query.format}
    />
    <Select
      name="dauer"
      label="Dauer"
      all="Jede Dauer"
      options={Object.entries(lengths).map(([id, { label }]) => ({ value: id, label }))}
      chosen={query.dauer}
    />
    <CentreSelect centres={centres} chosen={query.centre} />
    <LandSelect chosen={query.region} />
  </FilterPanel>
)
