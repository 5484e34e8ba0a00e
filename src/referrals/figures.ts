/** How many referrals ended how: numbers that say nothing about any single company. */
import { z } from 'zod'

/** What is counted: each table adds up to the same total, but for topics, of which a referral has several. */
export const tables = ['pair', 'topic', 'outcome', 'reason', 'answer'] as const
export const Table = z.enum(tables)
export type Table = z.infer<typeof Table>

/** What is missing is none, or so few that it is not told. */
export const Figure = z.strictObject({
  table: Table,
  key: z.string().min(1).max(80),
  n: z.int().min(5),
})
export type Figure = z.infer<typeof Figure>

export const Figures = z.strictObject({
  total: z.int().min(5).nullable(),
  rows: z.array(Figure).max(2_000),
})
export type Figures = z.infer<typeof Figures>

/** What is left of a referral when everything about people is erased. */
export interface Ended {
  /** Länder of the sender and of the company's seat, `DE-BE`; of a sender for several Länder, all. */
  from: string
  to: string
  topics: string[]
  state: 'declined' | 'completed' | 'withdrawn' | 'expired'
  reason: string | null
  outcome: string | null
  /** Days until it was accepted or declined; null where it never was. */
  days: number | null
}

/** Fewer than these are not told. */
export const fewest = 5

/** Counts, and hides what is small and what would give it away. */
export const figuresOf = (ended: Ended[]): Figures => {
  if (ended.length < fewest) return { total: null, rows: [] }
  const counts = new Map(tables.map((table) => [table, count(ended, table)]))
  const outcomes: Cells = counts.get('outcome') ?? new Map()
  const told = hide(outcomes)
  const telling = tellsEnds(outcomes, told, counts.get('answer')?.get('none') ?? 0)
  const also: { [table in Table]?: string[] } = {
    topic: nearlyAll(counts.get('topic') ?? new Map(), ended.length),
    answer: telling ? ['none'] : [],
  }
  const counted = new Map([...counts].map(([table, cells]) => [table, hide(cells, also[table])]))
  // The reasons add up to those that were declined.
  if (!told.has('declined')) counted.set('reason', new Map())
  const rows = [...counted].flatMap(([table, cells]) =>
    [...cells].toSorted().map(([key, n]): Figure => ({ table, key, n })),
  )
  return { total: ended.length, rows }
}

/**
 * Whether the number of those who were never answered would tell a small one. They were withdrawn or expired: with one
 * of these it tells the other, and with both how many were withdrawn before an answer, and how many after it.
 */
const tellsEnds = (outcomes: Cells, told: Cells, unanswered: number) => {
  const before = unanswered - (outcomes.get('expired') ?? 0)
  const after = (outcomes.get('withdrawn') ?? 0) - before
  return (
    ['withdrawn', 'expired'].some((end) => outcomes.has(end) && !told.has(end)) ||
    [before, after].some((n) => n > 0 && n < fewest)
  )
}

type Cells = Map<string, number>

/** Topics do not add up to the total; but each of them tells how few were about anything else. */
const nearlyAll = (cells: Cells, total: number) =>
  [...cells].filter(([, n]) => n < total && total - n < fewest).map(([key]) => key)

const count = (ended: Ended[], table: Table) => {
  const cells = new Map<string, number>()
  for (const each of ended) {
    for (const key of keysOf(each, table)) cells.set(key, (cells.get(key) ?? 0) + 1)
  }
  return cells
}

const keysOf = (ended: Ended, table: Table): string[] => {
  const { from, to, topics, state, reason, outcome, days } = ended
  if (table === 'pair') return [`${from} ${to}`]
  if (table === 'topic') return topics
  if (table === 'outcome') return [state === 'completed' ? `completed ${outcome}` : state]
  if (table === 'reason') return state === 'declined' && reason ? [reason] : []
  return [spanOf(days)]
}

const spans = [2, 5, 10]

const spanOf = (days: number | null) => {
  if (days === null) return 'none'
  const span = spans.find((most) => days <= most)
  return span === undefined ? 'more' : `within-${span}`
}

/**
 * Leaves out small cells, and one that would tell them – and with them the next smallest, until what is missing are at
 * least two whose sum is not small either: then nobody who knows the total can compute one of them.
 */
const hide = (cells: Cells, also: string[] = []) => {
  const rankOf = ([key, n]: [string, number]) => (also.includes(key) ? 0 : n)
  const rising = [...cells].toSorted((a, b) => rankOf(a) - rankOf(b))
  let hidden = rising.filter((cell) => rankOf(cell) < fewest).length
  const sum = () => rising.slice(0, hidden).reduce((all, [, n]) => all + n, 0)
  while (hidden > 0 && hidden < rising.length && (hidden < 2 || sum() < fewest)) hidden++
  return new Map(rising.slice(hidden))
}
