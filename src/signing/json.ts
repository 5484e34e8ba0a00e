import { isUtf8 } from 'node:buffer'
import { z } from 'zod'

export type JsonFault =
  | 'string-malformed'
  | 'string-nul'
  | 'name-integer'
  | 'name-proto'
  | 'number-unsafe'
  | 'too-deep'

/** Deeper nesting than any document of ours has, and far less than a stack holds. */
const maxDepth = 32

const integerLike = /^(0|[1-9]\d*)$/

/**
 * What every implementation must read alike: strings and member names are well-formed Unicode without
 * U+0000, no member name that JavaScript would reorder (integer-like) or swallow (`__proto__`),
 * and – with `integers` – only safe integers as numbers.
 */
export const jsonFault = (value: unknown, integers: boolean, depth = 0): JsonFault | undefined => {
  if (typeof value === 'string') return stringFault(value)
  if (typeof value === 'number') {
    return integers && !Number.isSafeInteger(value) ? 'number-unsafe' : undefined
  }
  if (value === null || typeof value !== 'object') return undefined
  if (depth === maxDepth) return 'too-deep'
  if (Array.isArray(value)) return firstFault(value, integers, depth + 1)
  for (const name in value) {
    const fault = nameFault(name) ?? jsonFault((value as JsonObject)[name], integers, depth + 1)
    if (fault) return fault
  }
  return undefined
}

const firstFault = (values: unknown[], integers: boolean, depth: number) => {
  for (const value of values) {
    const fault = jsonFault(value, integers, depth)
    if (fault) return fault
  }
  return undefined
}

const nameFault = (name: string): JsonFault | undefined => {
  if (integerLike.test(name)) return 'name-integer'
  if (name === '__proto__') return 'name-proto'
  return stringFault(name)
}

const stringFault = (text: string): JsonFault | undefined => {
  if (!text.isWellFormed()) return 'string-malformed'
  return text.includes('\0') ? 'string-nul' : undefined
}

/** A string that every implementation and every database keeps alike. */
export const WellFormedText = z
  .string()
  .refine((text) => stringFault(text) === undefined, 'Der Text enthält unerlaubte Zeichen.')

const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],:]/gs

/** Whether any object in a valid JSON text names a member twice – which parsers resolve differently. */
export const hasDuplicateMembers = (text: string) => {
  const open: (Set<string> | null)[] = []
  let last = ''
  for (const [token] of text.matchAll(tokens)) {
    if (token === '{') open.push(new Set())
    else if (token === '[') open.push(null)
    else if (token === '}' || token === ']') open.pop()
    else if (token === ':') {
      const names = open.at(-1)
      const name = JSON.parse(last) as string
      if (names?.has(name)) return true
      names?.add(name)
    }
    last = token
  }
  return false
}

/** Whether a JSON text holds more values than that, told without making any of them. */
export const countsOver = (text: string, most: number) => {
  let values = 0
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]
    if (sign === '"') at = endOfString(text, at)
    else if ((sign === ',' || sign === '[' || sign === '{') && ++values > most) return true
  }
  return false
}

const endOfString = (text: string, start: number) => {
  let end = start
  do end = text.indexOf('"', end + 1)
  while (end !== -1 && isEscaped(text, end))
  return end === -1 ? text.length : end
}

const isEscaped = (text: string, at: number) => {
  let before = at
  while (text[before - 1] === '\\') before--
  return (at - before) % 2 === 1
}

/** Bytes as text, or undefined where they are not UTF-8. A byte order mark stays and spoils the JSON, as it should. */
export const fatalUtf8 = (bytes: Buffer) => (isUtf8(bytes) ? bytes.toString() : undefined)

export type JsonObject = Record<string, unknown>

/** A text as a JSON object, or undefined where it is anything else. */
export const parseObject = (text: string): JsonObject | undefined => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : undefined
  } catch {
    return undefined
  }
}
