/** `npm run test:mutants [-- WORDS]`: breaks one rule after the other in a copy, and sees whether the tests notice. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { type Mutant, mutants } from './mutants.ts'

const root = join(import.meta.dirname, '../..')
/** All that a test needs, beside what npm installed. */
const copied = [
  'src',
  'test',
  'migrations',
  'fixtures',
  'schemas',
  'package.json',
  'tsconfig.json',
  'README.md',
]
const atATime = 2

interface TestReport {
  numFailedTests: number
  testResults: { assertionResults: { status: string; fullName: string }[] }[]
}
type Fate = { killedBy: string } | { alive: true } | { broken: string }

const openCopy = async () => {
  const place = await mkdtemp(join(tmpdir(), 'tn-mutants-'))
  // Root's PostgreSQL runs as another user, who has to get there.
  await chmod(place, 0o711)
  for (const name of copied) await cp(join(root, name), join(place, name), { recursive: true })
  await symlink(join(root, 'node_modules'), join(place, 'node_modules'))
  return place
}

const runTests = async (place: string, tests: string[]): Promise<Fate> => {
  const report = join(place, 'report.json')
  await rm(report, { force: true })
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const child = spawn(
    process.execPath,
    [
      ...[vitest, 'run', '--config', 'test/vitest.config.ts', '--bail=1', '--maxWorkers=1'],
      ...['--reporter=json', `--outputFile=${report}`, ...tests],
    ],
    { cwd: place, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ])
  if (code === 0) return { alive: true }
  const told = await readFile(report, 'utf8').catch(() => undefined)
  const failed = told === undefined ? undefined : firstFailed(JSON.parse(told) as TestReport)
  return failed === undefined ? { broken: out + err } : { killedBy: failed }
}

const firstFailed = ({ testResults }: TestReport) =>
  testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .find(({ status }) => status === 'failed')?.fullName

/** Breaks the rule, lets the tests look, and mends it again. */
const tryOne = async (place: string, { file, from, to, tests }: Mutant): Promise<Fate> => {
  const path = join(place, file)
  const sound = await readFile(path, 'utf8')
  if (sound.split(from).length !== 2)
    return { broken: `${file} does not have this text once: ${from}` }
  await writeFile(
    path,
    sound.replace(from, () => to),
  )
  try {
    return await runTests(place, tests)
  } finally {
    await writeFile(path, sound)
  }
}

const words = process.argv.slice(2)
const wanted = mutants.filter(({ name, file }) =>
  words.every((word) => `${name} ${file}`.includes(word)),
)
if (wanted.length === 0) throw new Error('no mutant has all of these words')
const began = performance.now()
const copies = await Promise.all(Array.from({ length: atATime }, openCopy))
let unkilled = 0
try {
  const all = [...new Set(wanted.flatMap(({ tests }) => tests))]
  const sound = await runTests(copies[0] as string, all)
  if (!('alive' in sound)) throw new Error(`unchanged, the tests fail: ${JSON.stringify(sound)}`)
  const waiting = [...wanted]
  await Promise.all(
    copies.map(async (place) => {
      for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
        const fate = await tryOne(place, mutant)
        if (!('killedBy' in fate)) unkilled++
        console.log(told(mutant, fate))
      }
    }),
  )
} finally {
  for (const place of copies) await rm(place, { recursive: true, force: true })
}
const minutes = ((performance.now() - began) / 60_000).toFixed(1)
console.log(`${wanted.length} Mutanten, ${unkilled} nicht bemerkt, ${minutes} Minuten`)
process.exitCode = unkilled > 0 ? 1 : 0

function told({ name, file }: Mutant, fate: Fate) {
  if ('killedBy' in fate) return `  bemerkt        ${name} (${file}): ${fate.killedBy}`
  if ('alive' in fate) return `! NICHT BEMERKT  ${name} (${file})`
  return `! ZERBROCHEN     ${name} (${file}): ${fate.broken.slice(0, 2_000)}`
}
