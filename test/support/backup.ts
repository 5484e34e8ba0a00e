import type { Db } from '../../src/hub.ts'

const tables = async (sql: Db) => {
  const rows = await sql<{ name: string }[]>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not in ('migrations', 'audit', 'audit_ends')
  `
  return rows.map(({ name }) => name)
}

/**
 * A backup of a node's database as it stands; what it answers puts the database back, as often as one likes. Not the
 * audit, which nobody can take anything out of.
 */
export const backUp = async (sql: Db) => {
  const names = await tables(sql)
  const copy = `backup_${crypto.randomUUID().replaceAll('-', '')}`
  await sql.unsafe(
    [
      `create schema ${copy}`,
      ...names.map((name) => `create table ${copy}.${name} as table public.${name}`),
    ].join(';'),
  )
  return async () => {
    await sql.unsafe(
      [
        `truncate ${names.map((name) => `public.${name}`).join(', ')}`,
        ...names.map(
          (name) => `insert into public.${name} overriding system value table ${copy}.${name}`,
        ),
      ].join(';'),
    )
  }
}
