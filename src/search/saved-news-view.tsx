import { kindOf } from '../publications/kinds.ts'
import { pathOf, type RecordItem, Teaser } from '../publications/teaser.tsx'
import { Submit } from '../web/fields.tsx'
import { Page } from '../web/layout.tsx'
import { countOf, minuteOf, numberOf } from '../web/texts.ts'
import type { ListedSearch, News } from './saved-store.ts'
import { type Around, For, savedPath } from './saved-views.tsx'

type ShownNews = News & { record?: RecordItem | undefined }

type NewsViewProps = Around & { search: ListedSearch; news: ShownNews[]; now: number }

const whats = { new: 'Neu', changed: 'Geändert', gone: 'Nicht mehr dabei' } as const

export const NewsView = ({ site, post, search, news, now }: NewsViewProps) => (
  <Page site={site} title={`Neues zu „${search.name}“`} hidden>
    <article class="tn-narrow">
      <p class="tn-kicker">
        <a href={savedPath}>Gespeicherte Suchen</a>
      </p>
      <h1>
        Neues zu „<bdi>{search.name}</bdi>“
      </h1>
      {news.length > 0 ? (
        <>
          <p class="tn-lead">
            {news.length < search.news
              ? `Von ${numberOf(search.news)} Neuigkeiten stehen hier die neuesten ${numberOf(news.length)}.`
              : `${countOf(news.length, 'Neuigkeit', 'Neuigkeiten')}, die neuesten zuerst.`}
          </p>
          <ol class="tn-teasers">
            {news.map((one) => (
              <li>
                <NewsItem news={one} />
              </li>
            ))}
          </ol>
          <form method="post" action={`${savedPath}/${search.id}/gesehen`}>
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
    <p class="tn-news">
      <span class="tn-badge">{whats[what]}</span>{' '}
      <time class="tn-muted" datetime={noted_at.toISOString()}>
        {minuteOf(noted_at.getTime() / 1000)}
      </time>
    </p>
    {record ? <Teaser record={record} level={2} showKind /> : <Trace {...one} />}
  </>
)

/** Of a record that stood in a chain which does not count any more nothing is known. */
const Trace = ({ kind, centre, slug, rid }: Pick<News, 'kind' | 'centre' | 'slug' | 'rid'>) =>
  kind === null ? (
    <p>
      Ein Beitrag von <bdi>{centre}</bdi>
    </p>
  ) : (
    <p>
      <a href={pathOf({ kind, slug, rid })}>
        {kindOf(kind).label} von <bdi>{centre}</bdi>
      </a>
    </p>
  )
