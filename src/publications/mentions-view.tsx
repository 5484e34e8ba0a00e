import { dateOf } from '../web/texts.ts'
import { kindOf } from './kinds.ts'
import type { Mentions } from './mentions.ts'
import { pathOf } from './teaser.tsx'

/** What others made of a record, each way under a heading of its own. */
export const MentionsView = ({ mentions }: { mentions: Mentions[] }) => (
  <>
    {mentions.map(({ label, records }, n) => (
      <section aria-labelledby={`genannt-${n}`}>
        <h2 id={`genannt-${n}`}>{label}</h2>
        <ul class="tn-list tn-similar">
          {records.map((record) => (
            <li>
              <a href={pathOf(record)}>
                <bdi>{record.teaser.title}</bdi>
              </a>
              <br />
              <span class="tn-muted">
                {kindOf(record.kind).label} · <bdi>{record.centre}</bdi> · {dateOf(record.changed)}
              </span>
            </li>
          ))}
        </ul>
      </section>
    ))}
  </>
)
