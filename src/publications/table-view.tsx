import type { Fields } from './field.ts'
import { type Filled, inline } from './inline-view.tsx'

type TableProps = { fields: Fields; rows: Filled[][]; label: string }

/**
 * Rows of equal shape. Columns without any value are left out; a single one is better off as a
 * list. A wide table scrolls in a frame of its own, which the keyboard can reach.
 */
export const Table = ({ fields, rows, label }: TableProps) => {
  const used = new Set(rows.flatMap((row) => row.map(({ name }) => name)))
  const columns = Object.entries(fields).filter(([name]) => used.has(name))
  if (columns.length === 1) return <SingleColumn rows={rows} />
  return (
    <section class="tn-scroll" aria-label={`Tabelle: ${label}`} tabindex={0}>
      <table class="kern-table">
        <caption class="kern-sr-only">{label}</caption>
        <thead>
          <tr>
            {columns.map(([, field]) => (
              <th scope="col" class={cellClass('header', field.look.as)}>
                {field.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              {columns.map(([name, { look }]) => (
                <td class={cellClass('cell', look.as)}>{cellOf(row, name)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const cellClass = (element: 'header' | 'cell', as: string) =>
  as === 'number'
    ? `kern-table__${element} kern-table__${element}--numeric`
    : `kern-table__${element}`

const cellOf = (row: Filled[], name: string) => {
  const part = row.find((one) => one.name === name)
  return part ? inline(part.field.look, part.value) : '–'
}

const SingleColumn = ({ rows }: { rows: Filled[][] }) => (
  <ul class="tn-list">
    {rows.flat().map(({ field, value }) => (
      <li>{inline(field.look, value)}</li>
    ))}
  </ul>
)
