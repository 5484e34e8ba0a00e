import { Fact, type FactName, Mail, NoticePage, type NoticeProps } from './notice.tsx'

const needs: FactName[] = [
  'name',
  'address',
  'email',
  'dataProtectionOfficer',
  'supervisoryAuthority',
]

/** Art. 13 GDPR: what this software does with data. What stands around it, such as a proxy's logs, the operator adds. */
export const PrivacyView = (props: NoticeProps) => {
  const { operator } = props
  return (
    <NoticePage {...props} title="Datenschutz" needs={needs}>
      <section aria-labelledby="verantwortlich">
        <h2 id="verantwortlich">Wer verantwortlich ist</h2>
        <p>
          <Fact operator={operator} name="name" />
          <br />
          <Fact operator={operator} name="address" />
          <br />
          <Mail operator={operator} />
        </p>
        <h3>Datenschutzbeauftragte Person</h3>
        <p>
          <Fact operator={operator} name="dataProtectionOfficer" />
        </p>
      </section>
      <Readers />
      <Records />
      <Referrals />
      <Staff />
      <section aria-labelledby="rechte">
        <h2 id="rechte">Ihre Rechte</h2>
        <p>
          Sie können Auskunft über Ihre Daten verlangen, sie berichtigen, löschen oder ihre
          Verarbeitung einschränken lassen, ihr widersprechen und eine Einwilligung jederzeit für
          die Zukunft zurücknehmen (Artikel 15 bis 21 und Artikel 7 Absatz 3 DSGVO). Schreiben Sie
          dafür an die oben genannte Adresse.
        </p>
        <p>
          Sie können sich außerdem bei einer Datenschutzaufsicht beschweren (Artikel 77 DSGVO).
          Zuständig ist: <Fact operator={operator} name="supervisoryAuthority" />
        </p>
      </section>
    </NoticePage>
  )
}

const Readers = () => (
  <section aria-labelledby="lesen">
    <h2 id="lesen">Wenn Sie hier nur lesen</h2>
    <p>
      Diese Seiten setzen keine Cookies, laden nichts von anderen Anbietern und zählen niemanden.
      Ihre Netzadresse wird zur Auslieferung der Seite gebraucht und von dieser Software nicht
      gespeichert. Rechtsgrundlage ist Artikel 6 Absatz 1 Buchstabe e DSGVO.
    </p>
    <p>
      Melden Sie eine Barriere, wird gespeichert, was Sie schreiben, bis sich jemand darum gekümmert
      hat; dazu für höchstens zwei Stunden Ihre Netzadresse, bei IPv6 nur ihre erste Hälfte, damit
      niemand das Formular missbraucht.
    </p>
  </section>
)

const Records = () => (
  <section aria-labelledby="beitraege">
    <h2 id="beitraege">Was in Beiträgen steht</h2>
    <p>
      Beiträge nennen Betriebe und Personen nur, wenn diese eingewilligt haben; die Einwilligung
      bleibt bei dem Zentrum, das den Beitrag veröffentlicht hat. Beiträge werden an alle Knoten des
      Transfernetzes übertragen. Wird eine Einwilligung zurückgenommen, löscht das Zentrum den
      Inhalt; die Löschung erreicht jeden Knoten und wird von ihm bestätigt. Übrig bleibt nur, dass
      es einen Beitrag gab.
    </p>
  </section>
)

const Referrals = () => (
  <section aria-labelledby="verweise">
    <h2 id="verweise">Wenn Ihr Unternehmen an ein anderes Zentrum verwiesen wird</h2>
    <p>
      Das geschieht nur mit Ihrer Einwilligung (Artikel 6 Absatz 1 Buchstabe a DSGVO). Ein Zentrum
      gibt dann an genau ein anderes weiter: Name, Sitz, Größe und Wirtschaftszweig, Themen, eine
      kurze Beschreibung, eine Ansprechperson und einen Weg zu ihr. Die Angaben reisen und liegen
      verschlüsselt; lesen können sie nur die Beratenden dieser beiden Zentren. Sie werden
      spätestens 30 Tage nach dem Abschluss und ein Jahr nach dem Versand gelöscht, nach einem
      Widerruf bei beiden sofort; der Nachweis der Einwilligung nach drei Jahren. Hat ein Zentrum
      keinen eigenen Knoten, führt ein anderes den Posteingang in seinem Auftrag; das steht in der
      Einwilligung.
    </p>
  </section>
)

const Staff = () => (
  <section aria-labelledby="mitarbeit">
    <h2 id="mitarbeit">Wenn Sie sich anmelden</h2>
    <p>Von Menschen, die bei einem Zentrum dieses Knotens mitarbeiten, sind gespeichert:</p>
    <ul class="tn-list">
      <li>
        <strong>Name und Rollen</strong>, solange das Konto besteht, und ein Jahr darüber hinaus.
      </li>
      <li>
        <strong>Passkeys</strong>: öffentliche Schlüssel und die Art des Geräts. PIN, Fingerabdruck
        oder Gesicht verlassen das Gerät nie. Bei zentraler Anmeldung stattdessen die Kennung, die
        Ihr Haus Ihnen gibt.
      </li>
      <li>
        <strong>Sitzungen</strong>: Art des Geräts, Beginn und letzter Zugriff, höchstens sieben
        Tage. Ein einziges, technisch notwendiges Cookie hält Sie angemeldet (§ 25 Absatz 2 Nummer 2
        TDDDG).
      </li>
      <li>
        <strong>Nachrichten</strong> über das, was auf Sie wartet, 90 Tage lang; dazu Ihre
        E-Mail-Adresse, wenn Sie eine angeben, bis Sie sie entfernen oder Ihr Konto geschlossen
        wird.
      </li>
      <li>
        <strong>Entwürfe</strong>: wer welche Änderung und welche Anmerkung geschrieben hat, bis der
        Beitrag veröffentlicht oder verworfen ist; wer ihn verfasst und geprüft hat, auch danach.
        Was beim Schreiben noch nicht gespeichert werden konnte, bewahrt Ihr Browser auf, bis Sie
        sich abmelden.
      </li>
      <li>
        <strong>Anmeldeversuche</strong>: die Netzadresse, bei IPv6 nur ihre erste Hälfte, für
        höchstens zwei Stunden, damit niemand Zugänge durchprobiert.
      </li>
      <li>
        <strong>Protokoll</strong>: wer wann was getan hat, nur mit einer zufälligen Kennung. Es
        lässt sich nicht ändern.
      </li>
    </ul>
    <p>
      Rechtsgrundlage ist Artikel 6 Absatz 1 Buchstabe e DSGVO, für Beschäftigte zusammen mit dem
      jeweils geltenden Beschäftigtendatenschutz.
    </p>
  </section>
)
