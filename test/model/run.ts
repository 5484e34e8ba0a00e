/** `npm run test:model -- --runs N [--seed S]`: the model-based test, as long as one wishes. */
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '100' }, seed: { type: 'string' } },
})
const env = {
  ...process.env,
  MODEL_RUNS: values.runs,
  ...(values.seed !== undefined && { MODEL_SEED: values.seed }),
}
const args = ['vitest', 'run', '--config', 'test/vitest.config.ts', 'test/model/model.test.ts']
process.exitCode = spawnSync('npx', args, { stdio: 'inherit', env }).status ?? 1
