import type { JSX } from 'hono/jsx/jsx-runtime'

interface DataTableProps {
  caption: string
  columns: readonly string[]
  /** The first cell of each row names it. */
  rows: (JSX.Element | string)[][]
}

/** Some browsers forget what a table is once a stylesheet lays it out as something else. */
const as = (role: string) => ({ role })

/** A table that becomes a list of cards where there is no room for columns; each value then says its own name. */
export const DataTable = ({ caption, columns, rows }: DataTableProps) => (
  <table class="kern-table tn-data" {...as('table')}>
    <caption class="kern-sr-only">{caption}</caption>
    <thead {...as('rowgroup')}>
      <tr {...as('row')}>
        {columns.map((column) => (
          <th scope="col" class="kern-table__header" {...as('columnheader')}>
            {column}
          </th>
        ))}
      </tr>
    </thead>
    <tbody {...as('rowgroup')}>
      {rows.map(([name, ...cells]) => (
        <tr {...as('row')}>
          <th scope="row" class="kern-table__cell" {...as('rowheader')}>
            {name}
          </th>
          {cells.map((cell, n) => (
            <td class="kern-table__cell" data-label={columns[n + 1]} {...as('cell')}>
              {cell}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
)
