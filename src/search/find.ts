import { z } from 'zod'
import type { Hub } from '../hub.ts'
import type { Audience, ListedRecord } from '../publications/store.ts'
import { WellFormedText } from '../signing/json.ts'
import { readQuestion } from './question.ts'
import { marks, searchRecords } from './store.ts'

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

export const SearchQuery = z.object({
  q: WellFormedText.max(500).default(''),
  /** How many hits were shown before. */
  after: z.coerce.number().pipe(z.int().min(0).max(10_000)).default(0),
})

const pageSize = 20

/** Records that hold the words, best first. */
export const find = async (
  hub: Hub,
  audience: Audience,
  { q, after }: z.output<typeof SearchQuery>,
): Promise<Found> => {
  const question = readQuestion(q)
  const rows = await searchRecords(hub.sql, { question, audience, offset: after, limit: pageSize })
  const hits = rows.map(({ headline, total: _, ...record }) => ({
    ...record,
    passage: piecesOf(headline),
  }))
  const total = rows[0]?.total ?? 0
  const end = after + hits.length
  return { hits, total, next: hits.length > 0 && end < total ? String(end) : null }
}

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
