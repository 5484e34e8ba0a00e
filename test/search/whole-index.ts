import type { Db } from '../../src/hub.ts'

const tables = ['search_documents', 'search_words', 'search_contents', 'search_totals']

/** All that the index holds, but the numbers it gives itself. */
export const wholeIndex = (sql: Db) =>
  Promise.all(
    tables.map(async (table) => {
      const rows = await sql`select to_jsonb(t) - 'id' as row from ${sql(table)} t`
      return rows.map(({ row }) => JSON.stringify(row)).sort()
    }),
  )
