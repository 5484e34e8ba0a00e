import type { Beside } from '../publications/pages.tsx'
import { pathOf } from '../publications/teaser.tsx'
import type { FoundRecord } from './find.ts'
import { recordsLike } from './similar.ts'

/** Case examples about the same as a record, to stand on its page. */
export const similarCases: Beside = async (hub, audience, { found, content }) => {
  const records = await recordsLike(hub, audience, found, content)
  return records.length > 0 ? <Similar records={records} /> : null
}

const Similar = ({ records }: { records: FoundRecord[] }) => (
  <section aria-labelledby="aehnlich">
    <h2 id="aehnlich">Ähnliche Fallbeispiele</h2>
    <ul class="tn-list tn-similar">
      {records.map(({ teaser, centre, why, ...record }) => (
        <li>
          <a href={pathOf(record)}>
            <bdi>{teaser.title}</bdi>
          </a>{' '}
          <span class="tn-muted">
            <bdi>{centre}</bdi>
            {why.length > 0 && <> · gemeinsam: {sharedWords(why)}</>}
          </span>
        </li>
      ))}
    </ul>
  </section>
)

/** The words alone of the first reasons. */
const sharedWords = (why: string[]) =>
  why
    .slice(0, 4)
    .map((reason) => reason.match(/„([^“]*)“/)?.[1] ?? reason)
    .join(', ')
