/** Opening a hub on Workers: for one request or one run of the chores. Nothing of it outlives them. */
import { ConfigError, readConfig, readSecret } from './config.ts'
import { connect } from './database/connect.ts'
import { isAbsent } from './exchange/catch-up.ts'
import { isNamed } from './federation/store.ts'
import type { Hub, Log } from './hub.ts'
import { judgeContent } from './publications/judge.ts'
import { Keyring } from './signing/keyring.ts'

/** Variables, secret and bindings, as `wrangler.toml` names them. */
export interface WorkerEnv {
  ORIGIN: string
  CENTRES: string
  TRUST_ANCHOR?: string
  TRUST_ANCHOR_PINS?: string
  NUDGES?: string
  OPERATOR?: string
  OIDC_ISSUER?: string
  OIDC_CLIENT_ID?: string
  OIDC_CLIENT_SECRET?: string
  OIDC_ROLES_CLAIM?: string
  NODE_SECRET: string
  HYPERDRIVE: { connectionString: string }
  CALLS: { limit(call: { key: string }): Promise<{ success: boolean }> }
}

export interface WorkerHub extends Hub {
  mayAsk(): boolean
  close(): Promise<void>
}

/**
 * After so many requests to other nodes a run begins no further page or feed. Cloudflare may end it
 * at 50; the rest is for feeds already begun and for nudges.
 */
const questions = 40

/**
 * A hub without a journal: it reads, mirrors and serves, signs its heads and its questions, and publishes
 * nothing. Its database is migrated and has its keys already; `transfernetz init` on Node does both.
 */
export const openWorkerHub = ({ HYPERDRIVE, CALLS: _, ...vars }: WorkerEnv): WorkerHub => {
  const config = readConfig(vars)
  const secret = readSecret(vars)
  if (secret === undefined) throw new ConfigError('NODE_SECRET fehlt (wrangler secret put).')
  // One connection: of six that may be open at a time, pulling needs four.
  const sql = connect(HYPERDRIVE.connectionString, { max: 1, pooled: true })
  let asked = 0
  return {
    config,
    sql,
    keys: new Keyring(secret),
    judgeContent,
    now: Date.now,
    fetch: (input, init) => {
      asked++
      // What another node said a moment ago must not come from a cache on the way.
      return fetch(input, { ...init, cache: 'no-store' })
    },
    askIssuer: (input, init) => fetch(input, init),
    isNamed: (origin) => isNamed(sql, config.anchor.id, origin),
    mayAsk: () => asked < questions,
    showsNothing: () => isAbsent(sql),
    log: consoleLog,
    close: () => sql.end({ timeout: 5 }),
  }
}

type Level = keyof Log

/** One line of JSON each, as Cloudflare's logs expect them. */
const writeLine =
  (level: Level) =>
  (about: unknown, msg?: string): void => {
    const line = typeof about === 'object' ? { msg, ...about } : { msg: about }
    // biome-ignore lint/suspicious/noConsole: there is no other log on Workers
    console[level](
      JSON.stringify(line, (_, value) => (value instanceof Error ? value.stack : value)),
    )
  }

const consoleLog: Log = {
  debug: writeLine('debug'),
  info: writeLine('info'),
  warn: writeLine('warn'),
  error: writeLine('error'),
}
