import type { PropsWithChildren } from 'hono/jsx'
import { TopicSelect } from '../publications/filter-selects.tsx'
import { addressees } from '../publications/vocabularies/addressees.ts'
import { consensus } from '../publications/vocabularies/consensus.ts'
import { regions } from '../publications/vocabularies/regions.ts'
import { topics } from '../publications/vocabularies/topics.ts'
import { labelOf } from '../publications/vocabulary.ts'
import type { Post } from '../staff/visitor.ts'
import { Checks, Notice, TextField } from '../web/fields.tsx'
import { FilterPanel } from '../web/filter-panel.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { calendarDateOf, countOf } from '../web/texts.ts'
import { type Arrangement, type Finding, type Gathering, type Joined, join } from './gathering.ts'
import { dissentIn } from './synthesis.ts'

interface Found {
  topic: string
  question: string
  gathering: Gathering
  arrangement: Arrangement
  taken: Pick<Gathering, 'recommendations' | 'agreements'>
}

type CompilationViewProps = { site: Site; post: Post; found?: Found; fault?: string | undefined }

/** What several round tables found, side by side: an editor decides what is one and what goes into a synthesis. */
export const CompilationView = ({ site, post, found, fault }: CompilationViewProps) => (
  <Page site={site} title="Erkenntnisse zusammenstellen" hidden>
    <header class="tn-intro">
      <p class="tn-kicker">
        <a href="/synthesen">Synthesen</a>
      </p>
      <h1>Erkenntnisse zusammenstellen</h1>
      <p class="tn-lead">
        Was die Runden Tische aller Zentren zu einem Thema ergeben haben. Sie entscheiden, was
        dasselbe sagt und was in die Synthese eingeht; daraus wird ein Entwurf.
      </p>
    </header>
    {fault && <Notice look="danger" title={fault} />}
    <div class="tn-columns">
      <aside class="tn-side" aria-labelledby="eingrenzen">
        <FilterPanel title="Thema und Frage" action="/synthesen/zusammenstellen" label="Sammeln">
          <TopicSelect chosen={found?.topic} />
          <TextField
            name="frage"
            label="Leitfrage"
            hint="Was am besten zu ihr passt, steht vorn."
            value={found?.question ?? ''}
            most={300}
          />
        </FilterPanel>
      </aside>
      <div>{found ? <Compilation post={post} found={found} /> : <Nothing />}</div>
    </div>
  </Page>
)

const Nothing = () => <p class="tn-empty">Wählen Sie ein Thema.</p>

const Compilation = ({ post, found }: { post: Post; found: Found }) => {
  const { topic, question, gathering, arrangement, taken } = found
  const { findings, sources, recommendations, agreements } = gathering
  if (findings.length === 0)
    return <p class="tn-empty">Zu diesem Thema hat noch kein Runder Tisch etwas ergeben.</p>
  const left = findings.filter(({ key }) => !arrangement.has(key))
  return (
    <form class="tn-form tn-compilation" method="post" action="/synthesen/zusammenstellen">
      <input type="hidden" name="zentrum" value={post.centre} />
      <input type="hidden" name="topic" value={topic} />
      <input type="hidden" name="frage" value={question} />
      <p>
        {countOf(findings.length, 'Erkenntnis', 'Erkenntnisse')} aus{' '}
        {countOf(sources.length, 'Ergebnis', 'Ergebnissen')}. Dieselbe Nummer fasst zusammen, keine
        Nummer lässt weg. Der Entwurf übernimmt die Worte der jeweils ersten; dort können Sie sie
        ändern.
      </p>
      {sources.some(({ feed }) => feed === 'members') && <MembersOnly />}
      {join(findings, arrangement).map((joined) => (
        <JoinedFindings joined={joined} />
      ))}
      {left.length > 0 && (
        <Group legend="Bleibt weg">
          <Findings findings={left} number={undefined} />
        </Group>
      )}
      <Recommendations all={recommendations} taken={taken.recommendations} />
      <Agreements all={agreements} taken={taken.agreements} />
      <div class="tn-actions">
        <Button act="entwurf" look="primary" label="Entwurf anlegen" />
        <Button act="ordnen" look="secondary" label="Neu ordnen" />
      </div>
    </form>
  )
}

const MembersOnly = () => (
  <p class="tn-muted">
    Was davon nur für Zentren bestimmt ist, ist gekennzeichnet. Geht etwas davon ein, ist auch der
    Entwurf nur für Zentren.
  </p>
)

const JoinedFindings = ({ joined }: { joined: Joined }) => (
  <Group legend={`Erkenntnis ${joined.number}`}>
    <p class="tn-about">
      <Agreed id={joined.consensus} />
      <span>
        {countOf(joined.centres.length, 'Zentrum', 'Zentren')}
        {joined.lands.length > 0 && (
          <>
            {' aus '}
            {countOf(joined.lands.length, 'Land', 'Ländern')}
            {`: ${joined.lands.map((id) => labelOf(regions, id)).join(', ')}`}
          </>
        )}
      </span>
    </p>
    {dissentIn(joined) !== '' && <p class="tn-muted">{dissentIn(joined)}</p>}
    <Findings findings={joined.findings} number={joined.number} />
  </Group>
)

const Group = ({ legend, children }: PropsWithChildren<{ legend: string }>) => (
  <fieldset class="kern-fieldset">
    <legend class="kern-label">{legend}</legend>
    <div class="kern-fieldset__body">{children}</div>
  </fieldset>
)

const tones = { consensus: 'success', majority: 'info', open: 'warning' } as const

const Agreed = ({ id }: { id: Finding['consensus'] }) => (
  <span class={`tn-badge tn-badge--${tones[id]}`}>{labelOf(consensus, id)}</span>
)

type FindingsProps = { findings: Finding[]; number: number | undefined }

const Findings = ({ findings, number }: FindingsProps) => (
  <ul class="tn-compilation__findings">
    {findings.map((finding) => (
      <li>
        <NumberField finding={finding} number={number} />
        <div>
          <p>
            <bdi>{finding.text}</bdi>
          </p>
          <p class="tn-about">
            <Agreed id={finding.consensus} />
            {finding.topic && <span>{labelOf(topics, finding.topic)}</span>}
            <a href={finding.source.path}>
              <bdi>{finding.source.title}</bdi>
            </a>
            {finding.source.feed === 'members' && <span class="tn-badge">nur für Zentren</span>}
            <span class="tn-muted">
              Dahinter stehen: {finding.centres.map(({ name }) => name).join(', ')}
            </span>
          </p>
        </div>
      </li>
    ))}
  </ul>
)

const NumberField = ({ finding, number }: { finding: Finding; number: number | undefined }) => {
  const id = `nr-${finding.key.replaceAll('/', '-')}`
  return (
    <div class="kern-form-input">
      <label class="kern-label" for={id}>
        Nr.<span class="kern-sr-only"> für: {finding.text}</span>
      </label>
      <input
        class="kern-form-input__input"
        id={id}
        name={`nr ${finding.key}`}
        type="text"
        inputmode="numeric"
        maxlength={3}
        value={number === undefined ? '' : String(number)}
        autocomplete="off"
      />
    </div>
  )
}

type ChosenProps<T> = { all: T[]; taken: T[] }

const keysOf = (all: { key: string }[]) => all.map(({ key }) => key)

const Recommendations = ({ all, taken }: ChosenProps<Gathering['recommendations'][number]>) =>
  all.length === 0 ? null : (
    <Checks
      name="empfehlung"
      legend="Empfehlungen"
      options={all.map(({ key, text, to, source }) => ({
        value: key,
        label: `An ${labelOf(addressees, to)}: ${text}`,
        hint: source.title,
      }))}
      chosen={keysOf(taken)}
    />
  )

const Agreements = ({ all, taken }: ChosenProps<Gathering['agreements'][number]>) =>
  all.length === 0 ? null : (
    <Checks
      name="vereinbarung"
      legend="Offene Vereinbarungen"
      options={all.map(({ key, what, who, by, source }) => ({
        value: key,
        label: `${what} (${who}${by ? `, bis ${calendarDateOf(by)}` : ''})`,
        hint: source.title,
      }))}
      chosen={keysOf(taken)}
    />
  )

type ButtonProps = { act: string; look: 'primary' | 'secondary'; label: string }

const Button = ({ act, look, label }: ButtonProps) => (
  <button class={`kern-btn kern-btn--${look}`} type="submit" name="do" value={act}>
    <span class="kern-label">{label}</span>
  </button>
)
