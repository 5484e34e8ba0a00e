import { describe, expect, test } from 'vitest'
import { kindOf, kinds } from '../../src/publications/kinds.ts'
import { jsonSchemas } from '../../src/schemas.ts'
import { schemaFaults } from '../support/json-schema.ts'
import { files, inputOf, type Loose, recordOf } from './fixtures.ts'

const schemas = jsonSchemas()
const faults = (name: string, value: unknown) => schemaFaults(schemas[name] ?? {}, value)

describe.each(files)('%s', (file) => {
  const kind = kindOf(inputOf(file).kind)

  test('fits the schema of what publish takes, and as signed that of contents', () => {
    expect(faults(`${kind.id}.submission`, inputOf(file))).toEqual([])
    expect(faults(`${kind.id}.published`, recordOf(file))).toEqual([])
  })

  test('fits neither with an unknown member, nor a content with what is local', () => {
    const name = `${kind.id}.published`

    expect(faults(`${kind.id}.submission`, { ...inputOf(file), color: 'red' })).toEqual(['color'])
    expect(faults(name, { ...recordOf(file), color: 'red' })).toEqual(['color'])
    expect(faults(name, { ...recordOf(file), local: {} })).toEqual(['local'])
  })
})

test.each([...kinds])('the schema of $id speaks the language of its form', (kind) => {
  const schema: Loose = schemas[`${kind.id}.published`]

  expect(schema.title).toBe(kind.label)
  expect(schema.properties.title).toMatchObject({
    title: 'Titel',
    description: kind.fields.title?.question,
    maxLength: 160,
  })
  expect(schema.required).toContain('reviewBy')
  expect((schemas[`${kind.id}.submission`] as Loose).required).not.toContain('reviewBy')
  // Formats of zod come as regular expressions of several hundred characters.
  expect(JSON.stringify(schema)).not.toMatch(/"pattern":"[^"]{160}/)
})
