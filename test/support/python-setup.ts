import type { TestProject } from 'vitest/node'
import { findPython } from './python.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A Python that has jwcrypto; null where there is none. */
    python: string | null
  }
}

/** Looks for Python once per test run; who has none is told so where nobody overlooks it. */
export default async function setup({ provide }: TestProject) {
  const python = await findPython()
  provide('python', python ?? null)
  if (python) return
  return () => {
    process.stderr.write(
      'SKIPPED: test/python.test.ts, since no python3 here has jwcrypto (Debian: apt-get install python3-jwcrypto).\n',
    )
  }
}
