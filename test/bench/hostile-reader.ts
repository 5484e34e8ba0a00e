/**
 * The node that hostile peers are let loose on, in a process of its own: `node --expose-gc hostile-reader.ts`.
 * Told what to do over IPC; answers how much memory it holds, and the most it held meanwhile.
 */
import { Hono } from 'hono'
import { connect } from '../../src/database/connect.ts'
import { exchangeApi } from '../../src/exchange/api.ts'
import { pullDue } from '../../src/exchange/pulls.ts'
import { openGuardedFetch } from '../../src/federation/guarded-fetch.ts'
import { isNamed } from '../../src/federation/store.ts'
import type { Hub } from '../../src/hub.ts'
import { Problem } from '../../src/problem.ts'
import { judgeContent } from '../../src/publications/judge.ts'
import { Keyring } from '../../src/signing/keyring.ts'

/** What the reader is told. */
export type Order =
  | { open: { databaseUrl: string; anchor: string } }
  /** Pulls everything that is due after a while, with as many lanes as a node has. */
  | { pull: number }
  /** Hears nudges about feeds that nobody knows, or requests with these assertions. */
  | { nudges: number }
  | { ask: { path: string; tokens: string[] } }

export interface Memory {
  /** Bytes of the process, after all garbage was collected, and the most before. */
  rss: number
  most: number
}

const silent = () => undefined
let clock = Date.now()
let hub: Hub

const open = ({ databaseUrl, anchor }: { databaseUrl: string; anchor: string }) => {
  const sql = connect(databaseUrl)
  // Less patient than a node, so that a round ends soon.
  const patience = { headers: 500, span: 300, bytes: 500 }
  const origin = 'http://localhost:1'
  hub = {
    config: { origin, centres: [], anchor: { id: anchor, pins: [] }, nudges: false },
    sql,
    keys: new Keyring('A'.repeat(43)),
    judgeContent,
    now: () => clock,
    fetch: openGuardedFetch({ loopback: true, patience }).fetch,
    askIssuer: fetch,
    isNamed: (named) => isNamed(sql, anchor, named),
    log: {
      debug: silent,
      info: silent,
      warn: silent,
      error: (told: unknown) => console.error(told),
    },
  }
}

const lanes = 4

/** What the app would say to others, without its pages. */
const app = new Hono<{ Bindings: Hub }>()
  .route('/exchange/v1', exchangeApi)
  .onError((error, c) => c.body(null, error instanceof Problem ? error.status : 500))

const pull = async (rounds: number) => {
  for (let round = 0; round < rounds; round++) {
    clock += 10 * 60_000
    await Promise.all(Array.from({ length: lanes }, () => pullDue(hub)))
  }
}

/** Twenty at a time. */
const together = async (count: number, each: (i: number) => Promise<unknown>) => {
  let next = 0
  const one = async () => {
    for (let i = next++; i < count; i = next++) await each(i)
  }
  await Promise.all(Array.from({ length: 20 }, one))
}

const nudge = async (i: number) => {
  const iss = `https://unknown-${i}.example/centres/unknown`
  const body = JSON.stringify({ iss, feed: 'public', epoch: 1, size: 1 })
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body }
  return app.request(`${hub.config.origin}/exchange/v1/nudges`, init, hub)
}

const ask = ({ path, tokens }: { path: string; tokens: string[] }) => {
  // The pulls have moved it far ahead.
  clock = Date.now()
  return together(tokens.length, async (i) => {
    const headers = { authorization: `Bearer ${tokens[i]}` }
    const answer = await app.request(`${hub.config.origin}${path}`, { headers }, hub)
    await answer.body?.cancel()
  })
}

const obey = async (order: Order) => {
  if ('open' in order) open(order.open)
  else if ('pull' in order) await pull(order.pull)
  else if ('nudges' in order) await together(order.nudges, nudge)
  else await ask(order.ask)
}

const measure = async (order: Order): Promise<Memory> => {
  let most = 0
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss())
  }, 5)
  await obey(order)
  clearInterval(timer)
  // The engine keeps room for new objects, tens of megabytes more or less; asked like this, it gives it back.
  for (let i = 0; i < 5; i++) {
    await globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' })
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return { rss: process.memoryUsage.rss(), most }
}

let busy: Promise<unknown> = Promise.resolve()
process.on('message', (order: Order) => {
  busy = busy.then(async () => process.send?.(await measure(order)))
})
