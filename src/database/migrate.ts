import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import postgres from 'postgres'
import type { Db } from '../hub.ts'
import { isDatabaseAway } from './connect.ts'
import { codeOf, StartError } from './start-error.ts'

interface Migration {
  /** File name, e.g. `0001_exchange.sql`. */
  name: string
  /** SHA-256 of the text, hex. */
  checksum: string
  text: string
}

type Applied = Omit<Migration, 'text'>

/**
 * Brings the database to the state of `directory`, whose files `0001_….sql`, `0002_….sql` … are
 * applied in order and once each, however many processes start at the same time.
 *
 * @throws {StartError} if files and database do not belong together, or a migration fails. What a
 *   failed migration did is undone; those before it stay.
 */
export const migrate = async (sql: Db, directory: string): Promise<void> => {
  const migrations = await readMigrations(directory)
  await sql.unsafe(createTable)
  for (const migration of selectPending(migrations, await listApplied(sql))) {
    const outcome = await apply(sql, migration)
    if (outcome === 'overtaken') return migrate(sql, directory)
  }
}

async function readMigrations(directory: string): Promise<Migration[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort()
  names.forEach((name, index) => {
    const number = String(index + 1).padStart(4, '0')
    if (!name.startsWith(`${number}_`) || !/^[a-z0-9_-]+\.sql$/.test(name))
      throw new StartError(
        `Die Migrationen in ${directory} sind nicht lückenlos nummeriert: Wo ${name} steht, wird ${number}_….sql erwartet.`,
      )
  })
  return Promise.all(names.map((name) => readMigration(directory, name)))
}

async function readMigration(directory: string, name: string): Promise<Migration> {
  // Git may check text out with CRLF; that is not a change.
  const text = (await readFile(join(directory, name), 'utf8')).replaceAll('\r\n', '\n')
  return { name, checksum: createHash('sha256').update(text).digest('hex'), text }
}

const listApplied = (sql: Db) => sql<Applied[]>`
  select name, checksum
  from migrations
  order by name collate "C"
`

function selectPending(migrations: Migration[], applied: Applied[]) {
  applied.forEach(({ name, checksum }, index) => {
    const migration = migrations[index]
    if (migration?.name !== name)
      throw new StartError(
        `Die Datenbank kennt die Migration ${name}, dieses Programm an dieser Stelle nicht: Vermutlich ist die Datenbank neuer als das Programm.`,
      )
    if (migration.checksum !== checksum)
      throw new StartError(
        `Die Migration ${name} wurde verändert, nachdem sie auf diese Datenbank angewendet wurde.`,
      )
  })
  return migrations.slice(applied.length)
}

/**
 * One simple query of several statements is one transaction for PostgreSQL, so no `sql.begin` is
 * needed (see README). The lock comes first; what follows it sees what other processes committed.
 */
async function apply(sql: Db, { name, checksum, text }: Migration) {
  try {
    await sql.unsafe(`${lock}
      do $guard$ begin
        if exists (select from migrations where name = '${name}') then
          raise exception 'already applied' using errcode = '${overtaken}';
        end if;
      end $guard$;
      ${text}
      ;insert into migrations (name, checksum) values ('${name}', '${checksum}');`)
    return 'applied'
  } catch (error) {
    if (codeOf(error) === overtaken) return 'overtaken'
    if (!(error instanceof postgres.PostgresError) || isDatabaseAway(error)) throw error
    throw new StartError(`Die Migration ${name} ist fehlgeschlagen: ${error.message}`, {
      cause: error,
    })
  }
}

/** SQLSTATE of our own: another process applied the migration while we waited for the lock. */
const overtaken = 'TN001'

// However long another process migrates, wait for it; however long a migration takes, let it.
// Only for a table that somebody else uses it waits no longer than lock_timeout, since everybody
// else who wants the table queues up behind it.
const lock = `
  set local statement_timeout = 0;
  set local lock_timeout = 0;
  select pg_advisory_xact_lock(7236524871);
  set local lock_timeout = '10s';
`

// `create table if not exists` would need the right to create tables even where it exists.
const createTable = `${lock}
  do $create$ begin
    if to_regclass('migrations') is null then
      create table migrations (
        name text primary key,
        checksum text not null,
        applied_at timestamptz not null default now()
      );
    end if;
  end $create$;
`
