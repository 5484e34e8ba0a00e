/** A node that dies in the middle of what it does: at its nth step, which is a statement or a request. */
import type { TestHub } from './hub.ts'

export interface Mortal {
  hub: TestHub
  /** Steps that were taken. */
  steps(): number
  isDead(): boolean
}

interface Death {
  step: number
  /** Before the step is taken, or when it is done and nobody has heard. */
  when: 'before' | 'after'
}

/** Nothing that it does after its death has any effect. */
export const mortal = (hub: TestHub, death?: Death): Mortal => {
  let steps = 0
  let dead = false

  const die = () => {
    dead = true
    throw new TypeError('dead')
  }
  const step = async <T>(take: () => Promise<T>): Promise<T> => {
    if (dead) throw new TypeError('dead')
    const mine = ++steps === death?.step
    if (mine && death.when === 'before') die()
    const answer = await take()
    if (mine) die()
    return answer
  }

  const sql = new Proxy(hub.sql, {
    apply: (target, self, args) => {
      const query = Reflect.apply(target as never, self, args) as Promise<unknown>
      if (!Array.isArray((args[0] as { raw?: unknown })?.raw)) return query
      // A query is sent when somebody waits for it; as a part of another nobody does.
      const wait: typeof query.then = (resolve, reject) =>
        step(() => new Promise((good, bad) => void query.then(good, bad))).then(resolve, reject)
      return new Proxy(query, {
        get: (each, name) => (name === 'then' ? wait : Reflect.get(each, name, each)),
      })
    },
  })
  return {
    hub: { ...hub, sql, fetch: (...asked) => step(() => hub.fetch(...asked)) },
    steps: () => steps,
    isDead: () => dead,
  }
}
