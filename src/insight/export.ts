/** Figures as tables for other programs. */
import writeXlsxFile from 'write-excel-file/universal'
import { csvOf } from '../csv.ts'
import { pairLabel } from '../referrals/figures-view.tsx'
import { dimensionNames, dimensions, type Figures } from './figures.ts'
import type { Pair } from './pairs.ts'

const head = ['Merkmal', 'Wert', 'Bezeichnung', 'Anzahl'] as const

type Row = [string, string, string, number]

const rowsOf = ({ total, by, overdue, adopted }: Figures, pairs: Pair[] = []): Row[] => [
  ['Alle', '', 'Alle Beiträge', total],
  ...dimensionNames.flatMap((name) =>
    by[name].map(({ value, label, count }): Row => [dimensions[name], value, label, count]),
  ),
  ...overdue.map(({ value, label, count }): Row => ['Prüfung überfällig', value, label, count]),
  ...adopted.map(({ value, label, count }): Row => ['Übernommen von anderen', value, label, count]),
  ...pairs.map(({ pair, count }): Row => ['Verweise', pair, pairLabel(pair), count]),
]

export const asCsv = (figures: Figures, pairs?: Pair[]) =>
  csvOf([[...head], ...rowsOf(figures, pairs).map((row) => row.map(String))])

/** Text stays text and numbers numbers, so there is nothing to defuse. */
export const asXlsx = async (figures: Figures, pairs?: Pair[]) => {
  const rows = rowsOf(figures, pairs).map((row) =>
    row.map((value) =>
      typeof value === 'number' ? { value, type: Number } : { value, type: String },
    ),
  )
  const titles = head.map((value) => ({ value, fontWeight: 'bold' as const }))
  const file = writeXlsxFile([titles, ...rows], { sheet: 'Zahlen', stickyRowsCount: 1 })
  return (await file.toBlob()).arrayBuffer()
}
