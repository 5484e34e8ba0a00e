/** A node that dies in the middle of what it does: at its nth step, which is a statement or a request. */
import type { Hub } from '../../src/hub.ts'

export interface Mortal<H extends Hub = Hub> {
  hub: H
  /** Steps that were taken. */
  steps(): number
  isDead(): boolean
}

export interface Death {
  step: number
  /** Before the step is taken, or when it is done and nobody has heard. */
  when: 'before' | 'after'
}

const expire = (): never => {
  throw new TypeError('dead')
}

/** Nothing that it does after its death has any effect. `end`: how it dies, if not by leaving off. */
export const mortal = <H extends Hub>(hub: H, death?: Death, end = expire): Mortal<H> => {
  let steps = 0
  let dead = false

  const die = () => {
    dead = true
    return end()
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
