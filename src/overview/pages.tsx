/** Where what centres know and what they offer is gathered. */
import { Hono } from 'hono'
import type { Hub } from '../hub.ts'
import { siteOf } from '../web/site.ts'
import { type Way, WaysView } from './ways-view.tsx'

const offered: Way[] = [
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

const known: Way[] = [
  {
    path: '/erkenntnisse',
    title: 'Transfererkenntnisse',
    text: 'Was sich aus mehreren Fällen schließen lässt, worauf es beruht und was dagegen spricht.',
  },
  {
    path: '/synthesen',
    title: 'Synthesen',
    text: 'Was Runde Tische in ganz Deutschland zu einer Frage ergeben haben: wo Einigkeit besteht und wo nicht.',
  },
  {
    path: '/fachfragen',
    title: 'Fachfragen',
    text: 'Was Zentren einander gefragt haben, mit den Antworten, die auch anderen helfen.',
  },
  {
    path: '/regal',
    title: 'Bundesweites Regal',
    text: 'Was das KIWW geprüft und allen Zentren zum Übernehmen empfohlen hat.',
  },
  {
    path: '/zahlen',
    title: 'Zahlen und Karten',
    text: 'Was die Zentren teilen, nach Themen, Ländern und Branchen, auch zum Herunterladen.',
  },
  {
    path: '/fallbeispiele',
    title: 'Fallbeispiele',
    text: 'Wie Betriebe ein Anliegen angegangen sind, was sich verändert hat und was nicht gelungen ist.',
  },
  {
    path: '/runde-tische',
    title: 'Ergebnisse Runder Tische',
    text: 'Was Betriebe, Sozialpartner, Kammern und Zentren gemeinsam herausgefunden haben.',
  },
]

export const overviewPages = new Hono<{ Bindings: Hub }>()
  .get('/angebote', (c) =>
    c.html(
      <WaysView
        site={siteOf(c)}
        title="Angebote für Betriebe"
        lead="Beratung, Räume zum Ausprobieren, Bausteine zum Lernen und Veranstaltungen: von den Zukunftszentren und von anderen, die kleinen und mittleren Unternehmen helfen. Fast alles davon ist kostenfrei."
        ways={offered}
      />,
    ),
  )
  .get('/wissen', (c) =>
    c.html(
      <WaysView
        site={siteOf(c)}
        title="Was die Zentren wissen"
        lead="Aus einzelnen Fällen wird gemeinsames Wissen: bewertet, verglichen und so aufgeschrieben, dass andere damit arbeiten können."
        ways={known}
      />,
    ),
  )
