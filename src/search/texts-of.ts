import type { Db } from '../hub.ts'

/** A list as `text[]`: this driver passes no arrays unless it asks the server for its types (facts of connect.ts). */
export const textsOf = (sql: Db, list: string[]) =>
  sql`array(select jsonb_array_elements_text(${sql.json(list)}))`
