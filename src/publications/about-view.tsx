import type { PropsWithChildren } from 'hono/jsx'
import { calendarDateOf, sizeOf } from '../web/texts.ts'
import type { Download } from './downloads.ts'
import { closing, type Envelope } from './envelope.ts'
import { filled, Labelled, Mailbox, WebLink } from './inline-view.tsx'
import { languages } from './vocabularies/languages.ts'
import { licences } from './vocabularies/licences.ts'
import { mediaTypes } from './vocabularies/media-types.ts'
import { relations } from './vocabularies/relations.ts'
import { labelOf } from './vocabulary.ts'

/** Another record that this one names. */
export interface Related {
  /** Id of the vocabulary of relations. */
  rel: string
  title: string
  path: string
}

type AboutProps = {
  record: Envelope
  related: Related[]
  downloads: Download[]
  slug: string
  rid: string
}

/** What stands below every record: where to read on, whom to ask, how it may be used. */
export const About = ({ record, related, downloads, slug, rid }: AboutProps) => (
  <>
    <RelatedRecords related={related} />
    <Sources sources={record.sources ?? []} />
    <Downloads downloads={downloads} />
    <section aria-labelledby="ansprechstelle">
      <h2 id="ansprechstelle">{closing.contact.label}</h2>
      <p>
        <bdi>{record.contact.role}</bdi>, <Mailbox address={record.contact.mailbox} />
      </p>
    </section>
    <section aria-labelledby="nutzung">
      <h2 id="nutzung">Über diesen Beitrag</h2>
      <dl class="tn-pairs tn-pairs--wide">
        {record.authors?.length && (
          <Pair term={closing.authors.label}>
            <bdi>{record.authors.join(', ')}</bdi>
          </Pair>
        )}
        <Pair term={closing.funding.label}>
          <Funding funding={record.funding} />
        </Pair>
        <Pair term={closing.licence.label}>
          <WebLink url={record.licence} text={labelOf(licences, record.licence)} />
        </Pair>
        {record.language !== 'de' && (
          <Pair term={closing.language.label}>{labelOf(languages, record.language)}</Pair>
        )}
        <Pair term={closing.reviewBy.label}>{calendarDateOf(record.reviewBy)}</Pair>
        <Pair term="Für Maschinen">
          <a href={`/api/records/${slug}/${rid}`}>Beitrag als JSON</a>
        </Pair>
      </dl>
    </section>
  </>
)

const Pair = ({ term, children }: PropsWithChildren<{ term: string }>) => (
  <div>
    <dt>{term}</dt>
    <dd>{children}</dd>
  </div>
)

/** Names stand as they are given, for no grammar would fit them all. */
const Funding = ({ funding }: Pick<Envelope, 'funding'>) => {
  const { look } = closing.funding
  if (look.as !== 'group') return null
  return (
    <>
      {filled(look.fields, funding).map((part, n) => (
        <>
          {n > 0 && ' · '}
          <Labelled {...part} />
        </>
      ))}
    </>
  )
}

const RelatedRecords = ({ related }: { related: Related[] }) =>
  related.length > 0 ? (
    <section aria-labelledby="verwandte">
      <h2 id="verwandte">{closing.related.label}</h2>
      <ul class="tn-list">
        {related.map(({ rel, title, path }) => (
          <li>
            {labelOf(relations, rel)}:{' '}
            <a href={path}>
              <bdi>{title}</bdi>
            </a>
          </li>
        ))}
      </ul>
    </section>
  ) : null

const Sources = ({ sources }: { sources: NonNullable<Envelope['sources']> }) =>
  sources.length > 0 ? (
    <section aria-labelledby="quellen">
      <h2 id="quellen">{closing.sources.label}</h2>
      <ul class="tn-list">
        {sources.map(({ title, link }) => (
          <li>{link ? <WebLink url={link} text={title} /> : <bdi>{title}</bdi>}</li>
        ))}
      </ul>
    </section>
  ) : null

const Downloads = ({ downloads }: { downloads: Download[] }) =>
  downloads.length > 0 ? (
    <section aria-labelledby="anlagen">
      <h2 id="anlagen">{closing.attachments.label}</h2>
      <ul class="tn-list tn-downloads">
        {downloads.map((download) => (
          <li>
            <DownloadLink {...download} />
            <p class="tn-about">
              <bdi>{download.alt}</bdi>
            </p>
          </li>
        ))}
      </ul>
    </section>
  ) : null

/** Type and size stand in the link: one wants to know them before. */
const DownloadLink = ({ name, type, len, path }: Download) => {
  const words = `${labelOf(mediaTypes, type)}, ${sizeOf(len)}`
  if (!path) {
    return (
      <>
        <bdi>{name}</bdi> ({words}; wird noch von einem anderen Knoten geholt)
      </>
    )
  }
  return (
    <a href={path}>
      <bdi>{name}</bdi> ({words})
    </a>
  )
}
