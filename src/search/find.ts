import { z } from 'zod'
import type { Hub } from '../hub.ts'
import type { Audience, ListedRecord } from '../publications/store.ts'
import { WellFormedText } from '../signing/json.ts'
import { readQuestion } from './question.ts'
import { type FoundHit, type FoundRow, marks, searchRecords } from './store.ts'

/** A piece of the passage that was found; `hit` marks the words that were looked for. */
export interface Piece {
  text: string
  hit: boolean
}

export interface Found {
  hits: (ListedRecord & { passage: Piece[] })[]
  total: number
  /** Where the next page begins; null on the last one. */
  next: string | null
}

const noSuchPlace = 'Diese Stelle der Liste gibt es nicht.'

/** So many hits can be looked through; only so many are ranked. */
const deepest = 2_000

export const SearchQuery = z.object({
  q: WellFormedText.max(200, 'Der Suchtext ist zu lang: höchstens 200 Zeichen.').default(''),
  /** How many hits were shown before. */
  after: z.coerce
    .number(noSuchPlace)
    .pipe(z.int(noSuchPlace).min(0, noSuchPlace).max(deepest, noSuchPlace))
    .default(0),
})

const pageSize = 20

/** Records that hold every word asked for, or where there are none any of them; best first. */
export const find = async (
  hub: Hub,
  audience: Audience,
  { q, after }: z.output<typeof SearchQuery>,
): Promise<Found> => {
  const input = { question: readQuestion(q), audience, offset: after, limit: pageSize }
  const every = await searchRecords(hub.sql, { ...input, any: false })
  const rows = every[0]?.total ? every : await searchRecords(hub.sql, { ...input, any: true })
  const hits = rows.filter(isHit).map(({ headline, total: _, ...record }) => ({
    ...record,
    passage: piecesOf(headline),
  }))
  const total = rows[0]?.total ?? 0
  const end = after + hits.length
  return {
    hits,
    total,
    next: hits.length > 0 && end < Math.min(total, deepest) ? String(end) : null,
  }
}

const isHit = (row: FoundRow): row is FoundHit & { total: number } => row.rid !== null

/** A headline with its marks as pieces of plain text; where one field ends and another begins stands an ellipsis. */
export const piecesOf = (headline: string): Piece[] =>
  headline
    .replaceAll('\n', ' … ')
    .split(marks.start)
    .flatMap((part, i) => {
      if (i === 0) return piece(part, false)
      const [hit = '', rest = ''] = part.split(marks.stop)
      return [...piece(hit, true), ...piece(rest, false)]
    })

const piece = (text: string, hit: boolean) => (text === '' ? [] : [{ text, hit }])
