import type { SeatRule } from '../config.ts'
import { Notice, Submit, TextField } from '../web/fields.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { countOf, dateOf } from '../web/texts.ts'
import type { PlaceAnswer, PlaceQuery } from './answer.ts'
import { type LandId, nameOfLand } from './lands.ts'
import { LandMap } from './map.tsx'
import type { Candidate, PlaceSet } from './place.ts'
import { seatRuleLabels } from './seat-rule.ts'

type ResponsibleViewProps = {
  site: Site
  query: PlaceQuery
  /** Undefined before the first question. */
  found: { answer: PlaceAnswer; sets: PlaceSet[] } | undefined
  rule: SeatRule
  /** Whether she who asks may refer companies. */
  refers: boolean
}

/** Who is responsible for a company, by where it has its seat. */
export const ResponsibleView = ({ site, query, found, rule, refers }: ResponsibleViewProps) => (
  <Page site={site} title="Wer ist zuständig?" hidden={found !== undefined}>
    <header class="tn-intro">
      <h1>Wer ist zuständig?</h1>
      <p class="tn-lead">
        Zuständig ist das Zukunftszentrum des Landes, in dem das Unternehmen seinen Sitz hat; es
        zählt {seatRuleLabels[rule]}. Geben Sie Postleitzahl und Ort an; eines von beiden genügt
        oft. Ihre Eingabe wird nicht gespeichert.
      </p>
      <form class="tn-form tn-place" method="get" action="/zustaendig">
        <TextField name="plz" label="Postleitzahl" value={query.plz ?? ''} most={20} />
        <TextField name="ort" label="Ort" value={query.ort ?? ''} most={120} />
        <div>
          <Submit label="Nachsehen" />
        </div>
      </form>
    </header>
    {found && <Found plz={query.plz} {...found} />}
    {refers && (
      <p>
        <a
          class="kern-btn kern-btn--secondary"
          href={`/verweise/neu?${new URLSearchParams({ plz: query.plz ?? '', ort: query.ort ?? '' })}`}
        >
          <span class="kern-label">Unternehmen verweisen</span>
        </a>
      </p>
    )}
  </Page>
)

type FoundProps = NonNullable<ResponsibleViewProps['found']> & { plz: string | undefined }

const Found = ({ answer, sets, plz }: FoundProps) => {
  const lands = [...new Set(answer.candidates.map(({ land }) => land))]
  return (
    <section class="tn-place-answer" aria-labelledby="antwort">
      <div>
        <h2 id="antwort">{headingOf(answer, lands)}</h2>
        <Notice look={looks[answer.status]} title={titles[answer.status]}>
          <p class="kern-body">{answer.hint}</p>
        </Notice>
        {answer.centres.length > 0 && <Centres centres={answer.centres} />}
        {answer.candidates.length > 0 && <Candidates answer={answer} lands={lands} plz={plz} />}
        <Sources sets={sets} />
      </div>
      {lands.length > 0 && <LandMap lands={lands} />}
    </section>
  )
}

const headingOf = ({ status, centres }: PlaceAnswer, lands: LandId[]) => {
  const named = new Set(centres.map(({ entity_id }) => entity_id))
  if (status === 'decided' && centres[0] && named.size === 1) return `Zuständig: ${centres[0].name}`
  if (status === 'decided') return `Der Sitz liegt in ${nameOfLand(lands[0] ?? 'DE-BE')}`
  if (status === 'ambiguous') return 'Das ist noch nicht eindeutig'
  return status === 'foreign' ? 'Der Ort liegt nicht in Deutschland' : 'Dazu ist nichts bekannt'
}

const looks = {
  decided: 'success',
  ambiguous: 'warning',
  unknown: 'info',
  foreign: 'info',
} as const

const titles = {
  decided: 'Eindeutig',
  ambiguous: 'Bitte genauer angeben',
  unknown: 'Nicht gefunden',
  foreign: 'Im Ausland',
} as const

const Centres = ({ centres }: Pick<PlaceAnswer, 'centres'>) => (
  <ul class="tn-centres">
    {centres.map(({ name, why, contact }) => (
      <li>
        <strong>
          <bdi>{name}</bdi>
        </strong>{' '}
        – {why} ·{' '}
        <a href={contact}>
          Kontakt<span class="kern-sr-only"> zu {name}</span>
        </a>
      </li>
    ))}
  </ul>
)

/** More than these are folded. */
const few = 8

type CandidatesProps = Pick<FoundProps, 'answer' | 'plz'> & { lands: LandId[] }

const Candidates = ({ answer, lands, plz }: CandidatesProps) => {
  const { candidates, status } = answer
  const list = (
    <>
      {lands.map((land) => (
        <>
          <h3>{nameOfLand(land)}</h3>
          <CandidateList plz={plz} candidates={candidates.filter((each) => each.land === land)} />
        </>
      ))}
    </>
  )
  if (status === 'ambiguous' && candidates.length <= few) return list
  return (
    <details class="tn-details">
      <summary>{countOf(candidates.length, 'passender Ort', 'passende Orte')}</summary>
      {list}
    </details>
  )
}

const CandidateList = ({
  candidates,
  plz,
}: {
  candidates: Candidate[]
  plz: string | undefined
}) => (
  <ul>
    {candidates.map(({ place, kreis, land }) => (
      <li>
        <a href={pathOf({ ...(plz && { plz }), ort: `${place}, ${nameOfLand(land)}` })}>
          <bdi>{place}</bdi>
        </a>
        {kreis && `, ${kreis}`}
      </li>
    ))}
  </ul>
)

const pathOf = (query: Record<string, string>) => `/zustaendig?${new URLSearchParams(query)}`

const Sources = ({ sets }: { sets: PlaceSet[] }) =>
  sets.length === 0 ? null : (
    <p class="tn-place-sources tn-muted">
      Grundlage:{' '}
      {sets
        .map(
          ({ title, version, attribution, licence, asOf }) =>
            `${title}, Fassung ${version}${asOf ? `, Stand ${dateOf(Date.parse(asOf) / 1000)}` : ''} (${attribution}; ${licence})`,
        )
        .join(' · ')}
      .
    </p>
  )
