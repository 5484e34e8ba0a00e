import { randomBytes } from 'node:crypto'
import {
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import type { Log } from '../hub.ts'
import { type Account, canRun, isRoot, pickAccount, run } from './account.ts'
import { type Binaries, findBinaries } from './binaries.ts'
import { openShelter, shelter } from './shelter.ts'
import { StartError } from './start-error.ts'

/** A PostgreSQL cluster on disk, running or not. */
export interface Cluster {
  /** Holds `data`, `password` and `postgres.log`. */
  home: string
  data: string
  /** Who owns `data` and runs the server. */
  account: Account
  binaries: Binaries
  /** Of the superuser `postgres`. */
  password: string
}

/**
 * The cluster of this directory; created if there is none.
 *
 * `directory/cluster` is its home. If root keeps the directory closed to the user who runs
 * PostgreSQL, it is a link to a home in the shelter instead. Deleting the directory always means
 * a fresh start.
 */
export const openCluster = async (directory: string, log: Log, durable: boolean) => {
  // Who may pass decides below; what is inside is readable for its owner only.
  await mkdir(directory, { recursive: true, mode: isRoot() ? 0o711 : 0o700 })
  if (!(await exists(nameOf(directory)))) await createCluster(directory, log, durable)
  return readCluster(directory)
}

const nameOf = (directory: string) => join(directory, 'cluster')

const exists = (path: string) =>
  lstat(path).then(
    () => true,
    () => false,
  )

async function readCluster(directory: string): Promise<Cluster> {
  const home = await realpath(nameOf(directory)).catch((cause) => {
    throw new StartError(
      `Die Datenbank, auf die ${nameOf(directory)} verweist, gibt es nicht mehr; wer leer neu anfangen will, löscht diesen Verweis.`,
      { cause },
    )
  })
  const data = join(home, 'data')
  const [{ uid: ownerOfHome }, { uid, gid }] = await Promise.all([stat(home), stat(data)])
  const self = process.getuid?.() ?? uid
  if ((self !== 0 && uid !== self) || (ownerOfHome !== self && ownerOfHome !== uid))
    throw new StartError(`Die Datenbank in ${home} gehört einem anderen Benutzer.`)

  const password = await readFile(join(home, 'password'), 'utf8')
  const account = isRoot() ? { uid, gid } : {}
  return { home, data, account, binaries: await findBinaries(account), password }
}

/** Built aside and put in place in one step, so that nobody ever sees a half-made cluster. */
async function createCluster(directory: string, log: Log, durable: boolean) {
  const account = await pickAccount()
  const reachable = await canRun('test', ['-x', directory], account)
  const home = await mkdtemp(join(reachable ? directory : await openShelter(), 'cluster-'))
  try {
    await fill(home, account, durable)
    if (reachable) return await rename(home, nameOf(directory))
    await writeFile(join(home, 'belongs-to'), await realpath(directory))
    await symlink(home, nameOf(directory))
  } catch (error) {
    await rm(home, { recursive: true, force: true })
    // Another process may have been faster; then its cluster is the one.
    if (await exists(nameOf(directory))) return
    throw error
  }
  log.info(
    `Die Datenbank liegt in ${home}, weil nur root das Verzeichnis ${directory} betreten darf.`,
  )
  await mentionLeftovers(directory, home, log)
}

async function fill(home: string, account: Account, durable: boolean) {
  const data = join(home, 'data')
  const password = join(home, 'password')
  await mkdir(data, { mode: 0o700 })
  await writeFile(password, randomBytes(24).toString('base64url'), { mode: 0o600 })
  if ('uid' in account) {
    await chmod(home, 0o711)
    await chown(data, account.uid, account.gid)
    await chown(password, account.uid, account.gid)
  }
  await initialise(data, password, account, durable)
}

async function initialise(data: string, password: string, account: Account, durable: boolean) {
  const { initdb } = await findBinaries(account)
  try {
    await run(
      initdb,
      [
        `--pgdata=${data}`,
        '--username=postgres',
        `--pwfile=${password}`,
        // The machine has other users: who connects must know the password.
        '--auth=scram-sha-256',
        // The same on every machine, whatever its locale and its libraries.
        '--encoding=UTF8',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
        '--no-instructions',
        ...(durable ? [] : ['--no-sync']),
      ],
      account,
    )
  } catch (cause) {
    const reason =
      cause instanceof Error && 'stderr' in cause ? lastFault(String(cause.stderr)) : ''
    throw new StartError(`Die Datenbank in ${data} lässt sich nicht anlegen: ${reason}`, { cause })
  }
}

/** The last words by which a program of PostgreSQL says why it gave up. */
export const lastFault = (output: string) =>
  output.match(/\b(FATAL|PANIC|ERROR|error): .*/g)?.at(-1) ?? output.trim().slice(-300)

/**
 * Who deletes a directory with a link leaves behind what it led to. We mention it and do not
 * delete it: the directory may also be empty because a disk is not mounted at present.
 */
async function mentionLeftovers(directory: string, current: string, log: Log) {
  const owner = await realpath(directory)
  for (const name of await readdir(shelter)) {
    const home = join(shelter, name)
    const belongsTo = await readFile(join(home, 'belongs-to'), 'utf8').catch(() => undefined)
    if (belongsTo === owner && home !== current)
      log.warn(
        `Eine frühere Datenbank von ${directory} liegt noch in ${home} und kann gelöscht werden.`,
      )
  }
}
