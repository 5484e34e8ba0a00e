import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:fs'
import { type FileHandle, open, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { childOptions } from './account.ts'
import { type Cluster, lastFault } from './cluster.ts'
import { StartError } from './start-error.ts'

export type Settings = Record<string, string>

/** What `postmaster.pid` says of a server that lives. */
export interface Server {
  pid: number
  port: number
  ready: boolean
}

const pidFile = (cluster: Cluster) => join(cluster.data, 'postmaster.pid')

/**
 * The server of this cluster, if one runs. Line 1 of the file is its process, line 4 its port,
 * line 8 its state (PostgreSQL, src/include/utils/pidfile.h).
 */
export const findServer = async (cluster: Cluster): Promise<Server | undefined> => {
  const text = await readFile(pidFile(cluster), 'utf8').catch(() => '')
  const lines = text.split('\n')
  const pid = Number(lines[0])
  // A dead server is not asked at its port: others may listen there by now, for the password.
  // Negative: somebody repairs the cluster in single-user mode.
  if (!(pid > 1) || !isAlive(pid)) return undefined
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' }
}

function isAlive(pid: number) {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/**
 * Starts a server and waits until it is ready. `refused`: another one runs, starts, or has only
 * just died, or somebody took the port meanwhile; look again.
 */
export const launch = async (cluster: Cluster, settings: Settings, deadline: number) => {
  const { postgres } = cluster.binaries
  const log = await open(join(cluster.home, 'postgres.log'), logFlags, 0o600)
  try {
    const { size } = await log.stat()
    const child = spawn(postgres, serverArguments(cluster.data, await freePort(), settings), {
      ...childOptions(postgres, cluster.account),
      // A process group of its own: Ctrl-C in a terminal reaches us only, so that requests can be
      // drained while the database is still there.
      detached: true,
      // A file and no pipe: the server must be able to outlive us.
      stdio: ['ignore', log.fd, log.fd],
    })
    child.unref()
    if (await becomesReady(cluster, child, deadline)) return 'ready'
    return judgeExit(cluster, await readFrom(log, size))
  } finally {
    await log.close()
  }
}

// NOFOLLOW: as root we may write into a folder that belongs to somebody else.
const logFlags =
  constants.O_CREAT | constants.O_APPEND | constants.O_RDWR | (constants.O_NOFOLLOW ?? 0)

async function becomesReady(cluster: Cluster, child: ChildProcess, deadline: number) {
  let gone = false
  const leave = () => {
    gone = true
  }
  child.once('exit', leave).once('error', leave)
  while (!gone) {
    const server = await findServer(cluster)
    if (server?.ready && server.pid === child.pid) return true
    if (Date.now() > deadline) throw new StartError(tooSlow(cluster))
    await pause(10)
  }
  return false
}

export const tooSlow = (cluster: Cluster) =>
  `Die Datenbank in ${cluster.home} ist noch nicht bereit; näheres steht dort in postgres.log.`

async function readFrom(log: FileHandle, position: number) {
  const { buffer, bytesRead } = await log.read({ buffer: Buffer.alloc(65_536), position })
  return buffer.toString('utf8', 0, bytesRead)
}

function judgeExit(cluster: Cluster, output: string) {
  if (passing.test(output)) return 'refused'
  throw new StartError(
    `Die Datenbank in ${cluster.home} startet nicht: ${lastFault(output)} (mehr in postgres.log).`,
  )
}

const passing =
  /lock file ".*" (already exists|is empty)|pre-existing shared memory block|could not bind/

function serverArguments(data: string, port: number, settings: Settings) {
  const all = { ...defaults, ...settings, port: String(port) }
  return ['-D', data, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
}

const defaults: Settings = {
  // Over TCP only: the path of a Unix socket may have 107 bytes at most.
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '128MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Failed statements are the business of whoever sent them, and may contain personal data.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
  // What was written before is deleted with the files of the log, not kept in them until they are used again.
  wal_recycle: 'off',
}

function freePort() {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const probe = createServer()
  probe.once('error', (cause) =>
    reject(new StartError('Auf 127.0.0.1 ist kein Port mehr frei für die Datenbank.', { cause })),
  )
  probe.listen(0, '127.0.0.1', () => {
    const address = probe.address()
    probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
  })
  return promise
}

/**
 * After a reboot the process number in a left-over `postmaster.pid` may belong to another program
 * of the same user, and in a container without init a killed server stays a zombie for ever.
 * PostgreSQL takes both for a running server. (It still finds out by itself whether somebody has
 * its memory in use.) Only Linux tells what a process is; elsewhere nothing is removed.
 */
export const removeForeignPidFile = async (cluster: Cluster) => {
  if (process.platform !== 'linux') return
  const pid = Number.parseInt(await readFile(pidFile(cluster), 'utf8').catch(() => ''), 10)
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  if (!command.includes('postgres')) await rm(pidFile(cluster), { force: true })
}

/**
 * Stops this server and waits until it is gone: first as it should be (fast shutdown), after 20 s
 * at once. Not by `pg_ctl stop`, which takes the server that the next process has meanwhile started
 * for this one. (On Windows it is ended at once and recovers with the next start.)
 */
export const shutDown = async (cluster: Cluster, pid: number) => {
  await signal(cluster, pid, 'SIGINT', 20_000)
  await signal(cluster, pid, 'SIGQUIT', 5_000)
}

async function signal(cluster: Cluster, pid: number, name: NodeJS.Signals, milliseconds: number) {
  const runs = async () => (await findServer(cluster))?.pid === pid
  if (!(await runs())) return
  process.kill(pid, name)
  const deadline = Date.now() + milliseconds
  while ((await runs()) && Date.now() < deadline) await pause(10)
}
