import { Notice, Submit, TextArea, TextField } from '../web/fields.tsx'
import { calendarDateOf } from '../web/texts.ts'
import { Fact, type FactName, Mail, NoticePage, type NoticeProps } from './notice.tsx'

const needs: FactName[] = ['name', 'email', 'phone', 'accessibilityCheckedOn', 'enforcementBody']

type AccessibilityViewProps = NoticeProps & {
  /** What a reader wrote, where it could not be taken. */
  entered?: Entered
  faulty?: boolean
  /** Whether her report was taken just now. */
  reported?: boolean
}

interface Entered {
  page: string
  report: string
  contact: string
}

/** § 12b BGG, § 7 BITV 2.0, and the corresponding law of the Länder. */
export const AccessibilityView = (props: AccessibilityViewProps) => {
  const { operator } = props
  return (
    <NoticePage {...props} title="Erklärung zur Barrierefreiheit" needs={needs}>
      <p class="tn-lead">
        <Fact operator={operator} name="name" /> möchte diesen Knoten des Transfernetzes für alle
        zugänglich machen.
      </p>
      <section aria-labelledby="stand">
        <h2 id="stand">Wie barrierefrei diese Seiten sind</h2>
        <p>
          Maßstab sind die BITV 2.0 und die Web Content Accessibility Guidelines (WCAG) 2.2 auf der
          Stufe AA. Diese Seiten sind damit <strong>teilweise vereinbar</strong>. Jede Seite der
          Software wird vor jeder Auslieferung maschinell geprüft und mit der Tastatur allein
          durchlaufen.
        </p>
        <p>Zuletzt geprüft am: {checkedOn(props)}</p>
      </section>
      <section aria-labelledby="maengel">
        <h2 id="maengel">Was noch nicht barrierefrei ist</h2>
        <ul class="tn-list">
          <li>
            Texte in Beiträgen schreiben die Zentren. Nicht jeder Beitrag hat eine Zusammenfassung
            in Leichter Sprache.
          </li>
          {!operator.signLanguageVideo && (
            <li>Erläuterungen in Deutscher Gebärdensprache gibt es noch nicht als Video.</li>
          )}
        </ul>
      </section>
      <section aria-labelledby="melden">
        <h2 id="melden">Eine Barriere melden</h2>
        <p>
          Ist Ihnen etwas nicht zugänglich, oder brauchen Sie einen Inhalt in anderer Form?
          Schreiben Sie uns oder rufen Sie an. Nennen Sie am besten die Adresse der Seite.
        </p>
        <p>
          E-Mail: <Mail operator={operator} />
          <br />
          Telefon: <Fact operator={operator} name="phone" />
        </p>
        <ReportForm {...props} />
      </section>
      <section aria-labelledby="durchsetzung">
        <h2 id="durchsetzung">Wenn wir Ihnen nicht helfen konnten</h2>
        <p>
          Erhalten Sie innerhalb von vier Wochen keine befriedigende Antwort, können Sie sich
          kostenfrei an diese Stelle wenden. Einen Rechtsbeistand brauchen Sie dafür nicht.
        </p>
        <p>
          <Fact operator={operator} name="enforcementBody" />
        </p>
      </section>
    </NoticePage>
  )
}

const checkedOn = ({ operator }: NoticeProps) =>
  operator.accessibilityCheckedOn ? (
    calendarDateOf(operator.accessibilityCheckedOn)
  ) : (
    <Fact operator={operator} name="accessibilityCheckedOn" />
  )

const ReportForm = ({ entered, faulty = false, reported = false }: AccessibilityViewProps) =>
  reported ? (
    <Notice look="success" title="Danke, Ihre Meldung ist angekommen">
      <p class="kern-body">
        Wenn Sie eine Anschrift genannt haben, antworten wir innerhalb von vier Wochen.
      </p>
    </Notice>
  ) : (
    <form class="tn-form" method="post" action="/barrierefreiheit">
      <TextArea
        name="report"
        label="Was ist Ihnen nicht zugänglich?"
        value={entered?.report ?? ''}
        most={4_000}
        required
        fault={faulty ? 'Beschreiben Sie bitte kurz, worum es geht.' : undefined}
      />
      <TextField
        name="page"
        label="Auf welcher Seite?"
        value={entered?.page ?? ''}
        most={500}
        hint="Adresse oder Überschrift der Seite"
      />
      <TextField
        name="contact"
        label="Wie können wir Ihnen antworten?"
        hint="E-Mail-Adresse, Telefonnummer oder Anschrift. Ohne sie können Sie die Barriere auch namenlos melden."
        value={entered?.contact ?? ''}
        most={200}
      />
      <div>
        <Submit label="Barriere melden" />
      </div>
    </form>
  )
