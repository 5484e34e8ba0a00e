import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './support/longest-first.ts'

const root = join(import.meta.dirname, '..')

export default defineConfig({
  root,
  // As in tsconfig.json; said here because Vite looks for it beside each file only.
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    globalSetup: ['test/support/database.ts', 'test/support/python-setup.ts'],
    // One file runs while another waits for its database, also on two cores.
    maxWorkers: 3,
    // Nothing here is global, so files share what a worker has loaded: it saves a fifth of the work.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // A hundred processes load the same modules: what the first has compiled saves the others half of their start.
    env: { NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/compiled') },
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // On a busy machine a process may need seconds to begin; what is awaited is a condition, not a time.
    expect: { poll: { timeout: 12_000 } },
  },
})
