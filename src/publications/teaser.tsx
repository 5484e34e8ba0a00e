import type { Child } from 'hono/jsx'
import type { FeedName } from '../federation/statement.ts'
import { Icon } from '../web/icons.tsx'
import { dateOf, isoDateOf } from '../web/texts.ts'
import { filled, Labelled } from './inline-view.tsx'
import { kindOf } from './kinds.ts'
import { regions } from './vocabularies/regions.ts'
import { topics } from './vocabularies/topics.ts'
import { visibility } from './vocabularies/visibility.ts'
import { labelOf } from './vocabulary.ts'

/** A record as lists show it. */
export interface RecordItem {
  kind: string
  iss: string
  slug: string
  rid: string
  /** Name of the centre. */
  centre: string
  title: string
  summary: string
  /** Ids of the vocabulary. */
  topics: string[]
  /** ISO 3166-2 codes. */
  regions: string[]
  /** Seconds since 1970. */
  published: number
  ver: number
  /** Whether it is for the centres alone. */
  feed: FeedName
  /** What the kind wants shown in lists: values of the fields named in `kind.teaser`. */
  teaser?: object
}

/** The page of a record. */
export const pathOf = ({ kind, slug, rid }: Pick<RecordItem, 'kind' | 'slug' | 'rid'>) =>
  `/${kindOf(kind).path}/${slug}/${rid}`

type TeaserListProps = { records: RecordItem[]; level: 2 | 3; showKind?: boolean }

export const TeaserList = ({ records, level, showKind = false }: TeaserListProps) => (
  <ol class="tn-teasers">
    {records.map((record) => (
      <li>
        <Teaser record={record} level={level} showKind={showKind} />
      </li>
    ))}
  </ol>
)

type TeaserProps = {
  record: RecordItem
  level: 2 | 3
  showKind: boolean
  /** Stands in place of the summary. */
  children?: Child
}

/** One record in a list: what kind, from whom, when; title, summary, topics. */
export const Teaser = ({ record, level, showKind, children }: TeaserProps) => {
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <article class="tn-teaser">
      <Heading class="tn-teaser__title">
        <a href={pathOf(record)}>
          <bdi>{record.title}</bdi>
        </a>
      </Heading>
      <p class="tn-teaser__from">
        {showKind && <span class="tn-kind">{kindOf(record.kind).label}</span>}
        <span>
          <bdi>{record.centre}</bdi>
        </span>
        <time datetime={isoDateOf(record.published)}>{dateOf(record.published)}</time>
        {record.feed === 'members' && <span>{labelOf(visibility, 'members')}</span>}
      </p>
      <p class="tn-teaser__summary">{children ?? record.summary}</p>
      <Highlights record={record} />
      <Tags record={record} />
    </article>
  )
}

const Highlights = ({ record }: { record: RecordItem }) => {
  const { own, teaser } = kindOf(record.kind)
  const shown = filled(own, record.teaser ?? {}).filter(({ name }) => teaser.includes(name))
  if (shown.length === 0) return null
  return (
    <p class="tn-about">
      {shown.map(({ field, value }) => (
        <Labelled field={field} value={value} />
      ))}
    </p>
  )
}

const Tags = ({ record }: { record: RecordItem }) => {
  const tags = [...record.topics.map((id) => labelOf(topics, id)), ...landsOf(record)]
  if (tags.length === 0) return null
  return (
    <ul class="tn-tags" aria-label="Themen und Länder">
      {tags.map((tag) => (
        <li>{tag}</li>
      ))}
    </ul>
  )
}

/** All sixteen Länder are one word. */
const landsOf = ({ regions: ids }: RecordItem) =>
  ids.length === regions.terms.length ? ['bundesweit'] : ids.map((id) => labelOf(regions, id))

/** The way to the next page of a list. */
export const More = ({ href }: { href: string }) => (
  <p class="tn-actions">
    <a class="kern-btn kern-btn--secondary" href={href}>
      <span class="kern-label">Weitere anzeigen</span>
      <Icon name="arrow-forward" />
    </a>
  </p>
)
