/** The command line as processes of their own, run from dist/ as a user would. Every one is ended by its id. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { vi } from 'vitest'

export const root = join(import.meta.dirname, '../..')
const cli = join(root, 'dist/cli.js')

export type Env = Record<string, string>

/** Nothing of the tester's own environment but what finding programs needs, and starting them sooner. */
const spawnCli = (args: string[], env: Env) => {
  if (!existsSync(cli)) throw new Error('dist/ is missing: run "npm run build" first')
  const child = spawn(process.execPath, [cli, ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  child.once('close', () => running.delete(child))
  return child
}

const running = new Set<ChildProcess>()

/** Ends what a failed test left behind. */
export const endAll = async () => {
  for (const child of running) {
    child.kill('SIGKILL')
    await once(child, 'close')
  }
}

export interface Ran {
  code: number
  out: string
  err: string
}

/** Runs a command to its end. */
export const runCli = async (args: string[], env: Env): Promise<Ran> => {
  const child = spawnCli(args, env)
  const [[code], out, err] = await Promise.all([
    once(child, 'close'),
    text(child.stdout),
    text(child.stderr),
  ])
  return { code, out, err }
}

export interface Program {
  pid: number
  /** What it has said so far, on both channels. */
  said(): string
  /** Resolves when it has said so; rejects with all that it said when it ends before. */
  says(words: string): Promise<void>
  /** Sends the signal and answers how it ended. */
  end(signal: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null }>
}

/** Starts a command that goes on until it is told to end. */
export const startCli = (args: string[], env: Env): Program => {
  const child = spawnCli(args, env)
  let said = ''
  let ended = false
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data: Buffer) => {
      said += data
    })
  }
  const end = once(child, 'close').then(([code, signal]) => {
    ended = true
    return { code, signal }
  })
  const program: Program = {
    pid: child.pid ?? 0,
    said: () => said,
    says: (words) =>
      until(() => {
        if (said.includes(words)) return true
        if (ended) throw new Error(`ended without "${words}": ${said}`)
        return false
      }, `"${words}"`),
    end: (signal) => {
      child.kill(signal)
      return end
    },
  }
  return program
}

/** Waits for a condition, looking every few milliseconds, for a minute at most: a busy machine takes its time. */
export const until = async (
  holds: () => boolean | Promise<boolean>,
  what = 'the condition',
): Promise<void> => {
  const deadline = performance.now() + 60_000
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** Waits for an expectation to hold. */
export const eventually = <T>(expectation: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(expectation, { timeout: 30_000, interval: 50 })

/** The first of so many ports in a row that are free. */
export const freePorts = async (count = 1): Promise<number> => {
  for (;;) {
    // Below those that outgoing connections are given.
    const first = 12_000 + Math.floor(Math.random() * 18_000)
    const ports = Array.from({ length: count }, (_, i) => first + i)
    const free = await Promise.all(ports.map(isFree))
    if (!free.includes(false)) return first
  }
}

const isFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })

/** The process of the PostgreSQL in a data directory, or undefined where none runs. */
export const postgresIn = async (dataDir: string) => {
  const path = join(dataDir, 'postgres/cluster/data/postmaster.pid')
  const pid = Number((await readFile(path, 'utf8').catch(() => '')).split('\n')[0])
  return pid > 1 && (await isAlive(pid)) ? pid : undefined
}

/** A zombie is dead. */
const isAlive = async (pid: number) => {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  if (status) return !status.includes(') Z ')
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Ends the PostgreSQL of a data directory, if a killed node left it. */
export const endPostgres = async (dataDir: string) => {
  const pid = await postgresIn(dataDir)
  if (pid === undefined) return
  process.kill(pid, 'SIGQUIT')
  await until(async () => !(await isAlive(pid)), 'the end of PostgreSQL')
}
