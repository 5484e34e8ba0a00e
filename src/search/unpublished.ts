/** What one's own centre has not published yet: in no index, so it is looked through as it stands. */
import type { Hub } from '../hub.ts'
import type { Visitor } from '../staff/visitor.ts'
import { stopWords } from './lexicon.ts'
import { tokensOf, visible } from './normal.ts'
import { mayHold, placesOf } from './passages.ts'
import { type Chunk, readQuestion } from './question.ts'
import { stemOf } from './stem.ts'
import { synonymWays, type Way, wayOf } from './way.ts'

export interface Unpublished {
  title: string
  /** How far it is, in German. */
  state: string
  path: string
  kind: string
  /** All that will be published of it. */
  text: string
}

/** What of it this person may read, what was changed last first. */
export type UnpublishedSource = (hub: Hub, visitor: Visitor) => Promise<Unpublished[]>

/** More than these nobody looks for here. */
const mostShown = 5

/** What has every word of a question, itself, in a compound or by a synonym. */
export const unpublishedWith = (q: string, all: Unpublished[]) => {
  const { wanted, unwanted } = readQuestion(q)
  const telling = wanted.filter(({ words }) => words.some((word) => !stopWords.has(word)))
  if (telling.length === 0) return []
  const terms = telling.flatMap(waysOf)
  const none = unwanted.flatMap(waysOf)
  const fits = ({ text }: Unpublished) =>
    terms.every((ways) => holds(text, ways)) && !none.some((ways) => holds(text, ways))
  return all.filter(fits).slice(0, mostShown)
}

/** Each thing that is looked for, in the ways to say it. */
const waysOf = ({ words, exact }: Chunk): Way[][] => {
  const stems = words.map(stemOf)
  if (exact) return [[wayOf('phrase', stems, stems.length > 1)]]
  return stems.map((stem) => [wayOf('word', [stem]), ...synonymWays([stem])])
}

const holds = (text: string, ways: Way[]) => ways.some((way) => says(text, way))

const says = (text: string, way: Way) => {
  if (!way.stems.every((stem) => mayHold(text, new Set([stem])))) return false
  const tokens = tokensOf(visible(text))
  const each = way.adjacent ? [way] : way.stems.map((stem) => ({ ...way, stems: [stem] }))
  return each.every((one) => placesOf(one, tokens).length > 0)
}
