/** What was agreed at a centre's round tables: what is late, what comes, and what is done. */
import { z } from 'zod'
import type { Post } from '../staff/visitor.ts'
import { Notice, Submit } from '../web/fields.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { calendarDateOf } from '../web/texts.ts'
import { type Agreement, dueness, isOpen } from './agreements.ts'
import type { LocalState } from './agreements-store.ts'

const sayings = {
  done: 'Erledigt.',
  dropped: 'Wird nicht weiterverfolgt.',
  open: 'Wieder offen.',
  version:
    'Der Entwurf einer neuen Fassung ist angelegt. Ihre Redaktion findet ihn unter Entwürfe.',
} as const
export const AgreementSaid = z.enum(Object.keys(sayings) as (keyof typeof sayings)[])
export type AgreementSaid = z.infer<typeof AgreementSaid>

interface AgreementsViewProps {
  site: Site
  post: Post
  agreements: Agreement[]
  /** Milliseconds since 1970. */
  now: number
  said?: AgreementSaid | undefined
}

export const AgreementsView = (props: AgreementsViewProps) => {
  const { site, agreements, now, said } = props
  const due = (wanted: 'late' | 'soon' | undefined) =>
    agreements.filter((each) => isOpen(each) && dueness(each, now) === wanted)
  return (
    <Page site={site} title="Vereinbarungen" hidden>
      <header class="tn-intro">
        <p class="tn-kicker">
          <a href="/runden">Runde Tische</a>
        </p>
        <h1>Vereinbarungen</h1>
        <p class="tn-lead">
          Was bei Ihren Runden Tischen vereinbart und veröffentlicht wurde. Eine Woche vor der Frist
          und wenn sie verstrichen ist, werden Sie einmal erinnert.
        </p>
      </header>
      {said && <Notice look="success" title={sayings[said]} />}
      {agreements.length === 0 && (
        <p class="tn-empty">In veröffentlichten Ergebnissen steht noch keine Vereinbarung.</p>
      )}
      <div class="tn-stack">
        <Part {...props} id="ueberfaellig" title="Überfällig" of={due('late')} />
        <Part {...props} id="bald" title="In den nächsten sieben Tagen" of={due('soon')} />
        <Part {...props} id="offen" title="Später oder ohne Frist" of={due(undefined)} />
        <Part
          {...props}
          id="abgeschlossen"
          title="Abgeschlossen"
          of={agreements.filter((each) => !isOpen(each))}
        />
        <Differing {...props} />
      </div>
    </Page>
  )
}

type PartProps = AgreementsViewProps & { id: string; title: string; of: Agreement[] }

const Part = ({ id, title, of, post }: PartProps) =>
  of.length === 0 ? null : (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul class="tn-things">
        {of.map((agreement) => (
          <Item agreement={agreement} post={post} />
        ))}
      </ul>
    </section>
  )

const Item = ({ agreement, post }: { agreement: Agreement; post: Post }) => {
  const { what, who, by, title, path, state } = agreement
  return (
    <li>
      <div>
        <p class="tn-things__name">
          <bdi>{what}</bdi>
          {state === 'dropped' && <span class="tn-badge">nicht weiterverfolgt</span>}
        </p>
        <p>
          <bdi>{who}</bdi>
          {by && (
            <>
              , bis <time datetime={by}>{calendarDateOf(by)}</time>
            </>
          )}
        </p>
        <p class="tn-muted">
          <a href={path}>
            <bdi>{title}</bdi>
          </a>
        </p>
      </div>
      <div class="tn-things__acts">
        {isOpen(agreement) ? (
          <>
            <Mark agreement={agreement} post={post} state="done" label="Erledigt" />
            <Mark agreement={agreement} post={post} state="dropped" label="Nicht weiterverfolgen" />
          </>
        ) : (
          <Mark agreement={agreement} post={post} state="open" label="Wieder öffnen" />
        )}
      </div>
    </li>
  )
}

type MarkProps = { agreement: Agreement; post: Post; state: LocalState; label: string }

const Mark = ({ agreement: { rid, dig, what }, post, state, label }: MarkProps) => (
  <form method="post" action="/runden/vereinbarungen">
    <input type="hidden" name="zentrum" value={post.centre} />
    <input type="hidden" name="beitrag" value={rid} />
    <input type="hidden" name="vereinbarung" value={dig} />
    <input type="hidden" name="stand" value={state} />
    <Submit look="secondary" label={label} about={what} />
  </form>
)

/** A tick must not void what others have signed: it stays here until somebody wants a new version. */
const Differing = ({ agreements, post }: AgreementsViewProps) => {
  const differing = agreements.filter(({ differs }) => differs)
  const results = [...new Map(differing.map((each) => [each.rid, each])).values()]
  if (results.length === 0) return null
  return (
    <section aria-labelledby="fassung">
      <h2 id="fassung">Den neuen Stand veröffentlichen</h2>
      <p>
        Was Sie hier ankreuzen, gilt in Ihrem Zentrum. Andere sehen es erst mit einer neuen Fassung,
        und die bittet alle Zentren noch einmal um Mitzeichnung. Meist genügt es, damit zu warten.
      </p>
      <ul class="tn-things">
        {results.map(({ rid, title }) => (
          <li>
            <div>
              <p class="tn-things__name">
                <bdi>{title}</bdi>
              </p>
            </div>
            <form method="post" action="/runden/vereinbarungen/fassung">
              <input type="hidden" name="zentrum" value={post.centre} />
              <input type="hidden" name="beitrag" value={rid} />
              <Submit look="secondary" label="Neue Fassung beginnen" about={title} />
            </form>
          </li>
        ))}
      </ul>
    </section>
  )
}
