import type { Db } from '../../src/hub.ts'

interface Table {
  name: string
  /** Those that somebody writes; the others follow from them. */
  columns: string
}

/** Of a hundred tables a test fills twenty, and emptying one costs as much as filling it. */
const filledTables = async (sql: Db) => {
  const all = await sql<Table[]>`
    select c.relname as name, string_agg(quote_ident(a.attname), ', ') as columns
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      and c.relname not in ('migrations', 'audit', 'audit_ends')
    group by c.relname
  `
  const filled = await sql.unsafe<{ name: string }[]>(
    all
      .map(({ name }) => `select '${name}' as name where exists (select from public.${name})`)
      .join(' union all '),
  )
  const names = new Set(filled.map(({ name }) => name))
  return all.filter(({ name }) => names.has(name))
}

/**
 * A backup of a node's database as it stands; what it answers puts the database back, as often as one likes. Not the
 * audit, which nobody can take anything out of.
 */
export const backUp = async (sql: Db) => {
  const kept = await filledTables(sql)
  const copy = `backup_${crypto.randomUUID().replaceAll('-', '')}`
  await sql.unsafe(
    [
      `create schema ${copy}`,
      ...kept.map(({ name }) => `create table ${copy}.${name} as table public.${name}`),
    ].join(';'),
  )
  return async () => {
    const filled = (await filledTables(sql)).map(({ name }) => `public.${name}`)
    await sql.unsafe(
      [
        // Whatever refers to these is empty, or among them.
        ...(filled.length > 0 ? [`truncate ${filled.join(', ')} cascade`] : []),
        ...kept.map(
          ({ name, columns }) =>
            `insert into public.${name} (${columns}) overriding system value select ${columns} from ${copy}.${name}`,
        ),
      ].join(';'),
    )
  }
}
