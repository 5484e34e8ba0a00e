/** What was captured, to be read. */
import { addressees } from '../publications/vocabularies/addressees.ts'
import { topics } from '../publications/vocabularies/topics.ts'
import { labelOf } from '../publications/vocabulary.ts'
import { calendarDateOf } from '../web/texts.ts'
import { type Item, sortOf } from './item.ts'

export const Captured = ({ items }: { items: Item[] }) => (
  <ol class="tn-captured">
    {items.map((item) => (
      <li>
        <ItemText item={item} />
      </li>
    ))}
  </ol>
)

export const ItemText = ({ item }: { item: Pick<Item, 'kind' | 'text' | 'details'> }) => (
  <>
    <p class="tn-captured__sort">
      <span class="tn-badge" data-sort>
        {sortOf(item).label}
      </span>{' '}
      <span class="tn-muted" data-details>
        {detailsOf(item)}
      </span>
    </p>
    <p class="tn-said-by-others" dir="auto" data-text>
      {item.text}
    </p>
  </>
)

/** `Thema: …`, `An: …`, or who does it by when. */
const detailsOf = ({ details: { topic, to, who, by } }: Pick<Item, 'details'>) =>
  [
    topic && `Thema: ${labelOf(topics, topic)}`,
    to && `An: ${labelOf(addressees, to)}`,
    who && `Wer: ${who}`,
    by && `Bis: ${calendarDateOf(by)}`,
  ]
    .filter(Boolean)
    .join(', ')
