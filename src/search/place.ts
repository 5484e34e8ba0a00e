/** Where the words that were looked for stand in a record, as the index tells it. */

/** The how manieth word of the record it is, times four, and its field from D (0) to A (3): there are very many. */
export type Place = number

export const placeAt = (at: number, weight: string): Place => at * 4 + 'DCBA'.indexOf(weight)

/** The how manieth word it is. */
export const wordOf = (place: Place) => place >> 2

export const isInTitle = (place: Place) => (place & 3) === 3

const fieldWorth = [0.5, 1.3, 2.2, 3]

/** How much a word counts in this place. */
export const worthOf = (place: Place) => fieldWorth[place & 3] ?? 0

/** How soon more of the same stops counting. */
const saturation = 2.5

/** So much counts what a record has so often, or so well placed; less the longer it is for an average one (BM25). */
export const saturated = (often: number, long = 1) =>
  (often * (saturation + 1)) / (often + saturation * long)

const lexeme = /'((?:[^'\\]|''|\\\\)*)'(?::([0-9A-D,]+))?/g

/** The lexemes of a `tsvector` as text, with their places. */
export const readVector = (text: string): Map<string, Place[]> =>
  new Map(
    Array.from(text.matchAll(lexeme), ([, written = '', places = '']) => [
      /['\\]/.test(written) ? written.replaceAll(/(['\\])\1/g, '$1') : written,
      readPlaces(places),
    ]),
  )

/** Codes of signs in ASCII. */
const [zero, nine, letterA, letterD] = [0x30, 0x39, 0x41, 0x44] as const

/** `3A,17,40C`: a D goes without saying. */
const readPlaces = (text: string): Place[] => {
  const places: Place[] = []
  let at = 0
  let field = 0
  for (let n = 0; n <= text.length; n++) {
    const code = text.charCodeAt(n)
    if (code >= zero && code <= nine) at = at * 10 + code - zero
    else if (code >= letterA) field = letterD - code
    else {
      if (at > 0) places.push(at * 4 + field)
      at = 0
      field = 0
    }
  }
  return places
}
