import { filled, Mailbox } from '../publications/inline-view.tsx'
import { offer as kind } from '../publications/kinds/offer.ts'
import { Pairs } from '../publications/value-view.tsx'
import { checkBases } from '../publications/vocabularies/check-bases.ts'
import { labelOf } from '../publications/vocabulary.ts'
import type { Post } from '../staff/visitor.ts'
import { Notice, Submit } from '../web/fields.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { calendarDateOf, dateOf } from '../web/texts.ts'
import type { Offer } from './confirm.ts'
import type { OwnOffer } from './store.ts'

type ConfirmViewProps = { site: Site; link: string; offer: Offer }

/** What a provider is asked: whether all this is still so. */
export const ConfirmView = ({ site, link, offer }: ConfirmViewProps) => (
  <Page site={site} title="Stimmt Ihr Angebot noch?" hidden>
    <div class="tn-narrow">
      <h1>Stimmt Ihr Angebot noch?</h1>
      <p class="tn-lead">
        So steht <strong>{offer.title}</strong> im Beratungskompass. Zuletzt geprüft wurde das am{' '}
        {calendarDateOf(offer.checkedOn)}.
      </p>
      <section class="tn-panel" aria-label="Angaben">
        <Pairs parts={filled(asked, offer)} />
      </section>
      <form method="post" action={`/kompass/bestaetigen/${link}`}>
        <p class="tn-actions">
          <Submit label="Ja, alles stimmt noch" />
        </p>
      </form>
      <p>
        Hat sich etwas geändert? Schreiben Sie bitte an <Mailbox address={offer.contact.deputy} />,
        statt hier zu bestätigen.
      </p>
    </div>
  </Page>
)

const {
  provider,
  services,
  process,
  area,
  price,
  subsidy,
  channels,
  languages,
  capacity,
  website,
} = kind.own
const asked = {
  ...{ provider, services, process, area, price, subsidy },
  ...{ channels, languages, capacity, website },
}

export const ConfirmedView = ({ site }: { site: Site }) => (
  <Page site={site} title="Vielen Dank" hidden>
    <div class="tn-narrow">
      <h1>Vielen Dank</h1>
      <p class="tn-lead">
        Ihre Bestätigung ist veröffentlicht. Im Beratungskompass steht Ihr Angebot ab jetzt mit dem
        heutigen Tag.
      </p>
      <p>
        <a href="/kompass">Zum Beratungskompass</a>
      </p>
    </div>
  </Page>
)

type OwnOffersViewProps = { site: Site; post: Post; offers: OwnOffer[]; today: string }

/** The offers of a centre, those to be checked first. */
export const OwnOffersView = ({ site, post, offers, today }: OwnOffersViewProps) => (
  <Page site={site} title="Beratungsangebote prüfen" hidden>
    <div class="tn-narrow">
      <p class="tn-kicker">
        <a href="/arbeit">Arbeit</a> · <bdi>{post.name}</bdi>
      </p>
      <h1>Beratungsangebote prüfen</h1>
      <p class="tn-lead">
        Mit einem Link bestätigt der Anbieter selbst, dass alles noch stimmt. Der Link gilt dreißig
        Tage und nur einmal.
      </p>
      {offers.length === 0 && (
        <p class="tn-empty">Ihr Zentrum hat noch kein Angebot veröffentlicht.</p>
      )}
      <ul class="tn-things">
        {offers.map((offer) => (
          <OwnOfferItem offer={offer} post={post} today={today} />
        ))}
      </ul>
    </div>
  </Page>
)

type OwnOfferItemProps = { offer: OwnOffer; post: Post; today: string }

const OwnOfferItem = ({ offer, post, today }: OwnOfferItemProps) => (
  <li>
    <div>
      <p class="tn-things__name">
        <a href={`/beratungsangebote/${post.centre}/${offer.rid}`}>
          <bdi>{offer.title}</bdi>
        </a>
        {offer.reviewBy < today && <span class="tn-badge tn-badge--warning">überfällig</span>}
      </p>
      <p class="tn-muted">
        <bdi>{offer.provider}</bdi> · geprüft am {calendarDateOf(offer.checkedOn)} (
        {labelOf(checkBases, offer.basis)})
      </p>
    </div>
    <form method="post" action={`/angebote/pruefen/${offer.rid}/link`}>
      <input type="hidden" name="zentrum" value={post.centre} />
      <Submit label="Link erzeugen" about={offer.title} look="secondary" />
    </form>
  </li>
)

type LinkForProviderProps = { site: Site; link: string; offer: Offer; until: number }

/** The one time that a link is shown. */
export const LinkForProvider = ({ site, link, offer, until }: LinkForProviderProps) => (
  <Page site={site} title="Link für den Anbieter" hidden>
    <div class="tn-narrow">
      <h1>Link für den Anbieter</h1>
      <Notice look="success" title={`Der Link gilt bis zum ${dateOf(until / 1000)}.`}>
        <p class="kern-body">Senden Sie ihn an die Stelle, die „{offer.title}“ anbietet.</p>
      </Notice>
      <div class="kern-form-input">
        <label class="kern-label" for="link">
          Link
        </label>
        <input class="kern-form-input__input" id="link" type="text" value={link} readonly />
      </div>
      <p class="tn-actions">
        <a class="kern-btn kern-btn--primary" href={mailTo(offer, link)}>
          <span class="kern-label">E-Mail schreiben</span>
        </a>
        <a class="kern-btn kern-btn--secondary" href="/angebote/pruefen">
          <span class="kern-label">Zurück zur Liste</span>
        </a>
      </p>
    </div>
  </Page>
)

const mailTo = ({ title, contact }: Offer, link: string) => {
  const subject = encodeURIComponent(`Stimmt Ihr Angebot „${title}“ noch?`)
  const body = encodeURIComponent(
    `Guten Tag,\n\nim Beratungskompass der Zukunftszentren steht Ihr Angebot „${title}“. Bitte bestätigen Sie mit diesem Link, dass alles noch stimmt:\n\n${link}\n\nMit freundlichen Grüßen`,
  )
  return `mailto:${contact.mailbox}?subject=${subject}&body=${body}`
}
