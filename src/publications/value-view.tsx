import { Markdown } from '../web/markdown.tsx'
import type { Fields, Look } from './field.ts'
import { type Filled, filled, inline, isFact, Labelled } from './inline-view.tsx'
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

/** A sentence with a word or two about it reads better as a list than as a table. */
const isStatement = (fields: Fields) =>
  Object.keys(fields).length <= 3 &&
  Object.values(fields).filter(({ look }) => look.as === 'text').length === 1

/** Each with its title, if it has one, its text, and below what is to be said about it. */
const Statements = ({ rows }: { rows: Filled[][] }) => (
  <ol class="tn-statements">
    {rows.map((parts) => {
      const about = parts.filter(({ field }) => isFact(field.look))
      const level = parts.some(({ field }) => field.look.as === 'line') ? 3 : 2
      return (
        <li>
          {parts.map(({ field: { look }, value }) => {
            if (look.as === 'line')
              return <h3 class="tn-statements__title">{inline(look, value)}</h3>
            return look.as === 'text' && <Markdown text={String(value)} level={level} />
          })}
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
