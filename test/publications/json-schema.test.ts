import { describe, expect, test } from 'vitest'
import { jsonSchemaOf } from '../../src/publications/json-schema.ts'
import { kindOf, kinds } from '../../src/publications/kinds.ts'
import { files, inputOf, type Loose, recordOf } from './fixtures.ts'

/** The keywords that our schemas use, judged after JSON Schema 2020-12. An unknown one is a fault. */
const fits = (schema: Loose, value: Loose): boolean =>
  Object.entries<Loose>(schema).every(([keyword, says]) => {
    const rule = keywords[keyword]
    if (!rule) throw new Error(`unexpected keyword ${keyword}`)
    return rule(says, value, schema)
  })

const isObject = (value: Loose) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const ifText = (rule: (says: Loose, value: string) => boolean) => (says: Loose, value: Loose) =>
  typeof value !== 'string' || rule(says, value)
const ifNumber = (rule: (says: Loose, value: number) => boolean) => (says: Loose, value: Loose) =>
  typeof value !== 'number' || rule(says, value)
const always = () => true

const types: { [type: string]: (value: Loose) => boolean } = {
  object: isObject,
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: Number.isInteger,
  boolean: (value) => typeof value === 'boolean',
}

const keywords: { [keyword: string]: (says: Loose, value: Loose, schema: Loose) => boolean } = {
  $schema: always,
  $id: always,
  title: always,
  description: always,
  default: always,
  format: always,
  type: (says, value) => types[says]?.(value) ?? false,
  const: (says, value) => says === value,
  enum: (says, value) => says.includes(value),
  minLength: ifText((says, value) => [...value].length >= says),
  maxLength: ifText((says, value) => [...value].length <= says),
  pattern: ifText((says, value) => new RegExp(says, 'u').test(value)),
  minimum: ifNumber((says, value) => value >= says),
  maximum: ifNumber((says, value) => value <= says),
  minItems: (says, value) => value.length >= says,
  maxItems: (says, value) => value.length <= says,
  items: (says, value) => value.every((item: Loose) => fits(says, item)),
  required: (says, value) => says.every((name: string) => Object.hasOwn(value, name)),
  properties: (says, value) =>
    Object.entries<Loose>(says).every(([name, schema]) =>
      Object.hasOwn(value, name) ? fits(schema, value[name]) : true,
    ),
  additionalProperties: (says, value, schema) =>
    says !== false || Object.keys(value).every((name) => Object.hasOwn(schema.properties, name)),
}

describe.each(files)('%s', (file) => {
  const kind = kindOf(inputOf(file).kind)

  test('fits the schema of what publish takes, and as signed that of contents', () => {
    expect(fits(jsonSchemaOf(kind, 'submission'), inputOf(file))).toBe(true)
    expect(fits(jsonSchemaOf(kind, 'published'), recordOf(file))).toBe(true)
  })

  test('fits neither with an unknown member, nor a content with what is local', () => {
    const published = jsonSchemaOf(kind, 'published')

    expect(fits(jsonSchemaOf(kind, 'submission'), { ...inputOf(file), color: 'red' })).toBe(false)
    expect(fits(published, { ...recordOf(file), color: 'red' })).toBe(false)
    expect(fits(published, { ...recordOf(file), local: {} })).toBe(false)
  })
})

test.each([...kinds])('the schema of $id speaks the language of its form', (kind) => {
  const schema: Loose = jsonSchemaOf(kind, 'published')

  expect(schema.title).toBe(kind.label)
  expect(schema.properties.title).toMatchObject({
    title: 'Titel',
    description: kind.fields.title?.question,
    maxLength: 160,
  })
  expect(schema.required).toContain('reviewBy')
  expect((jsonSchemaOf(kind, 'submission') as Loose).required).not.toContain('reviewBy')
  // Formats of zod come as regular expressions of several hundred characters.
  expect(JSON.stringify(schema)).not.toMatch(/"pattern":"[^"]{160}/)
})
