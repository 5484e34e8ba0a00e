import { Fact, type FactName, NoticePage, type NoticeProps } from './notice.tsx'

const needs: FactName[] = ['email', 'phone']

/** § 4 BITV 2.0: what is here, how one finds one's way, what is said about accessibility. One sentence a line. */
export const EasyLanguageView = (props: NoticeProps) => {
  const { operator, site } = props
  return (
    <NoticePage {...props} title="Leichte Sprache" needs={needs}>
      <section aria-labelledby="was">
        <h2 id="was">Was ist das Transfernetz?</h2>
        <p>Das Transfernetz ist eine Seite im Internet.</p>
        <p>Die Seite ist für die Zukunfts-Zentren in Deutschland.</p>
        <p>Zukunfts-Zentren beraten kleine Firmen.</p>
        <p>
          Zum Beispiel so:
          <br />
          Eine Firma möchte neue Technik benutzen.
          <br />
          Das Zukunfts-Zentrum hilft ihr dabei.
        </p>
        <p>
          Auf dieser Seite schreiben die Zukunfts-Zentren auf,
          <br />
          was gut gegangen ist.
          <br />
          Und was nicht gut gegangen ist.
          <br />
          So können alle davon lernen.
        </p>
        <p>
          Diese Seite gehört:
          <br />
          <bdi>{site.centre}</bdi>
        </p>
      </section>
      <section aria-labelledby="wie">
        <h2 id="wie">So finden Sie sich zurecht</h2>
        <p>
          Oben auf jeder Seite stehen 4 Wörter.
          <br />
          Sie können die Wörter anklicken.
        </p>
        <ul class="tn-list">
          <li>
            <strong>Neues</strong>: Hier sehen Sie die neuen Texte.
          </li>
          <li>
            <strong>Fall-Beispiele</strong>: Hier lesen Sie, was Firmen ausprobiert haben.
          </li>
          <li>
            <strong>Runde Tische</strong>: Hier lesen Sie, was Fach-Leute zusammen besprochen haben.
          </li>
          <li>
            <strong>Suche</strong>: Hier schreiben Sie ein Wort hinein. Dann sehen Sie alle Texte
            mit diesem Wort.
          </li>
        </ul>
        <p>
          Manche Texte haben einen Teil in Leichter Sprache.
          <br />
          Er steht am Anfang von dem Text.
        </p>
      </section>
      <section aria-labelledby="barrieren">
        <h2 id="barrieren">Wenn Sie etwas nicht lesen oder bedienen können</h2>
        <p>
          Wir möchten, dass alle Menschen diese Seite benutzen können.
          <br />
          Vielleicht klappt bei Ihnen etwas nicht.
          <br />
          Dann sagen Sie uns das bitte.
        </p>
        <p>
          Sie können uns schreiben:
          <br />
          <Fact operator={operator} name="email" />
        </p>
        <p>
          Oder Sie können uns anrufen:
          <br />
          <Fact operator={operator} name="phone" />
        </p>
        <p>
          Mehr dazu steht in der <a href="/barrierefreiheit">Erklärung zur Barrierefreiheit</a>.
          <br />
          Dieser Text ist aber nicht in Leichter Sprache.
        </p>
      </section>
    </NoticePage>
  )
}
