import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { connect } from '../../src/database/connect.ts'
import { migrate } from '../../src/database/migrate.ts'
import { StartError } from '../../src/database/start-error.ts'
import { openTestDatabase } from '../support/database.ts'

let database: Awaited<ReturnType<typeof openTestDatabase>>
let directory: string

beforeEach(async () => {
  database = await openTestDatabase()
  // Each test brings its own migrations.
  await database.sql.unsafe('drop schema public cascade; create schema public')
  directory = await mkdtemp(join(tmpdir(), 'migrations-'))
})

afterEach(async () => {
  await database.close()
  await rm(directory, { recursive: true })
})

const write = (name: string, text: string) => writeFile(join(directory, name), text)
const list = () => database.sql`select name from migrations order by name`.values()

test('migrations are applied in order and once', async () => {
  await write('0001_centres.sql', 'create table centres (name text);')
  await write('0002_first.sql', `insert into centres values ('KIWW')`)
  await migrate(database.sql, directory)
  await write('0003_second.sql', `insert into centres select name || ' 2' from centres;`)

  await migrate(database.sql, directory)
  await migrate(database.sql, directory)

  expect(await database.sql`select name from centres`.values()).toEqual([['KIWW'], ['KIWW 2']])
  expect(await list()).toEqual([['0001_centres.sql'], ['0002_first.sql'], ['0003_second.sql']])
})

test('a migration may define functions and end with a comment', async () => {
  await write(
    '0001_function.sql',
    `create function answer() returns int language plpgsql as $$ begin return 42; end; $$; -- done`,
  )

  await migrate(database.sql, directory)

  expect(await database.sql`select answer()`.values()).toEqual([[42]])
})

test('ten processes that migrate at once apply each migration once', async () => {
  await write('0001_runs.sql', 'create table runs (n int);')
  await write('0002_run.sql', 'insert into runs values (2);')
  await write('0003_run.sql', 'insert into runs values (3);')
  const pools = Array.from({ length: 10 }, () => connect(database.url, { max: 1 }))

  await Promise.all(pools.map((sql) => migrate(sql, directory)))

  expect(await database.sql`select n from runs order by n`.values()).toEqual([[2], [3]])
  await Promise.all(pools.map((sql) => sql.end()))
})

test('a failing migration leaves nothing behind and says which it was', async () => {
  await write('0001_good.sql', 'create table good ();')
  await write('0002_bad.sql', 'create table half (); insert into nowhere values (1);')

  const failing = migrate(database.sql, directory)

  await expect(failing).rejects.toThrow(/^Die Migration 0002_bad.sql ist fehlgeschlagen: .*nowhere/)
  await expect(failing).rejects.toBeInstanceOf(StartError)
  expect(await list()).toEqual([['0001_good.sql']])
  expect(await database.sql`select to_regclass('half') as half`).toEqual([{ half: null }])
})

test('a migration that was changed afterwards is refused', async () => {
  await write('0001_one.sql', 'select 1;')
  await migrate(database.sql, directory)
  await write('0001_one.sql', 'select 2;')

  const again = migrate(database.sql, directory)

  await expect(again).rejects.toThrow('Die Migration 0001_one.sql wurde verändert')
})

test('other line endings are no change', async () => {
  await write('0001_one.sql', 'select\n1;\n')
  await migrate(database.sql, directory)
  await write('0001_one.sql', 'select\r\n1;\r\n')

  await migrate(database.sql, directory)

  expect(await list()).toEqual([['0001_one.sql']])
})

test('a database that is newer than the program is refused before anything is done', async () => {
  await write('0001_one.sql', 'select 1;')
  await write('0002_two.sql', 'select 2;')
  await migrate(database.sql, directory)
  await rm(join(directory, '0002_two.sql'))

  const older = migrate(database.sql, directory)

  await expect(older).rejects.toThrow('Die Datenbank kennt die Migration 0002_two.sql')
})

test('a migration of another name at the same place is refused', async () => {
  await write('0001_one.sql', 'select 1;')
  await migrate(database.sql, directory)
  await rm(join(directory, '0001_one.sql'))
  await write('0001_eins.sql', 'create table eins ();')

  const other = migrate(database.sql, directory)

  await expect(other).rejects.toThrow('Die Datenbank kennt die Migration 0001_one.sql')
})

test.each([
  ['a gap', ['0001_one.sql', '0003_three.sql'], '0003_three.sql'],
  ['a number given twice', ['0001_one.sql', '0001_two.sql'], '0001_two.sql'],
  ['a name without a number', ['0001_one.sql', 'two.sql'], 'two.sql'],
  ['a name that is not plain', [`0001_o'ne.sql`], `0001_o'ne.sql`],
])('%s in the numbering is refused', async (_, names, culprit) => {
  for (const name of names) await write(name, 'create table t ();')

  const refused = migrate(database.sql, directory)

  await expect(refused).rejects.toThrow(`nicht lückenlos nummeriert: Wo ${culprit} steht`)
  await expect(refused).rejects.toBeInstanceOf(StartError)
  expect(await database.sql`select to_regclass('t') as t`).toEqual([{ t: null }])
})

test('a migration may take longer than a statement otherwise, also for those who wait for it', async () => {
  await write('0001_slow.sql', 'select pg_sleep(0.3);')
  const pools = [1, 2].map(() =>
    connect(`${database.url}?statement_timeout=100&lock_timeout=100`, { max: 1 }),
  )

  await Promise.all(pools.map((sql) => migrate(sql, directory)))

  expect(await list()).toEqual([['0001_slow.sql']])
  await Promise.all(pools.map((sql) => sql.end()))
})

test('the next query on the connection has its usual timeouts again', async () => {
  const sql = connect(database.url, { max: 1 })
  await write('0001_one.sql', 'select 1;')

  await migrate(sql, directory)

  expect(await sql`show statement_timeout`.values()).toEqual([['30s']])
  await sql.end()
})
