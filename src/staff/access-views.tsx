import { z } from 'zod'
import { Notice, Submit } from '../web/fields.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { dateOf, isoDateOf, momentOf } from '../web/texts.ts'
import type { Ceremony } from './passkey.ts'
import { PasskeyForm, passkeyScripts } from './passkey-form.tsx'
import type { Device } from './session-store.ts'
import { SignInAgain } from './sign-in-again.tsx'
import type { ListedPasskey } from './store.ts'
import type { Visitor } from './visitor.ts'

/** What was just done, or why not. */
const sayings = {
  added: ['success', 'Der Passkey ist angelegt.'],
  removed: ['success', 'Der Passkey ist entfernt.'],
  ended: ['success', 'Die Sitzung ist beendet.'],
  last: ['danger', 'Das ist Ihr einziger Passkey. Legen Sie zuerst einen anderen an.'],
  expired: ['danger', 'Die Seite war zu lange offen. Versuchen Sie es noch einmal.'],
  refused: ['danger', 'Ihr Browser hat keinen gültigen Passkey geschickt.'],
} as const
export const Said = z.enum(Object.keys(sayings) as (keyof typeof sayings)[])
export type Said = z.infer<typeof Said>

type AccessViewProps = {
  site: Site
  visitor: Visitor
  passkeys: ListedPasskey[]
  sessions: Device[]
  /** What to ask the device for; absent where she must sign in once more before she changes anything. */
  asked: Ceremony | undefined
  said?: Said | undefined
}

export const AccessView = (props: AccessViewProps) => {
  const { site, visitor, sessions, said } = props
  return (
    <Page site={site} title="Ihr Zugang" hidden scripts={props.asked ? passkeyScripts : []}>
      <article class="tn-narrow">
        <p class="tn-kicker">
          <a href="/arbeit">Arbeit</a>
        </p>
        <h1>Ihr Zugang</h1>
        {said && <Notice look={sayings[said][0]} title={sayings[said][1]} />}
        <section aria-labelledby="passkeys">
          <h2 id="passkeys">Passkeys</h2>
          {visitor.external ? <External /> : <Passkeys {...props} />}
        </section>
        <section aria-labelledby="sitzungen">
          <h2 id="sitzungen">Hier sind Sie angemeldet</h2>
          <Sessions sessions={sessions} own={visitor.session} />
        </section>
      </article>
    </Page>
  )
}

const External = () => (
  <p>
    Sie melden sich über die zentrale Anmeldung Ihres Hauses an. Passkeys und Rollen werden dort
    verwaltet, nicht auf diesem Knoten.
  </p>
)

const Passkeys = ({ passkeys, asked }: AccessViewProps) => (
  <>
    <ul class="tn-things">
      {passkeys.map((passkey) => (
        <li>
          <div>
            <p class="tn-things__name">{passkey.device}</p>
            <p class="tn-muted">
              Angelegt am {dayOf(passkey.made_at)}
              {passkey.used_at && <>, zuletzt benutzt am {dayOf(passkey.used_at)}</>}
            </p>
          </div>
          {asked && passkeys.length > 1 && (
            <form method="post" action="/arbeit/zugang/passkeys/entfernen">
              <input type="hidden" name="passkey" value={passkey.id} />
              <Submit look="secondary" label="Entfernen" about={passkey.device} />
            </form>
          )}
        </li>
      ))}
    </ul>
    {asked ? (
      <>
        <p>
          Legen Sie auf jedem Gerät, an dem Sie arbeiten, einen eigenen an. Mit zweien kommen Sie
          auch dann hinein, wenn eines verloren geht.
        </p>
        <PasskeyForm
          action="/arbeit/zugang/passkeys"
          does="create"
          asked={asked}
          label="Weiteren Passkey anlegen"
        />
      </>
    ) : (
      <SignInAgain before="Um Passkeys anzulegen oder zu entfernen" to="/arbeit/zugang" />
    )}
  </>
)

const Sessions = ({ sessions, own }: { sessions: Device[]; own: string }) => (
  <>
    <ul class="tn-things">
      {sessions.map((session) => (
        <li>
          <div>
            <p class="tn-things__name">
              {session.device}
              {session.id === own && <span class="tn-badge">dieses Gerät</span>}
            </p>
            <p class="tn-muted">
              Seit {momentOf(secondsOf(session.made_at))}, zuletzt am {dayOf(session.seen_at)}
            </p>
          </div>
          <form method="post" action="/arbeit/zugang/sitzungen/beenden">
            <input type="hidden" name="session" value={session.id} />
            <Submit
              look="secondary"
              label="Abmelden"
              about={`${session.device}, seit ${momentOf(secondsOf(session.made_at))}`}
            />
          </form>
        </li>
      ))}
    </ul>
    {sessions.length > 1 && (
      <form method="post" action="/arbeit/zugang/sitzungen/alle-anderen-beenden">
        <Submit look="secondary" label="Auf allen anderen Geräten abmelden" />
      </form>
    )}
    <p class="tn-muted">
      Eine Sitzung endet nach einem Tag ohne Zugriff und spätestens nach sieben Tagen.
    </p>
  </>
)

const secondsOf = (date: Date) => Math.floor(date.getTime() / 1000)

const dayOf = (date: Date) => (
  <time datetime={isoDateOf(secondsOf(date))}>{dateOf(secondsOf(date))}</time>
)
