import { Page, type Site } from '../web/layout.tsx'

interface Way {
  path: string
  title: string
  text: string
}

/** Where each of them leads. */
const ways: Way[] = [
  {
    path: '/kompass',
    title: 'Beratungskompass',
    text: 'Welche Stelle berät Betriebe wie Ihren, in Ihrer Region und zu Ihrem Thema – mit dem Tag, an dem das zuletzt geprüft wurde.',
  },
  {
    path: '/experimentierraeume',
    title: 'Experimentierräume',
    text: 'Künstliche Intelligenz ausprobieren, bevor Sie etwas entscheiden: im Lernlabor, am Prüftisch, im Transporter auf Ihrem Hof oder im Browser.',
  },
  {
    path: '/bausteine',
    title: 'Qualifizierungsbausteine',
    text: 'Was Belegschaften bei uns lernen, wie lange es dauert und was bei der Erprobung herauskam.',
  },
  {
    path: '/veranstaltungen',
    title: 'Veranstaltungen',
    text: 'Workshops, Webinare und Tagungen der Zukunftszentren, auch als Kalender zum Abonnieren.',
  },
]

/** One way to all that is offered, so that the navigation stays short. */
export const OfferingsView = ({ site }: { site: Site }) => (
  <Page site={site} title="Angebote">
    <header class="tn-intro">
      <h1>Angebote für Betriebe</h1>
      <p class="tn-lead">
        Beratung, Räume zum Ausprobieren, Bausteine zum Lernen und Veranstaltungen: von den
        Zukunftszentren und von anderen, die kleinen und mittleren Unternehmen helfen. Fast alles
        davon ist kostenfrei.
      </p>
    </header>
    <ul class="tn-ways">
      {ways.map(({ path, title, text }) => (
        <li>
          <h2>
            <a href={path}>{title}</a>
          </h2>
          <p>{text}</p>
        </li>
      ))}
    </ul>
  </Page>
)
