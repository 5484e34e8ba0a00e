import type { Fault, Problem, ProblemCode } from '../problem.ts'
import { Page, type Site } from './layout.tsx'

type ProblemViewProps = {
  site: Site
  problem: Pick<Problem, 'status' | 'code' | 'title' | 'detail'>
  faults?: Fault[]
}

/** The page for a request that was stopped: what happened, what to do now, and the code to quote. */
export const ProblemView = ({ site, problem, faults = [] }: ProblemViewProps) => (
  <Page site={site} title={problem.title} hidden>
    <article class="tn-notice-page">
      <p class="tn-kicker">Fehler {problem.status}</p>
      <h1>{problem.title}</h1>
      {problem.detail && <p class="tn-lead">{problem.detail}</p>}
      <p>{adviceFor(problem)}</p>
      {faults.length > 0 && (
        <ul class="tn-list">
          {faults.map(({ path, message }) => (
            <li>
              {path && (
                <>
                  <code>{path}</code>:{' '}
                </>
              )}
              {message}
            </li>
          ))}
        </ul>
      )}
      <p class="tn-actions">
        {problem.code === 'sign-in-again' ? <SignInBeside /> : <Elsewhere />}
      </p>
      <p class="tn-muted">
        Wenn Sie uns schreiben, nennen Sie bitte diese Kennung: <code>{problem.code}</code>
      </p>
    </article>
  </Page>
)

const Elsewhere = () => (
  <>
    <a class="kern-btn kern-btn--primary" href="/">
      <span class="kern-label">Zur Startseite</span>
    </a>
    <a class="kern-btn kern-btn--secondary" href="/suche">
      <span class="kern-label">Zur Suche</span>
    </a>
  </>
)

/** In a window of its own: this page is to be loaded again, with what was typed. */
const SignInBeside = () => (
  <a class="kern-btn kern-btn--primary" href="/anmelden?again=1" target="_blank" rel="noopener">
    <span class="kern-label">Noch einmal anmelden (zweites Fenster)</span>
  </a>
)

const advice: Record<number, string> = {
  400: 'Prüfen Sie bitte die Adresse oder Ihre Eingabe und versuchen Sie es noch einmal.',
  401: 'Ihre Sitzung ist beendet, oder Sie waren nicht angemeldet. Melden Sie sich in einem zweiten Fenster an und laden Sie diese Seite dann neu: So bleibt erhalten, was Sie eingegeben haben.',
  403: 'Wenn Sie diese Rolle brauchen, wenden Sie sich an die Verwaltung Ihres Zentrums.',
  404: 'Vielleicht ist die Adresse nicht ganz richtig, oder der Beitrag liegt diesem Knoten noch nicht vor. Über die Suche finden Sie alles, was hier vorhanden ist.',
  410: 'Der Inhalt ist nicht mehr verfügbar. Über die Suche finden Sie, was es zum selben Thema gibt.',
  429: 'Laden Sie die Seite in etwa einer Minute neu. Ihre Eingaben können Sie mit der Zurück-Taste erreichen.',
  500: 'Es liegt nicht an Ihnen. Versuchen Sie es in einigen Minuten noch einmal.',
  503: 'Es liegt nicht an Ihnen. Laden Sie die Seite in etwa einer Minute neu.',
}

/** Where what helps depends on more than the status. */
const adviceByCode: Partial<Record<ProblemCode, string>> = {
  'foreign-origin':
    'Öffnen Sie die Seite, von der aus Sie etwas ändern wollten, bitte neu und versuchen Sie es noch einmal.',
  'invitation-over':
    'Sie wurde schon benutzt, zurückgenommen oder ist abgelaufen. Bitten Sie die Verwaltung Ihres Zentrums um eine neue.',
  'confirmation-over':
    'Er wurde schon benutzt, oder seine Zeit ist abgelaufen. Hat sich an Ihrem Angebot etwas geändert? Dann schreiben Sie bitte dem Zentrum, das Ihnen den Link geschickt hat.',
  'sign-in-again':
    'Wer Zugänge ändert oder vergibt, muss sich in der letzten Viertelstunde angemeldet haben. Tun Sie das in einem zweiten Fenster und laden Sie diese Seite dann neu: So bleibt erhalten, was Sie eingegeben haben.',
  'wrong-centre':
    'In einem anderen Fenster haben Sie das Zentrum gewechselt. Gehen Sie zurück, laden Sie die Seite neu und prüfen Sie, für welches Zentrum Sie arbeiten.',
}

const adviceFor = ({ status, code }: Pick<Problem, 'status' | 'code'>) =>
  adviceByCode[code] ?? advice[status] ?? (status < 500 ? advice[400] : advice[500])
