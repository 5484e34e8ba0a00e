/** Where the words that were looked for stand in a record, as the index tells it. */

export interface Place {
  /** The how manieth word of the record it is. */
  at: number
  /** Of its field, from A to D. */
  weight: string
}

const fieldWeights: { [weight: string]: number } = { A: 3, B: 2.2, C: 1.3, D: 0.5 }

/** How much a word counts in this place. */
export const worthOf = ({ weight }: Place) => fieldWeights[weight] ?? 1

const lexemes = /'(?<lexeme>(?:[^'\\]|''|\\\\)*)'(?::(?<places>[0-9A-D,]+))?/g
const place = /(?<at>\d+)(?<weight>[A-C]?)/g

/** The lexemes of a `tsvector` as text, with their places. */
export const readVector = (text: string): Map<string, Place[]> =>
  new Map(
    [...text.matchAll(lexemes)].map(({ groups: { lexeme = '', places = '' } = {} }) => [
      lexeme.replaceAll(/(['\\])\1/g, '$1'),
      [...places.matchAll(place)].map(({ groups: { at, weight } = {} }) => ({
        at: Number(at),
        weight: weight || 'D',
      })),
    ]),
  )
