import type { Db } from '../hub.ts'

/** Asks the database for the end of the log: it fails while the database is away or has no tables yet. */
export const askDatabase = (sql: Db) => sql`select 1 from log_end`
