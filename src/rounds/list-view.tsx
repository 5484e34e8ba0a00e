/** All round tables of a centre: those under way, and the results with who signed with them. */
import type { Post } from '../staff/visitor.ts'
import { Notice } from '../web/fields.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { calendarDateOf, countOf, dateOf, minuteOf } from '../web/texts.ts'
import type { Result } from './results.ts'
import { nameOf, type Round, stageLabel, stageOf } from './round.ts'
import { type RoundSaid, roundSayings } from './round-view.tsx'

interface ListViewProps {
  site: Site
  post: Post
  rounds: Round[]
  results: Result[]
  said?: RoundSaid | undefined
}

export const ListView = ({ site, post, rounds, results, said }: ListViewProps) => (
  <Page site={site} title="Runde Tische moderieren" hidden>
    <header class="tn-intro">
      <p class="tn-kicker">
        <bdi>{post.name}</bdi>
      </p>
      <h1>Runde Tische moderieren</h1>
      <p class="tn-lead">Vorbereiten, mitschreiben, das Ergebnis veröffentlichen lassen.</p>
      <p class="tn-actions">
        <a class="kern-btn kern-btn--primary" href="/runden/neu">
          <span class="kern-label">Runden Tisch vorbereiten</span>
        </a>
      </p>
      <ul class="tn-list">
        <li>
          <a href="/runden/vereinbarungen">Vereinbarungen und ihre Fristen</a>
        </li>
        <li>
          <a href="/runden/mitzeichnen">Mitzeichnen, worum andere Zentren bitten</a>
        </li>
      </ul>
    </header>
    {said && <Notice look="success" title={roundSayings[said]} />}
    <div class="tn-stack">
      <section aria-labelledby="in-arbeit">
        <h2 id="in-arbeit">In Arbeit</h2>
        <UnderWay rounds={rounds.filter((round) => stageOf(round) !== 'published')} />
      </section>
      <section aria-labelledby="ergebnisse">
        <h2 id="ergebnisse">Veröffentlichte Ergebnisse</h2>
        <Results results={results} rounds={rounds} />
      </section>
    </div>
  </Page>
)

const UnderWay = ({ rounds }: { rounds: Round[] }) =>
  rounds.length === 0 ? (
    <p class="tn-empty">Zurzeit ist kein Runder Tisch in Arbeit.</p>
  ) : (
    <ul class="tn-things">
      {rounds.map((round) => (
        <li>
          <div>
            <p class="tn-things__name">
              <a href={`/runden/${round.id}`}>
                <bdi>{nameOf(round)}</bdi>
              </a>
              <span class="tn-badge tn-badge--info">{stageLabel(stageOf(round))}</span>
            </p>
            <p class="tn-muted">
              {round.prepared.date && `Am ${calendarDateOf(String(round.prepared.date))}, `}
              {round.items > 0 && `${countOf(round.items, 'Eintrag', 'Einträge')}, `}
              zuletzt geändert {minuteOf(round.changed_at.getTime() / 1000)}
            </p>
          </div>
        </li>
      ))}
    </ul>
  )

const Results = ({ results, rounds }: { results: Result[]; rounds: Round[] }) =>
  results.length === 0 ? (
    <p class="tn-empty">Ihr Zentrum hat noch kein Ergebnis veröffentlicht.</p>
  ) : (
    <ul class="tn-things">
      {results.map((result) => (
        <li>
          <div>
            <p class="tn-things__name">
              <a href={result.path}>
                <bdi>{result.title}</bdi>
              </a>
              {result.parties.length > 0 && <Count result={result} />}
            </p>
            <Missing result={result} />
            <Captured round={rounds.find(({ rid }) => rid === result.rid)} />
          </div>
        </li>
      ))}
    </ul>
  )

const Count = ({ result: { parties } }: { result: Result }) => {
  const endorsed = parties.filter(({ answer }) => answer === 'endorsed').length
  return (
    <span class={`tn-badge tn-badge--${endorsed === parties.length ? 'success' : 'info'}`}>
      {endorsed} von {parties.length} mitgezeichnet
    </span>
  )
}

/** Who has not signed with it, and since when she could have. */
const Missing = ({ result: { parties, since, ver } }: { result: Result }) => {
  const silent = parties.filter(({ answer }) => answer === null)
  const declined = parties.filter(({ answer }) => answer === 'declined')
  return (
    <>
      {parties.length === 0 && <p class="tn-muted">Kein Zentrum wurde um Mitzeichnung gebeten.</p>}
      {silent.length > 0 && (
        <p>
          Noch ohne Antwort seit {dateOf(since)}
          {ver > 1 && ` (Fassung ${ver})`}: <Names parties={silent} />
        </p>
      )}
      {declined.map((party) => (
        <p>
          Abgelehnt{party.at !== null && ` am ${dateOf(party.at)}`}: <Names parties={[party]} />
        </p>
      ))}
    </>
  )
}

const Names = ({ parties }: { parties: Result['parties'] }) => (
  <>
    {parties.map(({ slug, centre }, n) => (
      <>
        {n > 0 && ', '}
        <bdi>{centre ?? slug}</bdi>
      </>
    ))}
  </>
)

const Captured = ({ round }: { round: Round | undefined }) =>
  round ? (
    <p>
      <a href={`/runden/${round.id}`}>Vorbereitung und Mitschrift</a>
    </p>
  ) : null
