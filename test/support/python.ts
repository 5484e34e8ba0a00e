/** The Python programs in schemas/python, where the machine has what they need. */
import { execFile, spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { inject } from 'vitest'

const folder = join(import.meta.dirname, '../../schemas/python')

/** Debian's own first: only that one sees its packages. */
const candidates = ['/usr/bin/python3', 'python3']

/** A Python that has jwcrypto, or undefined. */
export const findPython = async () => {
  for (const python of candidates) {
    const found = await promisify(execFile)(python, ['-c', 'import jwcrypto.jws']).then(
      () => true,
      () => false,
    )
    if (found) return python
  }
  return undefined
}

/** Runs one of the programs to its end. */
export const runPython = async (program: string, args: string[], input = '') => {
  const child = startPython(program, args)
  child.stdin.end(input)
  const [code, out, err] = await Promise.all([
    new Promise<number | null>((resolve) => child.once('close', resolve)),
    text(child.stdout),
    text(child.stderr),
  ])
  return { code, out, err }
}

/** Starts one that goes on until it is told to end. */
export const startPython = (program: string, args: string[]) => {
  const python = inject('python')
  if (!python) throw new Error('no python3 here has jwcrypto')
  return spawn(python, ['-B', join(folder, program), ...args], {
    env: { PATH: process.env.PATH, PYTHONIOENCODING: 'utf-8' },
  })
}
