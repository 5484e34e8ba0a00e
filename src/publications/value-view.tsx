import { Markdown } from '../web/markdown.tsx'
import type { Fields, Look } from './field.ts'
import { type Filled, filled, inline, Labelled } from './inline-view.tsx'
import { Table } from './table-view.tsx'

type ValueProps = { look: Look; value: unknown; label: string }

/** Any value as a section of the page, under a heading of the second level. */
export const Value = ({ look, value, label }: ValueProps) => {
  if (look.as === 'text') return <Markdown text={String(value)} level={2} />
  if (look.as === 'group' && !look.means)
    return <Pairs parts={filled(look.fields, value as object)} />
  if (look.as === 'list') return <List item={look.item} values={value as unknown[]} label={label} />
  return <p class="tn-telling">{inline(look, value)}</p>
}

/** Names and values one below the other. */
export const Pairs = ({ parts }: { parts: Pick<Filled, 'field' | 'value'>[] }) => (
  <dl class="tn-pairs">
    {parts.map(({ field, value }) => (
      <div>
        <dt>{field.label}</dt>
        <dd>
          {field.look.as === 'text' ? (
            <Markdown text={String(value)} level={2} />
          ) : (
            inline(field.look, value)
          )}
        </dd>
      </div>
    ))}
  </dl>
)

const List = ({ item, values, label }: { item: Look; values: unknown[]; label: string }) => {
  if (item.as === 'group' && !item.means) {
    const rows = values.map((row) => filled(item.fields, row as object))
    return isStatement(item.fields) ? (
      <Statements rows={rows} />
    ) : (
      <Table fields={item.fields} rows={rows} label={label} />
    )
  }
  return (
    <ul class="tn-list">
      {values.map((value) => (
        <li>{inline(item, value)}</li>
      ))}
    </ul>
  )
}

/** A sentence with a word or two about it, or with much about it behind it, reads better as a list than as a table. */
const isStatement = (fields: Fields) => {
  const looks = Object.values(fields).map(({ look }) => look.as)
  const texts = looks.filter((as) => as === 'text')
  return texts.length === 1 && (looks.length <= 3 || looks[0] === 'text')
}

/** Each with its title, if it has one, its text, and below what is to be said about it. */
const Statements = ({ rows }: { rows: Filled[][] }) => (
  <ol class="tn-statements">
    {rows.map((parts) => {
      const text = parts.findIndex(({ field }) => field.look.as === 'text')
      const titles = parts.slice(0, text).filter(({ field }) => field.look.as === 'line')
      const about = parts.filter((part, n) => n !== text && !titles.includes(part))
      return (
        <li>
          {titles.map(({ field, value }) => (
            <h3 class="tn-statements__title">{inline(field.look, value)}</h3>
          ))}
          <Markdown text={String(parts[text]?.value ?? '')} level={titles.length > 0 ? 3 : 2} />
          {about.length > 0 && (
            <p class="tn-about">
              {about.map(({ field, value }) => (
                <Labelled field={field} value={value} />
              ))}
            </p>
          )}
        </li>
      )
    })}
  </ol>
)
