import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mutants } from './mutants/mutants.ts'

const root = join(import.meta.dirname, '..')

test('every mutant still breaks something that is there, once, and names the tests that notice', () => {
  const stale = mutants.filter(
    ({ file, from, to }) =>
      from === to || readFileSync(join(root, file), 'utf8').split(from).length !== 2,
  )
  const lost = mutants.filter(
    ({ tests }) => tests.length === 0 || tests.some((name) => !existsSync(join(root, name))),
  )

  expect(stale).toEqual([])
  expect(lost).toEqual([])
  expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length)
  expect(mutants.length).toBeGreaterThanOrEqual(25)
})
