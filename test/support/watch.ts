import type { Db } from '../../src/hub.ts'

export type Around = (query: Promise<unknown>) => Promise<unknown>

/** The same database, but for queries that hold these words. */
export const watch = (sql: Db, words: string, around: Around) =>
  new Proxy(sql, {
    apply: (target, self, args) => {
      // A query is a promise that begins when somebody waits for it.
      const query = Reflect.apply(target as never, self, args) as Promise<unknown>
      const text = Array.isArray(args[0]) ? args[0].join('') : ''
      return text.includes(words) ? around(query) : query
    },
  })
