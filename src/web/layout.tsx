import { html } from 'hono/html'
import type { PropsWithChildren } from 'hono/jsx'
import { assets } from './assets.ts'
import { Mark } from './icons.tsx'
import { withoutDirections } from './texts.ts'

/** What every page says about where one is. */
export interface Site {
  /** Name of the centre that runs this node. */
  centre: string
  /** Path of the request, marks the way in the navigation. */
  path: string
  /** Who is signed in. */
  account?: Account | undefined
}

/** Somebody who is signed in, as every page shows it. */
export interface Account {
  name: string
  /** Messages that she has not read. */
  unread: number
  /** Name of the centre she is working for. */
  centre?: string
  /** Where she finds her work. */
  ways: { path: string; label: string }[]
}

const navigation = [
  ['/', 'Neues'],
  ['/fallbeispiele', 'Fallbeispiele'],
  ['/runde-tische', 'Runde Tische'],
  ['/wissen', 'Wissen'],
  ['/angebote', 'Angebote'],
  ['/suche', 'Suche'],
  ['/zustaendig', 'Wer ist zuständig?'],
] as const

/** Pages that stand behind one of these. */
const behind: { [path: string]: string[] } = {
  '/wissen': [
    '/erkenntnisse',
    '/fachfragen',
    '/antworten',
    '/reflexionen',
    '/uebernahmen',
    '/synthesen',
    '/regal',
    '/zahlen',
  ],
  '/angebote': [
    '/kompass',
    '/beratungsangebote',
    '/experimentierraeume',
    '/bausteine',
    '/veranstaltungen',
  ],
}

type PageProps = PropsWithChildren<{
  site: Site
  title: string
  /** Path of the same thing as JSON. */
  json?: string
  /** Path of the same thing as an Atom feed. */
  feed?: string
  /** Pages of failures and of what was withdrawn stay out of search engines. */
  hidden?: boolean
  /** Paths of scripts that ease what already works without them, or that passkeys need. */
  scripts?: string[]
}>

/** A whole page. Its children are what stands in `main`. */
export const Page = ({ site, title, json, feed, hidden, scripts = [], children }: PageProps) =>
  html`<!doctype html>${(
    <html lang="de">
      <head>
        <meta charset="utf-8" />
        <title>{withoutDirections(title)} – Transfernetz</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        {hidden && <meta name="robots" content="noindex" />}
        <link rel="icon" type="image/svg+xml" href={assets.icon} />
        <link rel="stylesheet" href={assets.kern} />
        <link rel="stylesheet" href={assets.own} />
        {json && <link rel="alternate" type="application/json" href={json} />}
        {scripts.map((path) => (
          <script src={path} defer />
        ))}
        {feed && <link rel="alternate" type="application/atom+xml" href={feed} />}
      </head>
      <body>
        <a class="tn-skip" href="#inhalt">
          Zum Inhalt springen
        </a>
        {site.account && <AccountBar account={site.account} path={site.path} />}
        <Header site={site} />
        <main id="inhalt" class="tn-width" tabindex={-1}>
          {children}
        </main>
        <Footer site={site} />
      </body>
    </html>
  )}`

/** Who I am here, where my work is, and the way out. */
const AccountBar = ({ account, path }: { account: Account; path: string }) => (
  <div class="tn-account">
    <div class="tn-account__row tn-width">
      <nav class="tn-account__ways" aria-label="Arbeitsbereich">
        <ul>
          {account.ways.map((way) => (
            <li>
              <a href={way.path} aria-current={currentAmong(account.ways, path, way.path)}>
                {way.label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <p class="tn-account__who">
        <a href="/arbeit/nachrichten" aria-current={currentOn(path, '/arbeit/nachrichten')}>
          Nachrichten
          {account.unread > 0 && (
            <span class="tn-count">
              {account.unread}
              <span class="kern-sr-only"> ungelesen</span>
            </span>
          )}
        </a>
      </p>
      <p class="tn-account__who">
        <span class="kern-sr-only">Angemeldet: </span>
        <a href="/arbeit/zugang" aria-current={currentOn(path, '/arbeit/zugang')}>
          <bdi>{account.name}</bdi>
        </a>
        {account.centre && (
          <span>
            , <bdi>{account.centre}</bdi>
          </span>
        )}
      </p>
      <form method="post" action="/abmelden">
        <button class="tn-account__leave" type="submit">
          Abmelden
        </button>
      </form>
    </div>
  </div>
)

/** Of ways that lead into each other only the last one is where somebody is. */
const currentAmong = (ways: Account['ways'], path: string, target: string) =>
  ways.some((way) => way.path.startsWith(`${target}/`) && currentOn(path, way.path))
    ? undefined
    : currentOn(path, target)

const Header = ({ site }: { site: Site }) => (
  <header class="tn-header">
    <div class="tn-header__row tn-width">
      <a class="tn-brand" href="/">
        <Mark />
        <span class="tn-brand__text">
          <span class="tn-brand__name">Transfernetz</span>
          <span class="tn-brand__centre">
            <bdi>{site.centre}</bdi>
          </span>
        </span>
      </a>
      <nav class="tn-nav" aria-label="Hauptnavigation">
        <ul>
          {navigation.map(([path, label]) => (
            <li>
              <a href={path} aria-current={currentOn(site.path, path) ?? partOf(site.path, path)}>
                {label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </div>
  </header>
)

/** `page` on the page itself, `true` on those below it. */
const currentOn = (path: string, target: string) => {
  if (path === target) return 'page'
  return target !== '/' && path.startsWith(`${target}/`) ? 'true' : undefined
}

const partOf = (path: string, target: string) =>
  behind[target]?.some((page) => currentOn(path, page)) ? 'true' : undefined

/** What every public body owes its readers. */
const notices = [
  ['/impressum', 'Impressum'],
  ['/datenschutz', 'Datenschutz'],
  ['/barrierefreiheit', 'Barrierefreiheit'],
  ['/leichte-sprache', 'Leichte Sprache'],
  ['/gebaerdensprache', 'Gebärdensprache'],
] as const

const Footer = ({ site }: { site: Site }) => (
  <footer class="tn-footer">
    <div class="tn-footer__columns tn-width">
      <section>
        <h2>Transfernetz</h2>
        <p>
          Hier teilen die Zukunftszentren, was sie bei der Beratung kleiner und mittlerer
          Unternehmen lernen. Diesen Knoten betreibt: <bdi>{site.centre}</bdi>.
        </p>
        <p>
          <a href="/regal">Bundesweites Regal</a> · <a href="/zahlen">Zahlen</a> ·{' '}
          <a href="/knoten">Stand des Knotens</a>
        </p>
      </section>
      <section>
        <h2>Förderung</h2>
        <p>
          Die Zukunftszentren werden vom Bundesministerium für Arbeit und Soziales, von der
          Europäischen Union über den Europäischen Sozialfonds Plus (ESF Plus) und von den Ländern
          gefördert. Welche Förderung für einen Beitrag gilt, steht auf seiner Seite.
        </p>
      </section>
      <section>
        <h2>Offene Daten</h2>
        <ul>
          <li>
            <a href="/api/records">Alle Beiträge als JSON</a>
          </li>
          <li>
            <a href="/openapi.json">Beschreibung der Schnittstelle</a>
          </li>
        </ul>
      </section>
    </div>
    <ul class="tn-footer__notices tn-width">
      {notices.map(([path, label]) => (
        <li>
          <a href={path} aria-current={currentOn(site.path, path)}>
            {label}
          </a>
        </li>
      ))}
      {!site.account && (
        <li>
          <a href="/anmelden">Anmelden für Mitarbeitende</a>
        </li>
      )}
    </ul>
    <p class="tn-footer__small tn-width">
      Gestaltet mit dem KERN Design-System (<a href={assets.licence}>Lizenz EUPL 1.2</a>).
    </p>
  </footer>
)
