import postgres from 'postgres'
import { codeOf } from './start-error.ts'

/**
 * A pool of connections to PostgreSQL. It connects with the first query; end it with
 * `sql.end({ timeout })`. Runs in Node and in workerd.
 *
 * - `fetch_types: false`: asking for the types of the server on every new connection is a query
 *   that nobody awaits; if its backend dies, the rejection ends the process. It follows that
 *   arrays are passed as jsonb, or with `sql.array(values, oid)`.
 * - `backoff`: by default a new connection waits up to 20 s after a few losses in a row.
 * - `idle_timeout`: a quiet node gives its connections back. `max_lifetime` stays at the random
 *   30 to 60 minutes of postgres.js, so that a pool does not hold on to a replaced server.
 * - the three timeouts of the session: nobody waits for ever, for a result, for a lock, or for a
 *   client that hangs. (In `url` each can be set otherwise, e.g. `?statement_timeout=0`.)
 * - `onnotice`: by default notices are printed.
 *
 * Behind a pooler without prepared statements add `?prepare=false` to `url`. `pooled`: behind one that
 * owns the sessions, as Hyperdrive does. Such poolers may refuse settings of a session or mix them up,
 * so none is sent; set the timeouts for the role.
 */
export const connect = (
  url: string,
  options: { max?: number; name?: string; pooled?: boolean } = {},
) =>
  postgres(url, {
    max: options.max ?? 10,
    fetch_types: false,
    backoff: constantBackoff,
    connect_timeout: 10,
    idle_timeout: 300,
    connection: {
      application_name: options.name ?? 'transfernetz',
      ...(!options.pooled && sessionTimeouts),
    },
    onnotice: () => {},
    types: { int8 },
  })

/** Milliseconds. */
const sessionTimeouts = {
  statement_timeout: 30_000,
  lock_timeout: 10_000,
  idle_in_transaction_session_timeout: 30_000,
}

/** Seconds between losing a connection and opening the next one. */
export const constantBackoff = () => 0.05

/**
 * Positions, sequence numbers and `count(*)` are plain numbers here. What a number cannot hold
 * exactly is refused rather than rounded. (`sum()` of int8 is `numeric` and stays a string.)
 */
const int8 = {
  to: 20,
  from: [20],
  serialize: (value: number) => safe(value).toString(),
  parse: (text: string) => safe(Number(text)),
}

function safe(value: number) {
  if (Number.isSafeInteger(value)) return value
  throw new RangeError(`int8 ${value} is not a safe integer`)
}

/**
 * The connection died under a query: whether it took effect is unknown. Look it up by its digest
 * or key, or send the same signed bytes again.
 */
export const isConnectionLoss = (error: unknown) => losses.has(nameOf(error))

/**
 * Does `act` again if the connection died under it, three times in all: only for what may happen
 * twice, such as reading, or storing signed bytes whose second arrival is a `duplicate`. Three,
 * because postgres.js 3.4.9 tells of each loss twice: to the query it hit, and once more to the
 * next one on the same connection, which it does not even send.
 */
export const repeatOnLoss = async <T>(act: () => PromiseLike<T>, attempts = 3): Promise<T> => {
  try {
    return await act()
  } catch (error) {
    if (attempts > 1 && isConnectionLoss(error)) return repeatOnLoss(act, attempts - 1)
    throw error
  }
}

/** The database cannot be reached at present: a connection loss, or no connection to begin with. */
export const isDatabaseAway = (error: unknown) =>
  isConnectionLoss(error) || absences.has(nameOf(error))

/** The errors of workerd's sockets have no code, only a sentence. */
const nameOf = (error: unknown) =>
  codeOf(error) ?? (error instanceof Error ? (error.message.split(/[.,]/)[0] ?? '') : '')

const losses = new Set([
  '57P01', // admin_shutdown: the server stops, or somebody ended the session
  '57P02', // crash_shutdown: another session crashed and took all with it
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  'ECONNRESET',
  'EPIPE',
  'Network connection lost', // workerd
])

const absences = new Set([
  '57P03', // cannot_connect_now: starting up or shutting down
  '53300', // too_many_connections
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'proxy request failed', // workerd: refused
  'connection attempt failed', // workerd: refused, behind Hyperdrive
])
