/** One person: her roles, where she is signed in, a new access, and the end of it. */
import { Submit } from '../web/fields.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { dateOf, isoDateOf, momentOf } from '../web/texts.ts'
import { RoleChecks, rolesText, type Said, Saying, StaffForm } from './people-parts.tsx'
import type { Device } from './session-store.ts'
import { SignInAgain } from './sign-in-again.tsx'
import type { ListedPerson } from './store.ts'
import type { Post } from './visitor.ts'

type PersonViewProps = {
  site: Site
  post: Post
  person: ListedPerson
  /** Whether it is the one who is looking. */
  self: boolean
  sessions: Device[]
  /** Whether the one who is looking has just shown that it is she. */
  fresh: boolean
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

const pathOf = ({ id }: ListedPerson) => `/verwaltung/personen/${id}`

const Closed = ({ post, person, fresh }: PersonViewProps) => (
  <section aria-labelledby="geschlossen">
    <h2 id="geschlossen">Dieses Konto ist geschlossen</h2>
    <p>Niemand kann sich damit anmelden. Rollen und Passkeys sind aufbewahrt.</p>
    {fresh ? (
      <StaffForm post={post} action={`${pathOf(person)}/oeffnen`}>
        <div>
          <Submit look="secondary" label="Konto wieder öffnen" />
        </div>
      </StaffForm>
    ) : (
      <SignInAgain before="Um es wieder zu öffnen" to={pathOf(person)} />
    )}
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

const RolesSection = (props: PersonViewProps) => {
  const { person, fresh } = props
  return (
    <section aria-labelledby="rollen">
      <h2 id="rollen">Rollen</h2>
      {fresh && !person.external ? <RolesForm {...props} /> : <p>{rolesText(person.roles)}</p>}
      {person.external && (
        <p class="tn-muted">
          Die zentrale Anmeldung entscheidet über diese Rollen. Eine Änderung dort gilt hier ab der
          nächsten Anmeldung.
        </p>
      )}
      {!person.external && !fresh && (
        <SignInAgain before="Um Rollen zu ändern" to={pathOf(person)} />
      )}
    </section>
  )
}

const RolesForm = ({ post, person, self }: PersonViewProps) => (
  <StaffForm post={post} action={`${pathOf(person)}/rollen`}>
    <RoleChecks post={post} chosen={person.roles} />
    {self && (
      <p class="tn-muted">
        Das sind Ihre eigenen Rollen. Geben Sie die Verwaltung ab, kann nur jemand anderes aus der
        Verwaltung sie Ihnen zurückgeben.
      </p>
    )}
    <div>
      <Submit label="Rollen speichern" />
    </div>
  </StaffForm>
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
            <StaffForm post={post} action={`${pathOf(person)}/sitzungen`}>
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

const RenewSection = ({ post, person, fresh }: PersonViewProps) => (
  <section aria-labelledby="zugang">
    <h2 id="zugang">Neuer Zugang</h2>
    <p>
      Wenn die Person ihr Gerät gewechselt oder verloren hat: Ein neuer Link ersetzt{' '}
      {person.passkeys === 1 ? 'ihren Passkey' : 'alle ihre Passkeys'} und beendet ihre Sitzungen,
      sobald sie ihn benutzt.
    </p>
    {fresh ? (
      <StaffForm post={post} action={`${pathOf(person)}/zugang`}>
        <div>
          <Submit look="secondary" label="Neuen Link erzeugen" />
        </div>
      </StaffForm>
    ) : (
      <SignInAgain before="Um einen neuen Link zu erzeugen" to={pathOf(person)} />
    )}
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
    <StaffForm post={post} action={`${pathOf(person)}/schliessen`}>
      <div>
        <Submit look="secondary" label="Konto schließen" />
      </div>
    </StaffForm>
  </section>
)

const secondsOf = (date: Date) => Math.floor(date.getTime() / 1000)
