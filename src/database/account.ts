import { type ExecFileOptions, execFile } from 'node:child_process'
import { dirname, isAbsolute } from 'node:path'
import { promisify } from 'node:util'
import { StartError } from './start-error.ts'

/** The user who runs PostgreSQL. Empty: the user who runs this process. */
export type Account = { uid: number; gid: number } | Record<string, never>

export const isRoot = () => process.getuid?.() === 0

/**
 * PostgreSQL refuses to run as root, so root lends it another user: `postgres` where there is one,
 * else `nobody`, which exists on every Linux and on macOS. Creating a user would change the
 * machine for good and fails in read-only containers; `nobody` may be shared with other services,
 * who cannot connect without the password, however.
 */
export const pickAccount = async (): Promise<Account> => {
  if (!isRoot()) return {}
  const account = (await lookUp('postgres')) ?? (await lookUp('nobody'))
  if (account) return account
  throw new StartError(
    'PostgreSQL darf nicht als root laufen, und es gibt hier weder den Benutzer „postgres“ noch „nobody“.',
  )
}

/** `id` also knows users that stand in no /etc/passwd (LDAP, macOS). */
async function lookUp(name: string): Promise<Account | undefined> {
  try {
    const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => run('id', [flag, name])))
    return { uid: Number(uid), gid: Number(gid) }
  } catch {
    return undefined
  }
}

/**
 * What a child process is started with. Not our environment: it may hold secrets, and variables
 * like PGPORT or PGCLIENTENCODING change how PostgreSQL behaves. Not our folder: the other user
 * may not be allowed to stand in it.
 */
export const childOptions = (command: string, account: Account) => ({
  ...account,
  cwd: isAbsolute(command) ? dirname(command) : '/',
  env: {
    LC_ALL: 'C',
    PATH: process.env.PATH,
    ...(process.env.SystemRoot && { SystemRoot: process.env.SystemRoot }),
  },
  windowsHide: true,
})

/** Runs a program to its end as that user; resolves to what it printed. */
export const run = async (command: string, args: string[], account: Account = {}) => {
  const options: ExecFileOptions = childOptions(command, account)
  const { stdout } = await promisify(execFile)(command, args, options)
  return String(stdout).trim()
}

export const canRun = (command: string, args: string[], account: Account) =>
  run(command, args, account).then(
    () => true,
    () => false,
  )
