import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readRecord } from '../src/publications/record.ts'

const root = join(import.meta.dirname, '..')
const readme = readFileSync(join(root, 'README.md'), 'utf8')
const tour = (name: string): unknown =>
  JSON.parse(readFileSync(join(root, 'fixtures/tour', name), 'utf8'))

test('the README names no file that is not there', () => {
  const named = [...readme.matchAll(/(?:fixtures|schemas|src)\/[\w/.-]*\w/g)].map(([path]) => path)

  expect(named.length).toBeGreaterThan(5)
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([])
})

test('what the tour publishes is accepted', () => {
  expect(readRecord(tour('fahrradwerkstatt.json'))).toMatchObject({ ok: true })
})

test('the faults of the tour’s draft are the ones that the README prints', () => {
  const reading = readRecord(tour('entwurf.json'))

  const printed = reading.ok
    ? []
    : reading.faults.map(({ path, message }) => `  ${path}: ${message}`)
  expect(printed).toHaveLength(4)
  expect(printed.filter((line) => !readme.includes(line))).toEqual([])
})
