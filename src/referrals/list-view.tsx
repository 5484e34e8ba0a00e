import type { Post } from '../staff/visitor.ts'
import { DataTable } from '../web/data-table.tsx'
import { Submit } from '../web/fields.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { calendarDateOf } from '../web/texts.ts'
import type { Line } from './reading.ts'
import { stateOf } from './words.ts'

type ListViewProps = { site: Site; post: Post; lines: Line[]; today: string }

/** What was referred to a centre, and what it referred to others. */
export const ListView = ({ site, post, lines, today }: ListViewProps) => {
  const inbox = lines.filter(({ referral }) => referral.side === 'recipient')
  const drafts = lines.filter(({ referral }) => referral.state === 'draft')
  const outbox = lines.filter(
    ({ referral }) => referral.side === 'sender' && referral.state !== 'draft',
  )
  return (
    <Page site={site} title="Verweise" hidden>
      <header class="tn-intro">
        <p class="tn-kicker">
          <bdi>{post.name}</bdi>
        </p>
        <h1>Verweise</h1>
        <p class="tn-lead">
          Unternehmen, für die ein anderes Zentrum zuständig ist – und was daraus geworden ist.
        </p>
        <p class="tn-actions">
          <a class="kern-btn kern-btn--primary" href="/verweise/neu">
            <span class="kern-label">Unternehmen verweisen</span>
          </a>
          <a class="kern-btn kern-btn--tertiary" href="/verweise/zahlen">
            <span class="kern-label">Zahlen</span>
          </a>
        </p>
      </header>
      <div class="tn-stack">
        <Box id="eingang" title="Eingang" other="Von" lines={inbox} today={today} />
        <Box id="ausgang" title="Ausgang" other="An" lines={outbox} today={today} />
        {drafts.length > 0 && <Drafts lines={drafts} post={post} />}
      </div>
    </Page>
  )
}

type BoxProps = { id: string; title: string; other: string; lines: Line[]; today: string }

const Box = ({ id, title, other, lines, today }: BoxProps) => (
  <section aria-labelledby={id}>
    <h2 id={id}>{title}</h2>
    {lines.length === 0 ? (
      <p class="tn-empty">Zurzeit nichts.</p>
    ) : (
      <DataTable
        caption={title}
        columns={['Unternehmen', other, 'Stand', 'Frist']}
        rows={lines.map((line) => [
          <a href={`/verweise/${line.referral.id}`}>
            <bdi>{nameOf(line)}</bdi>
          </a>,
          <bdi>{line.other ?? ''}</bdi>,
          stateOf(line.referral, line.referral.waits),
          <Due due={line.due} today={today} />,
        ])}
      />
    )}
  </section>
)

const nameOf = ({ company, referral }: Line) =>
  company ?? `Angaben gelöscht (${referral.id.slice(-6)})`

const Due = ({ due, today }: { due: Line['due']; today: string }) => {
  if (!due) return <span>–</span>
  const day = <time datetime={due.day}>{calendarDateOf(due.day)}</time>
  if (due.day < today) return <strong>überfällig seit {day}</strong>
  return <span>bis {day}</span>
}

const Drafts = ({ lines, post }: { lines: Line[]; post: Post }) => (
  <section aria-labelledby="entwuerfe">
    <h2 id="entwuerfe">Entwürfe</h2>
    <ul class="tn-things">
      {lines.map((line) => (
        <li>
          <div>
            <a href={`/verweise/${line.referral.id}`}>
              <bdi>{nameOf(line)}</bdi>
            </a>
          </div>
          <form method="post" action={`/verweise/${line.referral.id}/verwerfen`}>
            <input type="hidden" name="zentrum" value={post.centre} />
            <Submit look="secondary" label="Löschen" about={`Entwurf ${nameOf(line)}`} />
          </form>
        </li>
      ))}
    </ul>
    <p class="tn-muted">Was 14 Tage lang niemand weiterschreibt, wird gelöscht.</p>
  </section>
)
