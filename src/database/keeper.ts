import { realpath } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import postgres from 'postgres'
import type { Cluster } from './cluster.ts'
import { constantBackoff, isDatabaseAway, repeatOnLoss } from './connect.ts'
import { codeOf } from './start-error.ts'

/**
 * Several processes may use one server: a node, the command line, a node that found the server of
 * a node that was killed. Each holds a shared lock on a connection of its own. Who leaves and then
 * gets the lock alone is the last one and puts out the light; who comes at that very moment is not
 * let in. A killed process loses its connection and with it the lock, so no trace of it can lie.
 */
export interface Keeper {
  /** One connection as superuser, to the database `postgres`. */
  sql: postgres.Sql
  /** Gives up the share; true if nobody else has one. From then on nobody is let in. */
  leave(): Promise<boolean>
}

const share = 7236524872

/** Undefined if the server behind `url` is not the one of this cluster, or is about to stop. */
export const holdOn = async (cluster: Cluster, url: string): Promise<Keeper | undefined> => {
  let state: 'outside' | 'inside' | 'renewing' = 'outside'
  const sql = postgres(url, {
    max: 1,
    fetch_types: false,
    backoff: constantBackoff,
    connect_timeout: 5,
    idle_timeout: 0,
    max_lifetime: null,
    connection: { application_name: 'transfernetz-keeper' },
    onnotice: () => {},
    onclose: () => void renew(),
  })

  // If one session crashes, the server ends all of them and goes on; then so do we.
  const renew = async () => {
    if (state !== 'inside') return
    state = 'renewing'
    while (state === 'renewing') {
      await pause(200, undefined, { ref: false })
      if (await lockShared(sql)) state = 'inside'
    }
  }

  const leave = async () => {
    state = 'outside'
    try {
      return await repeatOnLoss(() => isAlone(sql))
    } catch (error) {
      if (isDatabaseAway(error)) return true
      throw error
    }
  }

  if (await isAdmitted(sql, cluster)) {
    state = 'inside'
    return { sql, leave }
  }
  await sql.end({ timeout: 1 })
  return undefined
}

const lockShared = (sql: postgres.Sql) =>
  sql`select pg_advisory_lock_shared(${share})`.then(
    () => true,
    () => false,
  )

async function isAlone(sql: postgres.Sql) {
  await sql`select pg_advisory_unlock_shared(${share})`
  const [row] = await sql`select pg_try_advisory_lock(${share}) as alone`
  return row?.alone === true
}

async function isAdmitted(sql: postgres.Sql, cluster: Cluster) {
  try {
    const [server] = await sql<{ directory: string; admitted: boolean }[]>`
      select
        current_setting('data_directory') as directory,
        pg_try_advisory_lock_shared(${share}) as admitted
    `
    return server?.admitted === true && (await isSame(server.directory, cluster.data))
  } catch (error) {
    const wrongPassword = codeOf(error) === '28P01'
    if (wrongPassword || isDatabaseAway(error)) return false
    throw error
  }
}

const isSame = async (path: string, other: string) =>
  (await realpath(path).catch(() => path)) === (await realpath(other))
