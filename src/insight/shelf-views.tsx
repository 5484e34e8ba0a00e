import type { PropsWithChildren } from 'hono/jsx'
import { z } from 'zod'
import { KindSelect, TopicSelect } from '../publications/filter-selects.tsx'
import { More, type RecordItem, Teaser } from '../publications/teaser.tsx'
import type { Post } from '../staff/visitor.ts'
import { addressOf } from '../web/address.ts'
import { Notice, Submit } from '../web/fields.tsx'
import { FilterPanel } from '../web/filter-panel.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { calendarDateOf, dateOf } from '../web/texts.ts'
import type { AskedBack, Narrowing } from './shelf-store.ts'

type ShelfViewProps = {
  site: Site
  records: (RecordItem & { shelved: number })[]
  topic: string | undefined
  /** Where the next page begins; absent on the last one. */
  next: string | undefined
  /** Whoever looks after the shelf, if she is looking. */
  post: Post | undefined
  /** What she has asked about these records. */
  asked: AskedBack[]
}

/** What is recommended to everybody, in the version that was looked at. */
export const ShelfView = ({ site, records, topic, next, post, asked }: ShelfViewProps) => (
  <Page site={site} title="Bundesweites Regal">
    <header class="tn-intro">
      <h1>Bundesweites Regal</h1>
      <p class="tn-lead">
        Was sich bewährt hat und überall gebraucht werden kann: ausgewählt von der Redaktion des
        KIWW, aus den Beiträgen aller Zentren. Eine neue Fassung wird neu geprüft.
      </p>
      {post && (
        <p>
          <a href="/regal/pruefen">Beiträge für das Regal prüfen</a>
        </p>
      )}
    </header>
    <div class="tn-columns">
      <aside class="tn-side" aria-labelledby="eingrenzen">
        <FilterPanel title="Eingrenzen" action="/regal">
          <TopicSelect chosen={topic} />
        </FilterPanel>
      </aside>
      <section aria-label="Beiträge im Regal">
        {records.length > 0 ? (
          <ol class="tn-teasers">
            {records.map((record) => (
              <li>
                <Teaser record={record} level={2} showKind />
                <p class="tn-muted">Im Regal seit {dateOf(record.shelved)}</p>
                <Asked asked={asked} record={record} />
                {post && (
                  <Decide post={post} record={record} decision="entnehmen" look="tertiary">
                    Aus dem Regal nehmen
                  </Decide>
                )}
              </li>
            ))}
          </ol>
        ) : (
          <p class="tn-empty">
            {topic ? 'Zu diesem Thema steht noch nichts im Regal.' : 'Noch steht nichts im Regal.'}
          </p>
        )}
        {next && <More href={addressOf('/regal', { topic, after: next })} />}
      </section>
    </div>
  </Page>
)

type DecideProps = PropsWithChildren<{
  post: Post
  record: RecordItem
  decision: string
  look: 'primary' | 'secondary' | 'tertiary'
  /** Of the list that one comes back to. */
  place?: Place
}>

/** What the list is narrowed to, and where its page begins. */
type Place = Narrowing & { after?: string | undefined }

const Decide = ({ post, record, decision, look, place = {}, children }: DecideProps) => (
  <form method="post" action={`/regal/${record.slug}/${record.rid}/${decision}`}>
    <input type="hidden" name="zentrum" value={post.centre} />
    {Object.entries(place).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    <Submit look={look} label={String(children)} about={record.title} />
  </form>
)

type AskedProps = { asked: AskedBack[]; record: RecordItem }

/** What was asked about a record, and whether somebody has answered. */
const Asked = ({ asked, record }: AskedProps) => (
  <>
    {asked
      .filter(({ of, rid }) => of === record.iss && rid === record.rid)
      .map(({ path, question, due, answeredBy }) => (
        <p class="tn-about">
          <span class={`tn-badge tn-badge--${answeredBy.length > 0 ? 'success' : 'info'}`}>
            {answeredBy.length > 0 ? 'beantwortet' : 'nachgefragt'}
          </span>
          <a href={path}>
            <bdi>{question}</bdi>
          </a>
          <span class="tn-muted">
            {answeredBy.length > 0
              ? `Antwort von ${answeredBy.join(', ')}`
              : due && `Antwort erbeten bis ${calendarDateOf(due)}`}
          </span>
        </p>
      ))}
  </>
)

/** What was just decided. */
const sayings = {
  aufnehmen: 'Der Beitrag steht im Regal.',
  ablehnen: 'Der Beitrag kommt in dieser Fassung nicht ins Regal.',
  rueckfrage: 'Die Rückfrage liegt als Entwurf bei der Redaktion.',
} as const
export const Said = z.enum(Object.keys(sayings) as (keyof typeof sayings)[])
export type Said = z.infer<typeof Said>

type CandidatesViewProps = {
  site: Site
  post: Post
  candidates: (RecordItem & { shelved: number | null })[]
  asked: AskedBack[]
  place: Place
  /** Where the next page begins; absent on the last one. */
  next: string | undefined
  said: Said | undefined
}

export const CandidatesView = ({ site, said, ...props }: CandidatesViewProps) => (
  <Page site={site} title="Für das Regal prüfen" hidden>
    <header class="tn-intro">
      <p class="tn-kicker">
        <a href="/regal">Bundesweites Regal</a>
      </p>
      <h1>Für das Regal prüfen</h1>
      <p class="tn-lead">
        Ihre Entscheidung wird unterschrieben und steht bei dem Beitrag. Sie gilt für diese Fassung.
      </p>
    </header>
    {said && <Notice look="success" title={sayings[said]} />}
    <div class="tn-columns">
      <aside class="tn-side" aria-labelledby="eingrenzen">
        <FilterPanel title="Eingrenzen" action="/regal/pruefen">
          <KindSelect chosen={props.place.kind} />
          <TopicSelect chosen={props.place.topic} />
        </FilterPanel>
      </aside>
      <section aria-label="Beiträge, über die zu entscheiden ist">
        {props.candidates.length > 0 ? <Candidates {...props} /> : <Decided {...props} />}
        {props.next && (
          <More href={addressOf('/regal/pruefen', { ...props.place, after: props.next })} />
        )}
      </section>
    </div>
  </Page>
)

type CandidatesProps = Pick<CandidatesViewProps, 'post' | 'candidates' | 'asked' | 'place'>

const Candidates = ({ post, candidates, asked, place }: CandidatesProps) => (
  <ol class="tn-teasers">
    {candidates.map((record) => (
      <li>
        <Teaser record={record} level={2} showKind />
        {record.shelved !== null && (
          <p>
            <span class="tn-badge tn-badge--info">neue Fassung</span> Fassung {record.shelved} stand
            im Regal, dies ist Fassung {record.ver}.
          </p>
        )}
        <Asked asked={asked} record={record} />
        <div class="tn-actions">
          <Decide {...{ post, record, place }} decision="aufnehmen" look="primary">
            Ins Regal stellen
          </Decide>
          <Decide {...{ post, record, place }} decision="ablehnen" look="secondary">
            Nicht aufnehmen
          </Decide>
          <Decide {...{ post, record, place }} decision="rueckfrage" look="tertiary">
            Beim Zentrum nachfragen
          </Decide>
        </div>
      </li>
    ))}
  </ol>
)

/** Where nothing is left to decide: on this page, in this selection, or at all. */
const Decided = ({ place, next }: Pick<CandidatesViewProps, 'place' | 'next'>) => {
  if (place.after || next) {
    return (
      <p class="tn-empty">
        An dieser Stelle der Liste ist über alle Beiträge entschieden.{' '}
        {place.after && (
          <a href={addressOf('/regal/pruefen', { ...place, after: undefined })}>Von vorn</a>
        )}
      </p>
    )
  }
  return (
    <p class="tn-empty">
      {place.kind || place.topic
        ? 'In dieser Auswahl ist über alle Beiträge entschieden.'
        : 'Über alle Beiträge ist entschieden.'}
    </p>
  )
}
