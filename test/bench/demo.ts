/** The demo in a process of its own, as `npm start` runs it. Needs dist/. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '../..')

/** A place for one demo's data, gone afterwards. */
export const openPlace = async () => {
  const directory = await mkdtemp(join(tmpdir(), 'tn-demo-'))
  // Root's PostgreSQL runs as another user, who has to get there.
  await chmod(directory, 0o711)
  const env = {
    DATA_DIR: join(directory, 'data'),
    DEMO_PORT: String(12_000 + (process.pid % 9000)),
  }
  return { env, close: () => rm(directory, { recursive: true }) }
}

/** Resolves when the demo says that it is ready. */
export const startDemo = async (env: Record<string, string>) => {
  const began = performance.now()
  const demo = spawn(process.execPath, ['dist/cli.js', 'demo'], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  await new Promise<void>((resolve, reject) => {
    demo.once('exit', () => reject(new Error(`the demo ended: ${said}`)))
    demo.stdout.on('data', (data: Buffer) => {
      said += data
      if (said.includes('Bereit nach')) resolve()
    })
  })
  const stop = async () => {
    const ended = once(demo, 'exit')
    demo.kill('SIGTERM')
    await ended
  }
  return { milliseconds: performance.now() - began, stop }
}
