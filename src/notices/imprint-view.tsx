import { Fact, type FactName, Mail, NoticePage, type NoticeProps } from './notice.tsx'

const needs: FactName[] = ['name', 'address', 'representedBy', 'phone', 'email', 'responsible']

/** § 5 DDG, § 18 MStV. */
export const ImprintView = (props: NoticeProps) => {
  const { operator, site } = props
  return (
    <NoticePage {...props} title="Impressum" needs={needs}>
      <section aria-labelledby="betreiber">
        <h2 id="betreiber">Diesen Knoten betreibt</h2>
        <p>
          <Fact operator={operator} name="name" />
          <br />
          <Fact operator={operator} name="address" />
        </p>
        <p>
          Vertreten durch: <Fact operator={operator} name="representedBy" />
        </p>
        {operator.register && (
          <p>
            <Fact operator={operator} name="register" />
          </p>
        )}
      </section>
      <section aria-labelledby="kontakt">
        <h2 id="kontakt">Kontakt</h2>
        <p>
          Telefon: <Fact operator={operator} name="phone" />
          <br />
          E-Mail: <Mail operator={operator} />
        </p>
      </section>
      <section aria-labelledby="verantwortlich">
        <h2 id="verantwortlich">Verantwortlich für die Inhalte</h2>
        <p>
          Verantwortlich nach § 18 Absatz 2 des Medienstaatsvertrags:{' '}
          <Fact operator={operator} name="responsible" />
        </p>
        <p>
          Für jeden Beitrag ist das Zentrum verantwortlich, das ihn unterschrieben hat. Es steht bei
          dem Beitrag, ebenso eine Ansprechstelle. Beiträge anderer Zentren zeigt{' '}
          <bdi>{site.centre}</bdi> unverändert und nur, solange sie dort veröffentlicht sind.
        </p>
      </section>
      <section aria-labelledby="foerderung">
        <h2 id="foerderung">Förderung</h2>
        <p>
          Die Zukunftszentren werden vom Bundesministerium für Arbeit und Soziales, von der
          Europäischen Union über den Europäischen Sozialfonds Plus (ESF Plus) und von den Ländern
          gefördert. Welche Förderung für einen Beitrag gilt, steht auf seiner Seite.
        </p>
      </section>
    </NoticePage>
  )
}
