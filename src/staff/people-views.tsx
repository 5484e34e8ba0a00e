/** Who works for a centre, who is invited, and the link for somebody new. */
import { Notice, Submit, TextField } from '../web/fields.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { countOf, dateOf } from '../web/texts.ts'
import { RoleChecks, rolesText, type Said, Saying, StaffForm, sayings } from './people-parts.tsx'
import { SignInAgain } from './sign-in-again.tsx'
import type { Invitation, ListedPerson } from './store.ts'
import type { Post } from './visitor.ts'

type PeopleViewProps = {
  site: Site
  post: Post
  people: ListedPerson[]
  invitations: Invitation[]
  /** Whether the one who is looking has just shown that it is she. */
  fresh: boolean
  said?: Said | undefined
}

export const PeopleView = (props: PeopleViewProps) => {
  const { site, post, people, invitations, said } = props
  return (
    <Page site={site} title="Verwaltung" hidden>
      <header class="tn-intro">
        <p class="tn-kicker">
          <bdi>{post.name}</bdi>
        </p>
        <h1>Verwaltung</h1>
        <p class="tn-lead">Wer bei Ihrem Zentrum mitarbeitet, und als was.</p>
      </header>
      <Saying said={said} />
      <div class="tn-stack">
        <section aria-labelledby="personen">
          <h2 id="personen">{countOf(people.length, 'Person', 'Personen')}</h2>
          <ul class="tn-things">
            {people.map((person) => (
              <PersonItem person={person} />
            ))}
          </ul>
        </section>
        <section aria-labelledby="einladungen">
          <h2 id="einladungen">Offene Einladungen</h2>
          {invitations.length > 0 ? (
            <ul class="tn-things">
              {invitations.map((invitation) => (
                <InvitationItem invitation={invitation} post={post} />
              ))}
            </ul>
          ) : (
            <p>Zurzeit keine.</p>
          )}
        </section>
        <section aria-labelledby="einladen">
          <h2 id="einladen">Jemanden einladen</h2>
          <p>
            Sie erhalten einen Link, den Sie selbst weitergeben. Er gilt einmal und sieben Tage
            lang.
          </p>
          {props.fresh ? (
            <InvitationForm {...props} />
          ) : (
            <SignInAgain before="Um jemanden einzuladen" to="/verwaltung" />
          )}
        </section>
      </div>
    </Page>
  )
}

const InvitationForm = ({ post, said }: PeopleViewProps) => (
  <StaffForm post={post} action="/verwaltung/einladungen">
    <TextField name="name" label="Name" hint="Die eingeladene Person kann ihn ändern." most={120} />
    <RoleChecks
      post={post}
      chosen={[]}
      fault={said === 'no-role' ? sayings['no-role'][1] : undefined}
    />
    <div>
      <Submit label="Link erzeugen" />
    </div>
  </StaffForm>
)

const PersonItem = ({ person }: { person: ListedPerson }) => (
  <li>
    <div>
      <p class="tn-things__name">
        <a href={`/verwaltung/personen/${person.id}`}>
          <bdi>{person.name}</bdi>
        </a>
        {person.closed_at && <span class="tn-badge">geschlossen</span>}
      </p>
      <p>{rolesText(person.roles)}</p>
      <p class="tn-muted">{lastSeen(person)}</p>
    </div>
  </li>
)

const lastSeen = ({ sessions, seen_at, external }: ListedPerson) => {
  const how = external ? 'Zentrale Anmeldung' : 'Passkey'
  if (sessions === 0 || !seen_at) return `${how}, zurzeit nicht angemeldet`
  return `${how}, angemeldet, zuletzt am ${dateOf(seen_at.getTime() / 1000)}`
}

const InvitationItem = ({ invitation, post }: { invitation: Invitation; post: Post }) => (
  <li>
    <div>
      <p class="tn-things__name">
        <bdi>{invitation.name || 'Ohne Namen'}</bdi>
      </p>
      <p>{invitation.person ? 'Neuer Zugang' : rolesText(invitation.roles)}</p>
      <p class="tn-muted">Gilt bis {dateOf(invitation.expires_at.getTime() / 1000)}</p>
    </div>
    <StaffForm post={post} action={`/verwaltung/einladungen/${invitation.id}/zuruecknehmen`}>
      <Submit
        look="secondary"
        label="Zurücknehmen"
        about={`Einladung ${invitation.name || 'ohne Namen'}`}
      />
    </StaffForm>
  </li>
)

type LinkViewProps = { site: Site; link: string; name: string; renewed: boolean }

/** The one time that a link is shown. */
export const LinkView = ({ site, link, name, renewed }: LinkViewProps) => (
  <Page site={site} title="Link erzeugt" hidden>
    <article class="tn-narrow">
      <p class="tn-kicker">
        <a href="/verwaltung">Verwaltung</a>
      </p>
      <h1>
        {renewed ? 'Link für den neuen Zugang' : 'Einladung'}
        {name && (
          <>
            {' '}
            für <bdi>{name}</bdi>
          </>
        )}
      </h1>
      <Notice look="success" title="Der Link ist erzeugt. Er wird nur jetzt angezeigt." />
      <div class="kern-form-input">
        <label class="kern-label" for="link">
          Link
        </label>
        <div class="kern-hint" id="link-hinweis">
          Kopieren Sie ihn und geben Sie ihn der Person auf einem Weg, den nur sie liest.
        </div>
        <input
          class="kern-form-input__input"
          id="link"
          type="text"
          value={link}
          readonly
          aria-describedby="link-hinweis"
        />
      </div>
      <p>
        Er gilt einmal und sieben Tage lang. Solange ihn niemand benutzt hat, können Sie ihn
        zurücknehmen.
      </p>
      <p class="tn-actions">
        <a class="kern-btn kern-btn--secondary" href="/verwaltung">
          <span class="kern-label">Zurück zur Verwaltung</span>
        </a>
      </p>
    </article>
  </Page>
)
