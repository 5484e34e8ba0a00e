import { z } from 'zod'
import * as is from './strings.ts'
import { type Term, termOf, type Vocabulary } from './vocabulary.ts'

/** How much a hit in this field counts in search: PostgreSQL's classes, A most. */
export type Weight = 'A' | 'B' | 'C' | 'D'

/** How a value is shown and, later, asked for. */
export type Look =
  | { as: 'line'; means?: 'centre' } // one line of plain text; the slug of a centre
  | { as: 'text' } // Markdown without raw HTML
  | { as: 'code' } // an identifier, for machines and for those who know it
  | { as: 'mailbox' } // an e-mail address of a role
  | { as: 'link' } // an https URL
  | { as: 'date' } // YYYY-MM-DD
  | { as: 'time' } // HH:MM, on the clock of wherever it is
  | { as: 'duration' } // ISO 8601, such as PT3H30M
  | { as: 'number'; unit?: string }
  | { as: 'flag' } // yes or no
  | { as: 'term'; vocabulary: Vocabulary }
  | { as: 'class'; vocabulary: Vocabulary } // {scheme, code}, term `scheme:code`
  | { as: 'group'; fields: Fields; means?: 'record' | 'moment' } // a nested object
  | { as: 'list'; item: Look } // several of them

/** One field of a record: what its writer is asked, what it may hold, how its reader sees it. */
export interface Field<S extends z.ZodType = z.ZodType, R extends boolean = boolean> {
  label: string
  /** The guiding question for the person who writes. */
  question: string
  schema: S
  /** Needed to publish; a draft may lack it. */
  required: R
  look: Look
  /** Class in the search index; D unless told, `false` keeps the value out of it. */
  weight?: Weight | false
}

export type Fields = Record<string, Field>

/** The members of an object with these fields: required ones as they are, the others optional. */
export type Shape<F extends Fields> = {
  [K in keyof F]: F[K]['required'] extends true ? F[K]['schema'] : z.ZodOptional<F[K]['schema']>
}

export const shapeOf = <F extends Fields>(fields: F) =>
  Object.fromEntries(
    Object.entries(fields).map(([name, { schema, required, label, question }]) => [
      name,
      (required ? schema : schema.optional()).meta({ title: label, description: question }),
    ]),
    // `fromEntries` forgets which name goes with which schema.
  ) as Shape<F>

/** The object schema of some fields, and nothing else. */
export const objectOf = <F extends Fields>(fields: F) => z.strictObject(shapeOf(fields))

interface Words<R extends boolean> {
  label: string
  question: string
  required?: R
  weight?: Weight | false
}

const field = <S extends z.ZodType, R extends boolean>(
  { label, question, required, weight }: Words<R>,
  look: Look,
  schema: S,
): Field<S, R> => ({
  label,
  question,
  look,
  schema,
  // R is `false` exactly where `required` is left out.
  required: (required ?? false) as R,
  ...(weight !== undefined && { weight }),
})

/** `max` counts characters, not UTF-16 units. */
export const line = <const R extends boolean = false>(
  words: Words<R> & { max?: number; pattern?: RegExp },
) => field(words, { as: 'line' }, is.line(words.max ?? 200, words.pattern))

export const text = <const R extends boolean = false>(words: Words<R> & { max?: number }) =>
  field(words, { as: 'text' }, is.text(words.max ?? 4000))

/** `pattern` is all there is to an identifier; readers do not search for it. */
export const code = <const R extends boolean = false>(
  words: Words<R> & { max?: number; pattern: RegExp },
) => field({ weight: false, ...words }, { as: 'code' }, is.line(words.max ?? 200, words.pattern))

export const mailbox = <const R extends boolean = false>(words: Words<R>) =>
  field(words, { as: 'mailbox' }, is.mailbox)

export const link = <const R extends boolean = false>(words: Words<R>) =>
  field(words, { as: 'link' }, is.link)

export const date = <const R extends boolean = false>(words: Words<R>) =>
  field(words, { as: 'date' }, is.date)

export const time = <const R extends boolean = false>(words: Words<R>) =>
  field(words, { as: 'time' }, is.time)

export const duration = <const R extends boolean = false>(words: Words<R>) =>
  field(words, { as: 'duration' }, is.duration)

export const number = <const R extends boolean = false>(
  words: Words<R> & { min?: number; max?: number; whole?: boolean; unit?: string },
) => {
  const { min = 0, max = 1_000_000_000, whole = false, unit } = words
  const within = z.number().min(min).max(max)
  const schema = whole ? within.int() : within
  return field(words, { as: 'number', ...(unit && { unit }) }, schema)
}

export const flag = <const R extends boolean = false>(words: Words<R>) =>
  field(words, { as: 'flag' }, z.boolean())

export const term = <T extends Term, const R extends boolean = false>(
  words: Words<R> & { from: Vocabulary<T> },
) => field(words, { as: 'term', vocabulary: words.from }, termOf(words.from))

export const terms = <T extends Term, const R extends boolean = false>(
  words: Words<R> & { from: Vocabulary<T>; most?: number },
) => {
  const item: Look = { as: 'term', vocabulary: words.from }
  const list = listOf(termOf(words.from), words)
  const distinct = list.check(is.distinct).meta({ uniqueItems: true })
  return field(words, { as: 'list', item }, distinct)
}

/** A term that holds where none is said: records that do not name one have it all the same. */
export const usual = <T extends Term>(
  words: Words<true> & { from: Vocabulary<T> },
  id: NoInfer<T['id']>,
) => ({ ...term(words), schema: termOf(words.from).default(id as never) })

/** Terms of a vocabulary with several editions, kept as `{scheme, code}`: never a bare code. */
export const classes = <const R extends boolean = false>(
  words: Words<R> & { from: Vocabulary; most?: number },
) => {
  const item: Look = { as: 'class', vocabulary: words.from }
  return field(words, { as: 'list', item }, listOf(classOf(words.from), words))
}

/** The same as a single value. */
export const classed = <const R extends boolean = false>(words: Words<R> & { from: Vocabulary }) =>
  field(words, { as: 'class', vocabulary: words.from }, classOf(words.from))

export const lines = <const R extends boolean = false>(
  words: Words<R> & { max?: number; most?: number; pattern?: RegExp },
) => {
  const schema = listOf(is.line(words.max ?? 200, words.pattern), words)
  return field(words, { as: 'list', item: { as: 'line' } }, schema)
}

/** Centres by their slugs; readers see their names. */
export const centres = <const R extends boolean = false>(words: Words<R> & { most?: number }) => {
  const schema = listOf(is.line(40, /^[a-z\d]+(-[a-z\d]+)*$/), words)
  return field(
    { weight: false, ...words },
    { as: 'list', item: { as: 'line', means: 'centre' } },
    schema,
  )
}

type Meaning = Extract<Look, { as: 'group' }>['means']

const groupLook = ({ fields, means }: { fields: Fields; means?: Meaning }): Look => ({
  as: 'group',
  fields,
  ...(means && { means }),
})

/** `means`: what the members are together, where they are shown as one. */
export const group = <F extends Fields, const R extends boolean = false>(
  words: Words<R> & { fields: F; means?: Meaning },
) => field(words, groupLook(words), objectOf(words.fields))

export const groups = <F extends Fields, const R extends boolean = false>(
  words: Words<R> & { fields: F; most?: number; means?: Meaning },
) => field(words, { as: 'list', item: groupLook(words) }, listOf(objectOf(words.fields), words))

const listOf = <S extends z.ZodType>(
  item: S,
  { required, most = 20 }: { required?: boolean; most?: number },
) =>
  z
    .array(item)
    .min(required ? 1 : 0)
    .max(most)

const classOf = (vocabulary: Vocabulary) => {
  const ids = new Set(vocabulary.terms.map((term) => term.id))
  const parts = vocabulary.terms.map((term) => term.id.split(':'))
  const part = (n: 0 | 1) => z.enum([...new Set(parts.map((pair) => pair[n] ?? ''))])
  const codesOf = (edition: string) =>
    parts.filter(([scheme]) => scheme === edition).map(([, code]) => code ?? '')
  return z
    .strictObject({ scheme: part(0), code: part(1) })
    .check(({ value, issues }) => {
      if (ids.has(`${value.scheme}:${value.code}`)) return
      const values = codesOf(value.scheme)
      issues.push({ code: 'invalid_value', values, input: value.code, path: ['code'] })
    })
    .meta({
      anyOf: part(0).options.map((scheme) => ({
        properties: { scheme: { const: scheme }, code: { enum: codesOf(scheme) } },
      })),
    })
}
