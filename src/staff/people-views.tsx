import type { PropsWithChildren } from 'hono/jsx'
import { z } from 'zod'
import { Checks, Notice, Submit, TextField } from '../web/fields.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { countOf, dateOf, isoDateOf, momentOf } from '../web/texts.ts'
import { type Role, roles, rolesAt } from './roles.ts'
import type { Device } from './session-store.ts'
import type { Invitation, ListedPerson } from './store.ts'
import type { Post } from './visitor.ts'

/** What was just done, or why not. */
const sayings = {
  revoked: ['success', 'Die Einladung gilt nicht mehr.'],
  changed: ['success', 'Die Rollen gelten ab sofort.'],
  closed: ['success', 'Das Konto ist geschlossen. Alle seine Sitzungen sind beendet.'],
  reopened: ['success', 'Das Konto ist wieder offen.'],
  ended: ['success', 'Die Sitzung ist beendet.'],
  'no-role': ['danger', 'Wählen Sie mindestens eine Rolle.'],
  'last-administrator': [
    'danger',
    'Sonst hätte dieses Zentrum keine Verwaltung mehr. Geben Sie zuerst einer anderen Person diese Rolle.',
  ],
  elsewhere: ['danger', 'Darüber entscheidet nicht dieses Zentrum allein.'],
} as const
export const Said = z.enum(Object.keys(sayings) as (keyof typeof sayings)[])
export type Said = z.infer<typeof Said>

const Saying = ({ said }: { said: Said | undefined }) =>
  said ? <Notice look={sayings[said][0]} title={sayings[said][1]} /> : null

type PeopleViewProps = {
  site: Site
  post: Post
  people: ListedPerson[]
  invitations: Invitation[]
  said?: Said | undefined
}

export const PeopleView = ({ site, post, people, invitations, said }: PeopleViewProps) => (
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
          Sie erhalten einen Link, den Sie selbst weitergeben. Er gilt einmal und sieben Tage lang.
        </p>
        <StaffForm post={post} action="/verwaltung/einladungen">
          <TextField
            name="name"
            label="Name"
            hint="Die eingeladene Person kann ihn ändern."
            most={120}
          />
          <RoleChecks
            post={post}
            chosen={[]}
            fault={said === 'no-role' ? sayings['no-role'][1] : undefined}
          />
          <div>
            <Submit label="Link erzeugen" />
          </div>
        </StaffForm>
      </section>
    </div>
  </Page>
)

/** A form that says for which centre its page was made. */
const StaffForm = ({
  post,
  action,
  children,
}: PropsWithChildren<{ post: Post; action: string }>) => (
  <form class="tn-form" method="post" action={action}>
    <input type="hidden" name="zentrum" value={post.centre} />
    {children}
  </form>
)

type RoleChecksProps = { post: Post; chosen: Role[]; fault?: string | undefined }

const RoleChecks = ({ post, chosen, fault }: RoleChecksProps) => (
  <Checks
    name="roles"
    legend="Rollen"
    options={rolesAt(post).map(({ id, de, may }) => ({ value: id, label: de, hint: may }))}
    chosen={chosen}
    fault={fault}
  />
)

const rolesText = (list: Role[]) =>
  roles
    .filter(({ id }) => list.includes(id))
    .map(({ de }) => de)
    .join(', ')

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

type PersonViewProps = {
  site: Site
  post: Post
  person: ListedPerson
  /** Whether it is the one who is looking. */
  self: boolean
  sessions: Device[]
  said?: Said | undefined
}

export const PersonView = (props: PersonViewProps) => {
  const { site, person, said } = props
  return (
    <Page site={site} title={person.name} hidden>
      <article class="tn-narrow">
        <p class="tn-kicker">
          <a href="/verwaltung">Verwaltung</a>
        </p>
        <h1>
          <bdi>{person.name}</bdi>
        </h1>
        <Saying said={said} />
        {person.closed_at ? <Closed {...props} /> : <Open {...props} />}
      </article>
    </Page>
  )
}

const Closed = ({ post, person }: PersonViewProps) => (
  <section aria-labelledby="geschlossen">
    <h2 id="geschlossen">Dieses Konto ist geschlossen</h2>
    <p>Niemand kann sich damit anmelden. Rollen und Passkeys sind aufbewahrt.</p>
    <StaffForm post={post} action={`/verwaltung/personen/${person.id}/oeffnen`}>
      <div>
        <Submit look="secondary" label="Konto wieder öffnen" />
      </div>
    </StaffForm>
  </section>
)

const Open = (props: PersonViewProps) => (
  <>
    <RolesSection {...props} />
    <DevicesSection {...props} />
    {!props.person.external && <RenewSection {...props} />}
    <CloseSection {...props} />
  </>
)

const RolesSection = ({ post, person, self }: PersonViewProps) => (
  <section aria-labelledby="rollen">
    <h2 id="rollen">Rollen</h2>
    {person.external ? (
      <>
        <p>{rolesText(person.roles)}</p>
        <p class="tn-muted">
          Die zentrale Anmeldung entscheidet über diese Rollen. Eine Änderung dort gilt hier ab der
          nächsten Anmeldung.
        </p>
      </>
    ) : (
      <StaffForm post={post} action={`/verwaltung/personen/${person.id}/rollen`}>
        <RoleChecks post={post} chosen={person.roles} />
        {self && (
          <p class="tn-muted">
            Das sind Ihre eigenen Rollen. Nehmen Sie sich die Verwaltung, können Sie sie sich nicht
            selbst zurückgeben.
          </p>
        )}
        <div>
          <Submit label="Rollen speichern" />
        </div>
      </StaffForm>
    )}
  </section>
)

const DevicesSection = ({ post, person, sessions }: PersonViewProps) => (
  <section aria-labelledby="geraete">
    <h2 id="geraete">Angemeldet auf</h2>
    {sessions.length > 0 ? (
      <ul class="tn-things">
        {sessions.map((session) => (
          <li>
            <div>
              <p class="tn-things__name">{session.device}</p>
              <p class="tn-muted">
                Seit {momentOf(secondsOf(session.made_at))}, zuletzt am{' '}
                <time datetime={isoDateOf(secondsOf(session.seen_at))}>
                  {dateOf(secondsOf(session.seen_at))}
                </time>
              </p>
            </div>
            <StaffForm post={post} action={`/verwaltung/personen/${person.id}/sitzungen`}>
              <input type="hidden" name="session" value={session.id} />
              <Submit look="secondary" label="Beenden" about={session.device} />
            </StaffForm>
          </li>
        ))}
      </ul>
    ) : (
      <p>Zurzeit auf keinem Gerät.</p>
    )}
  </section>
)

const RenewSection = ({ post, person }: PersonViewProps) => (
  <section aria-labelledby="zugang">
    <h2 id="zugang">Neuer Zugang</h2>
    <p>
      Wenn die Person ihr Gerät gewechselt oder verloren hat: Ein neuer Link ersetzt{' '}
      {person.passkeys === 1 ? 'ihren Passkey' : 'alle ihre Passkeys'} und beendet ihre Sitzungen,
      sobald sie ihn benutzt.
    </p>
    <StaffForm post={post} action={`/verwaltung/personen/${person.id}/zugang`}>
      <div>
        <Submit look="secondary" label="Neuen Link erzeugen" />
      </div>
    </StaffForm>
  </section>
)

const CloseSection = ({ post, person, self }: PersonViewProps) => (
  <section aria-labelledby="schliessen">
    <h2 id="schliessen">Konto schließen</h2>
    <p>
      {self
        ? 'Das ist Ihr eigenes Konto. Sie werden sofort abgemeldet und kommen nicht mehr hinein.'
        : 'Die Person wird sofort auf allen Geräten abgemeldet und kommt nicht mehr hinein. Was sie geschrieben hat, bleibt.'}
    </p>
    <StaffForm post={post} action={`/verwaltung/personen/${person.id}/schliessen`}>
      <div>
        <Submit look="secondary" label="Konto schließen" />
      </div>
    </StaffForm>
  </section>
)

const secondsOf = (date: Date) => Math.floor(date.getTime() / 1000)

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
