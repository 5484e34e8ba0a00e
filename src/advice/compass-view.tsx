import { explanations } from '../places/explanations.ts'
import { type LandId, nameOfLand } from '../places/lands.ts'
import type { PlaceSet, Resolution } from '../places/place.ts'
import { checkBases } from '../publications/vocabularies/check-bases.ts'
import { companySizes } from '../publications/vocabularies/company-sizes.ts'
import { prices } from '../publications/vocabularies/prices.ts'
import { sectors } from '../publications/vocabularies/sectors.ts'
import { services } from '../publications/vocabularies/services.ts'
import { topics } from '../publications/vocabularies/topics.ts'
import { labelOf, type Vocabulary } from '../publications/vocabulary.ts'
import { addressOf } from '../web/address.ts'
import { Notice, Select, Submit } from '../web/fields.tsx'
import { Icon } from '../web/icons.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { calendarDateOf, countOf } from '../web/texts.ts'
import { type Advice, type CompassQuery, readWhere } from './compass.ts'
import { reasonsFor } from './reasons.ts'
import type { RankedOffer } from './store.ts'

export interface CompassViewProps {
  site: Site
  query: CompassQuery
  /** Undefined before the first question. */
  advice: Advice | undefined
  /** Whether the reader may refer a company. */
  refers: boolean
}

/** Who seeks advice is asked four things at most, and told whom to write to. */
export const CompassView = (props: CompassViewProps) => (
  <Page site={props.site} title="Beratungskompass" hidden={props.advice !== undefined}>
    <header class="tn-intro">
      <p class="tn-kicker">
        <a href="/angebote">Angebote</a>
      </p>
      <h1>Ich suche Beratung</h1>
      <p class="tn-lead">
        Sagen Sie uns, wo Ihr Betrieb sitzt und worum es geht. Sie sehen dann, wer dafür da ist,
        warum, und wann das zuletzt geprüft wurde. Ihre Angaben werden nicht gespeichert.
      </p>
      <CompassForm query={props.query} />
    </header>
    {props.advice && <Answer {...props} advice={props.advice} />}
  </Page>
)

const CompassForm = ({ query }: { query: CompassQuery }) => (
  <form class="tn-panel tn-compass" method="get" action="/kompass">
    <div class="kern-form-input">
      <label class="kern-label" for="feld-wo">
        Postleitzahl oder Ort
      </label>
      <input
        class="kern-form-input__input"
        id="feld-wo"
        name="wo"
        type="text"
        value={query.wo ?? ''}
        maxlength={140}
        autocomplete="off"
        enterkeyhint="search"
      />
    </div>
    <Choice name="topic" label="Thema" all="Jedes Thema" from={topics} chosen={query.topic} />
    <Choice name="size" label="Größe" all="Jede Größe" from={companySizes} chosen={query.size} />
    <Choice
      name="sector"
      label="Branche"
      all="Jede Branche"
      from={currentSectors}
      chosen={query.sector}
    />
    <div>
      <Submit label="Beratung finden" />
    </div>
  </form>
)

/** One edition is enough to choose from. */
const currentSectors = {
  ...sectors,
  terms: sectors.terms.filter(({ id }) => id.startsWith('wz2008:')),
}

type ChoiceProps = {
  name: string
  label: string
  all: string
  from: Vocabulary
  chosen: string | undefined
}

const Choice = ({ from, ...props }: ChoiceProps) => (
  <Select {...props} options={from.terms.map(({ id, de }) => ({ value: id, label: de }))} />
)

type AnswerProps = { query: CompassQuery; advice: Advice; refers: boolean }

const Answer = ({ query, advice, refers }: AnswerProps) => {
  const { place, sets, offers } = advice
  if (place && place.status !== 'decided')
    return <AskBack query={query} place={place} sets={sets} />
  const [candidate] = place?.candidates ?? []
  return (
    <section aria-labelledby="antwort">
      <h2 id="antwort">{headingOf(offers.length, place)}</h2>
      {offers.length === 0 && <Nobody />}
      <ol class="tn-offers">
        {offers.map((offer) => (
          <li>
            <Offer
              offer={offer}
              reasons={reasonsFor(offer, query, candidate)}
              refer={refers ? referPath(query) : undefined}
            />
          </li>
        ))}
      </ol>
    </section>
  )
}

const headingOf = (count: number, place: Resolution | undefined) => {
  const found = countOf(count, 'Angebot', 'Angebote')
  const [first] = place?.candidates ?? []
  if (!first) return found
  const isOne = new Set(place?.candidates.map((each) => each.place)).size === 1
  return `${found} für Betriebe in ${isOne ? first.place : nameOfLand(first.land)}`
}

const Nobody = () => (
  <div class="tn-empty">
    <p>Für diesen Ort ist hier noch kein Angebot eingetragen.</p>
    <p>
      <a href="/zustaendig">Sehen Sie nach, welches Zukunftszentrum zuständig ist</a>; dort weiß man
      weiter.
    </p>
  </div>
)

type AskBackProps = { query: CompassQuery; place: Resolution; sets: PlaceSet[] }

/** What is not unique is asked back, never guessed. */
const AskBack = ({ query, place }: AskBackProps) => {
  const lands = [...new Set(place.candidates.map(({ land }) => land))].toSorted((a, b) =>
    nameOfLand(a).localeCompare(nameOfLand(b), 'de'),
  )
  return (
    <section aria-labelledby="antwort">
      <h2 id="antwort">
        {place.status === 'ambiguous'
          ? 'Welcher Ort ist gemeint?'
          : 'Dieser Ort ist uns nicht bekannt'}
      </h2>
      <Notice look="info" title="Bitte genauer angeben">
        <p class="kern-body">{explanations[place.reason]}</p>
      </Notice>
      {lands.map((land) => (
        <AskedLand land={land} query={query} place={place} />
      ))}
    </section>
  )
}

type AskedLandProps = { land: LandId; query: CompassQuery; place: Resolution }

const AskedLand = ({ land, query, place }: AskedLandProps) => (
  <>
    <h3>{nameOfLand(land)}</h3>
    <ul class="tn-chips tn-asked">
      {place.candidates
        .filter((each) => each.land === land)
        .map((each) => (
          <li>
            <a href={compassPath({ ...query, wo: exactly(query.wo, each.place, land) })}>
              <bdi>{each.place}</bdi>
            </a>
          </li>
        ))}
    </ul>
  </>
)

const exactly = (asked = '', place: string, land: LandId) => {
  const code = asked.match(/\d{4,5}/)?.[0]
  return [code, `${place}, ${nameOfLand(land)}`].filter(Boolean).join(' ')
}

const compassPath = (query: CompassQuery) => addressOf('/kompass', query)

/** The form of a referral with what is known of the seat. */
const referPath = ({ wo = '' }: CompassQuery) =>
  `/verweise/neu?${new URLSearchParams({ plz: '', ort: '', ...readWhere(wo) })}`

type OfferProps = {
  offer: RankedOffer
  reasons: ReturnType<typeof reasonsFor>
  refer: string | undefined
}

const Offer = ({ offer, reasons, refer }: OfferProps) => (
  <article class="tn-offer">
    <h3>
      <a href={`/beratungsangebote/${offer.slug}/${offer.rid}`}>
        <bdi>{offer.title}</bdi>
      </a>
    </h3>
    <p class="tn-teaser__from">
      <span class="tn-kind">
        <bdi>{offer.provider}</bdi>
      </span>
      <span>{offer.services.map((id) => labelOf(services, id)).join(', ')}</span>
      {offer.price && <span>{labelOf(prices, offer.price)}</span>}
    </p>
    <p class="tn-teaser__summary">{offer.summary}</p>
    <ul class="tn-reasons" aria-label="Warum dieses Angebot">
      {reasons.map(({ good, text }) => (
        <li>
          <Icon name={good ? 'check' : 'info'} />
          <span>{text}</span>
        </li>
      ))}
    </ul>
    <Checked offer={offer} />
    <p class="tn-actions">
      <a
        class="kern-btn kern-btn--primary"
        href={`mailto:${offer.mailbox}`}
        aria-label={`Kontakt aufnehmen: ${offer.provider}`}
      >
        <span class="kern-label">Kontakt aufnehmen</span>
      </a>
      {refer && offer.isCentre && (
        <a
          class="kern-btn kern-btn--secondary"
          href={refer}
          aria-label={`Verweisen: ${offer.provider}`}
        >
          <span class="kern-label">Verweisen</span>
        </a>
      )}
    </p>
  </article>
)

const Checked = ({ offer }: { offer: RankedOffer }) => (
  <p class="tn-checked">
    {offer.overdue && <strong class="tn-badge tn-badge--warning">Überprüfung steht aus</strong>}{' '}
    Zuletzt geprüft am <time datetime={offer.checkedOn}>{calendarDateOf(offer.checkedOn)}</time> (
    {labelOf(checkBases, offer.basis)}).
    {offer.overdue &&
      ` Das sollte bis zum ${calendarDateOf(offer.reviewBy)} wieder geschehen; fragen Sie nach, ob alles noch stimmt.`}
  </p>
)
