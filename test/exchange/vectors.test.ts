import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestHub, type TestHub } from '../support/hub.ts'
import { outcomeOf } from '../support/outcome.ts'
import { reasonsInCode } from '../support/reasons.ts'
import type { Vector } from '../vectors/vector.ts'

const root = join(import.meta.dirname, '../..')
const folder = join(root, 'fixtures/exchange')

const filesIn = (name: string) =>
  readdirSync(join(folder, name)).map((file): [string, Vector] => [
    file.replace('.json', ''),
    JSON.parse(readFileSync(join(folder, name, file), 'utf8')),
  ])
const valid = filesIn('valid')
const invalid = filesIn('invalid')

/** The codes in all that is expected of what is invalid, `head: ` and the like taken off. */
const namedReasons = new Set(
  [
    ...JSON.stringify(invalid.map(([, { expect }]) => expect)).matchAll(
      /"(?:reason|fault)":"([^"]+)"/g,
    ),
  ].map(([, code = '']) => code.replace(/^\w+: /, '')),
)

let hub: TestHub

beforeAll(async () => {
  hub = await openTestHub('kiww')
})
afterAll(() => hub.close())

describe('what is valid', () => {
  test.each(valid)('%s', async (_, vector) => {
    expect(await outcomeOf(vector, hub)).toEqual(vector.expect)
  })
})

describe('what is not', () => {
  test.each(invalid)('%s', async (_, vector) => {
    expect(await outcomeOf(vector, hub)).toEqual(vector.expect)
  })
})

test('every reason that a document can give has a vector', () => {
  const unnamed = reasonsInCode().filter((reason) => !namedReasons.has(reason))

  expect(unnamed).toEqual(notOfDocuments.toSorted())
})

/** What a node says of itself, of its database or of its operator, not of a document. */
const notOfDocuments = [
  'address',
  'endless',
  'feed-unknown',
  'fingerprint-needed',
  'forked',
  'iat-older',
  'internal',
  'moved',
  'no-source',
  'pending-full',
  'slug',
  'too-slow',
  'unnamed',
]
