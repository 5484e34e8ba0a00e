/** Figures as tables for other programs. */
import writeXlsxFile from 'write-excel-file/universal'
import { csvOf } from '../csv.ts'
import { dimensionNames, dimensions, type Figures } from './figures.ts'

const head = ['Merkmal', 'Wert', 'Bezeichnung', 'Beiträge'] as const

const rowsOf = ({ total, by, overdue }: Figures): [string, string, string, number][] => [
  ['Alle', '', 'Alle Beiträge', total],
  ...dimensionNames.flatMap((name) =>
    by[name].map(({ value, label, count }): [string, string, string, number] => [
      dimensions[name],
      value,
      label,
      count,
    ]),
  ),
  ...overdue.map(({ value, label, count }): [string, string, string, number] => [
    'Prüfung überfällig',
    value,
    label,
    count,
  ]),
]

export const asCsv = (figures: Figures) =>
  csvOf([[...head], ...rowsOf(figures).map((row) => row.map(String))])

/** Text stays text and numbers numbers, so there is nothing to defuse. */
export const asXlsx = async (figures: Figures) => {
  const rows = rowsOf(figures).map((row) =>
    row.map((value) =>
      typeof value === 'number' ? { value, type: Number } : { value, type: String },
    ),
  )
  const titles = head.map((value) => ({ value, fontWeight: 'bold' as const }))
  const file = writeXlsxFile([titles, ...rows], { sheet: 'Zahlen', stickyRowsCount: 1 })
  return (await file.toBlob()).arrayBuffer()
}
