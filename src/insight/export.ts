/** Figures as tables for other programs. */
import writeXlsxFile from 'write-excel-file/universal'
import { csvOf } from '../csv.ts'
import { lands } from '../places/lands.ts'
import { kindOf } from '../publications/kinds.ts'
import { pairLabel } from '../referrals/figures-view.tsx'
import {
  type Across,
  type Cut,
  dimensionNames,
  dimensions,
  type Figure,
  type Figures,
  termsAcross,
} from './figures.ts'
import type { Pair } from './pairs.ts'
import type { Indicator, Report } from './report.ts'
import { coveredKind } from './store.ts'

/** The first row is the head. */
export type Table = (string | number)[][]

/** All that the page of figures shows, white spots as nought. */
export const figuresTable = (figures: Figures, cut: Cut, pairs: Pair[] = []): Table => [
  ['Merkmal', 'Wert', 'Bezeichnung', 'Anzahl'],
  ['Alle', '', 'Alle Beiträge', figures.total],
  ...dimensionNames.flatMap((name) => rowsOf(dimensions[name], figures.by[name])),
  ...(['topic', 'sector'] as const).flatMap((name) => coverageRows(figures, cut, name)),
  ...rowsOf('Prüfung überfällig', figures.overdue),
  ...rowsOf('Übernommen von anderen', figures.adopted),
  ...pairs.map(({ pair, count }) => ['Verweise', pair, pairLabel(pair), count]),
]

const rowsOf = (what: string, rows: Figure[]): Table =>
  rows.map(({ value, label, count }) => [what, value, label, count])

const coverageRows = ({ coverage }: Figures, cut: Cut, name: Across): Table => {
  const what = `${kindOf(coveredKind(cut)).plural}: Land und ${dimensions[name]}`
  const counts = new Map(
    coverage[name].map(({ land, value, count }) => [`${land} ${value}`, count]),
  )
  return lands.flatMap((land) =>
    termsAcross(name).map(({ id, de }) => {
      const both = `${land.id} ${id}`
      return [what, both, `${land.name}: ${de}`, counts.get(both) ?? 0]
    }),
  )
}

/** A row for each centre, as the report has it. */
export const reportTable = ({ centres }: Report, indicators: Indicator[]): Table => [
  ['Zentrum', ...indicators.map(({ label }) => label)],
  ...centres.map((row) => [row.centre, ...indicators.map(({ id }) => row[id])]),
]

export const asCsv = (table: Table) => csvOf(table.map((row) => row.map(String)))

/** Text stays text and numbers numbers, so there is nothing to defuse. */
export const asXlsx = async ([head = [], ...rows]: Table) => {
  const titles = head.map((value) => ({ value, type: String, fontWeight: 'bold' as const }))
  const cells = rows.map((row) =>
    row.map((value) =>
      typeof value === 'number' ? { value, type: Number } : { value, type: String },
    ),
  )
  const file = writeXlsxFile([titles, ...cells], { sheet: 'Zahlen', stickyRowsCount: 1 })
  return (await file.toBlob()).arrayBuffer()
}
