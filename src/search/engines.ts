/** Which engine answers: Meilisearch where there is one and it is well and complete, else PostgreSQL. */
import type { Config } from '../config.ts'
import type { Hub } from '../hub.ts'
import { besideAt } from './beside-store.ts'
import type { Engine } from './engine.ts'
import { isComplete } from './lag.ts'
import { meilisearchEngine } from './meilisearch.ts'
import { postgresEngine } from './postgres.ts'

export const engineOf = async (hub: Hub): Promise<Engine> => {
  const own = postgresEngine(hub.sql)
  const other = meilisearchEngine(hub)
  if (!other) return own
  const [at] = await besideAt(hub.sql)
  return isComplete(at) ? withFallback(hub, other, own) : own
}

/** Until when (milliseconds since 1970) a server that failed is not asked again. */
const restingUntil = new WeakMap<Config, number>()

/** So many milliseconds a server that failed is left in peace, and nobody waits for it. */
const rest = 10_000

/** The engine, and what answers in its place while it does not. */
const withFallback = (hub: Hub, engine: Engine, other: Engine): Engine => {
  const attempt = async <T>(ask: (on: Engine) => Promise<T>): Promise<T> => {
    if ((restingUntil.get(hub.config) ?? 0) > hub.now()) return ask(other)
    try {
      return await ask(engine)
    } catch (error) {
      hub.log.warn({ err: error }, 'Meilisearch does not answer; PostgreSQL does')
      restingUntil.set(hub.config, hub.now() + rest)
      return ask(other)
    }
  }
  return {
    find: (wanted) => attempt((on) => on.find(wanted)),
    newest: (wanted, offset, limit) => attempt((on) => on.newest(wanted, offset, limit)),
    count: (wanted) => attempt((on) => on.count(wanted)),
  }
}
