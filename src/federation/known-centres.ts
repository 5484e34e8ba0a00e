import type { Db, Hub } from '../hub.ts'
import type { Centre } from './centre.ts'
import { allCentres } from './store.ts'

/** Milliseconds after which the database is asked again: another process may have learnt something. */
const lookAgain = 1_000

/** All centres, as they were stated a second ago at most: for questions that many ask, and anybody may. */
export const knownCentres = ({ sql, now }: Pick<Hub, 'sql' | 'now'>): Promise<Centre[]> => {
  const last = looked.get(sql)
  const age = last ? now() - last.at : Number.POSITIVE_INFINITY
  // A clock that was set back says nothing about what is old.
  if (last && age >= 0 && age < lookAgain) return last.centres
  const centres = allCentres(sql)
  looked.set(sql, { at: now(), centres })
  centres.catch(() => forgetCentres(sql))
  return centres
}

/** What this process has just learnt itself is known at once. */
export const forgetCentres = (sql: Db) => looked.delete(sql)

const looked = new WeakMap<Db, { at: number; centres: Promise<Centre[]> }>()
