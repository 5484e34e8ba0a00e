import { Notice } from '../web/fields.tsx'
import { Icon } from '../web/icons.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { countOf, momentOf } from '../web/texts.ts'
import type { AuditProof } from './audit.ts'
import { auditActors, auditEvents } from './audit-events.ts'
import type { NamedEntry } from './audit-store.ts'
import { type Role, roleLabel } from './roles.ts'
import type { Post } from './visitor.ts'

type AuditViewProps = {
  site: Site
  post: Post
  entries: NamedEntry[]
  /** Where the next page begins. */
  next: number | undefined
}

export const AuditView = ({ site, post, entries, next }: AuditViewProps) => (
  <Page site={site} title="Protokoll" hidden>
    <header class="tn-intro">
      <p class="tn-kicker">
        <bdi>{post.name}</bdi>
      </p>
      <h1>Protokoll</h1>
      <p class="tn-lead">
        Wer wann was getan hat. Einträge lassen sich weder ändern noch entfernen; jeder schließt den
        vorigen mit seinem Fingerabdruck ein.
      </p>
    </header>
    <div class="tn-columns">
      <section aria-label="Einträge">
        {entries.length > 0 ? (
          <ol class="tn-audit">
            {entries.map((entry) => (
              <Entry entry={entry} />
            ))}
          </ol>
        ) : (
          <p class="tn-empty">Hier steht noch nichts.</p>
        )}
        {next !== undefined && (
          <p class="tn-actions">
            <a class="kern-btn kern-btn--secondary" href={`/audit?before=${next}`}>
              <span class="kern-label">Ältere anzeigen</span>
              <Icon name="arrow-forward" />
            </a>
          </p>
        )}
      </section>
      <aside class="tn-side" aria-labelledby="nachweis">
        <div class="tn-panel">
          <h2 id="nachweis">Nachweis</h2>
          <ul class="tn-list">
            <li>
              <a href="/audit/pruefung">Kette prüfen</a>
            </li>
            <li>
              <a href="/audit/protokoll.csv" download>
                Als CSV herunterladen
              </a>
            </li>
            <li>
              <a href="/audit/protokoll.json" download>
                Als JSON herunterladen
              </a>
            </li>
          </ul>
          <p class="tn-muted">
            Das Protokoll nennt Personen nur mit ihrer Kennung. Namen stehen hier dabei, solange es
            das Konto gibt; in den Dateien nicht.
          </p>
        </div>
      </aside>
    </div>
  </Page>
)

const Entry = ({ entry }: { entry: NamedEntry }) => (
  <li>
    <p class="tn-audit__what">{auditEvents[entry.event] ?? entry.event}</p>
    <p>
      <Actor entry={entry} />
      <Subject entry={entry} />
    </p>
    <Roles details={entry.details} />
    <p class="tn-muted">
      Nr. {entry.seq},{' '}
      <time datetime={entry.at.toISOString()}>{momentOf(entry.at.getTime() / 1000)}</time>
    </p>
  </li>
)

const Actor = ({ entry: { actor, actor_name } }: { entry: NamedEntry }) => (
  <>
    Durch: <bdi>{actor_name ?? auditActors[actor] ?? actor}</bdi>
  </>
)

/** On whom or what, unless she did it to herself. */
const Subject = ({ entry: { actor, subject, subject_name } }: { entry: NamedEntry }) =>
  subject !== '' && subject !== actor ? (
    <>
      . Betrifft: <bdi>{subject_name ?? subject}</bdi>
    </>
  ) : null

/** The one detail that people ask for. */
const Roles = ({ details }: { details: string }) => {
  const { before, after, roles } = JSON.parse(details) as Partial<Record<string, Role[]>>
  if (before && after) {
    return (
      <p>
        Vorher: {named(before)}. Jetzt: {named(after)}
      </p>
    )
  }
  return roles ? <p>{named(roles)}</p> : null
}

const named = (roles: Role[]) => (roles.length > 0 ? roles.map(roleLabel).join(', ') : 'keine')

type ProofViewProps = { site: Site; post: Post; proof: AuditProof; known: string | undefined }

export const ProofView = ({ site, post, proof, known }: ProofViewProps) => (
  <Page site={site} title="Kette prüfen" hidden>
    <article class="tn-narrow">
      <p class="tn-kicker">
        <a href="/audit">Protokoll</a>
      </p>
      <h1>Kette prüfen</h1>
      <p class="tn-lead">
        <bdi>{post.name}</bdi>: Jeder Eintrag wurde soeben nachgerechnet.
      </p>
      <Verdict proof={proof} known={known} />
      {proof.ok && (
        <section aria-labelledby="fingerabdruck">
          <h2 id="fingerabdruck">Fingerabdruck des letzten Eintrags</h2>
          <p>
            <code>{proof.dig || '–'}</code>
          </p>
          <p>
            Notieren Sie ihn außerhalb dieses Systems. Steht er bei einer späteren Prüfung noch in
            der Kette, wurde bis dahin nichts ausgetauscht.
          </p>
        </section>
      )}
      <section aria-labelledby="bekannt">
        <h2 id="bekannt">Mit einem früheren Fingerabdruck vergleichen</h2>
        <form class="tn-form" method="get" action="/audit/pruefung">
          <div class="kern-form-input">
            <label class="kern-label" for="known">
              Früher notierter Fingerabdruck
            </label>
            <input
              class="kern-form-input__input"
              id="known"
              name="known"
              type="text"
              value={known ?? ''}
              maxlength={43}
              autocomplete="off"
              spellcheck={false}
            />
          </div>
          <div>
            <button class="kern-btn kern-btn--secondary" type="submit">
              <span class="kern-label">Vergleichen</span>
            </button>
          </div>
        </form>
      </section>
    </article>
  </Page>
)

const broken = {
  gap: 'Dort fehlt ein Eintrag.',
  digest: 'Dieser Eintrag oder sein Fingerabdruck wurde verändert.',
  end: 'Einträge am Ende fehlen, oder sie wurden ausgetauscht.',
}

const Verdict = ({ proof, known }: Pick<ProofViewProps, 'proof' | 'known'>) => {
  if (!proof.ok) {
    return (
      <Notice look="danger" title={`Die Kette ist bei Nr. ${proof.seq} gebrochen`}>
        <p class="kern-body">{broken[proof.reason]}</p>
      </Notice>
    )
  }
  if (known && !proof.known) {
    return (
      <Notice look="danger" title="Der frühere Fingerabdruck steht nicht mehr in der Kette">
        <p class="kern-body">
          In sich stimmt sie, aber sie ist nicht die, aus der er stammt. Prüfen Sie zuerst, ob Sie
          ihn richtig abgeschrieben haben.
        </p>
      </Notice>
    )
  }
  return (
    <Notice
      look="success"
      title={`Die Kette ist unversehrt: ${countOf(proof.entries, 'Eintrag', 'Einträge')}`}
    >
      {known && <p class="kern-body">Der frühere Fingerabdruck steht darin.</p>}
    </Notice>
  )
}
