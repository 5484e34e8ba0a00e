import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './support/program.ts'

interface Locked {
  optionalDependencies?: Record<string, string>
}

test('npm ci finds every package of every platform in the lock, also those that npm left out here', async () => {
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'))
  const packages: Record<string, Locked> = lock.packages

  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`],
    ),
  )

  expect(missing).toEqual([])
})
