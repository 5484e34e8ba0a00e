import type { Field, Fields, Look, Weight } from './field.ts'

/** What a leaf of each look holds. */
interface Held {
  line: string
  text: string
  code: string
  mailbox: string
  link: string
  date: string
  time: string
  duration: string
  number: number
  flag: boolean
  term: string
  class: { scheme: string; code: string }
}

interface At {
  /** JSON path, as in `findings[0].text`. */
  path: string
  field: Field
  /** That of the field, else of the nearest around it. */
  weight: Weight | false
}

/** One value of a record, with the field that explains it. */
export type Leaf = {
  [A in keyof Held]: At & { as: A; look: Extract<Look, { as: A }>; value: Held[A] }
}[keyof Held]

/** A record as a page shows it: groups and lists keep their structure, absent values are left out. */
export type Part =
  | Leaf
  | (At & { as: 'group'; look: Extract<Look, { as: 'group' }>; value: object; parts: Part[] })
  | (At & { as: 'list'; item: Look; parts: Part[] })

/** The parts of a value in the order of its fields. The value must have passed their schema. */
export const outline = (fields: Fields, value: object, path = '', weight: Weight | false = 'D') => {
  const members = new Map<string, unknown>(Object.entries(value))
  return Object.entries(fields).flatMap(([name, field]): Part[] => {
    const member = members.get(name)
    const at = { path: path ? `${path}.${name}` : name, field, weight: field.weight ?? weight }
    return member === undefined ? [] : partsOf(at, field.look, member)
  })
}

/** Every single value of a record, in the order of its fields. */
export function* walk(fields: Fields, value: object): Generator<Leaf> {
  yield* leavesOf(outline(fields, value))
}

/** A place where a record names another one, with the name of its own field. */
export interface Naming {
  field: string
  /** `{iss, rid, ver?}`, the very object. */
  value: { iss: string; rid: string; ver?: number }
}

/** Every place where a record names another one. */
export const namings = (fields: Fields, value: object): Naming[] =>
  outline(fields, value).flatMap(namingsIn)

const namingsIn = (part: Part): Naming[] => {
  if (part.as === 'group' && part.look.means === 'record') {
    const [field = ''] = part.path.split(/[.[]/)
    return [{ field, value: part.value as Naming['value'] }]
  }
  return part.as === 'group' || part.as === 'list' ? part.parts.flatMap(namingsIn) : []
}

function* leavesOf(parts: Part[]): Generator<Leaf> {
  for (const part of parts) {
    if (part.as === 'group' || part.as === 'list') yield* leavesOf(part.parts)
    else yield part
  }
}

const partsOf = (at: At, look: Look, value: unknown): Part[] => {
  if (look.as === 'list') {
    const parts = (value as unknown[]).flatMap((item, n) =>
      partsOf({ ...at, path: `${at.path}[${n}]` }, look.item, item),
    )
    return parts.length ? [{ ...at, as: 'list', item: look.item, parts }] : []
  }
  if (look.as === 'group') {
    const group = value as object
    const parts = outline(look.fields, group, at.path, at.weight)
    return [{ ...at, as: 'group', look, value: group, parts }]
  }
  // The field's schema has made sure that the value is what its look says.
  return [{ ...at, as: look.as, look, value } as Leaf]
}
