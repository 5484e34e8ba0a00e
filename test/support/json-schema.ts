/** Judging values by JSON Schema 2020-12, as far as our schemas use it. An unknown keyword is a fault of theirs. */

// biome-ignore lint/suspicious/noExplicitAny: schemas and values of any shape are looked into
type Loose = any
type Find = (ref: string) => Loose
type Rule = (says: Loose, value: Loose, schema: Loose, at: string, find: Find) => string[]

const noRef: Find = (ref) => {
  throw new Error(`unexpected reference ${ref}`)
}

/** Where a value does not fit: paths such as `steps.2.title`; the empty path is the value itself. */
export const schemaFaults = (schema: Loose, value: Loose, find = noRef, at = ''): string[] =>
  Object.entries<Loose>(schema).flatMap(([keyword, says]) => {
    const rule = keywords[keyword]
    if (!rule) throw new Error(`unexpected keyword ${keyword}`)
    return rule(says, value, schema, at, find)
  })

const fits = (schema: Loose, value: Loose, find: Find) =>
  schemaFaults(schema, value, find).length === 0

const below = (at: string, name: string | number) => (at === '' ? `${name}` : `${at}.${name}`)

const isObject = (value: Loose) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isText = (value: Loose) => typeof value === 'string'
const isNumber = (value: Loose) => typeof value === 'number'

const types: { [type: string]: (value: Loose) => boolean } = {
  object: isObject,
  array: Array.isArray,
  string: isText,
  number: isNumber,
  integer: Number.isInteger,
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
}

const always: Rule = () => []
const when =
  (
    is: (value: Loose) => boolean,
    right: (says: Loose, value: Loose, find: Find) => boolean,
  ): Rule =>
  (says, value, _, at, find) =>
    !is(value) || right(says, value, find) ? [] : [at]
const any = () => true
const keywords: { [keyword: string]: Rule } = {
  $schema: always,
  $id: always,
  title: always,
  description: always,
  default: always,
  format: always,
  contentMediaType: always,
  contentSchema: always,
  $ref: (says, value, _, at, find) => schemaFaults(find(says), value, find, at),
  type: when(any, (says, value) => [says].flat().some((type) => types[type]?.(value))),
  const: when(any, (says, value) => says === value),
  enum: when(any, (says, value) => says.includes(value)),
  not: when(any, (says, value, find) => !fits(says, value, find)),
  anyOf: when(any, (says, value, find) => says.some((each: Loose) => fits(each, value, find))),
  allOf: (says, value, _, at, find) =>
    says.flatMap((each: Loose) => schemaFaults(each, value, find, at)),
  minLength: when(isText, (says, value) => [...value].length >= says),
  maxLength: when(isText, (says, value) => [...value].length <= says),
  pattern: when(isText, (says, value) => new RegExp(says, 'u').test(value)),
  minimum: when(isNumber, (says, value) => value >= says),
  maximum: when(isNumber, (says, value) => value <= says),
  minItems: when(Array.isArray, (says, value) => value.length >= says),
  uniqueItems: when(
    Array.isArray,
    (says, value) =>
      !says || new Set(value.map((item: Loose) => JSON.stringify(item))).size === value.length,
  ),
  maxItems: when(Array.isArray, (says, value) => value.length <= says),
  items: (says, value, _, at, find) =>
    Array.isArray(value)
      ? value.flatMap((item: Loose, i: number) => schemaFaults(says, item, find, below(at, i)))
      : [],
  prefixItems: (says, value, _, at, find) =>
    Array.isArray(value)
      ? says.flatMap((each: Loose, i: number) => schemaFaults(each, value[i], find, below(at, i)))
      : [],
  required: (says, value, _, at) =>
    isObject(value)
      ? says.filter((name: string) => !Object.hasOwn(value, name)).map((n: string) => below(at, n))
      : [],
  properties: (says, value, _, at, find) =>
    isObject(value)
      ? Object.entries<Loose>(says).flatMap(([name, schema]) =>
          Object.hasOwn(value, name)
            ? schemaFaults(schema, value[name], find, below(at, name))
            : [],
        )
      : [],
  propertyNames: (says, value, _, at, find) =>
    isObject(value)
      ? Object.keys(value)
          .filter((name) => !fits(says, name, find))
          .map((name) => below(at, name))
      : [],
  additionalProperties: (says, value, schema, at, find) =>
    isObject(value)
      ? Object.keys(value)
          .filter((name) => !Object.hasOwn(schema.properties ?? {}, name))
          .flatMap((name) =>
            says === false
              ? [below(at, name)]
              : schemaFaults(says, value[name], find, below(at, name)),
          )
      : [],
}
