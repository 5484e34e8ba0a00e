import { z } from 'zod'
import type { Post } from '../staff/visitor.ts'
import { Radios } from '../web/choices.tsx'
import { Checks, Notice, Submit, TextField } from '../web/fields.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { countOf } from '../web/texts.ts'
import { most, rhythms, searchIn } from './saved.ts'
import type { ListedSearch } from './saved-store.ts'

/** What was just done, or why not. */
const sayings = {
  saved: ['success', 'Die Suche ist gespeichert.'],
  changed: ['success', 'Die Änderung ist gespeichert.'],
  seen: ['success', 'Alles ist als gesehen vermerkt.'],
  dropped: ['success', 'Die Suche ist gelöscht.'],
  'no-words': ['danger', 'Diese Suche enthält kein Wort, nach dem sich suchen lässt.'],
  known: ['danger', 'Diese Suche haben Sie schon gespeichert.'],
  'too-many-hits': [
    'danger',
    'Diese Suche hat mehr als 10.000 Treffer. Grenzen Sie sie ein, damit Sie den Neuigkeiten folgen können.',
  ],
  'too-many-searches': [
    'danger',
    `Sie haben schon ${most.searches} Suchen gespeichert. Löschen Sie zuerst eine, die Sie nicht mehr brauchen.`,
  ],
} as const
export const Said = z.enum(Object.keys(sayings) as (keyof typeof sayings)[])
export type Said = z.infer<typeof Said>

export const savedPath = '/suche/gespeichert'

export interface Around {
  site: Site
  post: Post
}

/** Told by every form of staff: for which centre its page was. */
export const For = ({ post }: { post: Post }) => (
  <input type="hidden" name="zentrum" value={post.centre} />
)

type SavedViewProps = Around & { searches: ListedSearch[]; said?: Said | undefined }

export const SavedView = ({ site, post, searches, said }: SavedViewProps) => (
  <Page site={site} title="Gespeicherte Suchen" hidden>
    <article class="tn-narrow">
      <p class="tn-kicker">
        <a href="/suche">Suche</a>
      </p>
      <h1>Gespeicherte Suchen</h1>
      <p class="tn-lead">
        Was zu diesen Suchen hinzukommt, geändert oder zurückgenommen wird, steht auf Ihrer
        Startseite.
      </p>
      {said && <Notice look={sayings[said][0]} title={sayings[said][1]} />}
      {searches.length > 0 ? (
        <ul class="tn-things">
          {searches.map((search) => (
            <SavedItem post={post} search={search} />
          ))}
        </ul>
      ) : (
        <p class="tn-empty">
          Noch keine. Suchen Sie in der <a href="/suche">Suche</a>, was Sie im Blick behalten
          wollen; unter den Treffern steht „Suche speichern“.
        </p>
      )}
    </article>
  </Page>
)

const SavedItem = ({ post, search }: { post: Post; search: ListedSearch }) => {
  const { id, name, query, news } = search
  const isReadable = searchIn(query) !== undefined
  return (
    <li>
      <div>
        <p class="tn-things__name">
          {isReadable ? (
            <a href={`/suche?${query}`}>
              <bdi>{name}</bdi>
            </a>
          ) : (
            <bdi>{name}</bdi>
          )}
        </p>
        <p class="tn-muted">{isReadable ? rhythmWords(search) : unreadable}</p>
        {news > 0 && (
          <p>
            <a href={`${savedPath}/${id}`}>
              {countOf(news, 'Neuigkeit', 'Neuigkeiten')}
              <span class="kern-sr-only"> zu {name}</span>
            </a>
          </p>
        )}
        {isReadable && (
          <p>
            <a href={`${savedPath}/${id}/aendern`}>
              Ändern<span class="kern-sr-only">: {name}</span>
            </a>
          </p>
        )}
      </div>
      <form method="post" action={`${savedPath}/${id}/loeschen`}>
        <For post={post} />
        <Submit look="secondary" label="Löschen" about={name} />
      </form>
    </li>
  )
}

const rhythmWords = ({ rhythm, message }: ListedSearch) => {
  const when = rhythms.find(({ id }) => id === rhythm)?.label
  return `${when}${message ? ', auch als Nachricht' : ', auf der Startseite'}`
}

const unreadable =
  'Ruht: Eine Eingrenzung dieser Suche gibt es nicht mehr. Suchen Sie neu, und löschen Sie diese.'

/** What somebody filled in. */
export interface Wishes {
  name: string
  rhythm: string
  message: boolean
}

export type KeepViewProps = Around &
  Wishes & {
    /** Absent while it is not kept yet. */
    id?: string
    /** What is looked for, as it is kept. */
    query: string
    /** Whether messages reach her by e-mail. */
    mail: boolean
    /** What is wrong with a field, by its name. */
    faults?: { [name: string]: string }
    said?: Said
  }

/** Keeping a search, or changing when and where one is told of it. */
export const KeepView = (props: KeepViewProps) => {
  const { site, post, id, query, mail, said } = props
  const title = id ? 'Gespeicherte Suche ändern' : 'Suche speichern'
  return (
    <Page site={site} title={title} hidden>
      <article class="tn-narrow">
        <p class="tn-kicker">
          {id ? (
            <a href={savedPath}>Gespeicherte Suchen</a>
          ) : (
            <a href={`/suche?${query}`}>Zurück zu den Treffern</a>
          )}
        </p>
        <h1>{title}</h1>
        <p class="tn-lead">
          Sie erfahren, was zu dieser Suche hinzukommt, geändert oder zurückgenommen wird – auch von
          Zentren, die erst später dazukommen.
        </p>
        {said && (
          <Notice look={sayings[said][0]} title={sayings[said][1]}>
            {said === 'known' && <a href={savedPath}>Zu Ihren gespeicherten Suchen</a>}
          </Notice>
        )}
        <form class="tn-form" method="post" action={id ? `${savedPath}/${id}` : savedPath}>
          <For post={post} />
          {!id && <input type="hidden" name="query" value={query} />}
          <WishFields {...props} />
          {!mail && <NoAddress />}
          <div>
            <Submit label={id ? 'Änderung speichern' : 'Suche speichern'} />
          </div>
        </form>
      </article>
    </Page>
  )
}

const WishFields = ({ name, rhythm, message, faults = {} }: KeepViewProps) => (
  <>
    <TextField name="name" label="Name" value={name} most={120} fault={faults.name} required />
    <Radios
      name="rhythm"
      label="Wann möchten Sie Neues erfahren?"
      options={rhythms.map(({ id, ...rest }) => ({ value: id, ...rest }))}
      chosen={rhythm}
      fault={faults.rhythm}
    />
    <Checks
      name="message"
      legend="Neues steht auf Ihrer Startseite. Zusätzlich:"
      options={[{ value: 'yes', label: 'als Nachricht, auch per E-Mail' }]}
      chosen={message ? ['yes'] : []}
    />
  </>
)

const NoAddress = () => (
  <p class="tn-muted">
    Für E-Mails geben Sie unter <a href="/arbeit/nachrichten">Nachrichten</a> Ihre Adresse an.
  </p>
)
