import type { Child } from 'hono/jsx'
import { Icon } from '../web/icons.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { Markdown } from '../web/markdown.tsx'
import { calendarDateOf, dateOf, isoDateOf } from '../web/texts.ts'
import { About, type Related } from './about-view.tsx'
import type { Download } from './downloads.ts'
import type { Endorsements } from './endorsements.ts'
import { EndorsementMarks, EndorsementsView } from './endorsements-view.tsx'
import { closing, type Envelope, opening } from './envelope.ts'
import { Facts, isFactOf } from './facts-view.tsx'
import { filled } from './inline-view.tsx'
import { type Kind, listPathOf } from './kind.ts'
import type { Mentions } from './mentions.ts'
import { MentionsView } from './mentions-view.tsx'
import type { Named } from './names.ts'
import type { Provenance } from './provenance.ts'
import { ProvenanceView, VerifiedMark } from './provenance-view.tsx'
import { Value } from './value-view.tsx'
import { visibility } from './vocabularies/visibility.ts'
import { labelOf } from './vocabulary.ts'
import { namings } from './walk.ts'

export interface RecordViewProps {
  site: Site
  kind: Kind
  slug: string
  rid: string
  /** The published content. */
  record: Envelope
  provenance: Provenance
  /** What other centres say of this version. */
  endorsements?: Endorsements | undefined
  /** Those of `record.related` that this node holds. */
  related: Related[]
  /** What other records say of it. */
  mentions?: Mentions[]
  /** Its attachments. */
  downloads: Download[]
  /** `2026-03-03` */
  today: string
  /** Whether the reader looks after it. */
  own?: boolean
  /** What others have to add: it stands behind what the record says, before what proves it. */
  beside?: Child
}

/** The page of a record of any kind: what it says, and below what proves it. */
export const RecordView = (props: RecordViewProps) => {
  const { site, kind, slug, rid, record, provenance } = props
  // What the centres share among themselves is no open data.
  const open = provenance.feed === 'public'
  return (
    <Page
      site={site}
      title={record.title}
      {...(open ? { json: `/api/records/${slug}/${rid}` } : { hidden: true })}
    >
      <article class="tn-record">
        <Head {...props} />
        <div class="tn-columns">
          <aside class="tn-side">
            <Facts kind={kind} record={record} />
            <Contents kind={kind} record={record} />
          </aside>
          <div class="tn-record__body">
            <EasyLanguage text={record.easyLanguage} />
            <Body kind={kind} record={record} />
            <MentionsView mentions={props.mentions ?? []} />
            <About {...props} />
            <EndorsementsView endorsements={props.endorsements} since={provenance.signedAt} />
            {props.beside}
            <ProvenanceView provenance={props.provenance} />
          </div>
        </div>
      </article>
    </Page>
  )
}

/** Marks text in another language than the page's, so that it is read out and set as such. */
const tongueOf = ({ language }: Envelope) =>
  language === 'de' ? {} : ({ lang: language, dir: 'auto' } as const)

const Head = ({ kind, rid, record, provenance, endorsements, today, own }: RecordViewProps) => (
  <header class="tn-record__head">
    <p class="tn-kicker">
      <a href={listPathOf(kind)}>{kind.plural}</a>
    </p>
    <h1 {...tongueOf(record)}>{record.title}</h1>
    <p class="tn-lead" {...tongueOf(record)}>
      {record.summary}
    </p>
    <p class="tn-record__marks">
      <VerifiedMark centre={provenance.centre} />
      <span>
        <time datetime={isoDateOf(provenance.signedAt)}>{dateOf(provenance.signedAt)}</time>
        {provenance.ver > 1 && `, Fassung ${provenance.ver}`}
      </span>
      {provenance.feed === 'members' && (
        <span class="tn-badge">{labelOf(visibility, 'members')}</span>
      )}
      <EndorsementMarks endorsements={endorsements} />
      {own && <a href={`/entwuerfe/beitraege/${rid}`}>Beitrag verwalten</a>}
    </p>
    {provenance.status !== 'active' && <Resting status={provenance.status} />}
    {record.reviewBy < today && <Overdue record={record} />}
    {isShaken(kind, record) ? <Shaken /> : isRenewed(kind, record) && <Renewed />}
  </header>
)

/** Whether something that it names in its own fields was taken back since. */
const isShaken = (kind: Kind, record: Envelope) =>
  namings(kind.own, record).some(({ value }) => {
    const { now } = value as Named
    return now === 'withdrawn' || now === 'erased'
  })

const Shaken = () => (
  <p class="tn-overdue">
    <Icon name="warning" />
    <span>
      <strong>Ein Beitrag, auf den sich dieser stützt, wurde inzwischen zurückgenommen.</strong>{' '}
      Welcher, steht unten dabei. Prüfen Sie, was davon noch gilt.
    </span>
  </p>
)

/** Whether something that it rests on says something else since. */
const isRenewed = (kind: Kind, record: Envelope) =>
  namings(kind.own, record).some(
    ({ field, value }) => kind.restsOn.includes(field) && (value as Named).now === 'newer',
  )

const Renewed = () => (
  <p class="tn-overdue">
    <Icon name="warning" />
    <span>
      <strong>Ein Beitrag, auf den sich dieser stützt, hat inzwischen eine neue Fassung.</strong>{' '}
      Welcher, steht unten dabei. Was hier steht, beruht auf der früheren.
    </span>
  </p>
)

/** What was published stays, but nobody looks after it. */
const Resting = ({ status }: { status: 'suspended' | 'ended' }) => (
  <p class="tn-overdue">
    <Icon name="warning" />
    <span>
      <strong>
        {status === 'ended' ? 'Dieses Zentrum ist beendet.' : 'Dieses Zentrum ruht zurzeit.'}
      </strong>{' '}
      Der Beitrag gilt weiter, wird aber {status === 'ended' ? 'nicht mehr' : 'vorerst nicht'}{' '}
      gepflegt.
    </span>
  </p>
)

const Overdue = ({ record }: { record: Envelope }) => (
  <p class="tn-overdue">
    <Icon name="warning" />
    <span>
      <strong>
        Diesen Beitrag wollte das Zentrum bis zum {calendarDateOf(record.reviewBy)} überprüfen.
      </strong>{' '}
      Das steht noch aus. Fragen Sie im Zweifel nach: <a href="#ansprechstelle">Ansprechstelle</a>.
    </span>
  </p>
)

const EasyLanguage = ({ text }: { text: string | undefined }) =>
  text ? (
    <section class="tn-easy" aria-labelledby="leichte-sprache">
      <h2 id="leichte-sprache">{opening.easyLanguage.label}</h2>
      <Markdown text={text} level={2} />
    </section>
  ) : null

const bodyOf = (kind: Kind, record: Envelope) =>
  filled(kind.own, record).filter(({ name }) => !isFactOf(kind, name))

type ContentProps = Pick<RecordViewProps, 'kind' | 'record'>

const Contents = ({ kind, record }: ContentProps) => (
  <nav class="tn-contents" aria-labelledby="inhaltsverzeichnis">
    <h2 id="inhaltsverzeichnis">Auf dieser Seite</h2>
    <ul>
      {bodyOf(kind, record).map(({ name, field }) => (
        <li>
          <a href={`#feld-${name}`}>{field.label}</a>
        </li>
      ))}
      <li>
        <a href="#ansprechstelle">{closing.contact.label}</a>
      </li>
      <li>
        <a href="#herkunft">Herkunft und Prüfung</a>
      </li>
    </ul>
  </nav>
)

const Body = ({ kind, record }: ContentProps) => (
  <>
    {bodyOf(kind, record).map(({ name, field, value }) => (
      <section aria-labelledby={`feld-${name}`}>
        <h2 id={`feld-${name}`}>{field.label}</h2>
        <div {...tongueOf(record)}>
          <Value look={field.look} value={value} label={field.label} />
        </div>
      </section>
    ))}
  </>
)
