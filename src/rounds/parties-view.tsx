/** What other centres ask ours to sign with, and the answer to one of them. */
import type { PropsWithChildren } from 'hono/jsx'
import { z } from 'zod'
import type { Post } from '../staff/visitor.ts'
import { Notice, Submit, TextArea } from '../web/fields.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { dateOf } from '../web/texts.ts'
import { longestReason, type words } from './answer-as-party.ts'
import type { Asked } from './results.ts'

const sayings = {
  endorse: ['success', 'Mitgezeichnet. Ihr Zentrum hat diese Fassung unterschrieben.'],
  decline: ['success', 'Abgelehnt. Das ist unterschrieben und wird den anderen Zentren gezeigt.'],
  retract: ['success', 'Zurückgenommen. Ihr Zentrum hat zu dieser Fassung nichts mehr erklärt.'],
  'no-reason': ['danger', 'Nennen Sie bitte einen Grund, wenn Ihr Zentrum ablehnt.'],
  'new-version': ['warning', 'Inzwischen gibt es eine neue Fassung. Lesen Sie bitte diese.'],
} as const
export const PartySaid = z.enum(Object.keys(sayings) as (keyof typeof sayings)[])
export type PartySaid = z.infer<typeof PartySaid>

const Saying = ({ said }: { said: PartySaid | undefined }) =>
  said ? <Notice look={sayings[said][0]} title={sayings[said][1]} /> : null

type PartiesViewProps = { site: Site; asked: Asked[]; said?: PartySaid | undefined }

export const PartiesView = ({ site, asked, said }: PartiesViewProps) => {
  const open = asked.filter(({ answer }) => answer === undefined)
  const answered = asked.filter(({ answer }) => answer !== undefined)
  return (
    <Page site={site} title="Mitzeichnen" hidden>
      <header class="tn-intro">
        <h1>Mitzeichnen</h1>
        <p class="tn-lead">
          Ergebnisse Runder Tische, die andere Zentren veröffentlicht haben und die Ihres
          unterschreiben soll.
        </p>
      </header>
      <Saying said={said} />
      <div class="tn-stack">
        <section aria-labelledby="offen">
          <h2 id="offen">Noch ohne Antwort</h2>
          <List asked={open} nothing="Zurzeit bittet Sie kein anderes Zentrum." />
        </section>
        <section aria-labelledby="beantwortet">
          <h2 id="beantwortet">Beantwortet</h2>
          <List asked={answered} nothing="Ihr Zentrum hat noch nichts beantwortet." />
        </section>
      </div>
    </Page>
  )
}

const List = ({ asked, nothing }: { asked: Asked[]; nothing: string }) =>
  asked.length === 0 ? (
    <p class="tn-empty">{nothing}</p>
  ) : (
    <ul class="tn-things">
      {asked.map((record) => (
        <li>
          <div>
            <p class="tn-things__name">
              <a href={`/runden/mitzeichnen/${record.slug}/${record.rid}`}>
                <bdi>{record.title}</bdi>
              </a>
              <Answered asked={record} />
            </p>
            <p class="tn-muted">
              <bdi>{record.centre}</bdi>, {dateOf(record.iat)}
              {record.ver > 1 && `, Fassung ${record.ver}`}
            </p>
          </div>
        </li>
      ))}
    </ul>
  )

const Answered = ({ asked: { answer, before } }: { asked: Asked }) => {
  if (answer === 'endorsed') {
    return <span class="tn-badge tn-badge--success">mitgezeichnet</span>
  }
  if (answer === 'declined') return <span class="tn-badge">abgelehnt</span>
  return before ? <span class="tn-badge tn-badge--info">neue Fassung</span> : null
}

export interface AnswerViewProps {
  site: Site
  post: Post
  asked: Asked
  /** Whom the home centre names. */
  contact: { role: string; mailbox: string }
  /** Why this centre declined. */
  reason: string | undefined
  /** Of this node, for the address in a letter. */
  origin: string
  said?: PartySaid | undefined
}

export const AnswerView = (props: AnswerViewProps) => {
  const { site, asked, said } = props
  return (
    <Page site={site} title={`Mitzeichnen: ${asked.title}`} hidden>
      <div class="tn-narrow">
        <p class="tn-kicker">
          <a href="/runden/mitzeichnen">Mitzeichnen</a> · <bdi>{asked.centre}</bdi>
        </p>
        <h1>
          <bdi>{asked.title}</bdi>
        </h1>
        <p class="tn-lead">
          <bdi>{asked.summary}</bdi>
        </p>
        <Saying said={said} />
        <p>
          <a href={asked.path}>Das ganze Ergebnis lesen</a>, veröffentlicht am {dateOf(asked.iat)}
          {asked.ver > 1 && `, Fassung ${asked.ver}`}
        </p>
        {asked.answer === undefined && asked.before && (
          <p>
            Eine frühere Fassung hat Ihr Zentrum mitgezeichnet. Diese ist neu und gilt erst mit
            einer neuen Unterschrift.
          </p>
        )}
        <Standing {...props} />
        <Answers {...props} />
      </div>
    </Page>
  )
}

const Standing = ({ asked, ...props }: AnswerViewProps) => {
  if (asked.answer === undefined) return null
  const day = asked.answeredAt === undefined ? '' : ` am ${dateOf(asked.answeredAt)}`
  return (
    <section aria-labelledby="stand">
      <h2 id="stand">Ihre Antwort</h2>
      {asked.answer === 'endorsed' ? (
        <p>Mitgezeichnet{day}.</p>
      ) : (
        <Declined {...props} asked={asked} day={day} />
      )}
    </section>
  )
}

/** The signed answer has no room for reasons: who gave one sends it to those who ask. */
const Declined = (props: AnswerViewProps & { day: string }) => {
  const { contact, reason, day } = props
  return (
    <>
      <p>Abgelehnt{day}.</p>
      {reason && (
        <>
          <p>
            Die Begründung bleibt in Ihrem Zentrum; unterschrieben und gezeigt wird nur, dass es
            ablehnt:
          </p>
          <blockquote class="tn-quote tn-said-by-others" dir="auto">
            {reason}
          </blockquote>
          <p>
            <a href={letterTo(props, reason)}>Begründung als E-Mail schreiben</a> an{' '}
            <bdi>{contact.role}</bdi>
          </p>
        </>
      )}
    </>
  )
}

/** RFC 6068: every octet that a field's value may not hold is percent-encoded, a line break is CRLF. */
const letterTo = ({ asked, contact, post, origin }: AnswerViewProps, reason: string) => {
  const subject = `Mitzeichnung abgelehnt: ${asked.title}`
  const body = `Guten Tag,

${post.name} zeichnet diese Fassung (${asked.ver}) nicht mit:
${origin}${asked.path}

${reason}
`
  const encoded = (text: string) =>
    encodeURIComponent(text.toWellFormed().replaceAll('\n', '\r\n')).replaceAll("'", '%27')
  return `mailto:${encodeURIComponent(contact.mailbox).replace('%40', '@')}?subject=${encoded(subject)}&body=${encoded(body)}`
}

const Answers = (props: AnswerViewProps) => {
  const { asked, said } = props
  return (
    <section aria-labelledby="antworten">
      <h2 id="antworten">{asked.answer === undefined ? 'Antworten' : 'Antwort ändern'}</h2>
      <p>
        Was Sie hier erklären, unterschreibt Ihr Zentrum. Alle Zentren sehen es, bei einem
        öffentlichen Ergebnis alle Leserinnen und Leser.
      </p>
      <div class="tn-form">
        {asked.answer !== 'endorsed' && (
          <Word {...props} word="endorse">
            <div>
              <Submit label="Diese Fassung mitzeichnen" />
            </div>
          </Word>
        )}
        {asked.answer !== 'declined' && (
          <Word {...props} word="decline">
            <TextArea
              name="grund"
              label="Grund der Ablehnung"
              hint="Er bleibt in Ihrem Zentrum und lässt sich danach als E-Mail an das andere schicken."
              most={longestReason}
              required
              fault={said === 'no-reason' ? sayings['no-reason'][1] : undefined}
            />
            <div>
              <Submit look="secondary" label="Ablehnen" />
            </div>
          </Word>
        )}
        {asked.answer !== undefined && (
          <Word {...props} word="retract">
            <div>
              <Submit look="secondary" label="Antwort zurücknehmen" />
            </div>
          </Word>
        )}
      </div>
    </section>
  )
}

type WordProps = PropsWithChildren<AnswerViewProps & { word: (typeof words)[number] }>

const Word = ({ asked, post, word, children }: WordProps) => (
  <form
    class="tn-form"
    method="post"
    action={`/runden/mitzeichnen/${asked.slug}/${asked.rid}`}
    novalidate
  >
    <input type="hidden" name="zentrum" value={post.centre} />
    <input type="hidden" name="wort" value={word} />
    <input type="hidden" name="fassung" value={String(asked.ver)} />
    {children}
  </form>
)
