import { z } from 'zod'
import { kindOf } from '../publications/kinds.ts'
import { pathOf, type RecordItem, Teaser } from '../publications/teaser.tsx'
import type { Post } from '../staff/visitor.ts'
import { Radios } from '../web/choices.tsx'
import { Checks, Notice, Submit, TextField } from '../web/fields.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { countOf, momentOf } from '../web/texts.ts'
import { most, type Rhythm, rhythms } from './saved.ts'
import type { ListedSearch, News } from './saved-store.ts'

/** What was just done, or why not. */
const sayings = {
  saved: ['success', 'Die Suche ist gespeichert.'],
  changed: ['success', 'Die Änderung ist gespeichert.'],
  seen: ['success', 'Alles ist als gesehen vermerkt.'],
  dropped: ['success', 'Die Suche ist gelöscht.'],
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

const path = '/suche/gespeichert'

interface Around {
  site: Site
  post: Post
}

/** Told by every form of staff: for which centre its page was. */
const For = ({ post }: { post: Post }) => <input type="hidden" name="zentrum" value={post.centre} />

type SavedViewProps = Around & { searches: ListedSearch[]; said?: Said | undefined }

export const SavedView = ({ site, post, searches, said }: SavedViewProps) => (
  <Page site={site} title="Gespeicherte Suchen" hidden>
    <article class="tn-narrow">
      <p class="tn-kicker">
        <a href="/suche">Suche</a>
      </p>
      <h1>Gespeicherte Suchen</h1>
      <p class="tn-lead">
        Kommt zu einer dieser Suchen etwas hinzu, wird geändert oder zurückgenommen, steht es auf
        Ihrer Startseite.
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
  const { id, name, query, rhythm, message, news } = search
  return (
    <li>
      <div>
        <p class="tn-things__name">
          <a href={`/suche?${query}`}>
            <bdi>{name}</bdi>
          </a>
        </p>
        <p class="tn-muted">
          {rhythms.find((one) => one.id === rhythm)?.label}
          {message ? ', auch als Nachricht' : ', auf der Startseite'}
        </p>
        {news > 0 && (
          <p>
            <a href={`${path}/${id}`}>
              {countOf(news, 'Neuigkeit', 'Neuigkeiten')}
              <span class="kern-sr-only"> zu {name}</span>
            </a>
          </p>
        )}
        <p>
          <a href={`${path}/${id}/aendern`}>
            Ändern<span class="kern-sr-only">: {name}</span>
          </a>
        </p>
      </div>
      <form method="post" action={`${path}/${id}/loeschen`}>
        <For post={post} />
        <Submit look="secondary" label="Löschen" about={name} />
      </form>
    </li>
  )
}

type KeepViewProps = Around & {
  /** Absent while it is not kept yet. */
  id?: string
  /** What is looked for, as it is kept. */
  query: string
  name: string
  rhythm: Rhythm
  message: boolean
  /** Whether messages reach her by e-mail. */
  mail: boolean
  said?: Said | undefined
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
            <a href={path}>Gespeicherte Suchen</a>
          ) : (
            <a href={`/suche?${query}`}>Zurück zu den Treffern</a>
          )}
        </p>
        <h1>{title}</h1>
        <p class="tn-lead">
          Sie erfahren, was zu dieser Suche hinzukommt, geändert oder zurückgenommen wird – auch von
          Zentren, die erst später dazukommen.
        </p>
        {said && <Notice look={sayings[said][0]} title={sayings[said][1]} />}
        <form class="tn-form" method="post" action={id ? `${path}/${id}` : path}>
          <For post={post} />
          {!id && <input type="hidden" name="query" value={query} />}
          <Wishes {...props} />
          {!mail && <NoAddress />}
          <div>
            <Submit label={id ? 'Änderung speichern' : 'Suche speichern'} />
          </div>
        </form>
      </article>
    </Page>
  )
}

const Wishes = ({ name, rhythm, message }: Pick<KeepViewProps, 'name' | 'rhythm' | 'message'>) => (
  <>
    <TextField name="name" label="Name" value={name} most={120} required />
    <Radios
      name="rhythm"
      label="Wann möchten Sie Neues erfahren?"
      options={rhythms.map(({ id, ...rest }) => ({ value: id, ...rest }))}
      chosen={rhythm}
    />
    <Checks
      name="message"
      legend="Wo? Auf Ihrer Startseite, und auf Wunsch:"
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

type ShownNews = News & { record?: RecordItem | undefined }

type NewsViewProps = Around & { search: ListedSearch; news: ShownNews[]; now: number }

const whats = { new: 'Neu', changed: 'Geändert', gone: 'Nicht mehr dabei' } as const

export const NewsView = ({ site, post, search, news, now }: NewsViewProps) => (
  <Page site={site} title={`Neues zu „${search.name}“`} hidden>
    <article class="tn-narrow">
      <p class="tn-kicker">
        <a href={path}>Gespeicherte Suchen</a>
      </p>
      <h1>
        Neues zu „<bdi>{search.name}</bdi>“
      </h1>
      {news.length > 0 ? (
        <>
          <ol class="tn-teasers">
            {news.map((one) => (
              <li>
                <NewsItem news={one} />
              </li>
            ))}
          </ol>
          <form method="post" action={`${path}/${search.id}/gesehen`}>
            <For post={post} />
            <input type="hidden" name="upto" value={String(now)} />
            <Submit label="Alles gesehen" />
          </form>
        </>
      ) : (
        <p class="tn-empty">Seit dem letzten Mal nichts.</p>
      )}
      <p class="tn-forms">
        <a href={`/suche?${search.query}`}>Alle Treffer dieser Suche</a>
      </p>
    </article>
  </Page>
)

/** What is gone shows nothing of what it was; why, its own page says. */
const NewsItem = ({ news: { what, record, noted_at, ...one } }: { news: ShownNews }) => (
  <>
    <p>
      <span class="tn-badge">{whats[what]}</span>{' '}
      <time class="tn-muted" datetime={noted_at.toISOString()}>
        {momentOf(noted_at.getTime() / 1000)}
      </time>
    </p>
    {record ? (
      <Teaser record={record} level={2} showKind />
    ) : (
      <p>
        <a href={pathOf(one)}>
          {kindOf(one.kind).label} von <bdi>{one.centre}</bdi>
        </a>
      </p>
    )}
  </>
)
