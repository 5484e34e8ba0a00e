import type { Db } from '../../src/hub.ts'

/** With the columns that somebody writes; the others follow from them. */
const tables = (sql: Db) => sql<{ name: string; columns: string }[]>`
  select t.table_name as name, string_agg(quote_ident(c.column_name), ', ') as columns
  from information_schema.tables t
  join information_schema.columns c on c.table_schema = t.table_schema and c.table_name = t.table_name
  where t.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER'
    and t.table_name not in ('migrations', 'audit', 'audit_ends')
  group by t.table_name
`

/**
 * A backup of a node's database as it stands; what it answers puts the database back, as often as one likes. Not the
 * audit, which nobody can take anything out of.
 */
export const backUp = async (sql: Db) => {
  const all = await tables(sql)
  const copy = `backup_${crypto.randomUUID().replaceAll('-', '')}`
  await sql.unsafe(
    [
      `create schema ${copy}`,
      ...all.map(({ name }) => `create table ${copy}.${name} as table public.${name}`),
    ].join(';'),
  )
  return async () => {
    await sql.unsafe(
      [
        `truncate ${all.map(({ name }) => `public.${name}`).join(', ')}`,
        ...all.map(
          ({ name, columns }) =>
            `insert into public.${name} (${columns}) overriding system value select ${columns} from ${copy}.${name}`,
        ),
      ].join(';'),
    )
  }
}
