/** One round table: what was prepared, what was captured, and what comes next. */
import { z } from 'zod'
import { plainOf } from '../drafts/plain.ts'
import type { Post } from '../staff/visitor.ts'
import { Checks, Notice, Submit } from '../web/fields.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { calendarDateOf, countOf } from '../web/texts.ts'
import { Captured } from './captured-view.tsx'
import type { Item } from './item.ts'
import { nameOf, preparation, type Round, stageLabel, stageOf } from './round.ts'

export const roundSayings = {
  begun: 'Angelegt.',
  saved: 'Gespeichert.',
  drafted: 'Der Entwurf ist angelegt. Ihre Redaktion ist benachrichtigt und schreibt ihn fertig.',
  discarded: 'Der Runde Tisch ist verworfen.',
} as const
export const RoundSaid = z.enum(Object.keys(roundSayings) as (keyof typeof roundSayings)[])
export type RoundSaid = z.infer<typeof RoundSaid>

interface RoundViewProps {
  site: Site
  post: Post
  round: Round
  items: Item[]
  /** Those that may be asked to sign with the result. */
  centres: { slug: string; name: string }[]
  /** Whether the person may open drafts. */
  writes: boolean
  said?: RoundSaid | undefined
}

export const RoundView = (props: RoundViewProps) => {
  const { site, round, items, said } = props
  const stage = stageOf(round)
  return (
    <Page site={site} title={nameOf(round)} hidden>
      <header class="tn-intro">
        <p class="tn-kicker">
          <a href="/runden">Runde Tische</a> · {stageLabel(stage)}
        </p>
        <h1>
          <bdi>{nameOf(round)}</bdi>
        </h1>
        <p class="tn-actions">
          <Way
            primary={stage === 'prepared' || stage === 'running'}
            path={`/runden/${round.id}/mitschrift`}
          >
            {stage === 'prepared' ? 'Mitschreiben beginnen' : 'Mitschrift öffnen'}
          </Way>
          <Way path={`/runden/${round.id}/vorbereitung`}>Vorbereitung ändern</Way>
        </p>
      </header>
      {said && <Notice look="success" title={roundSayings[said]} />}
      <div class="tn-stack">
        <section aria-labelledby="vorbereitung">
          <h2 id="vorbereitung">Vorbereitung</h2>
          <Prepared round={round} />
        </section>
        <section aria-labelledby="mitschrift">
          <h2 id="mitschrift">Mitschrift</h2>
          {items.length > 0 ? (
            <Captured items={items} />
          ) : (
            <p class="tn-empty">Noch ist nichts mitgeschrieben.</p>
          )}
        </section>
        <section aria-labelledby="ergebnis">
          <h2 id="ergebnis">Ergebnis</h2>
          <Outcome {...props} />
        </section>
        {stage !== 'published' && <Discard {...props} />}
      </div>
    </Page>
  )
}

const Way = ({
  path,
  primary,
  children,
}: {
  path: string
  primary?: boolean
  children: string
}) => (
  <a class={`kern-btn kern-btn--${primary ? 'primary' : 'secondary'}`} href={path}>
    <span class="kern-label">{children}</span>
  </a>
)

const Prepared = ({ round: { prepared } }: { round: Round }) => {
  const written = preparation.filter(({ name }) => prepared[name] !== undefined)
  if (written.length === 0) return <p class="tn-empty">Noch ist nichts vorbereitet.</p>
  return (
    <dl class="tn-pairs">
      {written.map(({ name, field }) => (
        <div>
          <dt>{field.label}</dt>
          <dd class="tn-said-by-others" dir="auto">
            {field.look.as === 'date'
              ? calendarDateOf(String(prepared[name]))
              : plainOf(field.look, prepared[name])}
          </dd>
        </div>
      ))}
    </dl>
  )
}

const Outcome = (props: RoundViewProps) => {
  const { round, post, writes } = props
  if (round.published) {
    return (
      <p>
        Das Ergebnis ist veröffentlicht:{' '}
        <a href={`/runde-tische/${post.centre}/${round.rid}`}>Zum Ergebnis</a>
      </p>
    )
  }
  if (!round.draft) return <Make {...props} />
  return (
    <>
      <p>
        Aus der Mitschrift ist ein Entwurf geworden. Von hier an geht es den üblichen Weg:
        schreiben, prüfen, veröffentlichen. {writes && <a href={pathTo(round)}>Zum Entwurf</a>}
      </p>
      <Late {...props} />
    </>
  )
}

const pathTo = ({ draft, draft_state }: Round) =>
  draft_state === 'draft' || draft_state === 'changes-asked'
    ? `/entwuerfe/${draft}`
    : `/entwuerfe/${draft}/pruefen`

/** What came or was changed after the draft was made, such as from a device without a connection. */
const Late = ({ items }: RoundViewProps) => {
  const late = items.filter(({ in_result }) => !in_result)
  if (late.length === 0) return null
  return (
    <Notice
      look="warning"
      title={`Nicht im Entwurf: ${countOf(late.length, 'Eintrag', 'Einträge')}`}
    >
      <p>
        Das kam hinzu oder wurde geändert, als es den Entwurf schon gab. Tragen Sie es dort nach.
      </p>
      <Captured items={late} />
    </Notice>
  )
}

const Make = ({ round, post, centres }: RoundViewProps) => (
  <>
    <p>
      Aus Vorbereitung und Mitschrift wird ein Entwurf. Ihre Redaktion ergänzt ihn, Ihre Prüfung
      gibt ihn frei.
    </p>
    <form class="tn-form" method="post" action={`/runden/${round.id}/ergebnis`}>
      <input type="hidden" name="zentrum" value={post.centre} />
      <Checks
        name="parteien"
        legend="Welche Zentren sollen mitzeichnen?"
        options={centres.map(({ slug, name }) => ({ value: slug, label: name }))}
        chosen={[]}
      />
      <div>
        <Submit label="Entwurf des Ergebnisses anlegen" />
      </div>
    </form>
  </>
)

const Discard = ({ round, post }: RoundViewProps) => (
  <section aria-labelledby="verwerfen">
    <h2 id="verwerfen">Verwerfen</h2>
    <details class="tn-details">
      <summary>Diesen Runden Tisch verwerfen</summary>
      <p>Vorbereitung und Mitschrift werden gelöscht. Ein Entwurf, den es schon gibt, bleibt.</p>
      <form method="post" action={`/runden/${round.id}/verwerfen`}>
        <input type="hidden" name="zentrum" value={post.centre} />
        <Submit look="secondary" label="Endgültig verwerfen" />
      </form>
    </details>
  </section>
)
