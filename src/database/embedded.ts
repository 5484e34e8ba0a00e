import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Log } from '../hub.ts'
import { type Cluster, openCluster } from './cluster.ts'
import { holdOn, type Keeper } from './keeper.ts'
import {
  findServer,
  launch,
  removeForeignPidFile,
  type Server,
  type Settings,
  shutDown,
  tooSlow,
} from './server.ts'
import { codeOf, StartError } from './start-error.ts'

/** The PostgreSQL that comes with Transfernetz, running. */
export interface EmbeddedDatabase {
  /** On 127.0.0.1. */
  port: number
  /** Where the data lies; below the given directory, unless root keeps that closed. */
  home: string
  /** Whether this process started the server, or found it running. */
  owner: boolean
  /** For `connect`, as the user `transfernetz`: no superuser, as with a database of one's own. */
  url(database: string): string
  /** Creates the database if it does not exist. A name of lower-case letters, digits and `_`. */
  ensureDatabase(name: string): Promise<void>
  /** Leaves the server and stops it, if no other process uses it. End your pools before. */
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  /** Belongs to this database alone; created if it does not exist. */
  directory: string
  log: Log
  /** Settings of the server, e.g. `{ fsync: 'off' }`. Without effect if it runs already. */
  settings?: Settings
}

/**
 * Starts PostgreSQL with its data in `directory`, or joins the server that already runs there,
 * be it the one of a node that was killed.
 *
 * @throws {StartError}
 */
export const startEmbedded = async (options: EmbeddedOptions): Promise<EmbeddedDatabase> => {
  try {
    return await start(options)
  } catch (error) {
    throw explain(error, options.directory)
  }
}

async function start({ directory, log, settings = {} }: EmbeddedOptions) {
  const cluster = await openCluster(resolve(directory), log, settings.fsync !== 'off')
  const { keeper, server, owner } = await enter(cluster, settings)
  try {
    await keeper.sql.unsafe(createUser(cluster))
  } catch (error) {
    await stop(cluster, server, keeper)
    throw error
  }
  log.info(
    owner
      ? `Die Datenbank in ${cluster.home} wurde auf Port ${server.port} gestartet.`
      : `Die Datenbank in ${cluster.home} lief bereits auf Port ${server.port}.`,
  )

  let stopped: Promise<void> | undefined
  return {
    port: server.port,
    home: cluster.home,
    owner,
    url: (database: string) => urlOf(server, 'transfernetz', userPassword(cluster), database),
    ensureDatabase: (name: string) => createDatabase(keeper, name),
    stop: () => {
      stopped ??= stop(cluster, server, keeper)
      return stopped
    },
  }
}

const urlOf = ({ port }: Server, user: string, password: string, database: string) =>
  `postgres://${user}:${password}@127.0.0.1:${port}/${database}`

/** Looks for a server and starts one by turns, until we are in. Others may do the same. */
async function enter(cluster: Cluster, settings: Settings) {
  const begin = Date.now()
  const deadline = begin + 60_000
  let owner = false
  while (Date.now() < deadline) {
    const server = await findServer(cluster)
    const keeper = server?.ready && (await holdOn(cluster, adminUrl(cluster, server)))
    if (keeper) return { keeper, server, owner }

    owner = (await launch(cluster, settings, deadline)) === 'ready'
    if (owner) continue
    // A server that was killed is seen for about a second more.
    if (Date.now() > begin + 2_000) await removeForeignPidFile(cluster)
    await pause(100)
  }
  throw new StartError(tooSlow(cluster))
}

const adminUrl = (cluster: Cluster, server: Server) =>
  urlOf(server, 'postgres', cluster.password, 'postgres')

/**
 * Several processes may try at once. `createdb` is for tests and demonstrations, `pg_checkpoint` for erasing from
 * the files too.
 */
const createUser = (cluster: Cluster) => `
  do $create$ begin
    if not exists (select from pg_roles where rolname = 'transfernetz') then
      create role transfernetz login createdb password '${userPassword(cluster)}' in role pg_checkpoint;
    end if;
  exception when duplicate_object or unique_violation then null;
  end $create$
`

/** Derived, so that one file holds all; who knows this one still does not know the superuser's. */
const userPassword = ({ password }: Cluster) =>
  createHash('sha256').update(`transfernetz ${password}`).digest('base64url')

async function createDatabase({ sql }: Keeper, name: string) {
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(name)) throw new TypeError(`not a database name: ${name}`)
  try {
    await sql.unsafe(`create database ${name} owner transfernetz`)
  } catch (error) {
    const duplicate = ['42P04', '23505'].includes(codeOf(error) ?? '')
    if (!duplicate) throw error
  }
}

async function stop(cluster: Cluster, joined: Server, keeper: Keeper) {
  if (await keeper.leave()) await shutDown(cluster, joined.pid)
  await keeper.sql.end({ timeout: 1 })
}

function explain(error: unknown, directory: string) {
  const reason = reasons[codeOf(error) ?? '']
  if (!reason) return error
  return new StartError(`Die Datenbank in ${directory} kann nicht starten: ${reason}`, {
    cause: error,
  })
}

const notWritable = 'Dieser Benutzer darf das Verzeichnis nicht anlegen oder nicht beschreiben.'
const full = 'Es ist kein Speicherplatz mehr frei.'

const reasons: Record<string, string> = {
  EACCES: notWritable,
  EPERM: notWritable,
  EROFS: notWritable,
  ENOTDIR: 'Wo das Verzeichnis sein soll, liegt eine Datei.',
  EEXIST: 'Wo das Verzeichnis sein soll, liegt eine Datei.',
  // Node says so too if a directory cannot be made on a disk that is read-only.
  ENOENT: 'Das Verzeichnis lässt sich nicht anlegen, oder eine Datei der Datenbank fehlt.',
  ENOSPC: full,
  EDQUOT: full,
}
