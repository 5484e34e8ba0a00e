import { z } from 'zod'
import { nameOfLand } from '../places/lands.ts'
import { seatRuleLabels } from '../places/seat-rule.ts'
import { companySizes } from '../publications/vocabularies/company-sizes.ts'
import { sectors } from '../publications/vocabularies/sectors.ts'
import { topics } from '../publications/vocabularies/topics.ts'
import { labelOf } from '../publications/vocabulary.ts'
import type { Post } from '../staff/visitor.ts'
import { Notice } from '../web/fields.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { calendarDateOf, momentOf } from '../web/texts.ts'
import { Actions, type Choices } from './actions-view.tsx'
import type { ReferredCase } from './case.ts'
import { dueOf, type ReadEvent, type ReadReferral } from './reading.ts'
import { reasonLabel } from './reasons.ts'
import { eventLabels, stateOf } from './words.ts'

/** What was just done, or why not. */
const sayings = {
  sent: ['success', 'Der Verweis ist gesendet. Sie sehen hier, was daraus wird.'],
  accepted: ['success', 'Sie haben zugesagt. Das andere Zentrum erfährt es.'],
  declined: ['success', 'Sie haben abgesagt. Das andere Zentrum erfährt es.'],
  completed: ['success', 'Der Verweis ist abgeschlossen. Das andere Zentrum erfährt es.'],
  withdrawn: ['success', 'Der Verweis ist zurückgezogen. Die Angaben werden überall gelöscht.'],
  erased: ['success', 'Die Angaben sind hier gelöscht. Das andere Zentrum wird darum gebeten.'],
  'no-reason': ['danger', 'Bitte wählen Sie einen Grund.'],
  'no-outcome': ['danger', 'Bitte wählen Sie, was daraus geworden ist.'],
} as const
export const Said = z.enum(Object.keys(sayings) as (keyof typeof sayings)[])
export type Said = z.infer<typeof Said>

type ReferralViewProps = {
  site: Site
  post: Post
  read: ReadReferral
  choices: Choices
  said?: Said | undefined
}

/** One referral: how it stands, what is told, and what somebody here may do. */
export const ReferralView = ({ site, post, read, choices, said }: ReferralViewProps) => {
  const { referral, about, names } = read
  const waits = read.events.some(
    ({ side, confirmedAt }) => side === referral.side && confirmedAt === null,
  )
  const other = names.get(referral.other) ?? referral.other
  // What the browser keeps in its history names no company.
  const direction = `${referral.side === 'sender' ? 'an' : 'von'} ${other}`
  const title = about?.company.name ?? 'Verweis ohne Angaben'
  return (
    <Page site={site} title={`Verweis ${direction}`} hidden>
      <header class="tn-intro">
        <p class="tn-kicker">
          <a href="/verweise">Verweise</a> · <bdi>{direction}</bdi>
        </p>
        <h1>
          <bdi>{title}</bdi>
        </h1>
        <p class="tn-lead">{stateOf(referral, waits)}</p>
        <Due read={read} />
      </header>
      {said && <Notice look={sayings[said][0]} title={sayings[said][1]} />}
      <div class="tn-stack">
        {about ? <About about={about} /> : <p class="tn-empty">Die Angaben sind gelöscht.</p>}
        <Actions read={read} post={post} choices={choices} />
        <section aria-labelledby="verlauf">
          <h2 id="verlauf">Verlauf</h2>
          <ol class="tn-things">
            {read.events.map((event) => (
              <Event event={event} read={read} />
            ))}
          </ol>
        </section>
        <Rights read={read} />
      </div>
    </Page>
  )
}

const Due = ({ read: { referral } }: { read: ReadReferral }) => {
  const due = dueOf(referral)
  if (!due) return null
  const day = <time datetime={due.day}>{calendarDateOf(due.day)}</time>
  return (
    <p>
      {due.here ? 'Von Ihnen erwartet' : 'Erwartet'} bis {day}
    </p>
  )
}

const Event = ({ event, read }: { event: ReadEvent; read: ReadReferral }) => {
  const { referral, names } = read
  const own = event.side === referral.side
  const by = own ? referral.centre : referral.other
  return (
    <li>
      <div>
        <p class="tn-things__name">
          {eventLabels[event.event]}
          {' – '}
          <bdi>{names.get(by) ?? by}</bdi>
        </p>
        <p class="tn-muted">{momentOf(Math.floor(event.at.getTime() / 1000))}</p>
        {reasonOf(event, referral) && <p>{reasonOf(event, referral)}</p>}
        {event.note && (
          <p class="tn-said-by-others" dir="auto">
            {event.note}
          </p>
        )}
        {event.event === 'declined' && referral.suggests && (
          <p>
            Vorschlag: <bdi>{names.get(referral.suggests) ?? referral.suggests}</bdi>
          </p>
        )}
        {own && (
          <p class="tn-muted">
            {event.confirmedAt
              ? `Zugestellt: ${momentOf(Math.floor(event.confirmedAt.getTime() / 1000))}`
              : 'Noch nicht zugestellt; wir versuchen es weiter.'}
          </p>
        )}
      </div>
    </li>
  )
}

const reasonOf = ({ event }: ReadEvent, { state, reason, outcome }: ReadReferral['referral']) => {
  if (event === 'completed') return outcome && reasonLabel(outcome)
  return event === state && reason ? reasonLabel(reason) : undefined
}

const channels = { email: 'E-Mail', phone: 'Telefon' }

const About = ({
  about: { company, topics: ids, note, contact, choice },
}: {
  about: ReferredCase
}) => (
  <section aria-labelledby="angaben">
    <h2 id="angaben">Angaben</h2>
    <dl class="tn-case">
      <Fact name="Sitz">{seatOf(company.seat)}</Fact>
      <Fact name="Größe">{labelOf(companySizes, company.size)}</Fact>
      <Fact name="Wirtschaftszweig">{labelOf(sectors, company.sector)}</Fact>
      <Fact name="Themen">{ids.map((id) => labelOf(topics, id)).join(', ')}</Fact>
      {note && <Fact name="Anliegen">{note}</Fact>}
      <Fact name="Ansprechperson">{contact.name}</Fact>
      <Fact name={channels[contact.channel]}>{contact.address}</Fact>
      {choice.otherwise ? (
        <Fact name="Warum dieses Zentrum">{choice.otherwise}</Fact>
      ) : (
        <Fact name="Warum dieses Zentrum">Zuständig; es zählt {seatRuleLabels[choice.rule]}.</Fact>
      )}
    </dl>
  </section>
)

/** „14467 Potsdam, Brandenburg“, but not „Berlin, Berlin“. */
const seatOf = ({ plz, place, land }: ReferredCase['company']['seat']) => {
  const name = nameOfLand(land)
  const written = [plz, place].filter(Boolean).join(' ')
  return place === name ? written : `${written}, ${name}`
}

const Fact = ({ name, children }: { name: string; children?: unknown }) => (
  <div>
    <dt>{name}</dt>
    <dd dir="auto">{children as string}</dd>
  </div>
)

const hows = { written: 'schriftlich', electronic: 'elektronisch', spoken: 'mündlich' }

/** What the company may ask for (DSGVO, Art. 15, 17 and 20). */
const Rights = ({ read: { referral, about, consent, names } }: { read: ReadReferral }) => {
  const given = consent ?? about?.consent
  return (
    <section aria-labelledby="rechte">
      <h2 id="rechte">Einwilligung und Auskunft</h2>
      {given && (
        <p>
          Eingewilligt {hows[given.how]} am {calendarDateOf(given.given_on)}, für:{' '}
          {given.recipients.map((id) => names.get(id) ?? id).join(', ')}.
        </p>
      )}
      <p>
        <a href={`/verweise/${referral.id}/auskunft.json`} download>
          Alles, was hier über dieses Unternehmen steht (JSON)
        </a>
      </p>
    </section>
  )
}
