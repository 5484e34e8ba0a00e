/** `npm run test:kills -- [--kills 200] [--terminations 500] [--seed S]`: the crash test, as long as one wishes. */
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    // One every 30 ms: for 15 seconds.
    terminations: { type: 'string', default: '500' },
    seed: { type: 'string' },
  },
})
const env = {
  ...process.env,
  KILLS: values.kills,
  TERMINATIONS: values.terminations,
  ...(values.seed !== undefined && { KILLS_SEED: values.seed }),
}
const args = ['vitest', 'run', '--config', 'test/vitest.config.ts', 'test/kills.test.ts']
process.exitCode = spawnSync('npx', args, { stdio: 'inherit', env }).status ?? 1
