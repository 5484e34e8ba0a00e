import { z } from 'zod'
import { Notice, Submit, TextField } from '../web/fields.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { momentOf } from '../web/texts.ts'
import type { Address, Message } from './message-store.ts'

/** What was just done, or why not. */
const sayings = {
  read: ['success', 'Alle Nachrichten sind als gelesen vermerkt.'],
  asked: ['success', 'Sie bekommen gleich eine E-Mail. Öffnen Sie den Link darin.'],
  confirmed: ['success', 'Die Adresse ist bestätigt.'],
  forgotten: ['success', 'Die Adresse ist entfernt. Sie bekommen keine E-Mails mehr.'],
  'no-address': ['danger', 'Das ist keine E-Mail-Adresse.'],
  'no-link': [
    'danger',
    'Dieser Link gilt nicht mehr. Geben Sie Ihre Adresse noch einmal an, dann bekommen Sie einen neuen.',
  ],
  unreachable: [
    'danger',
    'Der Mailserver nimmt zurzeit nichts für diese Adresse an. Versuchen Sie es später noch einmal.',
  ],
} as const
export const Said = z.enum(Object.keys(sayings) as (keyof typeof sayings)[])
export type Said = z.infer<typeof Said>

type MessagesViewProps = {
  site: Site
  messages: Message[]
  address: Address
  /** Whether this node sends e-mails at all. */
  sends: boolean
  said?: Said | undefined
}

export const MessagesView = ({ site, messages, address, sends, said }: MessagesViewProps) => (
  <Page site={site} title="Nachrichten" hidden>
    <header class="tn-intro">
      <h1>Nachrichten</h1>
      <p class="tn-lead">Was auf Sie wartet und was daraus geworden ist, 90 Tage lang.</p>
    </header>
    {said && <Notice look={sayings[said][0]} title={sayings[said][1]} />}
    <div class="tn-columns">
      <section aria-label="Nachrichten">
        <Messages messages={messages} />
      </section>
      <aside class="tn-side" aria-label="E-Mail">
        <div class="tn-panel">
          <h2>Auch per E-Mail</h2>
          {sends ? (
            <AddressForm address={address} said={said} />
          ) : (
            <p>Dieser Knoten verschickt keine E-Mails. Sie lesen hier alles.</p>
          )}
        </div>
      </aside>
    </div>
  </Page>
)

const Messages = ({ messages }: { messages: Message[] }) => {
  if (messages.length === 0) return <p class="tn-empty">Noch keine.</p>
  return (
    <>
      {messages.some(({ read_at }) => !read_at) && (
        <form method="post" action="/arbeit/nachrichten/gelesen">
          <Submit look="secondary" label="Alle als gelesen vermerken" />
        </form>
      )}
      <ul class="tn-things">
        {messages.map((message) => (
          <MessageItem message={message} />
        ))}
      </ul>
    </>
  )
}

const MessageItem = ({
  message: { id, subject, text, made_at, read_at },
}: {
  message: Message
}) => (
  <li>
    <div>
      <p class="tn-things__name">
        <a href={`/arbeit/nachrichten/${id}`}>{subject}</a>
        {!read_at && <span class="tn-badge">neu</span>}
      </p>
      <p>{text}</p>
      <p class="tn-muted">
        <time datetime={made_at.toISOString()}>{momentOf(made_at.getTime() / 1000)}</time>
      </p>
    </div>
  </li>
)

const AddressForm = ({
  address: { email, named },
  said,
}: {
  address: Address
  said?: Said | undefined
}) => (
  <>
    {email && (
      <form method="post" action="/arbeit/nachrichten/adresse/entfernen">
        <p>
          Nachrichten gehen auch an <bdi>{email}</bdi>.
        </p>
        <Submit look="secondary" label="Keine E-Mails mehr" />
      </form>
    )}
    {named && (
      <p>
        <bdi>{named}</bdi> ist noch nicht bestätigt. Der Link steht in der E-Mail an diese Adresse.
      </p>
    )}
    <form class="tn-form" method="post" action="/arbeit/nachrichten/adresse">
      <TextField
        name="email"
        label={email ? 'Andere E-Mail-Adresse' : 'E-Mail-Adresse'}
        hint="Sie bekommen einen Link, mit dem Sie sie bestätigen."
        most={254}
        required
        autocomplete="email"
        fault={said === 'no-address' ? sayings['no-address'][1] : undefined}
      />
      <div>
        <Submit label="Link schicken" />
      </div>
    </form>
  </>
)

type ConfirmViewProps = { site: Site; address: string | null; token: string }

/** A page between link and act: programs that look into e-mails follow links, but press no buttons. */
export const ConfirmView = ({ site, address, token }: ConfirmViewProps) => (
  <Page site={site} title="Adresse bestätigen" hidden>
    <article class="tn-narrow">
      <p class="tn-kicker">
        <a href="/arbeit/nachrichten">Nachrichten</a>
      </p>
      <h1>Adresse bestätigen</h1>
      {address ? (
        <form method="post" action={`/arbeit/nachrichten/adresse/${encodeURIComponent(token)}`}>
          <p>
            Nachrichten des Transfernetzes sollen künftig auch an <bdi>{address}</bdi> gehen.
          </p>
          <Submit label="Adresse bestätigen" />
        </form>
      ) : (
        <p>Es ist keine Adresse zu bestätigen.</p>
      )}
    </article>
  </Page>
)
