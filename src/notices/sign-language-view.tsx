import { type FactName, NoticePage, type NoticeProps } from './notice.tsx'

const needs: FactName[] = ['signLanguageVideo']

/** § 4 BITV 2.0. A video is linked, not embedded: nothing is loaded from elsewhere unasked. */
export const SignLanguageView = (props: NoticeProps) => {
  const { signLanguageVideo } = props.operator
  return (
    <NoticePage {...props} title="Deutsche Gebärdensprache" needs={needs}>
      {signLanguageVideo ? (
        <>
          <p class="tn-lead">
            Ein Video in Deutscher Gebärdensprache erklärt, was es hier gibt, wie Sie sich
            zurechtfinden und wie Sie eine Barriere melden.
          </p>
          <p class="tn-actions">
            <a class="kern-btn kern-btn--primary" href={signLanguageVideo} rel="noopener">
              <span class="kern-label">Video in Gebärdensprache ansehen</span>
            </a>
          </p>
          <p class="tn-muted">
            Das Video liegt unter einer anderen Adresse: {new URL(signLanguageVideo).host}
          </p>
        </>
      ) : (
        <p class="tn-lead">
          Ein Video in Deutscher Gebärdensprache gibt es noch nicht. Bis dahin erklärt eine Seite in{' '}
          <a href="/leichte-sprache">Leichter Sprache</a>, was es hier gibt und wie Sie sich
          zurechtfinden.
        </p>
      )}
    </NoticePage>
  )
}
