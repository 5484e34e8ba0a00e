import { calendarDateOf } from '../web/texts.ts'
import { Fact, type FactName, Mail, NoticePage, type NoticeProps } from './notice.tsx'

const needs: FactName[] = ['name', 'email', 'phone', 'accessibilityCheckedOn', 'enforcementBody']

/** § 12b BGG, § 7 BITV 2.0, and the corresponding law of the Länder. */
export const AccessibilityView = (props: NoticeProps) => {
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
