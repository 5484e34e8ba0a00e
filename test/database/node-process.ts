// Run by embedded.test.ts as a process of its own: a node that does nothing but hold its database.
// Says one line about how the start went; stops when its standard input ends, or on SIGTERM.
import { startEmbedded } from '../../src/database/embedded.ts'

const quiet = () => {}
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`)

try {
  const started = performance.now()
  const database = await startEmbedded({
    directory: process.argv[2] ?? '',
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    settings: { fsync: 'off' },
  })
  await database.ensureDatabase('example')
  const stop = () => void database.stop().then(() => process.exit(0))
  process.once('SIGTERM', stop)
  process.stdin.once('end', stop).resume()
  // Last: whoever has read it may send the signal at once.
  const { port, owner, home } = database
  say({ port, owner, home, url: database.url('example'), ms: performance.now() - started })
} catch (error) {
  say({ failed: error instanceof Error ? `${error.name}: ${error.message}` : String(error) })
  process.exitCode = 1
}
