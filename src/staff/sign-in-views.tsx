import { Notice, TextField } from '../web/fields.tsx'
import { Icon } from '../web/icons.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { dateOf } from '../web/texts.ts'
import type { Ceremony } from './passkey.ts'
import { PasskeyForm, passkeyScripts } from './passkey-form.tsx'
import { roleLabel, roles } from './roles.ts'
import type { Invitation } from './store.ts'

/** Why somebody could not be signed in, in words: title and what to do. */
const refusals = {
  expired: [
    'Die Seite war zu lange offen',
    'Aus Sicherheitsgründen gilt eine Anfrage nur zehn Minuten und nur einmal. Versuchen Sie es jetzt noch einmal.',
  ],
  unknown: [
    'Dieser Passkey ist hier nicht bekannt',
    'Vielleicht gehört er zu einem anderen Knoten, oder er wurde entfernt. Wählen Sie einen anderen, oder bitten Sie Ihre Verwaltung um einen neuen Zugang.',
  ],
  passkey: [
    'Der Passkey konnte nicht geprüft werden',
    'Ihr Browser hat keine gültige Antwort geschickt. Versuchen Sie es noch einmal; wenn es wieder nicht geht, wenden Sie sich an Ihre Verwaltung.',
  ],
  'passkey-known': [
    'Diesen Passkey gibt es schon',
    'Er gehört bereits zu einem Konto. Legen Sie für dieses Konto einen neuen an.',
  ],
  counter: [
    'Dieser Passkey wurde zurückgewiesen',
    'Er wurde an anderer Stelle weitergezählt: Vielleicht gibt es eine Kopie davon. Melden Sie das bitte Ihrer Verwaltung.',
  ],
  closed: [
    'Dieses Konto ist geschlossen',
    'Wenn das ein Irrtum ist, wenden Sie sich an die Verwaltung Ihres Zentrums.',
  ],
  refused: [
    'Die zentrale Anmeldung ist nicht gelungen',
    'Versuchen Sie es noch einmal. Wenn es wieder nicht geht, wenden Sie sich an Ihre IT.',
  ],
  'no-role': [
    'Sie haben hier noch keine Rolle',
    'Die zentrale Anmeldung kennt Sie, nennt aber keine Rolle für diesen Knoten. Wenden Sie sich an Ihre IT.',
  ],
} as const
export type Refusal = keyof typeof refusals

const Refused = ({ reason }: { reason: Refusal }) => {
  const [title, advice] = refusals[reason]
  return (
    <Notice look="danger" title={title}>
      <p class="kern-body">{advice}</p>
    </Notice>
  )
}

type SignInViewProps = {
  site: Site
  asked: Ceremony
  /** Where she wants to go. */
  to: string
  /** Host of the house's own sign-in. */
  central?: string | undefined
  /** Whether somebody who is signed in is to show once more that it is she. */
  again: boolean
  refused?: Refusal | undefined
}

export const SignInView = ({ site, asked, to, central, again, refused }: SignInViewProps) => (
  <Page site={site} title="Anmelden" hidden scripts={passkeyScripts}>
    <article class="tn-narrow">
      <h1>{again ? 'Zur Sicherheit noch einmal anmelden' : 'Anmelden'}</h1>
      <p class="tn-lead">
        {again
          ? 'Wer Zugänge ändert oder vergibt, muss gerade erst gezeigt haben, wer er ist.'
          : 'Für alle, die bei einem Zentrum dieses Knotens mitarbeiten.'}
      </p>
      {refused && <Refused reason={refused} />}
      <PasskeyForm action="/anmelden" does="get" asked={asked} label="Mit Passkey anmelden">
        <input type="hidden" name="to" value={to} />
        {again && <input type="hidden" name="again" value="1" />}
      </PasskeyForm>
      {central && (
        <p class="tn-actions">
          <a
            class="kern-btn kern-btn--secondary"
            href={`/anmelden/zentral?${new URLSearchParams({ to, ...(again && { again: '1' }) })}`}
          >
            <Icon name="account-circle" />
            <span class="kern-label">Mit der zentralen Anmeldung ({central})</span>
          </a>
        </p>
      )}
      <section class="tn-help" aria-labelledby="hilfe">
        <h2 id="hilfe">Sie kommen nicht hinein?</h2>
        <ul class="tn-list">
          <li>
            <strong>Noch kein Zugang:</strong> Die Verwaltung Ihres Zentrums lädt Sie mit einem Link
            ein. Ein Passwort brauchen Sie nie.
          </li>
          <li>
            <strong>Neues oder verlorenes Gerät:</strong> Die Verwaltung gibt Ihnen einen neuen
            Link. Was Sie auf dem alten Gerät hatten, gilt dann nicht mehr.
          </li>
        </ul>
      </section>
    </article>
  </Page>
)

type InvitationViewProps = {
  site: Site
  invitation: Invitation
  /** Name of the centre. */
  centre: string
  action: string
  asked: Ceremony
  name: string
  refused?: Refusal | undefined
  /** What is wrong with the name. */
  fault?: string | undefined
}

export const InvitationView = (props: InvitationViewProps) => {
  const { site, invitation, centre, action, asked, name, refused, fault } = props
  const renewed = invitation.person !== null
  return (
    <Page site={site} title="Einladung" hidden scripts={passkeyScripts}>
      <article class="tn-narrow">
        <p class="tn-kicker">
          <bdi>{centre}</bdi>
        </p>
        <h1>{renewed ? 'Ihr neuer Zugang' : 'Sie sind eingeladen'}</h1>
        {renewed ? <Renewal name={invitation.name} /> : <Welcome invitation={invitation} />}
        {site.account && <SignedIn name={site.account.name} />}
        {refused && <Refused reason={refused} />}
        <PasskeyForm action={action} does="create" asked={asked} label="Passkey anlegen">
          {!renewed && (
            <TextField
              name="name"
              label="Ihr Name"
              hint="So sehen Sie Ihre Kolleginnen und Kollegen auf diesem Knoten."
              value={name}
              most={120}
              required
              autocomplete="name"
              fault={fault}
            />
          )}
        </PasskeyForm>
        <AboutPasskeys />
        <p class="tn-muted">
          Dieser Link gilt einmal und bis zum {dateOf(invitation.expires_at.getTime() / 1000)}. Wer
          ihn hat, kann ihn benutzen: Geben Sie ihn nicht weiter.
        </p>
      </article>
    </Page>
  )
}

const Welcome = ({ invitation }: { invitation: Invitation }) => (
  <>
    <p class="tn-lead">
      Legen Sie einen Passkey an, dann können Sie sich auf diesem Knoten des Transfernetzes anmelden
      und mitarbeiten als:
    </p>
    <ul class="tn-list">
      {roles
        .filter(({ id }) => invitation.roles.includes(id))
        .map(({ id, may }) => (
          <li>
            <strong>{roleLabel(id)}</strong> – {may}
          </li>
        ))}
    </ul>
  </>
)

const Renewal = ({ name }: { name: string }) => (
  <p class="tn-lead">
    Dieser Link gehört zum Konto von <bdi>{name}</bdi>. Mit dem neuen Passkey gelten alle bisherigen
    nicht mehr, und auf allen anderen Geräten werden Sie abgemeldet.
  </p>
)

const SignedIn = ({ name }: { name: string }) => (
  <Notice look="info" title="Sie sind bereits angemeldet">
    <p class="kern-body">
      In diesem Browser ist <bdi>{name}</bdi> angemeldet. Wenn Sie fortfahren, endet diese
      Anmeldung, und es beginnt eine neue mit dem Konto, zu dem der Link gehört.
    </p>
  </Notice>
)

const AboutPasskeys = () => (
  <section class="tn-help" aria-labelledby="passkey">
    <h2 id="passkey">Was ist ein Passkey?</h2>
    <p>
      Ein Passkey ersetzt das Passwort. Ihr Gerät bewahrt ihn auf und zeigt ihn nur dieser Adresse,
      nachdem Sie sich am Gerät ausgewiesen haben: mit PIN, Fingerabdruck oder Gesicht. Davon
      erfährt dieser Knoten nichts, und es gibt nichts, was man Ihnen ablisten könnte.
    </p>
  </section>
)

/** Behind the way out, or before it. */
export const LeaveView = ({ site }: { site: Site }) => (
  <Page site={site} title={site.account ? 'Abmelden' : 'Abgemeldet'} hidden>
    <article class="tn-narrow">
      <h1>{site.account ? 'Abmelden' : 'Sie sind abgemeldet'}</h1>
      {site.account ? (
        <form class="tn-form" method="post" action="/abmelden">
          <p>Auf diesem Gerät beenden Sie damit Ihre Sitzung. Ihre Arbeit bleibt gespeichert.</p>
          <div>
            <button class="kern-btn kern-btn--primary" type="submit">
              <span class="kern-label">Abmelden</span>
            </button>
          </div>
        </form>
      ) : (
        <>
          <p class="tn-lead">Auf diesem Gerät ist keine Sitzung mehr offen.</p>
          <p class="tn-actions">
            <a class="kern-btn kern-btn--secondary" href="/anmelden">
              <span class="kern-label">Wieder anmelden</span>
            </a>
            <a class="kern-btn kern-btn--tertiary" href="/">
              <span class="kern-label">Zur Startseite</span>
            </a>
          </p>
        </>
      )}
    </article>
  </Page>
)
